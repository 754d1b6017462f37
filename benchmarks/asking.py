"""Questions asked of one index on one core, one after the other: latencies, memory, and how many were right."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from benchmarks.peers import PEERS, asked_terms
from benchmarks.place import Figures, Place, peak_memory, pin
from benchmarks.synthetic import Question
from retrieval import Analyzer, Retriever, default_data_folder
from retrieval.text.lexicon import load

WARM_UP = 5
"""Questions asked before the clock starts, so that what is compiled or loaded once is not in the latencies."""

Ask = Callable[[Question], Callable[[], bool]]
"""Asks a question; what it returns tells whether the answer was right, when the clock has stopped."""


def answers(place: Place) -> Figures:
    """Ask one question after the other on one core: complete answers of the project, searches of a peer.

    Returns:
        `open` seconds until the first question can be asked; `answers` a second; `cpu`, the mean seconds that
        the processor works on one, which other load on the machine leaves alone; `p50` and `p99` seconds on the clock;
        `memory`, the process's peak in bytes; `asked` questions; `first`, the share of plain questions whose gold
        sentence comes first; `not found`, of the project, the share of absent questions that it says so to.
    """
    pin()
    began = time.perf_counter()
    ask = _conversation(place) if place.engine else _peer(place)
    opened = time.perf_counter() - began
    for question in place.questions[-WARM_UP:]:
        ask(question)
    latencies: list[float] = []
    right: dict[str, list[bool]] = {"plain": [], "typo": [], "absent": []}
    worked = time.process_time()
    for question in place.questions:
        before = time.perf_counter()
        check = ask(question)
        latencies.append(time.perf_counter() - before)
        right[question.kind].append(check())
        if sum(latencies) > place.budget:
            break
    worked = time.process_time() - worked
    figures = {
        "open": opened,
        "answers": len(latencies) / sum(latencies),
        "cpu": worked / len(latencies),
        "p50": float(np.percentile(latencies, 50)),
        "p99": float(np.percentile(latencies, 99)),
        "memory": peak_memory(),
        "asked": len(latencies),
        "first": statistics.fmean(right["plain"] or [0]),
    }
    return figures | ({"not found": statistics.fmean(right["absent"] or [0])} if place.engine else {})


def _conversation(place: Place) -> Ask:
    from bot.dialogue.answer import Status  # noqa: PLC0415
    from bot.dialogue.conversation import Conversation  # noqa: PLC0415

    conversation = Conversation(Retriever.from_corpus(place.corpus, place.system, data=place.data))

    def ask(question: Question) -> Callable[[], bool]:
        answer = conversation.ask(question.text)
        if not question.gold:
            return lambda: answer.status is Status.NOT_FOUND
        return lambda: bool(answer.claims) and _quotes(answer.claims[0].quote, question.gold)

    return ask


def _quotes(quotation: str, gold: str) -> bool:
    """Whether a quotation holds the gold sentence, or is cut out of it."""
    return gold in quotation or quotation in gold


def _peer(place: Place) -> Ask:
    analyzer = Analyzer(load(default_data_folder()))
    peer = PEERS[place.system].open(place.terms, place.data)

    def ask(question: Question) -> Callable[[], bool]:
        found = peer.search(asked_terms(analyzer, question.text))
        return lambda: found[:1] == [question.number]

    return ask
