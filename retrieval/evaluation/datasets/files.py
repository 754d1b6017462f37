"""Files of judged questions → text."""

from __future__ import annotations

from pathlib import Path

from retrieval.corpus.encoding import decode
from retrieval.errors import CorpusError


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        CorpusError: there is no such file, or it is not text.
    """
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise CorpusError(path, f"it cannot be read ({error.strerror})", "name a file of judged questions") from error
    except ValueError as error:
        raise CorpusError(path, str(error), "save it as UTF-8 text") from error
