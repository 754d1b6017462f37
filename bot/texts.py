"""Every fixed sentence that the bot says: in Persian, and what Telegram shows of it in English too."""

from __future__ import annotations

from dataclasses import dataclass

GREETING = "سلام! پرسشتان را بنویسید تا پاسخ را از میان مقاله‌ها با نشانی منبع بیاورم."
THANKS = "خواهش می‌کنم. اگر پرسش دیگری هست بنویسید."
FAREWELL = "خدانگهدار."

GO_AHEAD = "بفرمایید؛ پرسشتان را بنویسید تا پاسخ را از میان مقاله‌ها با نشانی منبع بیاورم."
WHO = """من رباتی هستم که به پرسش‌های فارسی از روی مقاله‌ها جواب می‌دهم: جملهٔ پاسخ را عین مقاله و با نشانی منبع می‌آورم.
راهنما: ‎/help"""

NOT_FOUND = "پیدا نشد: در مقاله‌ها پاسخی برای این پرسش نیست."
IN_PART = "بخشی از مقاله‌ها اکنون در دسترس نیست و در آن‌ها جست‌وجو نشد؛ کمی بعد دوباره بپرسید."
UNSURE = "پاسخ مطمئنی پیدا نشد؛ نزدیک‌ترین:"
MISSING = "برای «{question}» در مقاله‌ها پاسخی پیدا نشد."
YES, NO = "بله:", "خیر:"
NO_SIDE = "پیدا نشد: در مقاله‌ها چیزی دربارهٔ «{side}» نیست که بتوان سنجید."
MEANT = "منظورتان «{meant}» بود؟"
WHICH = "کدام را می‌گویید؟"
OR_THIS = "یا این را می‌پرسید؟"
"""Before questions that may have been meant instead; a console asks one by its number, Telegram by a button."""
NO_REASON = "پیدا نشد: دلیل آن در این مقاله نیامده است."
SUGGESTIONS = "مقاله‌ها دربارهٔ این‌ها هستند:"

GO_ON = "پرسش بعدی‌تان را بنویسید؛ اگر دنبالهٔ پرسش پیش است، نام آنچه می‌خواهید را هم بیاورید."
VERBATIM = "پاسخ عین جملهٔ مقاله است و من از خودم چیزی نمی‌افزایم؛ برای دیدن جمله‌های دور آن منبع را ببینید."
NO_WORDS = "پرسشی در این پیام ندیدم. لطفاً آن را با واژه بنویسید."
TOO_LONG = "این پیام برای یک پرسش بلند است (بیش از {limit} نویسه). لطفاً کوتاه‌تر بپرسید."
WHICH_ARTICLE = "کدام مقاله را می‌گویید؟ بخشی از عنوانش را هم بنویسید:"
NO_SUCH_DETAIL = "پیدا نشد: این را دربارهٔ مقاله ننوشته‌اند."

WELCOME = "پاسخ — پرسش و پاسخ از روی {articles} مقاله. راهنما: ‎/help"
HELP = """پرسش خود را به فارسی بنویسید؛ نیم‌فاصله و نوع حروف مهم نیست.
هر پاسخ عین جملهٔ مقاله است و شمارهٔ کنار آن منبعش را نشان می‌دهد.
‎/sources  فهرست مقاله‌ها
‎/new      موضوع تازه
‎/help     همین راهنما
‎/quit     پایان"""
UNKNOWN_COMMAND = "این فرمان را نمی‌شناسم. راهنما: ‎/help"
NEW_TOPIC = "پرسش‌های پیشین کنار گذاشته شد. پرسش تازه‌تان را بنویسید."

SOURCE = "منبع [{number}]: "
INDEXED = "(نمایه: {time})"
"""When the article was indexed, which says how fresh an answer from it is."""

OTHER_OUTLETS, OTHER_COPIES = "و {count} رسانهٔ دیگر", "و {count} نسخهٔ دیگر"
"""How many have the same story besides the article that is quoted; copies are counted where no outlet is named."""

