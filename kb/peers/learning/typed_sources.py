"""Sources as somebody types them, a row each, without thinking of the keys under which a file has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, islice
from typing import Any

from kb.peers.narrative import UNKNOWN

FIRST = "source"  # key of the first one that has none yet; then source-2, source-3
NEEDED, OPTIONAL = ("title", "organisation"), ("date", "address")  # what a row tells


def keys_of(known: Sequence[str], n: int) -> list[str]:
    """Keys of ``n`` rows: sources that are known stay with theirs, in order; new ones come behind and take nobody's."""
    return [*known[:n], *islice(_free(known), max(0, n - len(known)))]


def sources_of(rows: Sequence[Mapping[str, str]], known: Mapping[str, Any]) -> dict[str, object]:
    """Key → source, as a file has it. A row that is blank is none: of a known source, that takes it away.

    Args:
        rows: those of known sources first, each in its place.
        known: sources of the file; what a row does not tell of them (the document) stays.
    """
    found: dict[str, object] = {}
    for key, row in zip(keys_of(list(known), len(rows)), rows, strict=True):
        said = {name: row.get(name, "").strip() for name in (*NEEDED, *OPTIONAL)}
        if any(said.values()):
            old = known.get(key)
            old = old if isinstance(old, Mapping) else {}
            needed = {name: said[name] for name in NEEDED}  # one that is blank is a fault of the file, and told as one
            optional = {name: said[name] or UNKNOWN for name in OPTIONAL if said[name] or name in old or not old}
            found[key] = {**old, **needed, **optional}
    return found


def _free(known: Sequence[str]) -> Iterator[str]:
    """Keys that are not taken, numbered by the place of the source."""
    for n in count(len(known) + 1):
        key = FIRST if n == 1 else f"{FIRST}-{n}"
        if key not in known:
            yield key
