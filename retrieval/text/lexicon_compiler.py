"""hazm's word and verb tables → the lexicon's. Runs once; nothing on the way of a question imports it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import hazm

from retrieval.text.endings import ENDINGS, word_terms
from retrieval.text.function_words import COPULAS, SPOKEN_WORDS, STOP_LEMMAS, STOP_WORDS
from retrieval.text.orthography import HALF_SPACE, bare, fold
from retrieval.text.plurals import SINGULARS, regular_plurals
from retrieval.text.verb_forms import Verb, verb_forms, verbs
from retrieval.text.word_shares import shares_of_sentences
from retrieval.text.word_tables import read, word_set

Entries = dict[str, tuple[str, ...]]
"""Word, folded and without half-spaces → its terms; none for a stop word."""

Counts = Mapping[str, tuple[int, tuple[str, ...]]]
"""Word → how often hazm has counted it, and its tags."""


class Tables(NamedTuple):
    """All that the lexicon knows.

    Args:
        written: the words as they are written.
        spoken: spoken forms, with the terms of what they stand for.
        finite_verbs: the verb forms that can end a clause.
        shares: for each term the share of sentences, 0 to 1, that have it in the language as a whole.
    """

    written: Entries
    spoken: Entries
    finite_verbs: set[str]
    shares: dict[str, float]


WORDS = word_set(read(__file__, "words.txt"))
"""Words, folded and without half-spaces, that are no form of another."""

_INFLECTED_WORDS = {word + ending for word in WORDS for ending in ENDINGS}

MIN_INFINITIVE_COUNT = 10_000
"""How often hazm must have counted an infinitive for the verb to be spoken; the forms of rare ones only collide."""

_HAMZA_SEATS = str.maketrans(dict.fromkeys("أإؤئ", "ء"))


def compile_tables() -> Tables:
    """The tables, from those of the installed hazm.

    Raises:
        LookupError, ValueError: hazm's files do not have the expected columns.
    """
    counted = {word: (int(count), tags) for word, count, tags in hazm.words_list() if word}
    counts = {word: count for word, (count, _) in counted.items()}
    found = verbs(counts)
    lemmas = verb_forms(found)
    words = _plain_words(counted)
    written: Entries = {word: (word,) for word in words}
    written |= {word: (base,) for word, base in regular_plurals(counted, words)}
    written |= {
        form: (lemma,)
        for form, lemma in lemmas.items()
        if form not in _INFLECTED_WORDS and (form not in words or _is_lexical_form(form, lemma))
    }
    written |= {variant: written.get(word, (word,)) for variant, word in _hamza_variants(counted)}
    written |= {word: (word,) for word in WORDS}
    written |= {form: () for form, terms in written.items() if terms[0] in STOP_LEMMAS}
    stop_words: Entries = dict.fromkeys(STOP_WORDS, ())
    written |= stop_words
    written |= _compounds(counted, written) | stop_words
    written |= {plural: written.get(singular, (singular,)) for plural, singular in SINGULARS.items()}
    finite = {
        form
        for form, lemma in lemmas.items()
        if _is_finite(form, lemma) and (form not in words or lemma in STOP_LEMMAS)
    }
    said = [verb for verb in found if verb.preverb or counts.get(verb.infinitive, 0) >= MIN_INFINITIVE_COUNT]
    informal = _informal_stems()
    spoken = dict(_regular_spoken(written, said[::-1], informal)) | dict(_spoken(written, informal))
    return Tables(written, spoken, finite | COPULAS, shares_of_sentences(counts, written, set(lemmas.values())))


def _plain_words(counted: Counts) -> set[str]:
    """Spellings that occur, or that hazm has tagged; its other words are relics that only hinder stemming."""
    return {
        fold(word)
        for word, (count, tags) in counted.items()
        if HALF_SPACE not in word and len(word) > 1 and (count > 0 or tags != ("0",))
    }


def _is_lexical_form(form: str, lemma: str) -> bool:
    """Forms that stay verbs although dictionaries list them: past stem, participle, infinitive and their negation."""
    return form.removeprefix("ن") in {f"{lemma}{ending}" for ending in ("", "ه", "ن", "گی")} or form == lemma


def _is_finite(form: str, lemma: str) -> bool:
    return not form.endswith((f"{lemma}ه", f"{lemma}ن", f"{lemma}گی"))


def _hamza_variants(counted: Counts) -> Iterator[tuple[str, str]]:
    """Other spellings of words with a hamza: مسأله and مساله → مسئله, هیأت and هیات → هیئت."""
    families: dict[str, list[str]] = defaultdict(list)
    for word in counted:
        skeleton = word.translate(_HAMZA_SEATS)
        if "ء" in skeleton[1:-1] and HALF_SPACE not in word:
            families[skeleton].append(word)
    for skeleton, members in families.items():
        common = max(members, key=lambda word: counted[word][0])
        if counted[common][0] == 0:
            continue
        variants = {fold(word) for word in members} | {fold(skeleton.replace("ء", seat)) for seat in "ایو"}
        for variant in variants - {fold(common)}:
            if counted.get(variant, (0, ()))[0] == 0:  # else a word of its own: رؤد is no reason to touch رود
                yield variant, fold(common)


def _compounds(counted: Counts, written: Entries) -> Entries:
    """Joined spelling → its parts' terms, for words that are written with a half-space more often than without."""
    compounds: Entries = {}
    for word, (count, _) in counted.items():
        if HALF_SPACE in word and count >= counted.get(word.replace(HALF_SPACE, ""), (0, ()))[0]:
            parts = fold(word).split(HALF_SPACE)
            compounds[bare(word)] = tuple(term for part in parts for term in word_terms(part, written.get))
    return compounds


