"""What each form of an assessment promises, read back by another program than wrote it, whatever people and documents wrote."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import cache

import docx
import openpyxl
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from reports_by_hand import ARABIC, GREEK, LONG, REPORT, criterion, said

from kb.adapters.assessments_as import AssessmentWriter
from kb.adapters.handouts_as.pdf_fonts import Typefaces
from kb.services.assessment_files.formats import AssessmentForm
from kb.services.assessment_files.report import AssessmentReport, Move, Panelist, Said, safe
from kb.services.assessment_files.told import told
from kb.services.assessment_files.wording import AssessmentWording
from kb.services.handouts.blocks import Heading
from kb.services.handouts.exhibits import Cited, Exhibit

DEMO = replace(REPORT, is_demo=True)
HOSTILE = (
    '=HYPERLINK("http://x.test";"x")', "@SUM(A1)", "+1+1", "-2+3", "\t=1", "＝1", "<script>alert(1)</script>", "<w:p/>", "]]>",
    "(a) Tj ET Q", "\\) Tj /JS (x)", "%PDF-1.7", "endobj endstream", "**bold** __under__ [a](http://x.test)", "{nb} {0} {title} %s",
    "\x00\x1b[31m\x07", "a\u202eb\u2066c", "\ud800", "🐝 𓀀 \U0010ffff \ue0f0", "http://x.test/", "a\u200db", "x" * 300,
)  # fmt: skip
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def written(form: AssessmentForm, report: AssessmentReport = REPORT) -> bytes:
    return AssessmentWriter().write(report, form, AssessmentWording())


def hostile(text: str) -> AssessmentReport:
    """A report in which everybody writes the same, as it comes out of the service."""
    cited = Cited((1,), (1,))
    item = criterion("a", text, 1.0, said(text, 1.0, text, cited), reply=text)
    report = replace(
        REPORT, title=text, summary=text, owner=text, rubric_title=text, criteria=(item,), gates=(), panel=(), reply=text,
        comments=((text, text),), evidence=(Exhibit(1, text, text),), moves=(Move("2026-11-22", text, "opened", text),),
    )  # fmt: skip
    cleaned: AssessmentReport = safe(report)
    return cleaned


def all_hostile() -> AssessmentReport:
    """One report with everything hostile in it."""
    reports = [hostile(text) for text in HOSTILE]
    items = tuple(replace(each.criteria[0], name=str(number)) for number, each in enumerate(reports))
    evidence = tuple(replace(each.evidence[0], number=number) for number, each in enumerate(reports, start=1))
    return replace(reports[0], title=reports[10].title, criteria=items, evidence=evidence)


def bare(text: str) -> str:
    """Without blank space: lines are broken where the page ends them."""
    return re.sub(r"\s+", "", text)


# PDF, read by pypdf and by pdfium ----------------------------------------------------------------------------------------


def pages(report: AssessmentReport = REPORT) -> list[str]:
    """Text of each page, as pypdf reads it."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(written(AssessmentForm.PDF, report))).pages]


def pdfium_text(report: AssessmentReport) -> str:
    with pypdfium2.PdfDocument(written(AssessmentForm.PDF, report)) as document:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_bounded())
            text.close()
            page.close()
    return "\n".join(texts)


def test_a_pdf_says_what_the_report_says() -> None:
    text = bare("\n".join(pages()))
    short = [each.reason for item in (*REPORT.gates, *REPORT.criteria) for each in item.said if each.reason != LONG]
    names = [each for seat in REPORT.panel for each in (seat.name, seat.organisation, seat.country)]
    titles = [item.title for item in (*REPORT.gates, *REPORT.criteria)]

    for told_there in (*short, *names, *titles, REPORT.title, "Promising practice", "3.67 of 5; for ranking only", GREEK):
        assert bare(told_there) in text
    assert bare("Validated practice: the mean of “Core criteria” is 3.25; at least 3.5 is needed.") in text
    assert bare("Validated practice: 67 % of the criteria are scored; at least 80 % is needed.") in text


