"""A message is read once: for its answer, for the topic that it continues, and for what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.dialogue import followups
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import remember
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

    reply = library.reply(message, (CLUSTERS,))

    assert reply.citations or message == ABOUT_ARTICLE
    assert reply.following == (CLUSTERS, message)
    assert sorted(read) == sorted([CLUSTERS, message])
    questions: list[Question] = judged
    assert sorted(question.text for question in questions) == sorted([CLUSTERS, message])
    assert [tokenised.count(text) for text in (CLUSTERS, message)] == [1, 1]


def test_a_message_with_a_topic_of_its_own_reads_nothing_of_the_history(counted: Counted) -> None:
    library = Library(Conversation(Retriever.from_corpus(CORPUS)))
    read = counted(Retriever, "read")

    assert library.reply("سوغات لار چیست؟", (CLUSTERS, FOLLOW_UP)).following == ("سوغات لار چیست؟",)
    assert read == ["سوغات لار چیست؟"]


def test_an_answer_that_was_given_to_another_chat_is_given_again(digests: Retriever, counted: Counted) -> None:
    library = Library(Conversation(digests))
    searched = counted(Retriever, "search")
    histories = [(), (CLUSTERS,), ("عباس برنهاد کیست؟",)]

    replies = [library.reply("سوغات لار چیست؟", history) for history in histories]

    assert replies[0] == replies[1] == replies[2]
    assert len(searched) == 1


@pytest.mark.parametrize(
    ("history", "topic_length"),
    [
        ((), 1),
        ((CLUSTERS,), 2),
        ((CLUSTERS, FOLLOW_UP), 3),
        (("عباس برنهاد کیست؟", CLUSTERS, FOLLOW_UP), 3),
        (("عباس برنهاد کیست؟", CLUSTERS), 2),
    ],
)
def test_a_topic_reaches_back_to_the_last_question_that_leans_on_none(
    digests: Retriever, history: tuple[str, ...], topic_length: int
) -> None:
    turn = Conversation(digests).read("و کدام هنوز در حال اجراست؟", history)
    assert turn.topic_length == topic_length
    assert turn.lent == history


def test_what_was_not_answered_changes_no_topic(digests: Retriever) -> None:
    conversation = Conversation(digests)
    turn = conversation.read("قیمت دلار چند است؟", (CLUSTERS, FOLLOW_UP))
    assert remember(turn, conversation.answer(turn)) == (CLUSTERS, FOLLOW_UP)
