"""What administrators may do in their private chats: figures, gaps, reloading, adding articles."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator

from telegram import Message, MessageOriginChannel, MessageOriginChat, MessageOriginUser
from telegram.constants import ChatType, FileSizeLimit

from bot import texts
from bot.dates import persian_digits
from bot.errors import PutOffError, RefusedError
from bot.service.additions import NotAddedError, post, read, store
from bot.service.library import Library
from bot.state import inbox, records
from bot.state.records import Gap
from bot.telegram.delivery import target_of, typing
from bot.telegram.replying import Service
from retrieval import Article, PasokhError, bare

GROUPS_SHOWN = 20

AdminCommand = Callable[[Service, Message], Awaitable[None]]


async def stats(service: Service, message: Message) -> None:
    """/stats: what was asked, how it ended, what waits."""
    figures = await service.database.run(lambda db: records.stats(db) | inbox.counts(db))
    shown = {name: persian_digits(figure) for name, figure in figures.items()}
    await service.say(target_of(message), texts.STATS.format(**shown))


async def gaps(service: Service, message: Message) -> None:
    """/gaps: what the articles did not answer, grouped, and as a file of questions to judge."""
    found = group(await service.database.run(records.gaps))
    if not found:
        await service.say(target_of(message), texts.NO_GAPS)
        return
    lines = [texts.GAPS.format(groups=persian_digits(len(found)))]
    for members in found[:GROUPS_SHOWN]:
        reasons = dict.fromkeys(texts.GAP_REASONS[gap.reason] for gap in members)
        lines.append(f"• {members[0].text} ({persian_digits(len(members))} بار؛ {'، '.join(reasons)})")
    await service.say(target_of(message), "\n".join(lines))
    await service.client.send_document(message.chat.id, question_lines(found).encode(), filename="gaps.jsonl")


async def reload(service: Service, message: Message) -> None:
    """/reload: read the corpus anew."""
    target = target_of(message)
    async with service.changing, typing(service.client, target):
        try:
            await service.reload()
        except PasokhError as error:
            await service.say(target, texts.REFUSED.format(reason=error))
            return
    catalogue = service.answering.catalogue
    problems = [f"• {problem}" for problem in catalogue.problems]
    counted = texts.RELOADED.format(
        articles=persian_digits(catalogue.articles), sentences=persian_digits(catalogue.sentences)
    )
    await service.say(target, "\n".join([counted, *([texts.LEFT_OUT] if problems else []), *problems]))


def brings_article(message: Message, service: Service) -> bool:
    """Whether an administrator sends an article in a private chat: a file, or a forwarded post."""
    sender = message.from_user.id if message.from_user else 0
    allowed = sender in service.settings.admins and message.chat.type == ChatType.PRIVATE
    return allowed and (message.document is not None or message.forward_origin is not None)


async def add_article(service: Service, message: Message) -> None:
    """Store what an administrator sends, index it, and say what became of it."""
    target = target_of(message)
    async with service.changing, typing(service.client, target):
        try:
            name, content = await _article(service, message)
            articles = await asyncio.to_thread(read, name, content)
            taken = await service.answering.run(Library.sizes, [article.id for article in articles])
            ids = {article.id for article, size in zip(articles, taken, strict=True) if size}
            await asyncio.to_thread(store, service.indexer.corpus, ids, name, content)
            await service.reload()
        except (PutOffError, RefusedError):
            raise  # it is Telegram that failed; the article is taken when it comes once more
        except PasokhError as error:
            await service.say(target, texts.REFUSED.format(reason=error))
            return
    sizes = await service.answering.run(Library.sizes, [article.id for article in articles])
    await service.say(target, "\n".join(map(_confirmation, articles, sizes)))


def group(found: list[Gap]) -> list[list[Gap]]:
    """Gaps whose questions have the same words, the most frequent first."""
    groups: dict[frozenset[str], list[Gap]] = {}
    for gap in found:
        words = "".join(letter if letter.isalnum() else " " for letter in bare(gap.text)).split()
        groups.setdefault(frozenset(words), []).append(gap)
    return sorted(groups.values(), key=len, reverse=True)


def question_lines(found: list[list[Gap]]) -> str:
    """Gaps as judged questions are written, a JSON object a line; whoever judges them fills `must` and `must_not`."""
    rows: Iterator[dict[str, object]] = (
        {
            "id": f"g{number:02}",
            "kind": f"gap/{members[-1].reason}",
            "question": members[0].text,
            "after": members[0].after or None,
            "status": "not_found" if members[-1].reason == "not_found" else "answered",
            "must": [],
            "must_not": [],
            "asked": len(members),
        }
        for number, members in enumerate(found, start=1)
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


async def _article(service: Service, message: Message) -> tuple[str, bytes]:
    """The name and content of the file to store."""
    if message.document is not None:
        if (message.document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
            raise NotAddedError(texts.TOO_BIG)
        return message.document.file_name or "article", await service.client.download(message.document.file_id)
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


COMMANDS: dict[str, AdminCommand] = {"stats": stats, "gaps": gaps, "reload": reload}
