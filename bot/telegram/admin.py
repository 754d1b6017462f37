"""What administrators do in their private chats: see figures and gaps, reload the corpus, add articles."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from telegram import Message, MessageOriginChannel, MessageOriginChat, MessageOriginUser
from telegram.constants import ChatType, FileSizeLimit

from bot.errors import PutOffError, RefusedError
from bot.service.additions import NotAddedError, post, read, store
from bot.service.dispatch import Outcome
from bot.service.library import Library
from bot.state import inbox, records
from bot.telegram import gaps
from bot.telegram.delivery import typing
from bot.telegram.outgoing import say, target_of
from bot.telegram.replying import Replier
from bot.wording import texts
from bot.wording.dates import persian_digits
from retrieval import Article, PasokhError

AdminCommand = Callable[[Replier, Message], Awaitable[Outcome]]


async def stats(replier: Replier, message: Message) -> Outcome:
    """/stats: figures of users, questions, answers, feedback and waiting updates."""
    figures = await replier.state.run(lambda db: records.stats(db) | inbox.counts(db))
    figures["pending"] = max(figures["pending"] - 1, 0)  # without the message that asks for them
    shown = {name: persian_digits(figure) for name, figure in figures.items()}
    return Outcome(say(target_of(message), texts.STATS.format(**shown)))


async def reload(replier: Replier, message: Message) -> Outcome:
    """/reload: read the corpus anew."""
    target = target_of(message)
    async with replier.changing, typing(replier.client, target):
        try:
            await replier.reload()
        except PasokhError as error:
            return Outcome(say(target, texts.REFUSED.format(reason=error)))
    catalogue = await replier.workers.run_within(replier.everything, Library.catalogue)
    problems = [f"• {problem}" for problem in catalogue.problems]
    counted = texts.RELOADED.format(
        articles=persian_digits(catalogue.articles), sentences=persian_digits(catalogue.sentences)
    )
    return Outcome(say(target, "\n".join([counted, *([texts.LEFT_OUT] if problems else []), *problems])))


def administrates(replier: Replier, message: Message, user: int) -> bool:
    """Whether a message comes from an administrator, in a private chat."""
    return user in replier.access.admins and message.chat.type == ChatType.PRIVATE


def brings_article(replier: Replier, message: Message, user: int) -> bool:
    """Whether an administrator sends an article: a file, or a forwarded post."""
    sends = message.document is not None or message.forward_origin is not None
    return sends and administrates(replier, message, user)


async def add_article(replier: Replier, message: Message) -> Outcome:
    """Store the article that an administrator sends, index it, and tell what became of it."""
    target = target_of(message)
    async with replier.changing, typing(replier.client, target):
        try:
            name, content = await _article(replier, message)
            articles = await asyncio.to_thread(read, name, content)
            ids = [article.id for article in articles]
            sizes = await replier.workers.run_within(replier.everything, Library.sizes, ids)
            taken = {one for one, size in zip(ids, sizes, strict=True) if size}
            await asyncio.to_thread(store, replier.indexer.corpus, taken, name, content)
            await replier.reload()
        except (PutOffError, RefusedError):
            raise  # Telegram has failed, not the article; the update is handled again
        except PasokhError as error:
            return Outcome(say(target, texts.REFUSED.format(reason=error)))
    sizes = await replier.workers.run_within(replier.everything, Library.sizes, ids)
    return Outcome(say(target, "\n".join(map(_confirmation, articles, sizes))))


async def _article(replier: Replier, message: Message) -> tuple[str, bytes]:
    """The name and content of the file to store.

    Raises:
        NotAddedError: the message has no article, or one that is too big.
        PasokhError: Telegram does not give the file; see `faults.translated`.
    """
    if message.document is not None:
        if (message.document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
            raise NotAddedError(texts.TOO_BIG)
        return message.document.file_name or "article", await replier.client.download(message.document.file_id)
    text, origin = message.text or message.caption or "", message.forward_origin
    if not text.strip() or origin is None:
        raise NotAddedError(texts.NO_WORDS)
    source, author, url, name = "", "", "", f"telegram-{message.chat.id}-{message.message_id}"
    if isinstance(origin, MessageOriginChannel):
        source, author = origin.chat.title or "", origin.author_signature or ""
        url = f"https://t.me/{origin.chat.username}/{origin.message_id}" if origin.chat.username else ""
        name = f"telegram{origin.chat.id}-{origin.message_id}"
    elif isinstance(origin, MessageOriginChat):
        source, author = origin.sender_chat.title or "", origin.author_signature or ""
    elif isinstance(origin, MessageOriginUser):
        author = origin.sender_user.full_name
    return post(text, origin.date, source=source, author=author, url=url, name=name)


def _confirmation(article: Article, sentences: int) -> str:
    return texts.ADDED.format(title=" ".join(article.heading.split()), sentences=persian_digits(sentences))


COMMANDS: dict[str, AdminCommand] = {"stats": stats, "gaps": gaps.listed, "reload": reload}
