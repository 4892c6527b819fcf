"""What happens to a transfer case, one event after the other.

Source of the steps: URBACT, understand → adapt → re-use; the local group that makes the plan together is URBACT's too.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from kb.peers.assessment.review import Pins
from kb.peers.days import Day
from kb.peers.evidence_line import Sources
from kb.peers.learning.parts import Line, MaybeLine, MaybeWords, Party, PlaceCode, PracticeName, Words
from kb.peers.learning.record import Body
from kb.peers.narrative import Part, flaw
from kb.peers.transfer.events import CaseOutcome

MAX_ELEMENT_CHARS = 2_000
MAX_LEARNED_CHARS = 1_000  # a step is told shortly; lessons have pages of their own
MAX_MANY = 50
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _key(given: str) -> str:
    if len(given) > 40 or not _KEY.fullmatch(given):
        raise flaw(f"“{given[:40]}” is no key such as first-year: small letters, digits and hyphens")
    return given


Key = Annotated[str, AfterValidator(_key)]
Element = Annotated[str, Field(min_length=1, max_length=MAX_ELEMENT_CHARS)]
Elements = Annotated[tuple[Element, ...], Field(max_length=MAX_MANY)]
Learned = Annotated[str, Field(min_length=1, max_length=MAX_LEARNED_CHARS)]


class Adapted(Part):
    """An element that is done otherwise here, and how."""

    element: Element
    how: Element


class Milestone(Part):
    """Something that is to be reached by a day."""

    key: Key
    what: Line
    due: Day


class LocalPartner(Part):
    """Who makes the plan together in the target place.

    Attributes:
        name: of a person, where they agreed to be named.
        role: what they do in the group.
    """

    organisation: Line
    name: MaybeLine = ""
    role: MaybeLine = ""


def _apart(milestones: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    if twice := [key for key, n in Counter(each.key for each in milestones).items() if n > 1]:
        raise flaw(f"two milestones have the same key: {', '.join(twice)}")
    return milestones


Milestones = Annotated[tuple[Milestone, ...], Field(max_length=MAX_MANY), AfterValidator(_apart)]
AllAdapted = Annotated[tuple[Adapted, ...], Field(max_length=MAX_MANY)]


class CaseConsidered(Body):
    """Somebody thinks of taking a practice over, on the ground of a concluded test of transferability.

    Attributes:
        test: its id; practice, title, source and target are the test's.
        organisation: that would take it over.
        core, adaptable: elements of the practice, by its sheet on that day: what the plan begins with.
    """

    kind: ClassVar[str] = "considered"
    by: Party
    test: Line
    practice: PracticeName
    title: Line
    source: PlaceCode
    target: PlaceCode
    organisation: Line
    why: Words
    core: Elements = ()
    adaptable: Elements = ()


class CaseUnderstanding(Body):
    """Decided to look closely. Each of these steps says what was learned so far."""

    kind: ClassVar[str] = "understand"
    learned: Learned


class CaseAdapting(Body):
    """Understood; now it is made to fit."""

    kind: ClassVar[str] = "adapt"
    learned: Learned


class CaseReusing(Body):
    """Adapted; now it is done in the target place."""

    kind: ClassVar[str] = "re-use"
    learned: Learned


class CasePlanned(Body):
    """The plan as it stands from now on, whole; earlier ones stay in the history."""

    kind: ClassVar[str] = "planned"
    core_kept: Elements = ()
    adapted: AllAdapted = ()
    milestones: Milestones = ()
    local_group: Annotated[tuple[LocalPartner, ...], Field(max_length=MAX_MANY)] = ()
    costs: MaybeWords = ""
    funding: MaybeWords = ""


class MilestoneReached(Body):
    """A milestone was reached on a day."""

    kind: ClassVar[str] = "reached"
    milestone: Key
    on: Day
    what: MaybeWords = ""


class CaseEvaluated(Body):
    """A facilitator who did not open the case tells how it went; a later one stands beside, and the last one counts.

    Attributes:
        core_kept: elements that were kept in the end; so is ``adapted``.
        pins: passages that bear it out; ``sources``: what does so outside the knowledge base.
    """

    kind: ClassVar[str] = "evaluated"
    by: Party
    outcome: CaseOutcome
    on: Day
    what: Words
    pins: Pins = ()
    sources: Sources = ()
    core_kept: Elements = ()
    adapted: AllAdapted = ()


class CaseAdopted(Body):
    """It stays: by which decision, with which money."""

    kind: ClassVar[str] = "adopted"
    by: Party
    how: Words


class CaseStopped(Body):
    """It is not gone on with. That is a finding too."""

    kind: ClassVar[str] = "stopped"
    why: Words
