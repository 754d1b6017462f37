"""The HTTP server: Telegram's webhook, and the health check and the figures for whoever watches the bot."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.errors import StateError
from bot.service.metrics import CONTENT_TYPE
from bot.state.inbox import Arrival
from bot.telegram.updates import arrival, unreadable

LOG = logging.getLogger(__name__)

MAX_BODY_BYTES = 1 << 20
"""Of a request; Telegram's updates stay far below."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name
HEALTH, METRICS = "/health", "/metrics"

Health = Callable[[], Awaitable[tuple[bool, dict[str, object]]]]
"""Tells whether the bot is well, and the figures that `/health` shows."""

Page = Callable[[], Awaitable[bytes]]
"""Makes what `/metrics` shows.

Raises:
    StateError: the file of state cannot be read.
"""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram delivers updates.

    Args:
        url: the address that Telegram was told.
        secret: what Telegram sends along with every update.
        accept: writes updates to the inbox; it returns once they are on disk.
    """

    url: str
    secret: str
    accept: Callable[[Sequence[Arrival]], Awaitable[None]]

    @property
    def path(self) -> str:
        """The path of the address."""
        return urlsplit(self.url).path or "/"


async def serve(host: str, port: int, health: Health, page: Page, webhook: Webhook | None) -> web.AppRunner:
    """Start serving. The caller cleans the runner up.

    Args:
        host: the address to listen at.
        port: its port.
        health: what `/health` tells.
        page: what `/metrics` shows.
        webhook: where Telegram delivers; None where the bot polls.

    Raises:
        OSError: the address is taken or not allowed.
    """
    app = web.Application(client_max_size=MAX_BODY_BYTES)

    async def check(_: web.Request) -> web.Response:
        well, report = await health()
        return web.json_response(report, status=200 if well else 503)

    async def measure(_: web.Request) -> web.Response:
        try:
            return web.Response(body=await page(), headers={"Content-Type": CONTENT_TYPE})
        except StateError:
            return web.Response(status=503)

    app.router.add_get(HEALTH, check)
    app.router.add_get(METRICS, measure)
    if webhook is not None:
        hook = webhook

        async def receive(request: web.Request) -> web.Response:
            return await _receive(request, hook)

        app.router.add_post(hook.path, receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner


async def _receive(request: web.Request, webhook: Webhook) -> web.Response:
    """Take one update in. A status of 200 tells Telegram not to send it again."""
    # The secret and the length are judged before the body is read.
    if not hmac.compare_digest(
        request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape"), webhook.secret.encode()
    ):
        return _refuse(request, 403, "wrong secret")
    if request.content_length is not None and request.content_length > MAX_BODY_BYTES:
        return _refuse(request, 413, "body too large")
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        return _refuse(request, 413, "body too large")
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        # If it were refused, Telegram would send it again and again; the inbox keeps it for whoever looks.
        update = unreadable(body)
    try:
        await webhook.accept([arrival(update)])
    except StateError as error:
        LOG.error("update refused: the inbox cannot be written (%s)", error)
        return web.Response(status=503)
    return web.Response()


def _refuse(request: web.Request, status: int, reason: str) -> web.Response:
    LOG.warning("webhook request refused", extra={"reason": reason, "remote": request.remote})
    response = web.Response(status=status)
    # The rest of the body is not waited for.
    response.force_close()
    return response


def listening(setting: str, webhook_url: str) -> tuple[str, int] | None:
    """The host and the port to listen at.

    Args:
        setting: HOST:PORT; "" for loopback, and there the port of the webhook's address, else 8080.
        webhook_url: the webhook's address; "" where the bot polls.

    Returns:
        The host and the port; None where there is neither a setting nor a webhook.
    """
    if setting:
        host, _, port = setting.rpartition(":")
        return host.strip("[]") or "127.0.0.1", int(port)
    return ("127.0.0.1", urlsplit(webhook_url).port or 8080) if webhook_url else None
