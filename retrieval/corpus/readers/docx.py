"""Word documents (`.docx`): what Word shows, with headings, lists and tables as such."""

from __future__ import annotations

import posixpath

from retrieval.corpus.markup import composed
from retrieval.corpus.office.archive import Archive, attribute, child
from retrieval.corpus.office.properties import fields_of, said
from retrieval.corpus.office.word import Document
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.record import RawRecord, whole
from retrieval.types import Article

records = whole

_RELATIONS = "_rels/.rels"


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    archive = Archive(record.content, "Word")
    place = _part(archive, "officeDocument", "word/document.xml")
    root = archive.xml(place)
    body = child(root, "body")
    if body is None:
        raise archive.damaged("it has no document in it")
    document = Document(archive, place.rpartition("/")[0] + "/")
    found = composed(document.elements(body))
    properties = said(archive.xml(_part(archive, "core-properties", "docProps/core.xml")))
    fields = fields_of(properties, document.title, found, "created", "modified")
    return to_article(record.name, found.text, fields, blocks=found.blocks)


def _part(archive: Archive, kind: str, otherwise: str) -> str:
    """The name of the part of a kind, as the file names it."""
    relations = archive.xml(_RELATIONS)
    for relation in relations if relations is not None else ():
        if attribute(relation, "Type").endswith(f"/{kind}"):
            return posixpath.normpath(attribute(relation, "Target").lstrip("/"))
    return otherwise
