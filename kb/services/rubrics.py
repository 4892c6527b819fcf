"""Rubrics: those that people write, what is wrong in them, and the versions that assessments use.

A version in use is kept word by word when the first assessment is opened with it, and never changed: what its file says later needs
another version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kb.errors import InvalidEntry, NotFound
from kb.peers.assessment.rubric import Rubric
from kb.peers.flaws_between import Surroundings
from kb.peers.parts import Source
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.practices import has_file, may_know
from kb.services.records import KeptRubric, UnitOfWork
from kb.services.sheets import Fault
from kb.services.tag_records import now
from kb.services.versioned_files import VersionedFile
from kb.services.versions_in_use import Checked, all_faults, checked

LOOK, USE = "look at rubrics", "open assessments"


@dataclass(frozen=True)
class ListedRubric:
    """A rubric in a list.

    Attributes:
        rubric: as its file has it; without a file the newest version in use; ``None`` while a fault keeps it from being read.
        faults: what somebody has to mend before it can be used, by line.
        in_use: versions that assessments use, oldest first.
        has_file: whether new assessments can be opened with it.
    """

    name: str
    rubric: Rubric | None
    faults: tuple[Fault, ...]
    in_use: tuple[int, ...]
    has_file: bool

    @property
    def n_in_use(self) -> int:
        """How many versions assessments use."""
        return len(self.in_use)


def rubrics(kb: KnowledgeBase, *, actor: Member) -> list[ListedRubric]:
    """Every rubric by name: those with a file, faulty ones too, and those that are in use and have none any more."""
    require(actor, Role.MEMBER, LOOK)
    kept = _kept(kb)
    there = kb.rubrics.names()
    listed = []
    for name in sorted({*there, *kept}):
        versions = kept.get(name, [])
        file = kb.rubrics.read(name) if name in there else None
        rubric = file.made if file else spelled(versions[-1].text)
        faults = all_faults(file, versions) if file else ()
        in_use = tuple(each.version for each in versions)
        listed.append(ListedRubric(name, _for_eyes(kb, rubric, actor), faults, in_use, file is not None))
    return listed


def rubric(kb: KnowledgeBase, name: str, version: int | None = None, *, actor: Member) -> Rubric:
    """One rubric: the version in use if one is named and in use, else what its file says.

    Raises:
        NotFound: if there is none of that name, or no such version.
        InvalidEntry: if the file has faults; all of them together.
    """
    require(actor, Role.MEMBER, LOOK)
    versions = _kept(kb).get(name, [])
    found = next((spelled(each.text) for each in versions if each.version == version), None)
    if found is None:
        found = _sound(kb.rubrics.read(name), versions)
        if version not in (None, found.version):
            raise NotFound(f"There is no version {version} of the rubric “{name}”. Its file has version {found.version}.")
    return for_eyes(found, may_know(kb, actor=actor))


def check(kb: KnowledgeBase, names: Iterable[str] = (), *, actor: Member) -> list[Checked]:
    """What is wrong in these rubrics; in all that have a file if none is named.

    Raises:
        NotFound: if one of them is not there.
    """
    require(actor, Role.MEMBER, LOOK)
    kept = _kept(kb)
    around = Surroundings(has_document=lambda path: has_file(kb, path))
    found = [kb.rubrics.read(name, around) for name in (list(names) or kb.rubrics.names())]
    return [checked(file, kept.get(file.name, [])) for file in found]


def keep_in_use(kb: KnowledgeBase, records: UnitOfWork, rubric: Rubric, *, actor: Member, is_demo: bool = False) -> KeptRubric:
    """Keep the version that an assessment is opened with, unless it is kept already; within the unit that opens it.

    It is the file that is kept: what an actor was given may lack the names of documents that are not for their eyes.

    Args:
        is_demo: only the demonstration uses it so far; the first real assessment keeps it for good.

    Raises:
        NotFound: if it is not in use and has no file.
        InvalidEntry: if its file has faults, or is at another version by now.
    """
    require(actor, Role.FACILITATOR, USE)
    if kept := records.rubrics.get(rubric.rubric, rubric.version):
        real = replace(kept, at_utc=now(), member=actor.name, is_demo=False) if kept.is_demo and not is_demo else kept
        return records.rubrics.keep(real)
    whole = _sound(kb.rubrics.read(rubric.rubric), records.rubrics.versions(rubric.rubric))
    if whole.version != rubric.version:
        raise InvalidEntry(
            f"The rubric “{whole.rubric}” is at version {whole.version} by now. Look at it, then open the assessment."
        )
    kept = KeptRubric(whole.rubric, whole.version, whole.sha256, whole.canonical(), now(), actor.name, is_demo=is_demo)
    return records.rubrics.keep(kept)


@lru_cache(maxsize=256)  # a version in use never changes
def spelled(canonical: str) -> Rubric:
    """The rubric that a kept text spells."""
    return Rubric.from_canonical(canonical)


def for_eyes(rubric: Rubric, may_see: Callable[[str], bool]) -> Rubric:
    """The rubric without the documents that somebody may not know of."""
    return rubric.model_copy(update={"sources": seen(rubric.sources, may_see)})


def seen(sources: Mapping[str, Source], may_see: Callable[[str], bool]) -> dict[str, Source]:
    """Sources without the documents that somebody may not know of."""
    return {
        key: source if not source.document or may_see(source.document) else source.model_copy(update={"document": None})
        for key, source in sources.items()
    }


def _for_eyes(kb: KnowledgeBase, rubric: Rubric | None, actor: Member) -> Rubric | None:
    return for_eyes(rubric, may_know(kb, actor=actor)) if rubric else None


def _kept(kb: KnowledgeBase) -> dict[str, list[KeptRubric]]:
    """Versions in use by name, oldest first."""
    kept: dict[str, list[KeptRubric]] = {}
    with kb.records() as records:
        for each in records.rubrics.everyone():
            kept.setdefault(each.name, []).append(each)
    return kept


def _sound(file: VersionedFile[Rubric], versions: Sequence[KeptRubric]) -> Rubric:
    found = all_faults(file, versions)
    if file.made is None or found:
        raise InvalidEntry(f"The rubric “{file.name}” cannot be used: {'; '.join(map(str, found))}.")
    return file.made
