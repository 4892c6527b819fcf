"""A transfer case from the first thought to its adoption, and all that may not be done on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fake_records import FakeRecords, FakeUnitOfWork
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import Conflict, InvalidEntry, KBError, NotFound, PermissionDenied
from kb.peers.assessment.organisations import same_organisation
from kb.peers.assessment.review import Stance
from kb.peers.learning.case import CASE, Case, CaseMilestone, CaseState
from kb.peers.learning.case_bodies import CaseReusing
from kb.peers.learning.record import Event
from kb.peers.transfer.events import STREAM, CaseOutcome
from kb.peers.transfer.state import Certainty
from kb.services import members
from kb.services.assessing.evidence_now import is_hidden
from kb.services.clock import latest_day, today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import case_evaluating, case_planning, lessons, transfer_cases
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.transferring import evaluating, listing, matrix, seats, viewing
from tests.learned import LifecycleMachine, Tried, play
from tests.transferred import (
    BUDGET,
    BUDGET_SAYS,
    ID,
    LISBON,
    PRACTICE,
    SOURCES,
    a_base,
    begun,
    concluded,
    make_ground,
    passage_of,
    who,
)

GROUP = ({"organisation": "House of Ann", "role": "runs it"}, {"organisation": "City of Lisbon", "name": "", "role": ""})
WHOLE: Mapping[str, Any] = {
    "core_kept": ("Beekeepers are asked first.",),
    "adapted": ({"element": "The path", "how": "Over roofs."},),
    "milestones": ({"what": "Ten hives", "due": "2026-03-01"}, {"what": "A school year", "due": "2199-07-01"}),
    "local_group": GROUP,
    "costs": "20,000 euros a year.",
    "funding": "The city.",
}


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def refused(act: Callable[[], object], kind: type[KBError] = InvalidEntry) -> str:
    with pytest.raises(KBError) as caught:
        act()
    assert type(caught.value) is kind
    return str(caught.value)


def considered(kb: KnowledgeBase, by: str = "sam") -> str:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    return transfer_cases.consider(kb, ID, why="Lisbon asks.", actor=who(kb, by)).id


def in_re_use(kb: KnowledgeBase, by: str = "sam") -> str:
    told = considered(kb, by)
    actor = who(kb, by)
    transfer_cases.move(kb, told, "understand", learned="Keepers are the key.", actor=actor)
    case_planning.plan(kb, told, actor=actor, **WHOLE)
    transfer_cases.move(kb, told, "adapt", learned="Roofs, not parks.", actor=actor)
    transfer_cases.move(kb, told, "re-use", learned="Schools come first.", actor=actor)
    return told


def told_to_have(kb: KnowledgeBase, case: str, by: str, outcome: str = "worked", **more: Any) -> None:
    given = {"on": today(), "what": "Ten hives stand.", "sources": SOURCES, **more}
    case_evaluating.evaluate(kb, case, outcome=outcome, actor=who(kb, by), **given)


# from beginning to end ------------------------------------------------------------------------------------------------------


def test_a_practice_is_taken_over_and_its_test_is_confirmed(kb: KnowledgeBase) -> None:
    sam, fay = who(kb, "sam"), who(kb, "fay")
    concluded(kb, 1, 1, 1, 1, 1, 1)
    case = transfer_cases.consider(kb, ID, why="Lisbon asks.", actor=sam)

    assert (case.id, case.state, case.considered.practice, case.considered.title) == (
        "case-1",
        "considered",
        PRACTICE,
        "Bee paths for a city",
    )
    assert (case.considered.source, case.considered.target, case.considered.organisation) == ("SI", "PT", "Elsewhere")
    assert case.considered.core == ("Bees bring people together.", "Beekeepers are asked first"), "the sheet's, without citations"

    transfer_cases.move(kb, case.id, "understand", learned="Keepers are the key.", actor=sam)
    case_planning.plan(kb, case.id, local_group=GROUP, actor=sam)
    transfer_cases.move(kb, case.id, "adapt", learned="Roofs, not parks.", actor=sam)
    case = case_planning.plan(kb, case.id, actor=fay, **WHOLE)
    assert case.plan is not None
    assert [(each.key, each.what, each.due) for each in case.plan.milestones] == [
        ("m1", "Ten hives", "2026-03-01"),
        ("m2", "A school year", "2199-07-01"),
    ]
    assert [each.key for each in case.overdue(today())] == ["m1"]
    case_planning.reach(kb, case.id, "m1", on=today(), what="Twelve even.", actor=sam)
    case = transfer_cases.move(kb, case.id, "re-use", learned="Schools come first.", actor=sam)
    assert case.overdue(today()) == ()
    assert viewing.view(kb, ID, actor=sam).test.certainty is Certainty.ANTICIPATED

    passage = passage_of(kb, LISBON)
    case = case_evaluating.evaluate(
        kb, case.id, outcome="worked", on=today(), what="Ten hives stand.", passages=[passage.id], sources=SOURCES, actor=fay
    )
    assert case.evaluated is not None
    assert [(pin.quote, pin.stance) for pin in case.evaluated.pins] == [(passage.text, Stance.FOR)]
    assert (case.evaluated.core_kept, [each.how for each in case.evaluated.adapted]) == (WHOLE["core_kept"], ["Over roofs."])
    view = viewing.view(kb, ID, actor=sam)
    (of_test,) = view.test.evaluations
    assert view.test.certainty is Certainty.CONFIRMED
    assert (of_test.evaluated.case, of_test.member, of_test.evaluated.what) == (case.id, "fay", "Ten hives stand.")
    assert (of_test.evaluated.pins, of_test.evaluated.sources) == (case.evaluated.pins, case.evaluated.sources)
    assert matrix.matrix(kb, actor=sam).cells[PRACTICE, "PT"].certainty is Certainty.CONFIRMED
    assert listing.transfers(kb, actor=sam)[0].certainty is Certainty.CONFIRMED

    case = transfer_cases.adopt(kb, case.id, how="The council decided so.", actor=sam)
    assert (case.state, [each.body.kind for each in case.happened]) == (
        "adopted",
        ["considered", "understand", "planned", "adapt", "planned", "reached", "re-use", "evaluated", "adopted"],
    )
    assert transfer_cases.case(kb, case.id, actor=sam) == case
    assert transfer_cases.cases(kb, actor=sam, state="adopted", practice=PRACTICE, test=ID, target="PT") == [case]
    assert transfer_cases.cases(kb, actor=sam, state="stopped") == []
    lesson = lessons.note(kb, "Ask keepers.", level="policy", practices=[PRACTICE], exchanges=[case.id], actor=sam)
    assert lessons.lessons(kb, actor=sam, exchange=case.id) == [lesson]


@pytest.mark.parametrize(("outcome", "stance"), [("partly", Stance.FOR), ("did-not-work", Stance.AGAINST)])
def test_what_did_not_work_makes_the_test_tested(kb: KnowledgeBase, outcome: str, stance: Stance) -> None:
    told = in_re_use(kb)
    told_to_have(kb, told, "fay", outcome, passages=[passage_of(kb, LISBON).id], sources=())

    view = viewing.view(kb, ID, actor=who(kb, "sam"))
    assert view.test.certainty is Certainty.TESTED
    assert [pin.stance for pin in view.test.evaluations[0].evaluated.pins] == [stance]


def test_what_did_not_work_is_not_adopted_until_it_was_evaluated_again(kb: KnowledgeBase) -> None:
    told = in_re_use(kb)
    sam = who(kb, "sam")
    told_to_have(kb, told, "fay", "did-not-work")
    assert "the transfer did not work" in refused(lambda: transfer_cases.adopt(kb, told, how="So.", actor=sam))
    told_to_have(kb, told, "cy", "worked")

    assert transfer_cases.adopt(kb, told, how="So.", actor=sam).state is CaseState.ADOPTED
    assert [each.evaluated.outcome for each in viewing.view(kb, ID, actor=sam).test.evaluations] == ["did-not-work", "worked"]


def test_a_case_is_stopped_with_a_reason_which_stays(kb: KnowledgeBase) -> None:
    told = considered(kb)
    sam = who(kb, "sam")
    assert "why: " in refused(lambda: transfer_cases.stop(kb, told, why=" ", actor=sam))
    case = transfer_cases.stop(kb, told, why="No money.", actor=sam)

    assert case.stopped is not None
    assert (case.state, case.stopped.why) == (CaseState.STOPPED, "No money.")
    assert refused(lambda: transfer_cases.stop(kb, told, why="Again.", actor=sam), Conflict).startswith(
        "The transfer case is stopped"
    )
    assert transfer_cases.consider(kb, ID, why="Anew.", actor=sam).id == "case-2", "another one may follow it"


# what a case stands on -------------------------------------------------------------------------------------------------------


def test_a_case_stands_on_a_test_that_is_concluded(kb: KnowledgeBase) -> None:
    sam, fay = who(kb, "sam"), who(kb, "fay")
    told = begun(kb, "ann")
    assert f"The test {told} is open" in refused(lambda: transfer_cases.consider(kb, told, why="So.", actor=sam))
    seats.cancel(kb, told, why="Over.", actor=fay)
    assert f"The test {told} is cancelled" in refused(lambda: transfer_cases.consider(kb, told, why="So.", actor=sam))
    assert "no test of transferability" in refused(lambda: transfer_cases.consider(kb, "gone-1", why="So.", actor=sam), NotFound)
    assert transfer_cases.cases(kb, actor=sam) == []


def test_an_organisation_has_one_case_on_a_test_at_a_time(kb: KnowledgeBase) -> None:
    told = considered(kb)
    sam = who(kb, "sam")
    again = refused(lambda: transfer_cases.consider(kb, ID, why="So.", organisation=" ELSEWHERE ", actor=who(kb, "ann")), Conflict)

    assert again == f"ELSEWHERE has a transfer case on this test already: {told}."
    assert transfer_cases.consider(kb, ID, why="So.", actor=who(kb, "ann")).considered.organisation == "House of Ann"
    assert len(transfer_cases.cases(kb, actor=sam, test=ID)) == 2


def test_a_member_takes_over_for_the_own_organisation_and_a_facilitator_for_any(kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    said = refused(lambda: transfer_cases.consider(kb, ID, why="So.", organisation="House of Bo", actor=who(kb, "ann")))
    assert said == "You work for House of Ann, and not for House of Bo: name your own organisation, or ask a facilitator."
    nobody = Member("nn", frozenset({Role.MEMBER}))
    said = refused(lambda: transfer_cases.consider(kb, ID, why="So.", organisation="House of Bo", actor=nobody))
    assert said == "It is not known that you work for House of Bo: ask a facilitator to do this."
    assert transfer_cases.cases(kb, actor=nobody) == []

    own = transfer_cases.consider(kb, ID, why="So.", organisation="house of ANN", actor=who(kb, "ann"))
    assert own.considered.organisation == "house of ANN"
    other = transfer_cases.consider(kb, ID, why="So.", organisation="House of Bo", actor=who(kb, "fay"))
    assert transfer_cases.move(kb, other.id, "understand", learned="x", actor=who(kb, "bo")).state is CaseState.UNDERSTAND


def test_who_works_for_nobody_names_the_organisation_and_everything_wrong_is_told(kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    said = refused(lambda: transfer_cases.consider(kb, ID, why=" ", actor=LOCAL_MEMBER))

    assert said.startswith("The transfer case was not opened: ")
    assert "organisation: " in said
    assert "why: " in said
    assert transfer_cases.consider(kb, ID, why="So.", organisation="City of Lisbon", actor=LOCAL_MEMBER).state == "considered"


def test_a_case_of_the_demonstration_stands_on_its_test(kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    entries = kb.records.tables.journal  # type: ignore[attr-defined]
    for key, entry in list(entries.items()):
        if entry.stream == STREAM:
            entries[key] = replace(entry, is_demo=True)

    assert transfer_cases.consider(kb, ID, why="So.", actor=who(kb, "sam")).is_demo


# going on --------------------------------------------------------------------------------------------------------------------


def test_going_on_needs_what_the_step_rests_on(kb: KnowledgeBase) -> None:
    told = considered(kb)
    sam = who(kb, "sam")
    assert "no step of a transfer case" in refused(lambda: transfer_cases.move(kb, told, "adopted", learned="x", actor=sam))
    assert "learned: " in refused(lambda: transfer_cases.move(kb, told, "understand", learned="", actor=sam))
    assert refused(lambda: transfer_cases.move(kb, told, "adapt", learned="x", actor=sam), Conflict) == (
        "The transfer case is considered; this needs one that is understand."
    )
    transfer_cases.move(kb, told, "understand", learned="x", actor=sam)
    assert "local group" in refused(lambda: transfer_cases.move(kb, told, "adapt", learned="x", actor=sam))
    case_planning.plan(kb, told, local_group=GROUP, actor=sam)
    transfer_cases.move(kb, told, "adapt", learned="x", actor=sam)

    lacks = {
        "core_kept": "what of the core is kept",
        "adapted": "which elements are adapted, and how",
        "milestones": "at least one milestone",
    }
    said = "The plan does not say yet: {}."
    assert refused(lambda: transfer_cases.move(kb, told, "re-use", learned="x", actor=sam)) == said.format(
        "; ".join(lacks.values())
    )
    for part in lacks:
        case_planning.plan(kb, told, **{**WHOLE, part: ()}, actor=sam)
        assert refused(lambda: transfer_cases.move(kb, told, "re-use", learned="x", actor=sam)) == said.format(lacks[part])
    case_planning.plan(kb, told, **WHOLE, actor=sam)
    assert transfer_cases.move(kb, told, "re-use", learned="x", actor=sam).state is CaseState.RE_USE


def test_who_leads_a_case_and_nobody_else_moves_it(kb: KnowledgeBase) -> None:
    told = considered(kb, "ann")
    members.add(kb, "ana", organisation="house of ANN", country="PT", roles=set[Role](), actor=LOCAL_MEMBER)
    for name in ("bo", "olu", "sam"):
        said = refused(lambda name=name: transfer_cases.move(kb, told, "understand", learned="x", actor=who(kb, name)))  # type: ignore[misc]
        assert said == "Only ann, members of House of Ann and facilitators may do this to the case."
    transfer_cases.move(kb, told, "understand", learned="x", actor=who(kb, "ana"))

    assert case_planning.plan(kb, told, actor=who(kb, "fay"), **WHOLE).member == "ann"
    guest = Member("guest", frozenset())
    refused(lambda: transfer_cases.case(kb, told, actor=guest), PermissionDenied)


# the plan --------------------------------------------------------------------------------------------------------------------


def test_a_plan_is_revised_part_by_part_and_the_earlier_ones_stay(kb: KnowledgeBase) -> None:
    told = considered(kb)
    sam, fay = who(kb, "sam"), who(kb, "fay")
    transfer_cases.move(kb, told, "understand", learned="x", actor=sam)
    first = case_planning.plan(kb, told, version=0, actor=sam, **WHOLE)
    second = case_planning.plan(kb, told, costs="30,000 euros.", version=1, actor=fay)
    late = refused(lambda: case_planning.plan(kb, told, costs="Nothing.", version=1, actor=sam), Conflict)

    assert late == f"Somebody else revised the plan of {told} meanwhile. Look at it again."
    assert first.plan is not None
    assert second.plan == replace(first.plan, costs="30,000 euros.", n_revisions=1)
    assert [each.body.costs for each in second.happened if each.body.kind == "planned"] == [WHOLE["costs"], "30,000 euros."]  # type: ignore[attr-defined]
    assert case_planning.revisions(second) == 2


def test_milestones_are_reached_once_and_stay(kb: KnowledgeBase) -> None:
    told = in_re_use(kb)
    sam = who(kb, "sam")
    tomorrow = (date.fromisoformat(latest_day()) + timedelta(days=1)).isoformat()
    assert "has no milestone “m9”" in refused(lambda: case_planning.reach(kb, told, "m9", on=today(), actor=sam))
    assert f"{tomorrow} has not come yet" in refused(lambda: case_planning.reach(kb, told, "m1", on=tomorrow, actor=sam))
    assert "is no date" in refused(lambda: case_planning.reach(kb, told, "m1", on="soon", actor=sam))
    case = case_planning.reach(kb, told, "m1", on=latest_day(), what="All ten.", actor=sam)
    assert case.plan is not None
    assert case.plan.milestones[0] == CaseMilestone("m1", "Ten hives", "2026-03-01", latest_day(), "All ten.")
    assert "was reached on" in refused(lambda: case_planning.reach(kb, told, "m1", on=today(), actor=sam), Conflict)

    gone = [{"key": "m2", "what": "A school year", "due": "2199-07-01"}]
    assert refused(lambda: case_planning.plan(kb, told, milestones=gone, actor=sam)) == (
        "Milestones that were reached stay in the plan: m1."
    )
    more = [*gone, {"key": "m1", "what": "Ten hives", "due": "2026-03-01"}, {"what": "Honey", "due": "2199-08-01"}]
    case = case_planning.plan(kb, told, milestones=more, actor=sam)
    assert case.plan is not None
    assert [(each.key, each.reached_on) for each in case.plan.milestones] == [("m2", ""), ("m1", latest_day()), ("m3", "")]
    twice = [*more, {"key": "m1", "what": "Again", "due": "2199-08-01"}]
    assert "the same key: m1" in refused(lambda: case_planning.plan(kb, told, milestones=twice, actor=sam))


@given(due=st.dates(), day=st.dates(), reached=st.none() | st.dates())
def test_a_milestone_is_overdue_when_its_day_has_passed_without_it(due: date, day: date, reached: date | None) -> None:
    milestone = CaseMilestone("m1", "Ten hives", due.isoformat(), reached.isoformat() if reached else "")

    assert milestone.is_overdue(day.isoformat()) is (due < day and reached is None)


# how it went -----------------------------------------------------------------------------------------------------------------


def test_only_a_facilitator_who_did_not_open_the_case_tells_how_it_went(kb: KnowledgeBase) -> None:
    told = in_re_use(kb, "cy")
    refused(lambda: told_to_have(kb, told, "ann"), PermissionDenied)
    assert refused(lambda: told_to_have(kb, told, "cy")) == "You opened this case: another facilitator tells how it went."
    said = refused(
        lambda: evaluating.evaluate(kb, ID, outcome="worked", on=today(), what="x", sources=SOURCES, case=told, actor=who(kb, "cy"))
    )
    assert f"you opened {told}" in said, "nor past the case"
    assert viewing.view(kb, ID, actor=who(kb, "sam")).test.evaluations == ()
    told_to_have(kb, told, "fay")
    assert transfer_cases.case(kb, told, actor=who(kb, "sam")).state is CaseState.EVALUATED


def test_an_evaluation_has_evidence_and_a_day_that_can_be(kb: KnowledgeBase) -> None:
    told = in_re_use(kb)
    assert "name what bears it out" in refused(lambda: told_to_have(kb, told, "fay", sources=()))
    assert "was concluded" not in refused(lambda: told_to_have(kb, told, "fay", on="2026-01-01"))
    assert f"Re-use began on {today()}" in refused(lambda: told_to_have(kb, told, "fay", on="2026-01-01"))
    assert "has not come yet" in refused(lambda: told_to_have(kb, told, "fay", on="2199-01-01"))
    refused(lambda: told_to_have(kb, told, "fay", passages=["no-such-passage"]), NotFound)
    told_to_have(kb, told, "fay", on=latest_day())

    assert f"was evaluated on {latest_day()} already" in refused(lambda: told_to_have(kb, told, "cy", on="2026-11-01"))


def test_a_case_and_its_test_are_told_together_or_not_at_all(kb: KnowledgeBase) -> None:
    """The second event is refused by the journal; the first one is taken back with it."""

    class Full(FakeUnitOfWork):
        def __enter__(self) -> Full:
            super().__enter__()
            append = self.journal.append

            def only_cases(entry: Any) -> Any:
                if entry.stream == STREAM:
                    raise OSError("the disk is full")
                return append(entry)

            self.journal.append = only_cases  # type: ignore[method-assign]
            return self

    told = in_re_use(kb)
    records = kb.records
    full = replace(kb, records=lambda: Full(records))  # type: ignore[arg-type]
    with pytest.raises(OSError, match="full"):
        told_to_have(full, told, "fay")

    assert transfer_cases.case(kb, told, actor=who(kb, "sam")).state is CaseState.RE_USE
    assert viewing.view(kb, ID, actor=who(kb, "sam")).test.certainty is Certainty.ANTICIPATED


def test_words_of_a_hidden_document_are_shown_to_those_who_may_see_it(kb: KnowledgeBase) -> None:
    told = in_re_use(kb)
    told_to_have(kb, told, "fay", passages=[passage_of(kb, BUDGET).id], sources=())
    for name, is_seen in (("fay", True), ("cy", True), ("ann", False), ("sam", False)):
        actor = who(kb, name)
        case = transfer_cases.case(kb, told, actor=actor)
        assert case.evaluated is not None
        shown = repr((case, transfer_cases.cases(kb, actor=actor)))

        assert [is_hidden(each) for each in case.evaluated.pins] == [not is_seen]
        assert (BUDGET_SAYS[0] in shown, BUDGET in shown) == (is_seen, is_seen)
        assert ("Ten hives stand." in shown) is True
    stopped = transfer_cases.stop(kb, told, why="No money.", actor=who(kb, "sam"))
    assert BUDGET_SAYS[0] not in repr(stopped)


def test_a_direct_evaluation_names_a_case_of_its_own_test(kb: KnowledgeBase) -> None:
    told = considered(kb)
    other = concluded(kb, 1, 1, 1, 1, 1, 1)
    fay = who(kb, "fay")
    said = refused(
        lambda: evaluating.evaluate(kb, other, outcome="worked", on=today(), what="x", sources=SOURCES, case=told, actor=fay)
    )
    assert said == f"How the transfer went was not kept: {told} stands on another test: {ID}."
    evaluating.evaluate(kb, ID, outcome="partly", on=today(), what="x", sources=SOURCES, case=told, actor=fay)
    assert viewing.view(kb, ID, actor=fay).test.evaluations[0].evaluated.case == told


def test_who_joins_or_opens_is_warned_as_those_are_who_are_asked(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann")
    warned = ("works for city of LJUBLJANA, which takes part in the practice",)

    assert seats.join(kb, told, actor=who(kb, "olu")) == warned
    assert seats.join(kb, told, actor=who(kb, "bo")) == ()
    seats_there = {each.member: each.warnings for each in viewing.view(kb, told, actor=who(kb, "fay")).test.seats}
    assert seats_there == {"ann": (), "olu": warned, "bo": ()}


# every sequence of calls -----------------------------------------------------------------------------------------------------


def _tried(name: str, act: Callable[..., object], **values: Any) -> Tried:
    return Tried(name, lambda kb, id_, member: act(kb, id_, actor=member, **values))


CONSIDER = Tried("consider", lambda kb, _id, member: transfer_cases.consider(kb, ID, why="So.", actor=member))
FOR_BO = Tried(
    "consider for House of Bo",
    lambda kb, _id, member: transfer_cases.consider(kb, ID, why="So.", organisation="House of Bo", actor=member),
)
STEPS = {name: _tried(name, transfer_cases.move, to=name, learned="x") for name in ("understand", "adapt", "re-use")}
PLAN = _tried("plan", case_planning.plan, **WHOLE)
REACH = Tried("reach", lambda kb, id_, member: case_planning.reach(kb, id_, "m1", on=today(), actor=member))
EVALUATIONS = {
    outcome: Tried(
        f"evaluate {outcome}",
        lambda kb, id_, member, outcome=outcome: case_evaluating.evaluate(  # type: ignore[misc]
            kb, id_, outcome=outcome, on=today(), what="x", sources=SOURCES, actor=member
        ),
    )
    for outcome in CaseOutcome
}
ADOPT, STOP = _tried("adopt", transfer_cases.adopt, how="So."), _tried("stop", transfer_cases.stop, why="No money.")
TO_RE_USE = [
    ("ann", CONSIDER),
    ("ann", STEPS["understand"]),
    ("ann", PLAN),
    ("ann", STEPS["adapt"]),
    ("ann", REACH),
    ("fay", STEPS["re-use"]),
]


class Cases(LifecycleMachine):
    kind = CASE
    begins = st.sampled_from([CONSIDER, FOR_BO])
    acts = st.sampled_from(
        [
            *STEPS.values(),
            PLAN,
            REACH,
            *EVALUATIONS.values(),
            ADOPT,
            STOP,
            _tried("plan nothing", case_planning.plan),
            _tried("forget a milestone", case_planning.plan, milestones=({"key": "m2", "what": "Later", "due": "2199-01-01"},)),
            _tried("learn nothing", transfer_cases.move, to="understand", learned=" "),
        ]
    )
    straight = (
        [*TO_RE_USE, ("cy", EVALUATIONS[CaseOutcome.PARTLY]), ("fay", EVALUATIONS[CaseOutcome.WORKED]), ("ann", ADOPT)],
        [("bo", CONSIDER), ("bo", STEPS["understand"]), ("bo", STOP)],
        [("fay", FOR_BO), ("bo", STEPS["understand"])],
    )

    @staticmethod
    def prepare(kb: KnowledgeBase) -> None:
        make_ground(kb)
        concluded(kb, 1, 1, 1, 1, 1, 1)

    def every_thing_is_what_its_events_say(self) -> None:
        """And nobody but a facilitator opened one for an organisation that they do not work for."""
        super().every_thing_is_what_its_events_say()
        for id_ in self.ids:
            found = self.record(id_)
            assert isinstance(found, Case)
            by = who(self.kb, found.member)
            assert Role.FACILITATOR in by.roles or same_organisation(found.considered.organisation, by.organisation)


def test_no_sequence_of_calls_leaves_the_states_of_a_case_or_loses_an_event(tmp_path: Path) -> None:
    play(Cases, tmp_path)


def test_an_event_of_a_case_is_read_as_it_was_kept() -> None:
    event = Event(1, "ann", "2026-11-22T10:00:00+00:00", CaseReusing(learned="x"))

    assert CASE.read(event.body.kind, event.body.model_dump_json()) == event.body
    assert json.loads(event.body.model_dump_json()) == {"learned": "x"}
