"""The methods of a Bot API of the project's own, with the limits and refusals that Telegram documents."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any

from tests.bot.telegram.profile import BOT, Params, RefusalError
from tests.bot.telegram.queries import Queries


@dataclass
class Methods(Queries):
    """What Telegram knows, open to tests, and the methods of the Bot API on it."""

    sent: list[Params] = field(default_factory=list)
    pending: list[Any] = field(default_factory=list)
    messages: dict[tuple[int, int], Params] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    webhook: Params = field(default_factory=dict)
    refuses_ephemeral: bool = False
    moved: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._update_ids, self._message_ids = itertools.count(1000), itertools.count(1)
        self._arrived = asyncio.Event()
        self._poller: asyncio.Future[None] | None = None

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def push(self, **update: Any) -> int:
        """An update arrives; returns its id."""
        return self.push_raw({"update_id": next(self._update_ids), **update})

    def push_raw(self, update: Any) -> int:
        """Anything at all arrives."""
        self.pending.append(update)
        self._arrived.set()
        return number_of(update)

    async def get_me(self, _: Params) -> Params:
        return BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}

    async def get_updates(self, params: Params) -> list[Any]:
        if self.webhook.get("url"):
            raise RefusalError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(
                RefusalError(409, "Conflict: terminated by other getUpdates request; only one bot instance may run")
            )
        own: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = own
        offset, limit = int(params.get("offset") or 0), int(params.get("limit") or 100)
        if offset > 0:
            self.pending = [one for one in self.pending if number_of(one) >= offset]
        deadline = time.monotonic() + min(float(params.get("timeout") or 0), 50)
        while not self.pending and (rest := deadline - time.monotonic()) > 0:
            self._arrived.clear()
            arrival = asyncio.ensure_future(self._arrived.wait())
            waited: set[asyncio.Future[Any]] = {arrival, own}
            await asyncio.wait(waited, timeout=rest, return_when=asyncio.FIRST_COMPLETED)
            arrival.cancel()
            if own.done():
                own.result()
        if not own.done():
            own.set_result(None)
        return self.pending[: max(1, min(limit, 100))]

    async def set_webhook(self, params: Params) -> bool:
        self.webhook = params
        self._arrived.set()
        return True

    async def delete_webhook(self, params: Params) -> bool:
        self.webhook = {}
        if params.get("drop_pending_updates") in {"true", True}:
            self.pending.clear()
        return True

    async def get_webhook_info(self, _: Params) -> Params:
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
        }

    async def send_message(self, params: Params) -> Params:
        text = self.checked(params)
        return self._deliver_message(params, {"text": text})

    async def send_rich_message(self, params: Params) -> Params:
        if not self.knows_rich:
            raise RefusalError(404, "Not Found: method not found")
        return self._deliver_message(params, {"text": self.checked(params)})

    async def send_document(self, params: Params) -> Params:
        document = {"file_id": "doc", "file_unique_id": "doc", "file_name": "file"}
        return self._deliver_message(params, {"document": document})

    def _deliver_message(self, params: Params, content: Params) -> Params:
        chat = int(params["chat_id"])
        if chat in self.blocked:
            raise RefusalError(403, "Forbidden: bot was blocked by the user")
        if chat in self.moved:
            raise RefusalError(
                400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved[chat]
            )
        ephemeral = "ephemeral_message_parameters" in params
        if ephemeral and (self.refuses_ephemeral or "receiver_user_id" not in params["ephemeral_message_parameters"]):
            raise RefusalError(400, "Bad Request: not enough rights to send ephemeral messages to the chat")
        message = {
            "message_id": 0 if ephemeral else self.next_message_id(),
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup", "title": "گروه"},
            "from": BOT,
            **({"ephemeral_message_id": self.next_message_id()} if ephemeral else {}),
            **content,
        }
        self.sent.append(
            {**params, "at": time.monotonic(), "plain": content.get("text", ""), "id": message["message_id"]}
        )
        self.messages[chat, message["message_id"]] = self.sent[-1]
        if "reply_markup" in params:
            message["reply_markup"] = json.loads(params["reply_markup"])
        return message

    async def edit_message_text(self, params: Params) -> Params:
        place = (int(params["chat_id"]), int(params["message_id"]))
        old, text = self.messages.get(place), self.checked(params)
        if old is None:
            raise RefusalError(400, "Bad Request: message to edit not found")
        said = ("text", "entities", "rich_message", "reply_markup")
        if all(old.get(name) == params.get(name) for name in said):
            raise RefusalError(400, "Bad Request: message is not modified")
        for name in said:
            old.pop(name, None)
        old.update(params, plain=text)
        return {
            "message_id": place[1],
            "date": int(time.time()),
            "chat": {"id": place[0], "type": "private"},
            "from": BOT,
            "text": text,
        }

    async def delete_message(self, params: Params) -> bool:
        if self.messages.pop((int(params["chat_id"]), int(params["message_id"])), None) is None:
            raise RefusalError(400, "Bad Request: message to delete not found")
        return True

    async def send_chat_action(self, params: Params) -> bool:
        if int(params["chat_id"]) in self.blocked:
            raise RefusalError(403, "Forbidden: bot was blocked by the user")
        return True

    async def get_file(self, params: Params) -> Params:
        content = self.files.get(params["file_id"])
        if content is None:
            raise RefusalError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(content) > 20 << 20:
            raise RefusalError(400, "Bad Request: file is too big")
        return {
            "file_id": params["file_id"],
            "file_unique_id": params["file_id"],
            "file_size": len(content),
            "file_path": f"documents/{params['file_id']}",
        }


def number_of(update: Any) -> int:
    found = update.get("update_id") if isinstance(update, dict) else None
    return found if isinstance(found, int) else 0


METHODS = {
    "getMe": Methods.get_me,
    "getUpdates": Methods.get_updates,
    "setWebhook": Methods.set_webhook,
    "deleteWebhook": Methods.delete_webhook,
    "getWebhookInfo": Methods.get_webhook_info,
    "sendMessage": Methods.send_message,
    "sendRichMessage": Methods.send_rich_message,
    "sendDocument": Methods.send_document,
    "editMessageText": Methods.edit_message_text,
    "deleteMessage": Methods.delete_message,
    "sendChatAction": Methods.send_chat_action,
    "answerCallbackQuery": Methods.answer_callback_query,
    "answerInlineQuery": Methods.answer_inline_query,
    "setMyCommands": Methods.set_my_commands,
    "setMyName": Methods.set_my_name,
    "getMyName": Methods.get_my_name,
    "setMyShortDescription": Methods.set_my_short_description,
    "getMyShortDescription": Methods.get_my_short_description,
    "setMyDescription": Methods.set_my_description,
    "getMyDescription": Methods.get_my_description,
    "answerGuestQuery": Methods.answer_guest_query,
    "getFile": Methods.get_file,
}
