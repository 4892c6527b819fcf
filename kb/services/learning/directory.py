"""The directory of organisations: all of them, one with what belongs to it, and those that answer a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kb.errors import NotFound
from kb.peers.learning.organisation import Organisation, called
from kb.peers.learning.partnership import Partnership
from kb.peers.narrative import UNKNOWN
from kb.retrieval.answer import MAX_HITS, Filters, Hit
from kb.retrieval.passage import DocumentId
from kb.services import searching
from kb.services.files import entry_key
from kb.services.knowledge_base import KnowledgeBase
from kb.services.members import members
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.practice_documents import Named
from kb.services.practices import may_know
from kb.services.records import RegisteredMember
from kb.services.rubrics import seen
from kb.services.sheets import Fault
from kb.services.written_files import WrittenFile

LOOK = "look at the directory"
PASSAGES_EACH = 8  # of an organisation, that may stand before the next one's best
LEAD, CO_LEAD = "lead", "co-lead"


@dataclass(frozen=True)
class Sought:
    """Which organisations are wanted; what is empty asks for nothing.

    Attributes:
        country: ISO 3166 alpha-2: of the seat or of where it works.
        kind: an :class:`~kb.peers.choices.OwnerType`.
        programme: that paid for a project.
    """

    country: str = ""
    theme: str = ""
    kind: str = ""
    programme: str = ""

    def takes(self, organisation: Organisation) -> bool:
        """Whether an organisation is wanted."""
        return (
            self.country in ("", *organisation.all_countries)
            and self.theme in ("", *organisation.themes)
            and self.kind in ("", organisation.kind.value)
            and self.programme in ("", *organisation.programmes)
        )


@dataclass(frozen=True)
class Entry:
    """An organisation in a list.

    Attributes:
        organisation: ``None`` while a fault keeps it from being read.
        faults: what somebody has to mend, by line.
        document_id: of the file in the index; ``None`` where it is not ingested.
    """

    name: str
    organisation: Organisation | None
    faults: tuple[Fault, ...]
    document_id: DocumentId | None


@dataclass(frozen=True)
class TakesPart:
    """A partnership in which an organisation takes part.

    Attributes:
        role: :data:`LEAD`, :data:`CO_LEAD`, what the file says of a partner, or empty.
    """

    partnership: Partnership
    role: str


@dataclass(frozen=True)
class Whole:
    """One organisation with all that belongs to it.

    Attributes:
        version: of its file; what a change has to be based on.
        part_of: its entry where the organisation that it belongs to is in the directory.
        parts: organisations that belong to it.
        practices: whose owner it is.
        partnerships: in which it takes part.
        members: who work for it.
    """

    entry: Entry
    organisation: Organisation
    version: str
    changed_at_utc: str
    part_of: Organisation | None
    parts: tuple[Organisation, ...]
    practices: tuple[Named, ...]
    partnerships: tuple[TakesPart, ...]
    members: tuple[RegisteredMember, ...]


@dataclass(frozen=True)
class Found:
    """An organisation that answers a question, with the passage of its entry that speaks."""

    organisation: Organisation
    hit: Hit


def organisations(kb: KnowledgeBase, *, actor: Member, sought: Sought = Sought()) -> list[Entry]:  # frozen
    """Those that are wanted, by what they are called. Where nothing is sought, those with faults come last."""
    require(actor, Role.MEMBER, LOOK)
    may_see, documents = may_know(kb, actor=actor), _documents(kb, actor)
    entries = [_entry(kb.organisations.read(name), may_see, documents) for name in kb.organisations.names()]
    taken = [each for each in entries if (sought.takes(each.organisation) if each.organisation else sought == Sought())]
    return sorted(taken, key=lambda each: (each.organisation is None, (_title(each)).casefold(), each.name))


def organisation(kb: KnowledgeBase, name: str, *, actor: Member) -> Whole:
    """One organisation with what belongs to it.

    Raises:
        NotFound: if there is none of that name, or none that can be read.
    """
    require(actor, Role.MEMBER, LOOK)
    file = kb.organisations.read(name)
    if file.made is None:
        told = "; ".join(map(str, file.faults))
        raise NotFound(f"The entry of “{name}” in the directory cannot be used: {told}.")
    entry = _entry(file, may_know(kb, actor=actor), _documents(kb, actor))
    own = entry.organisation or file.made
    everyone = everybody(kb)
    return Whole(
        entry=entry,
        organisation=own,
        version=file.version,
        changed_at_utc=file.changed_at_utc,
        part_of=called(own.part_of, everyone) if own.part_of else None,
        parts=tuple(each for each in everyone if each.part_of and own.is_called(each.part_of) and each.organisation != name),
        practices=tuple(_practices_of(kb, own)),
        partnerships=tuple(_partnerships_of(kb, own)),
        members=tuple(each for each in members(kb, actor=actor) if own.is_called(each.organisation)),
    )


def of_name(kb: KnowledgeBase, name: str, *, actor: Member) -> Organisation | None:
    """The organisation that somebody means: by its file's name, or by anything that it is called. ``None``: it is not there."""
    require(actor, Role.MEMBER, LOOK)
    return called(name, everybody(kb))


