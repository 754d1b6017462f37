"""Documents of LibreOffice and others (`.odt`): what they show, with headings, lists and tables as such."""

from __future__ import annotations

from retrieval.corpus.markup import composed
from retrieval.corpus.office.archive import Archive, child
from retrieval.corpus.office.opendocument import Document
from retrieval.corpus.office.properties import fields_of, said
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.record import RawRecord, whole
from retrieval.types import Article

records = whole


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    archive = Archive(record.content, "LibreOffice")
    content = archive.xml("content.xml")
    text = child(content, "body", "text")
    if text is None:
        raise archive.damaged("it has no document in it")
    document = Document(archive.xml("styles.xml"), content)
    found = composed(document.elements(text))
    fields = fields_of(said(archive.xml("meta.xml")), document.said, found, "creation-date", "date")
    return to_article(record.name, found.text, fields, blocks=found.blocks)
