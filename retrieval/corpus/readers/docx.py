"""Word documents (`.docx`): what Word shows, with headings, lists and tables as such."""

from __future__ import annotations

from retrieval.corpus.markup import composed
from retrieval.corpus.office.archive import Archive, child
from retrieval.corpus.office.package import part_of, relations_of
from retrieval.corpus.office.properties import fields_of, said
from retrieval.corpus.office.word import Document
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.record import RawRecord, whole
from retrieval.types import Article

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
    fields = fields_of(properties, document.title, found, "created", "modified")
    return to_article(record.name, found.text, fields, blocks=found.blocks)
