"""The port that tells the language of a text."""

from __future__ import annotations

from typing import Protocol


class LanguageDetector(Protocol):
    """Tells the language of a text without asking anyone outside this machine."""

    def detect(self, text: str) -> str:
        """BCP 47 primary tag ("fr"), or ``"und"`` when the text is too short or the guess too weak."""
        ...
