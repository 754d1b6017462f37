"""The features of the ranking: one table, of which names, matrix, ablation and documentation are made.

A feature gives each sentence a value between about -1 and 5. A share is one of the question's weight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

import numpy as np

from retrieval.query.question_words import Seeks
from retrieval.ranking.sentence_view import Column, SentenceView
from retrieval.ranking.word_view import NEAR_UNITS, OPENING_UNITS
from retrieval.system.arrays import Floats
from retrieval.text.traits import Trait


class FeatureGroup(StrEnum):
    """What some features have in common; the ablation leaves out one group after the other."""

    BM25 = "BM25"
    SENTENCE = "words covered by the sentence"
    PASSAGE = "words covered by the passage"
    TITLE = "title"
    NEIGHBOURS = "neighbours and references"
    RELATIVES = "relatives by their stems"
    ORDER = "word order"
    NEW = "something new"
    SHAPE = "place and shape"
    KIND = "kind of answer"


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of a sentence.

    Args:
        name: what it is called.
        group: what it belongs to.
        says: what its value is, as the documentation has it.
        of: from some sentences to their values.
        seeks: the only kind of answer for which it counts; None where it counts for every question.
        raises_confidence: whether the confidence uses it too, which it can only raise.
    """

    name: str
    group: FeatureGroup
    says: str
    of: Callable[[SentenceView], Column]
    seeks: Seeks | None = None
    raises_confidence: bool = False

    @property
    def full_name(self) -> str:
        """Its name among all features, by which the file of weights knows it."""
        return f"{self.seeks.value}: {self.name}" if self.seeks else self.name


def _offers(name: str, trait: Trait, says: str) -> Feature:
    """Whether a sentence has a new unit of a trait."""
    return Feature(name, FeatureGroup.KIND, f"it has a new {says}", lambda s: s.words.offers(trait))


def _near(name: str, trait: Trait, says: str) -> Feature:
    """How much of the question stands near a new unit of a trait."""
    about = f"the largest share within {NEAR_UNITS} units of a new {says}"
    return Feature(name, FeatureGroup.KIND, about, lambda s: s.words.share_near(trait))


_G = FeatureGroup
_OF_EVERY_QUESTION = (
    Feature("sentence", _G.BM25, "its BM25 score, over the question's weight", lambda s: s.score),
    Feature("passage", _G.BM25, "that of its passage with the title", lambda s: s.passage_score,
            raises_confidence=True),
    Feature("below best of passage", _G.BM25, "its score less that of the passage's best sentence",
            lambda s: s.score - s.best_score),
    Feature("covered", _G.SENTENCE, "the share that it covers", lambda s: s.covered.by_sentence),
    Feature("covered with the sentence before", _G.NEIGHBOURS, "the share that it, title and sentence before cover",
            lambda s: s.covered.with_before, raises_confidence=True),
    Feature("covered by the passage", _G.PASSAGE, "the share that passage and title cover",
            lambda s: s.covered.by_passage, raises_confidence=True),
    Feature("covered by the rest", _G.PASSAGE, "what of it neither the sentence nor the title covers",
            lambda s: s.covered.by_passage - s.covered.with_title, raises_confidence=True),
    Feature("covered beyond the title", _G.TITLE, "what it covers of the share that the title lacks",
            lambda s: s.weighted.beyond_title, raises_confidence=True),
    Feature("covered locally", _G.SENTENCE, "the same by an idf within the passage, which tells its sentences apart",
            lambda s: s.weighted.locally),
    Feature("words covered", _G.SENTENCE, "the same where each word counts alike", lambda s: s.weighted.equally),
    Feature("covered by the title", _G.TITLE, "the share that the title covers: the article's topic",
            lambda s: s.covered.by_title, raises_confidence=True),
    Feature("relatives covered", _G.RELATIVES, "weak evidence, the share covered by stems: «انقلابی» for «انقلاب»",
            lambda s: s.covered.by_relatives, raises_confidence=True),
    Feature("relatives covered by the passage", _G.RELATIVES, "the same of passage and title",
            lambda s: s.covered.by_passage_relatives, raises_confidence=True),
    Feature("order", _G.ORDER, "the longest common subsequence with the question's units, over their number",
            lambda s: s.words.common_order, raises_confidence=True),
    Feature("word pairs", _G.ORDER, "the pairs of units that follow one another in the question too, over its pairs",
            lambda s: s.words.common_pairs, raises_confidence=True),
    Feature("stop words", _G.ORDER, "the part of the question's stop words that it has", lambda s: s.words.stop_words,
            raises_confidence=True),
    Feature("opening", _G.ORDER, f"the share that its first {OPENING_UNITS} units cover", lambda s: s.words.opening,
            raises_confidence=True),
    Feature("head", _G.ORDER, "it has the noun asked for: «خوشه» in «کدام خوشه‌ها»", lambda s: s.words.has_head,
            raises_confidence=True),
    Feature("position", _G.SHAPE, "log(1 + sentences before it in the passage)", lambda s: np.log1p(s.place)),
    Feature("length", _G.SHAPE, "log(1 + its units)", lambda s: np.log1p(s.words.units)),
    Feature("new words", _G.NEW, "log(1 + its new terms)", lambda s: np.log1p(s.words.new_terms)),
    Feature("share of new words", _G.NEW, "the part of its terms that is new",
            lambda s: s.words.new_terms / s.words.terms),
    Feature("density", _G.ORDER, "the part of its units that the question has", lambda s: s.words.density,
            raises_confidence=True),
    Feature("nothing new", _G.NEW, "each of its terms is the question's own: what only repeats it does not answer it",
            lambda s: s.words.only_repeats),
    Feature("sentence before better", _G.NEIGHBOURS, "how far the score of the sentence before lies above its own",
            lambda s: np.maximum(s.score_before - s.score, 0)),
    Feature("sentence after better", _G.NEIGHBOURS, "how far the score of the sentence behind lies above its own",
            lambda s: np.maximum(s.score_after - s.score, 0)),
    Feature("sentence before", _G.NEIGHBOURS, "the score of the sentence before", lambda s: s.score_before),
    Feature("refers back", _G.NEIGHBOURS, "one of its first three units points back: «او», «این فیلم»",
            lambda s: s.words.refers_back),
    Feature("reference resolved", _G.NEIGHBOURS, "the share that the sentence before adds to it and the title",
            lambda s: s.covered.with_before - s.covered.with_title, raises_confidence=True),
    Feature("slot before", _G.ORDER, "it has the term before the question word, a new term close behind it",
            lambda s: s.words.beside_slot[0]),
    Feature("slot after", _G.ORDER, "it has the term behind the question word, a new term close before it",
            lambda s: s.words.beside_slot[1], raises_confidence=True),
    Feature("missing", _G.NEIGHBOURS, "the largest share of one word that it, the title and the sentence before lack",
            lambda s: s.missing),
    Feature("last", _G.SHAPE, "it is the last of its passage", lambda s: s.is_last),
    Feature("alone", _G.SHAPE, "it is the whole passage", lambda s: s.size == 1),
    Feature("short, first", _G.SHAPE, "it is the first of its passage, and the question has at most three words",
            lambda s: s.is_first & (s.groups <= 3), raises_confidence=True),
    Feature("quotation marks", _G.SHAPE, "it has «", lambda s: s.words.punctuation.quotation_marks),
    Feature("parentheses", _G.SHAPE, "it has (", lambda s: s.words.punctuation.parentheses),
    Feature("question mark", _G.SHAPE, "it has ؟", lambda s: s.words.punctuation.question_mark),
    Feature("copula", _G.KIND, "it has «است» or its like, and the question asks who, what or where something is",
            lambda s: s.words.answers_copula),
)  # fmt: skip

