"""Word documents: headings by style and outline level, tables in place, notes after their paragraph."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from kb.adapters.readers.docx import read
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document):
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def texts(document):
    return [block.text for block in read(saved(document)).blocks]


def rewritten(data, **parts):
    """The archive with each part passed through a function of its bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, parts.get("every", lambda part: part)(source.read(name)))
    return out.getvalue()


@pytest.fixture
def report():
    document = docx.Document()
    document.core_properties.title = "Peer review"
    document.core_properties.author = "Ana Lopes; Jan Novák"
    document.sections[0].header.paragraphs[0].text = "RUNNING HEADER"
    document.add_heading("Peer review", 0)
    document.add_heading("Why", 1)
    document.add_paragraph("Because it works.")
    document.add_paragraph("first", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Name", "City", "CDI", "Lima"), strict=True):
        cell.text = text
    document.add_heading("How", 2)
    document.add_paragraph("In three steps.")
    return document


def test_blocks_come_in_reading_order_with_kind_and_level(report):
    assert [(block.kind, block.text, block.level) for block in read(saved(report)).blocks] == [
        (BlockKind.HEADING, "Peer review", 1),
        (BlockKind.HEADING, "Why", 1),
        (BlockKind.PARAGRAPH, "Because it works.", 0),
        (BlockKind.LIST_ITEM, "first", 0),
        (BlockKind.TABLE, "Name: CDI | City: Lima", 0),
        (BlockKind.HEADING, "How", 2),
        (BlockKind.PARAGRAPH, "In three steps.", 0),
    ]


def test_properties_are_metadata_but_a_programs_default_is_not(report):
    assert read(saved(report)).metadata.authors == ("Ana Lopes", "Jan Novák")
    assert read(saved(docx_with_words())).metadata.authors == ()


def docx_with_words(text="Words."):
    document = docx.Document()
    document.add_paragraph(text)
    return document


def test_headers_and_footers_are_left_out(report):
    assert "RUNNING HEADER" not in "".join(texts(report))


def test_a_style_is_a_heading_by_its_outline_level_whatever_its_name():
    document = docx_with_words("Kapitel")
    style = document.styles.add_style("Mein Stil", 1)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="2"/>'))
    document.paragraphs[0].style = style

    assert [(block.kind, block.level) for block in read(saved(document)).blocks] == [(BlockKind.HEADING, 3)]


@pytest.mark.parametrize("name", ["Überschrift 2", "Titre 2", "Título 2", "Заголовок 2", "Επικεφαλίδα 2"])
def test_heading_styles_are_known_in_other_languages(name):
    document = docx_with_words("Text")
    document.paragraphs[0].style = document.styles.add_style(name, 1)

    assert read(saved(document)).blocks[0].level == 2


def test_bold_lines_are_headings_only_where_there_are_no_others(report):
    bold = docx_with_words("Body text of the document.")
    bold.add_paragraph().add_run("A bold line").bold = True
    report.add_paragraph().add_run("A bold line").bold = True

    assert read(saved(bold)).blocks[-1].kind is BlockKind.HEADING
    assert read(saved(report)).blocks[-1].kind is BlockKind.PARAGRAPH


def test_insertions_count_and_deletions_do_not():
    document = docx_with_words("kept ")
    paragraph = document.paragraphs[0]._p
    paragraph.append(parse_xml(f"<w:ins {W}><w:r><w:t>added</w:t></w:r></w:ins>"))
    paragraph.append(parse_xml(f"<w:del {W}><w:r><w:delText>removed</w:delText></w:r></w:del>"))

    assert texts(document) == ["kept added"]


def test_text_boxes_and_content_controls_are_read_once():
    document = docx_with_words("anchor")
    box = (
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document.paragraphs[0]._p.append(parse_xml(box))
    control = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>in the control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.paragraphs[0]._p.addnext(parse_xml(control))

    assert texts(document) == ["anchor", "in the box", "in the control"]


def test_a_frame_made_of_a_table_is_text():
    document = docx_with_words("before")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "framed"

    assert [block.kind for block in read(saved(document)).blocks] == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_footnotes_follow_the_paragraph_that_refers_to_them():
    document = docx_with_words("Claim")
    document.paragraphs[0]._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    document.add_paragraph("Next")
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Source</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part = Part(PackURI("/word/footnotes.xml"), "application/xml", notes.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")

    assert [(block.kind, block.text) for block in read(saved(document)).blocks] == [
        (BlockKind.PARAGRAPH, "Claim"),
        (BlockKind.NOTE, "Source"),
        (BlockKind.PARAGRAPH, "Next"),
    ]


def test_an_iso_strict_document_reads_like_a_transitional_one(report):
    data = saved(report)
    strict = rewritten(
        data,
        every=lambda part: part.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )

    assert strict != data
    assert read(strict).blocks == read(data).blocks


def test_merged_cells_are_read_once():
    document = docx_with_words("x")
    table = document.add_table(rows=3, cols=2)
    for at, row in enumerate(table.rows):
        row.cells[0].text, row.cells[1].text = f"a{at}", f"b{at}"
    table.cell(1, 0)._tc.get_or_add_tcPr().append(parse_xml(f'<w:vMerge {W} w:val="restart"/>'))
    table.cell(2, 0)._tc.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {W}/>"))

    assert "a2" not in texts(document)[1]


def test_a_document_of_pictures_is_no_text():
    document = docx.Document()
    body = document.element.body
    for paragraph in body.findall(qn("w:p")):
        body.remove(paragraph)

    with pytest.raises(ReadError) as refusal:
        read(saved(document))

    assert refusal.value.state == "no_text"
