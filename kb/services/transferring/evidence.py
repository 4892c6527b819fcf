"""What speaks to a criterion, on both sides: the practice's own documents, and documents about the target place.

Where nothing speaks to it, that is told as a finding: "no evidence found in 14 documents about PT". A gap is told where no passage
reaches :data:`FLOOR` and neither sheet nor profile speaks of it in words. It is told with care: that there is none is a statement,
and a passage that is no evidence is seen to be none by whoever reads it.

Measured on 2026-11-22, with 115 documents, 28 context profiles and the framework that comes with the project. Chosen beforehand:
the 12 questions about a target, of five places with one to seven documents (IE, BG, PT, SE, SI), the nearest passages read by one
person. Of these 60 pairs 22 have nothing, and 11 of them are told as gaps. Then, of all 336 pairs, those that are told as gaps: 31,
of which 30 have nothing. With a floor of 1.0 there are 18; with 1.5 there are wrong ones among them, as councils, networks and
federations of BR, ES and IN speak at 1.36 to 1.49. Of the practice's own documents scores do not tell as well: there it is decided
by what the sheet says in its fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.errors import NotFound
from kb.peers.assessment.review import Pin, Stance
from kb.peers.narrative import Text
from kb.peers.practice import PracticeSheet
from kb.peers.transfer.framework import Criterion, Framework, Side
from kb.peers.transfer.judgement import Evidenced
from kb.peers.transfer.state import TransferTest
from kb.retrieval.answer import Filters, Hit
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId, PassageId
from kb.retrieval.sentences import Span
from kb.retrieval.standing import Speaking, StandingQuery
from kb.services import contexts, library, practices, searching
from kb.services.assessing.pinning import pin_of
from kb.services.assessing.practice_passages import documents_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.standing_evidence import PIVOT, SHOWN, Beside, Found, speaking_in, standing_query
from kb.services.transferring.about import context_of
from kb.services.transferring.loading import LOOK, framework_of, transfer_for

PIN = "pin passages as evidence"
FLOOR = 1.3  # standard deviations, of the best passage by its query alone; see above

Said = tuple[tuple[str, tuple[Text, ...]], ...]  # field of the sheet, or group of conditions → what is said of it


@dataclass(frozen=True)
class SideEvidence:
    """What there is for a criterion on one side.

    Attributes:
        asked: the typed question, else the words of the standing query; empty where the framework asks nothing on this side.
        passages: of the practice's documents, best first, then one of its sheet; of documents about the target, best first.
        n_passages: how many were looked at.
        n_documents: how many documents they belong to.
        is_gap: something was asked, and nothing was found that speaks to it; the passages are the nearest ones all the same.
        said: what sheet or profile say in words, in the criterion's fields or groups of conditions.
    """

    asked: str
    passages: tuple[Speaking, ...]
    n_passages: int
    n_documents: int
    is_gap: bool
    said: Said


@dataclass(frozen=True)
class BothSides:
    """What there is for a criterion: in the practice's own documents, and in those about the target place.

    Attributes:
        source_said: what the profile of the place says that the practice comes from, to be read beside the target's.
    """

    criterion: str
    source: SideEvidence
    target: SideEvidence
    source_said: Said


def for_criterion(kb: KnowledgeBase, test_id: str, criterion: str, *, actor: Member, question: str = "") -> BothSides:
    """Passages that speak to a criterion, among the documents that the actor may see.

    Args:
        question: asked of the documents of both sides instead of the standing queries.

    Raises:
        NotFound: if there is no such test, or its framework does not ask for ``criterion``.
        QueryError: if the question cannot be asked.
        UnusableIndex: if there is nothing to search.
    """
    require(actor, Role.MEMBER, LOOK)
    test = transfer_for(kb, test_id, actor=actor)
    framework = framework_of(kb, test, actor=actor)
    asked = _asked(framework, criterion)
    sides = {
        side: _side(kb, framework, asked, side, documents_on(kb, test, side, actor=actor), question.strip(), actor)
        for side in Evidenced
    }
    of_sheet = _of_sheet(_sheet(kb, test.practice, actor), asked.fields)
    of_profile = _of_profile(kb, test.target, asked, actor)
    is_about_place = framework.side_of(criterion).side is Side.CONTEXT  # else the profile is read beside it, and answers nothing
    return BothSides(
        criterion,
        _told(asked.source_query, question, sides[Evidenced.SOURCE], of_sheet, answers=bool(of_sheet)),
        _told(asked.target_query, question, sides[Evidenced.TARGET], of_profile, answers=is_about_place and bool(of_profile)),
        _of_profile(kb, test.source, asked, actor),
    )


def pin(
    kb: KnowledgeBase,
    test_id: str,
    passage_id: PassageId,
    *,
    side: Evidenced,
    stance: Stance,
    actor: Member,
    sentence: Span | None = None,
) -> Pin:
    """A passage as evidence on one side. Nothing is kept: it becomes part of an answer.

    Args:
        sentence: span of the passage's text that says it; by default all of it, as far as a pin takes it.

    Raises:
        NotFound: if there is no such test or passage, or no document of that side holds it.
    """
    require(actor, Role.REVIEWER, PIN)
    test = transfer_for(kb, test_id, actor=actor)
    passage = library.passage(kb, passage_id, actor=actor)
    document = documents_on(kb, test, side, actor=actor).documents.get(passage.document_id)
    if document is None and side is Evidenced.SOURCE:
        raise NotFound(f"This passage is in no document of {test.practice}. Choose one that is, or pin it for {test.target}.")
    if document is None:
        raise NotFound(f"This passage is in no document about {test.target}. Choose one that is, or pin it for the practice.")
    return pin_of(passage, document, stance, sentence)


@dataclass(frozen=True)
class Documents:
    """Where evidence of one side is looked for.

    Attributes:
        sheet: of the practice, on its side.
    """

    documents: Mapping[DocumentId, DocumentSummary]
    sheet: DocumentSummary | None = None


def documents_on(kb: KnowledgeBase, test: TransferTest, side: Evidenced, *, actor: Member) -> Documents:
    """The documents of one side that the actor may see."""
    require(actor, Role.MEMBER, LOOK)
    if side is Evidenced.SOURCE:
        own = documents_of(kb, test.practice, actor=actor)
        return Documents(own.documents, own.sheet)
    return Documents(contexts.documents_about(kb, test.target, actor=actor, without=test.practice).documents)


def standing_queries(framework: Framework, side: Evidenced) -> tuple[StandingQuery, ...]:
    """What is always asked on one side, in the framework's order."""
    asked = ((each.name, _query(each, side)) for each in framework.criteria)
    return tuple(standing_query(name, query) for name, query in asked if query is not None)


