"""Each page in its faces: nothing ingested, nothing asked, nothing found, found; in English and French; with hostile documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.retrieval.catalog import DocumentSummary, Job, JobState
from kb.services import library
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from kb.ui.components.job_panel import Pace

OpenApp = Callable[..., AppTest]
QUESTION = "How do women's cooperatives sell abroad?"
TABLE_TAGS = ("table", "caption", "thead", "tbody", "tr", "th", "td")
OUR_TAGS = {*("blockquote", "mark", "ul", "li", "p", "span", "dl", "dt", "dd", "div", "a", "br", "h1"), *TABLE_TAGS}


def html_of(app: AppTest) -> str:
    """What was given to ``st.html``, without the style sheet and the language switch's one line."""
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith(("<style>", "<script>document.documentElement.lang")))


def labels_of(app: AppTest) -> list[str]:
    return [element.proto.label for element in app.get("page_link")]


def a_document(settings: Settings, media_type: str) -> DocumentSummary:
    found = library.documents(open_kb(settings), actor=LOCAL_MEMBER)
    return next(document for document in found if document.media_type == media_type)


# nothing ingested


@pytest.mark.parametrize("page", ["search", "library"])
def test_an_empty_index_says_how_to_begin(open_app: OpenApp, empty_kb: Settings, page: str) -> None:
    app = open_app(empty_kb, page)

    assert "There are no documents yet" in [header.value for header in app.header]
    assert "kb ingest" in app.code[0].value
    assert "Add documents" in labels_of(app)


def test_adding_works_on_an_empty_index(open_app: OpenApp, empty_kb: Settings) -> None:
    app = open_app(empty_kb, "add")

    assert app.title[0].value == "Add documents"
    assert not app.error


# search


def test_before_a_question_there_are_examples_and_a_click_asks_one(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb)
    example = app.button(key="example_0")

    example.click().run()

    assert app.text_input(key="q").value == example.label
    assert "passages" in app.header[0].value


def test_a_question_in_the_url_is_answered_with_cards(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION)

    assert app.header[0].value == "10 passages"
    assert html_of(app).count('<blockquote class="kb-quote"') == 10
    assert "<mark>" in html_of(app)
    assert any(caption.value.startswith("Searched ") for caption in app.caption)


def test_asking_puts_the_question_into_the_url_as_codes(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb)

    app.text_input(key="q").set_value(QUESTION)
    app.selectbox(key="s_k").set_value(20)
    app.button[0].click().run()
    app.multiselect(key="s_country").set_value(["IN"]).run()

    said = {key: app.query_params[key] for key in ("q", "s_k", "s_country")}
    assert said == {"q": QUESTION, "s_k": "20", "s_country": "IN"}


def test_a_filter_from_the_url_filters_and_can_be_cleared(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION, s_country=["IN"])
    assert app.multiselect(key="s_country").value == ["IN"]
    assert any(text.value == "Filters: India" for text in app.text)

    app.button(key="s_clear").click().run()

    assert app.multiselect(key="s_country").value == []


def test_nothing_found_says_what_was_searched(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION, s_country=["AQ"])

    assert re.search(r"No passage found for this question in \d+ passages of \d+ documents", app.warning[0].value)
    assert "Antarctica" in app.warning[0].value


def test_fifty_hits_are_shown_ten_at_a_time(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION, s_k="50")

    assert html_of(app).count("kb-quote") == 10
    assert len(app.get("pagination")) == 1


@pytest.mark.parametrize(
    "rubbish", [{"s_k": "-1"}, {"s_k": "x"}, {"s_year": ["nineteen"]}, {"s_country": ["<script>"]}, {"lang": "xx"}]
)
def test_rubbish_in_the_url_does_no_harm(open_app: OpenApp, built_kb: Settings, rubbish: dict[str, str | list[str]]) -> None:
    app = open_app(built_kb, q=QUESTION, **rubbish)

    assert not any("incident" in error.value for error in app.error)


# document


def test_a_document_without_an_id_leads_to_the_library(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "document")

    assert "No document was chosen" in app.info[0].value


def test_an_unknown_document_is_one_sentence_and_a_way_back(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "document", id="0000000000000000")

    assert len(app.error) == 1
    assert "no such document" in app.error[0].value
    assert "Back to search" in labels_of(app)


