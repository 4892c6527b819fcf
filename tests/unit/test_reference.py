"""What is known of a document becomes its record, and nothing else does; names are withheld under the Chatham House Rule."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.retrieval.names_withheld import names_of, withhold
from kb.retrieval.passage import DocumentId, Metadata, Passage, PassageId
from kb.retrieval.quotation import Citations, Place, Quotation
from kb.retrieval.reference import Reference, ReferenceType, citation_keys
from kb.retrieval.wording import Wording
from kb.retrieval.writable import is_right_to_left, one_line, writable

ID = DocumentId("3f2a9c0011223344")
PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REPORT = Metadata(
    title="Bees on the roofs", kind="case-study", authors=("Maria Rossi", "City of Cesena"), organisation="Cesena", date="2021-05",
    licence="CC BY 4.0", origin="https://x.test/a b", language="it",
)  # fmt: skip


def reference(about: Metadata, path: str = "guides/a.pdf", media_type: str = PDF, identity: str = ID) -> Reference:
    return Reference.of(DocumentId(identity), path, about, media_type)


def a_passage(text: str = "One. Two. Three.", page: int | None = 6, label: str | None = "iv", **more: object) -> Passage:
    about = {"heading_path": ("Bees on the roofs", "Hives"), "language": "en", **more}
    return Passage(PassageId("0" * 16), ID, 0, 0, len(text), text, page, label, context="", sentences=((5, 9),), **about)  # type: ignore[arg-type]


def quoted(passage: Passage, about: Metadata = REPORT, sentence: tuple[int, int] | None = None) -> Quotation:
    return Quotation.of(1, passage, reference(about), about, PDF, sentence=sentence)


# the record --------------------------------------------------------------------------------------------------------------


def test_a_record_holds_what_is_known() -> None:
    assert reference(REPORT) == Reference(
        ID, ReferenceType.REPORT, "Bees on the roofs", ("Maria Rossi", "City of Cesena"), "Cesena", "2021-05", url="https://x.test/a%20b",
        language="it", licence="CC BY 4.0", archive_location="guides/a.pdf",
    )  # fmt: skip


def test_nothing_is_made_up_for_what_is_not_known() -> None:
    assert reference(Metadata(), "guides/a.pdf") == Reference(ID, ReferenceType.DOCUMENT, "a.pdf", archive_location="guides/a.pdf")


@pytest.mark.parametrize(
    ("kind", "media_type", "expected"),
    [
        ("case-study", PDF, "report"), ("guide", "text/markdown", "report"), ("tool", PDF, "document"), ("", PDF, "document"),
        ("guide", PPTX, "speech"), ("conference-note", PPTX, "speech"), ("conference-note", "text/plain", "paper-conference"),
        ("guide", "text/html", "webpage"), ("", "application/epub+zip", "book"), ("plan", XLSX, "dataset"),
        ("", "text/csv", "dataset"),
    ],
)  # fmt: skip
def test_the_type_follows_the_kind_and_the_medium(kind: str, media_type: str, expected: str) -> None:
    assert reference(Metadata(kind=kind), media_type=media_type).type == expected


@pytest.mark.parametrize(
    ("origin", "field", "value", "address"),
    [
        ("https://x.test/?a=1&b={c}", "url", "https://x.test/?a=1&b=%7Bc%7D", "https://x.test/?a=1&b=%7Bc%7D"),
        ("doi:10.1145/1571941.1572114", "doi", "10.1145/1571941.1572114", "https://doi.org/10.1145/1571941.1572114"),
        ("https://doi.org/10.1145/1571941.1572114", "doi", "10.1145/1571941.1572114", "https://doi.org/10.1145/1571941.1572114"),
        ("isbn:978-3-16-148410-0", "isbn", "978-3-16-148410-0", "ISBN 978-3-16-148410-0"),
        ("Ministry of Labour", "source", "Ministry of Labour", "Ministry of Labour"),
        ("javascript:alert(1)", "source", "javascript:alert(1)", "javascript:alert(1)"),
        ("", "url", "", ""),
    ],
)  # fmt: skip
def test_an_origin_goes_where_it_belongs(origin: str, field: str, value: str, address: str) -> None:
    found = reference(Metadata(origin=origin))

    assert getattr(found, field) == value
    assert found.address == address
    assert [getattr(found, name) for name in ("url", "doi", "isbn", "source") if name != field] == [""] * 3


@pytest.mark.parametrize(
    ("date", "parts"),
    [("2021", [2021]), ("2021-05", [2021, 5]), ("2021-05-03", [2021, 5, 3]), ("2021-13", []), ("soon", []), ("", [])],
)
def test_a_date_is_as_long_as_it_is_known(date: str, parts: list[int]) -> None:
    assert reference(Metadata(date=date)).issued_parts == parts


# keys --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "key"),
    [
        (REPORT, "rossi2021-3f2a9c"),
        (Metadata(title="x", authors=("Müller-Łoś, Jörg",), date="2020-01-02"), "mulleros2020-3f2a9c"),
        (Metadata(title="x", organisation="ILO"), "ilo-3f2a9c"),
        (Metadata(title="தமிழ்"), "document-3f2a9c"),
    ],
)
def test_a_key_says_who_and_when(about: Metadata, key: str) -> None:
    assert citation_keys([reference(about)]) == {ID: key}


@given(
    st.lists(
        st.tuples(st.sampled_from(["Rossi", "{}", ""]), st.text("01ab", min_size=16, max_size=16)), unique_by=lambda each: each[1]
    )
)
def test_no_two_documents_have_one_key(chosen: list[tuple[str, str]]) -> None:
    """Same author, year and title; ids that begin alike."""
    references = [reference(Metadata(title="T", authors=(who,), date="2020"), identity=identity) for who, identity in chosen]
    keys = citation_keys(references)

    assert len(set(keys.values())) == len(chosen)
    assert all(re.fullmatch("[a-z0-9-]+", key) for key in keys.values())


# pages and words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "told", "printed"),
    [
        (Place(6, "iv", PDF), "p. iv (page 6 of the file)", "iv"),
        (Place(6, "6", PDF), "p. 6", "6"),
        (Place(6, None, PDF), "p. 6", "6"),
        (Place(3, None, PPTX), "slide 3", ""),
        (Place(1, "Costs", XLSX), "sheet “Costs”", ""),
        (Place(None, None, "text/html"), "", ""),
    ],
)
def test_the_printed_page_comes_first(place: Place, told: str, printed: str) -> None:
    assert (Wording().place(place), place.printed) == (told, printed)


def test_a_line_to_copy() -> None:
    assert Wording().cited(quoted(a_passage(), sentence=(5, 9))) == (
        "“Two.” — Maria Rossi; City of Cesena (2021-05). Bees on the roofs. Cesena. p. iv (page 6 of the file). https://x.test/a%20b"
    )


def test_a_line_leaves_out_what_is_not_known_and_doubles_no_full_stop() -> None:
    about = Metadata(title="Why bees?", date="2021")

    assert Wording().cited(quoted(a_passage(page=None, label=None), about)) == "Why bees? (2021). Bees on the roofs › Hives"
    assert Wording().source(reference(Metadata(title="Why bees?", organisation="ILO"))) == "ILO. Why bees?"


@given(st.text("ab\x00\ud800\u202e\n\u2028", max_size=9), st.integers(-3, 12), st.integers(-3, 12))
def test_three_parts_are_the_passage(text: str, start: int, end: int) -> None:
    """Whatever span a link holds; a faulty one marks nothing."""
    found = quoted(a_passage(text), sentence=(start, end))

    assert found.text == writable(text)
    if 0 <= start < end <= len(text):
        assert found.sentence == writable(text[start:end])
    else:
        assert found.sentence == ""


def test_a_bibliography_names_each_document_once_in_order_and_its_pages() -> None:
    def of(number: int, title: str, label: str) -> Quotation:
        about = Metadata(title=title)
        record = reference(about, identity=f"{title[-1] * 16}")
        return Quotation.of(number, a_passage(label=label), record, about, PDF)

    works = Citations(
        (of(1, "Órla a", "9"), of(2, "bees b", "iv"), of(3, "Órla a", "x"), of(4, "Órla a", "9")), "2026-11-22"
    ).works()

    assert [(work.reference.title, work.pages) for work in works] == [("bees b", ("iv",)), ("Órla a", ("9", "x"))]
    assert Wording().entry(works[1]) == (
        "Órla a. Quoted here: [1] p. 9 (page 6 of the file); [3] p. x (page 6 of the file); [4] p. 9 (page 6 of the file)"
    )


# the Chatham House Rule --------------------------------------------------------------------------------------------------

RULE = Metadata(
    title="What Maria Rossi said", authors=("Maria Rossi", "Okoye, Ada"), organisation="Cesena", chatham_house=True,
    origin="https://x.test/maria-rossi", other=(("speakers", "Dr. Jan de Wit (Utrecht), Li Na"),),
)  # fmt: skip
NAMES = re.compile(r"maria|rossi|ada|okoye|\bwit\b|li na", re.IGNORECASE)


def test_names_are_authors_and_speakers_and_nobody_without_the_rule() -> None:
    assert names_of(RULE) == ("Maria Rossi", "Okoye, Ada", "Dr. Jan de Wit", "Li Na")
    assert names_of(Metadata(authors=("Maria Rossi",))) == ()
    assert names_of(Metadata(authors=("Cesena ",), organisation="cesena", chatham_house=True)) == ()


def test_nothing_of_a_record_under_the_rule_tells_a_name() -> None:
    text = "Maria  Rossi spoke. ROSSI agreed with Ada Okoye and de Wit; li na wrote it."
    found = quoted(a_passage(text, heading_path=("Ms Rossi",)), RULE, sentence=(0, 19))
    told = [found.text, found.sentence, *found.heading_path, Wording().cited(found)]
    told += [str(value) for value in vars(reference(RULE, "notes/maria-rossi.md")).values()]
    told += [str(value) for value in vars(reference(RULE.or_else(Metadata()), "Notes_Rossi.md")).values()]

    assert [part for part in told if NAMES.search(part)] == []
    assert found.sentence == "[name withheld] spoke."
    assert Wording().cited(found).endswith(". Names withheld (Chatham House Rule)")


@given(st.integers(0, 30), st.integers(0, 30))
def test_no_span_cuts_a_name_in_two(start: int, end: int) -> None:
    """A link's span can be edited; half a name is still a name to people."""
    found = quoted(a_passage("So Maria Rossi said to Okoye."), RULE, sentence=(start, end))

    assert found.text.replace("[name withheld]", "N") == "So N said to N."


