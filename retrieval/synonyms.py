"""Everyday Persian synonyms: what a question may say for what an article says.

Only words that stand for one another in most contexts; each line is one set.
"""

from __future__ import annotations

from retrieval.terms import Analyzer

EVERYDAY = """
مشهور معروف نامدار سرشناس پرآوازه
دیدنی تماشایی گردشگری جاذبه دیدار بازدید
شروع آغاز ابتدا
پایان خاتمه انتها
نویسنده مؤلف نگارنده
قیمت بها نرخ
مساحت وسعت پهناور
کشته مقتول
متولد تولد زاده زادروز
درگذشت وفات مرگ فوت
پزشک دکتر طبیب
همسر زن شوهر
فرزند بچه
دلیل علت سبب
هدف مقصود
پول سرمایه
رئیس مدیر سرپرست
کمک یاری حمایت
اتومبیل خودرو ماشین
هواپیما طیاره
دانشمند عالم پژوهشگر
جنگ نبرد
لقب ملقب
اختراع مخترع ابداع
کشف کاشف اکتشاف
تأسیس بنیانگذار بنیان بنیاد
بیماری مرض
غذا خوراک
شغل حرفه پیشه
محصول فرآورده
سفر مسافرت
کشور مملکت
جدید نو تازه
قدیم کهن باستانی
بزرگ عظیم
سریع تند
برگزیده برتر منتخب
"""


def load(analyzer: Analyzer, text: str = EVERYDAY) -> dict[str, tuple[str, ...]]:
    """Term → the other terms of its sets.

    Args:
        analyzer: turns each word into its term; words that give none or several are left out.
        text: one set a line, words separated by spaces.
    """
    synonyms: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        terms = [found[0] for word in line.split() if len(found := analyzer.terms(word)) == 1]
        for term in terms:
            others = tuple(other for other in terms if other != term and other not in synonyms.get(term, ()))
            synonyms[term] = synonyms.get(term, ()) + others
    return synonyms