FROM_PDF = "از PDF"
"""Of an article that was read from a PDF: its letters may differ from those that the file shows."""

FURTHER = "پاسخ‌های دیگر"
PASSAGE = "در متن"
"""What the passages of an answer's quotations are folded under."""

# Telegram

START = """سلام! من پاسخ هستم: به پرسش‌های فارسی از روی {articles} مقاله جواب می‌دهم.
هر جواب عین جملهٔ مقاله است و نشانی منبع دارد. پرسشتان را بنویسید، یا با یکی از این‌ها شروع کنید:"""
GUIDE = """پرسش خود را به فارسی بنویسید؛ نیم‌فاصله و نوع حروف مهم نیست.
هر پاسخ عین جملهٔ مقاله است و شمارهٔ کنار آن منبعش را نشان می‌دهد.
پرسش بعدی می‌تواند دنبالهٔ قبلی باشد: «و کدام در آستانه است؟»
با ویرایش پرسش، پاسخش هم تازه می‌شود.
فهرست مقاله‌ها: /sources
دربارهٔ این ربات: /about
موضوع تازه: /new
خبر گرفتن هر وقت پاسخ پرسشی رسید: /watch و سپس پرسش؛ فهرست و برداشتن: /watches
فهرست مقاله‌های تازه سر ساعت شما: /digest
پرسش در گروه: /ask و سپس پرسش، یا نام ربات در پیام
پرسیدن نوشتهٔ دیگری: /ask در پاسخ به همان پیام
پاک کردن پرسش‌ها، نظرها و خبرهای من: /forget"""
GUIDE_ADMIN = """ویژهٔ مدیران:
آمار: /stats
پرسش‌های بی‌پاسخ یا نادرست: /gaps
خواندن دوبارهٔ مقاله‌ها: /reload
مجموعه‌ها و گفتگوهایی که برایشان بازند: /collections
باز کردن مجموعه برای گروه یا موضوع: /bind و نام مجموعه، در همان‌جا؛ بستن: /unbind
نشانی دعوت به مجموعه: /invite و نام مجموعه
پیام به همهٔ کاربران: /broadcast و متن
پاسخ تحریریه به یک پرسش: /pin و متن، در پاسخ به آن؛ فهرست: /pins
افزودن مقاله: پرونده‌اش را بفرستید، یا نوشتهٔ کانالی را بازارسال کنید."""
ABOUT = """پاسخ، نسخهٔ {version}
شمار مقاله‌ها: {articles}
شمار جمله‌ها: {sentences}
تازه‌ترین مقاله: {newest}
آخرین تغییر مقاله‌ها: {updated}"""
NOT_FETCHED = "\nاز این منبع‌ها مقالهٔ تازه‌ای نرسید:\n{sources}"
NOT_DATED = "بی‌تاریخ"
SOURCES = "مقاله‌ها، صفحهٔ {page} از {pages}:"
WHAT_TO_ASK = "پرسش را پس از /ask بنویسید."
SPOKEN = (
    "پیام صوتی را نمی‌شنوم. پرسشتان را بنویسید؛ یا میکروفن صفحه‌کلید گوشی را بزنید و همان را بگویید تا خودش نوشته شود."
)
FORGOTTEN = "پرسش‌ها، نظرها و خبرهای شما پاک شد."

IN_CONTEXT, MORE, COPY = "بند کامل", "پاسخ‌های دیگر", "رونوشت"
NEXT, PREVIOUS = "بعدی ›", "‹ قبلی"
VERDICTS = {"right": "درست بود", "wrong": "درست نبود", "outdated": "قدیمی است"}
NOTED = "یادداشت شد: {verdict}. سپاس!"
GONE = "این پاسخ دیگر در دسترس نیست؛ پرسش را دوباره بنویسید."
NO_MORE = "پاسخ دیگری در مقاله‌ها نیست."
ARTICLE_GONE = "این مقاله دیگر در مجموعه نیست یا عوض شده است."

