"""Members ask about each other's cases, reply, and say which cases interest them: the questionnaire between answers and seminar."""

from __future__ import annotations

from kb.peers.learning.record import Body
from kb.peers.learning.round import ROUND, Round
from kb.peers.learning.round_bodies import CaseQuestioned, QuestionReplied, Voted, VoteTakenBack
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.round_eyes import for_eyes, refuse_unseen
from kb.services.permission import Member, Role, require

ASK, REPLY, VOTE = "ask about cases", "reply to questions on cases", "say which cases interest them"


def ask(kb: KnowledgeBase, round_id: str, case: int, text: str, *, actor: Member) -> Round:
    """Ask about another's case.

    Args:
        case: its number.

    Raises:
        NotFound: if there is no such round.
        InvalidEntry: if there is no such case, it is the actor's own, or nothing is asked.
        Conflict: if the round is not open for it.
    """
    require(actor, Role.MEMBER, ASK)
    refusal = "The question was not asked"
    return _added(kb, round_id, keeping.made(CaseQuestioned, refusal, by=keeping.party(actor), case=case, text=text), actor)


def reply(kb: KnowledgeBase, round_id: str, question: int, text: str, *, actor: Member) -> Round:
    """Reply to a question on a case of the actor's own or of the actor's organisation.

    Args:
        question: its number.

    Raises:
        NotFound: if there is no such round.
        InvalidEntry: if there is no such question, the case is another's, or nothing is said.
        Conflict: if the round is not open for it.
    """
    require(actor, Role.MEMBER, REPLY)
    refusal = "The reply was not given"
    body = keeping.made(QuestionReplied, refusal, by=keeping.party(actor), question=question, text=text)
    return _added(kb, round_id, body, actor)


def vote(kb: KnowledgeBase, round_id: str, case: int, *, actor: Member, is_interested: bool = True) -> Round:
    """Say that another's case is of interest, once; or take that back.

    Raises:
        NotFound: if there is no such round.
        InvalidEntry: if there is no such case, it is the actor's own, or there is nothing to take back.
        Conflict: if it was said already, or the round is not open for it.
    """
    require(actor, Role.MEMBER, VOTE)
    said = Voted if is_interested else VoteTakenBack
    return _added(kb, round_id, keeping.made(said, "The interest was not noted", by=keeping.party(actor), case=case), actor)


def _added(kb: KnowledgeBase, round_id: str, body: Body, actor: Member) -> Round:
    with kb.records() as records:
        refuse_unseen(keeping.within(records, ROUND, round_id), actor)
        moved = keeping.add(records, ROUND, round_id, body, actor=actor)
    return for_eyes(moved, actor, EvidenceNow(kb, actor))
