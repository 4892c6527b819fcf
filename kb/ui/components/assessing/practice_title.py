"""What the practice of an assessment, or of a test of transferability, is called, in the reader's language."""

from __future__ import annotations

from typing import Protocol

from kb.peers.narrative import without_citations
from kb.services import practices
from kb.ui import i18n, state


class About(Protocol):
    """What is about a practice: an assessment, a test of transferability."""

    @property
    def practice(self) -> str:
        """Its name."""

    @property
    def title(self) -> str:
        """Of the practice, as it was then."""


def of(each: About) -> str:
    """As its sheet says now; as it was when that was opened where the sheet cannot be read."""
    title = practices.sheet_title(state.kb(), each.practice, actor=state.actor())
    if title is None:
        return each.title
    said, language = title
    return without_citations(said.best(i18n.current(), language)[1])