def _query(criterion: Criterion, side: Evidenced) -> Text | None:
    return criterion.source_query if side is Evidenced.SOURCE else criterion.target_query


def _side(
    kb: KnowledgeBase, framework: Framework, asked: Criterion, side: Evidenced, own: Documents, question: str, actor: Member
) -> Found:
    if question:
        within = Filters(documents=tuple(sorted(own.documents)) or (DocumentId(""),))
        answer = searching.search(kb, question, actor=actor, filters=within, k=SHOWN, facets=False)
        return Found(_of_hits(answer.hits, own), answer.n_passages, answer.n_documents)
    beside = Beside(own.sheet, tuple(asked.fields))
    queries = standing_queries(framework, side)
    return speaking_in(kb, queries, asked.name, own.documents, actor=actor, beside=beside)


def _told(query: Text | None, question: str, found: Found, said: Said, *, answers: bool) -> SideEvidence:
    """What there is on one side; ``answers``: whether what is said in words is an answer to the standing query."""
    asked = question.strip() or (query.best(PIVOT)[1] if query else "")
    reaches = found.best is not None and found.best >= FLOOR
    has_some = bool(found.passages) if question.strip() else answers or reaches
    return SideEvidence(asked, found.passages, found.n_passages, found.n_documents, bool(asked) and not has_some, said)


def _of_hits(hits: Iterable[Hit], own: Documents) -> tuple[Speaking, ...]:
    return tuple(Speaking(hit.passage, own.documents[hit.passage.document_id], hit.sentence, hit.score) for hit in hits)


def _asked(framework: Framework, criterion: str) -> Criterion:
    if criterion not in framework.criterion_names:
        raise NotFound(f"The framework {framework.framework} does not ask for “{criterion[:60]}”.")
    return framework.criterion(criterion)


def _sheet(kb: KnowledgeBase, practice: str, actor: Member) -> PracticeSheet | None:
    try:
        return practices.listed(kb, practice, actor=actor).sheet
    except NotFound:
        return None


def _of_sheet(sheet: PracticeSheet | None, fields: Sequence[str]) -> Said:
    """What those of ``fields`` say that are told in words, in that order."""
    said = dict(sheet.text_fields()) if sheet else {}
    return tuple((name, said[name]) for name in fields if name in said)


def _of_profile(kb: KnowledgeBase, place: str, asked: Criterion, actor: Member) -> Said:
    """What a profile says to the criterion's groups of conditions; a group of which nobody knows anything is left out."""
    context = context_of(kb, place, actor=actor)
    said = ((group.value, context.profile.text(group)) for group in asked.groups) if context else ()
    return tuple((group, (text,)) for group, text in said if not text.is_unknown)
