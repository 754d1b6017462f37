"""Questions that wait, asked of articles that come: in the very way in which the process beside the bot asks them."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.state import watches
from bot.state.sqlite import connect
from bot.state.watches import Watch
from bot.watching import asking
from bot.watching.asking import Place
from retrieval import Caution, Stamp, default_data_folder
from retrieval.indexing import refresh_stored
from tests.conftest import data_folder


class Corpus:
    """A folder of articles with its stored index, and questions that wait for more of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, data = folder / "articles", data_folder(folder, default_data_folder())
        self.folder.mkdir()
        self._place = Place(self.folder, "auto", data, Caution.BALANCED, str(data / "state.sqlite"))
        self._done = Stamp()

    def add(self, *, killed: bool = False, **articles: str) -> list[str]:
        """Articles come; returns the questions that they answer, each with what is quoted first.

        Args:
            killed: whether the bot is killed when what it tells is written, and how far it has asked is not.
            articles: their texts by their names.
        """
        for name, text in articles.items():
            self.write(name, text)
        refresh_stored(self.folder, self._place.engine, self._place.data)
        plan = asking.plan(self._place, self._done)
        news = asking.ask(self._place, self._done, plan.stamp.last, plan.met) if plan.met else []
        with closing(connect(Path(self._place.state))) as db:
            watches.put_words(db, plan.stamp.version, plan.read)
            news = [one for one in news if watches.tell(db, one.watch, one.last, one.known, one.told)]
        self._done = self._done if killed else plan.stamp
        return [f"{one.watch.text} {one.reply.citations[0][2]}" for one in news]

    def write(self, name: str, text: str) -> None:
        """An article comes, which is asked with the next ones."""
        (self.folder / f"{name}.md").write_text(f"---\ntitle: {text.partition('.')[0]}\n---\n{text}\n", "utf-8")

    def keep(self, *questions: str) -> None:
        """Questions are kept, each a user's."""
        with closing(connect(Path(self._place.state))) as db:
            for user, text in enumerate(questions, start=1):
                kept = Watch(0, user, user, None, None, text, (), self._done.last, time.time())
                watches.keep(db, kept, self._done, 1)


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