_RATHER_VERBS = frozenset(map(bare, "بره برن بری برید برین بدین بتونه نداری".split()))
"""The spoken forms that are said more than they are written as another word. «نرم», «بدن» and «نمونه» are not."""

_PRESENT_ENDINGS, _BEHIND_ALEF = ("م", "ی", "ه", "یم", "ین", "ید", "ن"), ("د",)
_PAST_ENDINGS = ("", "م", "ی", "ه", "یم", "ین", "ید", "ن")
_SPOKEN_PRESENTS = {"نشست": "شین", "انداخت": "نداز"}
_SPOKEN_PASTS = {"امد": "اومد", "توانست": "تونست", "دانست": "دونست", "خواند": "خوند"}
"""Past stems of which speech has another, besides those in «اند»: «رسوند» for «رساند»."""


def _spoken_stems(verb: Verb, informal: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The present stems that a verb has in speech: of «سوزان» also «سوزون», and behind a preverb those of the table."""
    yield verb.present
    if verb.present.endswith("ان"):
        yield f"{verb.present[:-2]}ون"
    if verb.preverb:
        yield from informal.get(verb.past, ())
    if verb.lemma in _SPOKEN_PRESENTS:
        yield _SPOKEN_PRESENTS[verb.lemma]


def _present_endings(stem: str) -> tuple[str, ...]:
    return _PRESENT_ENDINGS + _BEHIND_ALEF if stem.endswith("ا") else _PRESENT_ENDINGS


def _spoken_forms(stem: str) -> Iterator[str]:
    """The forms that speech has of a present stem: «میره», «برن»; of one that begins with «ا» also «بیاره», «نیاد»."""
    vowel = "ی" if stem.startswith("ا") else ""
    for prefix in ("می", "نمی", f"ب{vowel}", f"ن{vowel}"):
        for ending in _present_endings(stem):
            yield prefix + stem + ending


def _spoken_forms_behind(preverb: str, stem: str) -> Iterator[str]:
    """The forms of a present stem behind a preverb: «برمیگرده», «برنگرده», «دربیاره»."""
    for prefix in ("می", "نمی", "", "ن", *(("بی", "نی") if stem.startswith("ا") else ())):
        for ending in _present_endings(stem):
            yield preverb + prefix + stem + ending


def _spoken_past_forms(stem: str) -> Iterator[str]:
    """The forms that speech has of a past stem of its own: «اومدن», «نیومد», «میرسوند»."""
    vowel = stem.startswith("ا")
    for prefix in ("", "نی" if vowel else "ن", "می", "نمی"):
        for ending in _PAST_ENDINGS:
            yield prefix + (stem.removeprefix("ا") if vowel and prefix else stem) + ending


def _regular_spoken(
    written: Entries, said: Sequence[Verb], informal: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The forms that speech makes of a verb by rule («میریزن», «بپزه», «نیومد»); no written word is among them.

    Args:
        written: the written words.
        said: the verbs that are spoken, the commonest last; it wins where two share a form.
        informal: past stem → its present stems in hazm's table of informal verbs.
    """
    for verb in said:
        past = fold(verb.past)
        forms = {
            form
            for stem in map(fold, _spoken_stems(verb, informal))
            for form in (_spoken_forms_behind(verb.preverb, stem) if verb.preverb else _spoken_forms(stem))
        }
        if told := _SPOKEN_PASTS.get(past) or (f"{past[:-3]}وند" if past.endswith("اند") else ""):
            forms.update(verb.preverb + form for form in _spoken_past_forms(told))
        for form in forms:
            if form not in written:
                yield form, _verb_terms(verb.lemma)


def _verb_terms(lemma: str) -> tuple[str, ...]:
    """What a form of a verb is searched by: its past stem, unless the verb only helps."""
    return () if lemma in STOP_LEMMAS else (lemma,)


def _informal_stems() -> dict[str, list[str]]:
    """Past stem → the present stems that speech has of it, of hazm's table."""
    stems: dict[str, list[str]] = defaultdict(list)
    with open(hazm.informal_verbs, encoding="utf-8") as lines:
        for verb, stem, _ in (line.split() for line in lines if line.strip()):
            stems[verb.split("#")[0]].append(stem)
    return stems


def _spoken(written: Entries, informal: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Spoken spelling → the terms of the written one, verbs through their lemma."""
    for past, stems in informal.items():
        for form in (form for stem in stems for form in _spoken_forms(fold(stem))):
            if written.get(form) != (form,) or form in _RATHER_VERBS:
                yield form, _verb_terms(fold(past))
    with open(hazm.informal_words, encoding="utf-8") as lines:
        pairs = [line.strip().split(" ", 1) for line in lines if " " in line.strip()]
    for spoken, formal in [*pairs, *SPOKEN_WORDS.items()]:
        yield bare(spoken), tuple(term for part in bare(formal).split() for term in word_terms(part, written.get))
