"""Passages are pinned as evidence for or against, and looked up again."""

from __future__ import annotations

from collections.abc import Iterable

from kb.errors import NotFound
from kb.peers.assessment.review import MAX_QUOTE_CHARS, Pin, Stance
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import Passage, PassageId
from kb.retrieval.sentences import Span
from kb.services import library
from kb.services.assessing.evidence_now import EvidenceNow, PinNow
from kb.services.assessing.loading import LOOK, assessment_for
from kb.services.assessing.practice_passages import documents_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

PIN = "pin passages as evidence"


def pin(
    kb: KnowledgeBase,
    assessment_id: str,
    passage_id: PassageId,
    *,
    stance: Stance,
    actor: Member,
    sentence: Span | None = None,
) -> Pin:
    """A passage of the practice's sheet or documents as evidence. Nothing is kept: it becomes part of an answer.

    Args:
        sentence: span of the passage's text that says it; by default all of it, as far as a pin takes it.

    Raises:
        NotFound: if there is no such assessment or passage, or the practice has no document that holds it.
    """
    require(actor, Role.REVIEWER, PIN)
    practice = assessment_for(kb, assessment_id, actor=actor).practice
    passage = library.passage(kb, passage_id, actor=actor)
    document = documents_of(kb, practice, actor=actor).documents.get(passage.document_id)
    if document is None:
        raise NotFound(f"This passage is in no document of {practice}. Choose one of its sheet or of the documents that it lists.")
    return pin_of(passage, document, stance, sentence)


def pin_of(passage: Passage, document: DocumentSummary, stance: Stance, sentence: Span | None = None) -> Pin:
    """A passage, or one sentence of it, as it is pinned."""
    words = passage.text[slice(*sentence)].strip() if sentence else ""
    return Pin(
        passage_id=passage.id,
        document=document.path,
        sha256=document.sha256,
        quote=_short(words or passage.text.strip()),
        page=passage.page,
        page_label=passage.page_label or "",
        heading=" › ".join(passage.heading_path),
        language=passage.language,
        stance=stance,
    )


def pinned(kb: KnowledgeBase, pins: Iterable[Pin], *, actor: Member, own: bool = False) -> tuple[PinNow, ...]:
    """Where pins stand now, in their order; words of documents that the actor may not see are left out.

    Args:
        own: the actor pinned them, and so may read them when their document is gone.
    """
    require(actor, Role.MEMBER, LOOK)
    evidence = EvidenceNow(kb, actor)
    return tuple(evidence.now(each, own=own) for each in pins)


def _short(words: str) -> str:
    """As many whole words as a pin takes."""
    if len(words) <= MAX_QUOTE_CHARS:
        return words
    return words[: MAX_QUOTE_CHARS + 1].rsplit(maxsplit=1)[0][:MAX_QUOTE_CHARS]