_OFFERED = (
    _offers("number", Trait.NUMBER, "number"),
    _offers("year", Trait.YEAR, "year"),
    _offers("time", Trait.TIME, "word of time: «فروردین», «قرن»"),
    _offers("person", Trait.PERSON, "title or a given name: «دکتر», «علی»"),
    _offers("place", Trait.PLACE, "word of places: «شهر», «شمال»"),
    _offers("reason", Trait.REASON, "word of reasons: «زیرا», «علت»"),
    _offers("manner", Trait.MANNER, "word of manner: «روش», «طریق»"),
    _offers("enumeration", Trait.ENUMERATION, "word that opens a list: «شامل», «مانند»"),
    _near("number near", Trait.NUMBER, "number"),
    _near("time near", Trait.TIME | Trait.YEAR, "year or a word of time"),
    _near("person near", Trait.PERSON | Trait.NAME, "person or a name"),
    Feature("names", _G.KIND, "its new names, at most 4", lambda s: np.minimum(s.words.count(Trait.NAME), 4)),
    Feature("commas", _G.KIND, "its commas, at most 3", lambda s: s.words.punctuation.commas),
)
"""What a sentence offers to a question for some kind of answer."""

_BY_KIND: Mapping[Seeks, tuple[str, ...]] = {
    Seeks.TIME: ("number", "year", "time", "length", "time near"),
    Seeks.QUANTITY: ("number", "number near", "length"),
    Seeks.PERSON: ("person", "names", "length", "person near"),
    Seeks.PLACE: ("place", "names", "opening"),
    Seeks.REASON: ("reason", "length", "refers back"),
    Seeks.MANNER: ("manner", "length"),
    Seeks.DEFINITION: ("length", "opening", "position"),
    Seeks.ONE_OF: ("names", "quotation marks"),
    Seeks.LIST: ("commas", "enumeration", "names"),
}
"""The features that have a weight of their own where an answer of some kind is sought."""

_named = {feature.name: feature for feature in (*_OF_EVERY_QUESTION, *_OFFERED)}
FEATURES = (
    *_OF_EVERY_QUESTION,
    *(
        replace(_named[name], group=FeatureGroup.KIND, seeks=seeks, raises_confidence=False)
        for seeks, names in _BY_KIND.items()
        for name in names
    ),
)
"""Every feature, in the order of the matrix's columns."""

FEATURE_NAMES = tuple(feature.full_name for feature in FEATURES)
_COUNTING = {
    seeks: [(column, feature.of) for column, feature in enumerate(FEATURES) if feature.seeks in (None, seeks)]
    for seeks in Seeks
}
_OF_KIND: Mapping[Seeks | None, list[tuple[int, Callable[[SentenceView], Column]]]] = {
    seeks: [(column, feature.of) for column, feature in enumerate(FEATURES) if feature.seeks is seeks]
    for seeks in _BY_KIND
}


def matrix(view: SentenceView) -> Floats:
    """The features of some sentences: an array of sentences × `len(FEATURES)`."""
    features = np.zeros((len(FEATURES), len(view.rows)))
    question = view.evidence.question
    for column, of in chain(_COUNTING[question.seeks], _OF_KIND.get(question.may_seek, ())):
        features[column] = of(view)
    return features.T
