"""Policy changes: before and after with evidence, told as a number only where that is honest, and confirmed from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeRecords
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kb.errors import Conflict, NotFound
from kb.peers.learning.policy import Difference, PolicyChange, PolicyState, Untold, difference
from kb.peers.learning.policy_bodies import Effect, PolicyRecorded, PolicyRevised, is_later
from kb.services import members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import lessons, policies
from kb.services.permission import LOCAL_MEMBER, Member, Role
from tests.assessed import BEES, LEDGER, PRACTICE, a_base, passage_of, who
from tests.refusing import refused

BEFORE, AFTER = {"value": 30, "date": "2025", "source": "Register"}, {"value": 7.5, "date": "2026-06", "source": "Register"}
DAYS = {"dimension": "efficiency", "what": "Days to a permit", "unit": "days", "before": BEFORE, "after": AFTER}
SAID: dict[str, Any] = {
    "title": "Permits in a week", "policy": "Regulation on parks", "organisation": "House of Ann",
    "what_changed": "One office decides.", "on": "2026-06-30", "attribution": "Half of it: the form is theirs.",
    "practices": [PRACTICE], "effects": [DAYS],
}  # fmt: skip


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def recorded(kb: KnowledgeBase, by: str = "ann", **other: Any) -> PolicyChange:
    return policies.record(kb, actor=who(kb, by), **{**SAID, **other})


def effect(**other: object) -> Effect:
    return Effect.model_validate({**DAYS, **other})


# numbers ------------------------------------------------------------------------------------------------------------------


def test_a_difference_is_after_less_before_and_exact() -> None:
    assert difference(effect()) == Difference(Decimal("-22.5"), "days")
    tenths = effect(before={**BEFORE, "value": 0.1}, after={**AFTER, "value": 0.3})
    assert difference(tenths).value == Decimal("0.2"), "and not 0.19999999999999998"


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"before": None}, Untold.NO_BEFORE),
        ({"after": None}, Untold.NO_AFTER),
        ({"before": {"words": "long", "source": "x"}}, Untold.IN_WORDS),
        ({"after": {"words": "short", "source": "x"}}, Untold.IN_WORDS),
        ({"before": {**BEFORE, "unit": "weeks"}}, Untold.UNITS),
        ({"after": {**AFTER, "unit": "weeks"}}, Untold.UNITS),
    ],
)
def test_where_there_is_no_difference_it_is_said_why(other: dict[str, object], why: Untold) -> None:
    assert difference(effect(**other)) == Difference(None, why_not=why)


def test_units_agree_whatever_their_case_and_spaces() -> None:
    both = effect(before={**BEFORE, "unit": " Working  days"}, after={**AFTER, "unit": "working days"})

    assert difference(both).value == Decimal("-22.5")


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_before_and_the_difference_are_after(one: int, other: int) -> None:
    found = difference(effect(before={**BEFORE, "value": one}, after={**AFTER, "value": other}))

    assert found.value is not None
    assert one + found.value == other


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [("2026", "2025", True), ("2025", "2026", False), ("2025-03", "2025", False), ("2025", "2025-03", False),
     ("2025-04", "2025-03-31", True), ("2025-03-02", "2025-03-01", True), ("2025-03-01", "2025-03-01", False),
     ("unknown", "2025", False), ("2025", "unknown", False)],
)  # fmt: skip
def test_a_date_is_later_only_where_both_say_so(one: str, other: str, is_so: bool) -> None:
    assert is_later(one, other) is is_so


def test_before_is_not_after_and_each_value_has_a_source() -> None:
    with pytest.raises(ValidationError, match=r"the date before \(2026-06\) is after the date after \(2025\)"):
        effect(before=AFTER, after=BEFORE)
    with pytest.raises(ValidationError, match="name a source, or a passage"):
        effect(before={"value": 30})
    with pytest.raises(ValidationError, match="give a value, or say it in words"):
        effect(before={"source": "x"})
    with pytest.raises(ValidationError, match="tell how it was before, or after, or both"):
        effect(before=None, after=None)


# stories ------------------------------------------------------------------------------------------------------------------


def test_a_policy_change_is_recorded_and_confirmed_from_elsewhere(kb: KnowledgeBase) -> None:
    told = recorded(kb)
    assert (told.id, told.state, told.recorded.attribution) == ("policy-1", PolicyState.RECORDED, "Half of it: the form is theirs.")

    confirmed = policies.confirm(kb, told.id, how="I asked for one.", actor=who(kb, "bo"))
    assert confirmed.confirmed is not None
    assert (confirmed.state, confirmed.confirmed.how) == (PolicyState.CONFIRMED, "I asked for one.")


def test_nobody_confirms_for_the_own_organisation(kb: KnowledgeBase) -> None:
    colleague = Member("col", frozenset(Role), "house of ANN", "PT")
    nobody = Member("nn", frozenset(Role))
    told = recorded(kb, by="fay")

    assert "yourself" in refused(lambda: policies.confirm(kb, told.id, actor=who(kb, "fay")))
    assert "your own organisation" in refused(lambda: policies.confirm(kb, told.id, actor=colleague))
    assert "It is not known" in refused(lambda: policies.confirm(kb, told.id, actor=nobody))
    told = recorded(kb, by="cy", organisation="House of Bo")
    assert "your own organisation" in refused(lambda: policies.confirm(kb, told.id, actor=who(kb, "bo")))
    assert policies.confirm(kb, told.id, actor=who(kb, "sam")).state is PolicyState.CONFIRMED


def test_what_is_told_anew_is_confirmed_no_more_and_what_was_stays_in_the_history(kb: KnowledgeBase) -> None:
    told = recorded(kb)
    policies.confirm(kb, told.id, actor=who(kb, "bo"))

    revised = policies.revise(kb, told.id, {"title": "In a day", "practices": (), "exchanges": (told.id,)}, actor=who(kb, "ann"))
    assert (revised.state, revised.confirmed, revised.recorded.title) == (PolicyState.RECORDED, None, "In a day")
    assert (revised.recorded.effects, revised.recorded.because.exchanges) == (told.recorded.effects, (told.id,))
    titles = [each.body.title for each in revised.happened if isinstance(each.body, PolicyRecorded | PolicyRevised)]
    assert titles == ["Permits in a week", "In a day"]


def test_what_was_told_in_another_window_meanwhile_is_not_told_over(kb: KnowledgeBase) -> None:
    read, ann = recorded(kb), who(kb, "ann")
    policies.revise(kb, read.id, {"title": "Quicker"}, base=len(read.happened), actor=ann)

    refused(lambda: policies.revise(kb, read.id, {"title": "Slower"}, base=len(read.happened), actor=ann), Conflict)
    assert policies.policy_change(kb, read.id, actor=ann).recorded.title == "Quicker"


# who speaks ---------------------------------------------------------------------------------------------------------------


def test_a_member_tells_of_the_own_organisation_and_a_facilitator_of_any(kb: KnowledgeBase) -> None:
    said = refused(lambda: recorded(kb, organisation="House of Bo"))
    assert said == "You work for House of Ann, and not for House of Bo: name your own organisation, or ask a facilitator."
    nobody = Member("nn", frozenset({Role.MEMBER}))
    assert refused(lambda: policies.record(kb, actor=nobody, **SAID)) == (
        "It is not known that you work for House of Ann: ask a facilitator to do this."
    )
    assert policies.policies(kb, actor=nobody) == []
    assert recorded(kb, organisation="HOUSE of ann").recorded.organisation == "HOUSE of ann"
    assert recorded(kb, by="fay", organisation="House of Bo").recorded.by.name == "fay"


def test_a_policy_change_is_not_handed_to_another_organisation_by_telling_it_anew(kb: KnowledgeBase) -> None:
    told, ann = recorded(kb), who(kb, "ann")
    assert "You work for House of Ann, and not for House of Bo" in refused(
        lambda: policies.revise(kb, told.id, {"organisation": "House of Bo"}, actor=ann)
    )
    elsewhere = replace(ann, organisation="Elsewhere")  # who went to work for somebody else still tells anew what they told
    assert policies.revise(kb, told.id, {"title": "In a day"}, actor=elsewhere).recorded.organisation == "House of Ann"


@pytest.mark.parametrize("name", ["fay", "bo", "ana"])
def test_the_words_of_who_told_it_are_theirs(kb: KnowledgeBase, name: str) -> None:
    """Neither a facilitator nor a colleague tells it anew; both may withdraw it, and a stranger may not."""
    told = recorded(kb)
    members.add(kb, "ana", organisation="house of ANN", country="PT", roles=[], actor=LOCAL_MEMBER)
    actor = who(kb, name)

    assert refused(lambda: policies.revise(kb, told.id, {"attribution": "All of it."}, actor=actor)) == (
        "ann recorded this policy change, and tells in their own words: only they tell it anew."
    )
    if name == "bo":
        assert "only they, the organisation of the policy and facilitators" in refused(
            lambda: policies.withdraw(kb, told.id, why="No.", actor=actor)
        )
    else:
        assert policies.withdraw(kb, told.id, why="No.", actor=actor).state is PolicyState.WITHDRAWN


def test_it_comes_from_a_practice_or_an_exchange(kb: KnowledgeBase) -> None:
    assert "because: name a practice or an exchange that it comes from" in refused(lambda: recorded(kb, practices=()))
    learned = lessons.note(kb, "One office.", level="policy", actor=who(kb, "ann"))
    assert recorded(kb, practices=(), exchanges=[learned.id]).recorded.because.exchanges == (learned.id,)
    refused(lambda: recorded(kb, exchanges=["session-7"]), NotFound)


def test_nothing_is_of_a_day_that_has_not_come(kb: KnowledgeBase) -> None:
    later = {**DAYS, "after": {**AFTER, "date": "2099"}}
    said = refused(lambda: recorded(kb, on="2099-01-01", effects=[later]))

    assert said == "The day 2099-01-01 has not come yet. “Days to a permit” is of 2099, which has not come yet."


def test_withdrawn_it_is_in_no_list_unless_asked_for(kb: KnowledgeBase) -> None:
    one, two, sam = recorded(kb), recorded(kb, by="bo", organisation="House of Bo"), who(kb, "sam")
    policies.withdraw(kb, one.id, why="Repealed.", actor=who(kb, "ann"))

    assert [each.id for each in policies.policies(kb, actor=sam)] == [two.id]
    assert [each.id for each in policies.policies(kb, state="withdrawn", actor=sam)] == [one.id]
    assert [each.id for each in policies.policies(kb, organisation="house of bo", practice=PRACTICE, actor=sam)] == [two.id]
    refused(lambda: policies.confirm(kb, one.id, actor=who(kb, "bo")), Conflict)


# evidence -----------------------------------------------------------------------------------------------------------------


def pinned(kb: KnowledgeBase, path: str) -> dict[str, object]:
    return {**DAYS, "before": {"value": 30, "date": "2025", "passages": [passage_of(kb, path).id]}}


def test_passages_become_evidence_of_a_value(kb: KnowledgeBase) -> None:
    told = recorded(kb, effects=[pinned(kb, BEES)])

    before = told.recorded.effects[0].before
    assert before is not None
    assert [(pin.quote, pin.document) for pin in before.pins] == [(passage_of(kb, BEES).text, BEES)]


def test_evidence_is_never_taken_from_outside(kb: KnowledgeBase) -> None:
    """Else anybody could put words into a document's mouth."""
    pin = recorded(kb, effects=[pinned(kb, BEES)]).recorded.effects[0].before.pins[0].model_copy(update={"quote": "x"})  # type: ignore[union-attr]
    forged = {**DAYS, "before": {"value": 30, "pins": [pin]}}

    assert "effects.0.before.source: name a source, or a passage" in refused(lambda: recorded(kb, effects=[forged]))
    secret = {**DAYS, "before": {"value": 30, "passages": [passage_of(kb, LEDGER).id]}}
    refused(lambda: recorded(kb, effects=[secret]), NotFound)


def test_who_may_not_read_evidence_sees_that_it_is_there_and_does_not_lose_it_by_revising(kb: KnowledgeBase) -> None:
    fay, ann = who(kb, "fay"), who(kb, "ann")
    once = replace(ann, roles=ann.roles | {Role.FACILITATOR})  # when she told it; she is no facilitator now
    told = policies.record(kb, actor=once, **{**SAID, "effects": [pinned(kb, LEDGER)]})
    assert "secret" in repr(policies.policy_change(kb, told.id, actor=fay))
    seen = policies.policy_change(kb, told.id, actor=ann)
    assert "secret" not in repr(seen)
    assert len(seen.recorded.effects[0].before.pins) == 1  # type: ignore[union-attr]

    anew = {**DAYS, "before": {"value": 31, "date": "2025", "passages": [passage_of(kb, BEES).id]}}
    revised = policies.revise(kb, told.id, {"effects": [anew]}, actor=ann)
    assert "secret" not in repr(revised)
    before = policies.policy_change(kb, told.id, actor=fay).recorded.effects[0].before
    assert before is not None
    assert (before.value, [pin.document for pin in before.pins]) == (31, [LEDGER, BEES])
    assert "secret" not in repr(policies.policies(kb, actor=ann))
