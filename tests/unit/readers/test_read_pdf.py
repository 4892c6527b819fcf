"""PDF: paragraphs as the eye sees them, headings, printed page labels, no running headers."""

import io

import pypdf
import pytest
from pypdf.generic import RectangleObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from kb.adapters.readers.pdf import read
from kb.adapters.readers.pdf_layout import joined
from kb.adapters.readers.pdf_repair import with_new_page_tree
from kb.adapters.readers.pdf_text import HYPHEN, Line
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind

SENTENCES = (
    "The partnership met three times in the first year and always",
    "at another member's place. Each visit lasted two days and had a",
    "host, a critical friend and a note taker.",
)


def pdf(draw, *, pages=1):
    """A PDF whose pages ``draw(canvas, number)`` writes on."""
    data = io.BytesIO()
    page = canvas.Canvas(data, pagesize=A4)
    for number in range(1, pages + 1):
        draw(page, number)
        page.showPage()
    page.save()
    return data.getvalue()


def write(page, lines, *, x=72, y=700, size=10.5, font="Helvetica", leading=14):
    page.setFont(font, size)
    for at, line in enumerate(lines):
        page.drawString(x, y - at * leading, line)


def test_lines_join_into_paragraphs_and_gaps_part_them():
    def draw(page, _):
        write(page, SENTENCES)
        write(page, ("A second paragraph follows.",), y=700 - 14 * 2 - 28)

    assert [block.text for block in read(pdf(draw)).blocks] == [" ".join(SENTENCES), "A second paragraph follows."]


def test_a_word_cut_by_a_line_end_is_whole_again():
    def draw(page, _):
        write(page, ("The members founded a coopera-", "tion of several towns."))

    assert read(pdf(draw)).blocks[0].text == "The members founded a cooperation of several towns."


@pytest.mark.parametrize(
    ("lines", "words", "text"),
    [
        (("self" + HYPHEN, "employed"), {"self-employed"}, "self-employed"),
        (("coopera" + HYPHEN, "tion"), set(), "cooperation"),
        (("Baden" + HYPHEN, "Württemberg"), set(), "Baden-Württemberg"),
        (("Energie-", "und Wasser"), set(), "Energie- und Wasser"),
        (("one", "two"), set(), "one two"),
    ],
)
def test_the_documents_own_words_decide_about_hyphens(lines, words, text):
    assert joined([Line(line, 1) for line in lines], frozenset(words)) == text


def test_larger_and_bold_lines_are_headings_by_rank():
    def draw(page, _):
        write(page, ("Peer learning in practice",), size=20, y=760, font="Helvetica-Bold")
        write(page, ("Why we met",), size=15, y=725, font="Helvetica-Bold")
        write(page, SENTENCES, y=700)
        write(page, ("How visits work",), y=630, font="Helvetica-Bold")
        write(page, SENTENCES, y=610)

    assert [(block.text, block.level) for block in read(pdf(draw)).blocks if block.kind is BlockKind.HEADING] == [
        ("Peer learning in practice", 1),
        ("Why we met", 2),
        ("How visits work", 3),
    ]


def test_a_bold_beginning_of_a_paragraph_is_no_heading():
    def draw(page, _):
        write(page, ("Leadership needs a mandate from the ministries that",), y=714, font="Helvetica-Bold")
        write(page, ("hold the data. " + SENTENCES[0], *SENTENCES[1:]), y=700)

    assert [block.kind for block in read(pdf(draw)).blocks] == [BlockKind.PARAGRAPH]


def test_outline_titles_are_headings_of_their_depth_whatever_they_look_like():
    def draw(page, _):
        page.bookmarkPage("a")
        page.addOutlineEntry("1 Aims", "a", 0)
        page.bookmarkPage("b")
        page.addOutlineEntry("Aims in detail", "b", 1)
        write(page, ("Aims",), y=730)
        write(page, SENTENCES)
        write(page, ("Aims in", "detail"), y=640)
        write(page, SENTENCES, y=600)

    assert [(block.text, block.level) for block in read(pdf(draw)).blocks if block.kind is BlockKind.HEADING] == [
        ("Aims", 1),
        ("Aims in detail", 2),
    ]


def test_running_headers_and_page_numbers_are_left_out():
    def draw(page, number):
        write(page, (f"Annual report {2020 + number}",), y=815)
        write(page, (f"Text of page {'abcde'[number - 1]} that nobody else has.",))
        write(page, (str(number + 6),), y=25, x=290)

    texts = [block.text for block in read(pdf(draw, pages=5)).blocks]

    assert texts == [f"Text of page {letter} that nobody else has." for letter in "abcde"]


