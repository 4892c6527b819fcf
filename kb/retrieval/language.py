"""The port that tells the language of a text, and when two languages count as the same."""

from __future__ import annotations

from typing import Protocol

from kb.retrieval.passage import UNDETERMINED


class LanguageDetector(Protocol):
    """Tells the language of a text without asking anyone outside this machine."""

    def detect(self, text: str) -> str:
        """BCP 47 primary tag ("fr"), or ``"und"`` when the text is too short or the guess too weak."""
        ...


def may_share_words(question: str, passage: str) -> bool:
    """Whether shared words mean something between two languages: they are the same, or one is unknown."""
    return question == passage or UNDETERMINED in (question, passage)