def test_a_long_reason_goes_on_over_pages_without_a_word_lost() -> None:
    text = "\n".join(pages())
    furniture = {REPORT.title, *re.findall(r"^.* · 2026-11-22 \d / \d$", text, re.MULTILINE)}

    assert bare(LONG) in bare("\n".join(line for line in text.split("\n") if line not in furniture))


@pytest.mark.parametrize(
    "text",
    [
        "Łódź, Győr, Târgu Mureș, Şişli, Ħal Qormi, Þórshöfn, Žďár, Øygarden, Ærø, naïveté, Straße, l·l",
        "Οι μέλισσες αυξήθηκαν", "учёт надёжен; їжак; Ђорђе; щъркел", "蜜蜂增加了四成", "ミツバチは四割増えた", "꿀벌이 늘었다",
        "მეფუტკრეობა", "մեղվաբուծություն", "₂ ≥ → ✓ № € – — “ ” „ ‚ ’",
    ],
)  # fmt: skip
def test_any_script_can_be_read_back_from_a_pdf(text: str) -> None:
    report = replace(REPORT, criteria=(), gates=(), panel=(), evidence=(), moves=(), title=text, summary=text)

    assert bare("\n".join(pages(report))).count(bare(text)) >= 2
    assert bare(pdfium_text(report)).count(bare(text)) >= 2


@pytest.mark.parametrize("text", [ARABIC, "מספר הדבורים עלה ב־40 אחוזים", "تعداد زنبورها افزایش یافت"])
def test_text_that_runs_to_the_left_is_shaped_and_reads_back_in_its_order(text: str) -> None:
    """Pdfium tells the letters in the order in which they are read, and starts the line at the right margin."""
    report = replace(REPORT, criteria=(), gates=(), moves=(), panel=(Panelist(text),), evidence=(Exhibit(1, text, "Source"),))
    told_by_pdfium = pdfium_text(report)
    found = []
    with pypdfium2.PdfDocument(written(AssessmentForm.PDF, report)) as document:
        for page in document:
            chars = page.get_textpage()
            letters = [n for n in range(chars.count_chars()) if chars.get_text_range(n, 1) in set(text) - set(" 40־")]
            found += [chars.get_charbox(n) for n in letters]
            chars.close()
            page.close()

    assert all(told_by_pdfium.count(word) == 2 for word in text.split() if word not in ("40", "ב־40"))  # quoted, and in a table
    assert max(box[2] for box in found) > 520  # points; the right margin is at 533


def test_numbers_of_evidence_lead_to_the_page_of_the_quotation() -> None:
    reader = pypdf.PdfReader(io.BytesIO(written(AssessmentForm.PDF)))
    ids = {page.indirect_reference.idnum: text for page, text in zip(reader.pages, pages(), strict=True)}  # type: ignore[union-attr]
    links = [annotation.get_object() for page in reader.pages for annotation in page.get("/Annots", [])]
    pinned = [
        n for item in (*REPORT.gates, *REPORT.criteria) for each in item.said for n in each.cited.speaks_for + each.cited.against
    ]
    targets = {(link["/Dest"][0].idnum, round(float(link["/Dest"][3]))) for link in links}

    assert len(links) == len(pinned) == 6
    assert {str(link["/Subtype"]) for link in links} == {"/Link"}
    assert all("/A" not in link for link in links)  # a place in the file, and no action
    assert all("Evidence" in ids[page].split("\n") for page, _height in targets)
    assert len(targets) == 4  # each quotation has a place of its own


def _keys(value: object, seen: set[int]) -> Iterator[str]:
    value = value.get_object() if isinstance(value, pypdf.generic.IndirectObject) else value
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, dict):
        for key, each in value.items():
            yield str(key)
            yield from _keys(each, seen)
    elif isinstance(value, list):
        for each in value:
            yield from _keys(each, seen)


