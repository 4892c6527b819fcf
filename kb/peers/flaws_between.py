"""What is wrong with a sheet beyond any one value: what it cites and names that is not there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.peers.flaws_in_fields import Flaw
from kb.peers.narrative import cited
from kb.peers.practice import NARRATIVE, PracticeSheet
from kb.peers.raw_values import Place, instead, listed, nearest, texts_in
from kb.peers.tags import faults_of, spelled


@dataclass(frozen=True)
class Surroundings:
    """What a sheet speaks of and does not hold.

    Attributes:
        has_document: whether a path inside the documents folder is there; ``None``: not looked at.
        tags: the controlled tags; none: not looked up.
    """

    has_document: Callable[[str], bool] | None = None
    tags: Collection[str] = field(default_factory=frozenset)


def within(raw: Mapping[str, Any], name: str) -> Iterator[Flaw]:
    """What does not fit within the sheet: its name, its citations, the fields that its evidence speaks for."""
    yield from _of_name(raw, name)
    yield from _of_citations(raw)
    yield from _of_evidence(raw)


def around_it(raw: Mapping[str, Any], around: Surroundings) -> Iterator[Flaw]:
    """What does not fit what is around the sheet: documents and tags that are not there."""
    yield from _of_documents(raw, around)
    yield from _of_tags(raw, around)


def _of_name(raw: Mapping[str, Any], name: str) -> Iterator[Flaw]:
    said = raw.get("practice")
    if isinstance(said, str) and said.strip() and said.strip() != name:
        yield Flaw(("practice",), f"is “{said[:60]}” in a file called {name}.yaml; wanted is the same name")


def _of_citations(raw: Mapping[str, Any]) -> Iterator[Flaw]:
    """Sources that are cited and not there."""
    sources = raw.get("sources")
    if not isinstance(sources, Mapping):
        return
    known = [str(key) for key in sources]
    for place, key in _cited_keys(raw):
        if key not in known:
            yield Flaw(place, f"cites “{key[:60]}”, which is not among the sources; {instead(key, known)}")


def _cited_keys(raw: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    for name in NARRATIVE:
        for place, words in texts_in(raw.get(name), (name,)):
            yield from ((place, key) for key in dict.fromkeys(cited(words)))
    for name in ("figures", "adopted_by"):
        for index, each in enumerate(listed(raw.get(name))):
            if isinstance(each, Mapping) and isinstance(key := each.get("source"), str) and key.strip():
                yield (name, index, "source"), key.strip()


def _of_evidence(raw: Mapping[str, Any]) -> Iterator[Flaw]:
    """Evidence for a field that no sheet has."""
    for index, each in enumerate(listed(raw.get("evidence"))):
        name = each.get("field") if isinstance(each, Mapping) else None
        if isinstance(name, str) and name.strip() and name.strip() not in PracticeSheet.model_fields:
            near = nearest(name, PracticeSheet.model_fields)
            hint = f"; did you mean “{near}”?" if near else ""
            yield Flaw(("evidence", index, "field"), f"“{name[:60]}” is no field of a sheet{hint}")


def _of_documents(raw: Mapping[str, Any], around: Surroundings) -> Iterator[Flaw]:
    if around.has_document is None:
        return
    for place, path in named_documents(raw):
        if not around.has_document(path):
            yield Flaw(place, f"there is no document “{path[:120]}” inside corpus/documents")


def named_documents(raw: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Every document that a sheet names, with the place."""
    for index, path in enumerate(listed(raw.get("documents"))):
        if isinstance(path, str) and path.strip():
            yield ("documents", index), path.strip()
    sources = raw.get("sources")
    holders: list[tuple[Place, object]] = [(("evidence", index), each) for index, each in enumerate(listed(raw.get("evidence")))]
    if isinstance(sources, Mapping):
        holders += [(("sources", str(key)), each) for key, each in sources.items()]
    for place, each in holders:
        if isinstance(each, Mapping) and isinstance(path := each.get("document"), str) and path.strip():
            yield (*place, "document"), path.strip()


def _of_tags(raw: Mapping[str, Any], around: Surroundings) -> Iterator[Flaw]:
    seen: dict[str, int] = {}
    for index, tag in enumerate(listed(raw.get("tags"))):
        if not isinstance(tag, str) or not tag.strip():
            continue
        if faults := faults_of(tag, around.tags):
            yield Flaw(("tags", index), f"the tag “{tag[:60]}” cannot be used: {', '.join(faults)}")
        if seen.setdefault(spelled(tag), index) != index:
            yield Flaw(("tags", index), f"the tag “{tag[:60]}” is there twice")
