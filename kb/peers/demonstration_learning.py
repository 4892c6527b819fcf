"""What partners learn from each other in the demonstration, as it is written: one thing a file, with all that happened to it.

Besides ``day``, ``who``, ``kind`` and, where it matters, ``at``, a step has the values of what happened. Where somebody is wanted
the key of a member may stand, and where a passage is wanted the key of a quote.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from pydantic import Field

from kb.peers.demonstration import Key, Quote
from kb.peers.flaws_in_fields import Flaw
from kb.peers.learning.kinds import KINDS
from kb.peers.learning.parts import kind_of
from kb.peers.narrative import Part
from kb.peers.raw_values import instead, listed, mapped, worded

FIRST_AT = "09:00"  # of a step that tells no time
_AT = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_DEMO_ID = re.compile(r"[a-z]+-demo(?:-[a-z0-9]+)+")
_FRAME = ("day", "at", "who", "kind")


@dataclass(frozen=True)
class LearningStep:
    """One thing that somebody did.

    Attributes:
        number: from 1 within its thing.
        said: values of what happened, as the file has them.
    """

    number: int
    day: str
    at: str
    who: Key
    kind: str
    said: Mapping[str, Any]

    @property
    def at_utc(self) -> str:
        """ISO 8601, to the second."""
        return f"{self.day}T{self.at}:00+00:00"


class ToldThing(Part):
    """One thing from its beginning on.

    Attributes:
        id: ``need-demo-soil``; what stands before the first hyphen is its kind.
        quotes: by key.
        happened: in order.
    """

    id: str
    quotes: dict[Key, Quote] = Field({})
    happened: tuple[dict[str, Any], ...] = Field(min_length=1)

    @property
    def steps(self) -> tuple[LearningStep, ...]:
        """In order; a step without a time is at nine, or when the one before it was."""
        found: list[LearningStep] = []
        for number, each in enumerate(self.happened, start=1):
            before = found[-1].at if found and found[-1].day == each["day"] else FIRST_AT
            said = {key: value for key, value in each.items() if key not in _FRAME}
            frame = (each["day"], each.get("at", before), each["who"], each["kind"])
            found.append(LearningStep(number, *frame, MappingProxyType(said)))
        return tuple(found)


def is_demo_id(text: str) -> bool:
    """Whether it names a thing of the demonstration."""
    return bool(_DEMO_ID.fullmatch(text)) and kind_of(text) in KINDS


def flaws_of_thing(raw: Mapping[str, Any], people: Collection[str]) -> Iterator[Flaw]:
    """What pydantic does not find: an id of no kind, and steps that nobody can play."""
    id_ = worded(raw.get("id"))
    if id_ and not is_demo_id(id_):
        yield Flaw(("id",), f"“{id_[:60]}” is no id such as need-demo-soil; kinds are {', '.join(KINDS)}")
    kinds = tuple(KINDS[kind_of(id_)].by_kind) if kind_of(id_) in KINDS else ()
    before = ""
    for index, each in enumerate(listed(raw.get("happened"))):
        step, place = mapped(each), ("happened", index)
        yield from (Flaw(place, f"has no “{key}”") for key in ("day", "who", "kind") if key not in step)
        day, at, who, kind = (worded(step.get(key)) for key in ("day", "at", "who", "kind"))
        if who and who not in people:
            yield Flaw((*place, "who"), f"“{who[:60]}” is no member of the demonstration; {instead(who, people)}")
        if kind and kinds and kind not in kinds:
            yield Flaw((*place, "kind"), f"“{kind[:60]}” happens to no {kind_of(id_)}; {instead(kind, kinds)}")
        if day and not _is_day(day):
            yield Flaw((*place, "day"), f"“{day[:40]}” is no day such as 2026-09-01")
        if "at" in step and not _AT.fullmatch(at):
            yield Flaw((*place, "at"), f"“{at[:40]}” is no time such as 09:30")
        if day < before[:10] or (day == before[:10] and at and f"{day} {at}" < before):
            yield Flaw((*place, "day"), f"“{day[:40]}” is before “{before[:40]}”; steps stand in their order")
        before = f"{day} {at or (before[11:] if day == before[:10] else FIRST_AT)}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
