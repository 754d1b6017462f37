"""Greetings, thanks and farewells: a message of these alone gets a fixed reply.

Around a question they are left out by `Retriever.read`.
"""

from __future__ import annotations

import re
from functools import cache

from bot import texts
from retrieval.text import bare


@cache
def _phrases(phrases: str) -> re.Pattern[str]:
    """Matches a folded text that consists of these phrases alone, which «،» parts; compiled when it is first asked."""
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
    _GREETINGS: texts.GREETING,
    _THANKS: texts.THANKS,
    f"{_GREETINGS}، {_THANKS}": texts.THANKS,
    "خداحافظ، خدانگهدار، خدا حافظ، بدرود، bye": texts.FAREWELL,
    "باشه، باشد، اوکی، ok، okay، آهان، آها، آره، بله، نه، نخیر، خب، خوب، فهمیدم، متوجه شدم، که اینطور": texts.GO_ON,
    "چرا، واقعا، مطمئنی، مطمئنید، مطمئن هستی، جدی، جدی میگی، از کجا میدونی، راست میگی": texts.VERBATIM,
}
"""Courtesies of one kind, and the reply to a message of them alone; the first that fits."""
_OF_ANY_KIND = _phrases("، ".join(_REPLIES))


def reply_to(text: str) -> str:
    """The fixed reply to a message of courtesies alone; "" where the message says more.

    Args:
        text: the message as `bare` spells it, without spaces around it.
    """
    if not _OF_ANY_KIND.fullmatch(text):
        return ""
    return next((reply for courtesies, reply in _REPLIES.items() if _phrases(courtesies).fullmatch(text)), "")
