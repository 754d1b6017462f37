"""How a message to all users is shown to the administrator who has written it."""

from __future__ import annotations

from bot.rendering.markup import Mark, Rich, joined, marked
from bot.wording import texts
from bot.wording.dates import persian_digits


def broadcast_text(text: str, users: int) -> Rich:
    """What will be sent, and to how many users."""
    head = marked(texts.BROADCAST.format(users=persian_digits(users)), Mark.BOLD)
    return joined("\n\n", [head, marked(text, Mark.QUOTATION)])
