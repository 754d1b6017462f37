"""Nobody is quoted what is not theirs: what a scope does not hold changes nothing of what is answered in it.

The library of a scope answers as one of a corpus without the other articles does, letter for letter. So nothing of them
is in what it shows: not as a quotation, a heading or a number, and not in which answer is chosen.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.dialogue.conversation import Conversation
from bot.history import History
from bot.rendering.markup import Rich
from bot.service.library import Cited, Library, within
from bot.service.opening import open_conversation
from bot.service.scopes import Scope
from bot.settings import Settings
from retrieval import PasokhError, Retriever
from tests.conftest import with_tables

CLOSED = frozenset({"hr", "hr/pay", "lab"})
SCOPES = [Scope(CLOSED, opened) for opened in (frozenset(), frozenset({"hr"}), frozenset({"hr/pay", "lab"}), CLOSED)]
NAMES = "آرمان بهرام پویا تینا جمشید خاطره دلارام رامین زهره ژاله سامان شهاب طناز فرهاد کاوه گیتی لادن".split()
JOBS = "حقوق بیمه مرخصی پاداش وام آزمایش نمونه دستگاه گزارش بودجه قرارداد پروژه".split()
PLACES = "شیراز لار جهرم فسا داراب کازرون".split()
TEMPLATES = (
    "{job} {name} چقدر است؟",
    "{name} کیست؟",
    "رئیس {job} در {place} کیست؟",
    "و {job} چطور؟",
    "آخرین خبر {place}",
    "خبرهای {job}",
    "خلاصهٔ خبر {name}",
    "{name} یا {other} {job} بیشتری دارد؟",
    "بیشترین {job} از آن کیست؟",
    "این خبر را که نوشته است؟",
    "{job} {name} چند است و {other} کجاست؟",
    "آیا {name} {job} دارد؟",
    "{word}",
    "{job} {word}",
    "hoghoogh {place}",
)


def silent(_: str) -> None:
    pass


def opened(corpus: Path, data: Path) -> Library:
    """The library of a process that answers; its collections are closed."""
    return Library(open_conversation(Settings(corpus=corpus, data=data), silent, CLOSED))


def articles(folder: Path) -> dict[str, str]:
    """Articles in the open and in each collection, about the same people and things, and some words of each alone."""
    chance, found = random.Random(5), {}
    for place in ("", "news/", "hr/", "hr/old/", "hr/pay/", "lab/"):
        for number in range(12):
            name, other, job = chance.choice(NAMES), chance.choice(NAMES), chance.choice(JOBS)
            secret = "".join(chance.choices("بتجدرسشفقکلمن", k=6))
            text = (
                f"{job} {name} در {chance.choice(PLACES)} {chance.randint(10, 99)} میلیون تومان است. "
                f"نشان آن {secret} است. رئیس {job} {other} است که {secret} را می‌شناسد.\n\n"
                f"نام | {job}\n{name} | {chance.randint(100, 999)}\n{other} | {chance.randint(100, 999)}\n"
            )
            front = f"title: {job} {name}، {secret}\ndate: 2025-0{chance.randint(1, 9)}-11\nsource: {secret} خبر"
            found[f"{place}{number}.md"] = f"---\n{front}\n---\n{text}"
    for name, text in found.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    shutil.copy(folder / "lab" / "3.md", folder / "copy.md")
    return found


class Asked(NamedTuple):
    """All that a library shows after a question."""

    reply: tuple[object, ...]
    further: tuple[Rich, int]
    snippets: list[Rich]
    context: list[Rich]


def shown(library: Library, scope: Scope, text: str, history: History) -> tuple[Asked, History]:
    """What is shown after a question in a scope, and the history of the next one."""
    reply = within(library, scope, Library.reply, text, history)
    quoted: tuple[Cited, ...] = reply.citations
    return Asked(
        tuple(reply),
        within(library, scope, Library.further, text, history, quoted, 0),
        within(library, scope, Library.snippets, text),
        within(library, scope, Library.context, quoted),
    ), reply.following


def questions(chance: random.Random, words: list[str], count: int) -> Iterator[str]:
    for _ in range(count):
        yield chance.choice(TEMPLATES).format(
            name=chance.choice(NAMES),
            other=chance.choice(NAMES),
            job=chance.choice(JOBS),
            place=chance.choice(PLACES),
            word=chance.choice(words),
        )


def leaks(tmp_path: Path, data: Path, count: int) -> list[str]:
    """Questions of so many that are answered in some scope otherwise than by a corpus of that scope alone."""
    corpus = tmp_path / "corpus"
    written = articles(corpus)
    words = sorted({word for text in written.values() for word in text.split()})
    library = opened(corpus, with_tables(tmp_path / "data", data))
    found, chance = [], random.Random(9)
    for number, scope in enumerate(SCOPES):
        own = tmp_path / f"own{number}" / "corpus"
        for name in (path.relative_to(corpus) for path in corpus.rglob("*.md")):
            if scope.holds(str(name), 0):
                (own / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(corpus / name, own / name)
        apart = Library(Conversation(Retriever.from_corpus(own, data=with_tables(tmp_path / f"data{number}", data))))
        for page in range(8):
            assert _plain(within(library, scope, Library.sources, page)) == _plain(apart.sources(page))
        ours, theirs = within(library, scope, Library.catalogue), apart.catalogue()
        fields = ("articles", "sentences", "newest", "examples", "problems")
        assert [getattr(ours, field) for field in fields] == [getattr(theirs, field) for field in fields]
        history: History = ()
        for text in questions(chance, words, count // len(SCOPES)):
            (one, following), (other, _) = shown(library, scope, text, history), shown(apart, Scope(), text, history)
            if _plain(one) != _plain(other):
                found.append(f"{scope.opened}: {text}")
            history = following if chance.random() < 0.5 else ()
    return found


def _plain(value: object) -> str:
    """What is shown, without the times at which the two corpora were indexed."""
    return re.sub("نمایه: [^)]*", "", repr(value))


def test_what_a_scope_does_not_hold_changes_nothing_in_it(tmp_path: Path, data: Path) -> None:
    assert leaks(tmp_path, data, 240) == []


@pytest.mark.slow
def test_nothing_leaks_in_ten_thousand_questions(tmp_path: Path, data: Path) -> None:
    assert leaks(tmp_path, data, 10_000) == []


def test_an_article_belongs_to_the_innermost_collection() -> None:
    scope = Scope(CLOSED, frozenset({"hr"}))
    held = ["a.md", "news/a.md", "hr/a.md", "hr/old/a.md", "hrx/a.md", "labs/a.md", "pay/a.md"]
    assert all(scope.holds(file, 1) for file in held)
    assert not any(scope.holds(file, 1) for file in ["hr/pay/a.md", "hr/pay/x/a.md", "lab/a.md", "lab"][:3])
    assert not any(Scope(CLOSED).holds(file, 1) for file in ["hr/a.md", "hr/pay/a.md", "lab/x/y.md"])


def test_without_a_scope_only_open_articles_are_there(tmp_path: Path, data: Path) -> None:
    corpus = tmp_path / "corpus"
    articles(corpus)
    library = opened(corpus, with_tables(tmp_path / "data", data))
    assert library.catalogue().articles == 25
    (corpus / "lab" / "new.md").write_text("راز تازه در آزمایشگاه است.", "utf-8")
    (corpus / "new.md").write_text("خبر تازه در شهر است.", "utf-8")
    Retriever.from_corpus(corpus, data=tmp_path / "data")
    library.renew()
    assert library.catalogue().articles == 26
    assert within(library, SCOPES[-1], Library.catalogue).articles == 75
    assert "راز" not in library.reply("راز تازه کجاست؟", ()).text.text
    assert "راز" in within(library, SCOPES[-1], Library.reply, "راز تازه کجاست؟", ()).text.text


def test_collections_need_a_stored_index(tmp_path: Path, data: Path) -> None:
    corpus, folder = tmp_path / "corpus", with_tables(tmp_path / "data", data)
    articles(corpus)
    opened(corpus, folder)
    (home,) = folder.glob("index-*")
    shutil.rmtree(home)
    home.write_text("a file is in the way", "utf-8")
    with pytest.raises(PasokhError, match="stored"):
        open_conversation(Settings(corpus=corpus, data=folder), silent, CLOSED)