NOT_ADMITTED = "این ربات برای همه باز نیست. اگر کد دعوت دارید آن را بفرستید."
NOT_ALLOWED = "این ربات برای همه باز نیست. از مدیر آن اجازه بگیرید."
ADMITTED = "خوش آمدید! حالا پرسشتان را بنویسید."
TOO_MANY = "پرسش‌ها زیاد شد؛ لطفاً یک دقیقه صبر کنید و دوباره بنویسید."
INLINE_TOO_MANY = "پرسش‌ها زیاد شد؛ یک دقیقه صبر کنید"
INLINE_NOT_OPEN = "این ربات برای همه باز نیست"
INLINE_NOT_FOUND = "پاسخی پیدا نشد؛ در گفت‌وگو با ربات بپرسید"
UNANSWERED = "پاسخ دادن به این پیام بیش از اندازه طول کشید. لطفاً آن را کوتاه‌تر یا ساده‌تر بنویسید."

WATCH = "خبرم کن"
WATCHED = """هر وقت مقالهٔ تازه‌ای پاسخ این پرسش را داشت، همین‌جا خبرتان می‌کنم (تا {until}):
«{question}»
فهرست پرسش‌های نگه‌داشته: /watches"""
WATCHED_BEFORE = "این پرسش را از پیش نگه داشته‌ام. فهرست: /watches"
TOO_MANY_WATCHES = "بیش از {limit} پرسش را نمی‌توانم نگه دارم؛ یکی را از فهرست بردارید: /watches"
WHAT_TO_WATCH = """پرسش را پس از /watch بنویسید، یا /watch را در پاسخ به پیامی که آن را پرسیده است؛
هر وقت مقالهٔ تازه‌ای پاسخش را داشت خبرتان می‌کنم."""
NOT_WATCHABLE = "این پیام پرسشی نیست که بتوان چشم‌به‌راه پاسخش ماند."
WATCHES = "هر وقت مقالهٔ تازه‌ای پاسخ این پرسش‌ها را داشت خبرتان می‌کنم:"
NO_WATCHES = "پرسشی را نگه نداشته‌ام. برای نگه داشتن، دکمهٔ «خبرم کن» زیر پاسخ را بزنید یا پرسش را پس از /watch بنویسید."
WATCH_LINE, NEWS = "{number}. {question} (تا {until})", "خبر تازه برای پرسش شما: «{question}»"
END_WATCH, END_LISTED, WATCH_ENDED = "دیگر خبر نده", "برداشتن {number}", "برداشته شد."
NOT_LISTED = "این در فهرست شما نیست؛ یا برداشته شده است یا از آنِ دیگری است."

COLLECTIONS = "مجموعه‌ها، و گفتگوهایی که هر یک برایشان باز است:"
COLLECTION = "• {name}: {places}"
NO_COLLECTIONS = "مجموعه‌ای جدا نشده است؛ نام پوشه‌ها را در PASOKH_TELEGRAM_COLLECTIONS بنویسید."
WHICH_COLLECTION = "نام یکی از مجموعه‌ها را پس از فرمان بنویسید: {names}"
INVITATION = "هر کس با این نشانی بیاید، از مجموعهٔ {name} هم پاسخ می‌گیرد؛ نشانی پیشین دیگر کار نمی‌کند:\n{link}"
JOINED = "خوش آمدید! از این پس از مجموعهٔ {name} هم پاسخ می‌گیرید. پرسشتان را بنویسید."
BOUND, UNBOUND = "مجموعهٔ {name} برای {place} باز شد.", "مجموعهٔ {name} برای {place} بسته شد."

PINNED, BELOW_PINNED = "پاسخ تحریریه، {day}:", "در مقاله‌ها:"
HOW_TO_PIN = "این فرمان را در پاسخ به یک پرسش بنویسید: /pin و سپس متن پاسخ؛ یا /pin و شمار روزها و سپس متن."
PIN_KEPT = "تا {until}، پاسخ «{question}» با این متن آغاز می‌شود. فهرست: /pins"
PINS, NO_PINS = "پاسخ‌های تحریریه:", "تحریریه به پرسشی پاسخ نداده است."
PIN_LINE = "{number}. {question}\n{words} (تا {until})"

