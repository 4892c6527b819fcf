"""What of mutual learning belongs to one partnership, and whose each thing is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace

from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.case import Case
from kb.peers.learning.lesson import Lesson
from kb.peers.learning.match import Match
from kb.peers.learning.need import Need
from kb.peers.learning.offer import Offer
from kb.peers.learning.parts import Because
from kb.peers.learning.plan import Plan
from kb.peers.learning.policy import PolicyChange
from kb.peers.learning.recommendation import Recommendation
from kb.peers.learning.record import Record
from kb.peers.learning.round import Round
from kb.peers.learning.session import Session
from kb.peers.learning.things import Things


@dataclass(frozen=True)
class Bounds:
    """What belongs to one partnership.

    Attributes:
        name: of its file.
        titles: what it is called; things name it in words.
        organisations: that take part.
    """

    name: str
    titles: Collection[str]
    organisations: Collection[str]


def organisation_of(record: Record) -> str:
    """Whose it is: of who seeks, is advised, takes over, plans or changed a policy."""
    match record:
        case Need(posted=posted):
            return posted.by.organisation
        case Recommendation(issued=issued):
            return issued.to
        case Case(considered=considered):
            return considered.organisation
        case Plan():
            return record.organisation
        case PolicyChange(recorded=recorded):
            return recorded.organisation
        case Lesson(noted=noted):
            return noted.by.organisation
        case Session(planned=planned):
            return planned.host.organisation
    return ""


def of_partnership(things: Things, bounds: Bounds) -> Things:
    """What belongs to a partnership: what names it, or comes from an exchange that does; and what names no exchange, where the
    organisation takes part.
    """
    names = {folded(each) for each in (bounds.name, *bounds.titles)}
    outside = set[str]()  # things that are known not to belong

    def told(record: Record) -> bool | tuple[str, ...]:
        """Whether it belongs; or ids of things with one of which it would."""
        match record:
            case Need() | Offer():
                return folded(record.posted.partnership) in names
            case Match(proposed=proposed):
                return proposed.need, proposed.offer
            case Round(drafted=drafted):
                return folded(drafted.partnership) in names
            case Session(planned=planned):
                return folded(planned.partnership) in names or ((planned.round,) if planned.round else False)
            case Plan(written=written) if written.partnership:
                return folded(written.partnership) in names
        return _because(record).exchanges or any(same_organisation(organisation_of(record), each) for each in bounds.organisations)

    def belongs(record: Record) -> bool:
        """Things may name each other in a circle: a plan the policy change, and that the plan."""
        seen, left = {record.id}, [record]
        while left:
            found = told(left.pop())
            if found is True:
                return True
            new = [ref for ref in dict.fromkeys(found or ()) if ref in things.by_id and ref not in seen | outside]
            seen.update(new)
            left += [things.by_id[ref] for ref in new]
        outside.update(seen)
        return False

    return replace(things, **{
        each.name: tuple(one for one in getattr(things, each.name) if belongs(one)) for each in fields(things)
    })  # fmt: skip


def _because(record: Record) -> Because:
    match record:
        case Lesson(noted=noted):
            return noted.because
        case Recommendation(issued=issued):
            return issued.because
        case Plan(written=written):
            return written.because
        case PolicyChange(recorded=recorded):
            return recorded.because
    return Because()


def folded(name: str) -> str:
    """The same for what is called alike, case and spaces aside."""
    return " ".join(name.casefold().split())
