"""Tests as cells of practices × targets, and the order in which practices are shown for one place."""

from __future__ import annotations

import inspect
import json
import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.peers.transfer import matrix
from kb.peers.transfer.events import STREAM, Body, Cancelled, CaseOutcome, Evaluated, HandedIn, spelled
from kb.peers.transfer.judgement import Judgement
from kb.peers.transfer.matrix import KINDS, Cell, Footing, cells, for_practice, for_target
from kb.peers.transfer.state import Certainty
from kb.services.records.journal import StoredEntry
from tests.transfers import concluded, judgement, opened

GOOD, BAD, THIN = judgement(2, 2, 1, 1, 1, 1), judgement(-2, 2, 2, 2, 2, 2), judgement(2, 2, None, None, None, None)
JUDGEMENT = st.lists(st.none() | st.integers(-2, 2), min_size=6, max_size=6).map(lambda values: judgement(*values))


def rows(test: str, *told: Body, day: int = 1, is_demo: bool = False, id: int = 1) -> list[StoredEntry]:
    """Entries of one test as the journal keeps them; judgements are not asked for."""
    return [
        StoredEntry(STREAM, test, seq, "opa", f"2026-11-{day:02}T10:00:00+00:00", *spelled(body), is_demo=is_demo, id=id)
        for seq, body in enumerate(told, start=1)
        if body.kind in KINDS
    ]


def judged_for(
    practice: str, target: str, judged: Judgement, *more: Body, n: int = 1, day: int = 1, is_demo: bool = False
) -> list[StoredEntry]:
    told = (opened(practice, target), HandedIn(judgement=judged), concluded({"ann": judged}), *more)
    return rows(f"{practice}-to-{target.lower()}-{n}", *told, day=day, is_demo=is_demo, id=n)


def the_cell(told: Iterable[StoredEntry]) -> Cell:
    (cell,) = cells(told).cells.values()
    return cell


def evaluated(outcome: CaseOutcome) -> Evaluated:
    return Evaluated(outcome=outcome, on="2026-11-01", what="seen")


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.sampled_from(["ann", "bob", "cai"]), JUDGEMENT, min_size=1))
def test_a_cell_says_what_the_result_says(panel: dict[str, Judgement]) -> None:
    result = concluded(panel).result
    cell = the_cell(rows("t", opened("bees", "PT"), concluded(panel), day=7))

    assert (cell.practice, cell.title, cell.source, cell.target, cell.test) == ("bees", "Bees", "IT", "PT", "t")
    assert (cell.mean, cell.low, cell.high) == (result.mean, result.low, result.high)
    assert (cell.n_known, cell.n_all, cell.n_assessors) == (result.n_known, result.n_all, result.n_assessors)
    assert (cell.n_blocking, cell.n_apart) == (len(result.blocking), len(result.apart))
    assert (cell.certainty, cell.n_tests, cell.is_demo) == (Certainty.ANTICIPATED, 1, False)
    assert cell.concluded_at_utc == "2026-11-07T10:00:00+00:00"


def test_a_body_that_is_laid_out_otherwise_says_the_same() -> None:
    first, last = judged_for("bees", "PT", BAD)
    loose = replace(last, body=json.dumps(json.loads(last.body), indent=2, sort_keys=True))

    assert the_cell([first, loose]) == the_cell([first, last])


def test_open_tests_are_counted_and_cancelled_ones_are_not() -> None:
    told = [
        *rows("bees-to-pt-1", opened("bees", "PT")),
        *rows("bees-to-pt-2", opened("bees", "PT")),
        *rows("bees-to-pt-3", opened("bees", "PT"), Cancelled(why="x")),
        *judged_for("bees", "PT", GOOD, n=4),
        *rows("bees-to-es-1", opened("bees", "ES"), Cancelled(why="x")),
    ]
    found = cells(told)

    assert found.n_open == {("bees", "PT"): 2}
    assert list(found.cells) == [("bees", "PT")]
    assert found.cells["bees", "PT"].n_tests == 1


def test_of_several_concluded_tests_the_last_stands_and_how_many_there_were_is_told() -> None:
    told = [
        *judged_for("bees", "PT", GOOD, n=1, day=9),
        *judged_for("bees", "PT", BAD, n=2, day=3),
        *judged_for("bees", "PT", THIN, n=3, day=3),
    ]
    cell = the_cell(told)

    assert (cell.test, cell.n_tests) == ("bees-to-pt-1", 3)
    assert the_cell(told[2:]).test == "bees-to-pt-3"  # of the same second: what was kept last


