"""Things of the demonstration are played by the rules that hold for everybody, day by day; whatever does not fit is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_records import FakeRecords

from kb.adapters.demonstration_folder import DemonstrationFolder
from kb.peers.learning.lesson import LESSON, LessonState
from kb.peers.learning.need import NEED
from kb.peers.learning.recommendation import RECOMMENDATION
from kb.services import demonstration
from kb.services.demonstration_learning import LearningPlay, PlayedLearning, keep_learning
from kb.services.demonstration_removing import take_away
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.permission import LOCAL_MEMBER
from kb.services.records import Draft, RegisteredMember
from tests.assessed import BEES, BEES_SAY, a_base

PEOPLE = """members:
  a: {name: Demo a, organisation: House A (not real), country: PT, roles: [member], languages: [en]}
  b: {name: Demo b, organisation: House B (not real), country: FR, roles: [facilitator], languages: [fr]}
"""
NEED_FILE = """id: need-demo-soil
happened:
  - {day: 2026-09-02, who: a, kind: posted, title: Soil, text: How?, seeks: knowledge, practices: [bee-path]}
  - {day: 2026-09-20, who: a, kind: answered, how: "By a lesson.", because: {exchanges: [lesson-demo-first]}}
"""
LESSON_FILE = """id: lesson-demo-first
happened:
  - {day: 2026-09-10, who: a, kind: noted, text: Ask first., level: policy, from_whom: House B (not real)}
  - {day: 2026-09-10, at: "11:30", who: b, kind: confirmed, how: So it is.}
"""
ADVICE_FILE = f"""id: recommendation-demo-list
quotes:
  hives: {{document: {BEES}, quote: "{BEES_SAY[0]}"}}
happened:
  - {{day: 2026-09-11, who: b, kind: issued, to: House A (not real), text: Publish it.}}
  - {{day: 2026-09-12, who: a, kind: answered, response: accept}}
  - {{day: 2026-09-13, who: a, kind: implemented, on: 2026-09-13, what: Done., pins: [hives]}}
