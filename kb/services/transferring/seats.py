"""Who takes part in a test: asked, joined unasked, waited for no longer; and the end of a test without a result."""

from __future__ import annotations

from kb.errors import InvalidEntry, NotFound
from kb.peers.transfer.events import Cancelled, Excused, Invited
from kb.peers.transfer.folding import fold
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.moves import refused
from kb.peers.transfer.state import TransferTest
from kb.retrieval.writable import one_line
from kb.services import frameworks
from kb.services.assessing.interests import Candidate
from kb.services.assessing.loading import reader_of
from kb.services.assessing.opening import reason
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_either
from kb.services.records import RegisteredMember
from kb.services.transferring.adding import added
from kb.services.transferring.assessors import joined, local, organisations_of, refusals, registered, warnings
from kb.services.transferring.loading import LOOK, all_events

LEAD, JUDGE = "lead tests of transferability", "judge transferability"


def invitable(kb: KnowledgeBase, test_id: str, *, actor: Member) -> list[Candidate]:
    """Every member who may act, by name, with what speaks against asking them; those who may be asked come first.

    Raises:
        NotFound: if there is no such test.
    """
    require_either(actor, Role.REVIEWER, Role.FACILITATOR, LEAD)
    with kb.records() as records:
        whole = fold(test_id, all_events(records, test_id))
        framework = frameworks.in_use(records, whole.framework, whole.version)
        everyone = [*(each for each in records.members.everyone() if each.is_active), local()]
    organisations = organisations_of(kb, whole)
    found = []
    for member in everyone:
        against = _against(member, whole, framework, organisations, actor)
        found.append(Candidate(member, "; ".join(against), tuple(warnings(member, organisations))))
    return sorted(found, key=lambda each: (bool(each.refusal), len(each.warnings)))


def invite(kb: KnowledgeBase, test_id: str, assessor: str, *, actor: Member) -> Candidate:
    """Ask a member for a judgement. Returns who was asked, with the warnings that are kept with the invitation.

    Raises:
        NotFound: if there is no such test or member.
        InvalidEntry: if the member may not judge, or the actor does not lead the test; all reasons.
        Conflict: if the member takes part already.
    """
    require_either(actor, Role.REVIEWER, Role.FACILITATOR, LEAD)
    name = one_line(assessor)
    with kb.records() as records:
        whole = fold(test_id, all_events(records, test_id))
        framework = frameworks.in_use(records, whole.framework, whole.version)
        member = registered(records, name)
    if member is None:
        raise NotFound(f"There is no member called “{name[:40]}”. See who is there: kb member list")
    organisations = organisations_of(kb, whole)
    if tuple(refusals(member, is_demo=whole.is_demo)):
        raise InvalidEntry("; ".join(_against(member, whole, framework, organisations, actor)))
    added(kb, test_id, _invitation(member, organisations), actor=actor)
    return Candidate(member, "", tuple(warnings(member, organisations)))


def join(kb: KnowledgeBase, test_id: str, *, actor: Member) -> tuple[str, ...]:
    """Offer a judgement unasked. Returns what is known to speak against it, as :func:`invite` warns; it is kept with the seat.

    Raises:
        NotFound: if there is no such test.
        Conflict: if the actor takes part already, was excused, or the test is at an end.
    """
    require(actor, Role.REVIEWER, JUDGE)
    with kb.records() as records:
        whole = fold(test_id, all_events(records, test_id))
    taking_part = joined(actor, organisations_of(kb, whole))
    added(kb, test_id, taking_part, actor=actor)
    return taking_part.warnings


def excuse(kb: KnowledgeBase, test_id: str, assessor: str, *, why: str = "", actor: Member) -> None:
    """Wait no longer for a judgement: who leads the test says so, or the assessor.

    Raises:
        InvalidEntry: if none is awaited of that member, or the actor may not say so; all reasons.
    """
    require(actor, Role.MEMBER, LOOK)
    added(kb, test_id, Excused(assessor=one_line(assessor), why=reason(why)), actor=actor)


def cancel(kb: KnowledgeBase, test_id: str, *, why: str, actor: Member) -> None:
    """End a test without a result. All that happened stays, and nobody sees more of it than before.

    Raises:
        InvalidEntry: if it is not said why, or the actor does not lead the test; all reasons.
    """
    require_either(actor, Role.REVIEWER, Role.FACILITATOR, LEAD)
    added(kb, test_id, Cancelled(why=reason(why)), actor=actor)


def _against(
    member: RegisteredMember, whole: TransferTest, framework: Framework, organisations: tuple[str, ...] | None, actor: Member
) -> tuple[str, ...]:
    """Why the actor may not ask a member, in sentences: all reasons."""
    moved = refused(whole, _invitation(member, organisations), reader_of(actor), framework, today=today())
    return (*(each.sentence for each in moved), *refusals(member, is_demo=whole.is_demo))


def _invitation(member: RegisteredMember, organisations: tuple[str, ...] | None) -> Invited:
    """The event that asks for a judgement, with what the one who asks is warned of."""
    return Invited(
        assessor=member.name,
        organisation=member.organisation,
        country=member.country,
        warnings=tuple(warnings(member, organisations)),
    )
