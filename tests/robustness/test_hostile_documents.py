"""Documents made to hurt: each is refused or read, within seconds and the sandbox's memory, and the batch goes on."""

import io
import zipfile
import zlib

import docx
import pytest
from processor_time import PATIENCE_S, processor_s

from kb.adapters.sandbox import SandboxedReader
from kb.errors import ReadError

LIMIT_S = 10.0  # of the processor
CONTENT_TYPES = "[Content_Types].xml"


@pytest.fixture(scope="module")
def reader():
    with SandboxedReader(timeout_s=PATIENCE_S) as reader:
        yield reader


def outcome(reader, path, data):
    """What came of reading ``data``: the reading, or the refusal."""
    path.write_bytes(data)
    before_s = processor_s(reader)
    try:
        return reader.read(path)
    except ReadError as refusal:
        return refusal
    finally:
        assert processor_s(reader) - before_s < LIMIT_S


def archive(members, *, compression=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as into:
        for name, content in members.items():
            into.writestr(name, content)
    return data.getvalue()


def word(document, **more):
    """A Word file with this document part."""
    return archive({CONTENT_TYPES: "<Types/>", "word/document.xml": document, **more})


def test_a_zip_bomb_is_refused_by_its_directory(reader, tmp_path):
    refusal = outcome(reader, tmp_path / "a.docx", word(b"\0" * (300 << 20)))

    assert "unpacks to 300 MB" in str(refusal)


def test_a_member_that_unfolds_two_hundred_times_is_refused(reader, tmp_path):
    assert "times its size" in str(outcome(reader, tmp_path / "a.docx", word(b" " * (20 << 20))))


def test_a_directory_that_lies_is_found_out_while_unpacking(reader, tmp_path):
    data = bytearray(word(b" " * (9 << 20)))
    real, lie = (9 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    data = data.replace(real, lie)

    assert isinstance(outcome(reader, tmp_path / "a.docx", bytes(data)), ReadError)


def test_an_archive_of_very_many_members_is_refused(reader, tmp_path):
    members = {f"word/{number}.xml": "" for number in range(5_001)}

    assert "members" in str(outcome(reader, tmp_path / "a.docx", archive({CONTENT_TYPES: "", **members})))


def test_an_archive_inside_the_document_is_refused(reader, tmp_path):
    assert "an archive inside" in str(outcome(reader, tmp_path / "a.docx", word("<x/>", **{"word/media/x.zip": "PK"})))


def test_an_embedded_workbook_is_no_nested_archive(reader, tmp_path):
    document = docx.Document()
    document.add_paragraph("Text beside a chart.")
    data = io.BytesIO()
    document.save(data)
    with zipfile.ZipFile(data, "a") as into:
        into.writestr("word/embeddings/chart.xlsx", b"PK")

    assert outcome(reader, tmp_path / "a.docx", data.getvalue()).blocks[0].text == "Text beside a chart."


def test_a_million_paragraphs_are_refused_or_read_in_time(reader, tmp_path):
    paragraph = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    start = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'

    answer = outcome(reader, tmp_path / "a.docx", word(start + paragraph * 1_000_000 + b"</w:body></w:document>"))

    assert "times its size" in str(answer)


def test_two_hundred_thousand_real_paragraphs_are_read(reader, tmp_path):
    start = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    paragraphs = b"".join(b"<w:p><w:r><w:t>word %d</w:t></w:r></w:p>" % number for number in range(200_000))

    assert len(outcome(reader, tmp_path / "a.docx", word(start + paragraphs + b"</w:body></w:document>")).blocks) == 200_000


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/evil.dtd">',
    ],
    ids=["billion laughs", "external entity", "external dtd"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_a_doctype_is_refused_in_any_encoding(reader, tmp_path, doctype, encoding):
    document = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<d>&x;</d>'.encode(encoding)

    assert "DOCTYPE" in str(outcome(reader, tmp_path / "a.docx", word(document)))


def test_a_workbook_with_entities_never_reaches_its_library(reader, tmp_path):
    data = archive({CONTENT_TYPES: '<!DOCTYPE d [<!ENTITY a "x">]><d>&a;</d>', "xl/workbook.xml": "<x/>"})

    assert "DOCTYPE" in str(outcome(reader, tmp_path / "a.xlsx", data))


def test_an_entity_in_a_web_page_opens_no_file(reader, tmp_path):
    page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>Before &x; after</p></html>'

    assert "root:" not in str(outcome(reader, tmp_path / "a.html", page))


def flate_bomb(size):
    """A one-page PDF whose content stream unfolds to ``size`` bytes of spaces."""
    stream = zlib.compress(b" " * size, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    return (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, part) for n, part in enumerate(parts, 1))
        + b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def test_a_pdf_that_unfolds_to_400_mb_does_not_take_the_batch_along(reader, tmp_path):
    answer = outcome(reader, tmp_path / "a.pdf", flate_bomb(400 << 20))

    assert isinstance(answer, ReadError)
    assert outcome(reader, tmp_path / "b.txt", b"next").blocks


def test_200_000_nested_elements_lose_no_text(reader, tmp_path):
    page = b"<html><title>Deep</title>" + b"<div>" * 200_000 + b"the bottom" + b"</div>" * 200_000

    assert outcome(reader, tmp_path / "a.html", page).blocks[-1].text == "the bottom"


def test_nested_xml_is_refused(reader, tmp_path):
    assert isinstance(outcome(reader, tmp_path / "a.docx", word(b"<a>" * 100_000 + b"</a>" * 100_000)), ReadError)


def test_an_alias_bomb_in_front_matter_is_ignored_and_the_text_read(reader, tmp_path):
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )

    reading = outcome(reader, tmp_path / "a.md", f"---\n{bomb}---\nThe text.".encode())

    assert reading.blocks[0].text == "The text."
    assert "anchors" in reading.remarks[0]


def test_a_hundred_thousand_brackets_take_two_seconds_at_most(reader, tmp_path):
    before_s = processor_s(reader)

    assert outcome(reader, tmp_path / "a.md", b"[" * 100_000).blocks
    assert processor_s(reader) - before_s < 2


def test_a_page_named_pdf_is_read_as_what_it_is(reader, tmp_path):
    reading = outcome(reader, tmp_path / "a.pdf", b"<!doctype html><p>Words</p>")

    assert reading.media_type == "text/html"
    assert "HTML" in reading.remarks[0]


def test_a_million_columns_and_a_million_letters_in_a_word_end(reader, tmp_path):
    assert outcome(reader, tmp_path / "a.csv", b"," * 1_000_000 + b"x\n" * 3)
    assert outcome(reader, tmp_path / "a.txt", b"x" * 1_000_000).blocks


def test_strange_characters_come_out_clean(reader, tmp_path):
    text = "a\0b \u202egnp.exe \ue000 é" + "\u0301" * 10_000

    words = outcome(reader, tmp_path / "a.txt", text.encode()).blocks[0].text

    assert words.startswith("ab gnp.exe")
    assert len(words) < 60


def test_very_long_text_is_cut_with_a_remark(reader, tmp_path):
    reading = outcome(reader, tmp_path / "a.txt", (b"one line of text and then some more " * 10 + b"\n\n") * 60_000)

    assert sum(len(block.text) for block in reading.blocks) <= 20_000_000
    assert "first 20 million characters" in reading.remarks[-1]
