"""What is wrong with the names in a file: that stand for two things, or for nothing that is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from kb.peers.flaws_in_fields import Flaw
from kb.peers.narrative import cited
from kb.peers.raw_values import Place, instead, listed, mapped, texts_in, worded


def named(value: object, key: str) -> list[tuple[int, str]]:
    """Index and name of every item of a list; an empty name where it has none."""
    return [(index, worded(mapped(each).get(key))) for index, each in enumerate(listed(value))]


def repeated(names: Iterable[tuple[Place, str]]) -> Iterator[Flaw]:
    """Names that are there twice."""
    seen: set[str] = set()
    for place, name in names:
        if name and name in seen:
            yield Flaw(place, f"“{name[:60]}” is there twice")
        seen.add(name)


def unknown(names: Iterable[tuple[Place, str]], known: Collection[str], what: str) -> Iterator[Flaw]:
    """Names that are none of ``known``. Where nothing at all is known, that is the fault, and it is told elsewhere."""
    for place, name in names:
        if known and name and name not in known:
            yield Flaw(place, f"“{name[:60]}” is no {what}; {instead(name, known)}")


def uncited(raw: Mapping[str, Any]) -> Iterator[Flaw]:
    """Sources that a text cites and the file does not have."""
    if not (known := list(mapped(raw.get("sources")))):
        return
    for place, words in texts_in({key: value for key, value in raw.items() if key != "sources"}, ()):
        for key in dict.fromkeys(cited(words)):
            if key not in known:
                yield Flaw(place, f"cites “{key[:60]}”, which is not among the sources; {instead(key, known)}")
