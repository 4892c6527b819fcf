"""One suite for everything that reads: the functions themselves, and the same functions behind a process boundary."""

import io

import docx
import openpyxl
import pptx
import pytest
from reportlab.pdfgen import canvas

from kb.adapters.readers import read_file
from kb.adapters.sandbox import SandboxedReader
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind

FRONT_MATTER = "---\ntitle: Café\ncountries: [IT]\nvisibility: members\nchatham_house: yes\nx: y\n---\n"
MARKDOWN = FRONT_MATTER + "# Café\n\nText – with “signs” 協同組合.\n"


class InProcess:
    """The reading functions without a process around them."""

    read = staticmethod(read_file)

    def close(self):
        """Nothing to release."""


@pytest.fixture(scope="module", params=[InProcess, SandboxedReader], ids=["in process", "sandboxed"])
def reader(request):
    reader = request.param()
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    (folder / "a.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "a.html").write_text("<html lang=it><title>Titolo</title><h1>Titolo</h1><p>Testo</p></html>")
    (folder / "a.csv").write_text("Name,City\nCDI,Lima\n")
    (folder / "a.txt").write_text("Words.")
    document = docx.Document()
    document.add_heading("Heading", 1)
    document.add_paragraph("Words.")
    document.save(str(folder / "a.docx"))
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "Title"
    deck.save(str(folder / "a.pptx"))
    book = openpyxl.Workbook()
    book.active.append(["Name", "City"])
    book.active.append(["CDI", "Lima"])
    book.save(folder / "a.xlsx")
    data = io.BytesIO()
    page = canvas.Canvas(data)
    page.drawString(72, 700, "Words on a page.")
    page.save()
    (folder / "a.pdf").write_bytes(data.getvalue())
    return folder


@pytest.mark.parametrize("suffix", ["md", "html", "csv", "txt", "docx", "pptx", "xlsx", "pdf"])
def test_a_file_becomes_blocks_that_keep_the_ports_promises(reader, files, suffix):
    reading = reader.read(files / f"a.{suffix}")

    assert reading.blocks
    assert "/" in reading.media_type
    for block in reading.blocks:
        assert block.text == block.text.strip() != ""
        assert (block.level in range(1, 7)) == (block.kind is BlockKind.HEADING)
        assert (block.page is None) == (reading.n_pages == 0)
        assert block.page is None or 1 <= block.page <= reading.n_pages


@pytest.mark.parametrize("suffix", ["md", "html", "csv", "txt", "docx", "pptx", "xlsx", "pdf"])
def test_every_reader_gives_the_same_reading(reader, files, suffix):
    assert reader.read(files / f"a.{suffix}") == read_file(files / f"a.{suffix}")


def test_metadata_arrives_whole(reader, files):
    metadata = reader.read(files / "a.md").metadata

    assert (metadata.title, metadata.countries, metadata.chatham_house, metadata.other) == ("Café", ("IT",), True, (("x", "y"),))


@pytest.mark.parametrize(
    ("data", "state"),
    [(b"", "unsupported"), (b"%PDF-1.4 cut", "failed"), (b"\x01\x02\xc2\xad", "no_text"), (b"PK\x03\x04 no archive", "failed")],
)
def test_a_refusal_has_a_state_and_a_reason(reader, tmp_path, data, state):
    path = tmp_path / "a.txt"
    path.write_bytes(data)

    with pytest.raises(ReadError, match=r"\w{3}") as refusal:
        reader.read(path)

    assert refusal.value.state == state


def test_a_reader_goes_on_after_a_refusal_and_after_closing(reader, files, tmp_path):
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 cut")
    with pytest.raises(ReadError):
        reader.read(tmp_path / "b.pdf")
    reader.close()

    assert reader.read(files / "a.txt").blocks[0].text == "Words."
