"""Look into what a file spells before it is known to be right: any value may be of any kind."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence

Place = tuple[str | int, ...]  # ("figures", 0, "source"); () is the whole file


def listed(value: object) -> Sequence[object]:
    """The items of a list; none of anything else."""
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def mapped(value: object) -> Mapping[str, object]:
    """Keys with values; none of anything else."""
    return value if isinstance(value, Mapping) else {}


def worded(value: object) -> str:
    """A text without space around it; empty for anything else."""
    return value.strip() if isinstance(value, str) else ""


def texts_in(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Every text in a value, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from texts_in(each, (*place, str(key)))
    elif isinstance(value, Sequence):
        for index, each in enumerate(value):
            yield from texts_in(each, (*place, index))


def nearest(word: str, known: Collection[str], *, cutoff: float = 0.6) -> str:
    """What somebody may have meant; empty where nothing is near."""
    return next(iter(difflib.get_close_matches(word[:100], list(known), n=1, cutoff=cutoff)), "")


def instead(word: str, known: Collection[str]) -> str:
    """What there is for a name that is not there, as a clause."""
    near = nearest(word, known)
    return f"did you mean “{near}”?" if near else f"there are {', '.join(known) or 'none'}"
