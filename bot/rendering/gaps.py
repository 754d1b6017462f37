"""How the questions look that the articles did not answer: those of one meaning together."""

from __future__ import annotations

from collections.abc import Sequence

from bot.rendering.markup import Mark, Rich, joined, marked
from bot.state.records import Gap
from bot.wording import texts
from bot.wording.dates import persian_digits


def gaps_text(groups: Sequence[Sequence[Gap]], most: int) -> Rich:
    """A list of gaps: of each group the first question, how often it was asked, and what is wrong with its answers.

    Args:
        groups: the gaps by meaning, in the order in which they are listed; at least one group.
        most: how many groups are listed.
    """
    head = marked(texts.GAPS.format(groups=persian_digits(len(groups))), Mark.BOLD)
    lines = (_line(number, gaps) for number, gaps in enumerate(groups[:most], start=1))
    return joined("\n\n", [joined("\n", [head, *lines]), texts.ASK_AGAIN])


def _line(number: int, gaps: Sequence[Gap]) -> str:
    reasons = "، ".join(dict.fromkeys(texts.GAP_REASONS[gap.reason] for gap in gaps))
    return texts.GAP.format(
        number=persian_digits(number), question=gaps[0].text, count=persian_digits(len(gaps)), reasons=reasons
    )
