"""The closed classes of Persian: words that carry grammar rather than content, and the spoken forms of questions.

Kept short on purpose. A content word wrongly listed here («اجرا», «نشست» in common stop lists) can never be found.
"""

from __future__ import annotations

from retrieval.orthography import bare, fold


def _folded(*lines: str) -> frozenset[str]:
    return frozenset(bare(word) for line in lines for word in line.split())


QUESTION_WORDS = _folded(
    "آیا چه چی چیست چیستند کدام کدامند کدامیک کدامین کیست کیستند که چگونه چطور چطوری چرا کجا کجاست کجاها کی",
    "چند چندم چندمین چندتا چقدر چه‌قدر چه‌کسی چه‌کسانی چنداست کدام‌اند کدامست کی‌اند کجایند چه‌اند",
)
COPULAS = _folded("است هست هستند هستم هستیم هستید نیست نیستند نیستم باشد باشند نباشد می‌باشد می‌باشند")
STOP_WORDS = QUESTION_WORDS.union(
    COPULAS,
    _folded(
        # prepositions and postpositions
        "و در به از با بر برای تا را بدون طی توسط درباره دربارهٔ نزد مانند مثل بین میان همراه ضمن براساس بنابر بنا جهت",
        # conjunctions and particles
        "یا اما ولی اگر هم نیز بلکه زیرا چون پس سپس لذا یعنی همچنین هرچند اگرچه گرچه همان چنین چنان چنانچه چنانکه",
        "بنابراین بااین درحالی‌که اینکه آنکه آنچه هنگامی‌که وقتی زمانی‌که به‌طوری به‌گونه‌ای نه بله خیر دیگر فقط تنها",
        "البته بسیار خیلی هنوز اکنون تاکنون هم‌اکنون",
        # pronouns and determiners
        "من تو او وی ما شما ایشان آنها آنان آن این اینها اینان همین خود خویش خودش یکدیگر همدیگر هر همه هیچ یک یکی",
        "بعضی برخی دیگری دیگران کسی کسانی چیزی چیزها کس",
        # auxiliaries that the lemma does not cover
        "هستی بوده نبوده باید نباید شاید می نمی بایست",
        # endings that stand alone after a half-space or a space
        "ها های هایی هایم هایت هایش هایمان هایتان هایشان تر ترین ام ات اش ای اید ایم اند مان تان شان ی یی بی",
    ),
)
STOP_LEMMAS = _folded("شد کرد بود است باشید داشت توانست بایست خواست گردید نمود")

SPOKEN_WORDS = {
    fold(spoken): fold(written)
    for spoken, written in {
        "کدوم": "کدام", "کدوما": "کدام", "کدومه": "کدام", "چیه": "چیست", "چیا": "چه", "کیه": "کیست", "کیا": "کیست",
        "کجاس": "کجاست", "چجوری": "چگونه", "چیجوری": "چگونه", "چنتا": "چند", "چقد": "چقدر", "چقده": "چقدر",
        "واسه": "برای", "اینا": "این", "اونا": "آنها", "اون": "آن", "هس": "است", "هستن": "هستند", "نیس": "نیست",
        "بگو": "", "بگید": "", "لطفا": "", "لطفاً": "", "میخوام": "", "بدونم": "",
    }.items()
}  # fmt: skip
