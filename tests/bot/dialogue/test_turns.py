"""A message is read once: for its answer, for the topic that it continues, and for what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.dialogue import followups
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import remember
from bot.history import Answered, as_history
from bot.service.library import Library
from retrieval import Analyzer, Question, Retriever
from tests.conftest import CORPUS

CLUSTERS = "کدام خوشه‌ها به مرحله توسعه‌یافتگی رسیده‌اند؟"
FOLLOW_UP = "و کدام در آستانه است؟"
ABOUT_ARTICLE = "این خبر کی منتشر شد؟"

Counted = Callable[[object, str], list[Any]]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Wraps a function or method of a class; lists the first argument of each call."""

    def count(owner: object, name: str) -> list[Any]:
        function, seen = getattr(owner, name), list[Any]()

        def counting(*arguments: Any, **options: Any) -> Any:
            seen.append(arguments[isinstance(owner, type)])
            return function(*arguments, **options)

        monkeypatch.setattr(owner, name, counting)
        return seen

    return count


@pytest.mark.parametrize("message", [FOLLOW_UP, ABOUT_ARTICLE])
def test_a_message_and_those_it_continues_are_read_once(message: str, counted: Counted) -> None:
    library = Library(Conversation(Retriever.from_corpus(CORPUS)))
    read, tokenised, judged = counted(Retriever, "read"), counted(Analyzer, "tokens"), counted(followups, "leans")

    reply = library.reply(message, as_history([CLUSTERS]))

    assert reply.citations or message == ABOUT_ARTICLE
    assert [one.text for one in reply.following] == [CLUSTERS, message]
    assert sorted(read) == sorted([CLUSTERS, message])
    questions: list[Question] = judged
    assert sorted(question.text for question in questions) == sorted([CLUSTERS, message])
    assert [tokenised.count(text) for text in (CLUSTERS, message)] == [1, 1]


def test_a_first_question_is_searched_for_once(counted: Counted) -> None:
    library = Library(Conversation(Retriever.from_corpus(CORPUS)))
    searched, beside = counted(Retriever, "search"), counted(Retriever, "search_beside")

    assert library.reply("سوغات لار چیست؟", ()).citations
    assert (len(searched), len(beside)) == (1, 0)


def test_a_message_of_another_topic_is_answered_as_a_first_one_in_every_chat(
    digests: Retriever, counted: Counted
) -> None:
    library = Library(Conversation(digests))
    other = next(article for article in digests.articles if "سوغات" not in article.text and "لار" not in article.text)
    histories = [(Answered("پرسش پیش", other.id, place),) for place in (0, len(other.text) // 2)]
    searched, beside = counted(Retriever, "search"), counted(Retriever, "search_beside")

    first = library.reply("سوغات لار چیست؟", histories[0])

    assert first.citations
    assert (len(searched), len(beside)) == (1, 0)
    assert library.reply("سوغات لار چیست؟", histories[1]).text == first.text
    assert library.reply("سوغات لار چیست؟", ()).text == first.text
    assert (len(searched), len(beside)) == (1, 0)


def test_an_answer_whose_place_is_known_is_not_looked_for_again(counted: Counted) -> None:
    library = Library(Conversation(Retriever.from_corpus(CORPUS)))
    before = library.reply(CLUSTERS, ()).following
    searched, beside = counted(Retriever, "search"), counted(Retriever, "search_beside")

    assert library.reply(FOLLOW_UP, before).citations
    assert (len(searched), len(beside)) == (1, 1)


def test_an_answer_that_was_given_to_another_chat_is_given_again(digests: Retriever, counted: Counted) -> None:
    library = Library(Conversation(digests))
    searched = counted(Retriever, "search")

    replies = [library.reply(FOLLOW_UP, as_history([CLUSTERS])) for _ in range(3)]
    searches = len(searched)

    assert replies[0] == replies[1] == replies[2]
    library.reply(FOLLOW_UP, as_history([CLUSTERS]))
    assert len(searched) == searches


def test_what_was_not_answered_changes_no_topic(digests: Retriever) -> None:
    conversation = Conversation(digests)
    turn = conversation.read("قیمت دلار چند است؟", (CLUSTERS, FOLLOW_UP))
    assert remember(turn, conversation.answer(turn)) == as_history([CLUSTERS, FOLLOW_UP])
