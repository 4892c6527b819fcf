"""Look at practices: the list, one with what speaks for it, what is wrong in the sheets, and which practice a document belongs to.

A sheet may name documents that the acting member may not see: they are left out of what is given here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Self

from kb.errors import KBError, NotFound
from kb.peers.completeness import Completeness, completeness
from kb.peers.flaws_between import Surroundings
from kb.peers.narrative import Text
from kb.peers.parts import Evidence
from kb.peers.practice import PracticeSheet
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.judged import flat
from kb.retrieval.passage import DocumentId, Passage
from kb.services.files import SHEET
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.practice_documents import LOOK, Named, practices_of
from kb.services.sheets import SUFFIX, Fault, SheetFile

__all__ = ["Checked", "Listed", "Named", "Practice", "Proof", "check", "practice", "practices", "practices_of"]

BEGINNING_CHARS = 40  # of a quote that runs over two passages: enough to tell which one it begins in


@dataclass(frozen=True)
class Listed:
    """A practice in a list.

    Attributes:
        sheet: ``None`` while a fault keeps it from being read.
        faults: what somebody has to mend, by line.
        documents: those of the sheet that are in the index.
        document_id: of the sheet itself in the index; ``None`` where it is not ingested.
    """

    name: str
    sheet: PracticeSheet | None
    faults: tuple[Fault, ...]
    documents: tuple[DocumentSummary, ...]
    document_id: DocumentId | None

    @property
    def completeness(self) -> Completeness | None:
        """Counted when it is asked for: a list of a thousand shows it of a page only."""
        return completeness(self.sheet) if self.sheet else None


@dataclass(frozen=True)
class Proof:
    """A quote that speaks for a field, and where it stands now.

    Attributes:
        document: where it is in the index, else ``None``.
        passage: that holds the quote, or its beginning; ``None`` where none does.
        is_there: whether the document holds these words (still), white space aside.
    """

    evidence: Evidence
    document: DocumentSummary | None
    passage: Passage | None
    is_there: bool


@dataclass(frozen=True)
class Practice:
    """One practice.

    Attributes:
        version: what a change has to be based on.
        changed_at_utc: when its file was written.
        missing: documents that the sheet names and the index does not have; for administrators only.
    """

    listed: Listed
    version: str
    changed_at_utc: str
    evidence: tuple[Proof, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What is wrong in one sheet.

    Attributes:
        remarks: worth a look; the sheet can be used all the same.
    """

    name: str
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]


def practices(kb: KnowledgeBase, *, actor: Member) -> list[Listed]:
    """Every practice by name; those with faults are among them."""
    require(actor, Role.MEMBER, LOOK)
    seen = _Seen.by(kb, actor)
    return [_listed(kb.practices.read(name), seen) for name in kb.practices.names()]


def listed(kb: KnowledgeBase, name: str, *, actor: Member) -> Listed:
    """One practice as it is in the list; cheaper than :func:`practice`.

    Raises:
        NotFound: if there is none of that name.
    """
    require(actor, Role.MEMBER, LOOK)
    return _listed(kb.practices.read(name), _Seen.by(kb, actor))


def sheet_title(kb: KnowledgeBase, name: str, *, actor: Member) -> tuple[Text, str] | None:
    """What a practice is called, and the language of its sheet; ``None`` where that is not there or cannot be read.

    For pages that name hundreds: no document is looked up.
    """
    require(actor, Role.MEMBER, LOOK)
    try:
        sheet = kb.practices.read(name).sheet
    except NotFound:
        return None
    return (sheet.title, sheet.language) if sheet else None


def practice(kb: KnowledgeBase, name: str, *, actor: Member) -> Practice:
    """One practice, with its evidence looked up in the documents.

    Raises:
        NotFound: if there is none of that name.
    """
    require(actor, Role.MEMBER, LOOK)
    file = kb.practices.read(name)
    seen = _Seen.by(kb, actor)
    listed, by_path = _listed(file, seen), seen.by_path
    proofs = tuple(_proof(kb, each, by_path) for each in listed.sheet.evidence) if listed.sheet else ()
    named = file.sheet.documents if file.sheet and Role.ADMINISTRATOR in actor.roles else ()
    return Practice(listed, file.version, file.changed_at_utc, proofs, tuple(path for path in named if path not in by_path))


