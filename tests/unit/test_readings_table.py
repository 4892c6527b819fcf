"""Readings in a table: every fault by line, and all or none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.adapters.table_files import TableFiles
from kb.peers.monitoring.events import Event, IndicatorEnded, IndicatorSet, ReadingAdded, ReadingWithdrawn
from kb.peers.monitoring.folding import Monitoring, fold
from kb.peers.monitoring.indicator import Indicator
from kb.peers.monitoring.readings_table import HEADS, MAX_ROWS, Readings, read_readings
from kb.services.tables import TableFormat

TODAY = "2026-11-22"
HEAD = ["indicator", "date", "value", "source", "scope", "note"]


def indicator(key: str, unit: str = "people") -> Indicator:
    return Indicator(key=key, title=key.title(), definition="Counted.", unit=unit, direction="up", frequency="yearly",
                     responsible="SEWA", first_due="2026-12-31")  # fmt: skip


def monitoring() -> Monitoring:
    bodies = [
        IndicatorSet(indicator=indicator("members")),
        IndicatorSet(indicator=indicator("hives", "hives")),
        IndicatorSet(indicator=indicator("wages", "euros")),
        IndicatorEnded(key="wages", why="nobody tells"),
        ReadingAdded(key="members", date="2026-03-31", value=120, source="Report"),
        ReadingAdded(key="members", date="2026-06-30", value=130, source="Report"),
        ReadingWithdrawn(seq=6, why="a mistake"),
    ]
    events = [Event(seq, "ela", "2026-11-01T10:00:00+00:00", body) for seq, body in enumerate(bodies, 1)]
    return fold("bees", events, today=TODAY)


def checked(*rows: list[str], head: list[str] | None = None) -> Readings:
    return read_readings([head or HEAD, *rows], monitoring(), today=TODAY)


def told(*rows: list[str], head: list[str] | None = None) -> list[str]:
    return [str(fault) for fault in checked(*rows, head=head).faults]


def of_file(text: str) -> Readings:
    return read_readings(TableFiles().read(text.encode("utf-8"), HEADS), monitoring(), today=TODAY)


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_rows_unseen() -> None:
    text = 'indicator,date,value,source\nmembers,2026-09-30,140,"Report\nmembers,2026-10-31,150,Report\nhives,2026-10-31,4,Report\n'

    assert list(map(str, of_file(text).faults)) == [
        "line 2: source: has a line break; perhaps a quotation mark before it is never closed"
    ]
    assert of_file('indicator,date,value,source,note\nhives,2026-10-31,4,Report,"first\nsecond"\n').faults == ()


def test_rows_become_readings() -> None:
    found = checked(
        ["members", "2026-09-30", "140", "Report", "", ""],
        ["", "", "", "", "", ""],
        [" hives ", "2026-09-30", " -3.5 ", "Survey", "Goa", "=1+1"],
        ["hives", "2026-10-01", "4", "Survey"],  # a row may be shorter than the first
    )

    assert found.faults == ()
    assert found.rows == (
        (2, ReadingAdded(key="members", date="2026-09-30", value=140, source="Report")),
        (4, ReadingAdded(key="hives", date="2026-09-30", value=-3.5, source="Survey", scope="Goa", note="=1+1")),
        (5, ReadingAdded(key="hives", date="2026-10-01", value=4, source="Survey")),
    )


@pytest.mark.parametrize(
    "text",
    [
        "indicator,date,value,source\nmembers,2026-09-30,140,Report\n",
        "\ufeffIndicator;Date;VALUE;Source\r\nmembers;2026-09-30;140;Report\r\n",
        '"source"\t"value"\t"date"\t"indicator"\n"Report"\t"140"\t"2026-09-30"\t"members"\n',
    ],
)
def test_any_delimiter_order_of_columns_and_byte_order_mark_will_do(text: str) -> None:
    found = of_file(text)

    assert (found.faults, [(each.value, each.source) for _, each in found.rows]) == ((), [(140, "Report")])


def test_every_fault_of_every_row_is_told() -> None:
    assert told(
        ["membrs", "2026-13-01", "1,5", "", "", ""],
        ["members", "2026-11-23", "twelve", "Report", "", ""],
        ["wages", "03/04/2026", "1 200", "Report", "", ""],
        ["members", "2026-09-30", "1e5", "x" * 301, "", "y" * 5001],
    ) == [
        "line 2: source: is blank",
        "line 2: indicator: there is no indicator “membrs”; did you mean “members”?",
        "line 2: date: “2026-13-01” is no date such as 2026-12-31",
        "line 2: value: “1,5” has a comma, which parts thousands in some countries and decimals in others; "
        "wanted is one such as 1200 or 3.5, without spaces or a unit",
        "line 3: date: 2026-11-23 has not come yet",
        "line 3: value: “twelve” is no number; wanted is one such as 1200 or 3.5, without spaces or a unit",
        "line 4: indicator: the indicator wages was ended; no reading is awaited",
        "line 4: date: “03/04/2026” is no date such as 2026-12-31",
        "line 4: value: “1 200” is no number; wanted is one such as 1200 or 3.5, without spaces or a unit",
        "line 5: value: “1e5” is no number; wanted is one such as 1200 or 3.5, without spaces or a unit",
    ]
    assert [each.split(": ")[1] for each in told(["members", "2026-09-30", "1", "x" * 301, "y" * 301, "z" * 5001])] == [
        "note", "scope", "source",
    ]  # fmt: skip


def test_a_reading_that_is_there_or_comes_twice_is_a_fault_and_one_of_another_source_is_none() -> None:
    twice = ["hives", "2026-09-30", "4", "Survey", "Goa", ""]

    assert told(["members", "2026-03-31", "125", " REPORT ", "", ""], twice, [*twice[:2], "5", *twice[3:]]) == [
        "line 2: there is a reading of members for 2026-03-31 from this source already; withdraw that one first",
        "line 4: is the reading of line 3 once more",
    ]
    assert told(["members", "2026-03-31", "125", "Survey", "", ""]) == []
    assert told(["members", "2026-06-30", "131", "Report", "", ""]) == [], "the one that is there was withdrawn"


@pytest.mark.parametrize(
    ("head", "faults"),
    [
        (["indicator", "date", "value"], ["line 1: the column source is not there"]),
        (["indicator", "datum", "value", "source"], ["line 1: “datum” is no column that is known; did you mean “date”?",
                                                     "line 1: the column date is not there"]),
        ([*HEAD, "date"], ["line 1: the column date is there 2 times"]),
        (["members", "2026-09-30", "140"],
         ["line 1: “members” is no column that is known; there are indicator, date, value, source, scope, note, unit",
          "line 1: “2026-09-30” is no column that is known; there are indicator, date, value, source, scope, note, unit",
          "line 1: “140” is no column that is known; there are indicator, date, value, source, scope, note, unit",
          "line 1: the columns indicator, date, value, source are not there"]),
    ],
)  # fmt: skip
def test_columns_that_are_not_as_wanted_are_told_before_any_row(head: list[str], faults: list[str]) -> None:
    assert told(["x", "y", "z"], head=head) == faults


def test_an_empty_table_one_without_rows_and_one_with_too_many_are_told() -> None:
    row = ["members", "2026-09-30", "140", "Report", "", ""]

    assert [str(each) for each in read_readings([], monitoring(), today=TODAY).faults] == [
        "line 1: the table is empty; wanted are the columns indicator, date, value, source"
    ]
    assert told() == ["line 1: there is no reading below the names of the columns"]
    assert told(*([row] * (MAX_ROWS + 1))) == [
        f"line {MAX_ROWS + 2}: the table has {MAX_ROWS + 1} readings; at most {MAX_ROWS} are taken at once"
    ]


def test_a_decimal_comma_between_commas_is_told_as_a_cell_too_many() -> None:
    assert [str(each) for each in of_file("indicator,date,value,source\nmembers,2026-09-30,1,5,Report\n").faults] == [
        "line 2: has 5 cells, and there are 4 columns; a cell with a comma or semicolon needs quotes"
    ]


def test_what_only_an_export_has_is_looked_at_and_not_taken() -> None:
    head = ["practice", "unit", "withdrawn", "member", *HEAD]
    row = ["members", "2026-09-30", "140", "Report", "", ""]

    assert told(["bees", "People", "", "bo", *row], ["", "", "", "", "hives", *row[1:]], head=head) == []
    assert told(["wasps", "euros", "2026-11-01, ela: wrong", "bo", *row], head=head) == [
        "line 2: unit: “euros” is not the unit of members, which is people",
        "line 2: practice: is of another practice; these are readings of bees",
        "line 2: withdrawn: the reading was withdrawn; take its row out",
    ]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp"]), min_size=1, max_size=30)
HOSTILE = st.one_of(WORDS, st.tuples(st.sampled_from("=+-@＝"), WORDS).map("".join))
ROWS = st.lists(st.tuples(st.integers(1, 28), st.floats(-1e9, 1e9).map(lambda v: round(v, 2)), HOSTILE, HOSTILE), max_size=6)


@settings(deadline=None)  # the first file that is read loads what tells encodings apart
@given(ROWS)
def test_what_was_written_safely_is_read_as_it_was_meant(rows: list[tuple[int, float, str, str]]) -> None:
    """A cell that begins like a formula gets an apostrophe in the file, and loses it again."""
    table = [HEAD, *(["hives", f"2026-10-{day:02}", value, f"{n} {source}", note, note] for n, (day, value, source, note)
                     in enumerate(rows))]  # fmt: skip
    content = TableFiles().write(table, TableFormat.CSV)
    found = read_readings(TableFiles().read(content, HEADS), monitoring(), today=TODAY)

    if rows:
        assert found.faults == ()
    for n, ((_, read), (_, value, source, note)) in enumerate(zip(found.rows, rows, strict=True)):
        assert math.isclose(read.value, value, abs_tol=0.001)
        assert read.source.split() == f"{n} {source}".split()
        assert read.note == note.strip()


@given(st.lists(st.lists(HOSTILE, max_size=7), max_size=5))
def test_whatever_a_table_holds_it_is_told_by_line_and_nothing_is_taken_unseen(rows: list[list[str]]) -> None:
    found = checked(*rows)

    assert all(1 <= fault.line <= len(rows) + 1 for fault in found.faults)
    assert found.rows == (), "none of these names an indicator"
    assert bool(found.faults)
