"""Tables in and out: any CSV is read, and what is written is never computed by a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.adapters.table_files import MAX_CELL_CHARS, TableFiles
from kb.errors import ReadError
from kb.services.tables import Cell, TableFormat

HEADS = ("question",)
QUESTIONS = ["Wie überträgt man eine Übung?", "What, when and why?", "Où; et comment ?", 'Say "how"\nin two lines']


def read(content: bytes) -> list[list[str]]:
    return TableFiles().read(content, HEADS)


def written_csv(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    content = TableFiles().write(rows, TableFormat.CSV)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_any_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    rows = [["id", "question"], *([str(at), question] for at, question in enumerate(QUESTIONS))]
    table = io.StringIO(newline="")
    csv.writer(table, delimiter=delimiter).writerows(rows)

    assert read(table.getvalue().encode(encoding)) == rows


@pytest.mark.parametrize("head", ["question\n", ""])
def test_a_comma_in_a_plain_list_is_a_comma_of_the_sentence(head: str) -> None:
    listed = ["What, when?", "Who, where?", "Why, how?"]

    assert read((head + "\n".join(listed)).encode()) == [*([["question"]] if head else []), *([each] for each in listed)]


def test_a_table_without_names_is_cut_where_every_line_is_cut() -> None:
    assert read(b"Why so?;1\nWho, then?;2\nHow?;3\n") == [["Why so?", "1"], ["Who, then?", "2"], ["How?", "3"]]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        rows = read(content)
    except ReadError:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row)


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "=cmd|' /C calc'!A0",
    "#REF!",
    "a\x00\x1fb",
    "\ud800x",
    "\ufffe",
]


@given(st.lists(st.lists(st.text() | st.integers(-9, 9) | st.none(), min_size=1, max_size=4), min_size=1, max_size=4))
@example([HOSTILE])
@settings(deadline=None, max_examples=60)
def test_no_cell_is_computed_and_the_file_opens(rows: list[list[Cell]]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(TableFiles().write(rows, TableFormat.XLSX))).active
    from_xlsx = [cell for row in sheet.iter_rows() for cell in row]
    from_csv = [cell for row in written_csv(rows) for cell in row]

    assert {cell.data_type for cell in from_xlsx} <= {"s", "n", "inlineStr"}
    texts = [str(cell.value) for cell in from_xlsx if cell.data_type != "n"]
    numbers = {str(cell) for row in rows for cell in row if isinstance(cell, int)}
    for text in (*texts, *(cell for cell in from_csv if cell not in numbers)):
        assert not text.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


def test_numbers_stay_numbers_and_texts_stay_whole() -> None:
    rows: list[list[Cell]] = [["n", "text"], [-0.5, "as it is"], [None, "x" * 40_000], [3, "two\nlines"]]

    sheet = openpyxl.load_workbook(io.BytesIO(TableFiles().write(rows, TableFormat.XLSX))).active

    assert [[cell.value for cell in row] for row in sheet.iter_rows()][1] == [-0.5, "as it is"]
    assert sheet["B3"].value == "x" * (MAX_CELL_CHARS - 1)  # room for an apostrophe
    assert written_csv(rows)[1] == ["-0.5", "as it is"]
    assert written_csv(rows)[3] == ["3", "two\nlines"]


def test_a_workbook_holds_no_link_macro_or_outside_part() -> None:
    content = TableFiles().write([["a"], ["https://x.test/?=1"]], TableFormat.XLSX)

    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not [name for name in names if "external" in name.lower() or "vba" in name.lower() or "sheet1.xml.rels" in name]
