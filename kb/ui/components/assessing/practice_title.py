"""What the practice of an assessment is called, in the reader's language."""

from __future__ import annotations

from kb.peers.narrative import without_citations
from kb.services import practices
from kb.services.assessing.listing import ListedAssessment
from kb.ui import i18n, state


def of(each: ListedAssessment) -> str:
    """As its sheet says now; as it was when the assessment was opened where the sheet cannot be read."""
    title = practices.sheet_title(state.kb(), each.practice, actor=state.actor())
    if title is None:
        return each.title
    said, language = title
    return without_citations(said.best(i18n.current(), language)[1])
