"""Policy changes are recorded with what was measured before and after, and confirmed by others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kb.errors import Conflict
from kb.peers.assessment.organisations import same_organisation
from kb.peers.assessment.review import Pin
from kb.peers.learning.policy import POLICY, PolicyChange, PolicyState
from kb.peers.learning.policy_bodies import Effect, PolicyConfirmed, PolicyRecorded, PolicyRevised, PolicyWithdrawn
from kb.retrieval.writable import one_line
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.evidence import for_eyes, pins_in, pins_of
from kb.services.learning.linking import check_because, check_still
from kb.services.learning.spelling import reader_in
from kb.services.permission import Member, Role, require

RECORD, CONFIRM, WITHDRAW = "record policy changes", "confirm policy changes", "withdraw policy changes"
NOT_RECORDED = "The policy change was not recorded"
SIDES = ("before", "after")
REQUIRED = ("title", "policy", "what_changed", "on", "attribution")  # of a policy change


def record(
    kb: KnowledgeBase,
    *,
    title: str,
    policy: str,
    what_changed: str,
    on: str,
    attribution: str,
    actor: Member,
    organisation: str = "",
    place: str = "",
    practices: Collection[str] = (),
    exchanges: Collection[str] = (),
    effects: Sequence[Mapping[str, object]] = (),
    language: str = "en",
) -> PolicyChange:
    """Tell how a policy changed because of what was learned.

    Args:
        policy: or plan, by its name.
        organisation: whose policy it is; by default the actor's own, by any of its names in the directory; facilitators name any.
        on: ISO date on which the change took effect.
        attribution: how much of it is owed to the practice and the exchange, in the actor's own words.
        exchanges: ids of a match, a round, a session, a transfer case, a lesson, a recommendation, a plan.
        effects: each with what :class:`~kb.peers.learning.policy_bodies.Effect` has; ``before`` and ``after`` may name
            ``passages``, which become evidence.

    Raises:
        InvalidEntry: with all that is wrong.
        NotFound: if there is no such practice, exchange or passage.
    """
    require(actor, Role.MEMBER, RECORD)
    body = keeping.made(
        PolicyRecorded,
        NOT_RECORDED,
        by=keeping.party(actor),
        title=title,
        policy=policy,
        organisation=one_line(organisation) or actor.organisation,
        what_changed=what_changed,
        on=on,
        attribution=attribution,
        place=place,
        because={"practices": tuple(practices), "exchanges": tuple(exchanges)},
        effects=_Pinning(kb, actor).effects(effects),
        language=language,
    )
    with kb.records() as records:
        is_demo = check_because(kb, records, body.because, actor=actor)
        return keeping.begin(records, POLICY, body, actor=actor, is_demo=is_demo, reader=reader_in(kb, actor=actor))


def revise(
    kb: KnowledgeBase, policy_id: str, changes: Mapping[str, object], *, actor: Member, base: int | None = None
) -> PolicyChange:
    """Tell one's own policy change anew. It has to be confirmed again, and what was told before stays in its history.

    Args:
        changes: fields of :func:`record` with what they are to say; all others stay. Evidence that the actor may not read stays
            with an effect of the same name.
        base: how many things had happened to it when it was read; more by now are a conflict.

    Raises:
        InvalidEntry: with all that is wrong.
        Conflict: if it was withdrawn, or if something happened to it since it was read.
    """
    require(actor, Role.MEMBER, RECORD)
    with kb.records() as records:
        told = keeping.within(records, POLICY, policy_id).recorded
    given = {name: value for name, value in changes.items() if name not in ("practices", "exchanges", "by")}
    if "effects" in given:
        given["effects"] = _Pinning(kb, actor, told.effects).effects(given["effects"])

    def body(found: PolicyChange) -> PolicyRevised:
        if base is not None and len(found.happened) != base:
            raise Conflict(f"{found.id} was revised by somebody else meanwhile. Look at it again.")
        before = {name: getattr(found.recorded, name) for name in type(found.recorded).model_fields}
        links = {name: changes.get(name, getattr(found.recorded.because, name)) for name in ("practices", "exchanges")}
        return keeping.made(PolicyRevised, NOT_RECORDED, **{**before, **given, "because": links, "by": keeping.party(actor)})

    with kb.records() as records:
        revised = keeping.add(records, POLICY, policy_id, body, actor=actor, reader=reader_in(kb, actor=actor))
        check_still(kb, records, revised.recorded.because, revised, actor=actor, so_far=told.because)
    return for_eyes(kb, [revised], actor=actor)[0]


def confirm(kb: KnowledgeBase, policy_id: str, *, actor: Member, how: str = "") -> PolicyChange:
    """Say that one saw it: a member of another organisation than whose policy it is and who recorded it."""
    require(actor, Role.MEMBER, CONFIRM)
    body = keeping.made(PolicyConfirmed, "The policy change was not confirmed", by=keeping.party(actor), how=how)
    with kb.records() as records:
        confirmed = keeping.add(records, POLICY, policy_id, body, actor=actor, reader=reader_in(kb, actor=actor))
    return for_eyes(kb, [confirmed], actor=actor)[0]


def withdraw(kb: KnowledgeBase, policy_id: str, *, why: str, actor: Member) -> PolicyChange:
    """Take it back: who told it, the organisation whose policy it is, or a facilitator. What was told stays in its history."""
    require(actor, Role.MEMBER, WITHDRAW)
    body = keeping.made(PolicyWithdrawn, "The policy change was not withdrawn", why=why)
    with kb.records() as records:
        withdrawn = keeping.add(records, POLICY, policy_id, body, actor=actor)
    return for_eyes(kb, [withdrawn], actor=actor)[0]


def policy_change(kb: KnowledgeBase, policy_id: str, *, actor: Member) -> PolicyChange:
    """One, as the actor may see it.

    Raises:
        NotFound: if there is none of that id.
    """
    return for_eyes(kb, [keeping.record(kb, POLICY, policy_id, actor=actor)], actor=actor)[0]


def policies(
    kb: KnowledgeBase,
    *,
    actor: Member,
    practice: str = "",
    exchange: str = "",
    organisation: str = "",
    state: PolicyState | str = "",
) -> list[PolicyChange]:
    """Policy changes, the last recorded first.

    Args:
        practice: only those from it; so ``exchange``.
        organisation: only of its policies.
        state: only those in it; by default all but withdrawn ones.
    """
    found = [
        each
        for each in keeping.everyone(kb, POLICY, actor=actor)
        if (each.state == state if state else each.state is not PolicyState.WITHDRAWN)
        and (not practice or practice in each.recorded.because.practices)
        and (not exchange or exchange in each.recorded.because.exchanges)
        and (not organisation or same_organisation(organisation, each.recorded.organisation))
    ]
    return for_eyes(kb, found, actor=actor)


class _Pinning:
    """Puts evidence in place of the passages that somebody named. Evidence itself is never taken from outside."""

    def __init__(self, kb: KnowledgeBase, actor: Member, so_far: Sequence[Effect] = ()) -> None:
        self._kb, self._actor, self._so_far = kb, actor, so_far
        self._known = {pin.passage_id: pin for each in so_far for pin in pins_in(each)}
        self._evidence = EvidenceNow(kb, actor) if self._known else None

    def effects(self, given: object) -> object:
        """As they are made into values; what has not the form of effects stays, and is refused there."""
        if not isinstance(given, list | tuple):
            return given
        return tuple(self._effect(each) if isinstance(each, Mapping) else each for each in given)

    def _effect(self, given: Mapping[str, object]) -> dict[str, object]:
        said = {name: value for name, value in given.items() if value not in ("", None)}
        for side in SIDES:
            measured = said.get(side)
            if isinstance(measured, Mapping):
                said[side] = self._measured(measured, self._unread(given, side))
        return said

    def _measured(self, given: Mapping[str, object], unread: tuple[Pin, ...]) -> dict[str, object]:
        said = {name: value for name, value in given.items() if value not in ("", None) and name not in ("passages", "pins")}
        passages = given.get("passages") or ()
        named = tuple(map(str, passages)) if isinstance(passages, list | tuple) else ()
        new = [each for each in named if not self._may_keep(each)]
        fresh = {pin.passage_id: pin for pin in pins_of(self._kb, new, actor=self._actor)}
        said["pins"] = (*unread, *({**self._known, **fresh}[each] for each in dict.fromkeys(named)))
        return said

    def _may_keep(self, passage: str) -> bool:
        """Whether it is pinned already, by words that the actor may read: then it stays as it was quoted."""
        return passage in self._known and self._evidence is not None and self._evidence.may_read(self._known[passage], own=False)

    def _unread(self, given: Mapping[str, object], side: str) -> tuple[Pin, ...]:
        for each in self._so_far:
            if (each.dimension, each.what) == (given.get("dimension"), str(given.get("what", "")).strip()):
                return tuple(pin for pin in pins_in(getattr(each, side)) if self._evidence and not self._evidence.may_read(pin))
        return ()
