"""A test of transferability from its opening to its evaluation, and all that may not be done on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fake_records import FakeJournal, FakeRecords, FakeUnitOfWork

from kb.errors import Conflict, InvalidEntry, KBError, NotFound, PermissionDenied
from kb.peers.transfer.events import STREAM
from kb.peers.transfer.judgement import Evidenced
from kb.peers.transfer.state import Certainty, SeatState, Stage
from kb.services import frameworks, members
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Role
from kb.services.records import StoredEntry
from kb.services.transferring import concluding, evaluating, judging, listing, opening, seats, viewing
from tests import transfers
from tests.transferred import FRAMEWORK, ID, LISBON, PRACTICE, SOURCES, a_base, begun, concluded, draft, handed_in, passage_of, who

SAID = {
    "facilitators": ("Schools ask for it.",),
    "barriers": ("Roofs are private.",),
    "adaptations": ({"element": "The path", "how": "Over roofs."},),
    "core_kept": ("Beekeepers are asked first.",),
    "comment": "Worth a try.",
    "language": "en",
}


class Late(FakeUnitOfWork):
    """A unit that does not see what happened last to a test."""

    def __enter__(self) -> Late:
        super().__enter__()
        self.journal = OneBehind(self.journal.tables)
        return self


class OneBehind(FakeJournal):
    def of(self, stream: str, subject: str) -> list[StoredEntry]:
        found = super().of(stream, subject)
        return found[:-1] if stream == STREAM else found


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def refused(act: Callable[[], object], kind: type[KBError] = InvalidEntry) -> str:
    """What is said when something may not be done."""
    with pytest.raises(KBError) as caught:
        act()
    assert type(caught.value) is kind
    return str(caught.value)


# from beginning to end ------------------------------------------------------------------------------------------------------


def test_a_test_is_opened_judged_concluded_and_compared_with_how_it_went(kb: KnowledgeBase) -> None:
    fay, ann, bo, sam = (who(kb, name) for name in ("fay", "ann", "bo", "sam"))
    told = opening.open_test(
        kb, PRACTICE, "pt", source="SI", framework=FRAMEWORK, key=("law",), due="2099-12-20", why="Lisbon asks.", actor=fay
    )
    assert told == ID
    assert seats.invite(kb, told, "ann", actor=fay).warnings == ()
    seats.join(kb, told, actor=bo)
    assert [listed.id for listed in listing.awaited(kb, actor=ann).to_judge] == [told]

    handed_in(kb, told, "ann", 2, 1, -2, None, 1, 0)
    handed_in(kb, told, "bo", 2, None, 1, None, 1, 2)
    assert [listed.id for listed in listing.awaited(kb, actor=fay).to_conclude] == [told]
    assert listing.transfers(kb, actor=sam)[0].result is None
    concluding.conclude(kb, told, actor=fay)
    view = viewing.view(kb, told, actor=sam)

    # core 2, evidence 1, law (key, twice) (−2 + 1) / 2, need 1, champion 1; finance is unknown
    assert view.result is not None
    assert view.result.mean == pytest.approx((2 + 1 + 2 * -0.5 + 1 + 1) / 6)
    assert view.result.coverage == (5, 6)
    assert [(each.criterion, each.n, each.of) for each in view.result.blocking] == [("law", 1, 2)]
    assert [each.criterion for each in view.result.apart] == ["law", "champion"]
    assert [each.criterion for each in view.what_if] == ["finance"]
    assert view.what_if[0].low == pytest.approx((4 - 2) / 7)
    assert view.what_if[0].high == pytest.approx((4 + 2) / 7)
    assert set(view.test.judgements) == {"ann", "bo"}
    assert view.test.certainty is Certainty.ANTICIPATED
    assert view.distance is not None
    assert view.distance.value == 1.0, "of two indicators SI and PT are the lowest and the highest"

    passage = passage_of(kb, LISBON)
    for outcome, certainty in (("partly", Certainty.TESTED), ("worked", Certainty.CONFIRMED)):
        evaluating.evaluate(kb, told, outcome=outcome, on=today(), what="Seen.", passages=[passage.id], actor=fay)
        assert viewing.view(kb, told, actor=sam).test.certainty is certainty
    view = viewing.view(kb, told, actor=sam)
    assert [[pin.pin and pin.pin.quote for pin in pins] for pins in view.evaluations] == [[passage.text], [passage.text]]
    assert view.may == frozenset()
    assert listing.transfers(kb, actor=sam, target="PT", stage=Stage.CONCLUDED)[0].certainty is Certainty.CONFIRMED
    assert listing.transfers(kb, actor=sam, target="IE") == []


def test_what_is_said_as_a_whole_is_kept_and_what_is_not_named_stays(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann")
    ann = who(kb, "ann")
    desk = judging.keep_overall(kb, told, SAID, version=0, actor=ann)
    desk = judging.keep_overall(kb, told, {"comment": "Wait."}, version=desk.version, actor=ann)

    assert desk.judgement.model_dump() == {**desk.judgement.model_dump(), **SAID, "comment": "Wait."}
    assert (desk.version, desk.is_handed_in, desk.is_changed) == (2, False, True)
    assert [lack.item for lack in desk.lacking] == list(transfers.NAMES)
    assert (desk.source_context and desk.source_context.place, desk.target_context and desk.target_context.place) == ("SI", "PT")


def test_a_reviewer_who_opens_a_test_takes_part_in_it_and_leads_it(kb: KnowledgeBase) -> None:
    ann = who(kb, "ann")
    told = opening.open_test(kb, PRACTICE, "PT", source="SI", framework=FRAMEWORK, actor=ann)
    view = viewing.view(kb, told, actor=ann)

    assert view.my_seat is not None
    assert (view.my_seat.state, view.my_seat.organisation, view.my_seat.country) == (SeatState.JOINED, "House of Ann", "PT")
    assert view.may == {"judge", "hand-in", "withdraw", "invite", "cancel"}
    assert viewing.view(kb, told, actor=who(kb, "bo")).may == {"join"}
    handed_in(kb, told, "ann", 1, 1, 1, 1, 1, 1)
    assert concluding.conclude(kb, told, actor=ann).mean == 1


def test_a_judgement_may_be_given_anew_until_the_end(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann")
    ann = who(kb, "ann")
    handed_in(kb, told, "ann", 0, 0, 0, 0, 0, 0)
    desk = judging.desk(kb, told, actor=ann)
    assert (desk.is_handed_in, desk.is_changed) == (True, False)
    assert "handed in this judgement already" in refused(
        lambda: judging.hand_in(kb, told, version=desk.version, actor=ann), Conflict
    )

    answer = desk.judgement.answers["need"].model_copy(update={"value": 2})
    desk = judging.keep_answer(kb, told, "need", answer, version=desk.version, actor=ann)
    assert (desk.is_handed_in, desk.is_changed) == (True, True)
    first = concluding.preview(kb, told, actor=ann)
    judging.hand_in(kb, told, version=desk.version, actor=ann)
    second = concluding.preview(kb, told, actor=ann)

    assert first is not None
    assert second is not None
    assert (first.mean, second.mean) == (0, pytest.approx(2 / 7)), "the law is key, and counts twice"
    concluding.conclude(kb, told, actor=who(kb, "fay"))
    assert "is concluded" in refused(
        lambda: judging.keep_answer(kb, told, "need", answer, version=desk.version, actor=ann), Conflict
    )
    assert "is concluded" in refused(lambda: judging.hand_in(kb, told, version=desk.version, actor=ann), Conflict)
    assert judging.desk(kb, told, actor=ann).version == 0, "what was begun is not kept after the end"


def test_tests_of_one_pair_are_numbered_and_the_last_one_stands(kb: KnowledgeBase) -> None:
    assert [concluded(kb, *[value] * 6) for value in (0, 1)] == [f"{PRACTICE}-to-pt-1", f"{PRACTICE}-to-pt-2"]
    assert [listed.id for listed in listing.transfers(kb, actor=LOCAL_MEMBER, practice=PRACTICE)] == [
        f"{PRACTICE}-to-pt-2",
        f"{PRACTICE}-to-pt-1",
    ]


def test_the_criteria_that_a_practice_rests_on_are_those_of_its_tags(kb: KnowledgeBase) -> None:
    sheet = kb.practices.folder / f"{PRACTICE}.yaml"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("theme:environment", "condition:finance"), encoding="utf-8")
    told = opening.open_test(kb, PRACTICE, "PT", source="SI", framework=FRAMEWORK, actor=who(kb, "fay"))

    assert viewing.view(kb, told, actor=LOCAL_MEMBER).test.key == ("finance",)
    asked = frameworks.framework(kb, FRAMEWORK, actor=LOCAL_MEMBER)
    assert opening.key_of(kb, PRACTICE, asked, actor=LOCAL_MEMBER) == ("finance",)


def test_a_test_is_read_with_the_framework_that_it_was_opened_with(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann")
    changed = {**transfers.RAW, "version": 2, "key_weight": 5, "title": "Another one"}
    (kb.frameworks.folder / f"{FRAMEWORK}.yaml").write_text(json.dumps(changed), encoding="utf-8")
    handed_in(kb, told, "ann", 0, 0, 2, None, None, None)
    result = concluding.conclude(kb, told, actor=who(kb, "fay"))

    assert viewing.view(kb, told, actor=LOCAL_MEMBER).framework.version == 1
    assert result.mean == pytest.approx(2 * 2 / 4), "the law counts twice, as when the test was opened"


def test_a_test_ends_without_a_result_and_nobody_sees_more_of_it(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    handed_in(kb, told, "ann", 2, 2, 2, 2, 2, 2)
    fay = who(kb, "fay")
    assert refused(lambda: seats.cancel(kb, told, why=" ", actor=fay)) == "Say why the test is cancelled."
    seats.cancel(kb, told, why="Nobody asks any more.", actor=fay)
    view = viewing.view(kb, told, actor=fay)

    assert (view.test.stage, view.test.judgements, view.result, view.own) == (Stage.CANCELLED, {}, None, None)
    assert set(viewing.view(kb, told, actor=who(kb, "ann")).test.judgements) == {"ann"}
    assert "was cancelled" in refused(lambda: concluding.conclude(kb, told, actor=fay), Conflict)
    assert listing.awaited(kb, actor=who(kb, "bo")).to_judge == ()


# what may not be done ---------------------------------------------------------------------------------------------------------


def test_everything_that_is_wrong_with_an_opening_is_told_at_once(kb: KnowledgeBase) -> None:
    said = refused(
        lambda: opening.open_test(
            kb, PRACTICE, "FR", framework=FRAMEWORK, key=("beauty",), due="soon", why="x" * 5001, actor=who(kb, "fay")
        )
    )

    assert said == (
        "The test was not opened: say from which place: the sheet names SI, IT; there is no context profile of FR; there are IE, "
        "PT, SI; “beauty” is no criterion of small; “soon” is no date such as 2026-12-31; the reason has 5001 characters; at most "
        "5000 are taken."
    )
    assert listing.transfers(kb, actor=LOCAL_MEMBER) == []
    with kb.records() as records:
        assert records.journal.everyone("framework") == [], "no framework is in use by a test that was not opened"


@pytest.mark.parametrize(
    ("target", "source", "due", "why_not"),
    [
        ("PT", "PT", "", "PT is the place that it comes from; choose another target"),
        ("Portugal", "SI", "", "“PORTUGAL” is no country code of ISO 3166"),
        ("PT", "XX", "", "“XX” is no country code of ISO 3166"),
        ("PT", "IT", "", "there is no context profile of IT"),
        ("PT", "SI", "2020-01-01", "the date 2020-01-01 has passed"),
        ("", "SI", "", "“” is no country code of ISO 3166"),
    ],
)
def test_a_test_is_not_opened_with(kb: KnowledgeBase, target: str, source: str, due: str, why_not: str) -> None:
    assert why_not in refused(
        lambda: opening.open_test(kb, PRACTICE, target, source=source, framework=FRAMEWORK, due=due, actor=LOCAL_MEMBER)
    )


def test_a_sheet_or_a_profile_with_faults_keeps_a_test_from_being_opened(kb: KnowledgeBase) -> None:
    (kb.contexts.folder / "PT.yaml").write_text("context: PT\n", encoding="utf-8")
    (kb.practices.folder / "broken.yaml").write_text("practice: broken\n", encoding="utf-8")
    said = refused(lambda: opening.open_test(kb, "broken", "PT", source="SI", framework=FRAMEWORK, actor=LOCAL_MEMBER))

    assert "the sheet of broken has faults, see kb practice check broken" in said
    assert "the context profile of PT has faults, see kb context check PT" in said
    with pytest.raises(NotFound, match="no practice called “nowhere”"):
        opening.open_test(kb, "nowhere", "PT", source="SI", framework=FRAMEWORK, actor=LOCAL_MEMBER)
    with pytest.raises(NotFound):
        opening.open_test(kb, PRACTICE, "IE", source="SI", framework="none", actor=LOCAL_MEMBER)


def test_who_may_not_judge_is_not_asked(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann")
    fay = who(kb, "fay")
    members.change(kb, "bo", version=1, is_active=False, actor=LOCAL_MEMBER)
    members.add(kb, "Demo Dan", organisation="", country="", roles=[Role.REVIEWER], is_demo=True, actor=LOCAL_MEMBER)

    assert "sam has not the role reviewer" in refused(lambda: seats.invite(kb, told, "sam", actor=fay))
    assert "bo may act no more" in refused(lambda: seats.invite(kb, told, "bo", actor=fay))
    assert "is of the demonstration, and the test is not" in refused(lambda: seats.invite(kb, told, "Demo Dan", actor=fay))
    assert "takes part in this test already" in refused(lambda: seats.invite(kb, told, "ann", actor=fay), Conflict)
    assert "no member called “eve”" in refused(lambda: seats.invite(kb, told, "eve", actor=fay), NotFound)
    both = refused(lambda: seats.invite(kb, told, "sam", actor=who(kb, "ann")))
    assert "Only who opened the test may do this" in both
    assert "sam has not the role reviewer" in both
    assert seats.invite(kb, told, "olu", actor=fay).warnings == ("works for city of LJUBLJANA, which takes part in the practice",)
    assert [each.member.name for each in seats.invitable(kb, told, actor=fay) if not each.refusal] == ["cy", "local"]


def test_what_cannot_be_kept_is_refused_with_all_reasons(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann")
    ann = who(kb, "ann")
    wrong = {"value": 3, "reason": "x" * 5001, "confidence": "huge", "mood": "good"}
    said = refused(lambda: judging.keep_answer(kb, told, "law", wrong, version=0, actor=ann))

    assert said.startswith("The answer to law cannot be kept: ")
    assert all(f"{field}: " in said for field in ("value", "reason", "confidence", "mood"))
    assert "does not ask for “beauty”" in refused(lambda: judging.keep_answer(kb, told, "beauty", {}, version=0, actor=ann))
    said = refused(lambda: judging.keep_overall(kb, told, {"mood": 1, "comment": "x" * 10_001}, version=0, actor=ann))
    assert "there is no “mood”" in said
    assert "comment: " in said
    assert judging.desk(kb, told, actor=ann).version == 0


def test_a_judgement_is_handed_in_whole(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann")
    ann = who(kb, "ann")
    version = judging.keep_answer(kb, told, "law", {"value": 1, "is_unknown": True}, version=0, actor=ann).version
    said = refused(lambda: judging.hand_in(kb, told, version=version, actor=ann))

    assert said.startswith("The judgement cannot be handed in: core has no answer; evidence has no answer; ")
    assert "law has a value and is said to be unknown; law has no reason" in said
    assert viewing.view(kb, told, actor=ann).listed.n_ready == 0


def test_two_windows_do_not_overwrite_each_other(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann")
    ann = who(kb, "ann")
    judging.keep_answer(kb, told, "law", {"value": 1}, version=0, actor=ann)

    for act in (
        lambda: judging.keep_answer(kb, told, "law", {"value": -1}, version=0, actor=ann),
        lambda: judging.keep_overall(kb, told, {"comment": "no"}, version=0, actor=ann),
        lambda: judging.hand_in(kb, told, version=0, actor=ann),
    ):
        assert "was kept elsewhere meanwhile" in refused(act, Conflict)
    assert judging.desk(kb, told, actor=ann).judgement.answers["law"].value == 1


def test_two_who_move_a_test_on_at_the_same_moment(kb: KnowledgeBase) -> None:
    """The place of an event is taken once: whoever comes second looks at it again."""
    told = begun(kb, "ann")
    records = kb.records
    assert isinstance(records, FakeRecords)
    late = replace(kb, records=lambda: Late(records))

    assert "at the same moment" in refused(lambda: seats.join(late, told, actor=who(kb, "bo")), Conflict)
    assert viewing.view(kb, told, actor=who(kb, "bo")).my_seat is None


def test_who_takes_no_part_judges_nothing(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "cy")
    bo, cy, fay = (who(kb, name) for name in ("bo", "cy", "fay"))

    assert "bo takes no part in" in refused(lambda: judging.desk(kb, told, actor=bo), PermissionDenied)
    assert "No judgement of bo is awaited here" in refused(lambda: seats.excuse(kb, told, "bo", actor=fay))
    assert "Only who opened the test may do this" in refused(lambda: seats.excuse(kb, told, "ann", actor=bo))
    seats.excuse(kb, told, "cy", why="No time.", actor=cy)
    assert "cy was excused" in refused(lambda: judging.desk(kb, told, actor=cy), PermissionDenied)
    assert "You were excused" in refused(lambda: seats.join(kb, told, actor=cy), Conflict)
    assert refused(lambda: concluding.conclude(kb, told, actor=bo)).startswith("Only who opened the test may do this")
    said = refused(lambda: concluding.conclude(kb, told, actor=fay))
    assert "still awaited of ann" in said
    assert "Nobody has handed in a judgement" in said
    assert "no test of transferability “gone-1”" in refused(lambda: viewing.view(kb, "gone-1", actor=fay), NotFound)


def test_an_evaluation_says_all_that_is_wrong(kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    open_one = begun(kb, "ann", target="IE")
    assert "The test is open" in refused(
        lambda: evaluating.evaluate(kb, open_one, outcome="worked", on=today(), what="Seen.", sources=SOURCES, actor=fay)
    )
    told = concluded(kb, 1, 1, 1, 1, 1, 1)
    said = refused(lambda: evaluating.evaluate(kb, told, outcome="well", on="2199-01-01", what=" ", case="nowhere", actor=fay))

    assert said == (
        "How the transfer went was not kept: “well” is none of worked, partly, did-not-work; the date 2199-01-01 has not come yet; "
        "say what was seen where the practice was taken over; name what bears it out: a passage of a document, or a source with "
        "its date; there is no transfer case and no practice called “nowhere”."
    )
    assert "is no date" in refused(lambda: evaluating.evaluate(kb, told, outcome="worked", on="20260101", what="x", actor=fay))
    said = refused(
        lambda: evaluating.evaluate(
            kb, told, outcome="worked", on="2026-01-01", what="x", actor=fay,
            sources=[("A report", "unknown"), (" ", "2026"), ("Another", "2199")],
        )
    )  # fmt: skip
    assert said == (
        "How the transfer went was not kept: A report: is “unknown”; evidence has a date, a year at least; a source has no "
        "title; Another: the date 2199 has not come yet."
    )
    assert f"was concluded on {today()}: a transfer evaluated on 2026-01-01" in refused(
        lambda: evaluating.evaluate(kb, told, outcome="worked", on="2026-01-01", what="x", sources=SOURCES, actor=fay)
    )
    assert "the practice itself is no case" in refused(
        lambda: evaluating.evaluate(kb, told, outcome="worked", on=today(), what="x", sources=SOURCES, case=PRACTICE, actor=fay)
    )
    assert viewing.view(kb, told, actor=fay).test.evaluations == ()


def test_what_no_file_can_hold_is_left_out_of_what_is_said(kb: KnowledgeBase) -> None:
    """Control characters, half a pair of surrogates, and marks that make other words appear than are there."""
    ann, fay = who(kb, "ann"), who(kb, "fay")
    said = opening.open_test(kb, PRACTICE, "IE", source="SI", framework=FRAMEWORK, why="A \x07request\ud800.", actor=fay)
    seats.cancel(kb, said, why="No\u202e time\ud800.", actor=fay)
    whole = viewing.view(kb, said, actor=fay).test
    assert whole.opened is not None
    assert (whole.opened.why, whole.transitions[-1].detail) == ("A request.", "No time.")

    told = begun(kb, "ann")
    desk = judging.keep_answer(kb, told, "law", {"is_unknown": True, "reason": "No\x00 \u202elaw"}, version=0, actor=ann)
    overall = {
        "barriers": ["Ro\u202eofs"],
        "adaptations": [{"element": "\x1bPath", "how": "Over\ud800 roofs"}],
        "comment": "\x00So",
    }
    desk = judging.keep_overall(kb, told, overall, version=desk.version, actor=ann)
    change = desk.judgement.adaptations[0]
    assert (desk.judgement.answers["law"].reason, desk.judgement.barriers, desk.judgement.comment) == ("No law", ("Roofs",), "So")
    assert (change.element, change.how) == ("Path", "Over roofs")
    assert "is no code of BCP 47" in refused(
        lambda: judging.keep_overall(kb, told, {"language": "x" * 9999}, version=desk.version, actor=ann)
    )


@pytest.mark.parametrize("address", ["a" * 5000, "a\x00b", "a\ud800", f" {ID}", f"{ID}\n", ""])
def test_an_address_that_no_test_has_is_told_as_such(kb: KnowledgeBase, address: str) -> None:
    assert begun(kb) == ID

    assert "There is no test of transferability" in refused(lambda: viewing.view(kb, address, actor=who(kb, "sam")), NotFound)


def test_values_without_a_passage_are_told_and_no_fault(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann")
    ann = who(kb, "ann")
    version = 0
    for name, answer in transfers.judgement(1, 1, 1, 1, 1, None).answers.items():
        version = judging.keep_answer(kb, told, name, answer, version=version, actor=ann).version
    desk = judging.desk(kb, told, actor=ann)

    assert desk.lacking == ()
    assert desk.unsupported == (
        ("core", Evidenced.SOURCE), ("evidence", Evidenced.SOURCE), ("law", Evidenced.SOURCE), ("law", Evidenced.TARGET),
        ("finance", Evidenced.TARGET), ("need", Evidenced.TARGET),
    )  # fmt: skip
    assert judging.hand_in(kb, told, version=version, actor=ann) == told


def test_a_draft_is_its_authors_own(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    draft(kb, told, "ann", transfers.judgement(2, 2, 2, 2, 2, 2))

    assert judging.desk(kb, told, actor=who(kb, "bo")).judgement.answers == {}
