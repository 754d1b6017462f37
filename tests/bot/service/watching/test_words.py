"""Questions met by the words of articles, and what is remembered of them."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from bot.service.watching.words import MIN_COVERAGE, WordIndex
from bot.state import watches
from bot.state.sqlite import connect
from bot.state.watches import Kept, Watch
from retrieval import Stamp

STAMP = Stamp("1", 2, 30)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    with closing(connect(tmp_path / "state.sqlite")) as connection:
        yield connection


def watch(text: str, user: int = 7, chat: int = 7, since: int = 30) -> Watch:
    return Watch(0, chat, user, None, None, text, (), since, time.time())


def test_an_article_meets_the_questions_that_it_holds_enough_of() -> None:
    chance = random.Random(7)
    terms = [f"t{number}" for number in range(60)]
    questions = {
        key: [(chance.random(), chance.sample(terms, chance.randint(1, 3))) for _ in range(chance.randint(1, 6))]
        for key in range(500)
    }
    index = WordIndex({key: json.dumps(groups) for key, groups in questions.items()})
    for _ in range(50):
        articles = [frozenset(chance.sample(terms, 15)) for _ in range(chance.randint(1, 3))]
        expected = [
            key
            for key, groups in questions.items()
            if any(
                sum(weight for weight, group in groups if article & set(group))
                >= MIN_COVERAGE * sum(weight for weight, _ in groups)
                for article in articles
            )
        ]
        assert index.met(articles) == expected
    assert WordIndex({}).met([frozenset(terms)]) == []
    assert WordIndex({1: "[]"}).met([frozenset(terms)]) == []


def test_a_user_has_so_many_and_none_twice(db: Connection) -> None:
    for text in ("یک؟", "دو؟", "یک؟"):
        watches.keep(db, watch(text), STAMP, 2)
    watches.keep(db, watch("یک؟", 8), STAMP, 2)
    assert watches.keeping(db, watch("سه؟"), 2) is Kept.REFUSED
    assert watches.keeping(db, watch("دو؟"), 2) is Kept.BEFORE
    watches.keep(db, watch("سه؟"), STAMP, 2)
    first, second = watches.of_user(db, 7)
    assert (first.text, second.text) == ("یک؟", "دو؟")
    watches.end(db, first.key, 8)
    assert len(watches.of_user(db, 7)) == 2
    watches.end(db, first.key, 7)
    assert [one.text for one in watches.of_user(db, 7)] == ["دو؟"]
    watches.forget(db, 7)
    watches.purge(db, 1e9)
    assert (watches.count(db), watches.of_user(db, 7)) == (1, [])
    watches.purge(db, -1)
    assert watches.count(db) == 0


def test_what_is_told_is_told_once(db: Connection) -> None:
    watches.keep(db, watch("یک؟"), STAMP, 2)
    (kept,) = watches.of_user(db, 7)
    assert watches.tell(db, kept, 31, ("a", "b"), ("a",))
    assert not watches.tell(db, kept, 31, ("c",), ("c",)), "these articles were asked already"
    assert not watches.tell(db, kept, 32, ("a", "d"), ("d",)), "it is of a story that was told"
    assert watches.tell(db, kept, 33, ("d",), ("d",))
    watches.end(db, kept.key, 7)
    assert not watches.tell(db, kept, 34, ("e",), ("e",)), "it was ended meanwhile"


def test_the_first_question_begins_with_the_articles_of_its_day(db: Connection) -> None:
    assert watches.done(db) is None
    watches.keep(db, watch("یک؟"), STAMP, 2)
    assert Stamp(*(watches.done(db) or ())) == STAMP
    watches.keep(db, watch("دو؟"), Stamp("1", 3, 40), 2)
    assert Stamp(*(watches.done(db) or ())) == STAMP
    watches.finish(db, Stamp("2", 1, 5), anew=True)
    assert [one.since for one in watches.of_user(db, 7)] == [0, 0]
