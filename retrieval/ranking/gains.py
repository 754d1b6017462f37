"""What sentences gain by what they say, beside the trained features: one table, of which the documentation is made.

No weight is trained for these, since encyclopaedias have few questions of them. So each has a number of log-odds, as
scores are, that was chosen on everyday questions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from retrieval.ranking import said, told
from retrieval.ranking.sentence_view import SentenceView
from retrieval.system.arrays import Floats


@dataclass(frozen=True, slots=True)
class Gain:
    """What a sentence gains that says something, where the question asks for just that.

    Args:
        name: what it is called.
        log_odds: what a sentence gains at the most; below 0 it loses that.
        asked: for what the question asks, as the documentation has it.
        says: which sentence gains, as the documentation has it.
        of: from some sentences to the share (0 to 1) of `log_odds` that each gains; None where none does.
        makes_surer: whether the confidence gains as much.
        trust_in_others: the share of its confidence that a sentence keeps which gains nothing, while others could.
    """

    name: str
    log_odds: float
    asked: str
    says: str
    of: Callable[[SentenceView], Floats | None]
    makes_surer: bool = False
    trust_in_others: float = 1.0


GAINS = (
    Gain("deed", 1.0, "when, where or why something happened", "that tells itself what happened", told.deed),
    Gain("idiom", 3.0, "what happened", "that tells it by a noun with its verb: «از دنیا رفت»", told.idiom,
         makes_surer=True),
    Gain("another idiom", -4.0, "what happened", "that only tells something else by that noun: «به دنیا آمد»",
         told.other_idiom, makes_surer=True),
    Gain("definition", 3.0, "what something is", "that begins with it and defines it: «… است که …»; half with «است»",
         said.definition),
    Gain("meaning", 3.0, "what a word means",
         "that begins with it, or has it in «», and defines it: ««ودیعه»: پولی …»; or is right below it", said.meaning,
         trust_in_others=0.2),
    Gain("label", 1.0, "anything", "that is an entry of a list or a table and begins with it: «رنگ: سبز»", said.label),
    Gain("value", 4.0, "a telephone number, an address of mail or of the web", "that has one", said.value,
         trust_in_others=0.1),
    Gain("list", 4.0, "several things, or steps",
         "that is of a list, or names several works; for steps a numbered one that ends in a verb", said.listing),
    Gain("appointment", 2.5, "who holds a post", "that tells who took it", told.appointment),
    Gain("apposition", 2.5, "who holds a post", "that names the holder beside it: «پری نیکو، مدیر باغ، گفت»",
         said.apposition),
    Gain("count", 2.0, "how many there are", "that has a number right before the noun: «۳۷ حجره»", said.count),
    Gain("unit", 8.0, "how much or where something is, without a word for that",
         "that has a unit of it: «تومان», «خیابان»", told.unit, trust_in_others=0.3),
    Gain("subject above", 2.5, "what the title has no word of",
         "below a passage that names what it lacks: «درازای آن ۹۰ متر است»", said.subject_above, makes_surer=True),
)  # fmt: skip
"""Every gain."""


class Gained(NamedTuple):
    """For each of some sentences what all gains do together.

    Args:
        scores: what they add to its score.
        sureness: what they add to the log-odds of its confidence.
        trust: the share of its confidence that is left.
    """

    scores: Floats
    sureness: Floats
    trust: Floats


def gained(view: SentenceView) -> Gained:
    """What some sentences gain."""
    (scores, sureness), trust = np.zeros((2, len(view.rows))), np.ones(len(view.rows))
    for gain in GAINS:
        share = gain.of(view)
        if share is None:
            continue
        scores += gain.log_odds * share
        if gain.makes_surer:
            sureness += gain.log_odds * share
        trust[share == 0] *= gain.trust_in_others
    return Gained(scores, sureness, trust)
