"""What Telegram shows of a bot, and the methods of the Bot API that set it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

BOT = {"id": 123456, "is_bot": True, "first_name": "پاسخ", "username": "pasokh_test_bot"}
Params = dict[str, Any]


class RefusalError(Exception):
    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class Profile:
    """What is shown: for each kind and scope, and each language, what was set last."""

    profile: dict[tuple[str, str], Any] = field(default_factory=dict)

    async def set_my_commands(self, params: Params) -> bool:
        commands = json.loads(params["commands"])
        scope = json.loads(params.get("scope", '{"type": "default"}'))
        for one in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]) or not 1 <= len(one["description"]) <= 256:
                raise RefusalError(400, "Bad Request: BOT_COMMAND_INVALID")
        return self._set("commands", params, [one["command"] for one in commands], scope)

    async def set_my_name(self, params: Params) -> bool:
        return self._set("name", params, _within(params["name"], 64))

    async def get_my_name(self, params: Params) -> Params:
        return {"name": self.profile.get(("name", params.get("language_code", "")), BOT["first_name"])}

    async def set_my_short_description(self, params: Params) -> bool:
        return self._set("short_description", params, _within(params["short_description"], 120))

    async def get_my_short_description(self, params: Params) -> Params:
        found = self.profile.get(("short_description", params.get("language_code", "")), "")
        return {"short_description": found}

    async def set_my_description(self, params: Params) -> bool:
        return self._set("description", params, _within(params["description"], 512))

    async def get_my_description(self, params: Params) -> Params:
        return {"description": self.profile.get(("description", params.get("language_code", "")), "")}

    def _set(self, what: str, params: Params, value: Any, scope: Params | None = None) -> bool:
        where = f"{scope['type']} {scope.get('chat_id', '')}".strip() if scope else ""
        self.profile[f"{what} {where}".strip(), params.get("language_code", "")] = value
        return True


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise RefusalError(400, "Bad Request: the text is too long")
    return text
