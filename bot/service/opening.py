"""From settings to a conversation over their corpus. It is apart from the command, which no process can import."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.conversation import Conversation
from bot.settings import Settings
from retrieval import Retriever
from retrieval.system import track


def open_conversation(settings: Settings, announce: Callable[[str], None]) -> Conversation:
    """Read and index a corpus.

    Args:
        settings: which corpus, which engine, where to store the index, and how sure an answer must be.
        announce: told in one line why the caller waits, or what could not be stored.

    Raises:
        PasokhError: the corpus cannot be read.
    """
    retriever = Retriever.from_corpus(
        settings.corpus, settings.engine, data=settings.data, announce=announce, track=track
    )
    return Conversation(retriever, settings.caution)
