"""Pasokh's bot: cited answers in a chat, over what `retrieval` finds."""
