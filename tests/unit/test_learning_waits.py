"""What waits for whom among things of mutual learning: by hand, day by day."""

from __future__ import annotations

from typing import Any

import pytest

from kb.peers.assessment.blinding import Reader
from kb.peers.learning.case_bodies import MilestoneReached
from kb.peers.learning.match import ConsentGiven, MatchAccepted
from kb.peers.learning.notice import Notice, NoticeKind, in_order
from kb.peers.learning.parts import Party
from kb.peers.learning.plan_bodies import ActionMoved, PlanBegun, PlanValidated
from kb.peers.learning.policy_bodies import PolicyConfirmed
from kb.peers.learning.recommendation import RecommendationAnswered
from kb.peers.learning.round_bodies import CaseAnswered, CaseQuestioned, QuestionReplied
from kb.peers.learning.session_bodies import Debriefed
from kb.peers.learning.waits import waits
from tests import things
from tests.things import ANN, BO, CY, FAY, a_case, a_round, a_session, a_thing, everything

TODAY = "2026-02-15"
Told = list[tuple[NoticeKind, str, bool]]


def waiting_for(party: Party, *records: Any, today: str = TODAY) -> Told:
    """Kind, due day and whether it has passed, of everything that waits for somebody; fay and cy are facilitators."""
    reader = Reader(party.name, party.name in ("fay", "cy"), party.organisation)
    return [(each.kind, each.due, each.is_overdue) for each in waits(everything(*records), reader, today)]


def test_a_match_waits_for_the_seeker_then_for_the_host_and_then_for_nobody() -> None:
    pair = (a_thing("need-1", ("2026-01-01", ANN, things.need())), a_thing("offer-1", ("2026-01-01", BO, things.offer())))
    proposed = ("2026-01-02", FAY, things.match(FAY))
    consented = ("2026-01-03", ANN, ConsentGiven(by=ANN))
    accepted = ("2026-01-04", BO, MatchAccepted(by=BO))

    first = a_thing("match-1", proposed)
    assert [waiting_for(each, *pair, first) for each in (ANN, BO, FAY)] == [[(NoticeKind.CONSENT, "", False)], [], []]
    second = a_thing("match-1", proposed, consented)
    assert [waiting_for(each, *pair, second) for each in (ANN, BO, FAY)] == [[], [(NoticeKind.DECIDE, "", False)], []]
    third = a_thing("match-1", proposed, consented, accepted)
    assert [waiting_for(each, *pair, third) for each in (ANN, BO, FAY)] == [[], [], []]


def test_a_match_is_called_by_its_need_and_its_offer() -> None:
    found = everything(
        a_thing("need-1", ("2026-01-01", ANN, things.need())),
        a_thing("offer-1", ("2026-01-01", BO, things.offer())),
        a_thing("match-1", ("2026-01-02", BO, things.match(BO, "bo"))),
    )

    [notice] = waits(found, Reader("ann", False, ANN.organisation), TODAY)
    assert (notice.title, notice.ref, notice.since) == ("Soil ↔ Worms", "match-1", "2026-01-02")


def test_a_round_waits_for_who_is_asked_until_their_organisation_answers() -> None:
    asked = a_round("2026-02-20", asked=(ANN.organisation, BO.organisation))
    answer = CaseAnswered(by=ANN, title="Ours", answers={"q1": "The city."}, language="en")
    colleague = Party(name="amy", organisation="house of ANN", country="PT")

    sent = a_thing("round-1", *asked)
    waits_for_it = [(NoticeKind.ANSWER_ROUND, "2026-02-20", False)]
    assert [waiting_for(each, sent) for each in (ANN, colleague, BO, CY)] == [waits_for_it, waits_for_it, waits_for_it, []]
    answered = a_thing("round-1", *asked, ("2026-01-20", ANN, answer))
    assert [waiting_for(each, answered) for each in (ANN, colleague, BO)] == [[], [], waits_for_it]


