"""What may be evidence in an assessment: the practice's sheet and the documents that it lists, as far as the actor may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.practice_documents import LOOK, listed
from kb.services.suggesting import sheet_path


@dataclass(frozen=True)
class PracticeDocuments:
    """The documents of a practice.

    Attributes:
        sheet: of the practice itself; ``None`` where it is not in the index.
        documents: by id; the sheet among them.
    """

    sheet: DocumentSummary | None
    documents: Mapping[DocumentId, DocumentSummary]

    @property
    def ids(self) -> tuple[DocumentId, ...]:
        """Sorted; one that no document has where there are none, since no filter would let everything pass."""
        return tuple(sorted(self.documents)) or (DocumentId(""),)


def documents_of(kb: KnowledgeBase, practice: str, *, actor: Member) -> PracticeDocuments:
    """The sheet and the documents of a practice, as the index has them."""
    require(actor, Role.MEMBER, LOOK)
    by_path = {document.path: document for document in visible_documents(kb.catalog, actor).values()}
    sheet = by_path.get(sheet_path(practice))
    paths = (sheet.path, *listed(sheet)) if sheet else ()
    return PracticeDocuments(sheet, {by_path[path].id: by_path[path] for path in paths if path in by_path})
