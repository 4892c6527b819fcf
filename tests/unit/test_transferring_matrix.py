"""Tests at a glance: the matrix, what could work in a place, and where a practice could work."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeRecords

from kb import open_kb
from kb.errors import NotFound
from kb.peers.transfer.matrix import Footing
from kb.retrieval.passage import Metadata, Visibility
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.transferring import concluding, evaluating, listing, matrix, opening, ranking, seats, viewing
from kb.settings import Settings
from tests.transferred import (
    BEES,
    FRAMEWORK,
    LISBON,
    LISBON_SAYS,
    PRACTICE,
    SOURCES,
    a_base,
    begun,
    concluded,
    handed_in,
    profile,
    put,
    who,
)

OTHER = ("roof-hives", "goat-lane", "hay-day")


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """With three more practices; that of hay is done in Ireland."""
    base = a_base(tmp_path, FakeRecords())
    sheet = (base.practices.folder / f"{PRACTICE}.yaml").read_text(encoding="utf-8")
    for name in OTHER:
        (base.practices.folder / f"{name}.yaml").write_text(sheet.replace(f"practice: {PRACTICE}", f"practice: {name}"), "utf-8")
        country = "IE" if name == "hay-day" else "SI"
        about = Metadata(practice=name, title=name.title(), countries=(country,), other=(("documents", json.dumps([BEES])),))
        put(base, f"practice:{name}.yaml", name, about=about)
    put(base, LISBON, *LISBON_SAYS, about=Metadata(countries=("PT", "IE")))
    return base


def with_result(kb: KnowledgeBase, practice: str, *values: int | None, target: str = "PT", is_demo: bool = False) -> str:
    """A concluded test that local opened, judged and concluded."""
    told = opening.open_test(kb, practice, target, source="SI", framework=FRAMEWORK, actor=LOCAL_MEMBER, is_demo=is_demo)
    handed_in(kb, told, "local", *values)
    concluding.conclude(kb, told, actor=LOCAL_MEMBER)
    return told


def test_the_matrix_has_every_practice_and_place_and_what_tests_came_to(kb: KnowledgeBase) -> None:
    told = concluded(kb, 2, 1, -2, None, 1, 0)
    begun(kb, "bo")
    begun(kb, "bo", target="IE")
    found = matrix.matrix(kb, actor=who(kb, "sam"))

    assert found.practices == (
        (PRACTICE, "Bee paths"), ("goat-lane", "Goat-Lane"), ("hay-day", "Hay-Day"), ("roof-hives", "Roof-Hives"),
    )  # fmt: skip
    assert found.targets == ("IE", "PT", "SI")
    assert set(found.cells) == {(PRACTICE, "PT")}
    cell = found.cells[PRACTICE, "PT"]
    assert (cell.test, cell.n_known, cell.n_all, cell.n_blocking, cell.footing) == (told, 5, 6, 1, Footing.BLOCKED)
    assert cell.mean == pytest.approx((2 + 1 + 2 * -2 + 1 + 0) / 6)
    assert found.n_open == {(PRACTICE, "PT"): 1, (PRACTICE, "IE"): 1}


def test_the_matrix_is_cut_to_what_is_asked_for(kb: KnowledgeBase) -> None:
    with_result(kb, "goat-lane", 1, 1, 1, 1, 1, 1)
    with_result(kb, "goat-lane", 1, 1, 1, 1, 1, 1, target="IE")
    with_result(kb, "roof-hives", 1, 1, 1, 1, 1, 1)
    found = matrix.matrix(kb, actor=LOCAL_MEMBER, practices=("goat-lane", "hay-day", "nowhere"), targets=("PT",))

    assert [name for name, _ in found.practices] == ["goat-lane", "hay-day"]
    assert found.targets == ("PT",)
    assert set(found.cells) == {("goat-lane", "PT")}


def test_what_happens_is_seen_at_once(kb: KnowledgeBase) -> None:
    sam = who(kb, "sam")
    assert matrix.matrix(kb, actor=sam).cells == {}
    told = concluded(kb, 1, 1, 1, 1, 1, 1)
    assert matrix.matrix(kb, actor=sam).cells[PRACTICE, "PT"].certainty == "anticipated"
    evaluating.evaluate(kb, told, outcome="worked", on=today(), what="Seen.", sources=SOURCES, actor=who(kb, "fay"))
    assert matrix.matrix(kb, actor=sam).cells[PRACTICE, "PT"].certainty == "confirmed"
    with_result(kb, "goat-lane", 1, 1, 1, 1, 1, 1, is_demo=True)
    assert len(matrix.matrix(kb, actor=sam).cells) == 2
    with kb.records() as records:
        records.journal.remove_demo()
    assert set(matrix.matrix(kb, actor=sam).cells) == {(PRACTICE, "PT")}


def test_a_practice_whose_sheet_is_gone_is_called_as_it_was(kb: KnowledgeBase) -> None:
    told = with_result(kb, "goat-lane", 1, 1, 1, 1, 1, 1)
    (kb.practices.folder / "goat-lane.yaml").unlink()
    sheet = next(each for each in kb.catalog.documents() if each.path == "practice:goat-lane.yaml")
    kb.catalog.retire_document(sheet.id, None)

    assert ("goat-lane", "Bee paths for a city") in matrix.matrix(kb, actor=LOCAL_MEMBER).practices
    assert viewing.view(kb, told, actor=LOCAL_MEMBER).practice is None
    assert ranking.where_could_work(kb, "goat-lane", actor=LOCAL_MEMBER).title == "Bee paths for a city"


def test_what_could_work_stands_in_the_order_of_what_it_stands_on(kb: KnowledgeBase) -> None:
    with_result(kb, PRACTICE, 1, 1, 1, 1, 1, None)
    with_result(kb, "goat-lane", 2, 2, 2, 2, 2, -2)
    with_result(kb, "roof-hives", 2, 2, None, None, None, None)
    found = ranking.could_work_in(kb, "PT", actor=who(kb, "sam"))

    assert [(cell.practice, cell.footing) for cell in found.tested] == [
        (PRACTICE, Footing.COVERED),
        ("roof-hives", Footing.THIN),
        ("goat-lane", Footing.BLOCKED),
    ]
    assert [(each.practice, each.source) for each in found.untested] == [("hay-day", "IE")]
    # of two indicators one is known of IE: 60 to 70 of a range of 20
    assert found.untested[0].distance is not None
    assert found.untested[0].distance.value == pytest.approx(0.5)


def test_where_a_practice_could_work_is_told_by_target(kb: KnowledgeBase) -> None:
    (kb.contexts.folder / "ES.yaml").write_text(json.dumps(profile("ES", "Spain", 52, 12)), encoding="utf-8")
    with_result(kb, "goat-lane", 1, 1, 1, 1, 1, 1)
    opening.open_test(kb, "goat-lane", "IE", source="SI", framework=FRAMEWORK, actor=LOCAL_MEMBER)
    found = ranking.where_could_work(kb, "goat-lane", actor=who(kb, "sam"))

    assert (found.title, [cell.target for cell in found.tested]) == ("Goat-Lane", ["PT"])
    assert [(each.target, each.source, each.n_open) for each in found.untested] == [("ES", "SI", 0), ("IE", "SI", 1)]
    # urban: 2 and 10 of a range of 20; saved: 2 of 20, and unknown of IE
    assert [each.distance and each.distance.value for each in found.untested] == [
        pytest.approx((0.1 + 0.1) / 2),
        pytest.approx(0.5),
    ]


def test_nothing_is_said_of_a_place_or_a_practice_that_nobody_knows(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match=r"no context profile of FR\. There are IE, PT, SI"):
        ranking.could_work_in(kb, "FR", actor=LOCAL_MEMBER)
    with pytest.raises(NotFound, match="no practice called “nowhere”"):
        ranking.where_could_work(kb, "nowhere", actor=LOCAL_MEMBER)


def test_a_profile_that_is_gone_or_faulty_takes_the_distance_away_and_nothing_else(kb: KnowledgeBase) -> None:
    told = with_result(kb, "goat-lane", 1, 1, 1, 1, 1, 1)
    (kb.contexts.folder / "PT.yaml").write_text("context: PT\n", encoding="utf-8")
    view = viewing.view(kb, told, actor=LOCAL_MEMBER)
    found = ranking.could_work_in(kb, "PT", actor=LOCAL_MEMBER)

    assert (view.target_context, view.distance, view.source_context is None) == (None, None, False)
    assert [cell.practice for cell in found.tested] == ["goat-lane"]
    assert {each.distance for each in found.untested} == {None}
    (kb.contexts.folder / "PT.yaml").unlink()
    assert [cell.practice for cell in ranking.could_work_in(kb, "PT", actor=LOCAL_MEMBER).tested] == ["goat-lane"]


def test_a_practice_whose_sheet_is_not_for_everybody_is_called_by_its_name(kb: KnowledgeBase) -> None:
    """Its title in the index is told to those only who may see the sheet there."""
    put(
        kb, "practice:goat-lane.yaml", "goats", visibility=Visibility.RESTRICTED,
        about=Metadata(practice="goat-lane", title="A hidden title", countries=("SI",)),
    )  # fmt: skip

    assert ("goat-lane", "goat-lane") in matrix.matrix(kb, actor=who(kb, "sam")).practices
    assert ("goat-lane", "A hidden title") in matrix.matrix(kb, actor=who(kb, "fay")).practices


def test_in_a_real_database(kb: KnowledgeBase, tmp_path: Path) -> None:
    """The same moves, kept by SQLite: what was read is read again when something was added."""
    opened = open_kb(Settings(tmp_path / "corpus", tmp_path / "index", model="fake"))
    real = replace(kb, records=opened.records)
    told = opening.open_test(real, "goat-lane", "PT", source="SI", framework=FRAMEWORK, actor=LOCAL_MEMBER)
    assert matrix.matrix(real, actor=LOCAL_MEMBER).n_open == {("goat-lane", "PT"): 1}
    handed_in(real, told, "local", 1, 1, None, 1, 1, 1)
    concluding.conclude(real, told, actor=LOCAL_MEMBER)
    seats_before = viewing.view(real, told, actor=LOCAL_MEMBER).test.seats
    found = matrix.matrix(real, actor=LOCAL_MEMBER)

    assert [each.member for each in seats_before] == ["local"]
    assert (found.cells["goat-lane", "PT"].mean, found.n_open) == (1, {})
    assert [each.id for each in listing.transfers(real, actor=LOCAL_MEMBER)] == [told]
    with pytest.raises(NotFound):
        seats.join(real, "gone-1", actor=LOCAL_MEMBER)
