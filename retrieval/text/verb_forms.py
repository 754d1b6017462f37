"""The forms of hazm's verbs, and of those that have a preverb, with their lemma: the past stem.

hazm conjugates a verb as if a preverb were a part of its stem, «می‌برگردد» for «برمی‌گردد». So the forms of such a verb
are made here of those of the verb behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import hazm

from retrieval.text.function_words import STOP_LEMMAS
from retrieval.text.orthography import bare, fold
from retrieval.text.word_tables import entries, read

_PREFERRED = ("نوردید", "کاشت", "شکافت", "سنجید")
"""Past stems that go before one of the same present stem with a commoner infinitive, which is that of another verb:
«نوشتن» is counted for writing, and «می‌نوردد» is no form of that."""

_MISTAKEN = {"سپارد": "سپرد", "شنود": "شنید", "شمارد": "شمرد", "گمارد": "گماشت", "گدشت": "گذشت", "یابید": "یافت"}
"""Past stems of hazm's table that are none, or hardly any, with those that are."""


class Verb(NamedTuple):
    """A verb by its stems, as hazm spells them.

    Args:
        past: without the preverb.
        present: without the preverb.
        preverb: «بر» of «برگشت»; "" for most verbs.
    """

    past: str
    present: str
    preverb: str = ""

    @property
    def lemma(self) -> str:
        """The past stem with the preverb, folded."""
        return fold(self.preverb + self.past)

    @property
    def infinitive(self) -> str:
        """As hazm counts it."""
        return f"{self.preverb}{self.past}ن"


def verbs(counts: Mapping[str, int]) -> list[Verb]:
    """All verbs, the commonest first.

    Args:
        counts: how often hazm has counted each word.
    """
    with open(hazm.default_verbs, encoding="utf-8") as lines:
        stems = [line.strip().split("#")[:2] for line in lines if "#" in line]
    simple = list(dict.fromkeys(Verb(_MISTAKEN.get(past, past), present) for past, present in stems))
    behind = [
        Verb(past, present, preverb)
        for (preverb,), stems in entries(read(__file__, "preverbs.txt"))
        for past, present in map(str.split, stems)
    ]
    known = {verb.lemma for verb in behind}
    found = [*behind, *(verb for verb in simple if verb.lemma not in known)]
    return sorted(found, key=lambda verb: (verb.past not in _PREFERRED, -counts.get(verb.infinitive, 0)))


def verb_forms(found: list[Verb]) -> dict[str, str]:
    """One-word verb forms → the lemma; where two verbs share a form, a past stem wins («کشید»), then the commoner.

    Args:
        found: the commonest first.
    """
    from_past: dict[str, str] = {}
    from_present: dict[str, str] = {}
    for verb in found:
        lemma = verb.lemma
        for form in _forms(verb):
            if lemma in form or fold(verb.past) in form:
                from_past.setdefault(form, lemma)
            elif form != f"{fold(verb.present)}ی":  # «شناسی» ends a compound noun far oftener than it says «you know»
                from_present.setdefault(form, lemma)
        from_past |= {lemma: lemma, f"{lemma}گی": lemma}
    # «می‌کند» is of «کردن» a thousand times for once of «کندن».
    helping = {
        form: lemma for form, lemma in from_present.items() if lemma in STOP_LEMMAS and from_past.get(form) != form
    }
    return from_present | from_past | helping


def _forms(verb: Verb) -> Iterator[str]:
    """The forms of one word, folded and without half-spaces; behind a preverb those without the «ب» of «بگردد»."""
    stem = fold(verb.present)
    wishes = (f"ب{stem}", f"بی{stem}", f"بی{stem[1:]}") if verb.preverb else ()
    preverb = fold(verb.preverb)
    for form in map(bare, filter(_is_one_word, hazm.Conjugation().get_all(f"{verb.past}#{verb.present}"))):
        if not wishes or not form.startswith(wishes):
            yield preverb + form


def _is_one_word(form: str) -> bool:
    return " " not in form and "_" not in form
