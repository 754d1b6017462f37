"""How digests look: what has come, and the list of what a user is told."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.rendering.markup import Mark, Rich, joined, marked
from bot.state.digests import Digest
from bot.wording import texts
from bot.wording.dates import persian_digits, weekday


def digest_text(topic: str, articles: Rich) -> Rich:
    """What has come of a topic, or of all where it is ""; `articles` is the list."""
    head = texts.DIGEST_OF.format(topic=topic) if topic else texts.DIGEST_OF_ALL
    return joined("\n", [marked(head, Mark.BOLD), articles])


def digests_text(kept: Sequence[Digest], zone: datetime.tzinfo) -> Rich:
    """How a digest is made, and those that are kept, in the time zone of their hours."""
    if not kept:
        return Rich(texts.HOW_TO_DIGEST)
    lines = (f"{persian_digits(number)}. {digest_name(one, zone)}" for number, one in enumerate(kept, start=1))
    return joined("\n\n", [joined("\n", [marked(texts.DIGESTS, Mark.BOLD), *lines]), texts.HOW_TO_DIGEST])


def digest_name(digest: Digest, zone: datetime.tzinfo) -> str:
    """How often, when, and of what a digest tells."""
    day = weekday(datetime.datetime.fromtimestamp(digest.next, zone))
    often = texts.WEEKLY.format(day=day) if digest.days > 1 else texts.DAILY
    topic = texts.TOPIC.format(topic=digest.topic) if digest.topic else texts.ALL_TOPICS
    return texts.DIGEST.format(often=often, hour=persian_digits(digest.hour), topic=topic)
