"""Take chosen passages along: as text, for a reference manager, as a table, as a Word file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kb.errors import NotFound, QueryError
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import Passage, PassageId
from kb.retrieval.quotation import Citations, Quotation
from kb.retrieval.reference import Reference
from kb.retrieval.wording import Wording
from kb.retrieval.writable import one_line
from kb.services.citation_formats import Format
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, visible_documents

MAX_PASSAGES = 200  # as many as one answer has
_PASSAGE_ID = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True)
class Exported:
    """A file to hand out: ``name`` to save it under, and what is in it."""

    name: str
    media_type: str
    content: bytes


def export(
    kb: KnowledgeBase,
    passages: Sequence[PassageId],
    form: Format,
    *,
    actor: Member,
    sentences: Mapping[PassageId, tuple[int, int]] | None = None,
    question: str = "",
    title: str = "",
    wording: Wording = Wording(),  # noqa: B008  # frozen
) -> Exported:
    """Chosen passages as a file.

    Args:
        kb: the knowledge base.
        passages: in the order in which they are to be numbered; one that is named twice is quoted once.
        form: of the file.
        actor: who asks.
        sentences: span within a passage's text to emphasise, for those passages that have one.
        question: that they answer, or empty.
        title: of the Word file, or empty for the usual one.
        wording: the fixed words, in the reader's language.

    Raises:
        QueryError: if none is chosen, or too many.
        NotFound: if any is gone or of a document that the actor may not see; says how many, not which.
    """
    citations = cite(kb, passages, actor=actor, sentences=sentences, question=question, title=title, wording=wording)
    name = f"passages-{citations.made_on}{form.suffix}"
    return Exported(name, form.media_type, kb.citation_formats.write(citations, form, wording))


def cite(
    kb: KnowledgeBase,
    passages: Sequence[PassageId],
    *,
    actor: Member,
    sentences: Mapping[PassageId, tuple[int, int]] | None = None,
    question: str = "",
    title: str = "",
    wording: Wording = Wording(),  # noqa: B008  # frozen
) -> Citations:
    """Chosen passages, quoted and numbered; arguments and errors are those of :func:`export`."""
    chosen = list(dict.fromkeys(passages))
    if not chosen:
        raise QueryError("No passage was chosen. Choose at least one.")
    if len(chosen) > MAX_PASSAGES:
        raise QueryError(f"{len(chosen)} passages were chosen; at most {MAX_PASSAGES} are taken. Choose fewer.")
    documents = visible_documents(kb.catalog, actor)
    found = {identity: each for identity, each in _known(kb, chosen).items() if each.document_id in documents}
    if missing := len(chosen) - len(found):
        raise NotFound(
            f"Of {len(chosen)} chosen passages {missing} cannot be found. Their documents may have changed; search again."
        )
    spans = sentences or {}
    quotations = tuple(
        _quotation(number, found[each], documents[found[each].document_id], spans.get(each), wording)
        for number, each in enumerate(chosen, start=1)
    )
    today = datetime.now(UTC).date().isoformat()
    return Citations(quotations, today, question=one_line(question), title=one_line(title))


def still_there(kb: KnowledgeBase, passages: Sequence[PassageId], *, actor: Member) -> list[PassageId]:
    """Those of ``passages`` that can be cited, in their order; the others are gone, or not for the actor's eyes."""
    documents = visible_documents(kb.catalog, actor)
    known = _known(kb, passages)
    return [each for each in passages if each in known and known[each].document_id in documents]


def _quotation(
    number: int, passage: Passage, document: DocumentSummary, sentence: tuple[int, int] | None, wording: Wording
) -> Quotation:
    about, media_type, instead = document.metadata, document.media_type, wording.name_withheld
    reference = Reference.of(document.id, document.path, about, media_type, accessed=document.added_at_utc, instead=instead)
    return Quotation.of(number, passage, reference, about, media_type, sentence=sentence, instead=instead)


def _known(kb: KnowledgeBase, chosen: Sequence[PassageId]) -> dict[PassageId, Passage]:
    """Those that exist; what is no id at all does not, and is not asked for."""
    return kb.catalog.passages([identity for identity in chosen if _PASSAGE_ID.fullmatch(identity)])
