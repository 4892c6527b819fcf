"""How much a sheet says, shown and never scored: what is said, what nobody knows, what nobody has said yet."""

from __future__ import annotations

from dataclasses import dataclass

from kb.peers.narrative import UNKNOWN, Text
from kb.peers.practice import MANDATORY, PracticeSheet

NO_QUESTION = ("practice", "kind", "language")  # nobody fills these in to say something
NEED_NO_SOURCE = ("title", "teaser")


@dataclass(frozen=True)
class Completeness:
    """Every field of a sheet, in exactly one of three groups, in the sheet's order.

    Attributes:
        said: it says something; an empty list says that there is none.
        unknown: somebody looked, and nobody knows.
        unsaid: left out.
        uncited: narrative fields that say something and name no source.
    """

    said: tuple[str, ...]
    unknown: tuple[str, ...]
    unsaid: tuple[str, ...]
    uncited: tuple[str, ...]


def completeness(sheet: PracticeSheet) -> Completeness:
    """Sort the fields of ``sheet``."""
    names = [name for name in PracticeSheet.model_fields if name not in NO_QUESTION]
    groups: dict[str, list[str]] = {"said": [], "unknown": [], "unsaid": []}
    for name in names:
        groups[_group(sheet, name)].append(name)
    uncited = [
        name for name, texts in sheet.text_fields() if name not in NEED_NO_SOURCE and not any(text.cites() for text in texts)
    ]
    return Completeness(tuple(groups["said"]), tuple(groups["unknown"]), tuple(groups["unsaid"]), tuple(uncited))


def _group(sheet: PracticeSheet, name: str) -> str:
    value = getattr(sheet, name)
    if value is None or (name not in sheet.model_fields_set and name not in MANDATORY):
        return "unsaid"
    is_unknown = value.is_unknown if isinstance(value, Text) else value == UNKNOWN
    return "unknown" if is_unknown else "said"
