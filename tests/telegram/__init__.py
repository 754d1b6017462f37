"""The Telegram bot's tests: the real python-telegram-bot over HTTP against `fake`, a Bot API of the project's own."""