def test_once_its_day_has_passed_a_round_is_overdue_and_waits_for_facilitators_too() -> None:
    found = a_thing("round-1", *a_round("2026-02-14", asked=(ANN.organisation,)))

    assert waiting_for(ANN, found) == [(NoticeKind.ANSWER_ROUND, "2026-02-14", True)]
    assert waiting_for(FAY, found) == [(NoticeKind.CLOSE_ROUND, "2026-02-14", True)]
    assert waiting_for(ANN, found, today="2026-02-14") == [(NoticeKind.ANSWER_ROUND, "2026-02-14", False)]
    assert waiting_for(FAY, found, today="2026-02-14") == []


def test_a_question_on_a_case_waits_for_its_author_until_there_is_a_reply() -> None:
    asked = a_round("2026-02-20", asked=(ANN.organisation,))
    answer = ("2026-01-20", ANN, CaseAnswered(by=ANN, title="Ours", answers={"q1": "The city."}, language="en"))
    question = ("2026-01-21", BO, CaseQuestioned(by=BO, case=3, text="Which city?"))
    reply = ("2026-01-22", ANN, QuestionReplied(by=ANN, question=4, text="Lisbon."))

    waiting = a_thing("round-1", *asked, answer, question)
    assert waiting_for(ANN, waiting) == [(NoticeKind.REPLY_CASE, "", False)]
    assert waiting_for(BO, waiting) == []
    assert waiting_for(ANN, a_thing("round-1", *asked, answer, question, reply)) == []


@pytest.mark.parametrize(("today", "is_overdue"), [("2026-01-10", False), ("2026-01-17", False), ("2026-01-18", True)])
def test_a_debrief_waits_from_the_day_of_the_session_for_seven_days_and_is_overdue_then(today: str, is_overdue: bool) -> None:
    held = a_thing("session-1", *a_session(ANN, held="2026-01-10"))
    expected = [(NoticeKind.DEBRIEF, "2026-01-17", is_overdue)]

    assert [waiting_for(each, held, today=today) for each in (ANN, BO, FAY, CY)] == [
        expected
    ] * 4  # took part, host, runs it, leads
    outside = Party(name="dee", organisation="Elsewhere", country="DE")
    assert waiting_for(outside, held, today=today) == []


def test_a_session_with_its_debrief_waits_for_nobody_and_one_that_passed_is_asked_about() -> None:
    debriefed = ("2026-01-12", ANN, Debriefed(by=ANN, decisions=("Go on.",)))
    done = a_thing("session-1", *a_session(ANN, held="2026-01-10"), debriefed)
    planned = a_thing("session-1", *a_session(ANN))

    assert [waiting_for(each, done) for each in (ANN, BO, FAY)] == [[], [], []]
    assert [waiting_for(each, planned) for each in (ANN, BO, FAY)] == [
        [], [(NoticeKind.HOLD, "2026-01-10", True)], [(NoticeKind.HOLD, "2026-01-10", True)],
    ]  # fmt: skip
    assert waiting_for(FAY, planned, today="2026-01-10") == []


def test_a_recommendation_waits_for_the_organisation_that_is_advised() -> None:
    issued = ("2026-01-01", BO, things.recommendation("house of ann"))
    accepted = ("2026-01-02", ANN, RecommendationAnswered(by=ANN, response="accept"))
    rejected = ("2026-01-02", ANN, RecommendationAnswered(by=ANN, response="reject", reason="No money."))

    assert waiting_for(ANN, a_thing("recommendation-1", issued)) == [(NoticeKind.RESPOND, "", False)]
    assert waiting_for(BO, a_thing("recommendation-1", issued)) == []
    assert waiting_for(ANN, a_thing("recommendation-1", issued, accepted)) == [(NoticeKind.IMPLEMENT, "", False)]
    assert waiting_for(ANN, a_thing("recommendation-1", issued, rejected)) == []


