"""Where the systems that Persian sites run on put an article, its lead and its date, and what they put beside it."""

from __future__ import annotations

from lxml.html import HtmlElement

BODIES = {
    mark: place
    for place, mark in enumerate(
        (
            "itemprop=articlebody",
            "class=item-text",  # Nastooh: ISNA, Mehr, IRNA
            "id=echo_detail", "id=echo_details", "class=echo_detail", "id=main_ck_editor",  # Asam
            "id=doctextarea", "id=doccontentdiv",  # Studio Khabar
            "id=nwstxtbodypane", "class=nt-body",  # Fars
            "class=entry-content", "class=td-post-content", "class=post-content",  # WordPress
            "class=single-post-content",
            "class=post-body", "class=postbody", "class=postcontent", "class=post-text",  # blogs
            "class=field-name-body", "class=field--name-body",  # Drupal
            "class=itemfulltext", "class=item-page",  # Joomla
            "class=mw-parser-output",  # MediaWiki
            "id=treetext",  # the portal of laws
            "class=body",  # Iransamaneh
            "class=article-body", "class=article_body", "class=article-content", "class=article__body",
            "class=story-body", "class=news-body", "class=newsbody", "class=news-text", "class=newstext",
            "class=news-content", "class=news_content", "class=content-body", "class=story", "class=text-body",
            "tag=article",
            "tag=main",
        )
    )
}  # fmt: skip
"""The marks of the element that holds an article's text; the first one that a page has counts."""

FIRST_GENERAL = BODIES["tag=article"]
"""The rank from which on a mark is not that of an article's text alone: cards of other articles have it too."""

LEADS = frozenset((
    "itemprop=description", "class=lead", "class=introtext", "class=item-summary", "class=subtitle",
    "class=news-subtitle", "class=subtitle-news", "class=news-lead", "class=news_lead", "class=summary",
    "id=docdivlead1", "id=docdivlead",
))  # fmt: skip
"""Of the element with an article's lead, where it stands above the text and not in it."""

DATES = frozenset((
    "itemprop=datepublished", "class=news_pdate_c", "class=item-date", "class=fa_date", "class=news-date",
    "class=doc_date", "id=docdiv3date", "class=docdiv3date", "class=entry-date", "class=post-date", "class=published",
    "class=publish-date", "class=publish_date", "class=posted-on", "class=news_time", "class=news-time",
    "id=nwstxtdt",
))  # fmt: skip
"""Of an element with the date of publication."""

BESIDE = frozenset(
    "comment comments respond related mortabet share sharing shared sharedaddy social tag tags breadcrumb breadcrumbs"
    " sidebar advert ads banner pagination pager newsletter print toolbar tools popup modal footer copyright"
    " rating vote poll shortlink tinyurl toc caption relatedposts yarpp keywords seealso".split()
)
"""Parts of the class or name of what stands beside an article, or in the midst of it, and is no part of it."""

UNSEEN = frozenset(
    "widget short_link hidden hide sr-only visually-hidden screen-reader-text noprint mw-editsection".split()
)
"""Whole classes of the same, and of what a reader does not see."""


_PARTED = str.maketrans("-_", "  ")


def marks_of(element: HtmlElement) -> list[str]:
    """What the tables above name an element by."""
    found = [f"tag={element.tag}"]
    for key in ("itemprop", "id", "class"):
        if value := element.get(key):
            found += [f"{key}={word}" for word in value.lower().split()]
    return found


def is_beside(element: HtmlElement) -> bool:
    """Whether an element's class or name says that it is no part of an article."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    if len(named) == 1:
        return False
    return not (UNSEEN.isdisjoint(named.split()) and BESIDE.isdisjoint(named.translate(_PARTED).split()))