def test_pages_know_their_printed_label():
    def draw(page, number):
        write(page, (f"Words on sheet {'xyz'[number - 1]}",))

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(draw, pages=3))))
    writer.set_page_label(0, 0, style="/r")
    writer.set_page_label(1, 2, style="/D", start=57)
    data = io.BytesIO()
    writer.write(data)

    reading = read(data.getvalue())

    assert [(block.page, block.page_label) for block in reading.blocks] == [(1, "i"), (2, "57"), (3, "58")]
    assert reading.n_pages == 3


def test_a_printed_page_label_is_no_text_even_where_it_stands_alone():
    def draw(page, number):
        if number == 2:
            write(page, ("Section 57 speaks of looms.",))
        write(page, (("i", "57")[number - 1],), y=25, x=290)

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(draw, pages=2))))
    writer.set_page_label(0, 0, style="/r")
    writer.set_page_label(1, 1, style="/D", start=57)
    data = io.BytesIO()
    writer.write(data)

    assert [block.text for block in read(data.getvalue()).blocks] == ["Section 57 speaks of looms."]


def test_properties_are_metadata_but_file_names_are_no_titles():
    def draw(page, _):
        page.setTitle("Peer learning")
        page.setAuthor("Ana Lopes, Jan Novák")
        write(page, SENTENCES)

    def junk(page, _):
        page.setTitle("Microsoft Word - final2.doc")
        page.setAuthor("wb403431")
        write(page, SENTENCES)

    assert read(pdf(draw)).metadata.title == "Peer learning"
    assert read(pdf(draw)).metadata.authors == ("Ana Lopes", "Jan Novák")
    assert read(pdf(junk)).metadata.title == ""
    assert read(pdf(junk)).metadata.authors == ()


def test_text_drawn_twice_on_one_spot_counts_once():
    def draw(page, _):
        for _ in range(4):
            write(page, SENTENCES)

    assert read(pdf(draw)).blocks[0].text == " ".join(SENTENCES)


def test_text_outside_the_crop_box_is_left_out():
    def draw(page, _):
        write(page, SENTENCES)
        write(page, ("proof 4 of 7",), y=830)

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(draw))))
    writer.pages[0].cropbox = RectangleObject((50, 50, 550, 800))
    data = io.BytesIO()
    writer.write(data)

    assert [block.text for block in read(data.getvalue()).blocks] == [" ".join(SENTENCES)]


def test_a_scan_is_no_text_and_a_mixed_document_says_which_pages_are():
    def blank(page, _):
        page.rect(100, 100, 50, 50)

    def mixed(page, number):
        if number != 2:
            write(page, SENTENCES)

    with pytest.raises(ReadError, match="scan or blank") as refusal:
        read(pdf(blank))
    assert refusal.value.state == "no_text"
    assert read(pdf(mixed, pages=3)).remarks == ("Page 2 is without text (scan or blank).",)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_password_is_asked_for_unless_it_is_empty(algorithm):
    def encrypted(password):
        writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(lambda page, _: write(page, SENTENCES)))))
        writer.encrypt(password, "owner", algorithm=algorithm)
        data = io.BytesIO()
        writer.write(data)
        return data.getvalue()

    assert read(encrypted("")).blocks
    with pytest.raises(ReadError, match="password") as refusal:
        read(encrypted("secret"))
    assert refusal.value.state == "encrypted"


def test_a_lost_page_tree_is_rebuilt_from_the_pages():
    whole = pdf(lambda page, number: write(page, (f"Words of page {'abc'[number - 1]}",)), pages=3)
    broken = (
        whole.replace(b"/Type /Pages", b"/Type /Nothin").replace(b"/Kids", b"/Kinds").replace(b"/Type /Catalog", b"/Type /Catalok")
    )

    assert with_new_page_tree(broken) is not None
    reading = read(broken)
    assert {block.text for block in reading.blocks} == {f"Words of page {letter}" for letter in "abc"}


def test_a_cut_file_fails_with_both_readers_reasons():
    with pytest.raises(ReadError, match=r"damaged PDF .*PDFium.*pypdf") as refusal:
        read(b"%PDF-1.4\n1 0 obj\n<</Type /Catalog")
    assert refusal.value.state == "failed"
