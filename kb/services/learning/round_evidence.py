"""Passages that speak to a question of a round, to be pinned to an answer.

Each question is asked as a standing query of the practice's own documents, together with all others of its round: a passage that is
near to all of them says nothing for one (:mod:`kb.services.standing_evidence`).
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.errors import NotFound
from kb.peers.assessment.review import Pin, Stance
from kb.peers.learning.round import Round
from kb.retrieval.answer import Filters
from kb.retrieval.passage import PassageId
from kb.retrieval.sentences import Span
from kb.retrieval.standing import Speaking, StandingQuery
from kb.services import library, searching
from kb.services.assessing.pinning import pin_of
from kb.services.assessing.practice_passages import documents_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.rounds import round_
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.standing_evidence import SHOWN, speaking_in

LOOK, PIN = "look for evidence", "pin passages as evidence"


@dataclass(frozen=True)
class QuestionEvidence:
    """What there is for a question.

    Attributes:
        asked: the typed words, else those of the question.
        passages: best first.
        n_passages: how many were looked at, in ``n_documents`` documents.
    """

    asked: str
    passages: tuple[Speaking, ...]
    n_passages: int
    n_documents: int


def for_question(
    kb: KnowledgeBase, round_id: str, key: str, *, actor: Member, practice: str = "", question: str = ""
) -> QuestionEvidence:
    """Passages that speak to a question, among the documents that the actor may see.

    Args:
        key: of the question.
        practice: whose own documents are looked in, its sheet among them; empty: in all documents.
        question: typed words that are asked instead of the round's.

    Raises:
        NotFound: if there is no such round, or it does not ask this.
        QueryError: if the typed words cannot be asked.
        UnusableIndex: if there is nothing to search.
    """
    require(actor, Role.MEMBER, LOOK)
    asking = round_(kb, round_id, actor=actor)
    texts = {each.key: each.text for each in asking.drafted.questions}
    if key not in texts:
        raise NotFound(f"The round {asking.id} asks no such question: {key[:40]}.")
    words = question.strip() or texts[key]
    own = documents_of(kb, practice, actor=actor) if practice else None
    if own and not question.strip():
        spoken = speaking_in(kb, _queries(asking), key, own.ids, actor=actor)
        return QuestionEvidence(words, spoken.passages, spoken.n_passages, spoken.n_documents)
    within = Filters(documents=own.ids) if own else Filters()
    answer = searching.search(kb, words, actor=actor, filters=within, k=SHOWN, facets=False, syntax=bool(question.strip()))
    seen = visible_documents(kb.catalog, actor)
    passages = tuple(Speaking(hit.passage, seen[hit.passage.document_id], hit.sentence, hit.score) for hit in answer.hits)
    return QuestionEvidence(words, passages, answer.n_passages, answer.n_documents)


def pin(kb: KnowledgeBase, passage_id: PassageId, *, actor: Member, sentence: Span | None = None) -> Pin:
    """A passage of any document that the actor may see, as evidence. Nothing is kept: it becomes part of an answer.

    Args:
        sentence: span of the passage's text that says it; by default all of it, as far as a pin takes it.

    Raises:
        NotFound: if there is no such passage.
    """
    require(actor, Role.MEMBER, PIN)
    passage = library.passage(kb, passage_id, actor=actor)
    document = visible_documents(kb.catalog, actor)[passage.document_id]
    return pin_of(passage, document, Stance.FOR, sentence)


def _queries(asking: Round) -> tuple[StandingQuery, ...]:
    """One for each question, in the round's order."""
    language = asking.drafted.language
    return tuple(StandingQuery(each.key, each.text, ((language, each.text),)) for each in asking.drafted.questions)
