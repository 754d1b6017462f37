"""Settings → a conversation over their corpus; apart from the command, for processes cannot import that."""

from __future__ import annotations

from pathlib import Path

from bot.console.display import announce
from bot.dialogue.conversation import Conversation
from bot.preferences import Preferences
from retrieval import Caution, Retriever, track


def open_conversation(settings: Preferences, corpus: Path | None) -> Conversation:
    """Read and index a corpus, that of the settings by default.

    Raises:
        PasokhError: it cannot be read.
    """
    retriever = Retriever.from_corpus(
        corpus or settings.corpus, settings.engine, data=settings.data, announce=announce, track=track
    )
    return Conversation(retriever, Caution[settings.caution.upper()])
