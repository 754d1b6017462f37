"""Greetings, thanks and farewells: a message of these alone gets a fixed reply.

Around a question they are left out by `Retriever.read`.
"""

from __future__ import annotations

import re
from functools import cache

from bot.wording import texts
from retrieval import is_courtesy
from retrieval.text import bare, undrawn


@cache
def _phrases(phrases: str) -> re.Pattern[str]:
    """Matches a folded text that consists of these phrases alone, which «،» parts; compiled when it is first asked.

    The words of a phrase may be joined, and «و» may stand between two phrases.
    """
    alternatives = "|".join(sorted(map(bare, phrases.split("، ")), key=len, reverse=True)).replace(" ", r"\s*")
    return re.compile(rf"(?:{alternatives})(?:[\W_]*(?:\bو\b[\W_]*)?(?:{alternatives}))*[\W_]*")


_GREETINGS = (
    "سلام، درود، سلام علیکم، سلام علیک، درود بر شما، وقت بخیر، وقتتان بخیر، وقتتون بخیر، روز بخیر، روزتون بخیر، "
    "صبح بخیر، صبحتون بخیر، شب بخیر، شبتون بخیر، عصر بخیر، عصرتون بخیر، ظهر بخیر، خسته نباشید، خسته نباشین، خدا قوت، "
    "hello، hi، salam، slm، dorood، خوبی، خوبید، خوبین، خوب هستید، خوب هستین، چطوری، چطورید، چطورین، "
    "حال شما چطور است، حالت چطوره، حالتون چطوره، حال شما چطوره، چه خبر"
)
_THANKS = (
    "ممنون، ممنونم، ممنونیم، مرسی، متشکرم، متشکر، مچکرم، مچکر، سپاس، سپاسگزارم، تشکر، تشکر میکنم، قربانت، قربونت، "
    "قربان شما، فدات، دستت درد نکنه، دستتون درد نکنه، دست شما درد نکنه، دستت طلا، thanks، thank you، merci، "
    "mersi، mamnoon، خیلی، بسیار، از شما، ازت، ازتون، عالی، عالی بود، عالیه، خیلی خوب بود، دمت گرم، دمتون گرم، "
    "دم شما گرم، ایول، آفرین، لطف کردید، لطف کردین"
)
_FAREWELLS = (
    "خداحافظ، خدا حافظ، خدافظ، خدافظی، خداحافظی، خدانگهدار، خدا نگهدار، بدرود، بای، بای بای، فعلا، تا بعد، "
    "به امید دیدار، شب خوش، شبت خوش، شبتون خوش، روز خوش، روزتون خوش، موفق باشید، موفق باشین، bye، khodahafez"
)
_WHO = (
    "تو کی هستی، شما کی هستید، شما کی هستین، کی هستی، کی هستید، تو چی هستی، شما چی هستید، این چه رباتی است، "
    "اسمت چیه، اسمت چیست، اسم شما چیست، اسم شما چیه، اسمتون چیه، نامت چیست، ربات هستی، تو رباتی، شما ربات هستید، "
    "شما ربات هستین، شما رباتید، آدمی یا ربات، هوش مصنوعی هستی، تو هوش مصنوعی هستی، شما هوش مصنوعی هستید، "
    "چیکار میکنی، چیکار می کنی، چه کار میکنی، چه کار می کنی، چه کار میکنید، چه کار می کنید، چیکار میتونی بکنی، "
    "چه کاری میتونی بکنی، چه کار میتوانی بکنی، چه کارهایی میکنی، چه کاری بلدی، چیکار بلدی، چی بلدی، چیا بلدی، "
    "چطور کار میکنی، چطور کار می کنی، چطوری کار میکنی، چطوری باید استفاده کنم، چطور استفاده کنم، کمک، کمکم کن، "
    "راهنما، راهنمایی، help"
)

_REPLIES = {
    _GREETINGS: texts.GREETING,
    _THANKS: texts.THANKS,
    f"{_GREETINGS}، {_THANKS}": texts.THANKS,
    f"{_FAREWELLS}، {_THANKS}": texts.FAREWELL,
    f"{_WHO}، {_GREETINGS}": texts.WHO,
    "باشه، باشد، اوکی، ok، okay، آهان، آها، آره، بله، نه، نخیر، خب، خوب، فهمیدم، متوجه شدم، که اینطور": texts.GO_ON,
    "چرا، واقعا، مطمئنی، مطمئنید، مطمئن هستی، جدی، جدی میگی، از کجا میدونی، راست میگی، درسته، راسته": texts.VERBATIM,
}
"""Courtesies of one kind, and the reply to a message of them alone; the first that fits."""
_OF_ANY_KIND = _phrases("، ".join(_REPLIES))


def reply_to(text: str) -> str:
    """The fixed reply to a message of courtesies alone; "" where the message says more.

    Args:
        text: the message as `bare` spells it, without spaces around it.
    """
    text = undrawn(text)
    found = _OF_ANY_KIND.fullmatch(text)
    fixed = (reply for courtesies, reply in _REPLIES.items() if _phrases(courtesies).fullmatch(text)) if found else ()
    return next(iter(fixed), texts.GO_AHEAD if is_courtesy(text) else "")
