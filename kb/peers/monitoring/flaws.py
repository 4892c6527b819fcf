"""What is wrong with an indicator or a reading that somebody enters, all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.peers.flaws_in_fields import Flaw, Form, blanks, in_order, in_sentences
from kb.peers.monitoring.events import ReadingAdded
from kb.peers.monitoring.indicator import Indicator
from kb.peers.narrative import Part
from kb.peers.raw_values import mapped

_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,9})?")
Raw = Mapping[str, Any]
Entered = TypeVar("Entered", bound=Part)


def read_indicator(raw: Raw) -> tuple[Indicator | None, tuple[Flaw, ...]]:
    """The indicator that plain values spell, or everything that is wrong. Numbers may be texts."""
    points = [((name, "value"), mapped(raw.get(name)).get("value")) for name in ("baseline", "target")]
    return _read(Indicator, raw, [Flaw(place, fault) for place, text in points for fault in _of_number(text)])


def read_reading(raw: Raw) -> tuple[ReadingAdded | None, tuple[Flaw, ...]]:
    """The reading that plain values spell, or everything that is wrong. Its value may be a text."""
    return _read(ReadingAdded, raw, [Flaw(("value",), fault) for fault in _of_number(raw.get("value"))])


def fault_of_number(text: str) -> str:
    """Why it is no number, as a clause; empty when it is."""
    if _NUMBER.fullmatch(text):
        return ""
    wanted = "wanted is one such as 1200 or 3.5, without spaces or a unit"
    if "," in text:
        return f"“{text[:40]}” has a comma, which parts thousands in some countries and decimals in others; {wanted}"
    return f"“{text[:40]}” is no number; {wanted}"


def _of_number(given: object) -> Iterator[str]:
    if isinstance(given, str) and given.strip() and (fault := fault_of_number(given.strip())):
        yield fault


def _read(kind: type[Entered], raw: Raw, numbers: list[Flaw]) -> tuple[Entered | None, tuple[Flaw, ...]]:
    form = Form(kind)
    made, found = None, [*blanks(raw, form), *numbers]
    try:
        made = kind.model_validate(raw)
    except ValidationError as error:
        found += in_sentences(error.errors(include_url=False), form, tuple(found))
    return None if found else made, in_order(found)
