"""How common each term is in the language as a whole, from the counts of words of two tables.

wordfreq counts how people write and speak today: Wikipedia, subtitles, the web, short messages (Speer, «rspeer/
wordfreq: v3.0», Zenodo 2022). What it lacks, the rarer words of books, hazm has counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import wordfreq

from retrieval.text.orthography import bare, fold

WORDS_OF_A_SENTENCE = 18
"""Words that a Persian sentence has on average."""

VERB_SHARE = 0.002
"""The least share of sentences that have a verb: few of its forms are in the tables."""

Terms = Mapping[str, tuple[str, ...]]
"""Word, folded and without half-spaces → its terms."""


def shares_of_sentences(counts: Mapping[str, int], written: Terms, lemmas: Collection[str]) -> dict[str, float]:
    """Term → the share of sentences, 0 to 1, that have it: 1 - (1 - p)ⁿ for n words a sentence.

    Args:
        counts: word → how often hazm has counted it.
        written: the words of the lexicon.
        lemmas: the terms of verbs.
    """
    total = sum(counts.values())
    found = _by_term(((word, count / total) for word, count in counts.items() if count), written) | _by_term(
        _counted_by_wordfreq(), written
    )
    shares = {term: round(1 - (1 - probability) ** WORDS_OF_A_SENTENCE, 8) for term, probability in found.items()}
    return shares | {lemma: max(shares.get(lemma, 0.0), VERB_SHARE) for lemma in lemmas}


def _counted_by_wordfreq() -> Iterable[tuple[str, float]]:
    """Each Persian word of wordfreq with its probability; its list has a bin for each centibel."""
    for centibels, words in enumerate(wordfreq.get_frequency_list("fa")):
        yield from ((word, 10 ** (-centibels / 100)) for word in words)


def _by_term(probabilities: Iterable[tuple[str, float]], written: Terms) -> dict[str, float]:
    """Term → the sum of the probabilities of its words."""
    found: dict[str, float] = defaultdict(float)
    for word, probability in probabilities:
        plain = bare(fold(word))
        for term in written.get(plain, (plain,)):
            found[term] += probability
    return found
