"""How common a term is: as people write and speak today, and where that is not told, as hazm has counted."""

from __future__ import annotations

from retrieval.text.word_shares import VERB_SHARE, shares_of_sentences


def test_words_that_hazm_has_not_counted_are_as_common_as_people_use_them() -> None:
    shares = shares_of_sentences({"کتاب": 10}, {}, ())
    assert shares["حتما"] > shares["کبریت"] > 0


def test_a_word_that_only_hazm_has_counts_as_it_says() -> None:
    shares = shares_of_sentences({"زنجفیل‌سان": 1, "کتاب": 99}, {}, ())
    assert 0.16 < shares["زنجفیلسان"] < 0.18  # 1 - (1 - 1/100)¹⁸


def test_the_spellings_of_a_term_count_together_and_a_verb_is_never_rare() -> None:
    apart = shares_of_sentences({}, {}, ())
    together = shares_of_sentences({}, {"کتابها": ("کتاب",), "کتابهای": ("کتاب",)}, {"پخت"})
    assert together["کتاب"] > apart["کتاب"]
    assert together["پخت"] >= VERB_SHARE
