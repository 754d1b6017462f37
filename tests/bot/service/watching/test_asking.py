"""Questions that wait, asked of articles that come: in the very way in which the process beside the bot asks them."""

from __future__ import annotations

import random
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.service.watching import asking
from bot.service.watching.asking import News, Place
from bot.state import bindings, watches
from bot.state.base import Connection, Work
from bot.state.bindings import Binding
from bot.state.sqlite import connect
from bot.state.watches import Watch
from retrieval import Caution, Stamp, default_data_folder
from retrieval.indexing import refresh_stored
from tests.bot.service.test_scopes import CLOSED, SCOPES, articles, questions
from tests.conftest import data_folder


class Corpus:
    """A folder of articles with its stored index, and questions that wait for more of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, data = folder / "articles", data_folder(folder, default_data_folder())
        self.folder.mkdir()
        self.place = Place(self.folder, "auto", data, Caution.BALANCED, str(data / "state.sqlite"), CLOSED)
        self._done = Stamp()

    def add(self, *, killed: bool = False, **articles: str) -> list[str]:
        """Articles come; returns the questions that they answer, each with what is quoted first.

        Args:
            killed: whether the bot is killed when what it tells is written, and how far it has asked is not.
            articles: their texts by their names.
        """
        for name, text in articles.items():
            self.write(name, text)
        return [f"{one.watch.text} {one.reply.citations[0][2]}" for one in self.news(killed=killed)]

    def news(self, *, killed: bool = False) -> list[News]:
        """What the articles that have come answer, marked as told."""
        refresh_stored(self.folder, self.place.engine, self.place.data)
        while (plan := asking.plan(self.place, self._done)).is_partial:
            self._write(lambda db, plan=plan: watches.put_words(db, plan.stamp.version, plan.read))  # type: ignore[misc]
        news = asking.ask(self.place, self._done, plan.stamp.last, plan.met) if plan.met else []
        self._write(lambda db: watches.put_words(db, plan.stamp.version, plan.read))
        self._done = self._done if killed else plan.stamp
        with closing(connect(Path(self.place.state))) as db:
            return [one for one in news if watches.tell(db, one.watch, one.last, one.known, one.told)]

    def _write(self, work: Work[object]) -> None:
        with closing(connect(Path(self.place.state))) as db:
            db.execute("BEGIN")
            work(db)
            db.execute("COMMIT")

    def write(self, name: str, text: str) -> None:
        """An article comes, which is asked with the next ones."""
        (self.folder / f"{name}.md").write_text(f"---\ntitle: {text.partition('.')[0]}\n---\n{text}\n", "utf-8")

    def keep(self, *questions: str, chats: int = 1) -> None:
        """Questions are kept, each a user's, dealt to so many chats, which count from 1."""

        def work(db: Connection) -> None:
            for user, text in enumerate(questions, start=1):
                kept = Watch(0, 1 + user % chats, user, None, None, text, (), self._done.last, time.time())
                watches.keep(db, kept, self._done, 1)

        self._write(work)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus, others = Corpus(tmp_path), "نخستینه دارابادی سمنگانی بهرامیان کازرونک لارستانه جهرمیان فسایینه".split()
    for name in others:
        corpus.write(name, built(name, "۱۳۵۰"))
    corpus.add()
    return corpus


def built(name: str, year: str, place: str = "لار") -> str:
    return f"کارگاه {name} در شهر {place} است. کارگاه {name} در سال {year} ساخته شد. مدیر کارگاه {name} نادر است."


def test_no_other_name_stands_for_one_that_no_article_has_yet(corpus: Corpus) -> None:
    """Two typing errors away, or what is left of a name without what everyday speech joins to words: «نی… ا»."""
    built_when, led, where = (
        "کارگاه برتامیمیشی در چه سالی ساخته شد؟",
        "مدیر کارگاه پورافالانا کیست؟",
        "کارگاه نینیمانیشا در کجاست؟",
    )
    corpus.keep(built_when, led, where)
    near = built("برفامیمیشا", "۱۳۴۵"), built("پورافافانی", "۱۳۹۵"), built("موگادازاخو", "۱۳۶۰", "نی‌ریز")
    assert corpus.add(a=near[0], b=near[1], c=near[2]) == []
    told = corpus.add(d=built("برتامیمیشی", "۱۳۷۰"), e=built("پورافالانا", "۱۳۷۱"), f=built("نینیمانیشا", "۱۳۷۲"))
    assert len(told) == 3
    assert told[0] == f"{built_when} کارگاه برتامیمیشی در سال ۱۳۷۰ ساخته شد."
    assert told[1] == f"{led} مدیر کارگاه پورافالانا نادر است."
    assert told[2].startswith(f"{where} کارگاه نینیمانیشا در شهر لار است.")


def test_a_mistyped_question_is_told_all_the_same(corpus: Corpus) -> None:
    corpus.keep("کارگاه بافندگی شیارز کی ساخته شد؟", "مدیر کارگاهه پورافالانا کیه")
    told = corpus.add(a=built("بافندگی شیراز", "۱۳۴۵"), b=built("پورافالانا", "۱۳۹۵"))
    assert [one.partition(" ")[0] for one in told] == ["کارگاه", "مدیر"]


def test_what_was_told_before_a_kill_is_not_asked_of_the_other_articles_alone(corpus: Corpus) -> None:
    question = "کارگاه برتامیمیشی در چه سالی ساخته شد؟"
    corpus.keep(question)
    assert len(corpus.add(killed=True, a=built("برتامیمیشی", "۱۳۷۰"))) == 1
    assert corpus.add(b=built("موگادازاخو", "۱۳۶۰"), c=built("سابازادارو", "۱۳۶۵")) == []


def leaks(tmp_path: Path, count: int) -> tuple[int, list[str]]:
    """How many of so many questions are told something, and those that are told what is not open where they wait."""
    corpus = Corpus(tmp_path)
    opened = dict(enumerate(SCOPES, start=1))
    with closing(connect(Path(corpus.place.state))) as db:
        for chat, scope in opened.items():
            for collection in scope.opened:
                bindings.bind(db, Binding(collection, chat))
    corpus.add(first=built("نخستینه", "۱۳۵۰"))
    words = sorted({word for text in articles(tmp_path / "unseen").values() for word in text.split()})
    corpus.keep(*questions(random.Random(9), words, count), chats=len(opened))
    articles(corpus.folder)
    told = corpus.news()
    cited = [(one.watch, name) for one in told for name, *_ in one.reply.citations]
    return len(told), [f"{watch.text}: {name}" for watch, name in cited if not opened[watch.chat].holds(name, 0)]


def test_nobody_is_told_what_is_not_open_where_the_question_waits(tmp_path: Path) -> None:
    told, leaked = leaks(tmp_path, 240)
    assert told > 24
    assert leaked == []


@pytest.mark.slow
def test_nothing_leaks_to_ten_thousand_questions_that_wait(tmp_path: Path) -> None:
    assert leaks(tmp_path, 10_000)[1] == []
