"""Partnerships: what each is about, where it stands, and who takes part in which groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kb.errors import NotFound
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.organisation import Organisation, called
from kb.peers.learning.partnership import Partnership, PartnershipPartner
from kb.peers.narrative import UNKNOWN
from kb.retrieval.answer import MAX_HITS, Filters, Hit
from kb.retrieval.passage import DocumentId
from kb.services import searching
from kb.services.files import partnership_key
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.directory import CO_LEAD, LEAD, LOOK, PASSAGES_EACH, everybody
from kb.services.members import members
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.practices import may_know
from kb.services.records import RegisteredMember
from kb.services.rubrics import seen
from kb.services.sheets import Fault


@dataclass(frozen=True)
class ListedPartnership:
    """A partnership in a list.

    Attributes:
        partnership: ``None`` while a fault keeps it from being read.
        faults: what somebody has to mend, by line.
    """

    name: str
    partnership: Partnership | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Seat:
    """Somebody who takes part.

    Attributes:
        written: as the partnership's file writes the organisation.
        organisation: what the directory says of it; ``None`` where it is not there.
        country: ISO 3166 alpha-2, of the partnership's file, else of the directory; empty where neither tells it.
        role: :data:`~kb.services.learning.directory.LEAD` or ``CO_LEAD``, what the file tells of a partner, or empty.
        members: registered ones who work for it.
    """

    written: str
    organisation: Organisation | None
    country: str
    groups: tuple[str, ...]
    role: str
    joined: str
    source: str
    members: tuple[RegisteredMember, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.organisation.title if self.organisation else self.written


@dataclass(frozen=True)
class WholePartnership:
    """One partnership with who takes part.

    Attributes:
        version: of its file; what a change has to be based on.
        document_id: of the file in the index; ``None`` where it is not ingested.
        seats: lead first, then co-leads, then partners in the order of the file.
    """

    name: str
    partnership: Partnership
    version: str
    changed_at_utc: str
    document_id: DocumentId | None
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class FoundPartnership:
    """A partnership that answers a question, with the passage of its file that speaks."""

    partnership: Partnership
    hit: Hit


def partnerships(kb: KnowledgeBase, *, actor: Member) -> list[ListedPartnership]:
    """Every partnership by name; those with faults are among them."""
    require(actor, Role.MEMBER, LOOK)
    may_see = may_know(kb, actor=actor)
    files = [kb.partnerships.read(name) for name in kb.partnerships.names()]
    return [ListedPartnership(each.name, for_eyes(each.made, may_see) if each.made else None, each.faults) for each in files]


def find(kb: KnowledgeBase, question: str, *, actor: Member, k: int = 10) -> tuple[FoundPartnership, ...]:
    """Partnerships whose file answers a question in any language, best first, each with the passage that speaks.

    Args:
        k: at most so many.

    Raises:
        QueryError: if the question cannot be asked.
        UnusableIndex: as a search does.
    """
    require(actor, Role.MEMBER, LOOK)
    told = {partnership_key(each.name): each.partnership for each in partnerships(kb, actor=actor)}
    by_document = {identity: own for path, identity in _documents(kb, actor).items() if (own := told.get(path))}
    within = tuple(sorted(by_document)) or (DocumentId(""),)  # no filter would let everything pass
    passages = min(MAX_HITS, max(1, k) * PASSAGES_EACH)
    result = searching.search(kb, question, actor=actor, filters=Filters(documents=within), k=passages, facets=False)
    best: dict[str, FoundPartnership] = {}
    for hit in result.hits:
        own = by_document[hit.passage.document_id]
        best.setdefault(own.partnership, FoundPartnership(own, hit))
    return tuple(best.values())[:k]


def partnership(kb: KnowledgeBase, name: str, *, actor: Member) -> WholePartnership:
    """One partnership.

    Raises:
        NotFound: if there is none of that name, or none that can be read.
    """
    require(actor, Role.MEMBER, LOOK)
    file = kb.partnerships.read(name)
    if file.made is None:
        raise NotFound(f"The partnership “{name}” cannot be used: {'; '.join(map(str, file.faults))}.")
    made = for_eyes(file.made, may_know(kb, actor=actor))
    return WholePartnership(
        name,
        made,
        file.version,
        file.changed_at_utc,
        _documents(kb, actor).get(partnership_key(name)),
        tuple(_seats(kb, made, actor)),
    )


def _documents(kb: KnowledgeBase, actor: Member) -> dict[str, DocumentId]:
    """Partnerships in the index by their name in the ledger."""
    return {each.path: each.id for each in visible_documents(kb.catalog, actor).values() if each.metadata.partnership}


def for_eyes(made: Partnership, may_see: Callable[[str], bool]) -> Partnership:
    """The partnership without the documents that somebody may not know of."""
    return made.model_copy(update={"sources": seen(made.sources, may_see)})


def _seats(kb: KnowledgeBase, made: Partnership, actor: Member) -> list[Seat]:
    everyone, registered = everybody(kb), members(kb, actor=actor)
    leads = [(made.lead, LEAD)] + [(each, CO_LEAD) for each in ([] if isinstance(made.co_leads, str) else made.co_leads)]
    told = {each.organisation: each for each in made.all_partners}
    seats = [_seat(name, role, told.pop(name, None), everyone, registered) for name, role in leads if name != UNKNOWN]
    return seats + [_seat(name, "", each, everyone, registered) for name, each in told.items()]


def _seat(
    written: str,
    role: str,
    partner: PartnershipPartner | None,
    everyone: Sequence[Organisation],
    registered: Sequence[RegisteredMember],
) -> Seat:
    own = called(written, everyone)
    country = partner.country if partner else UNKNOWN
    if country == UNKNOWN and own:
        country = own.country
    groups: Any = partner.groups if partner else ()
    said = partner.role if partner and partner.role != UNKNOWN else ""
    work_there = [each for each in registered if _works_for(each, written, own)]
    return Seat(
        written=written,
        organisation=own,
        country="" if country == UNKNOWN else country,
        groups=() if isinstance(groups, str) else tuple(groups),
        role=role or said,
        joined="" if partner is None or partner.joined == UNKNOWN else partner.joined,
        source=partner.source if partner else "",
        members=tuple(work_there),
    )


def _works_for(member: RegisteredMember, written: str, own: Organisation | None) -> bool:
    return own.is_called(member.organisation) if own else same_organisation(written, member.organisation)