def test_nothing_that_people_write_becomes_active_in_a_pdf() -> None:
    reader = pypdf.PdfReader(io.BytesIO(written(AssessmentForm.PDF, all_hostile())), strict=True)
    active = {"/JS", "/JavaScript", "/AA", "/A", "/Launch", "/URI", "/EmbeddedFile", "/EmbeddedFiles", "/GoToR", "/SubmitForm"}
    keys = set(_keys(reader.trailer, set()))

    assert not keys & active
    assert {"/Pages", "/Outlines", "/Annots"} <= keys


def test_markup_in_a_pdf_is_text() -> None:
    """In titles, reasons, replies and quotations of a whole page of it."""
    text = bare("\n".join(pages(all_hostile())))

    assert [each for each in HOSTILE if each.isprintable() and each.isascii() and text.count(bare(each)) < 6] == []


def test_the_outline_of_a_pdf_is_its_headings() -> None:
    def titles(entries: list[object]) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield str(entry["/Title"])  # type: ignore[index]

    reader = pypdf.PdfReader(io.BytesIO(written(AssessmentForm.PDF)))

    assert list(titles(reader.outline)) == [each.text for each in told(REPORT, AssessmentWording()) if isinstance(each, Heading)]  # type: ignore[arg-type]


def test_a_pdf_says_what_it_is() -> None:
    reader = pypdf.PdfReader(io.BytesIO(written(AssessmentForm.PDF, replace(REPORT, language="fr"))))

    assert reader.metadata is not None
    assert reader.metadata.title == REPORT.title
    assert reader.trailer["/Root"]["/Lang"] == "fr"  # type: ignore[index]
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}


def test_every_page_says_which_of_how_many_it_is() -> None:
    found = [re.findall(r"(\d+) / (\d+)", text)[-1] for text in pages()]

    assert found == [(str(number), str(len(found))) for number in range(1, len(found) + 1)]
    assert len(found) > 2


def test_demonstration_data_is_called_so_on_every_page_and_nothing_else_is() -> None:
    assert all("Demonstration data" in text for text in pages(DEMO))
    assert not any("Demonstration data" in text for text in pages())


def test_a_table_that_goes_on_repeats_its_head() -> None:
    many = tuple(criterion(f"c{n}", f"Criterion number {n}", 3.0, said("Ana Kovač", 3.0, "Yes.")) for n in range(90))
    texts = pages(replace(REPORT, gates=(), criteria=many))
    holding = [text for text in texts if re.search(r"^Criterion number \d+ 3 3$", text, re.MULTILINE)]

    assert len(holding) > 2
    assert all(re.search(r"^Criterion Final Ana Kovač$", text, re.MULTILINE) for text in holding)


def test_no_heading_is_the_last_thing_on_a_page() -> None:
    """Of sixty parts, each with an item, wherever on a page they come."""
    items = [criterion(f"c{n}", f"Item {n}", 3.0, said("Ana Kovač", 3.0, "\n".join(["Line."] * (n % 9 + 1)))) for n in range(60)]
    parts = tuple(replace(item, tier=f"t{n}", tier_title=f"Part {n}") for n, item in enumerate(items))
    texts = pages(replace(REPORT, gates=(), criteria=parts, evidence=(), moves=()))
    after_table = [text for text in texts if "Criterion Final" not in text]
    ends = [text.strip().split("\n")[-2] for text in after_table]  # the last line says which page it is

    assert len(ends) > 8
    assert not [end for end in ends if end.startswith(("Part", "Item", "What do the documents", "Ana Kovač"))]


def test_the_same_report_gives_the_same_pdf() -> None:
    assert AssessmentWriter().write(DEMO, AssessmentForm.PDF, AssessmentWording()) == written(AssessmentForm.PDF, DEMO)