def test_a_plan_waits_for_a_facilitator_who_did_not_write_it_and_its_actions_for_its_organisation() -> None:
    written = ("2026-01-01", CY, things.plan(CY))
    running = (written, ("2026-01-02", FAY, PlanValidated(by=FAY)), ("2026-01-03", CY, PlanBegun(by=CY)))
    started = ("2026-01-04", CY, ActionMoved(by=CY, action="list", to="in-progress", on="2026-01-04"))
    done = ("2026-02-04", CY, ActionMoved(by=CY, action="list", to="done", on="2026-02-04"))

    assert [waiting_for(each, a_thing("plan-1", written)) for each in (FAY, CY, BO)] == [[(NoticeKind.VALIDATE, "", False)], [], []]
    late = [(NoticeKind.ACTION, "2026-03-01", True)]
    assert waiting_for(CY, a_thing("plan-1", *running, started), today="2026-03-02") == late
    assert waiting_for(CY, a_thing("plan-1", *running, started), today="2026-03-01") == []
    assert waiting_for(CY, a_thing("plan-1", *running, started, done), today="2026-03-02") == []
    assert waiting_for(FAY, a_thing("plan-1", *running, started), today="2026-03-02") == []


def test_a_milestone_waits_once_its_day_has_passed_and_an_evaluation_once_all_are_reached() -> None:
    running = a_case("re-use")
    reached = ("2026-02-03", ANN, MilestoneReached(milestone="hives", on="2026-02-03"))

    assert waiting_for(ANN, a_thing("case-1", *running)) == [(NoticeKind.MILESTONE, "2026-02-01", True)]
    assert waiting_for(ANN, a_thing("case-1", *running), today="2026-02-01") == []
    assert waiting_for(FAY, a_thing("case-1", *running)) == []
    assert waiting_for(FAY, a_thing("case-1", *running, reached)) == [(NoticeKind.EVALUATE_CASE, "", False)]
    assert [waiting_for(each, a_thing("case-1", *a_case("evaluated"))) for each in (FAY, BO)] == [[], []]


def test_a_lesson_waits_for_those_whom_it_was_learned_from_and_a_policy_for_a_facilitator_of_elsewhere() -> None:
    learned = a_thing("lesson-1", ("2026-01-01", ANN, things.lesson(from_whom="House of Bo")))
    changed = ("2026-05-01", ANN, things.policy(ANN))
    of_facilitators = a_thing("policy-2", ("2026-05-01", CY, things.policy(CY)))

    assert [waiting_for(each, learned) for each in (ANN, BO, FAY)] == [[], [(NoticeKind.CONFIRM_LESSON, "", False)], []]
    confirm = [(NoticeKind.CONFIRM_POLICY, "", False)]
    assert [waiting_for(each, a_thing("policy-1", changed)) for each in (ANN, BO, FAY, CY)] == [[], [], confirm, confirm]
    assert [waiting_for(each, of_facilitators) for each in (FAY, CY)] == [confirm, []]
    confirmed = a_thing("policy-1", changed, ("2026-05-02", FAY, PolicyConfirmed(by=FAY)))
    assert [waiting_for(each, confirmed) for each in (FAY, CY)] == [[], []]


def test_nobody_of_no_organisation_is_taken_for_a_colleague_of_anybody() -> None:
    nobody = Party(name="zoe", organisation="", country="")
    records = (
        a_thing("lesson-1", ("2026-01-01", ANN, things.lesson())),
        a_thing("plan-1", ("2026-01-01", Party(name="kim"), things.plan(Party(name="kim")))),
        a_thing("case-1", *a_case("re-use")),
    )

    assert waiting_for(nobody, *records, today="2027-01-01") == []


def test_what_is_overdue_stands_first_then_by_day_and_without_a_day_the_longest_waiting() -> None:
    def notice(ref: str, due: str, is_overdue: bool, since: str) -> Notice:
        return Notice(NoticeKind.RESPOND, ref, "", due, is_overdue, since, False)

    late, later = notice("a", "2026-01-05", True, "2026-01-01"), notice("b", "2026-01-06", True, "2026-01-01")
    soon, old, new = (
        notice("c", "2026-03-01", False, "2026-02-01"), notice("d", "", False, "2026-01-01"), notice("e", "", False, "2026-02-01")
    )  # fmt: skip

    assert in_order([new, old, soon, later, late]) == (late, later, soon, old, new)
