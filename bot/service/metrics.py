"""What the bot counts of itself, as Prometheus reads it (its text exposition format)."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.state import inbox, outbox
from bot.state.base import State

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

ANSWERS = ("found", "unsure", "not found", "other")
"""How a message is answered; other: a greeting, or a question which article is meant."""

SENDS = ("sent", "put off", "given up")
"""How an attempt to send ends: the message is there; it is sent again later; it is never taken, or too old by now."""

LATENCY_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Seconds."""


class Metrics:
    """Counters of one bot."""

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        self.answers = Counter("pasokh_answers", "Answers, by what was found.", ["found"], registry=own)
        self.sends = Counter("pasokh_sends", "Attempts to send, by how they ended.", ["end"], registry=own)
        self.latency = Histogram(
            "pasokh_answer_seconds",
            "From the arrival of a question to its answer in the chat.",
            buckets=LATENCY_BUCKETS,
            registry=own,
        )
        self.restarts = Counter("pasokh_worker_restarts", "Processes that answer, killed or dead.", registry=own)
        self._waiting = Gauge("pasokh_waiting", "Updates or messages that wait.", ["queue"], registry=own)
        self._parked = Gauge("pasokh_parked", "Updates that are set aside.", registry=own)
        self._age = Gauge("pasokh_oldest_seconds", "Age of the oldest that waits.", ["queue"], registry=own)
        self.partitions = Gauge("pasokh_partitions", "Partitions of the chats that this replica answers.", registry=own)
        self.leads = Gauge("pasokh_leads", "Whether this replica does what one alone does.", registry=own)
        for found in ANSWERS:
            self.answers.labels(found)
        for end in SENDS:
            self.sends.labels(end)

    def page(self, state: State) -> bytes:
        """The figures as they are now.

        Args:
            state: the file whose queues are measured.

        Raises:
            StateError: the file of state cannot be read.
        """
        updates, update_age, messages, message_age = state.read(
            lambda db: (inbox.counts(db), inbox.oldest(db), outbox.count(db), outbox.oldest(db))
        )
        self._parked.set(updates["parked"])
        for queue, waiting, oldest in (("inbox", updates["pending"], update_age), ("outbox", messages, message_age)):
            self._waiting.labels(queue).set(waiting)
            self._age.labels(queue).set(0.0 if oldest is None else time.time() - oldest)
        return generate_latest(self._registry)