def test_a_file_name_that_stands_for_a_title_tells_no_name() -> None:
    about = Metadata(authors=("Maria Rossi",), chatham_house=True)

    assert reference(about, "notes/2026_maria-rossi.md").title == "2026_[name withheld].md"


def test_words_that_are_no_names_stay() -> None:
    """Rose and May are names and words; rossiana only begins like one."""
    names = ("May Rose",)

    assert withhold("Roses rose in may; may rose, MAY ROSE. Rose left.", names, "X") == "Roses rose in may; X, X. X left."
    assert withhold("rossiana and Rossiana", ("Maria Rossi",), "X") == "rossiana and Rossiana"
    assert withhold("[X] (a+b)*", ("(a+b)* [",), "N") == "[X] (a+b)*"


# fit to be written -------------------------------------------------------------------------------------------------------


@given(st.text())
def test_what_is_written_is_legal_in_xml(text: str) -> None:
    """Char of XML 1.0, fifth edition, production 2; and UTF-8 can hold it."""
    for written in (writable(text), one_line(text)):
        written.encode()
        assert all(
            code in (0x9, 0xA) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF for code in map(ord, written)
        )


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_no_letter_is_lost(text: str) -> None:
    assert writable(text) == text


@pytest.mark.parametrize(
    ("text", "expected"), [("שלום", True), ("[1] العربية", True), ("a العربية", False), ("12", False), ("", False), ("日本", False)]
)
def test_the_first_letter_tells_the_direction(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected
