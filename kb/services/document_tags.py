"""Documents with the tags of the practices that they belong to: what a tag in a filter means for a search. Light: searches ask.

What a sheet declares is taken from the index, as all that is searched. What members give is there within a second, in the process
where it was given mostly at once: to begin a transaction on the records for every question would put each of them behind whoever
writes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from weakref import WeakKeyDictionary

from kb.errors import UnusableRecords
from kb.retrieval.answer import Filters
from kb.retrieval.catalog import Catalog, DocumentSummary
from kb.retrieval.passage import DocumentId
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, visible_documents
from kb.services.practice_documents import listed
from kb.services.records import UnitOfWork

FRESH_S = 1.0  # what another process gave may be unknown for so long
AWAY_S = 30.0  # records that cannot be opened are not tried again for a mere count; to find out may take seconds
TAGS = "tags"  # of an ingested sheet's metadata: its tags, as JSON

Documents = Mapping[DocumentId, DocumentSummary]
Given = frozenset[tuple[str, str]]  # practice and tag
Declared = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]  # practice, paths of its sheet and documents, tags
_KNOWN: WeakKeyDictionary[Callable[[], UnitOfWork], tuple[float, Given | None]] = WeakKeyDictionary()  # of each database


def documents_for(kb: KnowledgeBase, wanted: Sequence[Filters] = (), *, actor: Member, count: bool = False) -> Documents:
    """Every document that the actor may see; with tags where ``wanted`` asks for one, or where they are to be counted.

    The same mapping for as long as nothing changes.

    Raises:
        UnusableRecords: if a filter asks for a tag and nobody can tell what members gave. Counts go without.
    """
    is_asked = any(each.tags for each in wanted)
    if not (is_asked or count):
        return visible_documents(kb.catalog, actor)
    key = (kb.catalog, kb.catalog.revision(), actor, datetime.now(UTC).date().isoformat())
    if not _declared(*key):
        return visible_documents(kb.catalog, actor)
    return _tagged(*key, _given(kb, must_be_told=is_asked))


def forget_given(kb: KnowledgeBase) -> None:
    """Somebody gave or withdrew a tag just now: the next search asks the records."""
    _KNOWN.pop(kb.records, None)


def _given(kb: KnowledgeBase, *, must_be_told: bool) -> Given:
    """What members gave to any practice and nobody withdrew."""
    until, given = _KNOWN.get(kb.records, (0.0, None))
    if time.monotonic() < until and not (given is None and must_be_told):
        return given or Given()
    try:
        with kb.records() as records:
            given = frozenset((each.practice, each.tag) for each in records.tags.everyone() if each.is_live)
    except UnusableRecords:
        if must_be_told:
            raise
        given = None
    _KNOWN[kb.records] = time.monotonic() + (AWAY_S if given is None else FRESH_S), given
    return given or Given()


@lru_cache(maxsize=16)  # a change to the catalog, a role taken away, a new day or a tag makes a new key, as in permission.py
def _declared(catalog: Catalog, _revision: int, actor: Member, _today: str) -> Declared:
    """Of every sheet that may be seen."""
    sheets = (document for document in visible_documents(catalog, actor).values() if document.metadata.practice)
    return tuple(
        (sheet.metadata.practice, (sheet.path, *listed(sheet)), tuple(json.loads(dict(sheet.metadata.other).get(TAGS, "[]"))))
        for sheet in sheets
    )


@lru_cache(maxsize=16)
def _tagged(catalog: Catalog, revision: int, actor: Member, today: str, given: Given) -> Documents:
    documents = visible_documents(catalog, actor)
    by_path = {document.path: document.id for document in documents.values()}
    tags: dict[DocumentId, set[str]] = {}
    for practice, paths, declared in _declared(catalog, revision, actor, today):
        own = {*declared, *(tag for name, tag in given if name == practice)}
        for path in paths:
            if own and path in by_path:
                tags.setdefault(by_path[path], set()).update(own)
    return {**documents, **{each: replace(documents[each], tags=tuple(sorted(found))) for each, found in tags.items()}}