def test_what_no_typeface_draws_is_told_by_its_number() -> None:
    unknown = "\U0001f9ff\U00012000"  # an amulet and a sign of cuneiform
    text = "\n".join(pages(replace(REPORT, summary=f"Eye {unknown[0]}, sign {unknown[1]}.")))
    typefaces = Typefaces.of([unknown])
    lacking = [char for char in unknown if not any(ord(char) in family.characters for family in typefaces.families)]

    assert lacking
    assert all(f"[U+{ord(char):04X}]" in text for char in lacking)
    assert "Characters that no font here has are told by their number" in text
    assert "Characters that no font here has" not in "\n".join(pages())


@given(st.text(max_size=40))
def test_a_drawable_text_has_a_letter_in_some_typeface_for_all_that_it_holds(text: str) -> None:
    typefaces = Typefaces.of([text, "0123456789ABCDEF[]U+"])
    has = frozenset().union(*(family.characters for family in typefaces.families))

    assert {ord(char) for char in typefaces.drawable(text)} - has <= {ord("\n")}


# Word, read by python-docx and as XML ------------------------------------------------------------------------------------


def body(report: AssessmentReport = REPORT) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(written(AssessmentForm.DOCX, report))) as file:
        assert not [name for name in file.namelist() if re.search(r"vba|embed|activeX", name)]
        assert b'TargetMode="External"' not in b"".join(file.read(name) for name in file.namelist() if name.endswith(".rels"))
        found = etree.fromstring(file.read("word/document.xml"))
    active = ("fldSimple", "fldChar", "instrText", "object", "altChunk", "sdt")
    assert not [element for name in active for element in found.iter(WORD + name)]
    return found


def words_of(report: AssessmentReport = REPORT) -> str:
    return "\n".join("".join(each.itertext(f"{WORD}t")) for each in body(report).iter(f"{WORD}p"))


def test_a_word_file_says_what_the_report_says() -> None:
    text = words_of()
    reasons = [line for item in REPORT.criteria for each in item.said for line in each.reason.split("\n")]

    for told_there in (
        *reasons,
        *(each.quote for each in REPORT.evidence),
        "Promising practice",
        "Univerza v Ljubljani",
        "3.5 of 5",
    ):
        assert told_there in text


def test_headings_of_a_word_file_are_headings() -> None:
    document = docx.Document(io.BytesIO(written(AssessmentForm.DOCX)))
    found = [(each.style.name, each.text) for each in document.paragraphs if each.style.name.startswith("Heading")]
    wanted = [each for each in told(REPORT, AssessmentWording()) if isinstance(each, Heading)]

    assert found == [(f"Heading {each.level}", each.text) for each in wanted]
    assert [each.text for each in document.paragraphs if each.style.name == "Title"] == [REPORT.title]
    assert document.core_properties.title == REPORT.title
    assert document.core_properties.author == ""


def test_numbers_in_a_word_file_lead_to_its_quotations() -> None:
    found = body()
    links = [each.get(f"{WORD}anchor") for each in found.iter(f"{WORD}hyperlink")]
    starts = {each.get(f"{WORD}name"): each.getparent() for each in found.iter(f"{WORD}bookmarkStart")}

    assert len(links) == 6
    assert set(links) == set(starts) == {f"evidence_{each.number}" for each in REPORT.evidence}
    for each in REPORT.evidence:
        assert "".join(starts[f"evidence_{each.number}"].itertext(f"{WORD}t")) == f"[{each.number}] “{each.quote}”"


def test_heads_of_tables_in_a_word_file_are_repeated_and_rows_are_whole() -> None:
    heads = [
        "".join(row.itertext(f"{WORD}t")) for row in body().iter(f"{WORD}tr") if row.find(f"{WORD}trPr/{WORD}tblHeader") is not None
    ]

    assert heads == ["ReviewerOrganisationCountrySeat", "CriterionFinalAna KovačŁukasz ŻakἙλένη Δήμου", "DateWhoWhat"]