def test_a_passage_that_is_gone_says_so(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "document", id=a_document(built_kb, "text/markdown").id, passage="0")

    assert "no longer in the document" in app.error[0].value


def test_a_pdf_shows_its_page_beside_the_passage(open_app: OpenApp, built_kb: Settings) -> None:
    pdf = a_document(built_kb, "application/pdf")
    passage = max(library.passages(open_kb(built_kb), pdf.id, actor=LOCAL_MEMBER), key=lambda each: len(each.text))
    start, end = passage.sentences[0]

    app = open_app(built_kb, "document", id=pdf.id, passage=passage.id, mark=f"{start}-{end}")

    picture = app.get("image")[0].proto.imgs[0]
    assert "The quoted sentence is marked." in picture.alt
    assert "<mark>" in html_of(app)
    assert "All passages" in [header.value for header in app.header]


def test_turning_the_page_goes_into_the_url(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "document", id=a_document(built_kb, "application/pdf").id)
    assert not [button for button in app.button if button.key == "page_back"]

    app.button(key="page_on").click().run()

    assert app.query_params["page"] == "2"


def test_the_outline_leads_to_a_passage(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "document", id=a_document(built_kb, "text/markdown").id)

    next(button for button in app.sidebar.button if button.key and button.key.startswith("outline_")).click().run()

    assert "The passage" in [header.value for header in app.header]


@pytest.mark.parametrize("mark", ["0-999999", "5-2", "a-b", "-1-4", "1" * 40])
def test_an_edited_mark_marks_nothing(open_app: OpenApp, built_kb: Settings, mark: str) -> None:
    document = a_document(built_kb, "text/markdown")
    passage = library.passages(open_kb(built_kb), document.id, actor=LOCAL_MEMBER)[0]

    app = open_app(built_kb, "document", id=document.id, passage=passage.id, mark=mark)

    assert "<mark>" not in html_of(app)
    assert not app.error


# library


def test_the_library_draws_cards_a_map_and_the_same_numbers(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "library")
    n = len(library.documents(open_kb(built_kb), actor=LOCAL_MEMBER))

    assert f"{n} documents" in [header.value for header in app.header]
    assert "World map: documents about" in app.get("vega_lite_chart")[0].proto.alt
    assert "Documents over time" in app.get("vega_lite_chart")[1].proto.alt
    assert "Documents by country" in html_of(app)


def test_the_table_links_each_document(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "library", l_view="table")

    assert re.search(r'<th scope="row"><a href="document\?id=[0-9a-f]{16}&amp;lang=en">', html_of(app))


def test_titles_are_filtered_without_accents_and_case(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "library", l_title="EVALUATION")

    assert any("évaluation" in label for label in labels_of(app))


def test_no_matching_document_is_said(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "library", l_title="no title holds this")

    assert app.warning[0].value == "No document matches these filters."


# add


def test_the_ledger_speaks_in_plain_words(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "add")

    assert "Read and searchable" in html_of(app)


def test_a_refused_upload_names_the_file(open_app: OpenApp, empty_kb: Settings) -> None:
    app = open_app(empty_kb, "add")

    app.file_uploader[0].upload("song.pdf", b"")
    next(button for button in app.button if button.label == "Start reading").click().run()

    assert "song" in app.error[0].value
    assert not empty_kb.documents.exists() or not list(empty_kb.documents.rglob("*.pdf"))


def test_a_date_that_is_none_is_refused_before_anything_is_stored(open_app: OpenApp, empty_kb: Settings) -> None:
    app = open_app(empty_kb, "add")

    app.text_input(key="a_date").set_value("soon")
    next(button for button in app.button if button.label == "Start reading").click().run()

    assert "is not a date" in app.error[0].value


def test_a_job_that_is_gone_is_said(open_app: OpenApp, empty_kb: Settings) -> None:
    app = open_app(empty_kb, "add", job="0000")

    assert app.info[0].value == "There is no such job any more."


