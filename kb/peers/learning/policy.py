"""A policy change: what became of a policy because of what partners learned, before and after, confirmed by others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.lifecycle import Lifecycle, step
from kb.peers.learning.policy_bodies import (
    Effect,
    Measured,
    PolicyConfirmed,
    PolicyRecorded,
    PolicyRevised,
    PolicyWithdrawn,
    is_later,
)
from kb.peers.learning.record import Body, Event, Kind, Record
from kb.peers.learning.speaking import against_speaking
from kb.peers.monitoring.reading import folded


class PolicyState(StrEnum):
    """Where the record of a policy change stands."""

    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class PolicyChange(Record):
    """A policy change as it was last told.

    Attributes:
        confirmed: ``None`` too once it was told anew: confirmed was what was told before.
    """

    recorded: PolicyRecorded | PolicyRevised
    confirmed: PolicyConfirmed | None = None


class Untold(StrEnum):
    """Why a change is not told as a number."""

    NO_BEFORE = "no-before"
    NO_AFTER = "no-after"
    IN_WORDS = "in-words"  # one of both has no value
    UNITS = "units"  # they are in different units


@dataclass(frozen=True)
class Difference:
    """How much an effect is more after than before; whether that is better is not for a program to say.

    Attributes:
        value: after less before, exact; ``None`` where there is a reason ``why_not``.
    """

    value: Decimal | None
    unit: str = ""
    why_not: Untold | None = None


def difference(effect: Effect) -> Difference:
    """After less before, where both are there in one unit; else why it cannot be told."""
    before, after = effect.before, effect.after
    if before is None:
        return Difference(None, why_not=Untold.NO_BEFORE)
    if after is None:
        return Difference(None, why_not=Untold.NO_AFTER)
    if before.value is None or after.value is None:
        return Difference(None, why_not=Untold.IN_WORDS)
    unit = unit_of(effect, after)
    if folded(unit_of(effect, before)) != folded(unit):
        return Difference(None, why_not=Untold.UNITS)
    return Difference(Decimal(str(after.value)) - Decimal(str(before.value)), unit)


def unit_of(effect: Effect, measured: Measured) -> str:
    """Its own, or the effect's."""
    return measured.unit or effect.unit


LIFE = Lifecycle(
    PolicyState,
    {
        PolicyRecorded.kind: step(PolicyState.RECORDED),
        PolicyRevised.kind: step(PolicyState.RECORDED, PolicyState.RECORDED, PolicyState.CONFIRMED),
        PolicyConfirmed.kind: step(PolicyState.CONFIRMED, PolicyState.RECORDED),
        PolicyWithdrawn.kind: step(PolicyState.WITHDRAWN, PolicyState.RECORDED, PolicyState.CONFIRMED),
    },
)


def _begun(id_: str, state: StrEnum, event: Event) -> PolicyChange:
    assert isinstance(event.body, PolicyRecorded)
    return PolicyChange(id_, state, event.member, event.is_demo, (event,), event.body)


def _then(policy: PolicyChange, event: Event) -> PolicyChange:
    if isinstance(event.body, PolicyRevised):
        return replace(policy, recorded=event.body, confirmed=None)
    return replace(policy, confirmed=event.body) if isinstance(event.body, PolicyConfirmed) else policy


def may_withdraw(policy: PolicyChange, reader: Reader) -> bool:
    """Who told it, members of the organisation whose policy it is, and facilitators. Only who told it tells it anew."""
    first = policy.happened[0].body
    theirs = first.organisation if isinstance(first, PolicyRecorded) else ""
    return reader.name == policy.member or reader.is_facilitator or same_organisation(theirs, reader.organisation)


def _refused(policy: PolicyChange | None, body: Body, reader: Reader, today: str) -> Iterator[Refusal]:
    if isinstance(body, PolicyRecorded | PolicyRevised):
        yield from _not_yet(body, today)
    if isinstance(body, PolicyRecorded | PolicyRevised) and _names_another(policy, body):
        yield from against_speaking(body.organisation, reader)
    if policy is None:
        return
    match body:
        case PolicyConfirmed():
            yield from _no_witness(policy, reader)
        case PolicyRevised() if reader.name != policy.member:
            yield Refusal(f"{policy.member} recorded this policy change, and tells in their own words: only they tell it anew.")
        case PolicyWithdrawn() if not may_withdraw(policy, reader):
            yield Refusal(
                f"{policy.member} recorded this policy change: "
                "only they, the organisation of the policy and facilitators may withdraw it."
            )


def _names_another(policy: PolicyChange | None, body: PolicyRecorded | PolicyRevised) -> bool:
    """Whether it says anew whose policy it is: who changed places since may still tell anew what they told."""
    return policy is None or not same_organisation(policy.recorded.organisation, body.organisation)


def _not_yet(body: PolicyRecorded | PolicyRevised, today: str) -> Iterator[Refusal]:
    if body.on > today:
        yield Refusal(f"The day {body.on} has not come yet.")
    for effect in body.effects:
        for measured in (effect.before, effect.after):
            if measured and is_later(measured.date, today):
                yield Refusal(f"“{effect.what}” is of {measured.date}, which has not come yet.")


def _no_witness(policy: PolicyChange, reader: Reader) -> Iterator[Refusal]:
    told = policy.recorded
    if reader.name in (policy.member, told.by.name):
        yield Refusal("You recorded this policy change yourself: somebody of another organisation confirms it.")
    elif not reader.organisation:
        yield Refusal("It is not known which organisation you work for: somebody of another organisation confirms it.")
    elif any(map(reader.is_of, (told.organisation, told.by.organisation))):
        yield Refusal("This is a policy change of your own organisation: somebody of another one confirms it.")


POLICY = Kind(
    "policy",
    "policy change",
    (PolicyRecorded, PolicyRevised, PolicyConfirmed, PolicyWithdrawn),
    LIFE,
    _begun,
    _then,
    _refused,
    "kb learn policy list",
)
