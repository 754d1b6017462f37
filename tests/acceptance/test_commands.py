"""The commands as a user starts them: answers on standard output, one clear line on standard error, exit statuses."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.wording import texts
from retrieval import MAX_QUESTION_LETTERS, Retriever
from tests.conftest import CORPUS, ROOT, Run, data_folder

pytestmark = pytest.mark.usefixtures("analyzer")  # the word tables are compiled before the first process starts

QUESTION, ANSWER, SOURCE = "سوغات لار چیست", "حلوای مسقطی", "[1] دیدنی‌ها و سوغات لار — "
TOO_LONG = texts.TOO_LONG.format(limit=MAX_QUESTION_LETTERS)
LONG = "لار " * 14_000
"""100 kB in UTF-8."""

KEYS = {
    "question": str,
    "status": str,
    "text": str,
    "claims": list,
    "citations": list,
    "confidence": float,
    "seconds": float,
}
CLAIM_KEYS = {"quote": str, "items": list, "citation": int}
CITATION_KEYS = {
    "number": int,
    "article": str,
    "title": str,
    "source": str,
    "author": str,
    "date": str,
    "url": str,
    "start": int,
    "end": int,
}

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path, data: Path) -> Iterator[Start]:
    """Start `python -m bot ARGUMENT…` with pipes and leave it running."""
    # Where a shell started the tests in the background, Ctrl-C would be ignored by them and what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PASOKH_", "PYTHONUNBUFFERED"))}
    env["PASOKH_DATA"] = str(data_folder(tmp_path, data))
    processes: list[subprocess.Popen[bytes]] = []

    def begin(*arguments: str) -> subprocess.Popen[bytes]:
        command, pipe = [sys.executable, "-m", "bot", *arguments], subprocess.PIPE
        processes.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=env, cwd=ROOT))
        return processes[-1]

    yield begin
    for process in processes:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe:
                pipe.close()


def types(row: dict[str, Any]) -> dict[str, type]:
    return {key: type(value) for key, value in row.items()}


def write_article(folder: Path) -> Path:
    """A corpus of one article, about a festival."""
    folder.mkdir(exist_ok=True)
    (folder / "anar.md").write_text("شهر ساوه هر پاییز میزبان جشنواره انار است.\n", encoding="utf-8")
    return folder


def test_a_question_is_answered_with_a_quotation_and_its_source(run: Run) -> None:
    done = run("bot", "ask", QUESTION)

    assert (done.returncode, done.stderr) == (0, "")
    assert ANSWER in done.stdout
    assert SOURCE in done.stdout


def test_every_json_object_keeps_the_contract(run: Run, digests: Retriever) -> None:
    article_texts = {article.id: article.text for article in digests.articles}
    questions = [QUESTION, "کدام خوشه ها به مرحله توسعه یافتگی رسیده اند", "قیمت دلار چند است", "سلام", "؟"]

    done = run("bot", "ask", "-", stdin="\n".join(questions))

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["status"] for row in rows] == ["answered", "answered", "not_found", "greeting", "clarify"]
    assert [row["question"] for row in rows] == questions
    for row in rows:
        assert types(row).items() >= KEYS.items()
        assert 0 <= row["confidence"] <= 1
        assert bool(row["claims"]) is (row["status"] == "answered")
        for claim, citation in zip(row["claims"], row["citations"], strict=True):
            assert types(claim).items() >= CLAIM_KEYS.items()
            assert types(citation).items() >= CITATION_KEYS.items()
            assert claim["citation"] == citation["number"]
            assert claim["quote"] == article_texts[citation["article"]][citation["start"] : citation["end"]]
            assert all(item in claim["quote"] for item in claim["items"])


def test_json_for_one_question_is_the_object_a_pipe_gives(run: Run) -> None:
    one, piped = (
        json.loads(done.stdout)
        for done in (run("bot", "ask", "--json", QUESTION), run("bot", "ask", "-", stdin=QUESTION))
    )

    assert one | {"seconds": 0} == piped | {"seconds": 0}


def test_every_line_from_a_pipe_gets_one_json_line(run: Run) -> None:
    broken = [b"", b" \t", b"\xff\xfe\xd8", b"\0", "😀🎉".encode(), "؟!، …".encode(), LONG.encode(), b"\xed\xa0\x80"]
    asked = [QUESTION.encode() + b"\r", *broken, QUESTION.encode()]

    done = run("bot", "ask", "-", stdin=b"\n".join(asked))

    assert (done.returncode, done.stderr) == (0, "")
    statuses = [json.loads(line)["status"] for line in done.stdout.splitlines()]
    assert statuses == ["answered", *["clarify"] * len(broken), "answered"]


def test_after_lets_a_follow_up_continue_the_question_before(run: Run) -> None:
    done = run("bot", "ask", "--after", "خوشه سنگ نی ریز در چه مرحله ای است", "و خوشه مسقطی لاری؟")

    assert "در آستانه ورود" in done.stdout


def test_the_corpus_of_the_command_line_beats_that_of_the_environment(run: Run, tmp_path: Path) -> None:
    own = {"PASOKH_CORPUS": str(write_article(tmp_path / "own"))}

    assert "میزبان جشنواره انار" in run("bot", "ask", "جشنواره انار کجاست", env=own).stdout
    assert ANSWER in run("bot", "ask", "--corpus", str(CORPUS), QUESTION, env=own).stdout


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("😀🎉", texts.NO_WORDS),
        ("؟!، …", texts.NO_WORDS),
        ("\u200c", texts.NO_WORDS),
        ("\udcff\udcfe", texts.NO_WORDS),
        ("\udced\udca0\udc80", texts.NO_WORDS),
        (LONG, TOO_LONG),
    ],
    ids=["emoji", "punctuation", "half-space", "broken bytes", "encoded surrogate", "100 kB"],
)
def test_a_message_that_is_no_question_gets_a_polite_reply(message: str, reply: str, run: Run) -> None:
    done = run("bot", "ask", message)

    assert (done.returncode, done.stdout, done.stderr) == (0, f"{reply}\n", "")


def test_neither_broken_bytes_nor_a_plain_locale_hide_an_answer(run: Run) -> None:
    done = run("bot", "ask", "\udcff سوغات لار چیست \udcfe", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})

    assert (done.returncode, done.stderr) == (0, "")
    assert ANSWER in done.stdout


@pytest.mark.parametrize(
    ("command", "env", "told"),
    [
        (["bot", "ask", ""], {}, "the question is empty"),
        (["bot", "ask", "--corpus", "nowhere", "سلام"], {}, "nowhere: there is no such corpus"),
        (["bot", "ask", "--corpus", "empty", "سلام"], {}, "empty: the corpus has no articles"),
        (["bot", "ask", "--corpus", "broken", "سلام"], {}, "photo.png"),
        (["bot"], {"PASOKH_CORPUS": "nowhere"}, "nowhere: there is no such corpus"),
        (["bot", "ask", "--corpus", str(CORPUS), "سلام"], {"PASOKH_ENGINE": "بی‌نام"}, "«بی‌نام»"),
        (["retrieval", "index", "--corpus", "nowhere"], {}, "nowhere: there is no such corpus"),
        (["retrieval", "search", "--corpus", str(CORPUS), "--engine", "x", "لار"], {}, "«x»"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    command: list[str], env: dict[str, str], told: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "photo.png").write_bytes(b"\x89PNG\0")

    done = run(*command, env=env, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(rf"{command[0]}: .*{re.escape(told)}.*\n", done.stderr)


def test_files_that_cannot_be_read_are_named_at_every_start_and_the_others_answer(run: Run, tmp_path: Path) -> None:
    corpus = write_article(tmp_path / "corpus")
    broken = {
        "yaml.md": b'---\ntitle: "\n---\nx',
        "photo.png": b"\x89PNG\0",
        "empty.txt": b"",
        "bytes.txt": b"\xff\0\1",
    }
    for name, content in broken.items():
        (corpus / name).write_bytes(content)
    (corpus / "rows.jsonl").write_text('{"id": 1, "text": "پل ساخته شد."}\n{"id":\n', encoding="utf-8")

    for _ in ("read", "stored"):
        done = run("bot", "ask", "--corpus", str(corpus), "جشنواره انار کجاست")
        told = sorted(re.findall(r"(?m)^bot: left out: .*/([\w.]+(?:, line \d+)?): .+; .+$", done.stderr))
        assert (done.returncode, len(done.stderr.splitlines())) == (0, len(broken) + 1)
        assert told == ["bytes.txt", "empty.txt", "photo.png", "rows.jsonl, line 2", "yaml.md, line 2"]
        assert "میزبان جشنواره انار" in done.stdout


def test_the_env_file_of_the_current_folder_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"PASOKH_CORPUS={CORPUS}\n", encoding="utf-8")
    assert ANSWER in run("bot", "ask", QUESTION, cwd=tmp_path).stdout

    (tmp_path / ".env").write_text(f"PASOKH_CORPUS={CORPUS}\n", encoding="utf-16")
    done = run("bot", "ask", QUESTION, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"bot: \.env cannot be read .*UTF-8 text\n", done.stderr)


def test_without_a_command_bot_chats_with_what_is_piped_in(run: Run) -> None:
    done = run("bot", stdin=f"{QUESTION}\n\n/help\n/quit\nممنون\n")

    assert (done.returncode, done.stderr) == (0, "")
    assert all(part in done.stdout for part in (ANSWER, SOURCE, texts.HELP))
    assert texts.THANKS not in done.stdout


def test_a_reader_that_leaves_early_causes_no_complaint(start: Start) -> None:
    process = start("ask", "-")
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(f"{QUESTION}\n".encode() * 40)  # fills neither pipe, so that nobody waits for ever
    process.stdin.flush()

    assert json.loads(process.stdout.readline())["status"] == "answered"
    process.stdout.close()
    process.stdin.write(f"{QUESTION}\n".encode() * 40)
    process.stdin.close()

    assert (process.wait(60), process.stderr.read()) == (0, b"")


def test_ctrl_c_while_waiting_for_a_question_leaves_quietly(start: Start) -> None:
    process = start("ask", "-")
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(f"{QUESTION}\n".encode())
    process.stdin.flush()
    process.stdout.readline()

    process.send_signal(signal.SIGINT)

    assert (process.wait(60), process.stderr.read()) == (130, b"")


def test_retrieval_indexes_and_then_finds_verbatim_sentences(run: Run, tmp_path: Path, digests: Retriever) -> None:
    article_texts = {article.id: article.text for article in digests.articles}
    place = ["--data", str(tmp_path / "data")]

    indexed = run("retrieval", "index", *place)
    assert re.match(rf"{len(article_texts)} articles, \d+ passages, \d+ sentences in .* \(0 left out\)", indexed.stdout)
    assert len(list((tmp_path / "data").glob("index-*"))) == 1

    found = run("retrieval", "search", *place, "-k", "3", "--json", QUESTION)
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert all(row["text"] == article_texts[row["article"]][row["start"] : row["end"]] for row in rows)

    listed = run("retrieval", "search", *place, "-k", "1", QUESTION)
    assert len(listed.stdout.splitlines()) == 2
    assert rows[0]["text"] in listed.stdout


@pytest.mark.parametrize(
    ("command", "stdin"),
    [
        (("bot", "ask", "سیل کجا آمد"), ""),
        (("bot", "chat"), "/sources\nسیل کجا آمد\n"),
        (("retrieval", "search", "سیل"), ""),
    ],
)
def test_an_article_can_neither_colour_the_terminal_nor_turn_a_line_round(
    command: tuple[str, ...], stdin: str, run: Run, tmp_path: Path
) -> None:
    row = {"id": "\x1b[31m", "title": "گنبد\x1b[2J\u202e", "text": "سیل به گنبد\x1b]0;x\x07 آمد."}
    corpus = tmp_path / "rows.jsonl"
    corpus.write_text(f"{json.dumps(row)}\n{json.dumps(row)}", encoding="utf-8")

    module, name, *rest = command
    done = run(module, name, "--corpus", str(corpus), *rest, stdin=stdin)

    assert "سیل به گنبد" in done.stdout
    assert "is taken" in done.stderr
    assert re.search(r"[\x1b\x07\u202e]", done.stdout + done.stderr) is None
