"""The Telegram front end. Only this room imports python-telegram-bot.

Telegram ── polling, server ──→ updates ──→ inbox (state) ── dispatch (service) ──→ handling ── handlers, buttons, admin
                                                                                                       │ values
Telegram ←── client, transport ←── delivery, in the best form it takes ←── sending (service) ←── outbox (state)
"""

from __future__ import annotations

import os

# python-telegram-bot is changing its durations from numbers to timedeltas; this asks for the lasting kind.
os.environ.setdefault("PTB_TIMEDELTA", "true")
