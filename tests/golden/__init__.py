"""Golden digests: what the analysis makes of a fixed corpus, to be the same until a version is raised.

A digest is stored for each stage of the way of an article, with the versions that it was made under. A change of a
stage without a version would leave stored indexes that nobody builds anew and that answer differently from fresh ones.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np

from retrieval import Analyzer
from retrieval.corpus.articles import read_corpus
from retrieval.corpus.folder import Folder
from retrieval.corpus.readers.registry import records
from retrieval.index.compression import decompress
from retrieval.index.passage_format import pack
from retrieval.index.stored_article import AnalysedArticle
from retrieval.indexing.analysts import BatchAnalyzer
from retrieval.indexing.batches import Task
from retrieval.indexing.spec import IndexSpec
from retrieval.indexing.stored_index import StoredIndex
from retrieval.query.everyday_verbs import compile_verbs
from retrieval.query.synonyms import compile_sets
from retrieval.system import versions
from retrieval.text.analyzer import TextUnits
from retrieval.text.passages import passage_spans

FOLDER = Path(__file__).parent
CORPUS = FOLDER / "corpus"
DIGESTS = FOLDER / "digests.json"

WRITTEN = 1_700_000_000
"""Seconds since 1970 at which the files of the golden corpus are said to have been written."""

REFRESH = "run `make golden`"


class Digest(NamedTuple):
    """What a stage gave, and the versions that it was made under."""

    digest: str
    versions: dict[str, int | str]


class Stage(NamedTuple):
    """A stage of the way from a file to a stored article.

    Args:
        give: what it gives for the golden corpus, as a value whose `repr` tells all of it.
        versions: those by which stored indexes are told from what a changed stage gives. The first is the one to
            raise; the others are those of the stages before.
    """

    give: Callable[[Analyzer], object]
    versions: tuple[str, ...]


class StaleDigestError(Exception):
    """A stage gives something else, and no version says so."""


def _articles(_: Analyzer) -> object:
    fields = ("id", "title", "text", "date", "source", "author", "url")
    return [[str(getattr(article, name)) for name in fields] for article in read_corpus(CORPUS).articles]


def _texts() -> list[str]:
    return [text for article in read_corpus(CORPUS).articles for text in (article.title, article.text)]


def _spans(_: Analyzer) -> object:
    return [
        [(passage.sentences, [form.value for form in passage.forms], passage.context) for passage in passage_spans(one)]
        for one in read_corpus(CORPUS).articles
    ]


def _word_tables(_: Analyzer) -> object:
    from retrieval.text.lexicon_compiler import compile_tables  # seconds

    return [sorted(table.items() if isinstance(table, dict) else table) for table in compile_tables()]


def _units(analyzer: Analyzer) -> list[TextUnits]:
    return [analyzer.units(text) for text in _texts()]


def _terms(analyzer: Analyzer) -> object:
    return [([unit.term for unit in one.ordered], [unit.term for unit in one.joined]) for one in _units(analyzer)]


def _traits(analyzer: Analyzer) -> object:
    return [[int(unit.traits) for unit in one.ordered + one.joined] for one in _units(analyzer)]


def _packed_rows(analyzer: Analyzer) -> object:
    folder = Folder(CORPUS)
    tasks = [Task(record, b"") for name in folder.files() for record in records(name, folder.read(name))]
    batch = BatchAnalyzer(analyzer).batch(tasks)
    numbers = np.arange(1, len(batch.words) + 1, dtype=np.int32)
    found = [result for result in batch.results if isinstance(result, AnalysedArticle)]
    return [(one.id, one.date, one.title, decompress(one.content), [*pack(one.sentences, numbers)]) for one in found]


SYNONYMS = "نفت، طلای سیاه\nکلینیک، درمانگاه، شفاخانه\nکتاب‌ها، کیلووات ساعت\n"
VERBS = "کی مرد، فوت کرد، از دنیا رفته: درگذشت، وفات\nچی باید ببرم: مدارک\nچیکار میکنه، کارش چیه: شغل، سمت‌ها\n"
"""Lines of the tables that `retrieval.query.compiled_tables` keeps."""


def _question_tables(analyzer: Analyzer) -> object:
    return compile_sets(SYNONYMS, analyzer), compile_verbs(VERBS, analyzer)


STAGES = {
    "articles": Stage(_articles, ("INDEX",)),
    "spans": Stage(_spans, ("INDEX",)),
    "word tables": Stage(_word_tables, ("LEXICON", "HAZM_TABLES")),
    "terms": Stage(_terms, ("TERMS", "LEXICON", "HAZM_TABLES", "INDEX")),
    "traits": Stage(_traits, ("INDEX", "TERMS", "LEXICON", "HAZM_TABLES")),
    "packed rows": Stage(_packed_rows, ("INDEX", "TERMS", "LEXICON", "HAZM_TABLES")),
    "question tables": Stage(_question_tables, ("TABLES", "TERMS", "LEXICON", "HAZM_TABLES")),
}


def digest_of(stage: str, analyzer: Analyzer) -> Digest:
    """The digest of what a stage gives now."""
    content = repr(STAGES[stage].give(analyzer)).encode("utf-8", "surrogatepass")
    in_force = {name: getattr(versions, name) for name in STAGES[stage].versions}
    return Digest(blake2b(content, digest_size=16).hexdigest(), in_force)


def compare(stage: str, stored: Digest, found: Digest) -> None:
    """Complain of a stage that has changed while no version has.

    Raises:
        StaleDigestError: with what to do.
    """
    if stored.digest != found.digest and stored.versions == found.versions:
        raise StaleDigestError(
            f"the golden corpus gives other {stage}: raise {STAGES[stage].versions[0]} in retrieval/system/versions.py,"
            f" so that what is stored is built anew; then {REFRESH}"
        )


def stored_digests() -> dict[str, Digest]:
    """The digests in the tree."""
    return {stage: Digest(**row) for stage, row in json.loads(DIGESTS.read_text(encoding="utf-8")).items()}


def store_digests(found: Mapping[str, Digest]) -> None:
    """Replace the digests in the tree."""
    rows = {stage: digest._asdict() for stage, digest in found.items()}
    DIGESTS.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def dated_corpus(folder: Path) -> Path:
    """A copy of the golden corpus whose files have the time that the golden index knows them by."""
    folder.mkdir(parents=True)
    for file in sorted(CORPUS.iterdir()):
        (folder / file.name).write_bytes(file.read_bytes())
        os.utime(folder / file.name, (WRITTEN, WRITTEN))
    return folder


def index_of(corpus: Path, data: Path, spec: IndexSpec) -> StoredIndex:
    """The stored index of a copy."""
    return StoredIndex(Folder(corpus), data, spec)
