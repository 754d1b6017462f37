"""What a sentence offers to a question word: a person's name, a time, a number, a place."""

from __future__ import annotations

from collections.abc import Callable

from retrieval.orthography import bare
from retrieval.questions import Seeks
from retrieval.terms import Analyzer


def _folded(text: str) -> frozenset[str]:
    return frozenset(bare(word) for word in text.split())


MONTHS = _folded(
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند "
    "ژانویه ژانویهٔ فوریه مارس آوریل مه ژوئن ژوئیه جولای اوت آگوست سپتامبر اکتبر نوامبر دسامبر "
    "محرم صفر ربیع‌الاول ربیع‌الثانی رجب شعبان رمضان شوال ذیقعده ذیحجه"
)
_TIME_WORDS = MONTHS | _folded("شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه قرن سده دهه دهٔه سال امروز دیروز فردا")
_NUMBER_WORDS = _folded(
    "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده بیست سی چهل پنجاه "
    "شصت هفتاد هشتاد نود صد دویست سیصد هزار میلیون میلیارد درصد نیم نصف دوم سوم"
)
_PERSON_WORDS = _folded(
    # forms of address and rank that stand before a name
    "آقای خانم دکتر مهندس آیت‌الله شیخ سید حاج شهید استاد پروفسور ژنرال سردار سرهنگ امام شاه ملکه سلطان امیر "
    # given names
    "علی محمد حسین حسن رضا احمد مهدی عباس مریم فاطمه زهرا زینب جعفر ابراهیم اسماعیل محمود حمید سعید مجید ناصر جواد "
    "کاظم موسی عیسی یوسف یعقوب اسحاق داوود سلیمان عبدالله عبدالرحمن بهرام خسرو شاپور اردشیر داریوش کوروش فریدون جمشید "
    "رستم سهراب ایرج منوچهر هوشنگ پرویز بهروز بیژن فرهاد شیرین لیلا نرگس پروین مینا سارا اکبر اصغر هاشم قاسم صادق باقر "
    "تقی نقی مرتضی مصطفی مجتبی محسن مسعود منصور وحید کامران کیوان آرش سیاوش امید پیمان بابک شهرام شهاب سینا یاسر "
    "طاهره معصومه سمیه الهام نسرین سیمین فروغ آذر ژاله مهناز شهلا گیتی رویا "
    "جان دیوید رابرت مایکل جورج ویلیام چارلز هنری جیمز توماس ریچارد پیتر پل ژان پیر لویی آدولف کارل فردریش یوهان "
    "الکساندر ولادیمیر ایوان نیکولای جوزف استیو بیل ماری الیزابت ویکتوریا آلبرت ایزاک"
)


_OFFERS: dict[Seeks, Callable[[str], bool]] = {
    Seeks.PERSON: lambda word: word in _PERSON_WORDS,
    Seeks.TIME: lambda word: word in _TIME_WORDS or (word.isdigit() and 3 <= len(word) <= 4),
    Seeks.QUANTITY: lambda word: word in _NUMBER_WORDS or word.isdigit(),
}


def offers(sought: Seeks, text: str, said: frozenset[str], analyzer: Analyzer) -> bool:
    """Whether a sentence has something of the sought kind that the question has not said itself.

    Args:
        sought: the kind of answer.
        text: the sentence.
        said: the question's words, folded and without half-spaces.
        analyzer: text → words.
    """
    fits = _OFFERS.get(sought)
    if fits is None:
        return False
    words = (bare(text[token.start : token.end]) for token in analyzer.tokens(text))
    return any(fits(word) for word in words if word not in said)
