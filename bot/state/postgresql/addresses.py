"""What is known of an address of PostgreSQL without connecting to it."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from bot.errors import StateError
from bot.settings import DATABASES


def is_address(text: str) -> bool:
    """Whether a text is the address of a database of PostgreSQL, and not the path of a file."""
    return text.startswith(DATABASES)


def require_library() -> None:
    """See that the other modules of this folder can be imported.

    Raises:
        StateError: psycopg is not there, or does not find the library of PostgreSQL.
    """
    try:
        import psycopg  # noqa: F401, PLC0415  # optional
    except ImportError as error:
        raise StateError("PASOKH_STATE: psycopg is not installed; run: pip install 'pasokh[postgresql]'") from error


def passwords(address: str) -> tuple[str, ...]:
    """What no log line may show of an address: its password, as it is and as it is written."""
    try:
        parts = urlsplit(address)
        given = [parts.password or "", *parse_qs(parts.query).get("password", [])]
    except ValueError:
        given = [address]
    return tuple(dict.fromkeys(form for one in given if one for form in (one, unquote(one))))


def shown(address: str) -> str:
    """An address without its password and its options."""
    try:
        parts = urlsplit(address)
        user, host = unquote(parts.username or ""), parts.netloc.rpartition("@")[2]
    except ValueError:
        return "PASOKH_STATE"
    return f"postgresql://{user}{'@' if user else ''}{host}{parts.path}"
