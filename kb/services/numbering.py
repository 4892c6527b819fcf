"""Numbers within ids are given once. What the demonstration took away keeps its number: a link or a letter may still name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kb.peers.learning.kinds import KINDS
from kb.peers.transfer.events import STREAM as TRANSFER
from kb.services import journaling
from kb.services.permission import Member
from kb.services.records import UnitOfWork

STREAM, USED = "numbers", "used"  # in the journal; its subjects are ids without their number
MAX_DIGITS = 9


def used_up_to(records: UnitOfWork, begin: str) -> int:
    """The highest number of what is gone; 0 where nothing is. ``begin`` is what stands before the number: "need" of need-3."""
    stored = records.journal.of(STREAM, begin)
    return int(stored[-1].body) if stored else 0


def number_of(id_: str) -> int:
    """3 of need-3; 0 where there is none."""
    tail = id_.rpartition("-")[2]
    return int(tail) if tail.isdecimal() and len(tail) <= MAX_DIGITS else 0


def keep_used(records: UnitOfWork, *, actor: Member) -> None:
    """Remember the numbers of everything that goes with the demonstration; to be asked before it goes."""
    highest: dict[str, int] = {}
    for id_ in _going(records):
        begin = id_.rpartition("-")[0]
        highest[begin] = max(highest.get(begin, 0), number_of(id_))
    real = replace(actor, is_demo=False)  # the numbers stay, whoever takes the demonstration away
    for begin, number in sorted(highest.items()):
        if number > used_up_to(records, begin):
            seq = journaling.next_seq(records.journal.of(STREAM, begin))
            journaling.append(records, STREAM, begin, seq, USED, str(number), actor=real)


def _going(records: UnitOfWork) -> Iterator[str]:
    yield from {each.assessment for each in records.assessments.everyone() if each.is_demo}
    for stream in (TRANSFER, *KINDS):
        yield from {each.subject for each in records.journal.everyone(stream) if each.is_demo}
