"""Readings in the rows of a table: all that is wrong is found, row by row, before any is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.peers.days import fault_of_day
from kb.peers.monitoring.events import ReadingAdded
from kb.peers.monitoring.flaws import fault_of_number, read_reading
from kb.peers.monitoring.folding import Monitoring
from kb.peers.monitoring.indicator import Indicator
from kb.peers.monitoring.reading import folded, same
from kb.peers.raw_values import instead

MAX_ROWS = 2_000
NEEDED = ("indicator", "date", "value", "source")
OPTIONAL = ("scope", "note", "unit")
PASSED_OVER = ("practice", "title", "member", "entered_at", "withdrawn", "demonstration")  # an export has them, too
COLUMNS = (*NEEDED, *OPTIONAL, *PASSED_OVER)
HEADS = NEEDED[:1]
_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n＝＋－＠])")  # what an export puts before a cell that begins like a formula
_BROKEN = "has a line break; perhaps a quotation mark before it is never closed"  # then it has swallowed rows

Identity = tuple[str, str, str, str]  # key, date, scope, source: one reading each


@dataclass(frozen=True)
class RowFault:
    """Something that has to be mended before the table is taken.

    Attributes:
        line: row of the table, from 1 as a spreadsheet counts.
        column: in which it is; empty for the whole row.
        sentence: what was found and what is wanted, as a clause.
    """

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.column}: {self.sentence}" if self.column else f"line {self.line}: {self.sentence}"


@dataclass(frozen=True)
class Readings:
    """A table as it was read.

    Attributes:
        rows: line and reading of every row without a fault.
        faults: by line. If there is one, nothing is taken.
    """

    rows: tuple[tuple[int, ReadingAdded], ...] = ()
    faults: tuple[RowFault, ...] = ()


def read_readings(table: Sequence[Sequence[str]], monitoring: Monitoring, *, today: str) -> Readings:
    """Every row that is not blank is a reading; the first one names the columns.

    Args:
        monitoring: of the practice: its indicators, and the readings that are there.
        today: ISO date; a reading of a later day is a fault.
    """
    filled = [(line, [_cell(cell) for cell in cells]) for line, cells in enumerate(table, start=1) if any(map(str.strip, cells))]
    if not filled:
        return Readings(faults=(RowFault(1, "", f"the table is empty; wanted are the columns {', '.join(NEEDED)}"),))
    (first, heads), *rows = filled
    names = [cell.casefold() for cell in heads]
    faults = [RowFault(first, "", sentence) for sentence in _faults_of_heads(names)]
    if len(rows) > MAX_ROWS:
        faults.append(RowFault(rows[MAX_ROWS][0], "", f"the table has {len(rows)} readings; at most {MAX_ROWS} are taken at once"))
    if not rows:
        faults.append(RowFault(first, "", "there is no reading below the names of the columns"))
    if faults:
        return Readings(faults=tuple(faults))
    taken, there = [], {identity(each.read) for one in monitoring.indicators for each in one.readings if each.withdrawn is None}
    seen: dict[Identity, int] = {}
    for line, cells in rows:
        reading, found = _row(names, cells, monitoring, today)
        wrong = [RowFault(line, column, sentence) for column, sentence in found]
        if reading:
            key = identity(reading)
            if key in there:
                wrong.append(RowFault(line, "", already(reading)))
            elif key in seen:
                wrong.append(RowFault(line, "", f"is the reading of line {seen[key]} once more"))
            seen.setdefault(key, line)
            taken.append((line, reading))
        faults += wrong
    return Readings(tuple(taken), tuple(faults))


def identity(reading: ReadingAdded) -> Identity:
    """By which two readings are one: another value of the same source would be a correction, which is entered as such."""
    return reading.key, reading.date, folded(reading.scope), folded(reading.source)


def already(reading: ReadingAdded) -> str:
    """Of a reading that is there, as a clause."""
    return f"there is a reading of {reading.key} for {reading.date} from this source already; withdraw that one first"


def _cell(cell: str) -> str:
    return _GUARDED.sub("", cell.strip(), count=1)


def _faults_of_heads(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if name not in COLUMNS:
            said = f"“{name[:40]}”" if name else "a column without a name"
            yield f"{said} is no column that is known; {instead(name, COLUMNS[: -len(PASSED_OVER)])}"
    for name in dict.fromkeys(names):
        if names.count(name) > 1 and name:
            yield f"the column {name[:40]} is there {names.count(name)} times"
    if absent := [name for name in NEEDED if name not in names]:
        yield f"the column{'s' * (len(absent) > 1)} {', '.join(absent)} {'are' if len(absent) > 1 else 'is'} not there"


def _row(
    names: Sequence[str], cells: Sequence[str], monitoring: Monitoring, today: str
) -> tuple[ReadingAdded | None, list[tuple[str, str]]]:
    """A reading, or what is wrong with it: column and clause."""
    if len(cells) > len(names) and any(cells[len(names) :]):
        sentence = f"has {len(cells)} cells, and there are {len(names)} columns; a cell with a comma or semicolon needs quotes"
        return None, [("", sentence)]
    given = dict(zip(names, cells, strict=False))  # a row may be shorter than the first
    found = [(name, "is blank") for name in NEEDED if not given.get(name)]
    found += [(name, _BROKEN) for name in (*NEEDED, "scope", "unit") if len(given.get(name, "").splitlines()) > 1]
    found += [(name, sentence) for name, sentence in _faults_of_cells(given, monitoring, today) if given.get(name)]
    if found:
        return None, found
    fields = {name: given[name] for name in ("date", "value", "source", "scope", "note") if given.get(name)}
    reading, flaws = read_reading({"key": given["indicator"], **fields})
    return reading, [(str(flaw.place[0]), flaw.sentence) for flaw in flaws]


def _faults_of_cells(given: Mapping[str, str], monitoring: Monitoring, today: str) -> Iterator[tuple[str, str]]:
    key = given.get("indicator", "")
    followed = monitoring.followed(key)
    if followed is None:
        keys = [each.indicator.key for each in monitoring.indicators]
        yield "indicator", f"there is no indicator “{key[:40]}”; {instead(key, keys)}"
    else:
        if followed.ended:
            yield "indicator", f"the indicator {key} was ended; no reading is awaited"
        yield from _faults_of_unit(given.get("unit", ""), followed.indicator)
    if given.get("practice", monitoring.practice) not in ("", monitoring.practice):
        yield "practice", f"is of another practice; these are readings of {monitoring.practice}"
    if given.get("withdrawn"):
        yield "withdrawn", "the reading was withdrawn; take its row out"
    day = given.get("date", "")
    if fault := fault_of_day(day):
        yield "date", fault
    elif day > today:
        yield "date", f"{day} has not come yet"
    if fault := fault_of_number(given.get("value", "")):
        yield "value", fault


def _faults_of_unit(unit: str, indicator: Indicator) -> Iterator[tuple[str, str]]:
    if unit and not same(unit, indicator.unit):
        yield "unit", f"“{unit[:40]}” is not the unit of {indicator.key}, which is {indicator.unit}"
