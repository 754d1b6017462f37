"""Replicas of a bot that share a database: started, killed, and delivered to by a balancer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.wording import texts
from tests.bot.postgresql import Server
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import Bot, free_port, until
from tests.conftest import data_folder

SECRET = "s3cret"

PLACES = dict(
    pair.split(":")
    for pair in (
        "انار:ساوه زعفران:قائنات پسته:رفسنجان خرما:بم چای:لاهیجان گلاب:قمصر فرش:کاشان خاتم:شیراز کلوچه:فومن برنج:رشت"
        " سوهان:قم گز:اصفهان نبات:مشهد باقلوا:یزد کشمش:ملایر گردو:تویسرکان انجیر:استهبان پرتقال:جهرم عسل:سبلان"
        " لیمو:میناب هندوانه:دزفول خربزه:گرگاب سیب:دماوند آلبالو:شهمیرزاد گیلاس:لواسان"
    ).split()
)
"""What is famous, and where: each question has an answer of its own, so that what a chat is told shows its order."""


def articles(folder: Path) -> Path:
    """A corpus that answers `question` of each of `PLACES`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (thing, place) in enumerate(PLACES.items()):
        (folder / f"{number:02}.txt").write_text(f"{thing} {place} نامدار است.", "utf-8")
    return folder


def question(thing: str) -> str:
    return f"{thing} کجا نامدار است؟"


def told(fake: Fake, chat: int) -> list[int]:
    """The numbers of the questions that a chat was given answers to, in the order of the answers."""
    own = [str(sent["plain"]) for sent in fake.sent if int(sent["chat_id"]) == chat]
    assert not any(texts.UNANSWERED in text for text in own)
    facts = [f"{thing} {place} نامدار" for thing, place in PLACES.items()]
    return [number for text in own for number, fact in enumerate(facts) if fact in text]


class Replica(Bot):
    """One of them, at a port of its own."""

    def __init__(self, fake: Fake, data: Path, server: Server, **settings: str) -> None:
        self.port = free_port()
        super().__init__(fake, data, state=server.address, telegram_listen=f"127.0.0.1:{self.port}", **settings)

    async def begin(self) -> None:
        await self.start()
        before = self.log.count('"running"')
        await until(lambda: self.process.returncode is not None or self.log.count('"running"') > before)

    async def report(self) -> dict[str, Any]:
        """What `/health` tells; {} where nobody answers."""
        try:
            async with aiohttp.ClientSession() as session, session.get(f"{self.url}/health") as response:
                found: dict[str, Any] = await response.json()
                return found
        except aiohttp.ClientError:
            return {}

    async def figure(self, name: str) -> float:
        """A figure of `/metrics`."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/metrics") as response:
            lines = (await response.text()).splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Balancer:
    """Hands each request to one of the replicas, by chance, and to another one where that is not there."""

    def __init__(self) -> None:
        self.replicas: Sequence[Replica] = ()
        self.url = ""

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/hook", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        self._session = aiohttp.ClientSession()

    async def stop(self) -> None:
        await self._session.close()
        await self._runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        for replica in random.sample(self.replicas, len(self.replicas)):
            try:
                async with self._session.post(
                    f"{replica.url}/hook",
                    data=body,
                    headers={
                        name: value
                        for name, value in request.headers.items()
                        if name.startswith(("X-", "Content-Type"))
                    },
                    timeout=aiohttp.ClientTimeout(8),
                ) as response:
                    return web.Response(status=response.status)
            except (aiohttp.ClientError, TimeoutError, OSError):
                continue
        return web.Response(status=502)


def replica_folder(parent: Path, number: int, tables: Path) -> Path:
    return data_folder(parent / f"replica-{number}", tables)
