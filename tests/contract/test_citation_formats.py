"""What each format promises, read back by another program than wrote it, whatever documents call themselves."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pybtex.database import Entry, parse_string

from kb.adapters.citations import CitationWriter
from kb.retrieval.passage import DocumentId, Metadata, Passage, PassageId
from kb.retrieval.quotation import Citations, Quotation
from kb.retrieval.reference import Reference
from kb.retrieval.wording import Wording
from kb.retrieval.writable import one_line
from kb.services.citation_formats import Format

PDF = "application/pdf"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REPORT = Metadata(
    title="50 % of {bees} & co_ops", kind="case-study", authors=("Maria Rossi", "City and Port of Cesena"),
    organisation="Cesena #1", date="2021-05-03", licence="CC BY 4.0", origin="https://x.test/a_b?c=1%20&d=~e#f", language="it",
)  # fmt: skip
HOSTILE = st.one_of(
    st.text(),
    st.text(st.sampled_from(list("{}\\%$#&_^~\"'@=+-|<>;, \t\r\n\0\x1b\u2028\u202e\ud800\ufffe\U0001f41dאع日éA1"))),
    st.sampled_from(
        [
            "}}, title = {x", "@misc{x,", "\nER  - \nTY  - JOUR", "=HYPERLINK(\"http://x.test\")", "\t=1+1", "-2+3",
            "@SUM(A1)", "＝1", "<w:p/>", "]]>", "\\input{/etc/passwd}", "$$x$$", "\\", "{", "}", "%", "a and b", "\ufeff=1",
        ]
    ),
)  # fmt: skip


def quotation(
    about: Metadata,
    text: str = "One. Two. Three.",
    *,
    number: int = 1,
    identity: str = "3f2a9c0011223344",
    headings: tuple[str, ...] = (),
) -> Quotation:
    document = DocumentId(identity)
    record = Reference.of(document, "guides/a.pdf", about, PDF, accessed="2026-11-20T10:00:00")
    passage = Passage(PassageId("0" * 16), document, 0, 0, len(text), text, 6, "iv", headings, "it", "", ())
    return Quotation.of(number, passage, record, about, PDF, sentence=(5, 9))


def written(form: Format, *quotations: Quotation, question: str = "Why bees?") -> bytes:
    return CitationWriter().write(Citations(quotations, "2026-11-22", question, ""), form, Wording())


def of_titles(titles: list[str]) -> list[Quotation]:
    """A document each, otherwise alike."""
    return [
        quotation(
            Metadata(title=title, authors=(title,), organisation=title, date="2020"), text=title, number=n, identity=f"{n:016x}"
        )
        for n, title in enumerate(titles, start=1)
    ]


def shown(titles: list[str]) -> list[str]:
    """What a reader of the file is to see: the title on one line, or the file name."""
    return sorted(one_line(title) or "a.pdf" for title in titles)


# BibTeX, read by pybtex --------------------------------------------------------------------------------------------------

COMMANDS = {
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
    "textless": "<", "textgreater": ">", "textbar": "|", "textquotedbl": '"',
}  # fmt: skip


def typeset(latex: str) -> str:
    """What LaTeX prints for what we write; fails at anything that it would obey."""
    printed = re.sub(r"\{\\(\w+)\}|\\([#$%&_])", lambda found: COMMANDS[found[1]] if found[1] else f"\0{found[2]}", latex)
    bare = re.sub(r"\{\\\w+\}|\\[#$%&_]", "", latex)
    assert not re.search(r"[{}\\%$#&_^~]", bare), latex
    return printed.replace("\0", "")


def bibtex(*quotations: Quotation) -> dict[str, Entry]:
    return dict(parse_string(written(Format.BIBTEX, *quotations).decode(), "bibtex").entries.items())


def field(entry: Entry, name: str) -> str:
    return typeset(re.sub(r"^\{(.*)\}$", r"\1", entry.fields[name])) if name == "title" else typeset(entry.fields[name])


def test_bibtex_holds_every_field() -> None:
    ((key, entry),) = bibtex(quotation(REPORT)).items()
    told = {name: field(entry, name) for name in entry.fields if name not in ("url", "annote")}

    assert (key, entry.type) == ("rossi2021-3f2a9c", "techreport")
    assert told == {
        "title": "50 % of {bees} & co_ops", "institution": "Cesena #1", "year": "2021", "month": "May", "day": "3", "pages": "iv",
        "language": "it", "copyright": "CC BY 4.0", "urldate": "2026-11-20", "archivelocation": "guides/a.pdf",
    }  # fmt: skip
    assert [str(person) for person in entry.persons["author"]] == ["{Maria Rossi}", "{City and Port of Cesena}"]
    assert entry.fields["url"] == "https://x.test/a_b?c=1%20&d=~e#f"
    assert field(entry, "annote") == "p. iv (page 6 of the file) “Two.”"


def test_bibtex_says_nothing_of_what_is_not_known() -> None:
    ((_key, entry),) = bibtex(quotation(Metadata(title="Bees"))).items()

    assert entry.type == "misc"
    assert set(entry.fields) == {"title", "pages", "urldate", "archivelocation", "annote"}
    assert not entry.persons


@settings(deadline=None)  # libraries are loaded at the first call
@given(st.lists(HOSTILE, min_size=1, max_size=4))
def test_bibtex_holds_any_title(titles: list[str]) -> None:
    """One entry a document, each with a key of its own, and nothing that LaTeX would obey."""
    entries = bibtex(*of_titles(titles))

    assert len(entries) == len(titles)
    assert sorted(field(entry, "title") for entry in entries.values()) == shown(titles)
    for entry in entries.values():
        (author,) = entry.persons.get("author", [None])  # type: ignore[list-item]
        assert author is None or typeset(re.sub(r"^\{(.*)\}$", r"\1", str(author))) in shown(titles)
        typeset(entry.fields["annote"])


# RIS, read line by line --------------------------------------------------------------------------------------------------


def ris(*quotations: Quotation) -> list[list[tuple[str, str]]]:
    """Records as RIS defines them: lines "TY  - value", the first tag TY, the last ER."""
    records: list[list[tuple[str, str]]] = []
    for line in written(Format.RIS, *quotations).decode().split("\r\n"):
        if not line:
            continue
        found = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        assert found, line
        if found[1] == "TY":
            records.append([])
        records[-1].append((found[1], found[2]))
    assert all(record[-1] == ("ER", "") for record in records)
    return records


def test_ris_holds_every_field() -> None:
    (record,) = ris(quotation(REPORT))

    assert record == [
        ("TY", "RPRT"), ("ID", "rossi2021-3f2a9c"), ("AU", "Maria Rossi"), ("AU", "City and Port of Cesena"),
        ("TI", "50 % of {bees} & co_ops"), ("PB", "Cesena #1"), ("PY", "2021"), ("DA", "2021/05/03/"), ("SP", "iv"),
        ("UR", "https://x.test/a_b?c=1%20&d=~e#f"), ("LA", "it"), ("Y2", "2026/11/20/"), ("AV", "guides/a.pdf"),
        ("N1", "Licence: CC BY 4.0"), ("N1", "p. iv (page 6 of the file) “Two.”"), ("ER", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("date", "told"), [("2021", "2021///"), ("2021-05", "2021/05//"), ("2021-05-03", "2021/05/03/")])
def test_ris_keeps_places_for_parts_of_a_date(date: str, told: str) -> None:
    assert ("DA", told) in ris(quotation(Metadata(title="x", date=date)))[0]


@settings(deadline=None)  # libraries are loaded at the first call
@given(st.lists(HOSTILE, min_size=1, max_size=4))
def test_ris_holds_any_title(titles: list[str]) -> None:
    """A title cannot end its record or begin another."""
    records = ris(*of_titles(titles))

    assert sorted(value for record in records for tag, value in record if tag == "TI") == shown(titles)
    assert len({value for record in records for tag, value in record if tag == "ID"}) == len(records) == len(titles)


# CSL-JSON ----------------------------------------------------------------------------------------------------------------


def test_csl_holds_every_variable() -> None:
    """Names after the CSL 1.0.2 specification and csl-data.json: "license", "archive_location" and "custom" are among them."""
    (item,) = json.loads(written(Format.CSL_JSON, quotation(REPORT, headings=("Hives",))))

    assert item == {
        "id": "rossi2021-3f2a9c", "type": "report", "title": "50 % of {bees} & co_ops", "publisher": "Cesena #1",
        "author": [{"literal": "Maria Rossi"}, {"literal": "City and Port of Cesena"}], "issued": {"date-parts": [[2021, 5, 3]]},
        "page": "iv", "URL": "https://x.test/a_b?c=1%20&d=~e#f", "language": "it", "license": "CC BY 4.0",
        "archive_location": "guides/a.pdf", "accessed": {"date-parts": [[2026, 11, 20]]},
        "custom": {
            "document": "3f2a9c0011223344",
            "passages": [
                {
                    "number": 1, "passage": "0" * 16, "page": 6, "page_label": "iv", "heading_path": ["Hives"], "sentence": "Two.",
                    "text": "One. Two. Three.", "language": "it",
                }
            ],
        },
    }  # fmt: skip


@settings(deadline=None)  # libraries are loaded at the first call
@given(st.lists(HOSTILE, min_size=1, max_size=4))
def test_csl_holds_any_title(titles: list[str]) -> None:
    items = json.loads(written(Format.CSL_JSON, *of_titles(titles)))

    assert sorted(item["title"] for item in items) == shown(titles)
    assert len({item["id"] for item in items}) == len(titles)


# CSV ---------------------------------------------------------------------------------------------------------------------


def table(*quotations: Quotation) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(Format.CSV, *quotations).decode("utf-8-sig"), newline="")))


def test_a_table_has_a_row_a_passage() -> None:
    rows = table(quotation(REPORT, number=1), quotation(REPORT, number=2, headings=("Hives", "Roofs")))

    assert [(row["number"], row["page_label"], row["page"], row["sentence"], row["headings"]) for row in rows] == [
        ("1", "iv", "6", "Two.", ""),
        ("2", "iv", "6", "Two.", "Hives › Roofs"),
    ]
    assert rows[0]["authors"] == "Maria Rossi; City and Port of Cesena"
    assert rows[0]["passage"] == "One. Two. Three."


@settings(deadline=None)  # libraries are loaded at the first call
@given(st.lists(HOSTILE, min_size=1, max_size=4))
def test_no_cell_of_a_table_is_a_formula(titles: list[str]) -> None:
    rows = table(*of_titles(titles))

    assert [row["title"].removeprefix("'") for row in rows] == [(one_line(title) or "a.pdf").removeprefix("'") for title in titles]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]


# Word, read as XML -------------------------------------------------------------------------------------------------------


def word(*quotations: Quotation, question: str = "Why bees?") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(written(Format.DOCX, *quotations, question=question))) as file:
        assert not [name for name in file.namelist() if re.search(r"vba|embed|activeX", name)]
        assert b'TargetMode="External"' not in b"".join(file.read(name) for name in file.namelist() if name.endswith(".rels"))
        body = etree.fromstring(file.read("word/document.xml"))
    active = ("fldSimple", "fldChar", "instrText", "hyperlink", "object", "altChunk", "sdt")
    assert not [element for name in active for element in body.iter(WORD + name)]
    return body


def paragraphs(body: etree._Element) -> Iterator[str]:
    for paragraph in body.iter(f"{WORD}p"):
        parts = {f"{WORD}t": lambda each: each.text or "", f"{WORD}br": lambda _each: "\n", f"{WORD}tab": lambda _each: "\t"}
        yield "".join(parts[each.tag](each) for each in paragraph.iter(*parts))


def test_a_word_file_quotes_and_lists() -> None:
    other = Metadata(title="Ants", date="2020")
    found = list(
        paragraphs(
            word(
                quotation(REPORT, number=1, headings=("Hives", "Roofs")),
                quotation(other, "Ants. Are many.", number=2, identity="b" * 16),
            )
        )
    )
    source = "Maria Rossi; City and Port of Cesena (2021-05-03). 50 % of {bees} & co_ops. Cesena #1"
    address = "https://x.test/a_b?c=1%20&d=~e#f"

    assert found == [
        "Quoted passages", "Date: 2026-11-22", "Question: Why bees?",
        "[1] Hives › Roofs", "One. Two. Three.", f"{source}. p. iv (page 6 of the file). {address}",
        "[2] Ants", "Ants. Are many.", "Ants (2020). p. iv (page 6 of the file)",
        "Bibliography",
        "Ants (2020). Quoted here: [2] p. iv (page 6 of the file)",
        f"{source}. {address}. Quoted here: [1] p. iv (page 6 of the file)",
    ]  # fmt: skip


def test_the_sentence_that_answers_is_bold_and_nothing_else_of_the_quotation() -> None:
    body = word(quotation(REPORT))
    bold = ["".join(run.itertext(f"{WORD}t")) for run in body.iter(f"{WORD}r") if run.find(f"{WORD}rPr/{WORD}b") is not None]

    assert bold == ["Two."]
    assert [style.get(f"{WORD}val") for style in body.iter(f"{WORD}pStyle")] == ["Title", "Heading2", "Quote", "Heading1"]


def test_text_that_runs_to_the_left_is_marked_as_such() -> None:
    arabic = "واحد. اثنان. ثلاثة."
    body = word(quotation(Metadata(title="النحل"), arabic), quotation(Metadata(title="Bees"), identity="b" * 16), question="لماذا؟")
    turned = [
        text
        for text, each in zip(paragraphs(body), body.iter(f"{WORD}p"), strict=True)
        if each.find(f"{WORD}pPr/{WORD}bidi") is not None
    ]
    runs = ["".join(run.itertext(f"{WORD}t")) for run in body.iter(f"{WORD}r") if run.find(f"{WORD}rPr/{WORD}rtl") is not None]

    assert [re.sub("[^ا-ي]", "", text)[:5] for text in turned] == ["لماذا", "النحل", "واحدا", "النحل", "النحل"]
    assert "".join(runs).count("اثنان") == 1


@settings(deadline=None, max_examples=40)  # a Word file takes a while
@given(st.lists(HOSTILE, min_size=1, max_size=3))
def test_a_word_file_holds_any_text(titles: list[str]) -> None:
    """Control characters, half surrogates and the like are left out; markup stays text."""
    found = list(paragraphs(word(*of_titles(titles), question=one_line(titles[0]))))

    assert len([text for text in found if text.startswith("[")]) >= len(titles)
    assert all(any(title in text for text in found) for title in shown(titles))


# all ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [form for form in Format if form is not Format.DOCX])
def test_no_format_names_anybody_under_the_rule(form: Format) -> None:
    about = Metadata(title="Bees", authors=("Maria Rossi",), organisation="Cesena", chatham_house=True)
    found = written(form, quotation(about, "One. Rossi said so.")).decode()

    assert "Rossi" not in found
    assert "rossi" not in found
    assert "name withheld" in found
    assert form is Format.CSV or "Names withheld (Chatham House Rule)" in found


def test_a_word_file_names_nobody_under_the_rule() -> None:
    about = Metadata(title="Bees", authors=("Maria Rossi",), organisation="Cesena", chatham_house=True)
    found = "\n".join(paragraphs(word(quotation(about, "One. Rossi said so."))))

    assert "Rossi" not in found
    assert found.count("Names withheld (Chatham House Rule)") == 2


def test_lines_of_text_can_be_pasted() -> None:
    lines = written(Format.TEXT, quotation(Metadata(title="Bees"))).decode().split("\n\n")

    assert lines == [
        "Question: Why bees?",
        "[1] “Two.” — Bees. p. iv (page 6 of the file)",
        "Bibliography",
        "Bees. Quoted here: [1] p. iv (page 6 of the file)\n",
    ]
