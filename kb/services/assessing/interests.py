"""Who may not review a practice, and about whom one should know something first: conflicts of interest.

Who is of the owner's organisation, answers for the owner or had a seat, the assessment itself refuses
(:mod:`kb.peers.assessment.moves`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.errors import NotFound
from kb.peers.assessment.organisations import same_organisation
from kb.peers.assessment.state import Assessment
from kb.peers.narrative import UNKNOWN
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Role
from kb.services.records import RegisteredMember, name_key

if TYPE_CHECKING:
    from kb.peers.practice import PracticeSheet


@dataclass(frozen=True)
class Concerned:
    """Those who have an interest in a practice and its assessment.

    Attributes:
        partners: organisations that take part; ``None`` where the sheet cannot be read now.
        owner_country: of the organisation whose practice it is, as the sheet spells it.
        countries: where it is done, as the sheet spells them.
        opened_by: name of the facilitator.
        is_demo: whether the assessment is of the demonstration.
    """

    partners: tuple[str, ...] | None
    owner_country: str
    countries: tuple[str, ...]
    opened_by: str
    is_demo: bool


@dataclass(frozen=True)
class Candidate:
    """A member who might review.

    Attributes:
        refusal: why not, in sentences; empty for one who may be invited.
        warnings: what the facilitator should know, in clauses; kept with the invitation.
    """

    member: RegisteredMember
    refusal: str
    warnings: tuple[str, ...]


def refusals(member: RegisteredMember, concerned: Concerned) -> Iterator[str]:
    """Why a member may not review this practice, in sentences."""
    if not member.is_active:
        yield f"{member.name} may act no more. Invite somebody else."
    if Role.REVIEWER not in member.roles:
        yield f"{member.name} has not the role reviewer. Give it first: kb member change"
    if member.is_demo and not concerned.is_demo:
        yield f"{member.name} is of the demonstration, and the assessment is not. Invite somebody else."
    if any(same_organisation(member.organisation, partner) for partner in concerned.partners or ()):
        yield f"{member.name} works for {member.organisation}, a partner in the practice. Invite somebody of another organisation."


def warnings(member: RegisteredMember, concerned: Concerned) -> Iterator[str]:
    """What should be known before a member is invited, in clauses."""
    if not member.organisation.strip():
        yield "the organisation is not known"
    elif concerned.partners is None:
        yield "the sheet cannot be read now, so its partners were not compared"
    if member.country and member.country == concerned.owner_country:
        yield f"is from {member.country}, as the owner is"
    elif member.country and member.country in concerned.countries:
        yield f"is from {member.country}, where the practice is done"
    if name_key(member.name) == name_key(concerned.opened_by):
        yield "opened the assessment"


def concerned_in(kb: KnowledgeBase, assessment: Assessment) -> Concerned:
    """Who has an interest, by the sheet as it is now; by what was opened where it cannot be read."""
    opened = assessment.opened
    try:
        sheet = kb.practices.read(assessment.practice).sheet
    except NotFound:
        sheet = None
    if sheet is None:
        countries = opened.countries if opened else ()
        return Concerned(None, "", countries, assessment.opened_by, assessment.is_demo)
    partners = tuple(each.name for each in sheet.partners) if isinstance(sheet.partners, tuple) else ()
    return Concerned(partners, sheet.owner.country, _places(sheet), assessment.opened_by, assessment.is_demo)


def countries_of(sheet: PracticeSheet) -> tuple[str, ...]:
    """Of owner and place, each once; those that nobody knows left out."""
    return tuple(each for each in dict.fromkeys((sheet.owner.country, *_places(sheet))) if each != UNKNOWN)


def _places(sheet: PracticeSheet) -> tuple[str, ...]:
    return sheet.place.countries if isinstance(sheet.place.countries, tuple) else ()
