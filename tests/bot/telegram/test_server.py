"""The webhook and the health check over HTTP, and what does not belong there."""

from __future__ import annotations

import asyncio
import io
import json

import aiohttp
import pytest

from bot.telegram.server import MAX_BODY_BYTES, SECRET_HEADER
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import Bot, ask, free_port, message, until

SOUVENIR = "سوغات لار چیست؟"
SECRET = {SECRET_HEADER: "s3cret"}


@pytest.fixture
async def hook(start: Start) -> tuple[str, Bot]:
    """A bot with a webhook, and its address."""
    base = f"http://127.0.0.1:{free_port()}"
    return base, await start(telegram_webhook_url=f"{base}/hook", telegram_webhook_secret="s3cret")


async def test_telegram_delivers_and_health_is_told(fake: Fake, hook: tuple[str, Bot]) -> None:
    base, bot = hook
    assert (fake.webhook["url"], fake.webhook["secret_token"]) == (f"{base}/hook", "s3cret")
    ask(fake, SOUVENIR)
    await until(lambda: len(fake.sent) == 1 and not fake.pending)
    async with aiohttp.ClientSession() as session, session.get(f"{base}/health") as response:
        assert response.status == 200
        assert (await response.json())["status"] == "ok"
    assert (await bot.terminate())[0] == 0


async def test_what_is_not_telegrams_is_refused_before_it_is_read(fake: Fake, hook: tuple[str, Bot]) -> None:
    base, bot = hook
    update = json.dumps({"update_id": 1, "message": message(fake, SOUVENIR)}).encode()
    async with aiohttp.ClientSession() as session:

        async def post(body: object, headers: dict[str, str]) -> int:
            async with session.post(f"{base}/hook", data=body, headers=headers) as response:
                return response.status

        assert await post(update, {}) == 403
        assert await post(update, {SECRET_HEADER: "wrong"}) == 403
        assert await post(update, {SECRET_HEADER: "é"}) == 403
        assert await _status_of_raw_secret(base, b"\xff\xfe") == 403
        assert await post(io.BytesIO(b"x" * (MAX_BODY_BYTES + 1)), SECRET) == 413
        assert await post(_chunks(), SECRET) == 413
        assert fake.sent == []
        assert await post(b"{not json", SECRET) == 200
        assert await post(b"[1, 2]", SECRET) == 200
        assert await post(update, SECRET) == await post(update, SECRET) == 200
        async with session.get(f"{base}/other") as response:
            assert response.status == 404
    await until(lambda: len(fake.sent) == 1 and bot.log.count('"update parked"') == 2)


async def test_a_body_of_120_megabytes_leaves_memory_flat(hook: tuple[str, Bot]) -> None:
    base, bot = hook
    before = bot.own_memory
    host, _, port = base.removeprefix("http://").partition(":")
    for secret in ("wrong", "s3cret"):
        reader, writer = await asyncio.open_connection(host, int(port))
        head = f"POST /hook HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {secret}\r\nContent-Length: {120 << 20}\r\n\r\n"
        writer.write(head.encode())
        try:
            for _ in range(120):
                writer.write(b"x" * (1 << 20))
                await asyncio.wait_for(writer.drain(), 2)
        except (OSError, TimeoutError):
            pass  # it has stopped reading, or hung up
        status = await asyncio.wait_for(reader.readline(), 10)
        assert status.split()[1] == (b"403" if secret == "wrong" else b"413")
        writer.close()
    assert bot.own_memory - before < 16 << 20


async def test_polling_has_a_health_check_too(fake: Fake, start: Start) -> None:
    port = free_port()
    await start(telegram_listen=f"127.0.0.1:{port}")
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/health") as response:
        report = await response.json()
        assert (response.status, report["pending"]) == (200, 0)
        assert report["silence"] < 60
    async with aiohttp.ClientSession() as session, session.post(f"http://127.0.0.1:{port}/hook") as response:
        assert response.status == 404
    assert fake.webhook == {}


async def _status_of_raw_secret(base: str, secret: bytes) -> int:
    host, _, port = base.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n%b: " % SECRET_HEADER.encode())
    writer.write(secret + b"\r\n\r\n{}")
    status = await reader.readline()
    writer.close()
    return int(status.split()[1])


async def _chunks() -> object:
    for _ in range(40):
        yield b"x" * (1 << 15)
    yield b"x" * MAX_BODY_BYTES
