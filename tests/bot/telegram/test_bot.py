"""The bot as a process of its own: what people see in private chats, in groups and inline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.telegram.keyboards import under_answer
from bot.wording import texts
from tests.bot.telegram.conftest import Standing, Start, shares_a_bot
from tests.bot.telegram.fake import TOKEN, Fake
from tests.bot.telegram.harness import ask, message, press, until
from tests.retrieval.corpus.fetching.site import serving

CLUSTERS, SOUVENIR = "کدام خوشه ها به مرحله توسعه یافتگی رسیده اند", "سوغات لار چیست؟"


async def replies(fake: Fake, count: int) -> list[dict[str, Any]]:
    """The messages that were sent, once there are so many."""
    await until(lambda: len(fake.sent) >= count, 20)
    return fake.sent[:count]


async def say(fake: Fake, text: str | None, chat: int = 7, **content: Any) -> dict[str, Any]:
    """The answer to a message."""
    fake.sent.clear()
    ask(fake, text, chat, **content)
    return (await replies(fake, 1))[0]


@shares_a_bot
async def test_editing_a_question_edits_its_answer(served: Fake) -> None:
    question = ask(served, "قیمت دلار چند است؟")
    shown = (await replies(served, 1))[0]
    served.push(edited_message={**question, "text": SOUVENIR, "edit_date": question["date"]})
    await until(lambda: "حلوای مسقطی" in served.messages[7, shown["id"]]["plain"])
    assert "reply_markup" in served.messages[7, shown["id"]]
    assert len(served.sent) == 1


@shares_a_bot
async def test_in_groups_it_speaks_when_spoken_to(served: Fake) -> None:
    mention = {"type": "mention", "offset": 4, "length": len("@pasokh_test_bot")}
    group = -100500
    ask(served, SOUVENIR, group)
    ask(served, "/ask@other_bot سوغات", group)
    ask(served, "/weather", group)
    ask(served, "@other_bot " + SOUVENIR, group, entities=[{"type": "mention", "offset": 0, "length": 10}])
    asked = ask(served, f"👍👍@pasokh_test_bot {SOUVENIR}", group, entities=[mention])
    answer = (await replies(served, 1))[0]
    assert json.loads(answer["reply_parameters"])["message_id"] == asked["message_id"]
    assert "حلوای مسقطی" in answer["plain"]
    mine = {**message(served, "پیش", group), "from": {"id": 123456, "is_bot": True, "first_name": "پاسخ"}}
    assert "حلوای مسقطی" in (await say(served, SOUVENIR, group, reply_to_message=mine))["plain"]
    assert "حلوای مسقطی" in (await say(served, f"/ask@pasokh_test_bot {SOUVENIR}", group))["plain"]
    assert len(served.sent) == 1


@shares_a_bot
async def test_inline_it_offers_cited_snippets(served: Fake) -> None:
    for number, query in enumerate(["", "قیمت دلار چند است؟", SOUVENIR]):
        served.push(inline_query={"id": str(number), "from": message(served, "")["from"], "query": query, "offset": ""})
    await until(lambda: len(served.answered) == 3)
    found = {params["inline_query_id"]: params["results"] for _, params in served.answered}
    assert (found["0"], found["1"]) == ([], [])
    assert all(params["is_personal"] == "true" for _, params in served.answered)
    first = found["2"][0]
    told = first["input_message_content"]["rich_message"]
    assert "حلوای مسقطی" in told["html"]
    assert told["is_rtl"]
    assert first["description"].startswith("منبع [1]: ")


@shares_a_bot
async def test_what_is_no_text_gets_a_word_in_private_and_silence_elsewhere(served: Fake) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    origin = {"type": "channel", "date": 1, "chat": {"id": -1, "type": "channel", "title": "ک"}, "message_id": 3}
    ask(served, None, -100500, photo=photo)
    ask(served, None, pinned_message=message(served, "سنجاق‌شده"))
    assert (await say(served, None, photo=photo, forward_origin=origin))["plain"] == texts.NO_WORDS
    assert "حلوای مسقطی" in (await say(served, None, photo=photo, caption=SOUVENIR, forward_origin=origin))["plain"]
    mention = {"type": "mention", "offset": 0, "length": len("@pasokh_test_bot")}
    caption = {"caption": f"@pasokh_test_bot {SOUVENIR}", "caption_entities": [mention]}
    assert "حلوای مسقطی" in (await say(served, None, -100500, photo=photo, **caption))["plain"]
    assert "حلوای مسقطی" in (await say(served, SOUVENIR, forward_origin=origin))["plain"]


@shares_a_bot
async def test_hostile_messages_are_all_answered(served: Fake, standing: Standing) -> None:
    hostile = [
        "<b>لار",
        "&lt;<a href='x'>لار",
        "*_`[لار](",
        "\u202eلار\u2066",
        "لار\0؟",
        "\ud800لار",
        "لار\u200cها",
        "/",
        "؟",
        "👍",
    ]
    hostile += ["لار " * 1000, "ب\u200c" * 2000, "</blockquote>", "@" * 64, "\n" * 50 + "لار"]
    for text in hostile:
        ask(served, text)
    await replies(served, len(hostile))
    refused = [call for call in served.calls if call.status >= 400]
    assert refused == []
    assert '"update parked"' not in standing.bot.log


async def check_commands(fake: Fake) -> None:
    """Each command in a chat that has asked `CLUSTERS`, and judged the answer wrong."""
    assert (await say(fake, "/new"))["plain"] == texts.NEW_TOPIC
    assert "• مسقطی لاری" not in (await say(fake, "و کدام در آستانه است؟"))["plain"]
    assert "1" not in (await say(fake, "/sources"))["plain"].split("\n")[0]
    assert "نسخهٔ" in (await say(fake, "/about"))["plain"]
    assert (await say(fake, "/help"))["plain"].startswith(texts.GUIDE.split("\n")[0])
    assert (await say(fake, "/stats"))["plain"].endswith("/help")
    gaps = await say(fake, "/gaps", 9)
    await until(lambda: any("document" in sent for sent in fake.sent))
    row = json.loads(fake.sent[-1]["document"].splitlines()[0])
    assert CLUSTERS in gaps["plain"]
    assert (row["question"], row["kind"], row["must"]) == (CLUSTERS, "gap/wrong", [])
    assert (await say(fake, "/forget"))["plain"] == texts.FORGOTTEN
    assert (await say(fake, "/gaps", 9))["plain"] == texts.NO_GAPS


async def test_a_private_chat_from_start_to_feedback(fake: Fake, start: Start) -> None:
    bot = await start(telegram_admins="9")
    hello = await say(fake, "/start")
    examples = json.loads(hello["reply_markup"])["inline_keyboard"]
    assert len(examples) == 3
    fake.sent.clear()
    press(fake, hello, examples[0][0]["text"])
    asked, answered = (await replies(fake, 2))[:2]
    assert asked["plain"] == examples[0][0]["text"]
    assert "منبع [1]: " in answered["plain"]

    answer = await say(fake, CLUSTERS)
    assert json.loads(answer["rich_message"])["is_rtl"]
    assert '<a href="#source-1">[1]</a>' in json.loads(answer["rich_message"])["html"]
    assert answer["plain"].startswith("• گلاب و عرقیات گیاهی میمند فارس\n• سنگ شمال استان\n")
    assert "باشگاه خبرنگاران جوان، مریم رضایی، ۶ دی ۱۴۰۴" in answer["plain"]
    assert "مسقطی لاری" in (await say(fake, "و کدام در آستانه است؟"))["plain"].split("\n")[0]

    fake.sent.clear()
    key = json.loads(answer["reply_markup"])["inline_keyboard"][0][0]["callback_data"].split(":")[1]
    press(fake, answer | {"reply_markup": under_answer(int(key), has_context=True, copied="")}, texts.IN_CONTEXT)
    assert "<blockquote><mark>خوشه‌های گلاب" in json.loads((await replies(fake, 1))[0]["rich_message"])["html"]
    fake.sent.clear()
    press(fake, answer, texts.MORE)
    page = (await replies(fake, 1))[0]
    assert texts.FURTHER in page["plain"]
    press(fake, page, texts.NEXT)
    await until(lambda: "[4]" in fake.messages[7, page["id"]]["plain"])
    press(fake, answer, texts.VERDICTS["wrong"])
    await until(lambda: any("درست نبود" in params.get("text", "") for _, params in fake.answered))

    await check_commands(fake)
    assert (await bot.terminate())[0] == 0
    assert TOKEN not in bot.log
    assert "خوشه" not in bot.log


async def test_a_server_of_an_older_version_gets_entities(fake: Fake, start: Start) -> None:
    fake.knows_rich = False
    await start()
    answer = await say(fake, SOUVENIR)
    assert "rich_message" not in answer
    assert "blockquote" in [one["type"] for one in json.loads(answer["entities"])]
    assert "حلوای مسقطی" in answer["text"]
    fake.push(inline_query={"id": "1", "from": message(fake, "")["from"], "query": SOUVENIR, "offset": ""})
    await until(lambda: len(fake.answered) == 1)
    told = fake.answered[0][1]["results"][0]["input_message_content"]
    assert "حلوای مسقطی" in told["message_text"]
    assert told["entities"]


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"telegram_token": "1:wrong"}, "PASOKH_TELEGRAM_TOKEN with @BotFather"),
        ({"telegram_listen": "203.0.113.1:80"}, "PASOKH_TELEGRAM_LISTEN"),
        ({"corpus": "/nowhere"}, "there is no such corpus"),
    ],
)
async def test_what_cannot_work_ends_with_a_line_and_a_status(
    start: Start, settings: dict[str, str], reason: str
) -> None:
    bot = await start(**settings)
    assert await bot.ended() == 2
    assert reason in bot.log.splitlines()[-1]
    assert "Traceback" not in bot.log


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", ""),
        ("ACCESS", "code"),
        ("LISTEN", "here"),
        ("WEBHOOK_SECRET", "با فاصله"),
        ("API", "api.telegram.org"),
    ],
)
def test_a_setting_that_cannot_be_is_named_before_anything_is_read(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for other, given in (("TOKEN", TOKEN), (name, value)):
        monkeypatch.setenv(f"PASOKH_TELEGRAM_{other}", given)
    monkeypatch.setenv("PASOKH_CORPUS", "/nowhere")
    assert main(["telegram"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert ("PASOKH_TELEGRAM_CODE" if name == "ACCESS" else f"PASOKH_TELEGRAM_{name}") in told[0]


async def test_a_second_bot_on_the_same_file_is_refused(start: Start) -> None:
    await start()
    second = await start()
    assert await second.ended() == 2
    assert "another bot is using it" in second.log


async def test_sources_are_turned_page_by_page(fake: Fake, start: Start, tmp_path: Path) -> None:
    for number in range(25):
        (tmp_path / f"{number}.txt").write_text(f"---\ntitle: مقالهٔ {number}\n---\nمتن شمارهٔ {number}.", "utf-8")
    articles = tmp_path / "articles"
    articles.mkdir()
    for file in tmp_path.glob("*.txt"):
        file.rename(articles / file.name)
    await start(corpus=str(articles))
    page = await say(fake, "/sources")
    press(fake, page, texts.NEXT)
    await until(lambda: "صفحهٔ ۲ از ۳" in fake.messages[7, page["id"]]["plain"])
    assert "۱۱. " in fake.messages[7, page["id"]]["plain"]


async def test_a_source_that_fails_is_named_in_about_and_in_the_log(fake: Fake, start: Start, tmp_path: Path) -> None:
    corpus = tmp_path / "articles"
    corpus.mkdir()
    (corpus / "a.txt").write_text("انار ساوه نامدار است.", encoding="utf-8")
    with serving() as site:
        source = site.url("/rss?key=secret")
        (corpus / "sources.toml").write_text(f'feeds = ["{source}"]', encoding="utf-8")
        bot = await start(corpus=str(corpus), fetch_private="true")
        await until(lambda: f"not fetched: {source}: HTTP 404" in bot.log)
    about = (await say(fake, "/about"))["plain"]
    assert about.endswith(texts.NOT_FETCHED.format(sources="\u200f• 127.0.0.1/rss"))
    assert "انار" in (await say(fake, "انار کجا نامدار است؟"))["plain"]
    assert (await bot.terminate())[0] == 0