"""
FILES = {"need-demo-soil": NEED_FILE, "lesson-demo-first": LESSON_FILE, "recommendation-demo-list": ADVICE_FILE}
Play = Callable[..., PlayedLearning]


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


@pytest.fixture
def play(kb: KnowledgeBase, tmp_path: Path) -> Play:
    """Play the three files, with one of them changed; faults of the files come first."""

    def run(name: str = "", old: str = "", new: str = "") -> PlayedLearning:
        folder = tmp_path / "demonstration"
        (folder / "learning").mkdir(parents=True, exist_ok=True)
        (folder / "people.yaml").write_text(PEOPLE, encoding="utf-8")
        for each, text in FILES.items():
            assert each != name or old in text
            (folder / "learning" / f"{each}.yaml").write_text(text.replace(old, new, 1) if each == name else text, encoding="utf-8")
        files = DemonstrationFolder(folder).read()
        people: dict[str, RegisteredMember] = {
            key: demonstration._registered(person, LOCAL_MEMBER)  # as load makes them
            for key, person in files.people.items()
        }
        played = LearningPlay(kb, LOCAL_MEMBER, files.learning, people).played()
        return PlayedLearning(played.n_things, played.events, (*map(str, files.faults), *played.faults))

    return run


def test_things_are_played_day_by_day_over_all_files_with_members_and_passages_for_their_keys(
    kb: KnowledgeBase, play: Play
) -> None:
    played = play()

    assert (played.n_things, played.faults) == (3, ())
    assert [(each.subject, each.seq, each.at_utc, each.member) for each in played.events] == [
        ("need-demo-soil", 1, "2026-09-02T09:00:00+00:00", "Demo a"),
        ("lesson-demo-first", 1, "2026-09-10T09:00:00+00:00", "Demo a"),
        ("lesson-demo-first", 2, "2026-09-10T11:30:00+00:00", "Demo b"),
        ("recommendation-demo-list", 1, "2026-09-11T09:00:00+00:00", "Demo b"),
        ("recommendation-demo-list", 2, "2026-09-12T09:00:00+00:00", "Demo a"),
        ("recommendation-demo-list", 3, "2026-09-13T09:00:00+00:00", "Demo a"),
        ("need-demo-soil", 2, "2026-09-20T09:00:00+00:00", "Demo a"),
    ]
    assert {each.is_demo for each in played.events} == {True}
    with kb.records() as records:
        keep_learning(records, played, {})
    lesson = keeping.record(kb, LESSON, "lesson-demo-first", actor=LOCAL_MEMBER)
    assert (lesson.state, lesson.noted.by.organisation, lesson.noted.by.country) == (
        LessonState.CONFIRMED,
        "House A (not real)",
        "PT",
    )
    done = keeping.record(kb, RECOMMENDATION, "recommendation-demo-list", actor=LOCAL_MEMBER).implemented
    assert done is not None
    assert [(pin.document, pin.quote) for pin in done.pins] == [(BEES, BEES_SAY[0])]


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("need-demo-soil", "id: need-demo-soil", "id: need-7", "“need-7” is no id such as need-demo-soil"),
        ("need-demo-soil", "id: need-demo-soil", "id: thing-demo-soil", "“thing-demo-soil” is no id such as need-demo-soil"),
        ("need-demo-soil", "kind: posted", "kind: postd", "“postd” happens to no need; did you mean “posted”?"),
        ("need-demo-soil", "who: a, kind: posted", "who: c, kind: posted", "“c” is no member of the demonstration"),
        ("need-demo-soil", "2026-09-02", "2026-13-02", "“2026-13-02” is no day"),
        ("need-demo-soil", "2026-09-20", "2026-09-01", "steps stand in their order"),
        ("need-demo-soil", "day: 2026-09-02, ", "", "has no “day”"),
        ("need-demo-soil", "seeks: knowledge", "seeks: gold", "seeks: “gold” is none of knowledge"),
        ("need-demo-soil", "[bee-path]", "[bee-paths]", "there is no practice bee-paths"),
        ("need-demo-soil", "lesson-demo-first", "lesson-demo-second", "there is no lesson-demo-second in the demonstration"),
        ("need-demo-soil", "who: a, kind: answered", "who: b, kind: answered", "only they may change it or say that"),
        ("need-demo-soil", "id: need-demo-soil", "id: lesson-demo-first", "“posted” happens to no lesson"),
        ("lesson-demo-first", 'at: "11:30"', 'at: "25:00"', "“25:00” is no time such as 09:30"),
        ("lesson-demo-first", "who: b, kind: confirmed", "who: a, kind: confirmed", "somebody else confirms it"),
        ("lesson-demo-first", "kind: noted, text: Ask first.", "kind: noted, txt: Ask first.", "unknown key “txt”"),
        ("recommendation-demo-list", BEES_SAY[0], "nobody wrote this", f"quotes.hives is not in {BEES}"),
        ("recommendation-demo-list", "pins: [hives]", "pins: [wasps]", "quotes.wasps is not there"),
        ("recommendation-demo-list", "on: 2026-09-13", "on: 2026-09-14", "The day 2026-09-14 has not come yet."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_with_its_place(play: Play, name: str, old: str, new: str, fault: str) -> None:
    told = play(name, old, new).faults

    assert any(fault in each for each in told), told


def test_two_files_of_one_id_are_told(play: Play) -> None:
    assert "two files of learning have the same id" in play("need-demo-soil", NEED_FILE, LESSON_FILE).faults


def test_a_test_that_is_kept_under_another_id_is_called_by_that_and_nothing_else_is(kb: KnowledgeBase, play: Play) -> None:
    played = play("need-demo-soil", "title: Soil", "title: soil-to-pt-1")
    with kb.records() as records:
        keep_learning(records, played, {"soil-to-pt-1": "soil-to-pt-2", "Soil": "x"})
        stored = records.journal.of(NEED.stream, "need-demo-soil")

    assert json.loads(stored[0].body)["title"] == "soil-to-pt-2"
    assert [each.kind for each in stored] == ["posted", "answered"]


def test_drafts_to_what_goes_are_forgotten_and_no_others(kb: KnowledgeBase, play: Play) -> None:
    kept = [
        ("case-answer", "need-demo-soil"),
        ("case-answer", "need-demo-soil:new"),
        ("case-answer", "need-demo-soils"),
        ("x", "need-1"),
    ]
    with kb.records() as records:
        keep_learning(records, play(), {})
        for kind, subject in kept:
            records.drafts.put(Draft("ann", kind, subject, "{}", "", "2026-09-02T09:00:00+00:00"))
        told = take_away(records)
        left = [each.subject for each in records.drafts.of_member("ann")]

    assert (told.n_things, told.n_drafts, left) == (3, 2, ["need-demo-soils", "need-1"])
