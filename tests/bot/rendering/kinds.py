"""A message of each kind that the bot answers with, from answers to articles of the tests' own."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from bot.dialogue.answer import Answer, Citation, Claim, Status, Verdict
from bot.rendering.broadcasts import broadcast_text
from bot.rendering.digests import digest_name, digest_text, digests_text
from bot.rendering.gaps import gaps_text
from bot.rendering.markup import Mark, Rich, joined, marked
from bot.rendering.pins import pinned_text, pins_text
from bot.rendering.replies import context, further, listing, reply
from bot.rendering.watches import news_text, watches_text
from bot.state.digests import Digest
from bot.state.records import Gap
from bot.wording import texts
from bot.wording.dates import jalali
from retrieval import Article, Form, Hit, Passage, Sentence, Span

PARAGRAPH = (
    "کتابخانهٔ مرکزی ساوه از اول آذر تا ساعت ۲۰ باز است. عضویت سالانه ۱۳۵ هزار تومان است و دانش‌آموزان نیم‌بها "
    "می‌پردازند. کارت عضویت همان روز داده می‌شود."
)
LIBRARY = Article(
    "library.md",
    "راهنمای کتابخانهٔ مرکزی ساوه",
    f"راهنمای کتابخانهٔ مرکزی ساوه\n\nعضویت\n\n{PARAGRAPH}\n\nمدارک لازم:\n\nکارت ملی\nیک قطعه عکس\n"
    "رسید پرداخت\n\nامانت\n\nهر عضو می‌تواند چهار کتاب را سه هفته نگه دارد.",
    datetime.date(2025, 11, 22),
    "شهرداری ساوه",
    url="https://example.org/library",
)
PRICES = Article(
    "prices.md",
    "نرخ‌نامهٔ میوهٔ ساوه",
    "کالا | نرخ (تومان) | تغییر\nانار | ۵۷٬۰۰۰ | ۳٪+\nسیب «زرد» | ۴۲٬۰۰۰ | —",
    datetime.date(2025, 11, 15),
    "روزنامهٔ Saveh Today",
)
BRIDGES = tuple(
    Article(f"{name}.txt", f"پل {name}", f"پل {name} در سال {year} ساخته شد.\nدرازای آن {length} متر است.")
    for name, year, length in (("کبک", "۱۳۵۱", "۱۸۵"), ("آهوان", "۱۳۹۷", "۳۳۰"))
)
OTHERS = tuple(
    Article(f"copy{number}", LIBRARY.title, LIBRARY.text, LIBRARY.date, source) for number, source in enumerate("ابپ")
)


def claim(
    number: int, article: Article, quote: str, *above: str, items: tuple[str, ...] = (), about: str = ""
) -> Claim:
    """The claim of a quotation, below the lines `above`."""
    start = article.text.index(quote)
    spans = tuple((place, place + len(line)) for line in above for place in [article.text.index(f"{line}\n")])
    return Claim(Citation(number, article, start, start + len(quote), spans), items, about)


def answered(*claims: Claim, missing: tuple[str, ...] = (), verdict: Verdict | None = None) -> Rich:
    return reply(Answer("؟", Status.ANSWERED, claims, 0.9, missing=missing, verdict=verdict)).text


def unanswered(status: Status, message: str, *suggestions: str, nearest: Claim | None = None) -> Rich:
    return reply(Answer("؟", status, message=message, suggestions=suggestions, nearest=nearest)).text


@dataclass(frozen=True)
class Told:
    """An excerpt that is known beforehand; see `Excerpt`."""

    sentence: Sentence
    quotation: Span
    beside: tuple[Sentence | None, Sentence | None] = (None, None)
    terms: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    form: Form = Form.SENTENCE
    context: tuple[Span, ...] = ()
    context_terms: frozenset[str] = frozenset()
    listed: tuple[Span, ...] = ()
    copies: tuple[Article, ...] = ()


def hit(claimed: Claim) -> Hit:
    """A hit with the quotation of a claim."""
    citation = claimed.citation
    span = citation.start, citation.end
    return Hit(
        1, 1.0, 1.0, 0.5, Told(Sentence(Passage(citation.article, *span), *span), span, context=citation.context)
    )


HEAD = "کالا | نرخ (تومان) | تغییر"
MEMBERSHIP = claim(1, LIBRARY, "عضویت سالانه ۱۳۵ هزار تومان است", "عضویت")
LOANS = claim(2, LIBRARY, "هر عضو می‌تواند چهار کتاب را سه هفته نگه دارد.", "امانت")
SHARED = replace(MEMBERSHIP, citation=replace(MEMBERSHIP.citation, copies=OTHERS[:2]))
PAPERS = ("کارت ملی", "یک قطعه عکس", "رسید پرداخت")
CENTRAL = ("کارت عضویت همان روز داده می‌شود.", "هر عضو می‌تواند چهار کتاب را سه هفته نگه دارد.")

UNTIL = jalali(datetime.date(2026, 3, 1))
GAPS = [
    Gap("قیمت آلوی نیشابور چقدر است؟", "", "not_found"),
    Gap("نرخ آلوی نیشابور چنده", "", "wrong"),
    Gap("قیمت آلوی نیشابور چقدر است؟", "", "not_found"),
    Gap("iPhone 15 چند است؟", "", "outdated"),
]
DIGESTS = [Digest(1, 7, 7, 0, "", 1, 8, 0, 0.0), Digest(2, 7, 7, 0, "پل سپید", 7, 18, 0, 0.0)]

KINDS: dict[str, Rich] = {
    "claims": answered(MEMBERSHIP, LOANS),
    "row": answered(claim(1, PRICES, "انار | ۵۷٬۰۰۰ | ۳٪+", HEAD)),
    "comparison": answered(
        *(
            claim(number, bridge, bridge.text.split("\n")[1], about=bridge.title)
            for number, bridge in enumerate(BRIDGES, start=1)
        )
    ),
    "comparison-of-rows": answered(
        claim(1, PRICES, "انار | ۵۷٬۰۰۰ | ۳٪+", HEAD, about="انار"),
        claim(2, PRICES, "سیب «زرد» | ۴۲٬۰۰۰ | —", HEAD, about="سیب"),
    ),
    "list": answered(claim(1, LIBRARY, "\n".join(PAPERS), "مدارک لازم:", items=PAPERS)),
    "items": answered(claim(1, LIBRARY, "چهار کتاب را سه هفته", "امانت", items=("چهار کتاب", "سه هفته"))),
    "verdict": answered(MEMBERSHIP, verdict=Verdict.NO),
    "nearest": unanswered(Status.NOT_FOUND, texts.UNSURE, LIBRARY.title, nearest=MEMBERSHIP),
    "not-found": unanswered(Status.NOT_FOUND, texts.NOT_FOUND, LIBRARY.title, PRICES.title),
    "no-side": unanswered(Status.NOT_FOUND, texts.NO_SIDE.format(side="پل سپید"), BRIDGES[0].title),
    "clarify": unanswered(Status.CLARIFY, texts.WHICH_ARTICLE, LIBRARY.title, PRICES.title),
    "greeting": unanswered(Status.GREETING, texts.GREETING),
    "copies": answered(SHARED),
    "follow-up": answered(replace(LOANS, citation=replace(LOANS.citation, number=1))),
    "two-questions": answered(MEMBERSHIP, missing=("مدیرش کیست؟",)),
    "detail": answered(Claim(Citation(1, LIBRARY, 0, 0), ("۱ آذر ۱۴۰۴",))),
    "listing": answered(
        replace(MEMBERSHIP, items=(LIBRARY.title, BRIDGES[0].title)), claim(2, BRIDGES[0], BRIDGES[0].text)
    ),
    "summary": answered(replace(MEMBERSHIP, items=CENTRAL)),
    "further": further([hit(MEMBERSHIP), hit(claim(1, PRICES, "انار | ۵۷٬۰۰۰ | ۳٪+", HEAD))], 4),
    "passage": context(MEMBERSHIP.citation),
    "news": news_text("عضویت کتابخانه چند است؟", answered(MEMBERSHIP)),
    "watches": watches_text(
        [("عضویت کتابخانه چند است؟", datetime.date(2026, 2, 20)), ("پل «سپید»؟", datetime.date(2026, 3, 1))]
    ),
    "pinned": pinned_text("از فردا ۱۵۰ هزار تومان است.", datetime.date(2025, 12, 27), answered(MEMBERSHIP)),
    "pinned-alone": pinned_text("عضویت از فردا ۱۵۰ هزار تومان است.", datetime.date(2025, 12, 27), None),
    "pins": pins_text([("عضویت چند است؟", "۱۵۰ هزار تومان.", datetime.date(2026, 3, 1))]),
    "no-watches": watches_text([]),
    "watched": Rich(texts.WATCHED.format(question="پل «سپید»؟", until=UNTIL)),
    "pin-kept": Rich(texts.PIN_KEPT.format(question="عضویت چند است؟", until=UNTIL)),
    "how-to-pin": Rich(texts.HOW_TO_PIN),
    "gaps": gaps_text([GAPS[:3], GAPS[3:]], 20),
    "asked-again": Rich(texts.ASKED_AGAIN.format(answered="۲", left="۱")),
    "broadcast": broadcast_text("فردا تا ساعت ۱۰ پاسخ نمی‌دهیم.\n\nوضعیت: status.example.org", 12),
    "broadcast-sent": Rich(texts.BROADCAST_SENT.format(users="۱۲")),
    "digest": digest_text("", listing([LIBRARY, PRICES], 1)),
    "digest-of-topic": digest_text("پل", listing(BRIDGES, 1)),
    "digest-kept": Rich(texts.DIGEST_KEPT.format(digest=digest_name(DIGESTS[1], datetime.UTC))),
    "digests": digests_text(DIGESTS, datetime.UTC),
    "no-digests": digests_text([], datetime.UTC),
    "articles": joined("\n", [marked("مقاله‌ها، صفحهٔ ۱ از ۱:", Mark.BOLD), listing([LIBRARY, PRICES, *BRIDGES], 1)]),
}
"""Each kind's name, and a message of it."""
