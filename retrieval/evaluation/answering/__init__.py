"""What becomes of questions in a chat: right, wrong, unsure or refused, by turn of a dialogue and by kind of question.

    file ── dialogues, rows ──→ questions ── chats ──→ answers ──→ outcomes ── figures ──→ shares with intervals

The other figures of the evaluation judge what the retrieval finds; these judge what a reader is told.
"""
