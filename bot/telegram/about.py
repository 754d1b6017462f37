"""/about: what the bot answers from, and what of it is wrong."""

from __future__ import annotations

import importlib.metadata

from telegram import Message

from bot.service.dispatch import Outcome
from bot.service.library import Library
from bot.telegram.incoming import Command
from bot.telegram.outgoing import say, target_of
from bot.telegram.replying import Replies
from bot.wording import texts
from bot.wording.dates import jalali, moment, persian_digits


async def about(handlers: Replies, message: Message, _: Command, user: int) -> Outcome:
    """/about: tell the size of the corpus, when it last changed, what was not fetched, and the bot's version."""
    catalogue = await handlers.replier.consult(target_of(message), Library.catalogue)
    text = texts.ABOUT.format(
        version=importlib.metadata.version("pasokh"),
        articles=persian_digits(catalogue.articles),
        sentences=persian_digits(catalogue.sentences),
        newest=jalali(catalogue.newest) if catalogue.newest else texts.NOT_DATED,
        updated=moment(catalogue.updated),
    )
    # Which sources there are may tell of closed articles.
    is_told = not handlers.replier.collections or user in handlers.replier.access.admins
    if is_told and (failed := handlers.replier.fetcher.failed):
        text += texts.NOT_FETCHED.format(sources="\n".join(f"• {source}" for source in failed))
    return Outcome(say(target_of(message), text))
