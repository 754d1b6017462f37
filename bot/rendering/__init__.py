"""An answer → what is shown: a text with marks, written out for each front end.

Answer ── answer_text ──→ Rich ── plain ──→ the console, JSON
                               ── replies, messages ──→ parts ── rich_message, entities ──→ a chat application
"""
