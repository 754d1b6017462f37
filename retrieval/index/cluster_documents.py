"""A passage and an article as documents in a cluster."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from retrieval.errors import DamagedError
from retrieval.index.passage_format import FORM_BYTE
from retrieval.index.readable import PassageRow
from retrieval.index.stored_article import unpack_article
from retrieval.types import Article


def passage_document(row: PassageRow, sentences: Sequence[str]) -> dict[str, Any]:
    """A passage as the cluster has it, from its row in a `Store`.

    Args:
        row: see `PassageRow`.
        sentences: the terms of each of its sentences, separated by spaces.
    """
    number, article, named, record, spans, day = row
    return {
        "number": number,
        "span": {"gte": number, "lt": number + len(sentences)},
        "article": article,
        "form": record[FORM_BYTE],
        "terms": " ".join([named, *sentences]),
        "sentences": [{"terms": terms} for terms in sentences],
        "kept": {"named": named, "record": b64encode(record).decode(), "spans": spans, "day": day},
    }


def article_document(row: Sequence[Any]) -> dict[str, Any]:
    """An article as the cluster has it.

    Args:
        row: its number, id, day, the bytes of its file's name, its line, the number of its first sentence, how many it
            has, when it was indexed, when its file was changed, the terms of its title separated by spaces, and its
            content packed.
    """
    number, name, day, path, line, first, sentences, indexed, changed, title, content = row
    return {
        "number": number,
        "id": name,
        "date": day,
        "path": path.hex(),  # in the order of the bytes, whatever they are
        "line": line,
        "span": {"gte": first, "lt": first + max(sentences, 1)},
        "sentences": sentences,
        "kept": {
            "indexed": indexed,
            "changed": changed or 0,
            "title": title,
            "content": b64encode(content).decode(),
        },
    }


def passage_row(passage: Mapping[str, Any]) -> PassageRow:
    """The row of a passage, as `passage_document` was given it."""
    kept = passage["kept"]
    try:
        record = b64decode(kept["record"], validate=True)
    except ValueError as error:
        raise DamagedError(f"passage {passage['number']} is damaged ({error})") from error
    return passage["number"], passage["article"], kept["named"], record, kept["spans"], kept["day"]


def number_of(document: Mapping[str, Any]) -> int:
    """The number of a passage or an article."""
    number: int = document["number"]
    return number


def newness(article: Mapping[str, Any]) -> tuple[str, int, str, int]:
    """By what the newest of some articles is told, as `Families.members` has it."""
    return article["date"], article["kept"]["changed"], article["path"], article["line"]


def sentences_of(article: Mapping[str, Any]) -> range:
    """The numbers of an article's sentences."""
    first = article["span"]["gte"]
    return range(first, first + article["sentences"])


def unpacked(article: Mapping[str, Any]) -> Article:
    """The article of a document.

    Raises:
        DamagedError: it is damaged.
    """
    return unpack_article(article["id"], article["kept"]["indexed"], content_of(article))


def content_of(article: Mapping[str, Any]) -> bytes:
    """The packed content of an article.

    Raises:
        DamagedError: it is damaged.
    """
    try:
        return b64decode(article["kept"]["content"], validate=True)
    except ValueError as error:
        raise DamagedError(f"article {article['number']} is damaged ({error})") from error