def check(kb: KnowledgeBase, names: Iterable[str] = (), *, actor: Member) -> list[Checked]:
    """What is wrong in these sheets; in all of them if none is named.

    Raises:
        NotFound: if one of them is not there.
    """
    require(actor, Role.MEMBER, LOOK)
    around = Surroundings(has_document=lambda path: has_file(kb, path), tags=controlled_tags(kb))
    by_path = {document.path: document for document in visible_documents(kb.catalog, actor).values()}
    return [_checked(kb, kb.practices.read(name, around), by_path) for name in (list(names) or kb.practices.names())]


def controlled_tags(kb: KnowledgeBase) -> frozenset[str]:
    """Every controlled tag; none while the concepts have faults, so that tags are not looked up."""
    try:
        return frozenset(kb.concepts().tags)
    except KBError:
        return frozenset()


def has_file(kb: KnowledgeBase, path: str) -> bool:
    """Whether the documents folder holds a file at ``path``, which leads to no other place."""
    inside = PurePosixPath(path)
    return not inside.is_absolute() and ".." not in inside.parts and (kb.documents / inside).is_file()


def for_eyes(sheet: PracticeSheet, may_see: Callable[[str], bool]) -> PracticeSheet:
    """The sheet without the documents that somebody may not know of, and without words from them.

    A sheet that names none of these is given as it is: what is left out of it stays told apart from what is empty.
    """
    named = {*sheet.documents, *(each.document for each in sheet.evidence)}
    named.update(source.document for source in sheet.sources.values() if source.document)
    hidden = {path for path in named if not may_see(path)}
    if not hidden:
        return sheet
    shown = {
        "documents": tuple(path for path in sheet.documents if path not in hidden),
        "evidence": tuple(each for each in sheet.evidence if each.document not in hidden),
        "sources": {
            key: source.model_copy(update={"document": None}) if source.document in hidden else source
            for key, source in sheet.sources.items()
        },
    }
    return sheet.model_copy(update={name: value for name, value in shown.items() if value != getattr(sheet, name)})


def may_know(kb: KnowledgeBase, *, actor: Member) -> Callable[[str], bool]:
    """Whether the actor may know of a document, by path. One that is not in the index is known to administrators."""
    return _Seen.by(kb, actor).may_know


@dataclass(frozen=True)
class _Seen:
    """The documents that somebody may see, by path: looked up once for all sheets of a list."""

    by_path: Mapping[str, DocumentSummary]
    sees_all: bool

    @classmethod
    def by(cls, kb: KnowledgeBase, actor: Member) -> Self:
        by_path = {document.path: document for document in visible_documents(kb.catalog, actor).values()}
        return cls(by_path, Role.ADMINISTRATOR in actor.roles)

    def may_know(self, path: str) -> bool:
        return self.sees_all or path in self.by_path


def _listed(file: SheetFile, seen: _Seen) -> Listed:
    own = seen.by_path.get(f"{SHEET}{file.name}{SUFFIX}")
    sheet = for_eyes(file.sheet, seen.may_know) if file.sheet else None
    documents = tuple(seen.by_path[path] for path in sheet.documents if path in seen.by_path) if sheet else ()
    return Listed(file.name, sheet, file.faults, documents, own.id if own else None)


def _proof(kb: KnowledgeBase, evidence: Evidence, by_path: Mapping[str, DocumentSummary]) -> Proof:
    about = by_path.get(evidence.document)
    document = kb.catalog.document(about.id) if about else None
    if about is None or document is None:
        return Proof(evidence, None, None, is_there=False)
    quote = flat(evidence.quote)
    passages = [(passage, flat(passage.text)) for passage in kb.catalog.passages_of(about.id)]
    whole = (passage for passage, text in passages if quote in text)
    begun = (passage for passage, text in passages if quote[:BEGINNING_CHARS] in text)
    is_there = quote in flat(document.text)
    return Proof(evidence, about, next(whole, None) or (next(begun, None) if is_there else None), is_there)


def _checked(kb: KnowledgeBase, file: SheetFile, by_path: Mapping[str, DocumentSummary]) -> Checked:
    remarks = []
    if file.sheet:
        remarks += [f"{name} says something and names no source" for name in completeness(file.sheet).uncited]
        for number, each in enumerate(file.sheet.evidence, start=1):
            proof = _proof(kb, each, by_path)
            if proof.document and not proof.is_there:
                remarks.append(f"evidence.{number}: these words are not in {each.document}: “{each.quote[:80]}”")
    return Checked(file.name, file.faults, tuple(remarks))
