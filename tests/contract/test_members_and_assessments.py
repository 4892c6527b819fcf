"""What members, events of assessments and rubrics in use promise on every database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from kb.adapters.records.unit_of_work import SqlRecords
from kb.services.permission import Role
from kb.services.records import (
    Head,
    KeptRubric,
    NameTakenError,
    RegisteredMember,
    SequenceTakenError,
    StoredEvent,
    UnitOfWork,
)

Records = Callable[[], UnitOfWork]

AT = "2026-11-22T10:00:00+00:00"
ELA = RegisteredMember(
    "Éla Müller 🐝", "Città ’); DROP TABLE members", "IT", (Role.MEMBER, Role.REVIEWER), ("it", "en"), False, AT, "local"
)
DEMO = replace(ELA, name="Demo reviewer A", is_demo=True)
OPENED = StoredEvent("bee-path-1", 1, "fay", AT, "opened", '{"title": "Bienen 🐝 ’); DROP TABLE assessment_events"}', False)
LONG = KeptRubric("plp-long", 1, "a" * 64, '{"title": "Grille d’évaluation 第一次"}', AT, "fay")
SCORED = {"kind": "submitted", "body": '{"score": 3.5}', "member": "ela"}


def test_everything_comes_back_as_it_was_given(records: Records) -> None:
    with records() as unit:
        added, opened, kept = unit.members.add(ELA), unit.assessments.append(OPENED), unit.rubrics.keep(LONG)

    assert (added, opened, kept) == (ELA, replace(OPENED, id=opened.id), replace(LONG, id=kept.id))
    assert min(opened.id, kept.id) > 0
    with records() as unit:
        assert unit.members.everyone() == [unit.members.get(ELA.name)] == [ELA]
        assert {type(role) for role in unit.members.everyone()[0].roles} == {Role}
        assert unit.members.everyone()[0].is_demo is False
        assert unit.assessments.everyone() == unit.assessments.of("bee-path-1") == [opened]
        assert unit.assessments.everyone()[0].is_demo is False
        assert unit.rubrics.everyone() == unit.rubrics.versions("plp-long") == [unit.rubrics.get("plp-long", 1)] == [kept]


def test_a_unit_that_fails_leaves_nothing_of_them(records: Records) -> None:
    with pytest.raises(ZeroDivisionError), records() as unit:  # noqa: PT012  # what came before the error is the claim
        unit.members.add(ELA)
        unit.assessments.append(OPENED)
        unit.rubrics.keep(LONG)
        _ = 1 / 0

    with records() as unit:
        assert unit.members.everyone() == unit.assessments.everyone() == unit.rubrics.everyone() == []


# members -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "alike",
    [
        "ÉLA MÜLLER 🐝",
        "éla müller 🐝",
        "E\u0301la Mu\u0308ller 🐝",
        " Éla  Müller 🐝",
        "Ｅ\u0301la Müller 🐝",
        "É\u200bla Müller 🐝",
    ],
)
def test_a_name_is_taken_whatever_its_case_and_way_of_writing(records: Records, alike: str) -> None:
    with records() as unit:
        unit.members.add(ELA)
        with pytest.raises(NameTakenError):
            unit.members.add(replace(ELA, name=alike, organisation="another"))
        unit.members.add(replace(ELA, name="Ela Muller"))  # other letters are another person

        assert unit.members.get(alike) == ELA
        assert unit.members.get("nobody") is None


def test_members_come_by_name_whatever_its_case(records: Records) -> None:
    names = ["ada", "Bo", "cy", "Ännchen", "Zoé", "Жанна", "Δάφνη"]
    with records() as unit:
        for name in reversed(names):
            unit.members.add(replace(ELA, name=name))

        assert [member.name for member in unit.members.everyone()] == ["ada", "Bo", "cy", "Zoé", "Ännchen", "Δάφνη", "Жанна"]


def test_a_member_is_changed_at_the_version_that_was_read_and_keeps_name_and_past(records: Records) -> None:
    said = {"organisation": "", "country": "", "roles": (), "languages": (), "is_active": False}
    refused = {"name": ELA.name.upper(), "is_demo": True, "added_at_utc": "2000-01-01", "added_by": "someone else"}
    with records() as unit:
        unit.members.add(ELA)
        other = unit.members.add(replace(ELA, name="Bo"))
        changed = unit.members.change(replace(ELA, **said, **refused))

        assert changed == replace(ELA, **said, version=2)
        assert unit.members.change(replace(ELA, country="FR")) is None
        assert unit.members.change(replace(ELA, name="nobody")) is None
        assert unit.members.everyone() == [other, changed]


def test_only_the_members_of_the_demonstration_go_with_it(records: Records) -> None:
    with records() as unit:
        kept = unit.members.add(ELA)
        unit.members.add(DEMO)
        unit.members.add(replace(DEMO, name="Demo reviewer B"))

        assert unit.members.remove_demo() == 2
        assert unit.members.remove_demo() == 0
        assert unit.members.everyone() == [kept]
        assert unit.members.add(DEMO) == DEMO  # it can be loaded again


# events ------------------------------------------------------------------------------------------------------------------


def test_an_assessment_has_one_event_at_each_place(records: Records) -> None:
    with records() as unit:
        opened = unit.assessments.append(OPENED)
        with pytest.raises(SequenceTakenError):
            unit.assessments.append(replace(OPENED, **SCORED))
        second = unit.assessments.append(replace(OPENED, seq=2, **SCORED))
        other = unit.assessments.append(replace(OPENED, assessment="bee-path-2"))

        assert unit.assessments.of("bee-path-1") == [opened, second]
        assert unit.assessments.of("bee-path-2") == [other]
        assert unit.assessments.of("BEE-PATH-1") == unit.assessments.of("nothing") == []


def test_events_come_by_assessment_and_in_their_order_not_in_that_of_writing(records: Records) -> None:
    places = [("b-10", 1), ("b-2", 11), ("a", 2), ("b-2", 2), ("a", 1), ("B", 1), ("b-2", 1)]
    with records() as unit:
        for assessment, seq in places:
            unit.assessments.append(replace(OPENED, assessment=assessment, seq=seq))

        assert [(event.assessment, event.seq) for event in unit.assessments.everyone()] == sorted(places)
        assert [event.seq for event in unit.assessments.of("b-2")] == [1, 2, 11]


def test_of_concluded_assessments_only_what_is_asked_for_is_read(records: Records) -> None:
    """In their order; of kinds whose body is not wanted it is empty, and what is not concluded is not there."""
    with records() as unit:
        for assessment, seq, kind in (
            ("b-1", 2, "concluded"),
            ("b-1", 1, "submitted"),
            ("a-1", 1, "submitted"),
            ("b-1", 3, "settled"),
        ):
            unit.assessments.append(replace(OPENED, assessment=assessment, seq=seq, kind=kind, body=f'"{kind} words"'))

    with records() as unit:
        found = unit.assessments.of_concluded(("submitted", "concluded"), ("concluded",))
        nothing = unit.assessments.of_concluded((), ())

    assert [(each.assessment, each.seq, each.kind, each.body) for each in found] == [
        ("b-1", 1, "submitted", ""), ("b-1", 2, "concluded", '"concluded words"'),
    ]  # fmt: skip
    assert all(each.id for each in found)
    assert nothing == []


def test_of_everyone_only_the_kinds_that_are_asked_for_are_read(records: Records) -> None:
    with records() as unit:
        for assessment, seq, kind in (("b-1", 2, "begun"), ("b-1", 1, "opened"), ("a-1", 1, "opened"), ("a-1", 2, "submitted")):
            unit.assessments.append(replace(OPENED, assessment=assessment, seq=seq, kind=kind))
        opened, some = unit.assessments.everyone(("opened",)), unit.assessments.everyone(("begun", "opened"))

        assert [(each.assessment, each.body) for each in opened] == [("a-1", OPENED.body), ("b-1", OPENED.body)]
        assert [(each.assessment, each.seq) for each in some] == [("a-1", 1), ("b-1", 1), ("b-1", 2)]
        assert unit.assessments.everyone(("settled",)) == []


def test_the_head_of_an_assessment_changes_with_whatever_happens_to_it(records: Records) -> None:
    """And that of no other; the demonstration taken out and put in again has another one, though it is as long."""
    with records() as unit:
        assert unit.assessments.heads() == {}
        demo = [unit.assessments.append(replace(OPENED, assessment="demo-1", seq=seq, is_demo=True)) for seq in (1, 2)]
        first = unit.assessments.append(OPENED)
        before = unit.assessments.heads()
        second = unit.assessments.append(replace(OPENED, seq=2))
        after = unit.assessments.heads()
        unit.assessments.remove_demo()
        without = unit.assessments.heads()
        for each in demo:
            unit.assessments.append(replace(each, id=0))
        again = unit.assessments.heads()

    assert before == {"demo-1": Head(2, demo[1].id), "bee-path-1": Head(1, first.id)}
    assert after == {**before, "bee-path-1": Head(2, second.id)}
    assert without == {"bee-path-1": Head(2, second.id)}
    assert again.keys() == before.keys()
    assert (again["demo-1"].n_events, again["demo-1"] == before["demo-1"]) == (2, False)


def test_only_the_events_of_the_demonstration_go_with_it(records: Records) -> None:
    with records() as unit:
        kept = [unit.assessments.append(replace(OPENED, seq=seq)) for seq in (1, 2)]
        demo = [unit.assessments.append(replace(OPENED, assessment="demo-1", seq=seq, is_demo=True)) for seq in (1, 2, 3)]

        assert [event.is_demo for event in unit.assessments.everyone()] == [False] * 2 + [True] * 3
        assert unit.assessments.remove_demo() == len(demo)
        assert unit.assessments.remove_demo() == 0
        assert unit.assessments.everyone() == kept
        again = unit.assessments.append(demo[0])  # it can be loaded again, and no id is given twice
        assert again.id > demo[-1].id


def test_of_threads_that_write_at_the_same_place_one_is_told_that_it_was_quicker(records: Records) -> None:
    """Each reads in one unit and writes in the next, as a person reads a page and presses a button."""
    errors: list[BaseException] = []

    def take_part(member: str) -> None:
        try:
            added = 0
            while added < 10:
                with records() as unit:
                    place = len(unit.assessments.of("bee-path-1")) + 1
                with records() as unit:
                    try:
                        unit.assessments.append(replace(OPENED, seq=place, member=member, body=str(added)))
                    except SequenceTakenError:
                        continue
                added += 1
        except BaseException as error:  # noqa: BLE001  # told to the main thread
            errors.append(error)

    threads = [threading.Thread(target=take_part, args=(member,)) for member in ("ela", "bo", "cy", "di")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    with records() as unit:
        events = unit.assessments.of("bee-path-1")
    assert [event.seq for event in events] == list(range(1, 41))
    for member in ("ela", "bo", "cy", "di"):
        assert [event.body for event in events if event.member == member] == [str(n) for n in range(10)]


# rubrics -----------------------------------------------------------------------------------------------------------------


def test_a_version_of_a_rubric_is_kept_once_as_it_was_first_used(records: Records) -> None:
    with records() as unit:
        first = unit.rubrics.keep(LONG)
        assert unit.rubrics.keep(replace(LONG, at_utc="2026-11-23T10:00:00+00:00", member="bo")) == first
        assert unit.rubrics.keep(replace(LONG, sha256="b" * 64, text="{}")) == first  # the caller sees another sum
        tenth = unit.rubrics.keep(replace(LONG, version=10))
        second = unit.rubrics.keep(replace(LONG, version=2, sha256="b" * 64, text="{}"))
        short = unit.rubrics.keep(replace(LONG, name="a-short-one"))

    with records() as unit:
        assert unit.rubrics.versions("plp-long") == [first, second, tenth]
        assert unit.rubrics.everyone() == [short, first, second, tenth]
        assert unit.rubrics.get("plp-long", 2) == second
        assert unit.rubrics.get("plp-long", 3) is unit.rubrics.get("PLP-long", 2) is None
        assert unit.rubrics.versions("nothing") == []


def test_a_rubric_of_the_demonstration_goes_with_it_unless_something_real_uses_it_by_then(records: Records) -> None:
    with records() as unit:
        demo = unit.rubrics.keep(replace(LONG, is_demo=True))
        assert unit.rubrics.keep(replace(LONG, member="bo", is_demo=True)) == demo
        unit.rubrics.keep(replace(LONG, version=2, is_demo=True))

    with records() as unit:
        real = unit.rubrics.keep(LONG)
        assert (real.is_demo, real.member) == (False, LONG.member)
        assert unit.rubrics.keep(replace(LONG, is_demo=True)) == real
        assert unit.rubrics.remove_demo() == 1
        assert unit.rubrics.everyone() == [real]
        assert unit.rubrics.remove_demo() == 0


# all together ------------------------------------------------------------------------------------------------------------


def test_what_is_refused_within_a_unit_leaves_the_rest_of_it(records: Records) -> None:
    """PostgreSQL by itself would refuse everything after an error, SQLite nothing."""
    with records() as unit:
        unit.members.add(ELA)
        with pytest.raises(NameTakenError):
            unit.members.add(ELA)
        unit.assessments.append(OPENED)
        with pytest.raises(SequenceTakenError):
            unit.assessments.append(OPENED)
        unit.rubrics.keep(LONG)

    with records() as unit:
        kept = (unit.members.everyone(), unit.assessments.everyone(), unit.rubrics.everyone())
        assert [len(each) for each in kept] == [1, 1, 1]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_all_events_of_200_assessments_are_one_query(request: pytest.FixtureRequest, kind: str) -> None:
    records: SqlRecords = request.getfixturevalue(kind)
    with records() as unit:
        for n in range(200):
            for seq in range(1, 16):
                unit.assessments.append(replace(OPENED, assessment=f"practice-{n}", seq=seq))
    asked: list[str] = []

    with records() as unit:
        connection = unit.assessments._connection  # to hear what it is asked
        event.listen(connection, "before_cursor_execute", lambda *heard: asked.append(heard[2]))
        found = unit.assessments.everyone()

    assert len(found) == 3000
    assert len(asked) == 1


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_any_words_come_back_as_they_were_written(request: pytest.FixtureRequest, kind: str) -> None:
    records: Records = request.getfixturevalue(kind)
    place = iter(range(1, 1000))

    @settings(max_examples=60, deadline=None)
    @given(TEXTS, TEXTS)
    def roundtrip(body: str, organisation: str) -> None:
        n = next(place)
        with records() as unit:
            said = unit.assessments.append(replace(OPENED, seq=n, body=body))
            member = unit.members.add(replace(ELA, name=f"member {n}", organisation=organisation))
            rubric = unit.rubrics.keep(replace(LONG, version=n, text=body))
        with records() as unit:
            assert unit.assessments.of("bee-path-1")[-1] == said == replace(OPENED, seq=n, body=body, id=said.id)
            assert unit.members.get(member.name) == member
            assert unit.rubrics.get("plp-long", n) == rubric == replace(LONG, version=n, text=body, id=rubric.id)

    roundtrip()
