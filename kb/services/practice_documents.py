"""Which practices a document belongs to, as the index has it. Light: every search asks."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents

LOOK = "see practices"
DOCUMENTS = "documents"  # of an ingested sheet's metadata: paths of the documents it lists, as JSON


@dataclass(frozen=True)
class Named:
    """A practice by name and title."""

    name: str
    title: str


def practices_of(kb: KnowledgeBase, document_ids: Collection[DocumentId], *, actor: Member) -> dict[DocumentId, tuple[Named, ...]]:
    """Document → practices that it belongs to, by name: it is their sheet, or their sheet lists it. Others are left out."""
    require(actor, Role.MEMBER, LOOK)
    documents = visible_documents(kb.catalog, actor)
    wanted = {documents[each].path: each for each in document_ids if each in documents}
    found: dict[DocumentId, list[Named]] = {}
    for sheet in documents.values():
        if name := sheet.metadata.practice:
            for path in {sheet.path, *listed(sheet)} & wanted.keys():
                found.setdefault(wanted[path], []).append(Named(name, sheet.metadata.title or name))
    return {document: tuple(sorted(named, key=lambda each: each.name)) for document, named in found.items()}


def listed(sheet: DocumentSummary) -> list[str]:
    """Paths of the documents that an ingested sheet lists."""
    return list(json.loads(dict(sheet.metadata.other).get(DOCUMENTS, "[]")))
