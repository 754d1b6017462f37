"""A pool of forks: each process has a state of its own, and results come in order."""

from __future__ import annotations

import os

from retrieval.system.processes import ForkedPool


class Counter:
    """Counts what it has done, and knows the process that made it."""

    def __init__(self, unpicklable: object) -> None:
        self.inherited = unpicklable
        self.maker, self.done = os.getpid(), 0

    def add(self, number: int) -> tuple[int, int, int]:
        self.done += 1
        assert self.maker == os.getpid()
        assert callable(self.inherited), "shared with the parent, not sent"
        return number, os.getpid(), self.done


def test_every_process_makes_its_own_state_and_results_come_in_order() -> None:
    with ForkedPool(2, lambda: Counter(lambda: None)) as pool:
        found = list(pool.map(Counter.add, range(40), chunk=3))
        one = pool.submit(Counter.add, 7).result()
    assert [number for number, _, _ in found] == list(range(40))
    assert one[0] == 7
    processes = {process for _, process, _ in [*found, one]}
    assert os.getpid() not in processes
    assert len(processes) <= 2
    for process in processes:
        counts = [done for _, owner, done in [*found, one] if owner == process]
        assert counts == list(range(1, len(counts) + 1)), "one state a process, kept from item to item"


def test_an_error_in_a_process_comes_back() -> None:
    with ForkedPool(1, lambda: Counter(None)) as pool:
        future = pool.submit(Counter.add, 1)
        assert isinstance(future.exception(), AssertionError)
