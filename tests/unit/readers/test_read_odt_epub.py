"""OpenDocument texts and books."""

import io
import zipfile

import pytest
from odf.opendocument import OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import H, LineBreak, List, ListItem, Note, NoteBody, P

from kb.adapters.readers import epub, odt
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind

CONTAINER = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>Commons</dc:title>
<dc:creator>Ana Lopes</dc:creator><dc:creator>Jan Novák</dc:creator><dc:language>en-GB</dc:language></metadata>
<manifest><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="one%20a.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""


def book(**more):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OPS/book.opf", PACKAGE)
        archive.writestr("OPS/nav.xhtml", "<html><body><p>Contents</p></body></html>")
        archive.writestr("OPS/one a.xhtml", "<!DOCTYPE html><html><body><h1>Land</h1><p>Held in common.</p></body></html>")
        archive.writestr("OPS/two.xhtml", "<html><head><title>Water</title></head><body><p>Shared by turns.</p></body></html>")
        for name, text in more.items():
            archive.writestr(name, text)
    return data.getvalue()


def test_chapters_come_in_spine_order_under_a_heading_each():
    reading = epub.read(book())

    assert [(block.kind, block.text) for block in reading.blocks] == [
        (BlockKind.HEADING, "Land"),
        (BlockKind.PARAGRAPH, "Held in common."),
        (BlockKind.HEADING, "Water"),
        (BlockKind.PARAGRAPH, "Shared by turns."),
    ]
    assert reading.n_pages == 0
    assert reading.metadata.authors == ("Ana Lopes", "Jan Novák")
    assert reading.metadata.language == "en"


def test_a_book_with_drm_is_encrypted():
    encryption = '<encryption><EncryptedData><CipherReference URI="OPS/two.xhtml"/></EncryptedData></encryption>'

    with pytest.raises(ReadError) as refusal:
        epub.read(book(**{"META-INF/encryption.xml": encryption}))

    assert refusal.value.state == "encrypted"


def test_an_open_document_is_read_in_order():
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=2, text="Ziele"))
    paragraph = P(text="Erstens")
    paragraph.addElement(LineBreak())
    paragraph.addText("zweitens")
    note = Note(noteclass="footnote")
    body = NoteBody()
    body.addElement(P(text="Quelle"))
    note.addElement(body)
    paragraph.addElement(note)
    document.text.addElement(paragraph)
    listed = List()
    item = ListItem()
    item.addElement(P(text="Punkt"))
    listed.addElement(item)
    document.text.addElement(listed)
    table = Table()
    for cells in (("Name", "Ort"), ("CDI", "Lima")):
        row = TableRow()
        for text in cells:
            cell = TableCell()
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.text.addElement(table)
    data = io.BytesIO()
    document.write(data)

    assert [(block.kind, block.text, block.level) for block in odt.read(data.getvalue()).blocks] == [
        (BlockKind.HEADING, "Ziele", 2),
        (BlockKind.PARAGRAPH, "Erstens\nzweitens", 0),
        (BlockKind.NOTE, "Quelle", 0),
        (BlockKind.LIST_ITEM, "Punkt", 0),
        (BlockKind.TABLE, "Name: CDI | Ort: Lima", 0),
    ]
