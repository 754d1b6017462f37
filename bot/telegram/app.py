"""The Telegram bot, wired: connect, take updates in, answer them, stop in good order.

Telegram ─ poll / webhook ─→ inbox (on disk, then confirmed) ─ dispatcher ─→ handlers ─→ answers
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import BadRequest, Forbidden
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.dialogue.conversation import Conversation
from bot.errors import PutOffError, RefusedError, SettingsError
from bot.service import logs
from bot.service.dispatch import Dispatcher
from bot.service.following import Follower, Indexer
from bot.service.workers import Answering, end_all
from bot.settings import Settings
from bot.state import inbox, records
from bot.state.inbox import Entry
from bot.state.sqlite import Database
from bot.telegram import client as clients
from bot.telegram import server
from bot.telegram.buttons import Buttons
from bot.telegram.client import UPDATES
from bot.telegram.handlers import Handlers
from bot.telegram.polling import REACH_BACKOFF, Pulse, poll
from bot.telegram.replying import Service
from bot.telegram.settings import TelegramSettings
from bot.telegram.updates import UNREADABLE, UnreadableUpdateError

LOG = logging.getLogger(__name__)

DRAIN = 7.0
"""Seconds that updates at hand may take after SIGTERM, so that all is over within ten."""

SILENCE = 60.0
"""Seconds without a successful poll after which the health check turns red."""

DAY = 86_400.0
FILE = "telegram.sqlite"


def run(settings: Settings, telegram: TelegramSettings, load: Callable[[], Conversation]) -> None:
    """Run the bot until SIGTERM or Ctrl-C.

    Args:
        settings: the articles, the engine and the data folder.
        telegram: what concerns Telegram.
        load: reads and indexes the articles; a function that other processes can import.

    Raises:
        PasokhError: the corpus or the file of state is wrong, or Telegram refuses the bot.
    """
    secret = telegram.webhook_secret.get_secret_value() or secrets.token_urlsafe(32)
    logs.configure(telegram.log_level, telegram.token.get_secret_value(), secret)
    try:
        answering = Answering(load, telegram.processes)
        for problem in answering.catalogue.problems:
            LOG.warning("left out: %s", problem)
        asyncio.run(_run(settings, telegram, secret, answering))
    finally:
        end_all()


async def _run(settings: Settings, telegram: TelegramSettings, secret: str, answering: Answering) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        database = Database(settings.data / FILE)
        stack.push_async_callback(database.close)
        client = clients.connect(telegram.token.get_secret_value(), telegram.api.rstrip("/"))
        stack.push_async_callback(client.shutdown)
        indexer = Indexer(settings.corpus, settings.engine, settings.data)
        service = Service(telegram, client, database, indexer, answering)
        stack.callback(end_all)
        stack.callback(_follow(service).stop)
        application = _application(service)
        dispatcher = Dispatcher(database, lambda entry, update: _handle(application, service, entry, update))
        pulse = Pulse()
        address = server.listening(telegram.listen, telegram.webhook_url)
        webhook = _webhook(telegram.webhook_url, secret, dispatcher)
        if address is not None:
            runner = await _serve(*address, lambda: _health(database, pulse, polls=webhook is None), webhook)
            stack.push_async_callback(runner.cleanup)
        tasks: list[asyncio.Future[Any]] = [asyncio.create_task(stop.wait()), asyncio.ensure_future(dispatcher.refused)]
        tasks.append(asyncio.create_task(_work(application, service, dispatcher, pulse, secret)))
        tasks.append(asyncio.create_task(_tidy(service, telegram.retention_days * DAY)))
        done, rest = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        LOG.info("stopping")
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        await dispatcher.drain(DRAIN)
        for task in done:
            task.result()
    LOG.info("stopped")


def _follow(service: Service) -> Follower:
    """Let the processes that answer follow the articles."""
    loop = asyncio.get_running_loop()

    def changed() -> None:
        asyncio.run_coroutine_threadsafe(service.renew(), loop)

    return Follower(service.indexer, changed, LOG.warning)


async def _work(
    application: Application[Any, Any, Any, Any, Any, Any],
    service: Service,
    dispatcher: Dispatcher,
    pulse: Pulse,
    secret: str,
) -> None:
    """Connect, take up what was left undone, and take updates in."""
    client, webhook_url = service.client, service.settings.webhook_url
    await _persist(application.initialize, "Telegram cannot be reached")
    if webhook_url:
        await _persist(
            lambda: client.set_webhook(webhook_url, secret_token=secret, allowed_updates=list(UPDATES)),
            "the webhook cannot be set",
        )
    else:
        await _persist(client.delete_webhook, "the webhook cannot be deleted")
    pulse.beat()
    service.blocked = await service.database.run(records.blocked)
    left = await service.database.run(inbox.waiting)
    LOG.info("running", extra={"bot": client.username, "left": len(left)})
    dispatcher.enqueue(left)
    if webhook_url:
        await asyncio.Event().wait()
    await poll(client, dispatcher.accept, pulse)


async def _persist(attempt: Callable[[], Awaitable[object]], trouble: str) -> None:
    """Try until Telegram can be reached.

    Raises:
        RefusedError: the token is not valid, or Telegram does not take what is asked of it.
    """
    for failures in count(1):
        try:
            await attempt()
        except BadRequest as error:
            raise RefusedError(f"{trouble}: Telegram says «{error.message[:200]}»; check PASOKH_TELEGRAM_…") from error
        # An answer may be well-formed and yet not describe the bot.
        except (PutOffError, KeyError, TypeError) as error:
            LOG.warning("%s: %s", trouble, str(error)[:200])
            await asyncio.sleep(REACH_BACKOFF.pause(failures, error))
        else:
            return


async def _handle(
    application: Application[Any, Any, Any, Any, Any, Any], service: Service, entry: Entry, raw: Any
) -> None:
    """Answer one update; a user who has blocked the bot is remembered, and what they wrote before is skipped."""
    if isinstance(raw, dict) and UNREADABLE in raw:
        raise UnreadableUpdateError
    update = Update.de_json(raw, service.client)
    message, chat = update.effective_message, entry.chat
    if all(getattr(update, kind) is None for kind in UPDATES):
        LOG.info("update ignored: of no known kind", extra={"update": entry.key})
    if message is not None and message.date.timestamp() <= service.blocked.get(chat, 0.0):
        LOG.info("update skipped: the user has blocked the bot", extra={"update": entry.key})
        return
    try:
        await application.process_update(update)
    except Forbidden:
        LOG.info("the chat does not take messages of the bot any more", extra={"update": entry.key})
        await service.set_blocked(chat, time.time())


class _Application(Application[Any, Any, Any, Any, Any, Any]):
    """Lets the dispatcher see what a handler raised, for it decides whether to try again."""

    async def process_error(self, update: object, error: Exception, *_: Any, **__: Any) -> bool:  # noqa: ARG002
        """See `Application.process_error`."""
        raise error


def _application(service: Service) -> Application[Any, Any, Any, Any, Any, Any]:
    application = Application.builder().application_class(_Application).bot(service.client).updater(None).build()
    handlers, buttons = Handlers(service), Buttons(service)
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, handlers.message))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, handlers.edited))
    application.add_handler(CallbackQueryHandler(buttons.pressed))
    application.add_handler(InlineQueryHandler(handlers.inline))
    application.add_handler(ChatMemberHandler(handlers.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    return application


async def _serve(host: str, port: int, health: server.Health, webhook: server.Webhook | None) -> Any:
    try:
        return await server.serve(host, port, health, webhook)
    except OSError as error:
        raise SettingsError(f"PASOKH_TELEGRAM_LISTEN: {host}:{port} cannot be used ({error.strerror})") from error


async def _health(database: Database, pulse: Pulse, *, polls: bool) -> tuple[bool, dict[str, object]]:
    try:
        counted: dict[str, object] = dict(await database.run(inbox.counts))
    except sqlite3.Error as error:
        return False, {"status": "the file of state cannot be used", "reason": str(error)}
    well = not polls or pulse.silence < SILENCE
    report: dict[str, object] = {"status": "ok" if well else "Telegram is not heard"}
    return well, report | counted | ({"silence": round(pulse.silence, 1)} if polls else {})


async def _tidy(service: Service, retention: float) -> None:
    """Delete what is too old, now and every day."""
    while True:
        try:
            await service.database.run(lambda db: inbox.purge(db, retention))
            await service.database.run(lambda db: records.purge(db, retention))
            service.topics.clear()
        except sqlite3.Error as error:
            LOG.warning("old data not deleted: %s", error)
        await asyncio.sleep(DAY)


def _webhook(url: str, secret: str, dispatcher: Dispatcher) -> server.Webhook | None:
    return server.Webhook(urlsplit(url).path or "/", secret, dispatcher.accept) if url else None
