"""Messages that ask several things: two questions in one, and comparisons."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.adjectives import comparatives
from bot.dialogue.answer import SUFFICIENT_CONFIDENCE, Answer, Claim, Status, cited, renumbered
from bot.dialogue.headlines import is_said
from bot.dialogue.kinds.kind import Answerer
from bot.dialogue.parts import Comparison, comparison, two_questions
from bot.dialogue.turn import Turn
from bot.wording import texts
from retrieval import Analyzer, Form, Hit, Question, amount, answer_probability

COMPARED_HITS = 12
"""Sentences among which those about each side are looked for."""
MIN_COVERAGE = 0.35
"""The share of what is compared, without the names of the sides, that a sentence must have with its context."""


def both(conversation: Answerer, turn: Turn) -> Answer | None:
    """The answers to two questions in one message, the second with what the first was about.

    Where a part is not answered, what answers the whole message is quoted as well.
    """
    questions = two_questions(turn.question.text, turn.question.tokens, conversation.retriever.analyzer)
    if questions is None:
        return None
    first = conversation.read(questions[0], turn.history, turn.today)
    second = conversation.read(questions[1], (*turn.history, questions[0]), turn.today)
    second = replace(second, completed=second.question.following(first.completed))
    answers = [conversation.one(first), conversation.one(second)]
    missing = tuple(text for text, answer in zip(questions, answers, strict=True) if not answer.claims)
    # Where the parts share words, the message as a whole is a question too, and one sentence may answer both.
    shares = " ".join(questions) != " ".join(turn.question.text.split())
    whole = conversation.one(turn) if shares or missing else None
    if whole and (missing or shares) and whole.claims:
        answers.insert(0, whole)
        missing = () if shares else missing
    if len(missing) == len(answers):
        return whole or replace(answers[0], question=turn.text)
    claims = renumbered(claim for answer in answers for claim in answer.claims[:1])
    sure = min(answer.confidence for answer in answers if answer.claims)
    return Answer(turn.text, Status.ANSWERED, claims, sure, missing=missing)


def compared(conversation: Answerer, turn: Turn) -> Answer | None:
    """A quotation that holds both of two things that are compared, or one for each; not found where one has none."""
    tokens, analyzer = turn.question.tokens, conversation.retriever.analyzer
    sides = comparison(tokens, analyzer)
    if sides is None:
        return None
    whole = conversation.search(turn, COMPARED_HITS)
    names = [_groups(turn.completed, tokens_of(turn, side)) for side in sides[:2]]
    is_sure = answer_probability(whole) >= SUFFICIENT_CONFIDENCE
    if is_sure and all(_has_itself(whole[0], name, analyzer) for name in names):
        return None
    plain, is_measured = _without_comparing(conversation, turn, sides)
    asked = replace(turn, completed=plain)
    hits = [*conversation.search(asked, COMPARED_HITS), *whole]
    topic = _compared_thing(turn, plain, names, analyzer)
    together = [hit for hit in hits if all(_has_itself(hit, name, analyzer) for name in names)]
    claims = [_best(together, topic, is_measured=is_measured)]
    if claims[0] is None:
        claims = []
        for side, (own, other) in zip(sides, (names, names[::-1]), strict=False):
            its = plain.without(frozenset().union(*other))
            found = [hit for hit in conversation.search(replace(turn, completed=its), COMPARED_HITS) if _has(hit, own)]
            claim = _best(found, topic, is_measured=is_measured)
            if claim is None:
                # «تفاوت الف و ب» may be told without either name; «الف … تر است یا ب» may not.
                return _missing(conversation, turn, side) if is_measured else None
            claims.append(replace(claim, about=_words(turn, side)))
    return Answer(turn.text, Status.ANSWERED, renumbered(filter(None, claims)), SUFFICIENT_CONFIDENCE)


Names = tuple[frozenset[str], ...]
"""The words of a name, each as the terms that stand for one another."""


def tokens_of(turn: Turn, places: frozenset[int]) -> list[tuple[str, ...]]:
    """The terms of each of some words of a message."""
    return [turn.question.tokens[place].terms for place in sorted(places)]


def _groups(question: Question, words: list[tuple[str, ...]]) -> Names:
    """For each word the terms of the question that stand for it."""
    return tuple(
        frozenset(terms).union(*(group.terms for group in question.query if set(terms) & set(group.terms)))
        for terms in words
    )


def _has(hit: Hit, name: Names) -> bool:
    """Whether a hit has all words of a name, in its passage or what names that."""
    return all(word & (hit.terms[1] | hit.context_terms) for word in name)


def _has_itself(hit: Hit, name: Names, analyzer: Analyzer) -> bool:
    """Whether a sentence, or a row with the head of its table, has all words of a name."""
    held = hit.terms[0]
    if hit.form is Form.ROW and hit.context:
        held |= set(analyzer.terms(hit.article.text[slice(*hit.context[-1])]))
    return all(word & held for word in name)


def _without_comparing(conversation: Answerer, turn: Turn, sides: Comparison) -> tuple[Question, bool]:
    """What is asked of each side, and whether a number tells it: «قدیمی‌تر» asks for a year."""
    words = [token.bare for token in turn.question.tokens]
    analyzer = conversation.retriever.analyzer
    adjectives = comparatives(words, [analyzer.is_comparative(word) for word in words])
    spelt = {term for one in adjectives for term in one.spellings}
    plain = turn.completed.without(spelt, (term for terms in tokens_of(turn, sides.comparing) for term in terms))
    measures = {term for one in adjectives for measure in one.measures for term in analyzer.terms(measure)}
    return (plain.with_any(sorted(measures)) if measures else plain), bool(adjectives)


def _compared_thing(turn: Turn, plain: Question, names: list[Names], analyzer: Analyzer) -> Question:
    """What is compared: the question without the sides, its verbs, and the time, which the ranking looks after."""
    others = [*names, _groups(turn.completed, tokens_of(turn, turn.question.when.places))]
    light = {term for term in plain.terms if term.isdigit() or analyzer.is_verb(term)}
    return plain.without(light.union(*(group for name in others for group in name)))


def _best(hits: list[Hit], topic: Question, *, is_measured: bool) -> Claim | None:
    """The claim of the hit that has most of what is compared; None where none has enough."""
    told = [
        hit
        for hit in hits
        if (not is_measured or amount(hit.sentence.text) is not None)
        and (hit.form is not Form.SENTENCE or is_said(hit.sentence.text))
    ]
    covered = {id(hit): topic.coverage(hit.terms[0] | hit.context_terms) if topic.asked else 1.0 for hit in told}
    best = max(told, key=lambda hit: round(covered[id(hit)], 1), default=None)
    if best is None or covered[id(best)] < MIN_COVERAGE:
        return None
    return Claim(cited(best))


def _missing(conversation: Answerer, turn: Turn, places: frozenset[int]) -> Answer:
    """The answer where one side is missing, which it names."""
    message = texts.NO_SIDE.format(side=_words(turn, places))
    return replace(conversation.not_found(turn.text, []), message=message)


def _words(turn: Turn, places: frozenset[int]) -> str:
    """The words of a message from the first to the last of some places."""
    tokens = turn.question.tokens
    return turn.question.text[tokens[min(places)].start : tokens[max(places)].end]
