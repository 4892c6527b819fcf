"""More like this, saved searches, batch search, my judgements: each in its faces."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.services import judging, library, saved_searches, similar
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.settings import Settings
from kb.ui import state
from tests.conftest import settings_in
from tests.ui.test_pages import OUR_TAGS, Tags, a_document, html_of, labels_of
from tests.ui.test_search_page import QUESTION, keys, keys_of_text

OpenApp = Callable[..., AppTest]
BEA = Member("bea", frozenset({Role.MEMBER}))


def headers(app: AppTest) -> list[str]:
    return [str(header.value) for header in app.header]


# more like this


def test_more_like_a_passage_says_like_what(open_app: OpenApp, built_kb: Settings) -> None:
    kb = open_kb(built_kb)
    passage = library.passages(kb, a_document(built_kb, "text/markdown").id, actor=LOCAL_MEMBER)[2]
    expected = similar.more_like_passage(kb, passage.id, actor=LOCAL_MEMBER)

    app = open_app(built_kb, "similar", like=passage.id)

    assert "Like this passage:" in html_of(app)
    assert f"{len(expected.hits)} passages of other documents" in headers(app)
    assert [key.removeprefix("choose_") for key in keys(app, "choose_")] == [hit.passage.id for hit in expected.hits]
    assert keys(app, "verdict_") == []  # there is no question to judge it by
    assert "Back to search" in labels_of(app)


def test_one_can_walk_on_from_like_to_like(open_app: OpenApp, built_kb: Settings) -> None:
    passage = library.passages(open_kb(built_kb), a_document(built_kb, "text/markdown").id, actor=LOCAL_MEMBER)[2]
    app = open_app(built_kb, "similar", like=passage.id)
    step = keys(app, "like_")[0]

    app.button(key=step).click().run()

    assert app.query_params["like"] == step.removeprefix("like_")


def test_more_like_a_document_shows_the_pairs(open_app: OpenApp, built_kb: Settings) -> None:
    document = a_document(built_kb, "text/markdown")
    expected = similar.more_like_document(open_kb(built_kb), document.id, actor=LOCAL_MEMBER)

    app = open_app(built_kb, "similar", like_document=document.id)

    assert "Like this document:" in html_of(app)
    assert f"{len(expected.found)} documents" in headers(app)
    assert html_of(app).count("Similarity 0") == sum(len(each.pairs) for each in expected.found)


@pytest.mark.parametrize(("query", "told"), [({"like": "0"}, "no such passage"), ({"like_document": "0"}, "no such document")])
def test_what_is_gone_has_no_like(open_app: OpenApp, built_kb: Settings, query: dict[str, str], told: str) -> None:
    assert told in open_app(built_kb, "similar", **query).error[0].value


def test_without_a_passage_the_page_says_what_to_do(open_app: OpenApp, built_kb: Settings) -> None:
    assert "Choose “More like this”" in open_app(built_kb, "similar").info[0].value


def test_the_only_document_has_no_like(open_app: OpenApp, hostile_kb: Settings) -> None:
    app = open_app(hostile_kb, "similar", like_document=a_document(hostile_kb, "text/plain").id)

    assert "no other document" in app.warning[0].value
    assert Tags(html_of(app)).names <= OUR_TAGS


# saved searches


def test_no_saved_search_says_how_to_save_one(open_app: OpenApp, own_records: Settings) -> None:
    app = open_app(own_records, "saved")

    assert "no saved search yet" in app.info[0].value
    assert "Go to search" in labels_of(app)


def test_nothing_is_new_right_after_saving(open_app: OpenApp, own_records: Settings) -> None:
    saved_searches.save(open_kb(own_records), "Abroad", QUESTION, actor=LOCAL_MEMBER)

    app = open_app(own_records, "saved")

    assert "1 saved search" in headers(app)
    assert "Nothing new since" in html_of(app)
    assert QUESTION.replace("'", "&#x27;") in html_of(app)


@pytest.fixture
def growing_kb(tmp_path: Path, models: Path) -> Settings:
    """A knowledge base of one document, with a saved search in it and then a second document."""
    settings = settings_in(tmp_path, models)
    kb = open_kb(settings)
    (settings.documents / "a.md").write_text("# Looms\n\nWeavers share their looms in the village.\n", encoding="utf-8")
    ingest(kb, [settings.documents], actor=LOCAL_MEMBER)
    saved_searches.save(kb, "Looms <b>", "Who shares looms?", actor=LOCAL_MEMBER)
    (settings.documents / "b.md").write_text("# Yarn\n\nSpinners share looms with weavers of the town.\n", encoding="utf-8")
    ingest(kb, [settings.documents], actor=LOCAL_MEMBER)
    return settings


def test_what_came_since_is_new_until_it_is_marked_as_seen(open_app: OpenApp, growing_kb: Settings) -> None:
    listed = open_app(growing_kb, "saved")
    assert re.search(r"1 new of 2 since", html_of(listed))

    listed.button(key="open_1").click().run()
    assert listed.query_params["saved"] == "1"
    assert html_of(listed).count('<span class="kb-new" dir="auto">New</span>') == 1
    new_card = html_of(listed).split(">New</span>")[1]
    assert "Spinners" in new_card.split("</blockquote>")[0]

    listed.button(key="mark_seen").click().run()
    assert "Nothing new since" in html_of(listed)
    assert ">New</span>" not in html_of(listed)

    listed.button(key="saved_all").click().run()
    assert not re.search("new of", html_of(listed))


def test_a_saved_search_is_renamed_and_removed(open_app: OpenApp, growing_kb: Settings) -> None:
    app = open_app(growing_kb, "saved")

    app.text_input(key=keys_of_text(app, "rename_to_")).set_value("Weaving")
    next(button for button in app.button if button.label == "Rename").click().run()
    assert "It is called “Weaving” now" in app.success[0].value

    app.button(key="remove_now_1").click().run()
    assert "no saved search yet" in app.info[0].value
    assert saved_searches.saved_searches(open_kb(growing_kb), actor=LOCAL_MEMBER) == []


def test_a_change_made_elsewhere_is_not_written_over(open_app: OpenApp, growing_kb: Settings) -> None:
    app = open_app(growing_kb, "saved")
    kb = open_kb(growing_kb)
    elsewhere = saved_searches.named(kb, "looms <b>", actor=LOCAL_MEMBER)
    saved_searches.rename(kb, elsewhere, "Theirs", actor=LOCAL_MEMBER)

    app.text_input(key=keys_of_text(app, "rename_to_")).set_value("Mine")
    next(button for button in app.button if button.label == "Rename").click().run()

    assert "was changed or looked at elsewhere" in app.error[0].value
    assert [each.name for each in saved_searches.saved_searches(kb, actor=LOCAL_MEMBER)] == ["Theirs"]


def test_a_second_member_sees_nothing_of_it(open_app: OpenApp, growing_kb: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "actor", lambda: BEA)

    listed, opened = open_app(growing_kb, "saved"), open_app(growing_kb, "saved", saved="1")

    assert "no saved search yet" in listed.info[0].value
    assert "no such saved search" in opened.error[0].value
    assert "Looms" not in html_of(opened) + html_of(listed)


@pytest.mark.parametrize("rubbish", ["x", "-1", "9" * 40, "<script>"])
def test_rubbish_in_the_address_is_no_saved_search(open_app: OpenApp, own_records: Settings, rubbish: str) -> None:
    assert "no such saved search" in open_app(own_records, "saved", saved=rubbish).error[0].value


def test_one_that_cannot_be_asked_keeps_nobody_from_the_others(
    open_app: OpenApp, own_records: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb = open_kb(own_records)
    for name in ("Abroad", "Home"):
        saved_searches.save(kb, name, QUESTION, actor=LOCAL_MEMBER)
    with kb.records() as records:
        broken = next(each for each in records.saved_searches.of_member("local") if each.name == "Abroad")
        records.saved_searches.change(replace(broken, k=100_000))

    app = open_app(own_records, "saved")

    assert "100000 results were asked for" in app.warning[0].value
    assert html_of(app).count("Nothing new since") == 1


# batch search


def send(app: AppTest, content: bytes) -> AppTest:
    app.file_uploader[0].upload("questions.csv", content)
    return next(button for button in app.button if button.label == "Ask them all").click().run()


def test_a_table_of_questions_becomes_a_table_of_passages(open_app: OpenApp, built_kb: Settings) -> None:
    app = send(open_app(built_kb, "batch"), f'question\n"{QUESTION}"\n{"x" * 3000}\n"""zebra crossing"""\n'.encode())

    assert "1 of 3 questions have an answer. 5 passages." in app.success[0].value
    assert "1 question could not be asked." in app.warning[0].value
    assert "The question has 3000 characters" in html_of(app)
    assert "No passage was found for this question." in html_of(app)
    report = app.session_state["_batch"]
    assert report.file.name == "answers.xlsx"
    rows = list(load_workbook(io.BytesIO(report.file.content)).active.iter_rows(values_only=True))
    assert len(rows) == 1 + 5 + 2


def test_no_file_is_said(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "batch")

    next(button for button in app.button if button.label == "Ask them all").click().run()

    assert app.warning[0].value == "No file was chosen."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\n\n", "There is no question in the file"),
        (b"q\n" * 1001, "has 1001 questions"),
        (b"x" * ((5 << 20) + 1), "MB; at most 5"),
    ],
    ids=["empty", "too many", "too large"],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    open_app: OpenApp, built_kb: Settings, content: bytes, told: str
) -> None:
    app = send(open_app(built_kb, "batch"), content)

    assert told in app.error[0].value.replace("\\", "")
    assert "Answers" not in headers(app)


def test_a_table_that_names_no_question_says_what_was_asked(open_app: OpenApp, built_kb: Settings) -> None:
    guessed = "No column is named “question”, so the first column was asked, from its first row on."

    app = send(open_app(built_kb, "batch"), b"topic,country\nbees,SI\n")
    assert [each.value for each in app.warning] == [guessed]
    assert "2 of 2 questions" in app.success[0].value

    app = send(app, b"question,country\nbees,SI\n")
    assert [each.value for each in app.warning] == []


def test_a_formula_in_a_question_stays_text(open_app: OpenApp, built_kb: Settings) -> None:
    app = send(open_app(built_kb, "batch"), b"question\n=1+1 looms <img src=x>\n")

    assert Tags(html_of(app)).names <= OUR_TAGS
    sheet = load_workbook(io.BytesIO(app.session_state["_batch"].file.content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


# my judgements


def test_no_judgement_says_how_to_judge(open_app: OpenApp, own_records: Settings) -> None:
    assert "judged no passage yet" in open_app(own_records, "judgements").info[0].value


def test_own_judgements_are_listed_and_withdrawn(open_app: OpenApp, own_records: Settings) -> None:
    kb = open_kb(own_records)
    passage = library.passages(kb, a_document(own_records, "text/markdown").id, actor=LOCAL_MEMBER)[1]
    said = judging.judge(kb, QUESTION, passage.id, 0, actor=LOCAL_MEMBER)
    judging.judge(kb, "Who else?", passage.id, 1, actor=BEA)

    app = open_app(own_records, "judgements")
    assert "1 judgement" in headers(app)
    assert "Not relevant" in html_of(app)
    assert "Who else?" not in html_of(app)

    app.button(key=f"withdraw_{said.id}").click().run()
    assert judging.mine(kb, actor=LOCAL_MEMBER) == []
    assert "withdrawn" in app.success[0].value


def test_a_facilitator_takes_all_judgements_along_without_names(open_app: OpenApp, own_records: Settings) -> None:
    kb = open_kb(own_records)
    passage = library.passages(kb, a_document(own_records, "text/markdown").id, actor=LOCAL_MEMBER)[1]
    for member in (LOCAL_MEMBER, BEA):
        judging.judge(kb, QUESTION, passage.id, 1, actor=member)
    app = open_app(own_records, "judgements")
    assert not app.get("download_button")

    app.session_state["j_all"] = True
    app.run()

    assert "2 judgements of 2 members" in [text.value for text in app.text]
    assert [each.proto.label for each in app.get("download_button")] == [
        "Judgements (qrels)", "Questions (JSONL)", "Golden questions (YAML)",
    ]  # fmt: skip


def test_a_plain_member_is_offered_no_files(open_app: OpenApp, own_records: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "actor", lambda: BEA)

    assert not open_app(own_records, "judgements").get("expander")


# the Chatham House Rule


def test_authors_are_not_named_under_the_chatham_house_rule(open_app: OpenApp, tmp_path: Path, models: Path) -> None:
    settings = settings_in(tmp_path, models)
    head = "title: A talk on looms\nauthors: [Rosa Quill]\norganisation: Loom Union\nchatham_house: true"
    (settings.documents / "rosa-quill.md").write_text(f"---\n{head}\n---\n\nLooms are shared.\n", encoding="utf-8")
    ingest(open_kb(settings), [settings.documents], actor=LOCAL_MEMBER)

    shown = html_of(open_app(settings, "document", id=a_document(settings, "text/markdown").id)) + html_of(
        open_app(settings, "library")
    )

    assert "quill" not in shown.casefold()
    assert "Chatham House" in shown


# French


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("saved", "Recherches enregistrées"),
        ("batch", "Recherche par lot"),
        ("judgements", "Mes jugements"),
        ("similar", "Passages semblables"),
    ],
)
def test_the_pages_speak_french(open_app: OpenApp, own_records: Settings, page: str, title: str) -> None:
    assert open_app(own_records, page, locale="fr-FR").title[0].value == title
