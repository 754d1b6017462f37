"""Word documents (`.docx`): what Word shows, with headings, lists and tables as such."""

from __future__ import annotations

from itertools import islice

from retrieval.corpus.markup import composed
from retrieval.corpus.office.archive import Archive, child
from retrieval.corpus.office.package import part_of, relations_of
from retrieval.corpus.office.properties import fields_of, said
from retrieval.corpus.office.word import Document, lines_of
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.record import RawRecord, whole
from retrieval.types import Article

MAX_HEADERS = 3
"""Headers of pages that may state the day: of the first, the even and the odd ones."""

records = whole


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    archive = Archive(record.content, "Word")
    relations = relations_of(archive)
    place = part_of(relations, "officeDocument", "word/document.xml")
    root = archive.xml(place)
    body = child(root, "body")
    if body is None:
        raise archive.damaged("it has no document in it")
    document = Document(archive, place.rpartition("/")[0] + "/")
    found = composed(document.elements(body))
    properties = said(archive.xml(part_of(relations, "core-properties", "docProps/core.xml")))
    headers = (archive.xml(one.part) for one in relations_of(archive, place).values() if one.kind == "header")
    lines = [line for header in islice(headers, MAX_HEADERS) if header is not None for line in lines_of(header)]
    fields = fields_of(properties, document.said, found, "created", "modified", head=lines)
    return to_article(record.name, found.text, fields, blocks=found.blocks)
