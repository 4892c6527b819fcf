"""Find practices: all with what can be chosen among them, those that a question is about, those like one."""

from __future__ import annotations

from dataclasses import dataclass

from kb.peers.selection import NO_TRAITS, Traits, traits_of
from kb.peers.tags import Tag
from kb.retrieval.answer import Filters, Hit
from kb.retrieval.passage import DocumentId
from kb.services import practices, searching, similar, tagging
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.practice_documents import LOOK, practices_of
from kb.services.practices import Listed

PASSAGES = 100  # that a question is answered with; beyond them a practice is hardly about it
SHOWN = 5  # practices that are like one


@dataclass(frozen=True)
class Browsed:
    """A practice to choose from.

    Attributes:
        tags: its live ones, declared and given; controlled ones first.
        traits: what it can be chosen by; none while its sheet cannot be read.
    """

    listed: Listed
    tags: tuple[Tag, ...]
    traits: Traits


def browse(kb: KnowledgeBase, *, actor: Member) -> list[Browsed]:
    """Every practice by name; those with faults are among them."""
    require(actor, Role.MEMBER, LOOK)
    tagged = tagging.tags_by_practice(kb, actor=actor)
    found = []
    for each in practices.practices(kb, actor=actor):
        tags = tuple(sorted(tagged.get(each.name, ()), key=lambda tag: (not tag.prefix, tag)))
        found.append(Browsed(each, tags, traits_of(each.sheet, tags) if each.sheet else NO_TRAITS))
    return found


def about(kb: KnowledgeBase, question: str, *, actor: Member) -> dict[str, Hit]:
    """Name of each practice that a question is about → the passage that says so, of its sheet or of a document it lists.

    Best first. What a document says that ``n`` practices list, counts ``n`` times less for each: such a passage of rank 2 stands
    where one of a practice's own has rank ``2 n``. Empty where no sheet is in the index yet.

    Raises:
        QueryError: if the question cannot be asked.
        UnusableIndex: as a search does.
    """
    require(actor, Role.MEMBER, LOOK)
    listed = practices.practices(kb, actor=actor)
    sheets = {each.document_id: each.name for each in listed if each.document_id}
    within = {*sheets, *(document.id for each in listed if each.document_id for document in each.documents)}
    if not within:  # an empty filter would let everything pass
        return {}
    hits = searching.search(
        kb, question, actor=actor, filters=Filters(documents=tuple(sorted(within))), k=PASSAGES, facets=False
    ).hits
    belongs = practices_of(kb, within, actor=actor)
    best: dict[str, tuple[int, Hit]] = {}
    for hit in hits:
        named = belongs.get(hit.passage.document_id, ())
        for practice in named:
            place = hit.rank * len(named)
            if practice.name not in best or place < best[practice.name][0]:
                best[practice.name] = place, hit
    return {name: hit for name, (_, hit) in sorted(best.items(), key=lambda pair: (pair[1][0], pair[0]))}


def like(kb: KnowledgeBase, document_id: DocumentId, *, actor: Member) -> list[Listed]:
    """Practices whose sheets are like a sheet in meaning, the likest first.

    Args:
        document_id: of the sheet in the index.

    Raises:
        NotFound: if there is no such document.
        UnusableIndex: if there is nothing to compare with.
    """
    require(actor, Role.MEMBER, LOOK)
    others = {each.document_id: each for each in practices.practices(kb, actor=actor) if each.document_id}
    others.pop(document_id, None)
    if not others:
        return []
    within = Filters(documents=tuple(sorted(others)))
    found = similar.more_like_document(kb, document_id, actor=actor, k=SHOWN, filters=within).found
    return [others[each.document.id] for each in found]
