"""Who may ask. Pure: the caller remembers who has been admitted."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum


class Admission(Enum):
    """How a user who writes to the bot is met."""

    ADMITTED = "may ask"
    JOINING = "gives the invitation code, and may ask from now on"
    UNINVITED = "may ask after giving the invitation code"
    UNLISTED = "may not ask"


@dataclass(frozen=True, slots=True)
class Access:
    """The rules of who may ask.

    Args:
        mode: `open` admits anyone, `list` the users and chats in `allowed`, `code` also users who give `code`.
        admins: the numbers of the administrators, who are always admitted.
        allowed: the numbers of users and chats.
        code: the invitation code.
    """

    mode: str
    admins: frozenset[int]
    allowed: frozenset[int]
    code: str = field(repr=False)

    def admission(self, user: int, chats: Iterable[int], given: str = "") -> Admission:
        """How a user is met who has not been admitted before.

        Args:
            user: the user's number.
            chats: the numbers of the chat in which the user writes: the one that it has, and those that it had.
            given: a text that may be the invitation code.
        """
        if self.mode == "open" or user in self.admins or not self.allowed.isdisjoint((user, *chats)):
            return Admission.ADMITTED
        if self.mode != "code":
            return Admission.UNLISTED
        return Admission.JOINING if self._is_code(given) else Admission.UNINVITED

    def _is_code(self, given: str) -> bool:
        # Compared in constant time: how long a refusal takes tells nothing of the code.
        return bool(self.code) and hmac.compare_digest(given.strip().encode("utf-8", "replace"), self.code.encode())
