"""What keeps members' records promises: all of a unit or nothing, nobody else's, nothing overwritten unseen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from kb.retrieval.answer import Filters
from kb.retrieval.passage import DocumentId, PassageId
from kb.services.records import MemberJudgement, NameTakenError, Relevance, SavedSearch, UnitOfWork

AT = "2026-11-22T10:00:00+00:00"
SAID = MemberJudgement(
    "ela", AT, "Wann? 什么时候 ’; DROP TABLE judgements", "0" * 16, "de", DocumentId("d" * 16), PassageId("1" * 16), "a/ä.md",
    "in 1972 🐝", Relevance.ANSWERS,
)  # fmt: skip
EVERY_FILTER = Filters(("guide",), ("IN", "IT"), ("fr",), ("w",), (1972, 2026), ("Ça & „Co“",), (DocumentId("d" * 16),))
SAVED = SavedSearch("ela", "Bees", "bees", "bee route", EVERY_FILTER, 7, AT, AT, (PassageId("1" * 16),), AT, AT)


def test_what_is_added_comes_back_whole_with_an_id(records: Callable[[], UnitOfWork]) -> None:
    with records() as unit:
        said, saved = unit.judgements.add(SAID), unit.saved_searches.add(SAVED)

    assert said == replace(SAID, id=said.id)
    assert saved == replace(SAVED, id=saved.id)
    assert said.id > 0
    with records() as unit:
        assert unit.judgements.everyone() == [said]
        assert unit.saved_searches.of_member("ela") == [saved]


def test_a_unit_that_fails_leaves_nothing(records: Callable[[], UnitOfWork]) -> None:
    with records() as unit:
        kept = unit.saved_searches.add(SAVED)

    with pytest.raises(ZeroDivisionError), records() as unit:  # noqa: PT012  # what came before the error is the claim
        unit.judgements.add(SAID)
        unit.saved_searches.change(replace(kept, name="Other"))
        unit.saved_searches.add(replace(SAVED, name="New", name_key="new"))
        _ = 1 / 0

    with records() as unit:
        assert unit.judgements.everyone() == []
        assert unit.saved_searches.of_member("ela") == [kept]


def test_judgements_keep_their_order_and_are_told_by_member_and_question(records: Callable[[], UnitOfWork]) -> None:
    other = replace(SAID, question_key="1" * 16)
    with records() as unit:
        first, second = unit.judgements.add(SAID), unit.judgements.add(replace(SAID, member="bo"))
        third, fourth = unit.judgements.add(other), unit.judgements.add(replace(SAID, withdrawn=True))

    with records() as unit:
        assert unit.judgements.everyone() == [first, second, third, fourth]
        assert first.id < second.id < third.id < fourth.id
        assert unit.judgements.of_member("ela") == [first, third, fourth]
        assert unit.judgements.of_member("ela", "1" * 16) == [third]
        assert unit.judgements.of_member("nobody") == []
        assert (unit.judgements.count("ela"), unit.judgements.count("bo"), unit.judgements.count("nobody")) == (3, 1, 0)


def test_a_name_is_taken_for_its_member_only(records: Callable[[], UnitOfWork]) -> None:
    with records() as unit:
        mine = unit.saved_searches.add(SAVED)
        theirs = unit.saved_searches.add(replace(SAVED, member="bo"))
        second = unit.saved_searches.add(replace(SAVED, name="All", name_key="all"))

    with pytest.raises(NameTakenError), records() as unit:
        unit.saved_searches.add(replace(SAVED, name="BEES"))
    with pytest.raises(NameTakenError), records() as unit:
        unit.saved_searches.change(replace(second, name_key="bees"))

    with records() as unit:
        assert unit.saved_searches.of_member("ela") == [second, mine]  # by name
        assert unit.saved_searches.of_member("bo") == [theirs]


def test_a_change_is_written_over_the_version_that_was_read_and_no_other(records: Callable[[], UnitOfWork]) -> None:
    with records() as unit:
        read = unit.saved_searches.add(SAVED)

    with records() as unit:
        changed = unit.saved_searches.change(replace(read, name="Bienen", name_key="bienen", seen=()))
    assert changed == replace(read, name="Bienen", name_key="bienen", seen=(), version=read.version + 1)

    with records() as unit:
        assert unit.saved_searches.change(replace(read, name="Late")) is None
        assert unit.saved_searches.change(replace(changed, member="bo")) is None
        assert unit.saved_searches.change(replace(changed, id=999)) is None
    with records() as unit:
        assert unit.saved_searches.of_member("ela") == [changed]


def test_only_its_member_can_remove_a_saved_search(records: Callable[[], UnitOfWork]) -> None:
    with records() as unit:
        kept = unit.saved_searches.add(SAVED)

    with records() as unit:
        assert unit.saved_searches.remove("bo", kept.id) is False
        assert unit.saved_searches.of_member("ela") == [kept]
        assert unit.saved_searches.remove("ela", kept.id) is True
        assert unit.saved_searches.remove("ela", kept.id) is False
        assert unit.saved_searches.of_member("ela") == []


def test_threads_that_read_first_and_write_later_lose_nothing(records: Callable[[], UnitOfWork]) -> None:
    errors: list[BaseException] = []

    def count_up() -> None:
        try:
            for _ in range(25):
                with records() as unit:
                    (saved,) = unit.saved_searches.of_member("ela")
                    assert unit.saved_searches.change(replace(saved, k=saved.k + 1)) is not None
        except BaseException as error:  # noqa: BLE001  # told to the main thread
            errors.append(error)

    with records() as unit:
        unit.saved_searches.add(replace(SAVED, k=0))
    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    with records() as unit:
        (saved,) = unit.saved_searches.of_member("ela")
    assert (saved.k, saved.version) == (100, 101)
