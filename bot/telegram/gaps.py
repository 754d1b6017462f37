"""What the articles did not answer: shown to administrators by meaning, and asked again when articles were added."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator

from telegram import CallbackQuery, Message

from bot.dialogue.answer import Status
from bot.rendering.gaps import gaps_text
from bot.rendering.watches import news_text
from bot.service.access import Admission
from bot.service.dispatch import Change, Outcome
from bot.service.gaps import grouped, meanings
from bot.service.library import Library
from bot.state import records
from bot.state.base import Connection
from bot.state.outbox import Outgoing
from bot.state.records import Asked, Gap
from bot.telegram import keyboards, outgoing
from bot.telegram.keyboards import Press
from bot.telegram.outgoing import Target, document, say, target_of
from bot.telegram.replying import KEY_BITS, Replier, Replies, under_answer
from bot.wording import texts
from bot.wording.dates import persian_digits

MAX_GAPS_SHOWN = 20

READ_TOGETHER = 100
"""Questions whose meanings are read in one go, in a fraction of a second."""


async def listed(replier: Replier, message: Message) -> Outcome:
    """/gaps: the questions that the articles did not answer, by meaning, and all of them as a file to be judged.

    Below them stands a button for each, which asks it again.
    """
    found = await _groups(replier)
    if not found:
        return Outcome(say(target_of(message), texts.NO_GAPS))
    keyboard = keyboards.numbered(keyboards.ASK_AGAIN, [members[0].key for members in found[:MAX_GAPS_SHOWN]])
    told = say(target_of(message), gaps_text(found, MAX_GAPS_SHOWN), keyboard)
    return Outcome((*told, document(target_of(message), "gaps.jsonl", question_lines(found))))


async def asked_again(buttons: Replies, query: CallbackQuery, press: Press, target: Target) -> tuple[str, Outcome]:
    """Ask the questions of a group again, and tell those who asked them what is answered now."""
    replier, key = buttons.replier, press.number(0)
    if query.from_user.id not in replier.access.admins:
        return texts.GONE, Outcome()
    members = next((group for group in await _groups(replier) if key in {gap.key for gap in group}), [])
    messages: list[Outgoing] = []
    changes: list[Change] = []
    answered = 0
    told: set[tuple[int, int]] = set()
    for gap in reversed(members):
        asked = replier.state.read(lambda db, key=gap.key: records.question(db, key))  # type: ignore[misc]
        outcome = await _again(replier, asked) if asked else None
        if asked is None or outcome is None:
            continue
        answered += 1
        changes += outcome.changes
        if (asked.chat, asked.user) not in told:
            messages += outcome.messages
        told.add((asked.chat, asked.user))
    counted = texts.ASKED_AGAIN.format(answered=persian_digits(answered), left=persian_digits(len(members) - answered))
    return "", Outcome((*messages, *say(target, counted)), tuple(changes))


async def _again(replier: Replier, asked: Asked) -> Outcome | None:
    """What it leads to that a question is asked again; None where it is answered no better, or may not be told."""
    if replier.admission(asked.user, asked.chat) is not Admission.ADMITTED:
        return None
    is_private = asked.chat == asked.user
    target = Target(asked.chat, reply_to=None if is_private else asked.message)
    reply = await replier.consult(target, Library.reply, asked.text, asked.history)
    if reply.status is not Status.ANSWERED or reply.citations == asked.citations:
        return None
    key = secrets.randbits(KEY_BITS)
    again = Asked(key, asked.chat, asked.user, None, reply.question, reply.lent, reply.following, reply.citations)
    text = news_text(asked.text, reply.text)

    def work(db: Connection) -> None:
        records.close_gap(db, asked.key)
        records.record(db, again, reply.status.value)

    return Outcome(outgoing.answer(target, text, under_answer(reply, key), key), (work,))


async def _groups(replier: Replier) -> list[list[Gap]]:
    """All gaps, by meaning."""
    found, meant = await replier.state.run(records.gaps), []
    for start in range(0, len(found), READ_TOGETHER):
        asked = [(gap.text, gap.history) for gap in found[start : start + READ_TOGETHER]]
        meant += await replier.workers.run_within(replier.everything, meanings, asked)
    return grouped(found, meant)


def question_lines(found: list[list[Gap]]) -> str:
    """Gaps in the form of judged questions, a JSON object a line. A judge fills in `must` and `must_not`."""
    rows: Iterator[dict[str, object]] = (
        {
            "id": f"g{number:02}",
            "kind": f"gap/{members[-1].reason}",
            "question": members[0].text,
            "after": members[0].after or None,
            "status": "not_found" if members[-1].reason == "not_found" else "answered",
            "must": [],
            "must_not": [],
            "asked": len(members),
        }
        for number, members in enumerate(found, start=1)
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
