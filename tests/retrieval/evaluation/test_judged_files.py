"""Judged files become the same values whatever their format, and a broken one is named with its place and remedy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval.corpus.articles import read_corpus
from retrieval.errors import CorpusError
from retrieval.evaluation.datasets import question_rows, reading, squad, trec
from retrieval.evaluation.datasets.judged import Collection, Judged, Span, is_gold_sentence, quotes_answer
from retrieval.text.passages import passages, sentences
from tests.conftest import EVAL, needs_shared
from tests.retrieval.evaluation.judged_files import (
    BAKER,
    BRIDGE,
    LIBRARY,
    ORCHARD,
    VILLAGE,
    paragraph,
    write_corpus,
    write_rows,
    write_squad,
)


def wordings(collection: Collection, judged: Judged) -> list[str]:
    texts = collection.texts
    return [texts[span.article][span.start : span.end] for span in judged.answers]


def gold_passages(collection: Collection, judged: Judged) -> list[str]:
    texts = collection.texts
    return [texts[span.article][span.start : span.end] for span in judged.passages]


def test_squad_entries_become_articles_and_answers_spans_of_them(tmp_path: Path) -> None:
    read = squad.read(write_squad(tmp_path / "village.json"))

    assert [article.title for article in read.articles] == ["نانوایی و باغ", "کتابخانه", "پل"]
    assert [passage.text for passage in passages(read.articles[0])] == [BAKER, ORCHARD]
    assert [wordings(read, judged) for judged in read.questions] == [
        ["پنج صبح"], ["حیدر قاسمی"], ["چهارصد"], ["آبان"], ["دو هزار"], [], ["۱۳۲۰"],
    ]  # fmt: skip
    assert [judged.answerable for judged in read.questions] == [True] * 5 + [False, True]
    assert [gold_passages(read, judged) for judged in read.questions[3:6]] == [[ORCHARD], [LIBRARY], [LIBRARY]]
    assert {judged.source for judged in read.questions} == {"village"}
    assert read.questions[5].article == read.articles[1].id
    assert len({judged.id for judged in read.questions}) == 7


def test_squad_1_knows_no_impossible_questions(tmp_path: Path) -> None:
    first = {"context": BAKER, "qas": [{"question": "نانوا کیست؟", "answers": [{"text": "حیدر", "answer_start": 55}]}]}
    read = squad.read(write_squad(tmp_path / "one.json", [{"paragraphs": [first]}]))
    assert (read.articles[0].title, read.questions[0].answerable) == ("", True)


@pytest.mark.parametrize("shift", [-30, -3, 2, 50, 4000])
def test_a_misplaced_answer_is_found_where_it_stands(tmp_path: Path, shift: int) -> None:
    entry = paragraph(BAKER, ("نانوا کیست؟", "حیدر قاسمی"))
    entry["qas"][0]["answers"][0]["answer_start"] += shift
    read = squad.read(write_squad(tmp_path / "one.json", [{"paragraphs": [entry]}]))
    assert wordings(read, read.questions[0]) == ["حیدر قاسمی"]


def test_a_question_whose_answer_stands_nowhere_is_left_out_and_named(tmp_path: Path) -> None:
    entry = paragraph(BAKER, ("نانوا کیست؟", "حیدر قاسمی"), ("کی باز می‌شود؟", "پنج صبح"))
    entry["qas"][0]["answers"][0]["text"] = "کسی دیگر"
    read = squad.read(write_squad(tmp_path / "one.json", [{"paragraphs": [entry]}]))
    assert [judged.question for judged in read.questions] == ["کی باز می‌شود؟"]
    assert "data[0].paragraphs[0].qas[0]: its answer does not stand in its paragraph" in str(read.problems[0])


def broken(change: str) -> Any:
    """VILLAGE with one thing wrong."""
    data: Any = json.loads(json.dumps(VILLAGE))
    entry = data[1]["paragraphs"][0]
    match change:
        case "no context":
            del entry["context"]
        case "context of the wrong kind":
            entry["context"] = 7
        case "no questions":
            del entry["qas"]
        case "no question":
            del entry["qas"][0]["question"]
        case "no offset":
            del entry["qas"][0]["answers"][0]["answer_start"]
        case "no entry":
            data[1] = "متن"
    return data


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("no context", 'data[1].paragraphs[0] has no "context"'),
        ("context of the wrong kind", '"context" of data[1].paragraphs[0] is of the wrong kind'),
        ("no questions", 'data[1].paragraphs[0] has no "qas"'),
        ("no question", 'data[1].paragraphs[0].qas[0] has no "question"'),
        ("no offset", 'data[1].paragraphs[0].qas[0]: an answer has no "answer_start"'),
        ("no entry", 'data[1] has no "paragraphs"'),
    ],
)
def test_malformed_squad_is_named_by_its_entry(tmp_path: Path, change: str, told: str) -> None:
    path = write_squad(tmp_path / "broken.json", broken(change))
    with pytest.raises(CorpusError) as caught:
        squad.read(path)
    assert str(caught.value) == f"{path}: {told}; write SQuAD 1.1 or 2.0"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "line 1: it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ('{"data": []}', "it has no questions"),
        ("[]", 'the file has no "data"'),
        ("\0\1\2", "it is a binary file"),
    ],
    ids=["cut", "nested", "empty", "list", "binary"],
)
def test_what_is_no_squad_is_refused(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=told.replace("[", r"\[")):
        squad.read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"none\.json: it cannot be read"):
        squad.read(tmp_path / "none.json")


def test_rows_are_judged_by_the_shortest_stretch_that_holds_all_pieces(tmp_path: Path) -> None:
    articles = read_corpus(write_corpus(tmp_path / "corpus")).articles
    path = write_rows(
        tmp_path / "rows.jsonl",
        {"question": "نانوا که است", "status": "answered", "must": ["سی سال", "حيدر قاسمی"]},
        {"question": "و کی باز می‌شود", "after": "نانوایی کجاست", "status": "answered", "must": ["پنجصبح"]},
        {"question": "انار و پل", "after": ["سلام", "باغ کجاست"], "status": "answered", "must": ["آبان", "۱۳۲۰"]},
        {"question": "قیمت نان", "status": "not_found"},
        {"question": "سلام", "status": "greeting"},
        {"question": "گزارشگر کیست", "status": "answered", "must": ["نام دیگر"]},
    )

    read = question_rows.read(path, articles)

    assert [wordings(read, judged) for judged in read.questions] == [
        ["حیدر قاسمی سی سال"], ["پنج صبح"], ["۱۳۲۰", "آبان"], [],
    ]  # fmt: skip
    assert gold_passages(read, read.questions[0]) == [BAKER]
    assert [judged.answerable for judged in read.questions] == [True, True, True, False]
    assert [judged.after for judged in read.questions] == ["", "نانوایی کجاست", "باغ کجاست", ""]
    (problem,) = read.problems
    assert "line 6: what the answer must contain stands in no sentence" in str(problem)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: it is not JSON"),
        ("[]", "line 2: it is no object"),
        ('{"status": "answered"}', "line 2: it has no question"),
        ('{"question": "q", "must": []}', 'line 2: an answered question has no "must"'),
        ('{"question": "q", "must": [" "]}', 'line 2: "must" is no list of texts'),
        ('{"question": "q", "must": 3}', 'line 2: "must" is no list of texts'),
    ],
)
def test_a_malformed_row_is_named_by_its_line(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"question": "q", "status": "not_found"}\n' + line, encoding="utf-8")
    with pytest.raises(CorpusError, match=told):
        question_rows.read(path, read_corpus(write_corpus(tmp_path / "corpus")).articles)


TOPICS = """<top>
<num> Number: 7
<title> نانوا کیست؟
<desc> Description: whatever
</top>
<top><num>8</num><title>پل کی ساخته شد؟</title></top>"""


@pytest.mark.parametrize("text", [TOPICS, "7\tنانوا کیست؟\n8\tپل کی ساخته شد؟\n"], ids=["blocks", "tabs"])
def test_topics_are_judged_at_every_level(tmp_path: Path, text: str) -> None:
    articles = read_corpus(write_corpus(tmp_path / "corpus")).articles
    school, village = articles
    second = sentences(passages(village)[0])[1]
    bridge = passages(school)[1]
    (tmp_path / "topics.tsv").write_text(text, encoding="utf-8")
    qrels = tmp_path / "qrels.txt"
    qrels.write_text(
        f"7 0 village.txt[{second.start}:{second.end}] 1\n7 0 unknown.txt 0\n"
        f"8 0 school%20house.txt[{bridge.start}:{bridge.end}] 2\n",
        encoding="utf-8",
    )

    read = trec.read(tmp_path / "topics.tsv", qrels, articles)

    assert [judged.question for judged in read.questions] == ["نانوا کیست؟", "پل کی ساخته شد؟"]
    assert [wordings(read, judged) for judged in read.questions] == [[second.text], []]
    assert [gold_passages(read, judged) for judged in read.questions] == [[BAKER], [BRIDGE]]
    assert all(judged.answerable for judged in read.questions)

    qrels.write_text("7 0 village.txt 1\n", encoding="utf-8")
    read = trec.read(tmp_path / "topics.tsv", qrels, articles)
    assert gold_passages(read, read.questions[0]) == [BAKER, ORCHARD]
    assert "topic 8 has no judgement" in str(read.problems[0])

    qrels.write_text("7 0 village.txt 0\n", encoding="utf-8")
    assert not trec.read(tmp_path / "topics.tsv", qrels, articles).questions[0].answerable


@pytest.mark.parametrize(
    ("qrels", "told"),
    [
        ("7 0 village.txt", "line 1: it has 3 columns; write topic, iteration, document and relevance"),
        ("7 0 village.txt yes", "line 1: «yes» is no relevance"),
        ("7 0 village.txt 0\n7 0 town.txt 1", "line 2: the corpus has no «town.txt»"),
        ("7 0 village.txt[5:9999] 1", "line 1: the corpus has no"),
        ("9 0 village.txt 1", "it judges no topic"),
    ],
)
def test_malformed_qrels_are_named_by_their_line(tmp_path: Path, qrels: str, told: str) -> None:
    articles = read_corpus(write_corpus(tmp_path / "corpus")).articles
    (tmp_path / "topics.tsv").write_text("7\tنانوا کیست؟", encoding="utf-8")
    (tmp_path / "qrels.txt").write_text(qrels, encoding="utf-8")
    with pytest.raises(CorpusError, match=told):
        trec.read(tmp_path / "topics.tsv", tmp_path / "qrels.txt", articles)


def test_squad_questions_can_be_asked_of_a_corpus_that_holds_their_paragraphs(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "school house.txt").write_text(LIBRARY, encoding="utf-8")

    read = reading.read([write_squad(tmp_path / "village.json")], corpus)

    assert [article.id for article in read.articles] == ["school house.txt", "village.txt"]
    assert [wordings(read, judged) for judged in read.questions] == [
        ["پنج صبح"], ["حیدر قاسمی"], ["چهارصد"], ["آبان"], ["دو هزار"], [], [],
    ]  # fmt: skip
    assert [judged.article for judged in read.questions] == ["village.txt"] * 4 + ["school house.txt"] * 2 + [""]
    assert "1 of its 4 paragraphs are not in the corpus" in str(read.problems[0])


def test_files_of_one_name_keep_their_questions_apart(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    files = [write_squad(tmp_path / folder / "village.json") for folder in "ab"]
    read = reading.read(files)
    assert len(read.articles) == len({article.id for article in read.articles}) == 6
    assert len({judged.id for judged in read.questions}) == 14
    with pytest.raises(CorpusError, match="is taken"):
        reading.read([files[0], files[0]])


def test_what_comes_without_articles_or_judgements_says_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="--corpus DIR"):
        reading.read([tmp_path / "rows.jsonl"])
    with pytest.raises(CorpusError, match="--qrels FILE"):
        reading.read([tmp_path / "topics.tsv"], write_corpus(tmp_path / "corpus"))


def test_a_sentence_is_gold_by_the_start_of_an_answer_and_a_quotation_by_its_wording(tmp_path: Path) -> None:
    read = squad.read(write_squad(tmp_path / "village.json"))
    judged, article = read.questions[1], read.articles[0]
    first, second = sentences(passages(article)[0])
    elsewhere = sentences(passages(article)[1])[0]
    assert [is_gold_sentence(sentence, judged) for sentence in (first, second, elsewhere)] == [False, True, False]

    def right(start: int, end: int) -> bool:
        return quotes_answer(Span(article.id, start, end), judged, read.texts)

    assert right(second.start, second.end)
    assert right(first.start, second.end)
    assert not right(first.start, first.end)
    assert not right(first.start, elsewhere.end), "it leaves the gold passage"


def test_a_quotation_beyond_300_characters_does_not_count(tmp_path: Path) -> None:
    context = "انبار پر از گندم است و " * 12 + "کلید آن نزد بهزاد ماند. پایان کار."
    read = squad.read(write_squad(tmp_path / "one.json", [{"paragraphs": [paragraph(context, ("کلید کو؟", "بهزاد"))]}]))
    article = read.articles[0].id
    assert quotes_answer(Span(article, 0, 300), read.questions[0], read.texts)
    assert not quotes_answer(Span(article, 0, 301), read.questions[0], read.texts)


@needs_shared
def test_the_shared_files_are_read_whole() -> None:
    read = reading.read([EVAL / "pquad_validation.json", EVAL / "natural_questions.json"])
    assert (len(read.articles), len(read.questions)) == (833, 8701)
    assert sum(not judged.answerable for judged in read.questions) == 1981
    assert sum(len(passages(article)) for article in read.articles) == 1816
    assert read.problems == ()
