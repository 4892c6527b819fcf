"""Citations as plain text: numbered lines to paste, then the bibliography."""

from __future__ import annotations

from kb.retrieval.quotation import Citations
from kb.retrieval.wording import Wording


def write(citations: Citations, wording: Wording) -> bytes:
    """UTF-8, one citation a paragraph."""
    lines = [f"[{quotation.number}] {wording.cited(quotation, whole=True)}" for quotation in citations.quotations]
    works = [wording.entry(work) for work in citations.works()]
    asked = [wording.question.format(question=citations.question)] if citations.question else []
    return ("\n\n".join([*asked, *lines, wording.bibliography, *works]) + "\n").encode()
