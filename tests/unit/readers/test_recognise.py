"""A file is what it holds, not what it is called."""

import io
import zipfile

import pytest

from kb.adapters.readers import read_file
from kb.adapters.readers.sniff import Kind, recognise
from kb.errors import ReadError


def zipped(**members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        (b"%PDF-1.7\n", ".txt", Kind.PDF),
        (b"junk\n%PDF-1.4\n", "", Kind.PDF),
        (b"<!DOCTYPE html><html><body>x</body></html>", ".pdf", Kind.HTML),
        (b"\xef\xbb\xbf<html lang='fr'>", ".docx", Kind.HTML),
        (b'<?xml version="1.0"?>\n<!-- x --><html>', ".xml", Kind.HTML),
        (b"# Title\n", ".md", Kind.MARKDOWN),
        (b"a,b\n1,2\n", ".csv", Kind.CSV),
        (b"plain words", ".txt", Kind.TEXT),
        (b"plain words", "", Kind.TEXT),
        ("größer".encode("utf-16"), ".txt", Kind.TEXT),
        ("grosser Name".encode("utf-16-le"), ".txt", Kind.TEXT),
    ],
)
def test_kind_is_told_from_content_and_suffix_only_among_texts(data, suffix, kind):
    assert recognise(data, suffix) is kind


@pytest.mark.parametrize(("folder", "kind"), [("word", Kind.DOCX), ("ppt", Kind.PPTX), ("xl", Kind.XLSX)])
def test_office_files_are_told_by_their_members(folder, kind):
    assert recognise(zipped(**{"[Content_Types].xml": "x", f"{folder}/x.xml": "x"}), ".pdf") is kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "blank"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image"),
        (b"\xff\xd8\xff\xe0\0", "image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "SVG"),
        (b"{\\rtf1 x}", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "save it as .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "save it as .xlsx"),
        (bytes(range(256)) * 20, "binary"),
        (zipped(notes__txt="x"), "ZIP"),
    ],
)
def test_what_is_not_read_says_what_it_is_and_what_to_do(data, words):
    with pytest.raises(ReadError, match=words) as refusal:
        recognise(data, ".pdf")

    assert refusal.value.state == "unsupported"


def test_an_office_file_with_a_password_is_encrypted():
    with pytest.raises(ReadError, match="password") as refusal:
        recognise(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), ".docx")

    assert refusal.value.state == "encrypted"


def test_a_wrong_suffix_is_remarked(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_text("<html><title>T</title><p>Words of a page.</p></html>")

    reading = read_file(path)

    assert reading.media_type == "text/html"
    assert reading.remarks == ("Named .pdf, but holds HTML; read as that.",)