WHAT_TO_BROADCAST = "پیام را پس از /broadcast بنویسید؛ پیش از فرستادن نشانتان می‌دهم."
BROADCAST = "این پیام برای {users} کاربر فرستاده می‌شود:"
SEND, STOP, BROADCASTING = "بفرست", "بس کن", "در حال فرستادن؛ هر ثانیه برای چند کاربر."
BROADCAST_STOPPED, BROADCAST_SENT = "دیگر برای کسی فرستاده نمی‌شود.", "پیام برای {users} کاربر فرستاده شد."

HOW_TO_DIGEST = "فهرست مقاله‌های تازه، سر ساعت شما: /digest هر روز ساعت ۸، یا /digest هر جمعه ساعت ۱۸ دربارهٔ آب."
DIGEST_KEPT = "نگه داشته شد: {digest}. اگر مقاله‌ای نرسیده باشد چیزی نمی‌فرستم. فهرست و برداشتن: /digest"
TOO_MANY_DIGESTS = "بیش از {limit} فهرست نمی‌فرستم؛ یکی را بردارید: /digest"
DIGESTS, DIGEST = "این فهرست‌ها برایتان فرستاده می‌شود:", "{often}، ساعت {hour}، {topic}"
DAILY, WEEKLY, TOPIC, ALL_TOPICS = "هر روز", "هر {day}", "دربارهٔ {topic}", "همهٔ مقاله‌ها"
DIGEST_OF, DIGEST_OF_ALL = "مقاله‌های تازه دربارهٔ {topic}:", "مقاله‌های تازه:"

STATS = """کاربران: {users}
پرسش‌ها: {questions}، در هفت روز گذشته: {week}
پاسخ‌داده: {answered}، پیدانشده: {not_found}
نظرها: درست {right}، نادرست {wrong}، قدیمی {outdated}
در صف: {pending}، کنار گذاشته: {parked}"""
NO_GAPS = "پرسش بی‌پاسخ یا نادرستی ثبت نشده است."
GAPS = "پرسش‌های بی‌پاسخ یا نادرست، پرتکرارها اول ({groups} گروه):"
ASK_AGAIN = "پاسخ پرسشی را به مقاله‌ها افزوده‌اید؟ دکمهٔ شماره‌اش را بزنید تا دوباره پرسیده شود و پاسخ به پرسندگان برسد."
ASKED_AGAIN = "پاسخ گرفت: {answered}، هنوز بی‌پاسخ: {left}."
GAP = "{number}. {question} ({count} بار؛ {reasons})"
GAP_REASONS = {"not_found": "پیدا نشد", "wrong": "نادرست", "outdated": "قدیمی"}
RELOADED = "خوانده شد: {articles} مقاله، {sentences} جمله."
LEFT_OUT = "کنار ماند:"
ADDED = "افزوده شد: «{title}»، {sentences} جمله."
REFUSED = "پذیرفته نشد: {reason}"
EXISTS = "پرونده‌ای به نام {name} از پیش هست؛ نام دیگری بگذارید."
TOO_BIG = "پرونده بزرگ‌تر از ۲۰ مگابایت است؛ آن را تکه کنید."
NO_FOLDER = "مجموعهٔ مقاله‌ها پوشه نیست؛ PASOKH_CORPUS را پوشه‌ای بگذارید."
NOT_STORED = "پوشهٔ مقاله‌ها نوشتنی نیست ({reason})."

# Telegram's profile of the bot


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
            "collections": "مجموعه‌ها و گفتگوهایی که برایشان بازند",
            "invite": "نشانی دعوت به مجموعه: /invite و نامش",
            "bind": "باز کردن مجموعه برای گفتگو: /bind و نامش",
            "unbind": "بستن مجموعه به روی گفتگو: /unbind و نامش",
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
