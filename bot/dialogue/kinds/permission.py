"""Whether something is allowed: the sentence that rules on it, prohibitions included."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.answer import SUFFICIENT_CONFIDENCE, Answer, Claim, Status, Verdict, cited
from bot.dialogue.clauses import clauses, terms_of, words_of
from bot.dialogue.kinds.kind import Answerer
from bot.dialogue.polarity import allowed, asks_permission, is_modal, is_yes, rules
from bot.dialogue.turn import Turn
from retrieval import Analyzer, Hit, Question, answer_probability
from retrieval.text import bare

COMPARED_HITS = 12
"""Sentences among which one that rules on it is looked for."""
MIN_COVERAGE = 0.5
"""The share of the question's weight, its verbs left out, that such a sentence must have with what names it."""

_PAST, _INFINITIVE = (bare("د"), bare("ت")), bare("ن")
MIN_PLAIN_COVERAGE = 0.85
"""The share that its clause must have for «بله» or «خیر»: a rule on something else says neither."""


def permission(conversation: Answerer, turn: Turn) -> Answer | None:
    """The answer to a question for permission; None where no sentence rules on it."""
    if not asks_permission(turn.question):
        return None
    analyzer = conversation.retriever.analyzer
    question = _without_verbs(turn, analyzer)
    hits = conversation.search(replace(turn, completed=question), COMPARED_HITS)
    for hit in hits:
        words = [token.bare for token in analyzer.tokens(hit.sentence.text)]
        around = hit.context_terms
        has_thing = bool(hit.terms[0] - around)
        if rules(words) and has_thing and question.coverage(hit.terms[0] | around) >= MIN_COVERAGE:
            return _answer(turn, question, hit, analyzer, max(SUFFICIENT_CONFIDENCE, answer_probability([hit])))
    return None


def _without_verbs(turn: Turn, analyzer: Analyzer) -> Question:
    """The question, its verbs without weight: rules are written with nouns («ماهیگیری ممنوع است»)."""
    modal = {term for token in turn.question.tokens if is_modal(token.bare) for term in token.terms}
    verbs = {term for term in turn.completed.terms if is_modal(term) or _is_verb(term, analyzer)}
    return turn.completed.without((), modal | verbs)


def _is_verb(word: str, analyzer: Analyzer) -> bool:
    """Whether a word is a verb, or the short infinitive that «میشه» stands with: «برد» of «بردن»."""
    return analyzer.is_verb(word) or (word.endswith(_PAST) and word + _INFINITIVE in analyzer.lexicon)


def _answer(turn: Turn, question: Question, hit: Hit, analyzer: Analyzer, sure: float) -> Answer:
    """The answer of a sentence, with «بله» or «خیر» where its clause is plain."""
    parts = clauses(words_of(hit.article.text, hit.sentence.start, hit.sentence.end, analyzer))
    clause = max(parts, key=lambda part: question.coverage(terms_of(part)), default=())
    is_plain = question.coverage(hit.context_terms.union(terms_of(clause))) >= MIN_PLAIN_COVERAGE
    ruling = allowed([word.bare for word in clause]) if is_plain else None
    verdict = None if ruling is None else Verdict.YES if is_yes(turn.question, is_allowed=ruling) else Verdict.NO
    return Answer(turn.text, Status.ANSWERED, (Claim(cited(hit)),), sure, verdict=verdict)
