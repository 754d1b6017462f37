"""The console front end: questions typed at a prompt, answers printed right to left where the terminal needs it.

prompt ── chat ── dialogue ──→ answer ── display ──→ terminal
"""
