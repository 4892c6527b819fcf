"""Which rows a question may find: those of documents that the asker may see and that pass filters.

To find out, every document is looked at. The same asker asks again with the same filters, so what was found is kept, with the rows
it speaks of: a new generation begins afresh, and a change of what may be seen is another mapping.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from kb.retrieval.answer import Filters
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.facets import matches
from kb.retrieval.passage import DocumentId
from kb.retrieval.rows import Allowed, Rows

VIEWS, FILTERS = 4, 16  # kept: askers with different rights, and filters of each; at a million rows each is 1 MB

Documents = Mapping[DocumentId, DocumentSummary]


@dataclass
class _View:
    """What was found for one mapping of visible documents, which is held so that its identity is not given again."""

    documents: Documents
    found: OrderedDict[tuple[Filters, ...], Allowed] = field(default_factory=OrderedDict)


@dataclass
class _Kept:
    """Views of one generation."""

    lock: Lock = field(default_factory=Lock)
    views: OrderedDict[int, _View] = field(default_factory=OrderedDict)


_KEPT: WeakKeyDictionary[Rows, _Kept] = WeakKeyDictionary()  # as long as a generation is in use
_LOCK = Lock()


def permitted(rows: Rows, documents: Documents, *filters: Filters) -> Allowed:
    """The rows of ``documents`` that pass every one of ``filters``.

    Args:
        documents: those the asker may see; the same mapping for as long as nothing changes.
    """
    wanted = tuple(each for each in filters if each)
    with _LOCK:
        kept = _KEPT.setdefault(rows, _Kept())
    with kept.lock:
        view = kept.views.setdefault(id(documents), _View(documents))
        kept.views.move_to_end(id(documents))
        known = view.found.get(wanted)
    if known is not None:
        return known
    allowed = _look(rows, documents, wanted)
    with kept.lock:
        view.found[wanted] = allowed
        for full, limit in ((view.found, FILTERS), (kept.views, VIEWS)):
            while len(full) > limit:
                full.popitem(last=False)
    return allowed


def _look(rows: Rows, documents: Documents, filters: tuple[Filters, ...]) -> Allowed:
    about_documents = [each for each in (replace(one, languages=()) for one in filters) if each]
    chosen = np.fromiter(
        (
            document in documents and all(matches(documents[document], each) for each in about_documents)
            for document in rows.documents
        ),
        bool,
        len(rows.documents),
    )
    found = rows.live.copy() if chosen.all() else rows.live & np.append(chosen, False)[rows.document_of]  # the last: of dead rows
    for spoken in (one.languages for one in filters if one.languages):
        named = np.fromiter((language in spoken for language in rows.languages), bool, len(rows.languages))
        found &= named[rows.language_of]
    return Allowed.of(rows, found)
