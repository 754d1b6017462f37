"""What Telegram shows of the bot: its commands, name and descriptions, in Persian and in English.

English is for users whose Telegram speaks it, Persian for all others. What stands there already is not written again,
for Telegram lets names be changed only a few times a day.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.telegram.client import Client
from bot.telegram.faults import MAX_TOLD_LETTERS
from bot.wording.profile import GROUP_COMMANDS, PERSIAN, PROFILES, Profile
from retrieval import PasokhError

LOG = logging.getLogger(__name__)

Step = Callable[[], Awaitable[object]]


async def introduce(client: Client, names: Mapping[str, str], admins: Iterable[int], *, quiet: bool = False) -> None:
    """Tell Telegram what to show. What it does not take is named in the log; the bot answers all the same.

    Args:
        client: the way to Telegram.
        names: for each language's code the bot's name; see `wording.profile.PROFILES`.
        admins: whose private chats have the commands for administrators too.
        quiet: whether a command of a group is seen only by whoever gives it.
    """
    async for told, step in _steps(client, names, sorted(admins), quiet=quiet):
        try:
            await step()
        except (PasokhError, TelegramError) as error:
            LOG.info("not shown by Telegram: %s", told, extra={"reason": str(error)[:MAX_TOLD_LETTERS]})


async def _steps(
    client: Client, names: Mapping[str, str], admins: Iterable[int], *, quiet: bool
) -> AsyncIterator[tuple[str, Step]]:
    for language, profile in PROFILES.items():
        for scope, commands in _menus(profile, admins):
            ephemeral = quiet and scope.type == BotCommandScope.ALL_GROUP_CHATS
            yield f"commands ({language})", _menu(client, language, scope, commands, ephemeral=ephemeral)
        name, short, long = names[language], profile.short_description, profile.description
        yield f"name ({language})", _name(client, language, name)
        yield f"short description ({language})", _short_description(client, language, short)
        yield f"description ({language})", _description(client, language, long)


def _menus(profile: Profile, admins: Iterable[int]) -> list[tuple[BotCommandScope, dict[str, str]]]:
    """The commands that are shown in each scope of chats."""
    for_all = profile.commands
    return [
        (BotCommandScopeDefault(), for_all),
        (BotCommandScopeAllGroupChats(), {name: for_all[name] for name in GROUP_COMMANDS}),
        *((BotCommandScopeChat(admin), for_all | profile.admin_commands) for admin in admins),
    ]


def _code(language: str) -> str | None:
    """What Telegram calls a language; None for the one of all users whose own is not set."""
    return None if language == PERSIAN else language


def _menu(
    client: Client, language: str, scope: BotCommandScope, commands: Mapping[str, str], *, ephemeral: bool
) -> Step:
    fields = {"is_ephemeral": True} if ephemeral else {}  # of Bot API 10.2, which python-telegram-bot does not name yet
    shown = [BotCommand(name, meaning, api_kwargs=fields) for name, meaning in commands.items()]
    return lambda: client.set_my_commands(shown, scope, _code(language))


def _name(client: Client, language: str, name: str) -> Step:
    async def step() -> None:
        if (await client.get_my_name(_code(language))).name != name:
            await client.set_my_name(name, _code(language))

    return step


def _short_description(client: Client, language: str, text: str) -> Step:
    async def step() -> None:
        if (await client.get_my_short_description(_code(language))).short_description != text:
            await client.set_my_short_description(text, _code(language))

    return step


def _description(client: Client, language: str, text: str) -> Step:
    async def step() -> None:
        if (await client.get_my_description(_code(language))).description != text:
            await client.set_my_description(text, _code(language))

    return step
