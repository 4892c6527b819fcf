"""Rows say what their cells mean, wherever a passage begins."""

import io

import openpyxl
import pytest

from kb.adapters.readers import tables, xlsx
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return book, data.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(delimiter):
    data = f"Region{delimiter}Members\nBrussels{delimiter}26\n".encode()

    assert tables.read(data).blocks[0].text == "Region: Brussels | Members: 26"


def test_quoted_cells_may_hold_delimiters_and_line_ends():
    data = b'Name,Note\nSEWA,"founded 1972,\nin Ahmedabad"\n'

    assert tables.read(data).blocks[0].text == "Name: SEWA | Note: founded 1972, in Ahmedabad"


def test_empty_cells_are_left_out():
    assert tables.read(b"A name,B name,C name\nx,,z\n").blocks[0].text == "A name: x | C name: z"


def test_without_a_clear_header_cells_are_joined():
    assert tables.read(b"1,2\n3,4\n").blocks[0].text == "1 | 2\n3 | 4"


def test_long_tables_are_cut_every_twenty_rows_and_no_row_is_lost():
    data = "Name,Value\n" + "\n".join(f"row{i},{i}" for i in range(50))

    blocks = tables.read(data.encode()).blocks

    assert [len(block.text.split("\n")) for block in blocks] == [20, 20, 10]
    assert {block.kind for block in blocks} == {BlockKind.TABLE}
    assert blocks[2].text.endswith("Name: row49 | Value: 49")


def test_lines_above_the_header_are_a_paragraph():
    blocks = tables.read(b"Members of the partnership,,\nName,City,Country\nA,Brno,CZ\n").blocks

    assert blocks[0].text == "Members of the partnership"
    assert blocks[1].text == "Name: A | City: Brno | Country: CZ"


def test_each_sheet_is_a_page_with_its_name_as_label():
    _, data = workbook(Members=[["Name", "City"], ["CDI", "Lima"]], Costs=[["Item", "Euro"], ["Travel", 300.0]])

    reading = xlsx.read(data)

    tables_read = [block for block in reading.blocks if block.kind is BlockKind.TABLE]
    assert reading.n_pages == 2
    assert [(block.page, block.page_label) for block in tables_read] == [(1, "Members"), (2, "Costs")]
    assert tables_read[1].text == "Item: Travel | Euro: 300"
    assert reading.blocks[0].kind is BlockKind.HEADING


def test_hidden_sheets_are_left_out_and_said():
    book, _ = workbook(Open=[["a", "b"], ["c", "d"]], Secret=[["x", "y"], ["z", "w"]])
    book["Secret"].sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)

    reading = xlsx.read(data.getvalue())

    assert "z" not in "".join(block.text for block in reading.blocks)
    assert reading.remarks == ("1 hidden sheet left out.",)


def test_a_strict_workbook_reads_like_a_transitional_one():
    _, data = workbook(Members=[["Name", "City"], ["CDI", "Lima"]])
    strict = rewrite(
        data,
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )

    assert xlsx.read(strict).blocks == xlsx.read(data).blocks


def test_an_empty_workbook_is_no_text():
    with pytest.raises(ReadError) as refusal:
        xlsx.read(workbook(Sheet1=[])[1])

    assert refusal.value.state == "no_text"


def rewrite(data, old, new):
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return out.getvalue()
