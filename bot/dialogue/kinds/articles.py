"""Messages about articles as wholes: their details, those of a topic or time, a summary of one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.answer import Answer, Citation, Claim, Status
from bot.dialogue.article_details import Inquiry, told_line
from bot.dialogue.headlines import MAX_CENTRAL, central, headline, is_said, lead
from bot.dialogue.kinds.kind import Answerer
from bot.dialogue.topics import TopicRequest, Wanted
from bot.dialogue.turn import Turn
from bot.wording import texts
from retrieval import Article, Line, Period, Question, Seeks

MAX_LISTED = 10
"""Articles of a listing."""
NOMINATED = 40
"""Articles that are looked at for a listing."""
MIN_TOPIC_COVERAGE = 0.6
"""The share of a topic's weight that an article must hold to be of it."""
ALL = 0.99
"""What covers more than this of a topic's weight has all of its words."""
MIN_SHARE = 0.75
"""The share of the best article's coverage that another one needs to stand beside it."""


def detail(conversation: Answerer, turn: Turn) -> Answer | None:
    """The answer to a question about an article itself."""
    asked = turn.inquiry
    if asked is None:
        return None
    article = _article_meant(conversation, turn, asked)
    if article is None and asked.topic:
        return conversation.not_found(turn.text, conversation.retriever.search(asked.topic))
    suggestions = conversation.headings([])
    if article is None:
        return Answer(turn.text, Status.CLARIFY, message=texts.WHICH_ARTICLE, suggestions=suggestions)
    if told := asked.detail.told(article):
        return Answer(turn.text, Status.ANSWERED, (Claim(Citation(1, article, 0, 0), (told,)),), confidence=1.0)
    if span := told_line(article, asked.detail.is_line):
        return Answer(turn.text, Status.ANSWERED, (Claim(Citation(1, article, *span)),), confidence=1.0)
    return Answer(turn.text, Status.NOT_FOUND, message=texts.NO_SUCH_DETAIL, suggestions=suggestions)


def of_topic(conversation: Answerer, turn: Turn) -> Answer | None:
    """The answer to a message that asks for the articles of a topic or time, or for a summary."""
    request = turn.request
    if request is None:
        return None
    if request.wanted is Wanted.SUMMARY:
        return _summary(conversation, turn, request)
    if request.wanted is Wanted.LISTING:
        articles = _articles_of(conversation, request.topic)
        if articles:
            return _listed(conversation, turn, articles)
        return conversation.not_found(turn.text, []) if request.is_certain else None
    return _overview(conversation, turn, request) if request.is_certain else None


def named_alone(conversation: Answerer, turn: Turn) -> Answer | None:
    """The answer to a message that only names what an article is about, as its headline does; no definition is one."""
    request = turn.request
    if request is None or request.wanted is not Wanted.OVERVIEW or turn.question.seeks is Seeks.DEFINITION:
        return None
    if all(map(str.isdigit, request.topic.terms)):
        return None
    return _overview(conversation, turn, request)


def _overview(conversation: Answerer, turn: Turn, request: TopicRequest) -> Answer | None:
    """The articles whose headlines have all words of a topic; None where there is none."""
    retriever = conversation.retriever
    found = [
        hit.article
        for hit in retriever.search_articles(request.topic, MAX_LISTED)
        if request.topic.coverage(retriever.analyzer.terms(headline(hit.article, retriever.lines(hit.article.id))))
        > ALL
    ]
    return _listed(conversation, turn, found) if found else None


def _article_meant(conversation: Answerer, turn: Turn, asked: Inquiry) -> Article | None:
    """The article that an inquiry is about; None where that cannot be told.

    It is the article that the topic names, else the one that the answer before quotes. Where the detail is the same
    in all articles, any of them will do.
    """
    retriever = conversation.retriever
    if asked.topic:
        found = retriever.search_articles(retriever.read(asked.topic, turn.today), 1)
        return found[0].article if found and found[0].coverage >= MIN_TOPIC_COVERAGE else None
    if answered := retriever.articles.get(turn.beside):
        return answered
    if not len(retriever.articles):
        return None
    first, told = retriever.articles[0], asked.detail.told
    return None if any(told(other) != told(first) for other in retriever.articles) else first


def _articles_of(conversation: Answerer, topic: Question) -> list[Article]:
    """The articles of a topic, of a time, or of a topic at a time, the newest first."""
    retriever, period = conversation.retriever, topic.when.around or topic.when.period
    if not topic.asked and period:
        return retriever.articles.of_days(period.first, period.last, MAX_LISTED)
    found = retriever.search_articles(retriever.of_section(topic), NOMINATED)
    if not found or found[0].coverage < MIN_TOPIC_COVERAGE:
        return []
    enough = max(MIN_TOPIC_COVERAGE, MIN_SHARE * max(hit.coverage for hit in found))
    chosen = [hit.article for hit in found if hit.coverage >= enough]
    if period:
        chosen = [article for article in chosen if _is_of(article, period)]
    # Sorting is stable: articles of one day, and those without a day, stay in the order of their scores.
    return sorted(
        chosen[:MAX_LISTED], key=lambda article: article.date.toordinal() if article.date else 0, reverse=True
    )


def _is_of(article: Article, period: Period) -> bool:
    return article.date is not None and period.holds(article.date)


def _listed(conversation: Answerer, turn: Turn, articles: Sequence[Article]) -> Answer:
    """One claim an article, its lead; where there are several, the first names all of them."""
    lines = [conversation.retriever.lines(article.id) for article in articles]
    names = tuple(headline(article, its) for article, its in zip(articles, lines, strict=True))
    claims = [
        Claim(_citation(number, article, its), names if number == 1 and len(names) > 1 else ())
        for number, (article, its) in enumerate(zip(articles, lines, strict=True), start=1)
    ]
    return Answer(turn.text, Status.ANSWERED, tuple(claims), confidence=1.0)


def _summary(conversation: Answerer, turn: Turn, request: TopicRequest) -> Answer:
    """The lead of one article, and its most central sentences."""
    article = None
    if request.topic.asked:
        found = conversation.retriever.search_articles(request.topic, 1)
        article = found[0].article if found and found[0].coverage >= MIN_TOPIC_COVERAGE else None
    elif turn.history:
        article = conversation.retriever.articles.get(turn.beside)
    else:
        return Answer(turn.text, Status.CLARIFY, message=texts.WHICH_ARTICLE, suggestions=conversation.headings([]))
    if article is None:
        return conversation.not_found(turn.text, [])
    lines = conversation.retriever.lines(article.id)
    opening = lead(article, lines)
    others = [line for line in lines if line is not opening and is_said(article.text[slice(*line.span)])]
    terms = [conversation.retriever.analyzer.terms(article.text[slice(*line.span)]) for line in others]
    told = tuple(article.text[slice(*others[place].span)] for place in central(terms, MAX_CENTRAL))
    return Answer(turn.text, Status.ANSWERED, (Claim(_citation(1, article, lines), told),), confidence=1.0)


def _citation(number: int, article: Article, lines: Sequence[Line]) -> Citation:
    """The citation of an article's lead, read below what names it."""
    opening = lead(article, lines)
    if opening is None:
        return Citation(number, article, 0, 0)
    context = tuple(span for span in opening.context if span[1] <= opening.span[0])
    return Citation(number, article, *opening.span, context)
