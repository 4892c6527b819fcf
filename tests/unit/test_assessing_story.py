"""A whole assessment by its services, and what each step refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from fakes import FakeRecords

from kb.adapters.records.unit_of_work import SqlRecords
from kb.errors import Conflict, InvalidEntry, KBError, NotFound, PermissionDenied
from kb.peers.assessment.review import GateVerdict
from kb.peers.assessment.state import SeatState, Stage
from kb.services import members
from kb.services.assessing import concluding, listing, opening, reconciling, replying, reviewing, seats, viewing
from kb.services.assessing.loading import assessment_for
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.records import UnitOfWork
from tests.assessed import BEES, DUE, PRACTICE, RUBRIC, a_base, begun, draft, submitted, who
from tests.panels import review


@pytest.fixture(params=["fake", "sqlite"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], UnitOfWork]]:
    if request.param == "fake":
        yield FakeRecords()
        return
    records = SqlRecords("", tmp_path)
    yield records
    records.close()


@pytest.fixture
def kb(tmp_path: Path, kept: Callable[[], UnitOfWork]) -> KnowledgeBase:
    return a_base(tmp_path, kept)


# the whole story ----------------------------------------------------------------------------------------------------------


def test_an_assessment_from_its_opening_to_its_label(kb: KnowledgeBase) -> None:
    fay, ann, bo, olu, sam = (who(kb, name) for name in ("fay", "ann", "bo", "olu", "sam"))
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, reply_days=7, actor=fay)
    opening.invite(kb, told, "Ann", actor=fay)
    opening.invite(kb, told, "bo", actor=fay)
    assert [each.id for each in listing.tasks(kb, actor=ann).to_review] == [told]
    seats.accept(kb, told, actor=ann)
    seats.accept(kb, told, actor=bo)
    opening.begin(kb, told, actor=fay)

    submitted(kb, told, "ann", 4, 4, 4, 4, 4)
    assert assessment_for(kb, told, actor=bo).reviews == {}
    assert assessment_for(kb, told, actor=fay).reviews == {}
    assert [seat.state for seat in assessment_for(kb, told, actor=fay).seats] == [SeatState.SUBMITTED, SeatState.ACCEPTED]
    submitted(kb, told, "bo", 4, 1, 4, None, 4)
    assert viewing.assessment(kb, told, actor=ann).assessment.stage is Stage.REPLYING

    assert [each.id for each in listing.tasks(kb, actor=olu).to_reply] == [told]
    assert set(assessment_for(kb, told, actor=olu).reviews) == {"Reviewer 1", "Reviewer 2"}
    replying.reply(kb, told, comments={"equity": "We asked all schools.", "reach": "  "}, general="Thank you.", actor=olu)
    replying.close_reply(kb, told, actor=fay)

    equity = next(each for each in reconciling.sides(kb, told, actor=bo).items if each.item == "equity")
    assert (equity.spread.range, equity.has_to_be_settled, equity.reply) == (3, True, "We asked all schools.")
    opening.invite(kb, told, "cy", actor=fay, is_third=True)
    submitted(kb, told, "cy", 4, 3.5, 4, 4, 4)
    with pytest.raises(InvalidEntry, match="nothing is settled yet, on equity"):
        concluding.conclude(kb, told, actor=fay)
    reconciling.settle(kb, told, "equity", rating="scored", score=3.5, reason="We looked again.", actor=bo)
    preview = concluding.preview(kb, told, actor=fay)
    concluding.conclude(kb, told, actor=fay, seen=preview)

    ended = viewing.assessment(kb, told, actor=fay)
    assert ended.assessment.reviews["bo"].review.answers["equity"].score == 1, "what was submitted stays"
    assert ended.outcome == preview
    assert (ended.outcome.label, ended.outcome.scores["equity"], ended.outcome.panel) == ("validated", 3.5, 3)
    assert ended.listed.look_again_on[:4] == str(int(ended.listed.ended_at_utc[:4]) + 2)
    assert [each.kind for each in ended.assessment.transitions][-3:] == ["submitted", "settled", "concluded"]
    line = listing.assessments(kb, actor=sam)[0]
    assert (line.stage, line.label_title and line.label_title.best("en")[1]) == (Stage.CONCLUDED, "Validated")
    assert line.my_seat is None
    assert ended.may == frozenset()


def test_a_member_knows_that_there_is_one_and_no_more(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    submitted(kb, told, "ann", 1, 1, 1, 1, 1, secret="SENTINEL")

    for name in ("sam", "olu", "bo", "fay"):
        actor = who(kb, name)
        everything = repr(
            (
                listing.assessments(kb, actor=actor), listing.tasks(kb, actor=actor), viewing.assessment(kb, told, actor=actor),
                reconciling.sides(kb, told, actor=actor), concluding.preview(kb, told, actor=actor),
            )
        )  # fmt: skip
        assert "SENTINEL" not in everything
    assert listing.assessments(kb, actor=who(kb, "sam"))[0].n_panel == 0
    assert "SENTINEL" in repr(viewing.assessment(kb, told, actor=who(kb, "ann")))


# opening ------------------------------------------------------------------------------------------------------------------


def test_all_that_is_wrong_with_an_opening_is_said_at_once(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidEntry) as refused:
        opening.open_assessment(
            kb, PRACTICE, RUBRIC, due="soon", reply_days=-1, status_granted="best", respondent="nobody", actor=who(kb, "fay")
        )

    for part in ("“soon” is no date", "-1 days to reply", "“best” is none of", "nobody called “nobody” may act"):
        assert part in str(refused.value)
    assert listing.assessments(kb, actor=LOCAL_MEMBER) == []


def test_what_there_is_not_cannot_be_assessed(kb: KnowledgeBase) -> None:
    for practice, rubric in (("none", RUBRIC), (PRACTICE, "none")):
        with pytest.raises(NotFound):
            opening.open_assessment(kb, practice, rubric, due=DUE, actor=who(kb, "fay"))
    with pytest.raises(NotFound, match="There is no assessment “none-1”"):
        viewing.assessment(kb, "none-1", actor=who(kb, "fay"))


def test_assessments_of_a_practice_are_numbered_and_remember_the_sheet(kb: KnowledgeBase) -> None:
    first = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=who(kb, "fay"))
    second = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, respondent="SAM", actor=who(kb, "fay"))
    about = assessment_for(kb, second, actor=who(kb, "fay")).opened

    assert (first, second) == ("bee-path-1", "bee-path-2")
    assert about is not None
    assert (about.owner, about.countries, about.respondent, about.title) == (
        "City of Ljubljana", ("SI", "IT"), "sam", "Bee paths for a city",
    )  # fmt: skip
    assert "objectives" in about.lacking
    assert about.sheet_version == kb.practices.read(PRACTICE).version


# conflicts of interest ----------------------------------------------------------------------------------------------------


def test_who_may_be_invited_and_of_whom_one_is_warned(kb: KnowledgeBase) -> None:
    admin = LOCAL_MEMBER
    reviewer = {"roles": ["reviewer"], "actor": admin}
    members.add(kb, "pat", organisation="COMUNE  di Cesena!", country="", **reviewer)
    members.add(kb, "una", organisation="", country="", **reviewer)
    members.add(kb, "sia", organisation="Third", country="SI", **reviewer)
    members.add(kb, "ita", organisation="Third", country="IT", **reviewer)
    members.add(kb, "Demo D", organisation="Demo", country="", is_demo=True, **reviewer)
    members.add(kb, "gone", organisation="Third", country="", **reviewer)
    members.change(kb, "gone", version=1, is_active=False, actor=admin)
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=who(kb, "cy"))
    opening.invite(kb, told, "ann", actor=who(kb, "fay"))
    found = {each.member.name: each for each in opening.invitable(kb, told, actor=who(kb, "fay"))}

    for name, why in {
        "olu": "olu is of the owner’s organisation",
        "pat": "a partner in the practice",
        "sam": "has not the role reviewer",
        "ann": "has or had a seat",
        "Demo D": "is of the demonstration",
    }.items():
        assert why in found[name].refusal
        with pytest.raises(KBError, match=why):
            opening.invite(kb, told, name, actor=who(kb, "fay"))
    with pytest.raises(InvalidEntry, match="gone may act no more"):
        opening.invite(kb, told, "gone", actor=who(kb, "fay"))
    with pytest.raises(NotFound, match="no member called “nobody”"):
        opening.invite(kb, told, "nobody", actor=who(kb, "fay"))
    assert {name: each.warnings for name, each in found.items() if each.warnings and not each.refusal} == {
        "una": ("the organisation is not known",),
        "local": ("the organisation is not known",),
        "sia": ("is from SI, as the owner is",),
        "ita": ("is from IT, where the practice is done",),
        "cy": ("opened the assessment",),
    }
    assert "gone" not in found
    assert opening.invite(kb, told, "sia", actor=who(kb, "fay")).warnings == ("is from SI, as the owner is",)
    seat = assessment_for(kb, told, actor=who(kb, "fay")).seat("sia")
    assert seat is not None
    assert seat.warnings == ("is from SI, as the owner is",)


# reviewing ----------------------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_at_each_step_and_seen_by_nobody_else(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    ann = who(kb, "ann")
    desk = reviewing.keep_answer(kb, told, "equity", {"rating": "scored", "score": "3.5", "reason": "so"}, version=0, actor=ann)

    again = reviewing.desk(kb, told, actor=ann)
    assert (again.version, again.review.answers["equity"].score, desk.review) == (1, 3.5, again.review)
    assert again.unsupported == ("equity",)
    assert ("equity", "confidence") in {(lack.item, lack.need.value) for lack in again.lacking}
    assert reviewing.desk(kb, told, actor=who(kb, "bo")).review.answers == {}
    assert again.practice is not None
    assert again.practice.name == PRACTICE


def test_a_review_is_handed_in_only_when_nothing_is_missing_and_all_of_it_is_said(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    ann = who(kb, "ann")
    reviewing.keep_answer(kb, told, "reach", {"rating": "scored", "score": 7}, version=0, actor=ann)

    with pytest.raises(InvalidEntry) as refused:
        reviewing.submit(kb, told, version=1, actor=ann)
    for part in (
        "relevance has no answer",
        "equity has no answer",
        "reach has a score that is none of the scale",
        "reach has no reason",
    ):
        assert part in str(refused.value)
    assert reviewing.desk(kb, told, actor=ann).version == 1


def test_two_windows_do_not_overwrite_each_other(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    ann = who(kb, "ann")
    reviewing.keep_answer(kb, told, "equity", {"reason": "first"}, version=0, actor=ann)

    with pytest.raises(Conflict, match="kept elsewhere meanwhile"):
        reviewing.keep_answer(kb, told, "equity", {"reason": "second"}, version=0, actor=ann)
    with pytest.raises(Conflict, match="kept elsewhere meanwhile"):
        reviewing.keep_comment(kb, told, "third", version=0, actor=ann)
    assert reviewing.desk(kb, told, actor=ann).review.answers["equity"].reason == "first"


def test_a_review_that_is_handed_in_from_two_windows_is_there_once(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    ann = who(kb, "ann")
    version = draft(kb, told, "ann", review(3, 3, 3, 3, 3))
    reviewing.submit(kb, told, version=version, actor=ann)

    with pytest.raises(Conflict, match="You have submitted your review"):
        reviewing.submit(kb, told, version=version, actor=ann)
    with pytest.raises(Conflict, match="You have submitted your review"):
        reviewing.keep_answer(kb, told, "equity", {"reason": "later"}, version=version, actor=ann)
    desk = reviewing.desk(kb, told, actor=ann)
    assert (desk.is_submitted, desk.version, desk.lacking, desk.review.answers["equity"].score) == (True, 0, (), 3)
    assert [each.kind for each in desk.assessment.transitions].count("submitted") == 1


def test_reviews_that_are_handed_in_at_once_are_all_kept_and_the_reply_opens_once(kb: KnowledgeBase) -> None:
    names = ("ann", "bo", "cy")
    told = begun(kb, *names)
    versions = {name: draft(kb, told, name, review(3, 3, 3, 3, 3)) for name in names}
    together, failed = Barrier(len(names)), []

    def hand_in(name: str) -> None:
        together.wait()
        try:
            reviewing.submit(kb, told, version=versions[name], actor=who(kb, name))
        except KBError as error:
            failed.append(error)

    threads = [Thread(target=hand_in, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = assessment_for(kb, told, actor=who(kb, "fay"))
    assert failed == []
    assert set(found.reviews) == set(names)
    assert [each.kind for each in found.transitions].count("reply-opened") == 1


@pytest.mark.parametrize(
    ("item", "answer", "why"),
    [
        ("beauty", {"reason": "so"}, "does not ask for “beauty”"),
        ("equity", {"reason": "x" * 5001}, "reason: has 5001 characters; at most 5000 are taken"),
        ("equity", {"rating": "good"}, "rating: “good” is none of scored, not-assessable, unknown"),
        ("ethics", {"verdict": "perhaps"}, "verdict: “perhaps” is none of yes, no, unclear"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused_in_a_sentence(
    kb: KnowledgeBase, item: str, answer: dict[str, str], why: str
) -> None:
    told = begun(kb, "ann", "bo")

    with pytest.raises(InvalidEntry) as refused:
        reviewing.keep_answer(kb, told, item, answer, version=0, actor=who(kb, "ann"))
    assert why in str(refused.value)


def test_who_has_no_seat_has_no_desk(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    seats.decline(kb, told, why="no time", actor=who(kb, "bo"))

    for name in ("bo", "cy", "olu"):
        with pytest.raises(PermissionDenied, match="has no seat on the panel"):
            reviewing.desk(kb, told, actor=who(kb, name))


# leading ------------------------------------------------------------------------------------------------------------------


def test_a_panel_of_one_does_not_begin(kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=fay)
    opening.invite(kb, told, "ann", actor=fay)

    with pytest.raises(InvalidEntry, match="The panel has 1 reviewers; at least 2 are needed"):
        opening.begin(kb, told, actor=fay)
    assert {"invite", "cancel", "change-due", "excuse"} == viewing.assessment(kb, told, actor=fay).may
    assert {"accept", "decline", "review"} == viewing.assessment(kb, told, actor=who(kb, "ann")).may
    assert viewing.assessment(kb, told, actor=who(kb, "sam")).may == frozenset()


def test_who_is_excused_is_waited_for_no_longer_and_the_reply_opens(kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    told = begun(kb, "ann", "bo", "cy")
    submitted(kb, told, "ann", 3, 3, 3, 3, 3)
    submitted(kb, told, "bo", 3, 3, 3, 3, 3)
    opening.excuse(kb, told, "cy", why="ill", actor=fay)

    found = assessment_for(kb, told, actor=fay)
    assert (found.stage, found.seat("cy").why) == (Stage.REPLYING, "ill")
    with pytest.raises(PermissionDenied):
        reviewing.desk(kb, told, actor=who(kb, "cy"))


def test_a_facilitator_on_the_panel_leads_no_further_before_the_own_review(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "cy")
    cy = who(kb, "cy")
    submitted(kb, told, "ann", 1, 1, 1, 1, 1, secret="SENTINEL")

    for move in (
        lambda: opening.excuse(kb, told, "ann", actor=cy),
        lambda: concluding.conclude(kb, told, actor=cy),
        lambda: replying.close_reply(kb, told, actor=cy, why="now"),
        lambda: reconciling.settle(kb, told, "equity", rating="unknown", reason="so", actor=cy),
    ):
        with pytest.raises(InvalidEntry, match="You hold a seat and have not submitted"):
            move()
    assert "SENTINEL" not in repr(viewing.assessment(kb, told, actor=cy))
    assert viewing.assessment(kb, told, actor=cy).may <= {"decline", "review", "submit", "invite", "change-due", "cancel"}


def test_the_reply_is_the_owners_or_written_down_for_the_owner(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    for name in ("ann", "bo"):
        submitted(kb, told, name, 3, 3, 3, 3, 3)

    with pytest.raises(InvalidEntry, match="Only who answers for the owner may reply"):
        replying.reply(kb, told, comments={}, general="Well done.", actor=who(kb, "ann"))
    with pytest.raises(InvalidEntry, match="You take no part in this assessment"):
        replying.reply(kb, told, comments={}, general="Well done.", actor=who(kb, "sam"))
    with pytest.raises(InvalidEntry, match="Say who spoke for the owner"):
        replying.reply(kb, told, comments={}, general="They say so.", actor=who(kb, "fay"))
    with pytest.raises(InvalidEntry, match="The rubric does not ask for beauty"):
        replying.reply(kb, told, comments={"beauty": "x"}, general="", actor=who(kb, "olu"))
    with pytest.raises(InvalidEntry, match="or say why you go on without"):
        replying.close_reply(kb, told, actor=who(kb, "fay"))
    replying.reply(kb, told, comments={}, general="They say so.", on_behalf_of="the mayor", actor=who(kb, "fay"))
    replying.close_reply(kb, told, actor=who(kb, "fay"))

    reply = assessment_for(kb, told, actor=who(kb, "ann")).reply
    assert reply is not None
    assert (reply.general, reply.member, reply.on_behalf_of) == ("They say so.", "fay", "the mayor")


def test_what_came_to_something_else_meanwhile_is_not_concluded(kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    told = begun(kb, "ann", "bo")
    for name in ("ann", "bo"):
        submitted(kb, told, name, 4, 4, 4, 4, 4)
    replying.close_reply(kb, told, actor=fay, why="no reply wanted")
    seen = concluding.preview(kb, told, actor=fay)
    reconciling.settle(kb, told, "ethics", verdict="no", reason="Children were harmed.", actor=who(kb, "ann"))

    with pytest.raises(Conflict, match="has changed meanwhile"):
        concluding.conclude(kb, told, actor=fay, seen=seen)
    concluding.conclude(kb, told, actor=fay)
    outcome = assessment_for(kb, told, actor=fay).outcome
    assert outcome is not None
    assert (outcome.label, outcome.gates["ethics"]) == ("not-recommended", GateVerdict.NO)
    with pytest.raises(Conflict, match="The assessment is concluded"):
        opening.cancel(kb, told, why="again", actor=fay)


def test_what_waits_for_whom(kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=fay)
    assert [each.id for each in listing.tasks(kb, actor=fay).to_lead] == [told]
    assert not listing.tasks(kb, actor=who(kb, "ann"))
    for name in ("ann", "bo"):
        opening.invite(kb, told, name, actor=fay)
    opening.begin(kb, told, actor=fay)
    assert not listing.tasks(kb, actor=fay)
    submitted(kb, told, "ann", 3, 3, 3, 3, 3)
    assert not listing.tasks(kb, actor=who(kb, "ann"))
    assert [each.id for each in listing.tasks(kb, actor=who(kb, "bo")).to_review] == [told]
    submitted(kb, told, "bo", 3, 3, 3, 3, 3)
    assert [each.id for each in listing.tasks(kb, actor=who(kb, "olu")).to_reply] == [told]
    replying.close_reply(kb, told, actor=who(kb, "olu"))
    assert [each.id for each in listing.tasks(kb, actor=fay).to_reconcile] == [told]
    assert [each.id for each in listing.tasks(kb, actor=who(kb, "bo")).to_reconcile] == [told]


def test_the_demonstration_is_of_one_piece(kb: KnowledgeBase, kept: Callable[[], UnitOfWork]) -> None:
    real = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=who(kb, "fay"))
    demo = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=who(kb, "fay"), is_demo=True)
    opening.invite(kb, demo, "ann", actor=who(kb, "fay"))
    with kept() as records:
        assert records.assessments.remove_demo() == 2

    assert [(each.id, each.is_demo) for each in listing.assessments(kb, actor=who(kb, "fay"))] == [(real, False)]
    assert demo not in {each.id for each in listing.assessments(kb, actor=who(kb, "fay"))}


def test_pins_are_of_the_practice(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    ann = who(kb, "ann")
    forged = {
        "passage_id": "0" * 16, "document": BEES, "sha256": "0" * 64, "quote": "the route has a hundred hives", "stance": "for",
    }  # fmt: skip

    with pytest.raises(InvalidEntry, match="A pinned passage is not in the practice’s documents"):
        reviewing.keep_answer(kb, told, "equity", {"pins": [forged]}, version=0, actor=ann)


def test_an_assessment_outlives_the_sheet_of_its_practice(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    (kb.practices.folder / f"{PRACTICE}.yaml").unlink()
    cy = next(each for each in opening.invitable(kb, told, actor=who(kb, "fay")) if each.member.name == "cy")

    assert cy.warnings == ("the sheet cannot be read now, so its partners were not compared",)
    assert viewing.assessment(kb, told, actor=who(kb, "fay")).practice is None
    assert reviewing.desk(kb, told, actor=who(kb, "ann")).practice is None
    assert listing.assessments(kb, actor=who(kb, "sam"))[0].title == "Bee paths for a city"


def test_what_is_too_long_is_refused_before_anything_is_kept(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    fay, ann = who(kb, "fay"), who(kb, "ann")

    with pytest.raises(InvalidEntry, match="The reason has 5001 characters; at most 5000 are taken"):
        opening.cancel(kb, told, why="x" * 5001, actor=fay)
    with pytest.raises(InvalidEntry, match="comment: has 10001 characters"):
        reviewing.keep_comment(kb, told, "x" * 10_001, version=0, actor=ann)
    with pytest.raises(InvalidEntry, match="“31 May” is no date"):
        opening.change_due(kb, told, "31 May", actor=fay)
    with pytest.raises(InvalidEntry, match="The date 2020-01-01 has passed"):
        opening.change_due(kb, told, "2020-01-01", actor=fay)
    opening.change_due(kb, told, "2099-12-31", why="holidays", actor=fay)

    assert listing.assessments(kb, actor=ann)[0].due == "2099-12-31"