def test_what_runs_to_the_left_is_marked_so_in_a_word_file() -> None:
    found = body()
    turned = [each for each in found.iter(f"{WORD}p") if each.find(f"{WORD}pPr/{WORD}bidi") is not None]
    runs = ["".join(run.itertext(f"{WORD}t")) for run in found.iter(f"{WORD}r") if run.find(f"{WORD}rPr/{WORD}rtl") is not None]

    assert ["".join(each.itertext(f"{WORD}t")) for each in turned] == [f"[2] “{ARABIC}”", REPORT.evidence[1].source]
    assert f"“{ARABIC}”" in runs


def test_a_word_file_of_the_demonstration_says_so_in_its_head() -> None:
    demo, other = (docx.Document(io.BytesIO(written(AssessmentForm.DOCX, each))) for each in (DEMO, REPORT))

    assert [each.text for each in demo.sections[0].header.paragraphs] == ["Demonstration data"]
    assert [each.text for each in other.sections[0].header.paragraphs] == [""]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_word_file_holds_any_text(text: str) -> None:
    report = hostile(text)
    said_by = report.criteria[0].said[0].reason

    assert bare(words_of(report)).count(bare(said_by)) >= 6


# tables and JSON ---------------------------------------------------------------------------------------------------------


def table(report: AssessmentReport = REPORT) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(AssessmentForm.CSV, report).decode("utf-8-sig"), newline="")))


def test_a_table_has_a_row_for_everything_a_reviewer_said() -> None:
    rows = table(DEMO)

    assert [(row["item"], row["reviewer"], row["score"], row["verdict"], row["final_score"]) for row in rows] == [
        ("relevance", "Ana Kovač", "", "yes", ""), ("relevance", "Łukasz Żak", "", "yes", ""),
        ("effectiveness", "Ana Kovač", "4.0", "", "3.5"), ("effectiveness", "Łukasz Żak", "2.0", "", "3.5"),
        ("effectiveness", "Ἑλένη Δήμου", "3.5", "", "3.5"), ("transferability", "Ana Kovač", "3.0", "", "3.0"),
        ("transferability", "Łukasz Żak", "3.0", "", "3.0"), ("gender", "Ana Kovač", "", "", ""),
    ]  # fmt: skip
    assert rows[2]["evidence_for"].split("\n")[0] == "[1] “Bees are named in the plan.” — City of Cesena (2019). Plan. p. 4"
    assert {row["demonstration"] for row in rows} == {"yes"}


def test_a_gate_or_criterion_nobody_spoke_to_has_a_row_as_well() -> None:
    rows = table(replace(REPORT, gates=(), criteria=(criterion("reach", "Reach", None),)))

    assert [(row["item"], row["reviewer"], row["reason"]) for row in rows] == [("reach", "", "")]


@given(st.one_of(st.text(), st.sampled_from(HOSTILE)))
@settings(deadline=None)
def test_no_cell_is_a_formula(text: str) -> None:
    cells = [cell for row in table(hostile(text)) for cell in row.values()]

    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_sheet_is_a_formula(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written(AssessmentForm.XLSX, hostile(text)))).active

    assert sheet is not None
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet.max_row == 2


def test_json_is_the_report() -> None:
    told_there = json.loads(written(AssessmentForm.JSON))

    assert told_there == {"format": "plp-assessment/1", **json.loads(json.dumps(asdict(REPORT)))}


@pytest.mark.parametrize("form", AssessmentForm)
def test_every_form_has_a_suffix_and_a_media_type(form: AssessmentForm) -> None:
    assert form.suffix == f".{form}"
    assert "/" in form.media_type


def test_a_name_that_said_nothing_is_no_column() -> None:
    assert REPORT.reviewers == ("Ana Kovač", "Łukasz Żak", "Ἑλένη Δήμου")
    assert replace(REPORT, gates=(), criteria=(criterion("a", "A", 1.0, Said("B")),)).reviewers == ("B",)
