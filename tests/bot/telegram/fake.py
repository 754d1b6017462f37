"""A Bot API on loopback, modelled on the documented rules, with faults on demand.

Updates are confirmed by a higher offset; a second getUpdates ends the first with 409; entities and rich messages are
read, and refused like Telegram refuses them; limits on length, buttons and results hold; a webhook is delivered to, in
order, until it answers 2xx.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.bot.telegram.methods import METHODS, Methods
from tests.bot.telegram.profile import Params, RefusalError

TOKEN = "123456:AAtest_Token-for-loopback"


@dataclass(frozen=True)
class Fault:
    """What a request meets instead of its answer.

    Args:
        status, body: the response; a dict becomes JSON.
        hang: seconds of silence, after which the connection is dropped.
        reset: the connection is dropped at once.
        delivered: the request takes effect before its response is lost.
        charset: how a text becomes bytes.
    """

    status: int = 0
    body: Params | str = ""
    hang: float = 0.0
    reset: bool = False
    delivered: bool = False
    charset: str = "utf-8"


def flood(seconds: int) -> Fault:
    """A 429 with `retry_after`."""
    description = f"Too Many Requests: retry after {seconds}"
    return Fault(429, failure(429, description) | {"parameters": {"retry_after": seconds}})


def failure(code: int, description: str) -> Params:
    return {"ok": False, "error_code": code, "description": description}


SENDING = {"sendMessage", "sendRichMessage"}
"""The methods by which an answer comes."""

BAD_GATEWAY = Fault(502, "<html><body>502 Bad Gateway</body></html>")
NOT_JSON = Fault(200, "<html>maintenance</html>")
RESET = Fault(reset=True)
LOST = Fault(reset=True, delivered=True)


@dataclass(frozen=True)
class Call:
    """A request as it came: when (monotonic seconds), which method, with what, and the status it got."""

    at: float
    method: str
    params: Params
    status: int


@dataclass
class Fake(Methods):
    """The server: `start` opens it on loopback."""

    fault: Callable[[str, Params], Fault | None] = lambda _method, _params: None
    calls: list[Call] = field(default_factory=list)
    keep_calls: bool = True
    url: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._runner: web.AppRunner | None = None
        self._deliverer: asyncio.Task[None] | None = None

    async def start(self, port: int = 0) -> None:
        app = web.Application(client_max_size=60 << 20)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._deliverer = asyncio.create_task(self._deliver())

    async def stop(self) -> None:
        if self._deliverer:
            self._deliverer.cancel()
        if self._runner:
            await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method, params = request.match_info["method"], await _params(request)
        fault = self.fault(method, params)
        status = 0
        try:
            if fault is not None and not fault.delivered:
                status = fault.status
                return await self._fail(request, fault)
            if request.match_info["token"] != TOKEN:
                raise RefusalError(401, "Unauthorized")
            result = await self._answer(method, params)
            if fault is not None:
                return await self._fail(request, fault)
            status = 200
            return web.json_response({"ok": True, "result": result})
        except RefusalError as refused:
            status = refused.code
            told = {"parameters": refused.parameters} if refused.parameters else {}
            return web.json_response(failure(refused.code, refused.description) | told, status=refused.code)
        finally:
            if self.keep_calls:
                self.calls.append(Call(time.monotonic(), method, params, status))

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.hang:
            await asyncio.sleep(fault.hang)
        if fault.hang or fault.reset:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if isinstance(fault.body, dict):
            return web.json_response(fault.body, status=fault.status)
        return web.Response(body=fault.body.encode(fault.charset), status=fault.status, content_type="text/html")

    async def _answer(self, method: str, params: Params) -> Any:
        action = METHODS.get(method)
        if action is None:
            raise RefusalError(404, "Not Found: method not found")
        return await action(self, params)

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            return web.Response(status=401)
        return web.Response(body=self.files[request.match_info["path"].removeprefix("documents/")])

    async def _deliver(self) -> None:
        """Hand pending updates to the webhook, one after the other, each until it answers 2xx."""
        async with aiohttp.ClientSession() as session:
            while True:
                if not (self.webhook.get("url") and self.pending):
                    self._arrived.clear()
                    await self._arrived.wait()
                    continue
                update = self.pending[0]
                headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
                try:
                    async with session.post(
                        self.webhook["url"], json=update, headers=headers, timeout=aiohttp.ClientTimeout(10)
                    ) as response:
                        taken = response.status // 100 == 2
                except (aiohttp.ClientError, TimeoutError, OSError):
                    taken = False
                if taken:
                    self.pending.remove(update)
                else:
                    await asyncio.sleep(0.1)


async def _params(request: web.Request) -> Params:
    params: Params = dict(request.query)
    if request.content_type == "application/json":
        params.update(await request.json())
    elif request.method == "POST":
        for key, value in (await request.post()).items():
            params[key] = value.file.read() if isinstance(value, web.FileField) else value
    return params
