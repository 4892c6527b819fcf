"""Practices and one practice in their faces: none, faulty, all, chosen, found, side by side; in English and French; hostile."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.retrieval.judged import flat
from kb.services import practice_editing, practices
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.settings import Settings
from kb.ui import state
from tests.sheets import RAW, SOUND
from tests.ui.conftest import HOSTILE
from tests.ui.test_pages import OUR_TAGS, Tags, html_of, labels_of

OpenApp = Callable[..., AppTest]
SEWA, BEES = "sewa-cooperative-federation", "cesena-bee-path"
INVISIBLE = "\u2060"


@pytest.fixture
def sample(practices_kb: KnowledgeBase, built_kb: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The app works on the sheets of the corpus, ingested; only read them."""
    monkeypatch.setattr(state, "kb", lambda: practices_kb)
    return built_kb


@pytest.fixture
def own(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The app works on a folder of the test's own: one sheet and its document, not ingested; no ingest is started."""
    settings.practices.mkdir()
    (settings.practices / "bee-path.yaml").write_text(SOUND, encoding="utf-8")
    (settings.documents / "case-studies").mkdir()
    (settings.documents / "case-studies" / "bees.md").write_text("# Bees\n\nPupils visit the\nhives.\n", encoding="utf-8")
    kb = replace(open_kb(settings), launch=lambda job: None)
    monkeypatch.setattr(state, "kb", lambda: kb)
    return settings


def headers_of(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def titles_of(app: AppTest) -> list[str]:
    """Titles of the cards, in order."""
    return [re.sub(r"[*\\]", "", label) for label in labels_of(app) if label.startswith("**")]


# the list


def test_every_sheet_has_a_card_that_leads_to_it(open_app: OpenApp, sample: Settings, practices_kb: KnowledgeBase) -> None:
    app = open_app(sample, "practices")
    n = len(practices_kb.practices.names())

    assert f"{n} practices" in headers_of(app)
    assert len(titles_of(app)) == 24  # a page of them
    assert titles_of(app) == sorted(titles_of(app), key=str.casefold)
    assert "New practice" in labels_of(app)
    assert "Good practice" in html_of(app)


def test_a_question_finds_by_meaning_and_shows_the_words_that_answer(open_app: OpenApp, sample: Settings) -> None:
    app = open_app(sample, "practices", p_q="abeilles en ville")

    assert "bee path" in titles_of(app)[0]
    assert html_of(app).count('<blockquote class="kb-quote"') == len(titles_of(app))
    assert app.query_params["p_q"] == "abeilles en ville"


def test_filters_from_the_address_choose_and_their_counts_respect_each_other(open_app: OpenApp, sample: Settings) -> None:
    app = open_app(sample, "practices", p_kind="tool")
    n = len(titles_of(app))
    themes = app.multiselect(key="p_theme")

    assert f"{n} practices" in headers_of(app)
    assert any(f"({n})" in option for option in app.multiselect(key="p_kind").options if option.startswith("Tool"))
    most = max(int(option[option.rindex("(") + 1 : -1]) for option in themes.options)
    assert most <= n

    app.button(key="p_clear").click().run()

    assert app.multiselect(key="p_kind").value == []
    assert len(titles_of(app)) > n


def test_a_filter_is_written_into_the_address_as_a_code(open_app: OpenApp, sample: Settings) -> None:
    app = open_app(sample, "practices")

    app.multiselect(key="p_theme").set_value(["women-and-gender"]).run()

    assert app.query_params["p_theme"] == "women-and-gender"
    assert any(text.value.startswith("Filters: women and gender") for text in app.text)


def test_nothing_that_fits_is_said(open_app: OpenApp, sample: Settings) -> None:
    app = open_app(sample, "practices", p_country="AQ")

    assert re.search(r"None of \d+ practices fits, with these filters: Antarctica", app.warning[0].value.replace("\\", ""))


def test_the_table_leads_to_each_practice(open_app: OpenApp, sample: Settings) -> None:
    app = open_app(sample, "practices", p_view="table", p_country="IN")

    assert re.search(r'<th scope="row"><a href="practice\?id=sewa-cooperative-federation&amp;lang=en">SEWA', html_of(app))
    assert re.search(r"\d+ of \d+ fields", html_of(app))


def test_the_map_says_in_words_what_it_draws_and_lists_what_it_cannot(open_app: OpenApp, sample: Settings) -> None:
    app = open_app(sample, "practices", p_view="map")
    drawn = app.get("vega_lite_chart")[0].proto
    spec = json.loads(drawn.spec)
    codes = {row["id"] for rows in spec["datasets"].values() if isinstance(rows, list) for row in rows if "id" in row}

    assert re.search(r"World map: practices in \d+ countries; most in ", drawn.alt)
    assert "EU" not in codes
    assert "European Union" in html_of(app)
    assert ">Unknown</th>" in html_of(app)


def test_without_sheets_the_page_says_how_to_begin(open_app: OpenApp, empty_kb: Settings) -> None:
    app = open_app(empty_kb, "practices")

    assert "There are no practices yet" in headers_of(app)
    assert "kb practice new" in app.code[0].value
    assert "New practice" in labels_of(app)


def test_a_reader_is_offered_no_form(open_app: OpenApp, empty_kb: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "actor", lambda: Member("Reader", frozenset({Role.MEMBER})))
    app = open_app(empty_kb, "practices")

    assert "New practice" not in labels_of(app)


def test_a_sheet_with_faults_is_listed_with_them(open_app: OpenApp, own: Settings) -> None:
    (own.practices / "broken.yaml").write_text("practice: broken\ntitel: Hives\n", encoding="utf-8")
    app = open_app(own, "practices")

    assert titles_of(app) == ["Bee paths for a city", "broken"]
    assert "broken.yaml:2: " in html_of(app)
    assert "titel" in html_of(app)

    page = open_app(own, "practice", id="broken")

    assert page.title[0].value == "broken"
    assert "broken.yaml:2: " in html_of(page)
    assert "Edit" in labels_of(page)


def test_what_is_not_in_the_index_cannot_be_searched_and_that_is_said(open_app: OpenApp, own: Settings) -> None:
    app = open_app(own, "practices", p_q="bees")

    assert "None of 1 practices fits." in app.warning[0].value.replace("\\", "")
    assert "1 practice is not in the index" in html_of(app)


# side by side


def test_two_chosen_practices_stand_side_by_side_down_to_their_sources(open_app: OpenApp, sample: Settings) -> None:
    app = open_app(sample, "practices", p_q="bees", p_theme="environment")
    app.checkbox(key=f"compare_{BEES}").check().run()
    assert any("Choose one more" in caption.value for caption in app.caption)
    app.text_input(key="p_q").set_value("SEWA union bank federation").run()
    app.multiselect(key="p_theme").set_value([]).run()
    app.checkbox(key=f"compare_{SEWA}").check().run()

    app.button(key="compare_now").click().run()

    assert app.query_params["compare"] == [BEES, SEWA]
    shown = html_of(app)
    assert all(f">{label}</th>" in shown for label in ("Owner", "Results", "What must be kept", "Sources"))
    assert 'id="source-1-1"' in shown
    assert 'id="source-2-1"' in shown

    app.button(key=f"drop_{BEES}").click().run()

    assert "Choose two to six practices" in app.info[0].value


def test_a_comparison_can_be_linked_to_and_ignores_what_is_not_there(open_app: OpenApp, sample: Settings) -> None:
    app = open_app(sample, "practices", compare=[SEWA, "nothing", BEES, SEWA])

    assert app.title[0].value == "Practices side by side"
    assert len(titles_of(app)) == 2


def test_a_seventh_practice_is_refused(open_app: OpenApp, sample: Settings) -> None:
    app = open_app(sample, "practices")
    boxes = [str(box.key) for box in app.checkbox if str(box.key).startswith("compare_")]

    for key in boxes[:7]:
        app.checkbox(key=key).check().run()

    assert "6 practices are chosen" in app.error[0].value
    assert not app.checkbox(key=boxes[6]).value
    assert "Compare 6 practices" in [button.label for button in app.button]


# one practice


def test_a_practice_tells_what_it_is_and_how_much_it_says(open_app: OpenApp, sample: Settings) -> None:
    shown = html_of(open_app(sample, "practice", id=SEWA))

    assert '<h1 class="kb-heading" lang="en" dir="auto">SEWA: a union' in shown
    assert "29 of 34 fields said, 5 unknown, 0 not said" in shown
    assert "Nobody knows: Objectives, Resources" in shown
    assert "Gujarat State Women&#x27;s SEWA Cooperative Federation (Cooperative, India)" in shown


def test_each_note_leads_to_a_source_that_is_there(open_app: OpenApp, sample: Settings) -> None:
    shown = html_of(open_app(sample, "practice", id="mondragon-internationalisation"))
    notes = set(re.findall(r'class="kb-note" href="#(source-\d+)"', shown))

    assert len(notes) >= 3
    assert notes <= set(re.findall(r'<li id="(source-\d+)"', shown))
    assert re.search(r">\[\d+, p\. 58\]</a>", shown)
    assert "[@" not in shown


def test_each_section_of_the_side_panel_is_on_the_page(open_app: OpenApp, sample: Settings) -> None:
    shown = html_of(open_app(sample, "practice", id=SEWA))
    wanted = re.findall(r'href="#(section-\w+)"', shown)

    assert len(wanted) >= 12
    assert set(wanted) <= set(re.findall(r'id="(section-\w+)"', shown))


def test_sources_that_differ_are_set_side_by_side(open_app: OpenApp, sample: Settings) -> None:
    shown = html_of(open_app(sample, "practice", id=SEWA))

    sides = re.search(r'<div class="kb-sides">.*?</div>', shown)
    assert sides
    assert "Sources differ on “year in which SEWA began”" in sides[0]
    assert "1972 year of founding" in sides[0]  # a year, not 1,972
    assert "1971 year of the beginning" in sides[0]


def test_evidence_leads_to_its_passage(open_app: OpenApp, sample: Settings, practices_kb: KnowledgeBase) -> None:
    proofs = practices.practice(practices_kb, SEWA, actor=LOCAL_MEMBER).evidence
    passages = [proof.passage for proof in proofs if proof.passage]
    app = open_app(sample, "practice", id=SEWA)
    asked = [each.proto.query_string for each in app.get("page_link")]

    assert len(passages) == len(proofs) == 5
    for proof, passage in zip(proofs, passages, strict=True):
        spans = [re.search(r"mark=(\d+)-(\d+)", query) for query in asked if f"passage={passage.id}" in query]
        marked = [passage.text[int(found[1]) : int(found[2])] for found in spans if found]
        assert flat(proof.evidence.quote) in map(flat, marked)
    assert "not in the document any more" not in " ".join(warning.value for warning in app.warning)


def test_evidence_that_is_gone_says_so(open_app: OpenApp, own: Settings) -> None:
    ingest(state.kb(), [own.documents, own.practices], actor=LOCAL_MEMBER)
    assert not open_app(own, "practice", id="bee-path").warning

    (own.documents / "case-studies" / "bees.md").write_text("# Bees\n\nNobody visits.\n", encoding="utf-8")
    ingest(state.kb(), [own.documents], actor=LOCAL_MEMBER)

    assert "These words are not in the document any more" in open_app(own, "practice", id="bee-path").warning[0].value


def test_the_texts_are_shown_in_the_language_that_is_chosen(open_app: OpenApp, sample: Settings) -> None:
    app = open_app(sample, "practice", id=SEWA, text="fr")

    assert 'lang="fr" dir="auto">SEWA : un syndicat' in html_of(app)
    assert re.search(r"\d+ of \d+ texts are not there in this language", html_of(app))

    switch: Any = app.get_by_key("text")
    switch.set_value("en").run()

    assert 'lang="en" dir="auto">SEWA: a union' in html_of(app)
    assert "text" not in app.query_params


def test_an_unknown_practice_is_one_sentence_and_a_way_back(open_app: OpenApp, own: Settings) -> None:
    app = open_app(own, "practice", id="../secret")

    assert len(app.error) == 1
    assert "Back to practices" in labels_of(app)


def test_without_a_name_the_page_leads_to_the_list(open_app: OpenApp, own: Settings) -> None:
    assert "No practice was chosen" in open_app(own, "practice").info[0].value


def test_history_tells_who_why_and_what(open_app: OpenApp, own: Settings) -> None:
    editable = practice_editing.editable(state.kb(), "bee-path", actor=LOCAL_MEMBER)
    anna = Member("Anna", frozenset({Role.MEMBER, Role.CONTRIBUTOR}))
    changes = {"teaser": "Bees bring neighbours together."}
    practice_editing.save(state.kb(), "bee-path", changes, base_version=editable.version, why="The old one was vague.", actor=anna)

    shown = html_of(open_app(own, "practice", id="bee-path"))

    assert "Anna changed the sheet" in shown
    assert "Why: The old one was vague." in shown
    assert "A path for bees brings people together." in shown  # before
    assert shown.count("Bees bring neighbours together.") >= 2  # now, and after


@pytest.mark.parametrize("rubbish", [{"text": "xx"}, {"text": ["fr", "<b>"]}, {"p_view": "zz"}, {"compare": ["<script>"]}])
def test_rubbish_in_the_address_does_no_harm(open_app: OpenApp, own: Settings, rubbish: dict[str, Any]) -> None:
    page = "practice" if "text" in rubbish else "practices"

    app = open_app(own, page, **({"id": "bee-path"} if page == "practice" else {}), **rubbish)

    assert not app.error


# languages


def test_french_pages_speak_french(open_app: OpenApp, sample: Settings) -> None:
    assert open_app(sample, "practices", locale="fr-CA").title[0].value == "Pratiques"
    shown = html_of(open_app(sample, "practice", locale="fr-CA", id=SEWA))

    assert "SEWA : un syndicat" in shown
    assert "29 champs sur 34 sont remplis, 5 inconnus, 0 non dits" in shown
    assert "Les sources diffèrent sur" in shown


# hostile sheets


@pytest.fixture
def hostile(own: Settings) -> Settings:
    """Markup of every kind in every text of a sheet."""
    line = HOSTILE.replace("[x]", "")[:180]
    raw = RAW | {
        **dict.fromkeys(("summary", "problem", "solution", "results", "lessons", "transferability"), f"{line} [@s]"),
        **{"practice": "hostile", "title": line[:90], "teaser": line, "core": [line], "tags": ["theme:environment"]},
        "owner": {"name": line, "type": "company", "website": "https://example.org/\"onmouseover='x'".replace('"', "%22")},
        "partners": [{"name": line, "role": line}],
        "place": {"countries": ["IN"], "region": line, "scale": "local"},
        "figures": [
            {"what": line, "value": n, "unit": line, "date": "unknown", "scope": line, "kind": "result", "source": source}
            for n, source in ((1, "s"), (2, "t"))
        ],
        "adopted_by": [{"where": line, "how": line, "source": "s"}],
        "documents": ["case-studies/bees.md"],
        "evidence": [{"field": "results", "document": "case-studies/bees.md", "quote": line}],
        "links": [{"title": line, "address": "https://example.org/<script>".replace("<", "%3C").replace(">", "%3E")}],
        "contact": {"name": line},
        "author": line,
        "sources": {key: {"title": line, "organisation": line} for key in ("s", "t")},
    }
    (own.practices / "hostile.yaml").write_text(json.dumps(raw), encoding="utf-8")
    ingest(state.kb(), [own.documents, own.practices], actor=LOCAL_MEMBER)
    assert [(entry.path, entry.reason) for entry in state.kb().catalog.ledger() if entry.reason] == []
    return own


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("practice", {"id": "hostile"}),
        ("practices", {}),
        ("practices", {"p_q": "bees looms"}),
        ("practices", {"p_view": "table"}),
        ("practices", {"p_view": "map"}),
        ("practices", {"compare": ["hostile", "bee-path"]}),
    ],
)
def test_markup_in_a_sheet_stays_text(open_app: OpenApp, hostile: Settings, page: str, query: dict[str, Any]) -> None:
    app = open_app(hostile, page, **query)
    shown = html_of(app)

    assert "alert(1)" in shown or "alert\\(1\\)" in " ".join(labels_of(app))
    tags = Tags(shown)
    assert tags.names <= OUR_TAGS | {"h2", "h3", "ol", "strong"}
    known = "class dir lang href target rel scope role tabindex aria-label aria-hidden id title"
    assert tags.attributes <= set(known.split())
    hrefs = re.findall(r'href="([^"]*)"', shown)
    assert all(re.match(r"https?://|#|[a-z]+\?", href) for href in hrefs)
    markdown = [
        element.value for kind in ("markdown", "caption", "error", "warning", "info", "header") for element in app.get(kind)
    ]
    assert not [text for text in [*markdown, *labels_of(app)] if re.search(r"(?<!\\)[<!$]", text) and "script" in text]
