"""A message of courtesies alone gets a word, and is not looked up in the articles."""

from __future__ import annotations

import pytest

from bot.dialogue.small_talk import reply_to
from bot.wording import texts
from retrieval.text import bare


@pytest.mark.parametrize(
    ("messages", "reply"),
    [
        (
            "سلام | سلاااام | سلام و درود | سلام خوبین؟ | درود بر شما! | slm | خسته نباشین | سلام، صبحتون بخیر",
            texts.GREETING,
        ),
        ("مرسی | مرسییییی | خیلی ممنون | دستتون درد نکنه | دمتون گرم | سلام و ممنون | عالی بود، مچکرم", texts.THANKS),
        ("خداحافظ | خدافظ | خدا حافظ | بای | شب خوش | ممنون، خدانگهدار", texts.FAREWELL),
        ("تو کی هستی؟ | شما ربات هستید | سلام، اسمت چیه | چیکار می‌تونی بکنی؟ | چطور کار می کنی | کمک", texts.WHO),
        ("ببخشید | یه سوال دارم | سلام یه سوال داشتم | میخواستم بپرسم | لطفا", texts.GO_AHEAD),
        ("درسته؟ | مطمئنی؟ | جدی میگی", texts.VERBATIM),
        ("و | سلام نامهٔ کیست | کمک به سیل‌زدگان | راهنمای بازدید از باغ | بای‌پس چیست | تو کی هستی که آمدی", ""),
    ],
)
def test_what_is_said_to_courtesies(messages: str, reply: str) -> None:
    assert {message: reply_to(bare(message).strip()) for message in messages.split(" | ")} == dict.fromkeys(
        messages.split(" | "), reply
    )
