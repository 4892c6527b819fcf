"""What speaks to a gate or criterion: passages of the practice's own documents, what its sheet says, and how others do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.errors import NotFound
from kb.peers.assessment.rubric import Criterion, Gate, Rubric
from kb.peers.narrative import Text
from kb.peers.practice import PracticeSheet
from kb.retrieval.answer import Filters, Hit
from kb.retrieval.standing import Speaking
from kb.services import practice_finding, practices, searching
from kb.services.assessing.loading import LOOK, assessment_for, rubric_of
from kb.services.assessing.practice_passages import PracticeDocuments, documents_of
from kb.services.assessing.speaking_passages import SHOWN, items_of, speaking_to
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

Texts = tuple[tuple[str, tuple[Text, ...]], ...]  # field of a sheet → what it says


@dataclass(frozen=True)
class Evidence:
    """What there is for a gate or criterion.

    Attributes:
        question: that was typed; empty for the item's standing query.
        passages: of documents, best first, then one of the sheet, as what that says to the item stands in ``sheet``. Those that
            answer a typed question: best first, wherever they are.
        n_passages: how many were looked at.
        n_documents: how many documents they belong to, the sheet among them.
        sheet: fields of the sheet that speak of the item, and say something in words.
        fields: all fields that speak of it, those with figures and lists too.
    """

    item: str
    question: str
    passages: tuple[Speaking, ...]
    n_passages: int
    n_documents: int
    sheet: Texts
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Comparable:
    """How a practice that is like the assessed one does.

    Attributes:
        best: the passage of its sheet or documents that speaks most to the item.
    """

    practice: str
    title: Text
    sheet: Texts
    best: Speaking | None


def for_item(kb: KnowledgeBase, assessment_id: str, item: str, *, actor: Member, question: str = "") -> Evidence:
    """Passages of the practice's sheet and documents that speak to a gate or criterion, among those the actor may see.

    Args:
        question: asked of the same documents instead of the item's standing query.

    Raises:
        NotFound: if there is no such assessment, or its rubric does not ask for ``item``.
        QueryError: if the question cannot be asked.
        UnusableIndex: if there is nothing to search.
    """
    require(actor, Role.MEMBER, LOOK)
    assessment = assessment_for(kb, assessment_id, actor=actor)
    rubric = rubric_of(kb, assessment, actor=actor)
    asked = _asked(rubric, item)
    own = documents_of(kb, assessment.practice, actor=actor)
    if question.strip():
        within = Filters(documents=own.ids)
        answer = searching.search(kb, question, actor=actor, filters=within, k=SHOWN, facets=False)
        passages, n_passages, n_documents = _of_hits(answer.hits, own), answer.n_passages, answer.n_documents
    else:
        found = speaking_to(kb, rubric, asked, own, actor=actor, shown=SHOWN)
        passages, n_passages, n_documents = found.passages, found.n_passages, found.n_documents
    sheet = _sheet(kb, assessment.practice, actor)
    return Evidence(item, question.strip(), passages, n_passages, n_documents, _texts(sheet, asked.fields), tuple(asked.fields))


def comparable(kb: KnowledgeBase, assessment_id: str, item: str, *, actor: Member, k: int = 3) -> tuple[Comparable, ...]:
    """What the practices say to the same item whose sheets are most like that of the assessed one, the likest first.

    No score of them is told.

    Raises:
        NotFound: if there is no such assessment, or its rubric does not ask for ``item``.
        UnusableIndex: if there is nothing to compare with.
    """
    require(actor, Role.MEMBER, LOOK)
    assessment = assessment_for(kb, assessment_id, actor=actor)
    rubric = rubric_of(kb, assessment, actor=actor)
    asked = _asked(rubric, item)
    own = documents_of(kb, assessment.practice, actor=actor)
    if own.sheet is None:
        return ()
    found = []
    for each in practice_finding.like(kb, own.sheet.id, actor=actor)[: max(0, k)]:
        best = speaking_to(kb, rubric, asked, documents_of(kb, each.name, actor=actor), actor=actor, shown=1).passages
        title = each.sheet.title if each.sheet else Text(said=(("und", each.name),))
        found.append(Comparable(each.name, title, _texts(each.sheet, asked.fields), next(iter(best), None)))
    return tuple(found)


def _asked(rubric: Rubric, item: str) -> Gate | Criterion:
    found = next((each for each in items_of(rubric) if each.name == item), None)
    if found is None:
        raise NotFound(f"The rubric {rubric.rubric} does not ask for “{item[:60]}”.")
    return found


def _of_hits(hits: Iterable[Hit], own: PracticeDocuments) -> tuple[Speaking, ...]:
    return tuple(Speaking(hit.passage, own.documents[hit.passage.document_id], hit.sentence, hit.score) for hit in hits)


def _sheet(kb: KnowledgeBase, practice: str, actor: Member) -> PracticeSheet | None:
    try:
        return practices.listed(kb, practice, actor=actor).sheet
    except NotFound:
        return None


def _texts(sheet: PracticeSheet | None, fields: Sequence[str]) -> Texts:
    """What those of ``fields`` say that are told in words, in that order."""
    said = dict(sheet.text_fields()) if sheet else {}
    return tuple((name, said[name]) for name in fields if name in said)
