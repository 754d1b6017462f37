"""A real web server on loopback, whose pages a test sets."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from aiohttp import web

Give = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """Pages by path, and what was asked of them.

    Attributes:
        pages: what gives the reply of a path.
        asked: the requests, in order: path, headers and the moment (seconds of a steady clock).
        host: where it is, as `127.0.0.1:PORT`.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Give] = {}
        self.asked: list[tuple[str, dict[str, str], float]] = []
        self.host = ""

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, without `robots.txt`."""
        return [path for path, _, __ in self.asked if path != "/robots.txt"]

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://{self.host}{path}"

    def put(
        self, path: str, body: str | bytes = "", *, status: int = 200, kind: str = "text/html", **headers: str
    ) -> None:
        """Give this at a path; in the names of headers `_` stands for `-`."""
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()} | {"Content-Type": kind}

        async def give(request: web.Request) -> web.StreamResponse:
            if named.get("ETag") and request.headers.get("If-None-Match") == named["ETag"]:
                return web.Response(status=304)
            if named.get("Last-Modified") and request.headers.get("If-Modified-Since") == named["Last-Modified"]:
                return web.Response(status=304)
            return web.Response(status=status, body=content, headers=named)

        self.pages[path] = give

    async def _give(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, dict(request.headers), asyncio.get_running_loop().time()))
        page = self.pages.get(request.path)
        return await page(request) if page else web.Response(status=404)


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Site]:
    """A site that is served while the body of the `with` statement runs."""
    site, ready, over = Site(), threading.Event(), threading.Event()

    async def serve() -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", site._give)
        runner = web.AppRunner(app, shutdown_timeout=0.1)  # 0 waits for ever for a page that hangs
        await runner.setup()
        await web.TCPSite(runner, host, 0).start()
        site.host = f"127.0.0.1:{runner.addresses[0][1]}"
        ready.set()
        await asyncio.to_thread(over.wait)
        await runner.cleanup()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield site
    finally:
        over.set()
        thread.join(10)
