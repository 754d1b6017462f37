"""The words near to a typed one are those that looking up every spelling finds, over the vocabulary of the articles."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval import Retriever
from retrieval.query.near_words import MAX_WORD_LETTERS, NearWords
from retrieval.query.slips import LETTERS, slips
from retrieval.text.endings import PLURALS, TAILS, WITHOUT_HE
from retrieval.text.vocabulary import FilteredTrie, Vocabulary

ENDINGS = ["", "ها", "هایش", "های", "هام", "ی", "مان", "ان", "گان", "گانشان", "ترینها"]

PLURAL_TAILS = {"", *PLURALS}


class Plain:
    """The same in plain form: each spelling is cut at each place, and head and tail are looked up."""

    def __init__(self, collection: Vocabulary, language: Vocabulary) -> None:
        self._collection, self._language = collection, language

    def has(self, spelling: str) -> bool:
        cuts = [(spelling[:place], spelling[place:]) for place in range(1, len(spelling) + 1)]
        return any(
            (tail in PLURAL_TAILS and head in self._collection)
            or (tail in TAILS and head in self._language)
            or (tail in WITHOUT_HE and f"{head}ه" in self._language)
            for head, tail in cuts
        )

    def near(self, word: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for spelling, price in (slip.undone(word) for slip in slips(len(word))[0]):
            if spelling != word and self.has(spelling):
                found[spelling] = min(price, found.get(spelling, price))
        return found


@pytest.fixture(scope="module")
def vocabularies(digests: Retriever) -> tuple[Vocabulary, Vocabulary]:
    return digests.index.vocabulary, digests.analyzer.lexicon.words


@pytest.fixture(scope="module")
def words(vocabularies: tuple[Vocabulary, Vocabulary]) -> list[str]:
    """Every word of the articles and each hundredth of the language, of letters that may be mistyped."""
    collection, language = vocabularies
    found = [*collection, *sorted(language)[::100]]
    return sorted({word for word in found if set(word) <= set(LETTERS) and 1 < len(word) < MAX_WORD_LETTERS - 8})


@given(data=st.data())
@settings(max_examples=200)
def test_what_is_near_to_a_mistyped_word_is_what_looking_up_every_spelling_finds(
    vocabularies: tuple[Vocabulary, Vocabulary], words: list[str], data: st.DataObject
) -> None:
    meant = data.draw(st.sampled_from(words)) + data.draw(st.sampled_from(ENDINGS))
    slip = data.draw(st.sampled_from(slips(len(meant))[0]))
    typed, _ = slip.undone(meant)
    assert NearWords(*vocabularies).near(typed) == Plain(*vocabularies).near(typed)


@given(text=st.text(LETTERS, min_size=2, max_size=MAX_WORD_LETTERS))
@example("های")
def test_any_letters_have_the_same_words_near(vocabularies: tuple[Vocabulary, Vocabulary], text: str) -> None:
    one, other = NearWords(*vocabularies), Plain(*vocabularies)
    assert one.near(text) == other.near(text)
    assert one.has(text) == other.has(text)


FEW = st.sets(st.text("اهین", min_size=1, max_size=3), max_size=6)


@given(collection=FEW, language=FEW, text=st.text("اهینمگ", min_size=2, max_size=7))
def test_over_any_words_of_few_letters_it_is_the_same(collection: set[str], language: set[str], text: str) -> None:
    vocabularies = Vocabulary(FilteredTrie.of(collection)), Vocabulary(FilteredTrie.of(language))
    assert NearWords(*vocabularies).near(text) == Plain(*vocabularies).near(text)


def test_an_ending_may_have_swallowed_a_letter_of_a_word_of_the_language_only() -> None:
    factory, nothing = Vocabulary(FilteredTrie.of(["کارخانه"])), Vocabulary(FilteredTrie.of([]))
    assert NearWords(nothing, factory).has("کارخانهام")
    assert "کارخانهام" in NearWords(nothing, factory).near("کارخاننهام")
    assert not NearWords(factory, nothing).has("کارخانهام")
