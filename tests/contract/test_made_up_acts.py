"""What members of the demonstration do is demonstration: marked, refused where something real is touched, gone when it goes.

On the fake and in SQLite: databases refuse to delete what is not marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.adapters.records.unit_of_work import SqlRecords
from kb.errors import InvalidEntry, NotFound, PermissionDenied
from kb.peers.ladder import STREAM as LADDER
from kb.peers.learning.kinds import KINDS
from kb.peers.learning.lesson import LESSON
from kb.peers.practice import Kind
from kb.peers.transfer.events import STREAM as TRANSFER
from kb.services import demonstration, judging, laddering, members, practice_editing, tagging
from kb.services.assessing import opening, seats
from kb.services.assessing.loading import assessment_for
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping, lessons, matches, needs, offers, policies, rounds, sessions
from kb.services.monitoring import changing, viewing
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import StoredEntry
from kb.services.transferring import opening as transfer_opening
from tests.assessed import BEES, DUE, PRACTICE, RUBRIC, a_base, passage_of, who

INDICATOR = {
    "key": "hives", "title": "Hives", "definition": "Hives in parks.", "unit": "hives", "direction": "up",
    "frequency": "yearly", "responsible": "fay", "first_due": "2026-01-31",
}  # fmt: skip
SESSION = {
    "format": "seminar", "title": "Bees", "begins": "2099-01-12T09:00", "ends": "2099-01-12T12:00", "zone": "Europe/Lisbon",
    "where": "Lisbon", "host": {"organisation": "Network", "country": "BE"},
}  # fmt: skip
REFUSED = "is made up, and this is real"


@pytest.fixture(params=["fake", "sqlite"])
def kb(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """The small base with its members, and two made-up ones: Dee leads, Dan reviews."""
    with closing(SqlRecords("", tmp_path)) as sql:
        base = a_base(tmp_path, FakeRecords() if request.param == "fake" else sql)
        for name, role, country in (("Demo Dee", Role.FACILITATOR, "PT"), ("Demo Dan", Role.REVIEWER, "FR")):
            members.add(
                base, name, organisation=f"House of {name[-3:]} (not real)", country=country,
                roles=[role, Role.CONTRIBUTOR], actor=LOCAL_MEMBER, is_demo=True,
            )  # fmt: skip
        yield base


@pytest.fixture
def dee(kb: KnowledgeBase) -> Member:
    return who(kb, "Demo Dee")


@pytest.fixture
def dan(kb: KnowledgeBase) -> Member:
    return who(kb, "Demo Dan")


def all_kept(kb: KnowledgeBase) -> list[object]:
    """Everything that has a mark, without the numbers of rows, and drafts of everybody."""
    with kb.records() as records:
        streams = ("transfer", "framework", "monitoring", "ladder", *KINDS)
        entries = [each for stream in streams for each in records.journal.everyone(stream)]
        people = [*(each.name for each in records.members.everyone() if not each.is_demo), "local"]
        found = [
            *((each.stream, each.subject, each.seq, each.member, each.body) for each in entries),
            *((each.assessment, each.seq, each.member, each.body) for each in records.assessments.everyone()),
            *((each.name, each.version, each.is_demo) for each in records.rubrics.everyone()),
            *(records.judgements.everyone()),
            *(records.tags.of_practice(PRACTICE)),
        ]
        return [*found, *(draft for name in people for draft in records.drafts.of_member(name))]


def post_need(kb: KnowledgeBase, actor: Member) -> str:
    return needs.post(kb, "Bees", "Who keeps the bees?", seeks="knowledge", actor=actor).id


def post_offer(kb: KnowledgeBase, actor: Member) -> str:
    return offers.post(kb, "Bees", "We keep the bees.", gives=["knowledge"], actor=actor).id


def test_what_a_made_up_member_begins_is_marked_and_goes(kb: KnowledgeBase, dee: Member, dan: Member) -> None:
    before = all_kept(kb)

    need, offer = post_need(kb, dee), post_offer(kb, dan)
    match = matches.propose(kb, need, offer, actor=dee)
    begun = [
        keeping.record(kb, KINDS["need"], need, actor=dee), keeping.record(kb, KINDS["offer"], offer, actor=dee), match,
        rounds.draft(kb, "Laws", questions=["Which?"], due="2099-12-20", actor=dee),
        lessons.note(kb, "Mow later.", level="policy", practices=[PRACTICE], from_whom="House of Bo", actor=dan),
        sessions.plan(kb, SESSION, actor=dee),
        policies.record(
            kb, title="Permits", policy="Parks", organisation=dee.organisation, place="PT", what_changed="One office.",
            on="2026-06-30", attribution="Half.", practices=[PRACTICE], actor=dee,
        ),
    ]  # fmt: skip
    assessment = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=dee)
    opening.invite(kb, assessment, "Demo Dan", actor=dee)
    seats.accept(kb, assessment, actor=dan)
    changing.set_indicator(kb, PRACTICE, INDICATOR, actor=dee)
    changing.add_reading(kb, PRACTICE, "hives", "2026-01-31", "7", source="keeper", actor=dan)
    laddering.approve(kb, PRACTICE, on_what="a report", expires="2099-01-01", actor=dee)

    assert [each.id for each in begun if not each.is_demo] == []
    assert assessment_for(kb, assessment, actor=dee).is_demo
    assert [each.is_demo for each in viewing.monitoring(kb, PRACTICE, actor=dee).indicators] == [True]
    with kb.records() as records:
        assert [(each.kind, each.is_demo) for each in records.journal.of(LADDER, PRACTICE)] == [("approved", True)]
    gone = demonstration.remove(kb, actor=LOCAL_MEMBER)
    assert (gone.n_members, gone.n_assessments, gone.n_indicators, gone.n_things) == (2, 1, 1, len(begun))
    assert (gone.n_steps, gone.n_drafts) == (0, 0)
    assert all_kept(kb) == before


def test_a_made_up_member_touches_nothing_real(kb: KnowledgeBase, dee: Member, dan: Member) -> None:
    fay, bo = who(kb, "fay"), who(kb, "bo")
    need, offer = post_need(kb, who(kb, "ann")), post_offer(kb, bo)
    lesson = lessons.note(kb, "Mow later.", level="policy", practices=[PRACTICE], from_whom="House of Bo", actor=who(kb, "ann"))
    drafted = rounds.draft(kb, "Laws", questions=["Which?"], due="2099-12-20", actor=fay)
    session = sessions.plan(kb, SESSION, actor=fay)
    assessment = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=fay)
    changing.set_indicator(kb, PRACTICE, INDICATOR, actor=fay)
    laddering.approve(kb, PRACTICE, on_what="a report", expires="2099-01-01", actor=fay)
    given = tagging.give(kb, PRACTICE, "bees", why="It has hives.", actor=bo)
    passage, sheet = passage_of(kb, BEES), (kb.practices.folder / f"{PRACTICE}.yaml").read_bytes()
    before = all_kept(kb)
    tried: tuple[Callable[[], object], ...] = (
        lambda: matches.propose(kb, need, offer, actor=dee),
        lambda: lessons.confirm(kb, lesson.id, how="So it is.", actor=dan),
        lambda: lessons.note(kb, "So do we.", level="policy", exchanges=[lesson.id], from_whom="House of Bo", actor=dan),
        lambda: rounds.send(kb, drafted.id, actor=dee),
        lambda: sessions.join(kb, session.id, actor=dan),
        lambda: opening.invite(kb, assessment, "ann", actor=dee),
        lambda: changing.set_indicator(kb, PRACTICE, {**INDICATOR, "title": "More hives"}, actor=dee),
        lambda: changing.add_reading(kb, PRACTICE, "hives", "2026-01-31", "7", source="keeper", actor=dan),
        lambda: laddering.withdraw(kb, PRACTICE, why="no more", actor=dee),
        lambda: tagging.give(kb, PRACTICE, "hives", why="It has hives.", actor=dan),
        lambda: tagging.withdraw(kb, given.id, why="no", version=given.version, actor=dee),
        lambda: judging.judge(kb, "Who keeps bees?", passage.id, 2, actor=dan),
        lambda: practice_editing.save(kb, PRACTICE, {"language": "fr"}, base_version="x", actor=dan),
        lambda: practice_editing.begin(kb, "new-path", kind=Kind.GOOD_PRACTICE, language="en", title="New", actor=dan),
        lambda: members.add(kb, "Zoe", organisation="", country="", roles=[], actor=dee),
    )

    for number, act in enumerate(tried):
        with pytest.raises(PermissionDenied, match=REFUSED):
            act()
        assert all_kept(kb) == before, number
    with pytest.raises(InvalidEntry, match="Demo Dan is of the demonstration, and the assessment is not"):
        opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, respondent="Demo Dan", actor=fay)
    assert (kb.practices.folder / f"{PRACTICE}.yaml").read_bytes() == sheet
    assert kb.practices.names() == [PRACTICE]
    demonstration.remove(kb, actor=LOCAL_MEMBER)
    assert all_kept(kb) == before


def test_what_somebody_real_did_within_the_demonstration_is_counted_before_it_goes_with_it(
    kb: KnowledgeBase, dee: Member, dan: Member
) -> None:
    ann, real = who(kb, "ann"), post_need(kb, who(kb, "ann"))
    before = all_kept(kb)
    made_up = lessons.note(kb, "Mow later.", level="policy", practices=[PRACTICE], from_whom="House of Bo", actor=dan)
    lessons.confirm(kb, made_up.id, how="So it is.", actor=ann)
    came_of_it = lessons.note(kb, "So do we.", level="policy", exchanges=[made_up.id], from_whom=dan.organisation, actor=ann)
    changing.set_indicator(kb, PRACTICE, INDICATOR, actor=dee)
    changing.add_reading(kb, PRACTICE, "hives", "2026-01-31", "7", source="keeper", actor=who(kb, "fay"))

    assert keeping.record(kb, LESSON, came_of_it.id, actor=ann).is_demo
    going = demonstration.going(kb, actor=LOCAL_MEMBER)
    assert (dict(going.n_steps_of), going.n_things, going.n_drafts) == ({"ann": 2, "fay": 1}, 2, 0)
    assert demonstration.remove(kb, actor=LOCAL_MEMBER) == going
    assert all_kept(kb) == before
    assert keeping.record(kb, KINDS["need"], real, actor=ann).member == "ann"


def test_a_rubric_that_only_a_made_up_member_used_goes_and_one_that_is_in_use_in_earnest_stays(
    kb: KnowledgeBase, dee: Member
) -> None:
    opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=dee)
    opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=who(kb, "fay"))
    opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=dee)

    demonstration.remove(kb, actor=LOCAL_MEMBER)

    with kb.records() as records:
        assert [(each.name, each.is_demo) for each in records.rubrics.everyone()] == [(RUBRIC, False)]
        assert {each.is_demo for each in records.assessments.everyone()} == {False}


def test_no_id_is_given_again_after_the_demonstration_went(kb: KnowledgeBase, dee: Member, dan: Member) -> None:
    """A link or a letter may still name what went: it leads to nothing, and not to something else."""
    ann, fay = who(kb, "ann"), who(kb, "fay")
    test = StoredEntry(TRANSFER, "bees-to-pt-2", 1, "Demo Dee", "2026-11-22T10:00:00+00:00", "opened", "{}", True)
    gone = [post_need(kb, ann), post_need(kb, dee), post_need(kb, dan), post_offer(kb, dan)]
    gone += [opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=dee)]
    with kb.records() as records:
        records.journal.append(test)

    demonstration.remove(kb, actor=LOCAL_MEMBER)

    assert gone[1:] == ["need-2", "need-3", "offer-1", f"{PRACTICE}-1"]
    with pytest.raises(NotFound):
        needs.need(kb, "need-3", actor=ann)
    assert [post_need(kb, ann), post_need(kb, ann), post_offer(kb, ann)] == ["need-4", "need-5", "offer-2"]
    assert opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=fay) == f"{PRACTICE}-2"
    with kb.records() as records:
        assert [transfer_opening.free_id(records, "bees", place) for place in ("PT", "SI")] == ["bees-to-pt-3", "bees-to-si-1"]


def test_numbers_stay_given_however_often_the_demonstration_comes_and_goes(kb: KnowledgeBase, dee: Member) -> None:
    ids = []
    for _ in range(3):
        ids.append(post_need(kb, dee))
        demonstration.remove(kb, actor=LOCAL_MEMBER)
        demonstration.remove(kb, actor=LOCAL_MEMBER)
        members.add(kb, "Demo Dee", organisation="", country="", roles=[Role.MEMBER], actor=LOCAL_MEMBER, is_demo=True)

    assert ids == ["need-1", "need-2", "need-3"]
    assert post_need(kb, who(kb, "ann")) == "need-4"