def find(
    kb: KnowledgeBase,
    question: str,
    *,
    actor: Member,
    sought: Sought = Sought(),
    k: int = 10,  # frozen
) -> tuple[Found, ...]:
    """Organisations whose entry answers a question in any language, best first, each with the passage that speaks.

    Args:
        sought: only among these.
        k: at most so many.

    Raises:
        QueryError: if the question cannot be asked.
        UnusableIndex: as a search does.
    """
    require(actor, Role.MEMBER, LOOK)
    wanted = organisations(kb, actor=actor, sought=sought)
    by_document = {each.document_id: each.organisation for each in wanted if each.document_id and each.organisation}
    within = tuple(sorted(filter(None, by_document))) or (DocumentId(""),)  # no filter would let everything pass
    passages = min(MAX_HITS, max(1, k) * PASSAGES_EACH)
    result = searching.search(kb, question, actor=actor, filters=Filters(documents=within), k=passages, facets=False)
    best: dict[str, Found] = {}
    for hit in result.hits:
        if own := by_document.get(hit.passage.document_id):
            best.setdefault(own.organisation, Found(own, hit))
    return tuple(best.values())[:k]


def everybody(kb: KnowledgeBase) -> list[Organisation]:
    """All that can be read, for what only looks up names; no document is told."""
    read = (kb.organisations.read(name).made for name in kb.organisations.names())
    return [each.model_copy(update={"sources": seen(each.sources, lambda _: False)}) for each in read if each]


def _entry(file: WrittenFile[Organisation], may_see: Callable[[str], bool], documents: dict[str, DocumentId]) -> Entry:
    made = file.made.model_copy(update={"sources": seen(file.made.sources, may_see)}) if file.made else None
    return Entry(file.name, made, file.faults, documents.get(entry_key(file.name)))


def _title(entry: Entry) -> str:
    return entry.organisation.title if entry.organisation else entry.name


def _documents(kb: KnowledgeBase, actor: Member) -> dict[str, DocumentId]:
    """Entries in the index by their name in the ledger."""
    return {each.path: each.id for each in visible_documents(kb.catalog, actor).values() if each.metadata.entry}


def _practices_of(kb: KnowledgeBase, own: Organisation) -> Iterable[Named]:
    for name in kb.practices.names():
        sheet = kb.practices.read(name).sheet
        if sheet and own.is_called(sheet.owner.name):
            yield Named(name, sheet.title.best(sheet.language)[1])


def _partnerships_of(kb: KnowledgeBase, own: Organisation) -> Iterable[TakesPart]:
    for name in kb.partnerships.names():
        made = kb.partnerships.read(name).made
        if made and (role := role_in(made, own)) is not None:
            yield TakesPart(made.model_copy(update={"sources": seen(made.sources, lambda _: False)}), role)


def role_in(partnership: Partnership, own: Organisation) -> str | None:
    """Its role there, empty where the file tells none; ``None`` for who takes no part."""
    if own.is_called(partnership.lead):
        return LEAD
    if not isinstance(partnership.co_leads, str) and any(map(own.is_called, partnership.co_leads)):
        return CO_LEAD
    found = next((each for each in partnership.all_partners if own.is_called(each.organisation)), None)
    return None if found is None else ("" if found.role == UNKNOWN else found.role)
