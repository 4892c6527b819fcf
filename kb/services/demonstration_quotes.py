"""Quotes of the demonstration become pins: each is found in its document as it is now, or told as missing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kb.peers.assessment.review import Pin, Stance
from kb.retrieval.judged import flat
from kb.retrieval.passage import DocumentId, Passage
from kb.services.knowledge_base import KnowledgeBase

if TYPE_CHECKING:
    from kb.peers.demonstration import Quote
    from kb.retrieval.catalog import DocumentSummary


@dataclass
class Quoted:
    """Looks quotes up; passages that were read once are kept."""

    kb: KnowledgeBase
    _passages: dict[DocumentId, list[Passage]] = field(default_factory=dict)

    def pin(self, quote: Quote, documents: Mapping[str, DocumentSummary], stance: Stance) -> Pin | None:
        """The passage that holds a quote, as evidence; ``None`` where none does.

        Args:
            documents: by path: those that it may be in.
        """
        document = documents.get(quote.document)
        passage = self._holding(document, quote.quote) if document else None
        if document is None or passage is None:
            return None
        return Pin(
            passage_id=passage.id,
            document=document.path,
            sha256=_another(document.sha256) if quote.was_changed else document.sha256,
            quote=quote.quote,
            page=passage.page,
            page_label=passage.page_label or "",
            heading=" › ".join(passage.heading_path),
            language=passage.language,
            stance=stance,
        )

    def _holding(self, document: DocumentSummary, quote: str) -> Passage | None:
        if document.id not in self._passages:
            self._passages[document.id] = self.kb.catalog.passages_of(document.id)
        return next((each for each in self._passages[document.id] if flat(quote) in flat(each.text)), None)


def _another(sha256: str) -> str:
    """A sum that is not this one: of the file as it is said to have been."""
    return hashlib.sha256(f"before {sha256}".encode()).hexdigest()
