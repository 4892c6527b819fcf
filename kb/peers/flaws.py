"""What is wrong with a sheet, all of it at once: each fault with its place, what was found and what is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from kb.peers.flaws_between import Surroundings, around_it, within
from kb.peers.flaws_in_fields import Flaw, Form, blanks, in_order, in_sentences
from kb.peers.practice import PracticeSheet
from kb.peers.raw_values import Place

_BRANCHES = ("said", "unknown")  # what pydantic puts into a place for a value that is said or unknown
_NEVER_UNKNOWN = frozenset(
    ("practice", "kind", "language", "title", "sources", "source", "what", "value", "unit", "quote", "field", "document")
)


def read(raw: object, name: str, around: Surroundings) -> tuple[PracticeSheet | None, tuple[Flaw, ...]]:
    """Make a sheet of plain values, or say everything that keeps it from being one.

    Args:
        raw: texts, lists and mappings, as YAML spells them.
        name: of the file, without ``.yaml``.

    Returns:
        The sheet, ``None`` if there is any fault in its fields, and all faults by place. What is wrong beside the fields (a
        document that is not there, a tag that is not in the list) does not keep it from being read.
    """
    if not isinstance(raw, Mapping):
        return None, (Flaw((), "is not a list of keys and values"),)
    sheet, found = None, blanks(raw, _SHEET)
    try:
        sheet = PracticeSheet.of(raw)
    except ValidationError as error:
        found += list(in_sentences(error.errors(include_url=False), _SHEET, tuple(found)))
    found += within(raw, name)
    return None if found else sheet, in_order([*found, *around_it(raw, around)])


def _without_branches(loc: Sequence[str | int]) -> Place:
    """A place without the names of branches and without "[key]"."""
    if loc[:1] == ("sources",):  # keys of a person's own choice
        return tuple(part for part in loc if part != "[key]")
    return tuple(part for part in loc if part not in _BRANCHES)


def _may_be_unknown(place: Place) -> bool:
    return not (place and place[-1] in _NEVER_UNKNOWN)


_SHEET = Form(PracticeSheet, _may_be_unknown, _without_branches)
