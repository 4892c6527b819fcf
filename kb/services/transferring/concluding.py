"""What a test comes to, and its end."""

from __future__ import annotations

from kb.peers.transfer.events import Body, Concluded
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.result import Result, result
from kb.peers.transfer.state import TransferTest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_either
from kb.services.transferring.adding import append
from kb.services.transferring.judging import KIND
from kb.services.transferring.loading import LOOK, framework_of, transfer_for
from kb.services.transferring.seats import LEAD


def preview(kb: KnowledgeBase, test_id: str, *, actor: Member) -> Result | None:
    """What a test came to. While it is open, what the actor's own judgement comes to alone; ``None`` to who has handed in none.

    Nobody sees more before the end, a facilitator neither: who knows where others stand moves towards them.

    Raises:
        NotFound: if there is no such test.
    """
    require(actor, Role.MEMBER, LOOK)
    test = transfer_for(kb, test_id, actor=actor)
    return so_far(test, framework_of(kb, test, actor=actor))


def so_far(test: TransferTest, framework: Framework) -> Result | None:
    """What a test came to; else what those judgements come to that its reader may see."""
    if test.result is not None:
        return test.result
    return result(test.judgements, framework, test.key) if test.judgements else None


def conclude(kb: KnowledgeBase, test_id: str, *, actor: Member) -> Result:
    """End a test with what all judgements come to, which everybody may see from now on.

    Raises:
        NotFound: if there is no such test.
        InvalidEntry: while a judgement is awaited or none is here, or if the actor does not lead the test; all reasons.
        Conflict: if it is at an end.
    """
    require(actor, Role.MEMBER, LOOK)
    require_either(actor, Role.REVIEWER, Role.FACILITATOR, LEAD)

    def made(whole: TransferTest, framework: Framework) -> Body:
        return Concluded(result=result(whole.judgements, framework, whole.key))

    with kb.records() as records:
        whole = append(records, test_id, made, actor)
        for seat in whole.seats:  # what they began to change no more belongs anywhere
            records.drafts.remove(seat.member, KIND, test_id)
    found = preview(kb, test_id, actor=actor)
    assert found is not None  # it was concluded in this very call
    return found
