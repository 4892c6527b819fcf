"""Monitoring of a practice by its services: who may do what, what is refused, and what is listed as overdue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeRecords

from kb.adapters.records.unit_of_work import SqlRecords
from kb.errors import InvalidEntry, NotFound, PermissionDenied, UnusableRecords
from kb.peers.monitoring.events import STREAM, IndicatorEnded, IndicatorSet, ReadingAdded, spelled
from kb.peers.monitoring.readings_table import HEADS
from kb.services import demonstration
from kb.services.clock import latest_day
from kb.services.knowledge_base import KnowledgeBase
from kb.services.monitoring import changing, tables, viewing
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import StoredEntry, UnitOfWork
from kb.services.tables import TableFormat
from tests.assessed import PRACTICE, a_base, who

FORM: Mapping[str, Any] = {  # as a page gives it: texts, blank where nobody filled in
    "key": "hives", "title": "Hives along the path", "definition": "Counted in May.", "unit": "hives", "direction": "up",
    "frequency": "yearly", "responsible": "Elsewhere", "first_due": "2020-12-31", "scope": "",
    "baseline": {"value": "7", "date": "2019-12-31", "source": ""}, "target": {"value": "", "date": ""},
}  # fmt: skip
LATE = "2018-01-31"
BO = Member("bo", frozenset({Role.MEMBER, Role.CONTRIBUTOR}), "House of Bo")


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


def entries(kb: KnowledgeBase) -> list[StoredEntry]:
    with kb.records() as records:
        return records.journal.of(STREAM, PRACTICE)


def add(kb: KnowledgeBase, day: str, value: str, source: str = "report", *, actor: Member = BO) -> int:
    return changing.add_reading(kb, PRACTICE, "hives", day, value, source=source, actor=actor)


def test_an_indicator_from_its_first_reading_to_its_end(kb: KnowledgeBase) -> None:
    sam = who(kb, "sam")
    made = changing.set_indicator(kb, PRACTICE, FORM, actor=BO)
    assert (made.baseline and made.baseline.value, made.target, made.scope) == (7, None, None)
    assert changing.set_indicator(kb, PRACTICE, FORM, actor=BO) == made
    assert len(entries(kb)) == 1, "what is said already is not said again"

    first, second = add(kb, "2020-05-01", "8"), add(kb, "2021-05-01", "80")
    changing.withdraw_reading(kb, PRACTICE, second, why="a nought too many", actor=BO)
    third = add(kb, "2021-05-01", "9")  # the same day and source again: the one that was there counts no more
    found = viewing.monitoring(kb, PRACTICE, actor=sam).indicators[0]
    assert (first, second, third) == (2, 3, 5)
    assert [(each.value, each.member, each.withdrawn is not None) for each in found.readings] == [
        (8, "bo", False),
        (80, "bo", True),
        (9, "bo", False),
    ]
    assert [each.end for each in found.missing][:2] == ["2022-12-31", "2023-12-31"]

    changing.end_indicator(kb, PRACTICE, "hives", why="The path is closed.", actor=who(kb, "fay"))
    assert viewing.overdue(kb, actor=sam) == []
    with pytest.raises(InvalidEntry, match="the indicator hives was ended; no reading is awaited"):
        add(kb, "2022-05-01", "8")
    with pytest.raises(InvalidEntry, match=r"was ended on .* already"):
        changing.end_indicator(kb, PRACTICE, "hives", why="again", actor=BO)


def test_what_is_overdue_is_listed_the_longest_ago_first_and_to_whom_it_is(kb: KnowledgeBase) -> None:
    changing.set_indicator(kb, PRACTICE, FORM, actor=BO)
    changing.set_indicator(
        kb, PRACTICE, {**FORM, "key": "keepers", "responsible": "Bo", "frequency": "once", "first_due": LATE}, actor=BO
    )
    changing.set_indicator(kb, PRACTICE, {**FORM, "key": "schools", "first_due": "2199-12-31"}, actor=BO)
    add(kb, "2020-05-01", "8")

    found = viewing.overdue(kb, actor=BO)
    assert [(each.key, each.since, each.latest, each.is_mine) for each in found] == [
        ("keepers", LATE, "", True),
        ("hives", "2021-12-31", "2020-05-01", False),
    ]
    assert found[0].n_missing == 1
    assert found[1].n_missing >= 5
    assert [each.is_mine for each in viewing.overdue(kb, actor=who(kb, "sam"))] == [False, True], "of the same organisation"
    assert found[0].title == "Bee paths for a city"
    assert viewing.overdue(kb, actor=BO, practice="other") == []
    (listed,) = viewing.monitored(kb, actor=BO)
    assert (listed.n_indicators, listed.n_readings, listed.n_missing) == (3, 1, 1 + found[1].n_missing)


@pytest.mark.parametrize("roles", [{Role.CONTRIBUTOR}, {Role.FACILITATOR}])
def test_a_contributor_or_a_facilitator_enters_and_nobody_else(kb: KnowledgeBase, roles: set[Role]) -> None:
    changing.set_indicator(kb, PRACTICE, FORM, actor=Member("al", frozenset(roles)))

    with pytest.raises(PermissionDenied, match="needs the role contributor or facilitator"):
        add(kb, "2020-05-01", "8", actor=who(kb, "ann"))


def test_who_entered_a_reading_withdraws_it_or_a_facilitator(kb: KnowledgeBase) -> None:
    changing.set_indicator(kb, PRACTICE, FORM, actor=BO)
    one, other = add(kb, "2020-05-01", "8"), add(kb, "2021-05-01", "9")

    with pytest.raises(InvalidEntry, match="bo entered the reading 2: only they and facilitators"):
        changing.withdraw_reading(kb, PRACTICE, one, why="so", actor=replace(BO, name="al"))
    changing.withdraw_reading(kb, PRACTICE, one, why="so", actor=BO)
    changing.withdraw_reading(kb, PRACTICE, other, why="so", actor=who(kb, "fay"))
    with pytest.raises(InvalidEntry, match=r"The reading 2 was withdrawn on .* already"):
        changing.withdraw_reading(kb, PRACTICE, one, why="so", actor=BO)
    with pytest.raises(NotFound, match="There is no reading 1 of bee-path"):
        changing.withdraw_reading(kb, PRACTICE, 1, why="so", actor=BO)  # that is the indicator
    with pytest.raises(InvalidEntry, match="Say why"):
        changing.withdraw_reading(kb, PRACTICE, one, why=" \n ", actor=BO)


def test_a_reading_of_today_is_taken_where_the_day_begins_first(kb: KnowledgeBase) -> None:
    changing.set_indicator(kb, PRACTICE, FORM, actor=BO)

    assert add(kb, latest_day(), "8") == 2


def test_everything_that_is_wrong_with_a_reading_is_told(kb: KnowledgeBase) -> None:
    changing.set_indicator(kb, PRACTICE, FORM, actor=BO)
    add(kb, "2020-05-01", "8")
    before = entries(kb)

    with pytest.raises(InvalidEntry, match=r"date: “May” is no date such as .*; source: is blank; value: “8,5” has a comma"):
        changing.add_reading(kb, PRACTICE, "hives", "May", "8,5", source=" ", actor=BO)
    after = (date.fromisoformat(latest_day()) + timedelta(days=1)).isoformat()
    with pytest.raises(InvalidEntry, match=f"{after} has not come yet"):
        add(kb, after, "8")
    with pytest.raises(InvalidEntry, match="2199-05-01 has not come yet"):
        add(kb, "2199-05-01", "8")
    with pytest.raises(InvalidEntry, match="there is a reading of hives for 2020-05-01 from this source already"):
        add(kb, "2020-05-01", "9", " Report")
    with pytest.raises(NotFound, match="bee-path has no indicator “hive”; did you mean “hives”"):
        changing.add_reading(kb, PRACTICE, "hive", "2020-05-01", 8, source="report", actor=BO)
    with pytest.raises(NotFound):
        changing.add_reading(kb, "no-such-practice", "hives", "2020-05-01", 8, source="report", actor=BO)
    with pytest.raises(InvalidEntry, match="value"):
        changing.add_reading(kb, PRACTICE, "hives", "2020-05-01", float("nan"), source="x", actor=BO)
    assert entries(kb) == before


def test_the_unit_of_an_indicator_with_readings_stays(kb: KnowledgeBase) -> None:
    changing.set_indicator(kb, PRACTICE, FORM, actor=BO)
    seq = add(kb, "2020-05-01", "8")

    with pytest.raises(InvalidEntry, match="its readings are in hives; give one in colonies a key of its own"):
        changing.set_indicator(kb, PRACTICE, {**FORM, "unit": "colonies"}, actor=BO)
    changing.withdraw_reading(kb, PRACTICE, seq, why="so", actor=BO)
    assert changing.set_indicator(kb, PRACTICE, {**FORM, "unit": "colonies"}, actor=BO).unit == "colonies"


def test_an_indicator_with_faults_is_refused_with_all_of_them(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidEntry, match=r"baseline\.date: .*definition: is blank.*frequency: “daily” is none of"):
        changing.set_indicator(
            kb, PRACTICE, {**FORM, "definition": "", "frequency": "daily", "baseline": {"value": "7", "date": "May"}}, actor=BO
        )
    assert entries(kb) == []


def test_a_practice_has_a_limit_of_indicators(kb: KnowledgeBase) -> None:
    for number in range(changing.MAX_INDICATORS):
        changing.set_indicator(kb, PRACTICE, {**FORM, "key": f"hives-{number}"}, actor=BO)

    with pytest.raises(InvalidEntry, match="a practice has at most 50 indicators"):
        changing.set_indicator(kb, PRACTICE, FORM, actor=BO)
    changing.set_indicator(kb, PRACTICE, {**FORM, "key": "hives-7", "title": "Other words"}, actor=BO)


# tables ------------------------------------------------------------------------------------------------------------------


def test_a_table_is_taken_whole_or_not_at_all(kb: KnowledgeBase) -> None:
    changing.set_indicator(kb, PRACTICE, FORM, actor=BO)
    good = b"indicator;date;value;source\nhives;2020-05-01;8;report\nhives;2021-05-01;9;report\n"
    before = entries(kb)

    with pytest.raises(InvalidEntry, match="No reading was imported: line 4: value: “ten” is no number"):
        tables.import_table(kb, PRACTICE, good + b"hives;2022-05-01;ten;report\n", actor=BO)
    assert entries(kb) == before
    assert len(tables.read_table(kb, PRACTICE, good, actor=BO).rows) == 2
    assert entries(kb) == before, "looking at it takes nothing"
    assert tables.import_table(kb, PRACTICE, good, actor=BO) == 2
    assert [each.value for each in viewing.monitoring(kb, PRACTICE, actor=BO).indicators[0].readings] == [8, 9]
    assert [str(each) for each in tables.read_table(kb, PRACTICE, good, actor=BO).faults] == [
        f"line {n}: there is a reading of hives for {day} from this source already; withdraw that one first"
        for n, day in ((2, "2020-05-01"), (3, "2021-05-01"))
    ]


def test_a_file_that_is_no_table_or_too_large_is_told_as_a_fault(kb: KnowledgeBase) -> None:
    too_large = b"x" * ((tables.MAX_MEGABYTES << 20) + 1)

    assert [str(each) for each in tables.read_table(kb, PRACTICE, too_large, actor=BO).faults] == [
        "line 1: the file has 2.0 MB; at most 2 are taken"
    ]
    for content in (b"", b"\x00\x01\x02", b"PK\x03\x04", "käse".encode("utf-16")):
        with pytest.raises(InvalidEntry, match="No reading was imported: line 1: "):
            tables.import_table(kb, PRACTICE, content, actor=BO)


def test_an_export_has_every_reading_and_no_cell_that_a_spreadsheet_computes(kb: KnowledgeBase) -> None:
    changing.set_indicator(kb, PRACTICE, {**FORM, "title": "=HYPERLINK(1)"}, actor=BO)
    add(kb, "2020-05-01", "-8", "@report")
    gone = add(kb, "2021-05-01", "9")
    changing.withdraw_reading(kb, PRACTICE, gone, why="=cmd()", actor=BO)

    made = tables.export(kb, PRACTICE, TableFormat.CSV, actor=who(kb, "sam"))
    head, *rows = kb.tables.read(made.content, HEADS)
    assert made.name.startswith("bee-path-readings-")
    assert [dict(zip(head, row, strict=True))["value"] for row in rows] == ["-8", "9"]
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "@")]
    assert rows[1][head.index("withdrawn")].endswith(", bo: =cmd()")
    back = tables.read_table(kb, PRACTICE, made.content, actor=BO)
    assert [str(each) for each in back.faults] == [
        "line 2: there is a reading of hives for 2020-05-01 from this source already; withdraw that one first",
        "line 3: withdrawn: the reading was withdrawn; take its row out",
    ]
    assert tables.export(kb, PRACTICE, TableFormat.XLSX, actor=BO).content[:2] == b"PK"


# the demonstration, and records that were written otherwise --------------------------------------------------------------


def test_what_is_said_of_the_demonstration_belongs_to_it_and_goes_with_it(kb: KnowledgeBase) -> None:
    changing.set_indicator(kb, PRACTICE, {**FORM, "key": "keepers"}, actor=BO, is_demo=True)
    changing.add_reading(kb, PRACTICE, "keepers", "2020-05-01", 3, source="report", actor=BO)
    changing.set_indicator(kb, PRACTICE, FORM, actor=BO)
    add(kb, "2020-05-01", "8")
    tables.import_table(kb, PRACTICE, b"indicator,date,value,source\nkeepers,2021-05-01,4,report\n", actor=BO)
    assert [each.is_demo for each in entries(kb)] == [True, True, False, False, True]
    assert [each.is_demo for each in viewing.overdue(kb, actor=BO)] == [False, True]

    demonstration.remove(kb, actor=LOCAL_MEMBER)

    (found,) = viewing.monitoring(kb, PRACTICE, actor=BO).indicators
    assert (found.indicator.key, [each.value for each in found.readings]) == ("hives", [8])
    assert add(kb, "2022-05-01", "9") == 5, "after the last that is there"


def test_the_demonstration_changes_nothing_of_an_indicator_that_was_set_in_earnest(kb: KnowledgeBase) -> None:
    changing.set_indicator(kb, PRACTICE, FORM, actor=BO)
    add(kb, "2020-05-01", "8")
    before = viewing.monitoring(kb, PRACTICE, actor=BO).indicators
    with kb.records() as records:  # as it is loaded: after whatever there is
        for seq, body in enumerate(
            (
                IndicatorSet(indicator=before[0].indicator.model_copy(update={"title": "Made up", "unit": "bees"})),
                ReadingAdded(key="hives", date="2021-05-01", value=900, source="a film"),
                IndicatorEnded(key="hives", why="It is played."),
            ),
            start=3,
        ):
            records.journal.append(StoredEntry(STREAM, PRACTICE, seq, "mia", "2026-11-22T10:00:00+00:00", *spelled(body), True))

    assert viewing.monitoring(kb, PRACTICE, actor=BO).indicators == before
    add(kb, "2022-05-01", "9")
    demonstration.remove(kb, actor=LOCAL_MEMBER)

    (found,) = viewing.monitoring(kb, PRACTICE, actor=BO).indicators
    assert [each.value for each in found.readings] == [8, 9], "what was entered in earnest stays"


def test_an_indicator_that_is_set_in_earnest_leaves_readings_of_the_demonstration_behind(kb: KnowledgeBase) -> None:
    changing.set_indicator(kb, PRACTICE, FORM, actor=BO, is_demo=True)
    add(kb, "2020-05-01", "900")
    assert [each.value for each in viewing.monitoring(kb, PRACTICE, actor=BO).indicators[0].readings] == [900]
    changing.set_indicator(kb, PRACTICE, FORM, actor=BO)

    (found,) = viewing.monitoring(kb, PRACTICE, actor=BO).indicators
    assert (found.is_demo, found.readings) == (False, ())


def test_what_no_file_can_hold_is_left_out_of_what_is_entered(kb: KnowledgeBase) -> None:
    """Control characters, half a pair of surrogates, and marks that make other words appear than are there."""
    made = changing.set_indicator(kb, PRACTICE, {**FORM, "title": "Hi\x1bves\u202e", "definition": "\ud800Counted."}, actor=BO)
    assert (made.title, made.definition) == ("Hives", "Counted.")
    with pytest.raises(InvalidEntry, match="definition: is blank"):
        changing.set_indicator(kb, PRACTICE, {**FORM, "definition": "\x00\u202e"}, actor=BO)
    add(kb, "2020-05-01", "8", "a re\u202eport")
    tables.import_table(kb, PRACTICE, "indicator,date,value,source\nhives,2021-05-01,9,a re\u202eport\x07\n".encode(), actor=BO)

    (found,) = viewing.monitoring(kb, PRACTICE, actor=BO).indicators
    assert {each.read.source for each in found.readings} == {"a report"}


def test_an_entry_of_a_newer_version_is_told_as_such(kb: KnowledgeBase) -> None:
    with kb.records() as records:
        records.journal.append(StoredEntry(STREAM, PRACTICE, 1, "ela", "2026-11-22T10:00:00+00:00", "measured", "{}", False))

    with pytest.raises(UnusableRecords, match=r"An entry of monitoring \(measured\) is of a newer version"):
        viewing.monitoring(kb, PRACTICE, actor=BO)


def test_what_was_monitored_is_there_and_can_be_ended_after_its_sheet_was_removed(kb: KnowledgeBase) -> None:
    changing.set_indicator(kb, PRACTICE, FORM, actor=BO)
    number = add(kb, "2020-05-01", "8")
    (kb.practices.folder / f"{PRACTICE}.yaml").unlink()
    assert [each.key for each in viewing.overdue(kb, actor=BO)] == ["hives"]

    changing.withdraw_reading(kb, PRACTICE, number, why="a slip", actor=BO)
    changing.end_indicator(kb, PRACTICE, "hives", why="The practice is gone.", actor=BO)
    assert viewing.overdue(kb, actor=BO) == []
    (found,) = viewing.monitoring(kb, PRACTICE, actor=BO).indicators
    assert found.ended is not None
    assert tables.export(kb, PRACTICE, TableFormat.CSV, actor=BO).content
    with pytest.raises(NotFound):
        add(kb, "2021-05-01", "9")


def test_of_a_practice_that_is_not_there_nothing_is_told(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound):
        viewing.monitoring(kb, "no-such-practice", actor=BO)
    with pytest.raises(NotFound):
        tables.export(kb, "no-such-practice", TableFormat.CSV, actor=BO)
    assert viewing.monitoring(kb, PRACTICE, actor=BO).indicators == ()
    assert viewing.monitored(kb, actor=BO) == []
