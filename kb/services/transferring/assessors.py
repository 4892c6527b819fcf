"""Who may judge a test of transferability, and what one should know about them first."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import NotFound
from kb.peers.assessment.organisations import same_organisation
from kb.peers.narrative import UNKNOWN
from kb.peers.transfer.events import Joined
from kb.peers.transfer.state import TransferTest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import RegisteredMember, UnitOfWork, name_key


def refusals(member: RegisteredMember, *, is_demo: bool) -> Iterator[str]:
    """Why a member may not be asked for a judgement, in sentences.

    Args:
        is_demo: whether the test is of the demonstration.
    """
    if not member.is_active:
        yield f"{member.name} may act no more. Invite somebody else."
    if Role.REVIEWER not in member.roles:
        yield f"{member.name} has not the role reviewer. Give it first: kb member change"
    if member.is_demo and not is_demo:
        yield f"{member.name} is of the demonstration, and the test is not. Invite somebody else."


def warnings(member: RegisteredMember | Member, organisations: tuple[str, ...] | None) -> Iterator[str]:
    """What should be known of a member who judges, in clauses: whose practice it is may judge, and should not judge alone.

    Args:
        organisations: those whose practice it is; ``None`` where the sheet cannot be read now.
    """
    if not member.organisation.strip():
        yield "the organisation is not known"
    elif organisations is None:
        yield "the sheet cannot be read now, so its partners were not compared"
    elif any(same_organisation(member.organisation, each) for each in organisations):
        yield f"works for {member.organisation}, which takes part in the practice"


def joined(member: RegisteredMember | Member, organisations: tuple[str, ...] | None) -> Joined:
    """A member takes part unasked, with the warnings of one who is asked."""
    warned = tuple(warnings(member, organisations))
    return Joined(organisation=member.organisation, country=member.country, warnings=warned)


def organisations_of(kb: KnowledgeBase, test: TransferTest) -> tuple[str, ...] | None:
    """Owner and partners of the practice of a test: see :func:`partners_of`."""
    return partners_of(kb, test.practice)


def partners_of(kb: KnowledgeBase, practice: str) -> tuple[str, ...] | None:
    """Owner and partners of a practice, by its sheet as it is now; ``None`` where it cannot be read."""
    try:
        sheet = kb.practices.read(practice).sheet
    except NotFound:
        sheet = None
    if sheet is None:
        return None
    partners = tuple(each.name for each in sheet.partners) if isinstance(sheet.partners, tuple) else ()
    return tuple(each for each in (sheet.owner.name, *partners) if each != UNKNOWN)


def registered(records: UnitOfWork, name: str) -> RegisteredMember | None:
    """A member by name; the local one too.

    Args:
        name: on one line.
    """
    if name_key(name) == name_key(LOCAL_MEMBER.name):
        return local()
    return records.members.get(name) if name else None


def local() -> RegisteredMember:
    """Whoever is at this machine, as a member among the others."""
    return RegisteredMember(LOCAL_MEMBER.name, "", "", tuple(sorted(LOCAL_MEMBER.roles)), (), False, "", "")
