"""The words that speak for a tag, and the way to where they stand."""

from __future__ import annotations

from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import PassageId
from kb.retrieval.sentences import Span
from kb.services.files import SHEET
from kb.services.tag_telling import Evidence
from kb.ui import links, plain, state
from kb.ui.components import quoted
from kb.ui.i18n import _

QUOTED_CHARS = 300


def show(evidence: Evidence) -> None:
    """Draw the words that speak for a tag, and the way to where they stand."""
    quoted.show(plain.shortened(evidence.quote, QUOTED_CHARS))
    document = next((each for each in state.documents() if each.path == evidence.document), None)
    if document:
        show_place(document, evidence.passage_id)


def show_place(document: DocumentSummary, passage_id: PassageId, sentence: Span | None = None) -> None:
    """Draw where a passage stands: a link to its document, or that it is in the sheet, which is here already."""
    if document.path.startswith(SHEET):
        plain.show(plain.element("p", _("From the sheet itself"), css="kb-quiet"))
    else:
        links.to_document(document.metadata.title or document.path, document.id, passage_id, sentence)
