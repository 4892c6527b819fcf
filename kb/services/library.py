"""Look at documents: the list, one document, its outline, its passages, a page of it, the file itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.errors import NotFound
from kb.retrieval.answer import Filters
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.facets import count_facets, matches, speaks
from kb.retrieval.passage import BlockKind, Document, DocumentId, Passage, PassageId
from kb.services.document_tags import documents_for
from kb.services.files import path_of
from kb.services.knowledge_base import KnowledgeBase, PageImage
from kb.services.permission import Member, visible_documents

PDF = "application/pdf"
MAX_WIDTH_PX = 2400


@dataclass(frozen=True)
class Heading:
    """A line of a document's outline.

    Attributes:
        start: offset in the document's text.
    """

    level: int
    text: str
    page: int | None
    page_label: str | None
    start: int


def documents(
    kb: KnowledgeBase,
    *,
    actor: Member,
    filters: Filters = Filters(),  # noqa: B008  # frozen
    tagged: bool = False,
) -> list[DocumentSummary]:
    """Documents the actor may see that match, by title. A language matches when any passage is in it.

    Args:
        tagged: with their tags, to be counted; a filter by tag has them all the same.
    """
    seen = documents_for(kb, (filters,), actor=actor, count=tagged).values()
    chosen = [document for document in seen if matches(document, filters) and speaks(document.languages, filters)]
    return sorted(chosen, key=lambda document: (document.metadata.title.casefold(), document.path))


def facets(summaries: Sequence[DocumentSummary], filters: Filters = Filters()) -> dict[str, dict[str, int]]:  # noqa: B008  # frozen
    """Field of :class:`Filters` → value → number of these documents that pass the filters on all other fields."""
    by_id = {document.id: document for document in summaries}
    return count_facets({document.id: document.languages for document in summaries}, by_id, filters)


def document(kb: KnowledgeBase, document_id: DocumentId, *, actor: Member) -> Document:
    """One document with its text.

    Raises:
        NotFound: if there is none with this id, or the actor may not know of it.
    """
    found = kb.catalog.document(document_id) if document_id in visible_documents(kb.catalog, actor) else None
    if found is None:
        raise NotFound("There is no such document. It may have been removed; look for it in the library.")
    return found


def passages(kb: KnowledgeBase, document_id: DocumentId, *, actor: Member) -> list[Passage]:
    """A document's passages, in order."""
    return kb.catalog.passages_of(document(kb, document_id, actor=actor).id)


def passage(kb: KnowledgeBase, passage_id: PassageId, *, actor: Member) -> Passage:
    """One passage.

    Raises:
        NotFound: if it is gone, or belongs to a document the actor may not see.
    """
    found = kb.catalog.passages([passage_id]).get(passage_id)
    if found is None or found.document_id not in visible_documents(kb.catalog, actor):
        raise NotFound("There is no such passage. Its document may have changed; search again.")
    return found


def outline(document: Document) -> list[Heading]:
    """The headings of a document, in order."""
    return [
        Heading(block.level, " ".join(block.text.split()), block.page, block.page_label, start)
        for block, start in zip(document.blocks, document.starts, strict=True)
        if block.kind is BlockKind.HEADING
    ]


def file(kb: KnowledgeBase, document_id: DocumentId, *, actor: Member) -> Path:
    """The file a document was read from.

    Raises:
        NotFound: if it is no longer where it was.
    """
    path = path_of(document(kb, document_id, actor=actor).path, kb.documents)
    if path.is_symlink() or not path.is_file():
        raise NotFound("The file of this document is no longer in its folder. Ingest the folder again to update the index.")
    return path


def page_image(
    kb: KnowledgeBase, document_id: DocumentId, page: int, *, actor: Member, marked: str = "", width_px: int = 1200
) -> PageImage:
    """A page of a PDF, drawn, with ``marked`` shaded where it stands on the page.

    Raises:
        NotFound: if the document is no PDF, or has no such page.
        ReadError: if the page cannot be drawn within the limits.
    """
    about = document(kb, document_id, actor=actor)
    if about.media_type != PDF:
        raise NotFound("Only pages of PDF files can be drawn; this document is shown as text.")
    return kb.render_page(file(kb, document_id, actor=actor), page, marked, max(100, min(width_px, MAX_WIDTH_PX)))
