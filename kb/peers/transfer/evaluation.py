"""What an evaluation of a transfer needs, wherever it is told: a day that can be, and something that bears it out."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kb.peers.assessment.move import Refusal
from kb.peers.assessment.review import Pin
from kb.peers.days import is_day
from kb.peers.evidence_line import SourceLine, has_come


def against_day(on: str, *, today: str, concluded_on: str) -> Iterator[Refusal]:
    """Why a transfer cannot have been evaluated on a day.

    Args:
        on: as given.
        today: ISO date.
        concluded_on: when its test of transferability was concluded, as ISO date: what was anticipated is compared with it.
    """
    if not is_day(on):
        yield Refusal(f"{on} is no date of the calendar.")
    elif on > today:
        yield Refusal(f"The date {on} has not come yet. Tell how a transfer went once it was evaluated.")
    elif on < concluded_on:
        yield Refusal(f"The test was concluded on {concluded_on}: a transfer evaluated on {on} cannot be compared with it.")


def against_evidence(pins: Collection[Pin], sources: Collection[SourceLine], *, today: str) -> Iterator[Refusal]:
    """Why what is named bears nothing out."""
    if not pins and not sources:
        yield Refusal("Name what bears it out: a passage of a document, or a source with its date.")
    for each in sources:
        if not has_come(each.date, today):
            yield Refusal(f"The source “{each.source}” is of {each.date}, which has not come yet.")
