"""Greetings, thanks and farewells: a message of these alone gets a fixed reply.

Around a question they are left out by `Retriever.read`.
"""

from __future__ import annotations

import re

from bot import texts
from retrieval.text import bare


def _phrases(phrases: str) -> re.Pattern[str]:
    """Matches a folded text that consists of these phrases alone, which «،» parts."""
    alternatives = "|".join(sorted(map(bare, phrases.split("، ")), key=len, reverse=True))
    return re.compile(rf"(?:(?:{alternatives})[\W_]*)+")


_GREETINGS = (
    "سلام، درود، سلام علیکم، وقت بخیر، وقتتان بخیر، وقتتون بخیر، روز بخیر، صبح بخیر، شب بخیر، عصر بخیر، خسته نباشید، "
    "hello، hi، salam، خوبی، خوبید، خوب هستید، چطوری، چطورید، حال شما چطور است، حالت چطوره، چه خبر"
)
_THANKS = (
    "ممنون، ممنونم، مرسی، متشکرم، متشکر، سپاس، سپاسگزارم، تشکر، دستت درد نکنه، thanks، thank you، "
    "خیلی، عالی، عالی بود، عالیه، دمت گرم، لطف کردید"
)

_REPLIES = {
    _phrases(_GREETINGS): texts.GREETING,
    _phrases(_THANKS): texts.THANKS,
    _phrases(f"{_GREETINGS}، {_THANKS}"): texts.THANKS,
    _phrases("خداحافظ، خدانگهدار، خدا حافظ، بدرود، bye"): texts.FAREWELL,
    _phrases(
        "باشه، باشد، اوکی، ok، okay، آهان، آها، آره، بله، نه، نخیر، خب، خوب، فهمیدم، متوجه شدم، که اینطور"
    ): texts.GO_ON,
    _phrases("چرا، واقعا، مطمئنی، مطمئنید، مطمئن هستی، جدی، جدی میگی، از کجا میدونی، راست میگی"): texts.VERBATIM,
}
"""What consists of courtesies of one kind alone, and the reply to it; the first that fits."""


def reply_to(text: str) -> str:
    """The fixed reply to a message of courtesies alone; "" where the message says more.

    Args:
        text: the message as `bare` spells it, without spaces around it.
    """
    return next((reply for phrases, reply in _REPLIES.items() if phrases.fullmatch(text)), "")
