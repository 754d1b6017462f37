"""The Telegram bot, wired together: connect, take updates in, answer them, stop in good order.

Telegram ─ poll / webhook ─→ inbox (on disk, then confirmed) ─ dispatcher ─→ handlers
Telegram ←─ delivery ─ sender ←─ outbox (on disk, with the mark that the update is done) ←┘
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from telegram.error import BadRequest

from bot.dialogue.conversation import Conversation
from bot.errors import PutOffError, RefusedError, SettingsError
from bot.service import logs
from bot.service.access import Access
from bot.service.broadcasting import Broadcaster
from bot.service.dispatch import Dispatcher
from bot.service.fetching import Fetcher
from bot.service.following import Follower, Indexer
from bot.service.lanes import until_one_ends
from bot.service.limits import Limits
from bot.service.metrics import Metrics
from bot.service.processes import end_all
from bot.service.sending import Sender
from bot.service.settings import FetchSettings
from bot.service.sharing import Sharing
from bot.service.tidying import DAY_SECONDS, tidy
from bot.service.watching.asking import Place
from bot.service.watching.digesting import Digester
from bot.service.watching.watcher import Watcher
from bot.service.workers import WorkerPool
from bot.settings import Settings
from bot.state.base import State
from bot.state.moves import Moves
from bot.state.opening import opened
from bot.state.postgresql.addresses import passwords
from bot.state.watches import Keeping
from bot.telegram import client as clients
from bot.telegram import server
from bot.telegram.broadcasting import Announcing
from bot.telegram.client import UPDATE_KINDS, Client
from bot.telegram.delivery import Delivery
from bot.telegram.digests import Digesting
from bot.telegram.faults import MAX_TOLD_LETTERS
from bot.telegram.handling import Handling
from bot.telegram.health import Watched
from bot.telegram.polling import REACH_BACKOFF, Pulse, poll
from bot.telegram.profile import introduce
from bot.telegram.replying import Replier
from bot.telegram.server import Webhook
from bot.telegram.settings import TelegramSettings
from bot.telegram.watches import Telling
from bot.wording.profile import ENGLISH, PERSIAN

LOG = logging.getLogger(__name__)

DRAIN_SECONDS = 7.0
"""The time that updates at hand have after SIGTERM, so that the bot ends within ten seconds."""

STATE_FILE = "telegram.sqlite"


def run(settings: Settings, fetch: FetchSettings, telegram: TelegramSettings, load: Callable[[], Conversation]) -> None:
    """Run the bot until SIGTERM or Ctrl-C.

    Args:
        settings: the corpus, the engine and the data folder.
        fetch: how the sources of the corpus are fetched.
        telegram: the settings of Telegram.
        load: reads and indexes the articles; a function that other processes can import.

    Raises:
        PasokhError: the corpus or the file of state is wrong, or Telegram refuses the bot.
    """
    telegram = telegram.with_secret(is_shared=bool(settings.state))
    token, secret = telegram.token.get_secret_value(), telegram.webhook_secret.get_secret_value()
    hidden = (token, token.partition(":")[2], secret, *passwords(settings.state))
    logs.configure(telegram.log_level, hidden, ("telegram", "aiohttp.access", "psycopg"))
    metrics = Metrics()
    try:
        workers = WorkerPool(load, telegram.processes, telegram.deadline, metrics.restarts.inc)
        for problem in workers.catalogue.problems:
            LOG.warning("left out: %s", problem)
        asyncio.run(_run(settings, fetch, telegram, workers, metrics))
    finally:
        end_all()


async def _run(
    settings: Settings, fetch: FetchSettings, telegram: TelegramSettings, workers: WorkerPool, metrics: Metrics
) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        state = opened(settings.state or str(settings.data / STATE_FILE))
        stack.push_async_callback(state.close)
        token = telegram.token.get_secret_value()
        client = clients.connect(token, telegram.api.rstrip("/"), rich=telegram.rich)
        stack.push_async_callback(client.shutdown)
        indexer = Indexer(settings.corpus, settings.engine, settings.data)
        fetcher = Fetcher(settings.corpus, fetch, LOG.warning)
        stack.callback(fetcher.stop)
        replier = _replier(telegram, metrics, (client, state, workers, indexer, fetcher))
        moves = replier.moves
        stack.callback(end_all)
        stack.callback(_follow(replier).stop)
        sender = Sender(state, Delivery(client, state, moves).send, metrics, moves)
        dispatcher = Dispatcher(state, Handling(replier).handle, sender, moves)
        sharing = Sharing(state, dispatcher, sender, replier.limits, metrics, moves=moves, topics=replier.topics)
        stack.push_async_callback(sharing.stop)
        place = Place(
            settings.corpus, settings.engine, settings.data, settings.caution, state.address, telegram.collections
        )
        watcher = Watcher(state, indexer, place, sender, Telling(replier).tell)
        replier.changed = watcher.look
        pulse = Pulse()
        secret = telegram.webhook_secret.get_secret_value()
        webhook = Webhook(telegram.webhook_url, secret, dispatcher.accept) if telegram.webhook_url else None
        if address := server.listening(telegram.listen, telegram.webhook_url):
            watched = Watched(replier, metrics, pulse if webhook is None else None)
            stack.push_async_callback((await _serve(*address, watched, webhook)).cleanup)
        lanes = (dispatcher.lanes, sender.lanes)
        tasks: list[asyncio.Future[Any]] = [asyncio.create_task(stop.wait()), *(one.refused for one in lanes)]
        fetching = partial(_poll, sharing, partial(poll, client, dispatcher.accept, pulse), pulse)
        tasks.append(asyncio.create_task(_work(replier, sharing, webhook, fetching, telegram)))
        tasks.append(asyncio.create_task(sharing.while_leading(watcher.run)))
        alone = _by_the_clock(replier, sender, telegram.retention_days * DAY_SECONDS)
        tasks += [asyncio.create_task(sharing.while_leading(one)) for one in alone]
        await until_one_ends(tasks, lanes, DRAIN_SECONDS)
    LOG.info("stopped")


def _replier(
    telegram: TelegramSettings, metrics: Metrics, own: tuple[Client, State, WorkerPool, Indexer, Fetcher]
) -> Replier:
    """What answers updates, as the settings have it, with what the bot `own`s."""
    return Replier(
        *own,
        access=Access(telegram.access, telegram.admins, telegram.allowed, telegram.code.get_secret_value()),
        limits=Limits(telegram.user_rate, telegram.total_rate),
        metrics=metrics,
        kept=Keeping(telegram.watches, telegram.retention_days),
        moves=Moves(own[1]),
        quiet=telegram.quiet,
        zone=ZoneInfo(telegram.zone),
        collections=telegram.collections,
    )


def _by_the_clock(replier: Replier, sender: Sender, retention: float) -> list[Callable[[], Awaitable[None]]]:
    """What is done by itself: messages each second or at an hour, and the deletion of what is too old."""
    announcing, digesting = Announcing(replier), Digesting(replier)
    return [
        Broadcaster(replier.state, sender, announcing.make, announcing.report).run,
        Digester(replier.state, sender, digesting.find, digesting.tell, replier.zone).run,
        partial(tidy, replier.state, replier.topics, retention),
    ]


def _follow(replier: Replier) -> Follower:
    """Let the workers follow the articles."""
    loop = asyncio.get_running_loop()

    def changed() -> None:
        asyncio.run_coroutine_threadsafe(replier.renew(), loop)

    generation = replier.workers.catalogue.stamp.generation
    return Follower(replier.indexer, generation, changed, LOG.warning)


async def _work(
    replier: Replier,
    sharing: Sharing,
    webhook: Webhook | None,
    fetch: Callable[[], Awaitable[None]],
    telegram: TelegramSettings,
) -> None:
    """Connect, take up what was left undone, and take new updates in."""
    client = replier.client
    await _persist(client.initialize, "Telegram cannot be reached")
    if webhook is not None:
        url, secret = webhook.url, webhook.secret
        await _persist(
            lambda: client.set_webhook(url, secret_token=secret, allowed_updates=list(UPDATE_KINDS)),
            "the webhook cannot be set",
        )
    else:
        await _persist(client.delete_webhook, "the webhook cannot be deleted")
    unsent, left = await sharing.start(client.id)
    LOG.info("running", extra={"bot": client.username, "left": left, "unsent": unsent})
    taking = fetch() if webhook is None else sharing.hold()
    await asyncio.gather(sharing.hold(), taking, _introduce(client, telegram))


async def _poll(sharing: Sharing, fetch: Callable[[], Awaitable[None]], pulse: Pulse) -> None:
    """Fetch updates while this replica leads. The others hear nothing of Telegram, and are well."""
    pulse.beat()
    await sharing.while_leading(fetch, pulse.beat)


async def _introduce(client: Client, telegram: TelegramSettings) -> None:
    if telegram.profile:
        names = {PERSIAN: telegram.name, ENGLISH: telegram.name_en}
        await introduce(client, names, telegram.admins, quiet=telegram.quiet)


async def _persist(attempt: Callable[[], Awaitable[object]], trouble: str) -> None:
    """Try until Telegram can be reached.

    Raises:
        RefusedError: the token is not valid, or Telegram does not take the request.
    """
    for failures in count(1):
        try:
            await attempt()
        except BadRequest as error:
            raise RefusedError(
                f"{trouble}: Telegram says «{error.message[:MAX_TOLD_LETTERS]}»; check PASOKH_TELEGRAM_…"
            ) from error
        # The other two: an answer that is JSON, but does not describe the bot.
        except (PutOffError, KeyError, TypeError) as error:
            LOG.warning("%s: %s", trouble, str(error)[:MAX_TOLD_LETTERS])
            await asyncio.sleep(REACH_BACKOFF.pause(failures, error))
        else:
            return


async def _serve(host: str, port: int, watched: Watched, webhook: Webhook | None) -> Any:
    try:
        return await server.serve(host, port, watched.health, watched.page, webhook)
    except OSError as error:
        raise SettingsError(f"PASOKH_TELEGRAM_LISTEN: {host}:{port} cannot be used ({error.strerror})") from error
