"""One request, within limits of time, size and place, and what comes of it."""

from __future__ import annotations

import importlib.metadata
from types import TracebackType
from typing import NamedTuple, Self

import aiohttp

from retrieval.corpus.fetching.addresses import public_socket
from retrieval.corpus.fetching.sources import address_in

PRODUCT = "Pasokh"
"""What servers know the project by, in their logs and in `robots.txt`."""

MAX_SECONDS, MAX_CONNECT_SECONDS = 30.0, 10.0
"""A whole request, and the time until a connection stands."""
MAX_BYTES = 10_000_000
"""Of a reply's content, unpacked."""
MAX_CONNECTIONS = 8
DNS_SECONDS = 10
"""What a name led to is remembered so long."""
_CHUNK_BYTES = 1 << 16

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LASTING = frozenset((404, 410, 451))
"""Statuses that a later request will hardly change."""
_ACCEPTED = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"


class WebError(Exception):
    """Something cannot be fetched.

    Args:
        reason: why.
        is_lasting: whether it will hardly be otherwise soon.
        status: the server's; 0 where it gave none.
    """

    def __init__(self, reason: str, *, is_lasting: bool = False, status: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.is_lasting, self.status = reason, is_lasting, status


class Validators(NamedTuple):
    """What a server said of the version that it gave: asked with them, it need not give it again.

    Args:
        etag, modified: its `ETag` and `Last-Modified`; "" where it said none.
    """

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Of a request for a newer version."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}


NOTHING_KNOWN = Validators()


class Reply(NamedTuple):
    """What a server gave.

    Args:
        url: the address that gave it, after redirects.
        content: its bytes, unpacked.
        kind, charset: of its `Content-Type`; "" where that is not told.
        validators: of this version.
    """

    url: str
    content: bytes
    kind: str
    charset: str
    validators: Validators


class Elsewhere(NamedTuple):
    """The address that a server sends us to."""

    url: str


class Web:
    """A client of the web, within `async with`.

    Args:
        contact: see `Sources`.
        allows_private: whether addresses that are not public may be connected to.
    """

    def __init__(self, contact: str = "", *, allows_private: bool = False) -> None:
        version = importlib.metadata.version("pasokh")
        self._agent = f"{PRODUCT}/{version}" + (f" (+{contact})" if contact else "")
        self._factory = None if allows_private else public_socket

    async def __aenter__(self) -> Self:
        timeout = aiohttp.ClientTimeout(total=MAX_SECONDS, sock_connect=MAX_CONNECT_SECONDS)
        headers = {"User-Agent": self._agent, "Accept": _ACCEPTED, "Accept-Language": "fa,en;q=0.5"}
        connector = aiohttp.TCPConnector(limit=MAX_CONNECTIONS, ttl_dns_cache=DNS_SECONDS, socket_factory=self._factory)
        # No proxy is taken from the environment: it would connect to addresses that are refused here.
        self._session = aiohttp.ClientSession(connector=connector, timeout=timeout, headers=headers)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def ask(self, url: str, known: Validators) -> Reply | Elsewhere | None:
        """One request; no redirect is followed.

        Args:
            url: of the web.
            known: of the version that is there already.

        Returns:
            None where that version is still the newest.

        Raises:
            WebError: it cannot be fetched.
        """
        try:
            async with self._session.get(url, allow_redirects=False, headers=known.headers) as response:
                return await _read(url, response)
        except TimeoutError:
            raise WebError(f"it does not answer within {MAX_SECONDS:.0f} seconds") from None
        except aiohttp.ClientConnectorError as error:
            is_refused = isinstance(error.os_error, PermissionError)
            raise WebError(error.os_error.strerror or str(error.os_error), is_lasting=is_refused) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise WebError(f"{type(error).__name__}: {error}"[:200]) from error


async def _read(url: str, response: aiohttp.ClientResponse) -> Reply | Elsewhere | None:
    """See `Web.ask`."""
    status, headers = response.status, response.headers
    if status == 304:
        return None
    if status in _REDIRECTS and (there := headers.get("Location")):
        return _elsewhere(url, there)
    if status != 200:
        raise WebError(f"HTTP {status}", is_lasting=status in _LASTING, status=status)
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
        content += chunk
        if len(content) > MAX_BYTES:
            raise WebError(f"it has more than {MAX_BYTES // 1_000_000} MB", is_lasting=True)
    kind = response.content_type if "Content-Type" in headers else ""
    validators = Validators(headers.get("ETag", ""), headers.get("Last-Modified", ""))
    return Reply(url, bytes(content), kind, response.charset or "", validators)


def _elsewhere(url: str, location: str) -> Elsewhere:
    """Where a server sends us to.

    Raises:
        WebError: that is not of the web.
    """
    if address := address_in(url, location):
        return Elsewhere(address)
    raise WebError(f"it redirects to {location[:200]}, which is not of the web", is_lasting=True)
