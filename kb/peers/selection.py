"""Choose among practices by what is said of them, and count what else could be chosen.

A practice is known here by its *traits*: field of :class:`Selection` → the values it has there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from kb.peers.narrative import UNKNOWN
from kb.peers.practice import PracticeSheet
from kb.peers.tags import Tag

Traits = Mapping[str, tuple[str, ...]]
NO_TRAITS: Traits = MappingProxyType({})  # of a sheet that cannot be read
_OF_PREFIX = {"theme": "themes", "group": "groups", "sdg": "goals", "condition": "conditions", "": "tags"}


@dataclass(frozen=True)
class Selection:
    """What a practice must have. Values of one field are alternatives; fields are joined by "and". Empty means any.

    Attributes:
        kinds: of :class:`kb.peers.practice.Kind`.
        countries: ISO 3166-1 alpha-2, ``EU``, ``UN``; "unknown" for a practice whose place nobody knows.
        themes: words of ``theme:`` tags.
        groups: of ``group:`` tags.
        goals: of ``sdg:`` tags, "5".
        conditions: of ``condition:`` tags.
        languages: that any text of the sheet is in.
        statuses: of :class:`kb.peers.choices.Status`.
        tags: free ones.
    """

    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(vars(self).values())


FIELDS = tuple(each.name for each in fields(Selection))


def traits_of(sheet: PracticeSheet, tags: Iterable[Tag]) -> Traits:
    """What can be chosen of a practice.

    Args:
        tags: its live tags: declared in the sheet, or given by members.
    """
    where = sheet.place.countries
    tagged: dict[str, list[str]] = {}
    for tag in tags:
        tagged.setdefault(_OF_PREFIX[tag.prefix], []).append(tag.word)
    return {
        "kinds": (sheet.kind.value,),
        "countries": (UNKNOWN,) if isinstance(where, str) else tuple(dict.fromkeys(where)),
        "languages": sheet.languages(),
        "statuses": (sheet.period.status.value,),
    } | {field: tuple(sorted(set(words))) for field, words in tagged.items()}


def fits(traits: Traits, wanted: Selection) -> bool:
    """Whether a practice has what is wanted."""
    asked = ((field, values) for field in FIELDS if (values := getattr(wanted, field)))
    return all(any(value in values for value in traits.get(field, ())) for field, values in asked)


def counted(practices: Iterable[Traits], wanted: Selection) -> dict[str, dict[str, int]]:
    """Field → value → number of practices that fit what is wanted of all *other* fields: how many each choice would leave.

    Most frequent value first, then by value.
    """
    everyone = list(practices)
    return {field: _counted([each for each in everyone if fits(each, replace(wanted, **{field: ()}))], field) for field in FIELDS}


def _counted(practices: Iterable[Traits], field: str) -> dict[str, int]:
    counts = Counter(value for traits in practices for value in traits.get(field, ()))
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
