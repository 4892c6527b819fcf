"""No more questions at a time than there are places, and none waits beyond its deadline."""

from __future__ import annotations

import itertools
import threading

import pytest

from kb.errors import SearchTimeout
from kb.retrieval.deadline import Deadline
from kb.services.turns import Turns


def test_never_more_at_a_time_than_there_are_places() -> None:
    turns, inside, most, lock = Turns(3), 0, 0, threading.Lock()
    meeting = threading.Barrier(3)  # three must be inside together for anyone to leave: all places are used

    def ask() -> None:
        nonlocal inside, most
        with turns.one(Deadline.after(60)):
            with lock:
                inside += 1
                most = max(most, inside)
            meeting.wait(60)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert most == 3
    assert inside == 0


def test_a_place_is_free_again_after_a_fault() -> None:
    turns = Turns(1)
    with pytest.raises(ValueError, match="broken"), turns.one(Deadline.after(60)):
        raise ValueError("broken")

    with turns.one(Deadline.after(60)):
        pass


def test_who_waits_too_long_is_told() -> None:
    turns, ticks = Turns(1), itertools.chain([0.0], itertools.repeat(9.0))  # the deadline has passed when it is looked at again

    late = Deadline.after(5, lambda: next(ticks))
    with turns.one(Deadline.after(60)), pytest.raises(SearchTimeout, match="after 5 seconds"), turns.one(late):
        raise AssertionError("there was no place")
    with turns.one(Deadline.after(60)):  # who went away does not stand in line any more
        pass


def test_first_come_first_served_and_each_knows_what_the_others_will_ask() -> None:
    turns, served = Turns(1), []
    threads = []
    with turns.one(Deadline.after(60), "me") as in_line:
        assert in_line == []
        for number in range(4):
            threads.append(threading.Thread(target=lambda number=number: wait_and_tell(turns, served, number)))
            threads[-1].start()
            while len(turns._line) <= number:  # it stands in line before the next one comes
                threads[-1].join(0.001)
    for thread in threads:
        thread.join(60)

    assert served == [(0, ["1", "2", "3"]), (1, ["2", "3"]), (2, ["3"]), (3, [])]


def wait_and_tell(turns: Turns, served: list[tuple[int, list[str]]], number: int) -> None:
    with turns.one(Deadline.after(60), str(number)) as in_line:
        served.append((number, in_line))
