"""What a bot answers that was asked without a message to it: pressed buttons, inline queries, queries to a guest."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.bot.telegram.entities import EntityError, marked, rich_text, units
from tests.bot.telegram.profile import Params, Profile, RefusalError


@dataclass
class Queries(Profile):
    """What was answered, and what every message is checked for."""

    answered: list[tuple[str, Params]] = field(default_factory=list)
    knows_rich: bool = True

    async def answer_callback_query(self, params: Params) -> bool:
        if units(params.get("text", "")) > 200:
            raise RefusalError(400, "Bad Request: MESSAGE_TOO_LONG")
        self.answered.append(("callback", params))
        return True

    async def answer_inline_query(self, params: Params) -> bool:
        results = json.loads(params.get("results", "[]"))
        if len(results) > 50:
            raise RefusalError(400, "Bad Request: RESULTS_TOO_MUCH")
        if len({result["id"] for result in results}) != len(results):
            raise RefusalError(400, "Bad Request: RESULT_ID_DUPLICATE")
        for result in results:
            if not 1 <= len(result["id"].encode()) <= 64 or not result.get("title"):
                raise RefusalError(400, "Bad Request: RESULT_ID_INVALID")
            self.check_content(result["input_message_content"])
        above = json.loads(params.get("button", "null"))
        if above and not (above["text"] and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", above["start_parameter"])):
            raise RefusalError(400, "Bad Request: BUTTON_INVALID")
        self.answered.append(("inline", {**params, "results": results}))
        return True

    async def answer_guest_query(self, params: Params) -> Params:
        if any(kind == "guest" and one["guest_query_id"] == params["guest_query_id"] for kind, one in self.answered):
            raise RefusalError(400, "Bad Request: QUERY_ID_INVALID")
        content = json.loads(params["result"])["input_message_content"]
        plain = self.check_content(content)
        self.answered.append(("guest", {**params, "content": content, "plain": plain}))
        return {"inline_message_id": "guest"}

    def check_content(self, content: Params) -> str:
        """The text of a message that answers a query, refused where Telegram would refuse it."""
        if "rich_message" in content and not self.knows_rich:
            raise RefusalError(400, "Bad Request: can't parse input message content")
        return self.checked(content, content.get("message_text"))

    def checked(self, params: Params, text: str | None = None) -> str:
        """The text of a message, refused where Telegram would refuse it."""
        text = params.get("text", "") if text is None else text
        try:
            if self.knows_rich and "rich_message" in params:
                text = rich_text(_json(params["rich_message"])["html"])
            else:
                marked(text, _json(params.get("entities", "[]")))
                if units(text) > 4096:
                    raise RefusalError(400, "Bad Request: message is too long")
        except EntityError as error:
            raise RefusalError(400, f"Bad Request: can't parse entities: {error}") from error
        if not text.strip(" \n\t\u200c\u200e\u200f"):
            raise RefusalError(400, "Bad Request: message text is empty")
        for row in json.loads(params.get("reply_markup") or "{}").get("inline_keyboard", []):
            for button in row:
                copied = button.get("copy_text", {"text": "x"})["text"]
                if not button["text"] or not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
                    raise RefusalError(400, "Bad Request: BUTTON_DATA_INVALID")
                if not 1 <= len(copied) <= 256:
                    raise RefusalError(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")
        return text


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
