"""What a word offers to a question: a number, a time, a person, a place, a reason, a way, an enumeration, a name.

Closed lists of everyday Persian; each word's traits are found once, when it is indexed.
"""

from __future__ import annotations

from enum import IntFlag

from retrieval.text.function_words import COPULAS
from retrieval.text.orthography import bare


def _folded(*lines: str) -> frozenset[str]:
    return frozenset(bare(word) for line in lines for word in line.split())


class Trait(IntFlag):
    """What a word of a sentence offers or does; the bits are stored with an index, the commonest in its first byte."""

    NUMBER = 1
    COPULA = 2
    """«است» and its like: what a sentence that says who or what something is has for a verb."""
    TIME = 4
    PERSON = 8
    PLACE = 16
    NAME = 32
    """A word that no dictionary has: most are names."""
    REFERENCE = 64
    """A word that points back: «او», «این»."""
    GRAMMAR = 128
    """A stop word: it has its place in the order of words, and no weight."""
    REASON = 256
    MANNER = 512
    ENUMERATION = 1024
    YEAR = 2048


_MONTHS = _folded(
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "ژانویه ژانویهٔ فوریه مارس آوریل مه ژوئن ژوئیه جولای اوت آگوست سپتامبر اکتبر نوامبر دسامبر",
    "محرم صفر ربیع‌الاول ربیع‌الثانی رجب شعبان رمضان شوال ذیقعده ذیحجه",
)
_WORDS: tuple[tuple[Trait, frozenset[str]], ...] = (
    (
        Trait.NUMBER,
        _folded(
            "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده بیست سی چهل",
            "پنجاه شصت هفتاد هشتاد نود صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد هزار میلیون میلیارد درصد",
            "نیم نصف دوم سوم",
        ),
    ),
    (
        Trait.TIME,
        _MONTHS | _folded("شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه قرن سده دهه دهٔه سال امروز دیروز فردا"),
    ),
    (
        Trait.PERSON,
        _folded(
            # forms of address and rank that stand before a name
            "آقای خانم دکتر مهندس آیت‌الله شیخ سید حاج شهید استاد پروفسور ژنرال سردار سرهنگ امام شاه ملکه سلطان امیر",
            # given names
            "علی محمد حسین حسن رضا احمد مهدی عباس مریم فاطمه زهرا زینب جعفر ابراهیم اسماعیل محمود حمید سعید مجید",
            "ناصر جواد کاظم موسی عیسی یوسف یعقوب اسحاق داوود سلیمان عبدالله عبدالرحمن بهرام خسرو شاپور اردشیر داریوش",
            "کوروش فریدون جمشید رستم سهراب ایرج منوچهر هوشنگ پرویز بهروز بیژن فرهاد شیرین لیلا نرگس پروین مینا سارا",
            "اکبر اصغر هاشم قاسم صادق باقر تقی نقی مرتضی مصطفی مجتبی محسن مسعود منصور وحید کامران کیوان آرش سیاوش",
            "امید پیمان بابک شهرام شهاب سینا یاسر طاهره معصومه سمیه الهام نسرین سیمین فروغ آذر ژاله مهناز شهلا گیتی",
            "رویا جان دیوید رابرت مایکل جورج ویلیام چارلز هنری جیمز توماس ریچارد پیتر پل ژان پیر لویی آدولف کارل",
            "فردریش یوهان الکساندر ولادیمیر ایوان نیکولای جوزف استیو بیل ماری الیزابت ویکتوریا آلبرت ایزاک",
        ),
    ),
    (
        Trait.PLACE,
        _folded(
            "شهر کشور استان شهرستان روستا منطقه ناحیه دریا رود رودخانه کوه جزیره خیابان میدان شمال جنوب شرق غرب",
            "شرقی غربی شمالی جنوبی مرکز بخش دهستان ایالت ایالات پایتخت مرز ساحل دانشگاه ایران تهران آسیا اروپا",
            "آمریکا آفریقا فرانسه آلمان انگلیس انگلستان بریتانیا روسیه چین هند ژاپن ترکیه عراق افغانستان مصر یونان",
            "روم ایتالیا اسپانیا لندن پاریس",
        ),
    ),
    (
        Trait.REASON,
        _folded(
            "زیرا چون چراکه دلیل علت سبب باعث موجب خاطر بنابراین ناشی منظور هدف دلایل علل رو ازاینرو نتیجه اثر",
        ),
    ),
    (
        Trait.MANNER,
        _folded("طریق وسیله وسیلهٔ توسط کمک روش صورت شکل طور نحو ابزار بااستفاده استفاده"),
    ),
    (Trait.ENUMERATION, _folded("شامل جمله مانند نظیر همچون ازجمله مثل عبارتند")),
    (
        Trait.REFERENCE,
        _folded("او وی آنها آنان ایشان این آن همین اینها همچنین سپس بعدها زیرا چون"),
    ),
)


_WORDS += ((Trait.COPULA, COPULAS | _folded("بود بودند بوده")),)
_BITS = {word: sum(trait.value for trait, words in _WORDS if word in words) for _, listed in _WORDS for word in listed}
_NUMBER, _YEAR, _NAME, _GRAMMAR = (trait.value for trait in (Trait.NUMBER, Trait.YEAR, Trait.NAME, Trait.GRAMMAR))


def traits(word: str, *, known: bool, grammar: bool) -> int:
    """The traits of one word, as bits of `Trait`; a collection has a million words, and flags are slow to add up.

    Args:
        word: folded, without half-spaces.
        known: whether a dictionary has it.
        grammar: whether it is a stop word.
    """
    found = _BITS.get(word, 0)
    if word.isdigit():
        found |= _NUMBER | (_YEAR if 3 <= len(word) <= 4 else 0)
    elif not known:
        found |= _NAME
    return found | (_GRAMMAR if grammar else 0)
