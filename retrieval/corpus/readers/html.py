"""HTML pages (`.html`, `.htm`) and web archives (`.mhtml`, `.mht`): the article, without what is beside it."""

from __future__ import annotations

from retrieval.corpus.html import parsed
from retrieval.corpus.markup import composed
from retrieval.corpus.pages.decoding import decoded
from retrieval.corpus.pages.main_text import NoArticleError, main_text
from retrieval.corpus.pages.metadata import author_of, date_of, source_of, title_of, url_of
from retrieval.corpus.pages.survey import survey
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.record import FaultError, RawRecord, as_fault, whole
from retrieval.types import Article

_IS_CHAT = '<div class="page_body chat_page">'
"""What pages have that Telegram Desktop exports."""

records = whole


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    with as_fault("save the page anew from a browser"):
        saved = decoded(record.content)
        page = survey(parsed(saved.text))
    if _IS_CHAT in saved.text:
        raise FaultError("it is a chat that Telegram has exported as pages", "export the channel in the format JSON")
    source = source_of(page)
    title = title_of(page, source)
    article = main_text(page, saved.text, title)
    found = composed(*article.parts, without=article.without)
    found.drop_title(title)
    blocks = found.blocks
    if not blocks:
        raise NoArticleError
    fields = {
        "title": title,
        "date": date_of(page, title),
        "source": source,
        "author": author_of(page, source),
        "url": url_of(page, saved.url),
    }
    return to_article(record.name, found.text, fields, blocks=blocks)
