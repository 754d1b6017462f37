"""The Telegram front end: durable updates in, cited answers out. Only this package imports python-telegram-bot."""

from __future__ import annotations

import os

# python-telegram-bot is changing its durations from numbers to timedeltas; this asks for the lasting kind.
os.environ.setdefault("PTB_TIMEDELTA", "true")
