"""From settings to a conversation over their corpus. It is apart from the command, which no process can import."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.conversation import Conversation
from bot.service.scopes import Scope
from bot.settings import Settings
from retrieval import Retriever
from retrieval.system import track


def open_conversation(
    settings: Settings, announce: Callable[[str], None], closed: frozenset[str] = frozenset()
) -> Conversation:
    """Read and index a corpus.

    Args:
        settings: which corpus, which engine, where to store the index, and how sure an answer must be.
        announce: told in one line why the caller waits, or what could not be stored.
        closed: folders of the corpus that are not answered from; see `Scope`.

    Raises:
        PasokhError: the corpus cannot be read; or folders are closed, and the index cannot be stored.
    """
    retriever = Retriever.from_corpus(
        settings.corpus, settings.engine, data=settings.data, announce=announce, track=track
    )
    if closed:
        retriever = retriever.within(Scope(closed).holds)
    return Conversation(retriever, settings.caution)
