"""Questions that a member asks again and again, and what is new in the answer since the last look.

New is what came into the knowledge base, not what moved: see :func:`new_hits`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kb.errors import Conflict, InvalidEntry, NotFound
from kb.retrieval.answer import Filters, Hit, SearchResult
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId, PassageId
from kb.retrieval.writable import one_line
from kb.services import searching
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, may_see, require, visible_documents
from kb.services.records import NameTakenError, SavedSearch

MAX_SAVED = 200  # of one member: a list that can still be read
MAX_NAME_CHARS = 100
MAX_FILTER_VALUES = 100
MAX_FILTER_CHARS = 300  # of one value; organisations have long names
ACTION = "save searches"


@dataclass(frozen=True)
class Visit:
    """A saved search, asked now.

    Attributes:
        saved: as it was before this look.
        new: the hits that are new since the last look; all of them at the first.
        indexed_until_utc: when the index that answered was built, or a little earlier.
    """

    saved: SavedSearch
    result: SearchResult
    new: frozenset[PassageId]
    indexed_until_utc: str


def save(
    kb: KnowledgeBase,
    name: str,
    question: str,
    *,
    actor: Member,
    filters: Filters = Filters(),  # noqa: B008  # frozen
    k: int = 10,
) -> SavedSearch:
    """Keep a search under a name. What it finds now counts as seen.

    Raises:
        InvalidEntry: all faults of name and filters together; or the member has too many.
        QueryError: if the question cannot be asked.
    """
    require(actor, Role.MEMBER, ACTION)
    name = _checked(name, filters)
    now = _now()
    saved = SavedSearch(actor.name, name, _key(name), one_line(question), filters, k, now, now)
    saved = _seen(_visit(kb, saved, actor))
    try:
        with kb.records() as records:
            if len(records.saved_searches.of_member(actor.name)) >= MAX_SAVED:
                raise InvalidEntry(f"You have {MAX_SAVED} saved searches, and more are not taken. Remove one first.")
            return records.saved_searches.add(saved)
    except NameTakenError as error:
        raise _taken(name) from error


def saved_searches(kb: KnowledgeBase, *, actor: Member) -> list[SavedSearch]:
    """The actor's own, by name; nobody sees another's."""
    require(actor, Role.MEMBER, ACTION)
    with kb.records() as records:
        return records.saved_searches.of_member(actor.name)


def saved_search(kb: KnowledgeBase, saved_id: int, *, actor: Member) -> SavedSearch:
    """One of the actor's own.

    Raises:
        NotFound: if the actor has no such one.
    """
    return _one(each for each in saved_searches(kb, actor=actor) if each.id == saved_id)


def named(kb: KnowledgeBase, name: str, *, actor: Member) -> SavedSearch:
    """The actor's own of that name, whatever its case.

    Raises:
        NotFound: if there is none.
    """
    key = _key(one_line(name))
    return _one(each for each in saved_searches(kb, actor=actor) if each.name_key == key)


def run(kb: KnowledgeBase, saved_id: int, *, actor: Member) -> Visit:
    """Ask a saved search. It stays unseen until :func:`mark_seen`, so that a page may be drawn again.

    Raises:
        NotFound: if the actor has no such one.
    """
    return _visit(kb, saved_search(kb, saved_id, actor=actor), actor)


def mark_seen(kb: KnowledgeBase, visit: Visit, *, actor: Member) -> SavedSearch:
    """Take the hits of ``visit`` as seen.

    Raises:
        NotFound: if it was removed meanwhile, or is not the actor's.
        Conflict: if it was changed or looked at elsewhere since ``visit``.
    """
    return _change(kb, visit.saved, _seen(visit), actor)


def rename(kb: KnowledgeBase, saved: SavedSearch, name: str, *, actor: Member) -> SavedSearch:
    """Give it another name.

    Raises:
        InvalidEntry: if the name is empty, too long or taken.
        NotFound: if it was removed meanwhile, or is not the actor's.
        Conflict: if it was changed since ``saved`` was read.
    """
    name = _checked(name, saved.filters)
    return _change(kb, saved, replace(saved, name=name, name_key=_key(name), changed_at_utc=_now()), actor)


def remove(kb: KnowledgeBase, saved_id: int, *, actor: Member) -> None:
    """Forget it.

    Raises:
        NotFound: if the actor has no such one.
    """
    require(actor, Role.MEMBER, ACTION)
    with kb.records() as records:
        if not records.saved_searches.remove(actor.name, saved_id):
            raise _absent()


def new_hits(
    hits: Iterable[Hit],
    saved: SavedSearch,
    documents: Mapping[DocumentId, DocumentSummary],
    read_at_utc: Mapping[str, str],
    actor: Member,
) -> frozenset[PassageId]:
    """Those that were not shown at the last look and whose document came or changed since, or was not to be seen by the actor then.

    A hit that only moved up, because another document left or the ranking was improved, is not new.

    Args:
        documents: that the actor may see, by id.
        read_at_utc: path → when the file was last read anew, from the ledger.
    """
    seen = frozenset(saved.seen)
    return frozenset(
        hit.passage.id
        for hit in hits
        if hit.passage.id not in seen and _came(documents[hit.passage.document_id], read_at_utc.get(hit.path, ""), saved, actor)
    )


def _came(document: DocumentSummary, read_at_utc: str, saved: SavedSearch, actor: Member) -> bool:
    # >=: stamps have seconds, and what is of the same second may have missed the index that answered
    since = saved.indexed_until_utc
    return max(document.added_at_utc, read_at_utc) >= since or not may_see(actor, document.metadata, saved.seen_at_utc[:10])


def _visit(kb: KnowledgeBase, saved: SavedSearch, actor: Member) -> Visit:
    until = kb.generation().manifest.built_at_utc  # before the search: a generation published meanwhile is told again, not missed
    result = searching.search(kb, saved.question, actor=actor, filters=saved.filters, k=saved.k)
    documents = visible_documents(kb.catalog, actor)
    hits = [hit for hit in result.hits if hit.passage.document_id in documents]
    unseen = {hit.passage.id for hit in hits} - set(saved.seen)
    read_at = {entry.path: entry.at_utc for entry in kb.catalog.ledger()} if unseen else {}
    return Visit(saved, result, new_hits(hits, saved, documents, read_at, actor), until)


def _seen(visit: Visit) -> SavedSearch:
    seen = tuple(hit.passage.id for hit in visit.result.hits)
    return replace(visit.saved, seen=seen, seen_at_utc=_now(), indexed_until_utc=visit.indexed_until_utc)


def _change(kb: KnowledgeBase, before: SavedSearch, after: SavedSearch, actor: Member) -> SavedSearch:
    require(actor, Role.MEMBER, ACTION)
    try:
        with kb.records() as records:
            there = _one(each for each in records.saved_searches.of_member(actor.name) if each.id == before.id)
            changed = records.saved_searches.change(after)
            if changed is None:
                raise Conflict(f"The saved search “{there.name}” was changed or looked at elsewhere meanwhile. Open it again.")
            return changed
    except NameTakenError as error:
        raise _taken(after.name) from error


def _one(found: Iterable[SavedSearch]) -> SavedSearch:
    saved = next(iter(found), None)
    if saved is None:
        raise _absent()
    return saved


def _absent() -> NotFound:
    return NotFound("You have no such saved search; it may have been renamed or removed.")


def _taken(name: str) -> InvalidEntry:
    return InvalidEntry(f"You have a saved search called “{name}” already. Choose another name.")


def _checked(name: str, filters: Filters) -> str:
    name = one_line(name)
    values = [str(value) for chosen in vars(filters).values() for value in chosen]
    faults = ["the name is empty"] if not name else []
    if len(name) > MAX_NAME_CHARS:
        faults.append(f"the name has {len(name)} characters; at most {MAX_NAME_CHARS} are taken")
    if len(values) > MAX_FILTER_VALUES:
        faults.append(f"it has {len(values)} filters; at most {MAX_FILTER_VALUES} are taken")
    if longest := max((len(value) for value in values if len(value) > MAX_FILTER_CHARS), default=0):
        faults.append(f"a filter has {longest} characters; at most {MAX_FILTER_CHARS} are taken")
    if faults:
        raise InvalidEntry(f"The search cannot be saved: {'; '.join(faults)}.")
    return name


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
