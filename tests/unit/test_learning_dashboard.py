"""Numbers of mutual learning: each is the length of what it counts, by hand; and what belongs to one partnership."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kb.peers.learning.belonging import Bounds, of_partnership
from kb.peers.learning.case import CaseState
from kb.peers.learning.dashboard import Section, dashboard
from kb.peers.learning.match import MatchAccepted, MatchDone
from kb.peers.learning.need import NeedAnswered, NeedMatched
from kb.peers.learning.parts import Because
from kb.peers.learning.plan import PlanState
from kb.peers.learning.policy_bodies import PolicyConfirmed, PolicyRevised, PolicyWithdrawn
from kb.peers.learning.recommendation import RecommendationAnswered, RecommendationImplemented
from tests import things
from tests.things import ANN, BO, CY, FAY, a_case, a_round, a_session, a_thing, everything

TODAY = "2026-02-15"
FASTER = {
    "dimension": "efficiency", "what": "Days to decide", "unit": "days",
    "before": {"value": 90, "date": "2025", "source": "Report"}, "after": {"value": 30.5, "date": "2026-01", "source": "Report"},
}  # fmt: skip
TOLD = {"dimension": "quality", "what": "Openness", "after": {"words": "Minutes are public.", "source": "Report"}}


def counted(*records: Any) -> dict[str, tuple[str, ...]]:
    """Number → ids of what it counts; those that count nothing are left out."""
    found = dashboard(everything(*records), TODAY)
    assert all(number.n == len(number.things) for number in found.numbers)
    return {number.key: tuple(each.ref for each in number.things) for number in found.numbers if number.n}


def test_needs_are_unanswered_until_who_posted_them_says_otherwise_with_the_days_that_they_wait() -> None:
    posted = ("2026-01-16", ANN, things.need())
    waiting = a_thing("need-1", posted)
    matched = a_thing("need-2", ("2026-02-14", ANN, things.need()), ("2026-02-15", BO, NeedMatched(match="match-1")))
    answered = a_thing("need-3", posted, ("2026-02-01", ANN, NeedAnswered(how="By a visit.")))

    assert counted(waiting, matched, answered) == {"needs-unanswered": ("need-1", "need-2"), "needs-answered": ("need-3",)}
    number = dashboard(everything(waiting, matched, answered), TODAY).number("needs-unanswered")
    assert number is not None
    assert [(each.n_days, each.since, each.organisation) for each in number.things] == [
        (30, "2026-01-16", "House of Ann"), (1, "2026-02-14", "House of Ann"),
    ]  # fmt: skip
    assert number.is_open
    assert number.section is Section.NEEDS


def test_matches_rounds_and_sessions_are_counted_by_where_they_stand() -> None:
    proposed = ("2026-01-02", ANN, things.match(ANN, "ann"))
    done = (proposed, ("2026-01-03", BO, MatchAccepted(by=BO)), ("2026-01-04", ANN, MatchDone(what="We met.")))
    on_time = a_session(ANN, held="2026-01-10", begins="2026-02-09T09:00", ends="2026-02-09T17:00")

    assert counted(
        a_thing("match-1", proposed),
        a_thing("match-2", *done),
        a_thing("round-1", *a_round("2026-02-20")),
        a_thing("session-1", *a_session(ANN)),
        a_thing("session-2", *a_session(ANN, held="2026-01-10")),
        a_thing("session-3", *on_time),
    ) == {
        "matches-waiting": ("match-1",),
        "matches-done": ("match-2",),
        "rounds-open": ("round-1",),
        "sessions-planned": ("session-1",),
        "debriefs-overdue": ("session-2", "session-3"),
        "sessions-held": ("session-2", "session-3"),
    }


def test_recommendations_are_unanswered_to_be_implemented_implemented_or_rejected() -> None:
    issued = ("2026-01-01", BO, things.recommendation("House of Ann"))
    accepted = ("2026-01-02", ANN, RecommendationAnswered(by=ANN, response="partly", reason="Half."))
    rejected = ("2026-01-02", ANN, RecommendationAnswered(by=ANN, response="reject", reason="No."))
    implemented = ("2026-01-03", ANN, RecommendationImplemented(by=ANN, on="2026-01-03", what="Done.", source="Report"))

    assert counted(
        a_thing("recommendation-1", issued),
        a_thing("recommendation-2", issued, accepted),
        a_thing("recommendation-3", issued, rejected),
        a_thing("recommendation-4", issued, accepted, implemented),
    ) == {
        "recommendations-unanswered": ("recommendation-1",),
        "recommendations-to-implement": ("recommendation-2",),
        "recommendations-rejected": ("recommendation-3",),
        "recommendations-implemented": ("recommendation-4",),
    }


def test_every_state_of_a_transfer_and_of_a_plan_and_every_level_of_a_lesson_has_a_number() -> None:
    keys = [number.key for number in dashboard(everything(), TODAY).numbers]

    assert [key for key in keys if key.startswith("case-")] == [f"case-{each}" for each in CaseState]
    assert [key for key in keys if key.startswith("plan-")] == [f"plan-{each}" for each in PlanState]
    assert [key for key in keys if key.startswith("lessons-")] == ["lessons-individual", "lessons-organisation", "lessons-policy"]
    assert len(set(keys)) == len(keys)
    assert counted(
        a_thing("case-1", *a_case("adapt")),
        a_thing("plan-1", ("2026-01-01", ANN, things.plan())),
        a_thing("lesson-1", ("2026-01-01", ANN, things.lesson(level="policy"))),
    ) == {"case-adapt": ("case-1",), "plan-draft": ("plan-1",), "lessons-policy": ("lesson-1",)}


def test_policies_are_told_with_before_and_after_and_a_difference_only_where_both_are_numbers() -> None:
    changed = ("2026-05-01", ANN, things.policy(effects=(FASTER, TOLD)))
    in_words = a_thing("policy-2", ("2026-05-01", ANN, things.policy(effects=(TOLD,))))
    records = (a_thing("policy-1", changed, ("2026-05-02", FAY, PolicyConfirmed(by=FAY))), in_words)
    gone = a_thing("policy-3", changed, ("2026-05-02", ANN, PolicyWithdrawn(why="no")))

    assert counted(*records, gone) == {
        "policies-confirmed": ("policy-1",), "policies-confirmed-measured": ("policy-1",), "policies-recorded": ("policy-2",),
    }  # fmt: skip
    effects = dashboard(everything(*records, gone), TODAY).effects
    assert [each.state.value for each in effects] == ["confirmed", "confirmed", "recorded"]
    assert [(each.ref, each.what, each.before, each.after, each.difference) for each in effects] == [
        ("policy-1", "Days to decide", "90 days (2025)", "30.5 days (2026-01)", Decimal("-59.5")),
        ("policy-1", "Openness", "", "Minutes are public.", None),
        ("policy-2", "Openness", "", "Minutes are public.", None),
    ]


def test_a_policy_change_that_nobody_else_confirmed_is_never_counted_with_those_that_are() -> None:
    told = ("2026-05-01", ANN, things.policy(effects=(FASTER,)))
    confirmed = ("2026-05-02", FAY, PolicyConfirmed(by=FAY))
    anew = ("2026-05-03", ANN, PolicyRevised(**{**dict(things.policy(effects=(FASTER,)))}))
    records = (a_thing("policy-1", told), a_thing("policy-2", told, confirmed), a_thing("policy-3", told, confirmed, anew))

    assert counted(*records) == {
        "policies-confirmed": ("policy-2",), "policies-confirmed-measured": ("policy-2",),
        "policies-recorded": ("policy-1", "policy-3"), "policies-recorded-measured": ("policy-1", "policy-3"),
    }  # fmt: skip
    effects = dashboard(everything(*records), TODAY).effects
    assert [(each.ref, each.state.value) for each in effects] == [
        ("policy-2", "confirmed"), ("policy-1", "recorded"), ("policy-3", "recorded"),
    ]  # fmt: skip


def test_a_large_number_is_told_with_every_figure() -> None:
    sides = {"before": {"value": 1234567, "source": "Report"}, "after": {"value": 1234567.25, "source": "Report"}}
    effect = {"dimension": "impact", "what": "Money", "unit": "EUR", **sides}

    (found,) = dashboard(everything(a_thing("policy-1", ("2026-05-01", ANN, things.policy(effects=(effect,))))), TODAY).effects

    assert (found.before, found.after, found.difference) == ("1234567 EUR", "1234567.25 EUR", Decimal("0.25"))


def test_things_that_name_each_other_belong_where_one_of_them_does() -> None:
    """The order in which they are asked about does not matter: nothing is decided half way round."""
    within = Bounds("plp-3", (), ())
    records = (
        a_thing("policy-1", ("2026-05-01", ANN, things.policy(because=Because(exchanges=("plan-1",))))),
        a_thing("plan-1", ("2026-05-01", ANN, things.plan(because=Because(exchanges=("policy-1", "need-1"))))),
        a_thing("policy-2", ("2026-05-01", ANN, things.policy(because=Because(exchanges=("plan-1",))))),
        a_thing("need-1", ("2026-05-01", ANN, things.need(partnership="plp-3"))),
        a_thing("lesson-1", ("2026-05-01", ANN, things.lesson(because=Because(exchanges=("plan-2",))))),
        a_thing("plan-2", ("2026-05-01", ANN, things.plan(because=Because(exchanges=("lesson-1",))))),
    )

    found = of_partnership(everything(*records), within)

    assert set(found.by_id) == {"policy-1", "plan-1", "policy-2", "need-1"}


def test_made_up_things_are_counted_only_while_nothing_real_is_there() -> None:
    demo = a_thing("need-demo-a", ("2026-01-01", ANN, things.need()), is_demo=True)
    real = a_thing("offer-1", ("2026-01-01", BO, things.offer()))

    alone = dashboard(everything(demo).counted(), TODAY)
    assert (alone.is_demo, alone.n_things) == (True, 1)
    beside = dashboard(everything(demo, real).counted(), TODAY)
    assert (beside.is_demo, beside.n_things, sum(number.n for number in beside.numbers)) == (False, 1, 0)
    assert not dashboard(everything(), TODAY).is_demo


def test_a_partnership_has_what_names_it_what_comes_from_that_and_else_what_its_organisations_do() -> None:
    """By the name of its file or any title; a lesson follows its session, and one that names another exchange does not."""
    within = Bounds("plp-3", ("Women and work",), ("House of Ann",))
    ours = (
        a_thing("need-1", ("2026-01-01", CY, things.need(CY, partnership="women  and WORK"))),
        a_thing("match-1", ("2026-01-02", ANN, things.match(ANN, "ann"))),  # of need-1
        a_thing("round-1", *a_round("2026-02-20", partnership="plp-3")),
        a_thing("session-1", *a_session(ANN, round="round-1")),
        a_thing("lesson-1", ("2026-01-01", BO, things.lesson(BO, because=Because(exchanges=("session-1",))))),
        a_thing("policy-1", ("2026-01-01", BO, things.policy(BO, because=Because(exchanges=("lesson-1",))))),
        a_thing("case-1", *a_case("adapt")),  # of ann
        a_thing("lesson-2", ("2026-01-01", ANN, things.lesson(ANN))),
        a_thing("plan-1", ("2026-01-01", BO, things.plan(BO, partnership="plp-3"))),
    )
    others = (
        a_thing("need-2", ("2026-01-01", ANN, things.need())),
        a_thing("offer-1", ("2026-01-01", ANN, things.offer(ANN, partnership="plp-4"))),
        a_thing("session-2", *a_session(ANN)),
        a_thing("lesson-3", ("2026-01-01", ANN, things.lesson(because=Because(exchanges=("session-2",))))),
        a_thing("case-2", *a_case("adapt", BO)),
        a_thing("plan-2", ("2026-01-01", ANN, things.plan(partnership="plp-4"))),
        a_thing("recommendation-1", ("2026-01-01", BO, things.recommendation("House of Cy"))),
    )

    found = of_partnership(everything(*ours, *others), within)
    assert set(found.by_id) == {each.id for each in ours}
    assert dashboard(everything(*ours, *others), TODAY, within).n_things == len(ours)
