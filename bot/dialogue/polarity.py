"""Yes or no: what a message asks to be allowed, and what a clause says to it.

«بله» and «خیر» are said only of permission, where rules are plain: a clause forbids, allows, or does neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from retrieval import Question, asks
from retrieval.text import bare, word_set

_MAY = word_set(
    "میشه می‌شه می‌شود میشود میتونه می‌تونه میتونم میتونیم میتونن میتوان می‌توان می‌تواند می‌توانم می‌توانیم "
    "می‌توانند میتونی میتونید بشه اجازه مجاز مجازه آزاده میذارن می‌ذارن می‌گذارند میذارند اشکال اشکالی ایراد ایرادی"
)
_IS_FORBIDDEN = word_set("ممنوعه ممنوع غیرمجازه قدغنه قدغن")
_WHETHER = bare("آیا")
_FORBIDS = word_set("ممنوع ممنوعه ممنوعیت غیرمجاز قدغن نباید نبایست تعطیل بسته‌اند محروم")
_ALLOWS = word_set("مجاز آزاد بلامانع می‌توان می‌توانند می‌تواند می‌شود اجازه حق")
_DENIES = word_set("نیست نیستند ندارد ندارند نمی‌شود نمی‌توان نمی‌تواند نمی‌توانند نمی‌دهند نمی‌گیرند نمی‌پذیرند")
"""Verbs by which a rule denies; most other negated verbs («نمی‌رسد») rule on nothing."""
_NOTHING = word_set("اشکالی مانعی ایرادی منعی محدودیتی")
_ONLY = word_set("مگر جز بجز به‌جز تنها فقط")
"""Words that make an exception: what holds then depends on it."""


def asks_permission(question: Question) -> bool:
    """Whether a message asks if something is allowed: «میشه … برد؟», «… ممنوعه؟»."""
    words = [token.bare for token in question.tokens]
    if any(asks(word) and word != _WHETHER for word in words):
        return False
    return not (_MAY | _IS_FORBIDDEN).isdisjoint(words)


def is_modal(word: str) -> bool:
    """Whether a word, folded and without half-spaces, asks for permission."""
    return word in _MAY | _IS_FORBIDDEN


def rules(words: Sequence[str]) -> bool:
    """Whether some words, folded and without half-spaces, forbid or allow."""
    return allowed(words) is not None or not (_FORBIDS | _ALLOWS | _DENIES).isdisjoint(words)


def allowed(words: Sequence[str]) -> bool | None:
    """Whether a clause allows or forbids; None where it does neither plainly.

    Args:
        words: of the clause, folded and without half-spaces.
    """
    if not _ONLY.isdisjoint(words):
        return None
    denies = not _DENIES.isdisjoint(words)
    if any(one in _NOTHING and other in _DENIES for one, other in pairwise(words)):
        return True
    forbids, allows = not _FORBIDS.isdisjoint(words), not _ALLOWS.isdisjoint(words)
    if forbids == allows:
        return False if denies and allows else None
    return allows and not denies if allows else (None if denies else False)


def is_yes(question: Question, *, is_allowed: bool) -> bool:
    """Whether the answer is yes: to «… ممنوعه؟» it is where the thing is not allowed."""
    words = {token.bare for token in question.tokens}
    return is_allowed if _IS_FORBIDDEN.isdisjoint(words) else not is_allowed
