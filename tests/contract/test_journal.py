"""What the journal promises on every database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from kb.adapters.records.unit_of_work import SqlRecords
from kb.services.records import SequenceTakenError, StoredEntry, UnitOfWork

Records = Callable[[], UnitOfWork]

AT = "2026-11-22T10:00:00+00:00"
SET = StoredEntry("monitoring", "bee-path", 1, "fay", AT, "indicator-set", '{"title": "Bienen 🐝 ’); DROP TABLE journal"}', False)


def test_an_entry_comes_back_as_it_was_given(records: Records) -> None:
    with records() as unit:
        added = unit.journal.append(SET)

    assert added == replace(SET, id=added.id)
    assert added.id > 0
    with records() as unit:
        assert unit.journal.of("monitoring", "bee-path") == unit.journal.everyone("monitoring") == [added]
        assert unit.journal.of("monitoring", "bee-path")[0].is_demo is False


def test_a_unit_that_fails_leaves_no_entry(records: Records) -> None:
    with pytest.raises(ZeroDivisionError), records() as unit:  # noqa: PT012  # what came before the error is the claim
        unit.journal.append(SET)
        _ = 1 / 0

    with records() as unit:
        assert unit.journal.everyone("monitoring") == []
        assert unit.journal.stamp("monitoring") == (0, 0)


def test_streams_and_subjects_do_not_mix_and_come_in_their_order(records: Records) -> None:
    places = [("b", 11), ("a", 1), ("b", 2), ("B", 1), ("b", 1), ("é", 1)]
    with records() as unit:
        for subject, seq in places:
            unit.journal.append(replace(SET, subject=subject, seq=seq))
        other = unit.journal.append(replace(SET, stream="ladder", subject="b", seq=1))

    with records() as unit:
        found = [(entry.subject, entry.seq) for entry in unit.journal.everyone("monitoring")]
        assert found == [("B", 1), ("a", 1), ("b", 1), ("b", 2), ("b", 11), ("é", 1)]
        assert [entry.seq for entry in unit.journal.of("monitoring", "b")] == [1, 2, 11]
        assert unit.journal.of("ladder", "b") == unit.journal.everyone("ladder") == [other]
        assert unit.journal.of("ladder", "a") == unit.journal.everyone("Ladder") == []


def test_only_the_kinds_that_are_asked_for_are_given(records: Records) -> None:
    with records() as unit:
        for seq, kind in enumerate(("opened", "handed-in", "concluded", "handed-in"), 1):
            unit.journal.append(replace(SET, seq=seq, kind=kind))

    with records() as unit:
        assert [entry.seq for entry in unit.journal.everyone("monitoring", ["opened", "concluded"])] == [1, 3]
        assert [entry.seq for entry in unit.journal.everyone("monitoring", ("handed-in",))] == [2, 4]
        assert unit.journal.everyone("monitoring", ["cancelled"]) == []
        assert len(unit.journal.everyone("monitoring")) == 4


def test_a_place_is_taken_once_and_the_unit_goes_on(records: Records) -> None:
    with records() as unit:
        first = unit.journal.append(SET)
        with pytest.raises(SequenceTakenError):
            unit.journal.append(replace(SET, member="bo", body="{}"))
        beside = [unit.journal.append(replace(SET, **{name: "other"})) for name in ("stream", "subject")]

    with records() as unit:
        assert unit.journal.of("monitoring", "bee-path") == [first]
        assert [unit.journal.everyone(entry.stream) for entry in beside] == [[beside[0]], [first, beside[1]]]


def test_the_stamp_changes_with_whatever_happens_to_a_stream(records: Records) -> None:
    with records() as unit:
        unit.journal.append(replace(SET, is_demo=True))
        first = unit.journal.stamp("monitoring")
        last = unit.journal.append(replace(SET, seq=2))
        second = unit.journal.stamp("monitoring")
        unit.journal.append(replace(SET, stream="ladder"))
        assert unit.journal.stamp("monitoring") == second == (2, last.id)
        unit.journal.remove_demo()  # from before the last
        third = unit.journal.stamp("monitoring")

    assert third == (1, last.id)
    assert len({first, second, third}) == 3


def test_only_the_entries_of_the_demonstration_go_with_it(records: Records) -> None:
    with records() as unit:
        kept = [unit.journal.append(replace(SET, seq=seq)) for seq in (2, 4)]
        demo = [unit.journal.append(replace(SET, seq=seq, is_demo=True)) for seq in (1, 3)]
        demo.append(unit.journal.append(replace(SET, stream="transfer", subject="test-1", is_demo=True)))

        assert [entry.is_demo for entry in unit.journal.of("monitoring", "bee-path")] == [True, False, True, False]
        assert unit.journal.remove_demo() == len(demo)
        assert unit.journal.remove_demo() == 0
        assert unit.journal.of("monitoring", "bee-path") == kept
        assert unit.journal.everyone("transfer") == []
        again = unit.journal.append(demo[0])  # it can be loaded again, and no id is given twice
        assert again.id > demo[-1].id


def test_of_threads_that_write_at_the_same_place_one_is_told_that_it_was_quicker(records: Records) -> None:
    """Each reads in one unit and writes in the next, as a person reads a page and presses a button."""
    errors: list[BaseException] = []

    def take_part(member: str) -> None:
        try:
            added = 0
            while added < 10:
                with records() as unit:
                    place = len(unit.journal.of("monitoring", "bee-path")) + 1
                with records() as unit:
                    try:
                        unit.journal.append(replace(SET, seq=place, member=member, body=str(added)))
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
        entries = unit.journal.of("monitoring", "bee-path")
    assert [entry.seq for entry in entries] == list(range(1, 41))
    for member in ("ela", "bo", "cy", "di"):
        assert [entry.body for entry in entries if entry.member == member] == [str(n) for n in range(10)]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_whole_stream_is_one_query(request: pytest.FixtureRequest, kind: str) -> None:
    records: SqlRecords = request.getfixturevalue(kind)
    with records() as unit:
        for n in range(100):
            for seq in range(1, 6):
                unit.journal.append(replace(SET, subject=f"practice-{n}", seq=seq, kind=str(seq)))
    asked: list[str] = []

    with records() as unit:
        connection = unit.journal._connection  # to hear what it is asked
        event.listen(connection, "before_cursor_execute", lambda *heard: asked.append(heard[2]))
        found = [unit.journal.everyone("monitoring"), unit.journal.everyone("monitoring", ("1", "5"))]

    assert [len(each) for each in found] == [500, 200]
    assert len(asked) == 2


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_any_words_come_back_as_they_were_written(request: pytest.FixtureRequest, kind: str) -> None:
    records: Records = request.getfixturevalue(kind)
    place = iter(range(1, 1000))

    @settings(max_examples=60, deadline=None)
    @given(TEXTS, TEXTS)
    def roundtrip(body: str, subject: str) -> None:
        n = next(place)
        with records() as unit:
            said = unit.journal.append(replace(SET, seq=n, body=body, subject=subject))
        with records() as unit:
            assert unit.journal.of("monitoring", subject)[-1] == said == replace(SET, seq=n, body=body, subject=subject, id=said.id)

    roundtrip()