def test_a_running_job_shows_how_far_it_is_and_can_be_cancelled(open_app: OpenApp, empty_kb: Settings) -> None:
    catalog = open_kb(empty_kb).catalog
    now = datetime.now(UTC).isoformat()
    catalog.put_job(Job("j1", JobState.RUNNING, ("a.md",), 1, 4, 30, 90, started_utc=now, heartbeat_utc=now))
    app = open_app(empty_kb, "add", job="j1")
    assert "Files: 1 of 4 · 30 passages" in app.get("progress")[0].proto.text.replace("\\", "")

    app.button(key="job_cancel").click().run()

    stored = catalog.job("j1")
    assert stored is not None
    assert stored.state is JobState.CANCELLED


def test_pace_is_what_was_done_over_the_time_it_took() -> None:
    job = Job(
        "j", JobState.RUNNING, (), 1, 2, 60, 180, started_utc="2026-11-22T10:00:00+00:00", heartbeat_utc="2026-11-22T10:00:18+00:00"
    )

    pace = Pace.of(job, datetime(2026, 11, 22, 10, 0, 20, tzinfo=UTC))

    assert (pace.passages_a_second, pace.left_s, pace.silent_s) == (3.0, 40.0, 2.0)


# languages


@pytest.mark.parametrize(
    ("page", "title"),
    [("search", "Que voulez-vous apprendre de vos pairs ?"), ("library", "Bibliothèque"), ("add", "Ajouter des documents")],
)
def test_a_french_browser_gets_french_pages(open_app: OpenApp, built_kb: Settings, page: str, title: str) -> None:
    assert open_app(built_kb, page, locale="fr-CA").title[0].value == title


def test_the_url_decides_over_the_browser(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, locale="de-DE", lang="fr", q=QUESTION)

    assert "passages" in app.header[0].value
    assert any(caption.value.startswith("Mode local") for caption in app.caption)
    assert "Inde" in html_of(app) or "Français" in html_of(app) or "Anglais" in html_of(app)


def test_two_sessions_keep_their_own_language(open_app: OpenApp, built_kb: Settings) -> None:
    french = open_app(built_kb, locale="fr-FR")
    english = open_app(built_kb, locale="en-GB")

    french.run()

    assert (french.title[0].value[:3], english.title[0].value[:4]) == ("Que", "What")


# hostile documents


class Tags(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize(
    ("page", "query"),
    [("", {"q": "looms"}), ("library", {}), ("library", {"l_view": "table"}), ("add", {}), ("document", {"id": "?"})],
)
def test_markup_in_documents_stays_text(open_app: OpenApp, hostile_kb: Settings, page: str, query: dict[str, str]) -> None:
    if page == "document":
        document = a_document(hostile_kb, "text/plain")
        passage = library.passages(open_kb(hostile_kb), document.id, actor=LOCAL_MEMBER)[0]
        query = {"id": document.id, "passage": passage.id, "mark": "0-20"}

    app = open_app(hostile_kb, page, **query)

    tags = Tags(html_of(app))
    assert tags.names <= OUR_TAGS
    assert tags.attributes <= {"class", "dir", "lang", "href", "target", "rel", "scope", "role", "tabindex", "aria-label"}
    assert "javascript:" not in " ".join(re.findall(r'href="([^"]*)"', html_of(app)))
    markdown = [
        element.value for kind in ("markdown", "caption", "error", "warning", "info", "header") for element in app.get(kind)
    ]
    assert not [text for text in [*markdown, *labels_of(app)] if re.search(r"(?<!\\)[<!$]", text) and "script" in text]


# errors


def test_a_bug_shows_a_number_and_nothing_else(
    open_app: OpenApp, built_kb: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from kb.ui import state

    def broken() -> list[DocumentSummary]:
        raise RuntimeError("secret path /home/x")

    monkeypatch.setattr(state, "documents", broken)
    app = open_app(built_kb)

    incident = re.search(r"incident ([0-9a-f]{8})", app.error[0].value)
    assert incident
    assert "secret" not in app.error[0].value
    assert incident[1] in caplog.text
    assert "secret path" in caplog.text


# a file that is gone


def test_a_document_whose_file_is_gone_still_shows_its_text(open_app: OpenApp, hostile_kb: Settings) -> None:
    document = a_document(hostile_kb, "text/plain")
    path = hostile_kb.documents / document.path
    kept = path.read_bytes()
    path.unlink()
    try:
        app = open_app(hostile_kb, "document", id=document.id)
    finally:
        path.write_bytes(kept)

    assert "no longer in its folder" in app.warning[0].value
    assert "kb-quote" in html_of(app)