def test_one_of_the_demonstration_never_stands_before_a_real_one() -> None:
    told = [*judged_for("bees", "PT", GOOD, n=1, day=1), *judged_for("bees", "PT", BAD, n=2, day=9, is_demo=True)]

    assert (the_cell(told).test, the_cell(told).is_demo, the_cell(told).n_tests) == ("bees-to-pt-1", False, 2)
    assert the_cell(told[2:]).is_demo


def test_a_cell_is_anticipated_until_a_transfer_was_evaluated() -> None:
    worked, partly = evaluated(CaseOutcome.WORKED), evaluated(CaseOutcome.PARTLY)

    assert the_cell(judged_for("bees", "PT", GOOD)).certainty is Certainty.ANTICIPATED
    assert the_cell(judged_for("bees", "PT", GOOD, worked)).certainty is Certainty.CONFIRMED
    assert the_cell(judged_for("bees", "PT", GOOD, worked, partly)).certainty is Certainty.TESTED
    of_another = [*judged_for("bees", "PT", GOOD, worked, n=1, day=1), *judged_for("bees", "PT", GOOD, n=2, day=2)]
    assert the_cell(of_another).certainty is Certainty.ANTICIPATED


def test_what_could_work_in_a_place_by_hand() -> None:
    """Six criteria, of which law counts twice; the mean of each is beside it."""
    unknown = judgement(*[None] * 6)
    told = [
        *judged_for("arts", "PT", judgement(1, 1, 1, 1, 1, 1)),  # 1
        *judged_for("bees", "PT", judgement(2, 2, 2, None, None, None)),  # 2, half of it known
        *judged_for("cars", "PT", judgement(2, 2, None, None, None, None)),  # 2, less than half
        *judged_for("dogs", "PT", judgement(2, 2, 2, 2, 2, -2)),  # blocked, (2 + 2 + 2·2 + 2 + 2 − 2) / 7
        *judged_for("eggs", "PT", judgement(-2, -2, 2, 2, 2, 2)),  # blocked, (−4 + 4 + 6) / 7
        *judged_for("fish", "PT", unknown),  # nobody could tell
        *judged_for("aqua", "PT", judgement(1, 1, 1, 1, 1, 1)),  # 1, as arts
        *judged_for("goat", "ES", judgement(*[2] * 6)),
    ]
    found = for_target(cells(told).cells.values(), "PT")

    assert [cell.practice for cell in found] == ["bees", "aqua", "arts", "cars", "fish", "dogs", "eggs"]
    covered, thin, blocked = Footing.COVERED, Footing.THIN, Footing.BLOCKED
    assert [cell.footing for cell in found] == [covered, covered, covered, thin, thin, blocked, blocked]
    assert [cell.mean for cell in found] == [2, 1, 1, 2, None, 10 / 7, 6 / 7]


def test_where_a_practice_could_work() -> None:
    told = [
        *judged_for("bees", "PT", BAD),
        *judged_for("bees", "ES", GOOD),
        *judged_for("bees", "IT", THIN),
        *judged_for("cars", "FR", GOOD),
    ]

    assert [cell.target for cell in for_practice(cells(told).cells.values(), "bees")] == ["ES", "IT", "PT"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abcd"), JUDGEMENT), max_size=8), st.randoms())
def test_the_order_depends_on_nothing_but_the_cells(judged: list[tuple[str, Judgement]], chance: random.Random) -> None:
    told = [row for n, (practice, each) in enumerate(judged, 1) for row in judged_for(practice, "PT", each, n=n, day=n)]
    found = list(cells(told).cells.values())
    shuffled = found.copy()
    chance.shuffle(shuffled)
    ordered = for_target(shuffled, "PT")

    assert ordered == for_target(found, "PT")
    assert sorted(cell.practice for cell in ordered) == sorted({practice for practice, _ in judged})
    groups = [list(Footing).index(cell.footing) for cell in ordered]
    assert groups == sorted(groups)
    for one, other in pairwise(ordered):
        if one.footing == other.footing and other.mean is not None:
            assert one.mean is not None
            assert one.mean >= other.mean


def test_there_is_an_order_for_one_target_or_one_practice_and_no_other() -> None:
    """No league table: whatever orders cells is told of which place or practice."""
    public = {name: each for name, each in vars(matrix).items() if inspect.isfunction(each) and not name.startswith("_")}
    orders = {name for name, each in public.items() if each.__module__ == matrix.__name__ and "tuple" in str(each.__annotations__)}

    assert orders == {"for_target", "for_practice"}
    assert not {"organisation", "owner", "partner", "assessor"} & set(Cell.__dataclass_fields__)
