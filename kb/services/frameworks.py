"""Transferability frameworks: those that people write, what is wrong in them, and the versions that tests use.

A version in use is kept word by word in the journal when the first test is opened with it, and never changed: what its file says
later needs another version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.errors import Conflict, InvalidEntry, NotFound
from kb.peers.flaws_between import Surroundings
from kb.peers.transfer.framework import Framework
from kb.services import journaling
from kb.services.kept_frameworks import KEPT, STREAM, KeptFramework, body_of, read_entry, spelled, versions_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_either
from kb.services.practices import controlled_tags, has_file, may_know
from kb.services.records import StoredEntry, UnitOfWork
from kb.services.rubrics import seen
from kb.services.sheets import Fault
from kb.services.versioned_files import VersionedFile
from kb.services.versions_in_use import Checked, all_faults, checked

LOOK, USE = "look at frameworks", "open tests of transferability"


@dataclass(frozen=True)
class ListedFramework:
    """A framework in a list.

    Attributes:
        framework: as its file has it; without a file the newest version in use; ``None`` while a fault keeps it from being read.
        faults: what somebody has to mend before it can be used, by line.
        in_use: versions that tests use, oldest first.
        has_file: whether new tests can be opened with it.
    """

    name: str
    framework: Framework | None
    faults: tuple[Fault, ...]
    in_use: tuple[int, ...]
    has_file: bool


def frameworks(kb: KnowledgeBase, *, actor: Member) -> list[ListedFramework]:
    """Every framework by name: those with a file, faulty ones too, and those that are in use and have none any more."""
    require(actor, Role.MEMBER, LOOK)
    kept = _kept(kb)
    there = kb.frameworks.names()
    may_see = may_know(kb, actor=actor)
    listed = []
    for name in sorted({*there, *kept}):
        versions = kept.get(name, [])
        file = kb.frameworks.read(name) if name in there else None
        found = file.made if file else spelled(versions[-1].text)
        faults = all_faults(file, versions) if file else ()
        in_use = tuple(each.version for each in versions)
        listed.append(ListedFramework(name, for_eyes(found, may_see) if found else None, faults, in_use, file is not None))
    return listed


def framework(kb: KnowledgeBase, name: str, version: int | None = None, *, actor: Member) -> Framework:
    """One framework: the version in use if one is named and in use, else what its file says.

    Raises:
        NotFound: if there is none of that name, or no such version.
        InvalidEntry: if the file has faults; all of them together.
    """
    require(actor, Role.MEMBER, LOOK)
    versions = _kept(kb).get(name, [])
    found = next((spelled(each.text) for each in versions if each.version == version), None)
    if found is None:
        found = _sound(kb.frameworks.read(name), versions)
        if version not in (None, found.version):
            raise NotFound(f"There is no version {version} of the framework “{name}”. Its file has version {found.version}.")
    return for_eyes(found, may_know(kb, actor=actor))


def check(kb: KnowledgeBase, names: Iterable[str] = (), *, actor: Member) -> list[Checked]:
    """What is wrong in these frameworks; in all that have a file if none is named.

    Raises:
        NotFound: if one of them is not there.
    """
    require(actor, Role.MEMBER, LOOK)
    kept = _kept(kb)
    around = Surroundings(has_document=lambda path: has_file(kb, path), tags=controlled_tags(kb))
    found = [kb.frameworks.read(name, around) for name in (list(names) or kb.frameworks.names())]
    return [checked(file, kept.get(file.name, [])) for file in found]


def keep_in_use(
    kb: KnowledgeBase, records: UnitOfWork, framework: Framework, *, actor: Member, is_demo: bool = False
) -> KeptFramework:
    """Keep the version that a test is opened with, unless it is kept already; within the unit that opens it.

    It is the file that is kept: what an actor was given may lack the names of documents that are not for their eyes. A version that
    only the demonstration uses is kept once more for the first real test, so that it stays when the demonstration goes.

    Raises:
        NotFound: if it is not in use and has no file.
        InvalidEntry: if its file has faults, or is at another version by now.
        Conflict: if somebody kept another version of it at the same moment.
    """
    require_either(actor, Role.REVIEWER, Role.FACILITATOR, USE)
    name, version = framework.framework, framework.version
    entries = records.journal.of(STREAM, name)
    versions = versions_of(entries)
    kept = next((each for each in versions if each.version == version), None)
    if kept and (is_demo or not kept.is_demo):
        return kept
    body = body_of(version, kept.sha256, kept.text) if kept else _body_of_file(kb, framework, versions)
    try:
        at = journaling.next_seq(entries)
        return read_entry(journaling.append(records, STREAM, name, at, KEPT, body, actor=actor, is_demo=is_demo))
    except Conflict:
        for each in versions_of(records.journal.of(STREAM, name)):
            if each.version == version and (is_demo or not each.is_demo):
                return each  # somebody else opened a test with it at the same moment
        raise


def _body_of_file(kb: KnowledgeBase, framework: Framework, versions: Sequence[KeptFramework]) -> str:
    whole = _sound(kb.frameworks.read(framework.framework), versions)
    if whole.version != framework.version:
        raise InvalidEntry(
            f"The framework “{whole.framework}” is at version {whole.version} by now. Look at it, then open the test."
        )
    return body_of(whole.version, whole.sha256, whole.canonical())


def in_use(records: UnitOfWork, name: str, version: int) -> Framework:
    """A framework in use, word by word: to decide, and never to be shown.

    Raises:
        NotFound: if this version was never used.
    """
    for kept in versions_of(records.journal.of(STREAM, name)):
        if kept.version == version:
            return spelled(kept.text)
    raise NotFound(f"The framework {name}, version {version}, is not in use. See the frameworks: kb transfer framework")


def for_eyes(framework: Framework, may_see: Callable[[str], bool]) -> Framework:
    """The framework without the documents that somebody may not know of."""
    return framework.model_copy(update={"sources": seen(framework.sources, may_see)})


def _kept(kb: KnowledgeBase) -> dict[str, list[KeptFramework]]:
    """Versions in use by name, oldest first."""
    by_name: dict[str, list[StoredEntry]] = {}
    with kb.records() as records:
        for entry in records.journal.everyone(STREAM, (KEPT,)):
            by_name.setdefault(entry.subject, []).append(entry)
    return {name: versions_of(entries) for name, entries in by_name.items()}


def _sound(file: VersionedFile[Framework], versions: Sequence[KeptFramework]) -> Framework:
    found = all_faults(file, versions)
    if file.made is None or found:
        raise InvalidEntry(f"The framework “{file.name}” cannot be used: {'; '.join(map(str, found))}.")
    return file.made
