"""What Telegram shows of the bot besides its messages: in Persian, and in English too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """What Telegram shows of the bot to users of one language.

    Args:
        short_description: what stands on its page, 120 letters at the most.
        description: what an empty chat with it shows, 512 letters at the most.
        commands: what each command is for, by its name; `/start` has a button of its own.
        admin_commands: the same of the commands for administrators.
    """

    short_description: str
    description: str
    commands: dict[str, str]
    admin_commands: dict[str, str]


PERSIAN, ENGLISH = "fa", "en"
PROFILES = {
    PERSIAN: Profile(
        "پاسخ پرسش‌هایتان را عین جملهٔ مقاله‌ها و با نشانی منبع می‌آورم.",
        "پرسشتان را به فارسی بنویسید. پاسخ عین جملهٔ مقاله است و نشانی منبعش زیر آن می‌آید. "
        "پرسش بعدی می‌تواند دنبالهٔ قبلی باشد.\nدر گروه نام مرا در پیام بیاورید، یا /ask و سپس پرسش را.",
        {
            "ask": "پرسیدن: /ask و سپس پرسش",
            "sources": "فهرست مقاله‌ها",
            "new": "موضوع تازه",
            "watch": "خبرم کن: /watch و سپس پرسش",
            "watches": "پرسش‌هایی که چشم‌به‌راه پاسخشانم",
            "digest": "فهرست مقاله‌های تازه، روزانه یا هفتگی",
            "about": "دربارهٔ این ربات",
            "help": "راهنما",
            "forget": "پاک کردن پرسش‌ها، نظرها و خبرهای من",
        },
        {
            "stats": "آمار",
            "gaps": "پرسش‌های بی‌پاسخ یا نادرست",
            "reload": "خواندن دوبارهٔ مقاله‌ها",
            "collections": "مجموعه‌ها و گفت‌وگوهایی که برایشان بازند",
            "invite": "نشانی دعوت به مجموعه: /invite و نامش",
            "bind": "باز کردن مجموعه برای گفت‌وگو: /bind و نامش",
            "unbind": "بستن مجموعه به روی گفت‌وگو: /unbind و نامش",
            "pin": "پاسخ تحریریه به پرسش: /pin و متن، در پاسخ به آن",
            "pins": "پاسخ‌های تحریریه",
            "broadcast": "پیام به همهٔ کاربران: /broadcast و متن",
        },
    ),
    ENGLISH: Profile(
        "I answer questions in Persian with sentences of articles, word for word, each with its source.",
        "Ask in Persian. An answer is a sentence of an article, word for word, with its source below. "
        "The next question may go on with the last one.\nIn groups mention me, or write /ask and the question.",
        {
            "ask": "ask: /ask and the question",
            "sources": "list the articles",
            "new": "begin a new topic",
            "watch": "tell me when an article answers: /watch and the question",
            "watches": "what I wait for",
            "digest": "the new articles, daily or weekly",
            "about": "about this bot",
            "help": "what can be done (in Persian)",
            "forget": "delete my questions, feedback and what I wait for",
        },
        {
            "stats": "figures",
            "gaps": "questions without a right answer",
            "reload": "read the articles again",
            "collections": "collections, and to whom they are opened",
            "invite": "a link that opens a collection: /invite and its name",
            "bind": "open a collection to a chat: /bind and its name",
            "unbind": "close a collection to a chat: /unbind and its name",
            "pin": "the editors' answer: /pin and the words, in reply to a question",
            "pins": "the editors' answers",
            "broadcast": "a message to all users: /broadcast and the words",
        },
    ),
}
GROUP_COMMANDS = ("ask", "sources", "new", "watch", "watches", "help")
"""The commands that are shown in groups; the others work there as well."""
