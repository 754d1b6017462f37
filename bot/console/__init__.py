"""The console front end: questions are typed at a prompt or piped in, answers are printed.

line ── chat ── dialogue ──→ Answer ── display ──→ terminal, pipe
"""
