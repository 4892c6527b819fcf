"""Practices beside practices in their faces: nothing yet, a profile, the grid, side by side; the ladder; in French; hostile."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeRecords
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from kb.peers.assessment.rubric import Rubric
from kb.peers.ladder import Rung
from kb.services import laddering, members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Role
from kb.settings import Settings
from kb.ui import state
from tests.benchmarked import a_base, assessed, sheet
from tests.panels import RAW, RUBRIC, pin
from tests.ui.test_members_page import act_as
from tests.ui.test_pages import OUR_TAGS, Tags, html_of, labels_of
from tests.ui.test_work_pages import headers

OpenApp = Callable[..., AppTest]
Open = Callable[..., AppTest]
HOSTILE = "<img src=x onerror=alert(1)> [go](javascript:alert(2)) :red[x] </div>"
MORE_TAGS = {"h2", "h3", "strong", "ol"}
WOMEN = {"tags": ["theme:women-and-gender"]}


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    made = a_base(tmp_path, FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


@pytest.fixture
def visit(open_app: OpenApp, kb: KnowledgeBase, built_kb: Settings) -> Open:  # kb is what the app works on
    """Open the page: ``visit(b_practice="own")``."""

    def come(page: str = "benchmark", *, locale: str = "en-GB", **query: str | list[str]) -> AppTest:
        return open_app(built_kb, page, locale=locale, **query)

    return come


@pytest.fixture
def four(kb: KnowledgeBase) -> KnowledgeBase:
    """One practice, three peers by theme with 2, 2.5 and 3 for effectiveness; two of them could be scored on equity."""
    for name in ("own", "peer-a", "peer-b", "peer-c"):
        sheet(kb, name, **WOMEN)
    assessed(kb, "own", 4, 4, 4, 4, 4)
    assessed(kb, "peer-a", 2, None, 3, 3, 3)
    assessed(kb, "peer-b", 2.5, 5, 3, 3, 3)
    assessed(kb, "peer-c", 3, 5, 3, 3, 3)
    return kb


def row_of(app: AppTest, criterion: str) -> list[str]:
    """Cells of a criterion's row in the table of the profile, without their second lines."""
    table = next(part for part in html_of(app).split("<table>") if "Where it stands" in part)
    row = next(row for row in re.findall(r"<tr>(.*?)</tr>", table) if row.startswith(f'<th scope="row">{criterion}</th>'))
    cells = [re.sub(r'<span class="kb-phone[^>]*>.*?</span>', "", cell) for cell in re.findall(r"<td>(.*?)</td>", row)]
    return [re.sub(r"<[^>]*>", "", cell) for cell in cells]


def chart_of(app: AppTest) -> tuple[str, list[dict[str, Any]]]:
    """Alternative text and all the rows that are drawn, each once."""
    chart = app.get("vega_lite_chart")[0].proto
    tables = [convert_arrow_bytes_to_pandas_df(each.data.data) for each in chart.datasets]
    return str(chart.alt), [row for table in tables for row in table.to_dict("records")]


# nothing yet


def test_without_a_practice_the_page_says_how_to_begin(visit: Open) -> None:
    assert "There are no practices yet" in headers(visit())


def test_the_page_says_what_it_compares_and_asks_for_a_practice(visit: Open, four: KnowledgeBase) -> None:
    app = visit()

    assert "Partners are never compared" in app.markdown[0].value
    assert "Choose a practice" in app.info[0].value


def test_without_an_assessment_peers_are_shown_and_no_score(visit: Open, kb: KnowledgeBase) -> None:
    sheet(kb, "own", **WOMEN)
    sheet(kb, "other", **WOMEN)

    app = visit(b_practice="own")

    assert "No practice has a concluded assessment yet." in app.info[0].value
    assert "About other" in html_of(app)
    assert "Criterion by criterion" not in headers(app)


def test_a_practice_that_is_not_there_is_said(visit: Open, four: KnowledgeBase) -> None:
    assert "There is no practice" in visit(b_practice="nothing").error[0].value


@pytest.mark.parametrize(
    ("basis", "sentence"),
    [
        ("context", "There is no context profile"),
        ("text", "is not in the index yet"),
        ("theme", "neither themes nor target groups"),
    ],
)
def test_why_there_is_no_peer_is_said(visit: Open, kb: KnowledgeBase, basis: str, sentence: str) -> None:
    sheet(kb, "own")
    sheet(kb, "other", **WOMEN)

    app = visit(b_practice="own", b_basis=basis)

    assert any(sentence in each.value for each in app.info)


# a profile


def test_numbers_of_the_peers_are_told_with_how_many_there_are_and_nothing_is_filled_in(visit: Open, four: KnowledgeBase) -> None:
    """Mean 2.5, s = 0.5: half of the interval is 4.303 · 0.5 / √3 = 1.242. Of two there is none."""
    app = visit(b_practice="own")

    assert row_of(app, "effectiveness") == ["4", "2 · 2.5 · 3", "3", "2.5 (1.3 to 3.7)", "Above"]
    assert row_of(app, "equity") == ["4", "5 · 5", "2", "–", "Below"]
    assert "effectiveness: 4 here; the 3 peers with a score have 2 to 3. Their mean is 2.5 (1.3 to 3.7)." in html_of(app)
    assert "equity: 4 here; the 2 peers with a score all have 5." in html_of(app)


def test_the_chart_draws_every_score_once_and_says_the_same_in_words(visit: Open, four: KnowledgeBase) -> None:
    told, rows = chart_of(visit(b_practice="own"))

    drawn = [row for row in rows if row["name"] == "effectiveness (n = 3)"]
    assert sorted(row["x"] for row in drawn) == [2, 2.5, 2.5, 3, 4]  # three peers, their mean, and the practice
    assert {row["name"] for row in rows if "low" in row} == {
        f"{name} (n = 3)" for name in ("effectiveness", "reach", "evidence", "transfer")
    }
    assert "effectiveness: 4 here; peers 2, 2.5 and 3" in told.replace(", and", " and")


def test_each_peer_says_why_it_is_one_and_whether_it_was_assessed(visit: Open, four: KnowledgeBase) -> None:
    sheet(four, "unseen", **WOMEN)

    told = html_of(visit(b_practice="own"))

    assert told.count("1 of 1 themes and target groups are the same") == 4
    assert told.count("Not by this rubric") == 1
    assert 'href="assessment?id=peer-a-1&amp;lang=en"' in told


def test_a_practice_without_an_assessment_of_its_own_says_so_beside_its_peers(visit: Open, four: KnowledgeBase) -> None:
    sheet(four, "new", **WOMEN)

    app = visit(b_practice="new")

    assert "only its peers have scores" in app.info[0].value
    assert row_of(app, "effectiveness") == ["–", "2 · 2.5 · 3 · 4", "4", "2.9 (1.5 to 4.2)", "Not scored here"]


def test_what_is_chosen_stands_in_the_address(visit: Open, four: KnowledgeBase) -> None:
    app = visit()

    app.selectbox(key="b_practice").select("own").run()
    app.radio(key="b_basis").set_value("size").run()

    assert app.query_params["b_practice"] == "own"
    assert app.query_params["b_basis"] == "size"
    assert "b_rubric" not in app.query_params  # nobody chose it
    assert "Reach: Local in both; Countries: 1 in both" in html_of(app)


def test_no_owner_and_no_partner_is_named_beside_scores(visit: Open, kb: KnowledgeBase) -> None:
    for name in ("own", "other"):
        sheet(kb, name, owner={"name": "Sentinel House", "type": "network"}, partners=[{"name": "Sentinel Friends"}], **WOMEN)
        assessed(kb, name, 4, 4, 4, 4, 4)

    assert "Sentinel" not in html_of(visit(b_practice="own")) + html_of(visit(b_view="grid"))


def test_another_version_of_the_rubric_is_chosen_and_stands_in_the_address(visit: Open, four: KnowledgeBase) -> None:
    second = Rubric.of({**RAW, "version": 2})
    assessed(four, "peer-a", 1, 1, 1, 1, 1, rubric=second, number=2)
    app = visit(b_practice="own")

    app.selectbox(key="b_rubric_shown").select("small/2").run()

    assert app.query_params["b_rubric"] == "small/2"
    assert row_of(app, "effectiveness") == ["–", "1", "1", "–", "Not scored here"]


# the grid


def test_every_assessed_practice_has_a_place_and_the_others_a_reason(visit: Open, four: KnowledgeBase) -> None:
    sheet(four, "unseen")
    sheet(four, "half")
    assessed(four, "half", None, 3, 3, 3, 3)

    app = visit(b_view="grid")
    told, rows = chart_of(app)

    assert {(row["x"], row["y"], row["label"]) for row in rows if "told" in row} == {
        (4, 4, "1"), (2.5, 3, "2"), (2.75, 3, "3"), (3, 3, "4"),
    }  # fmt: skip
    assert {row["label"] for row in rows if "end" in row} == {"emerging", "promising", "leading", "best"}
    assert "About own: impact 4, evidence 4" in told
    assert [each.label for each in app.expander] == ["Not assessed: 1", "Its impact could not be scored in full: 1"]
    assert "2 of 6 practices have no place on it:" in html_of(app)


def test_practices_at_one_place_share_a_disc(visit: Open, kb: KnowledgeBase) -> None:
    for name in ("a", "b"):
        sheet(kb, name)
        assessed(kb, name, 3, 3, 3, 3, 3)

    _told, rows = chart_of(visit(b_view="grid"))

    assert next((row["label"], row["told"]) for row in rows if "told" in row) == ("1, 2", "About a and About b")


def test_without_an_assessment_the_grid_says_so(visit: Open, kb: KnowledgeBase) -> None:
    sheet(kb, "own")

    app = visit(b_view="grid")

    assert "No practice has a concluded assessment" in app.info[0].value
    assert app.expander[0].label == "Not assessed: 1"


# side by side


def test_two_to_six_stand_side_by_side_down_to_the_evidence(visit: Open, kb: KnowledgeBase) -> None:
    for name in ("a", "b", "c"):
        sheet(kb, name)
    assessed(kb, "a", 4, 4, 4, 4, 4, pins=[pin("The route has seven hives.")])
    assessed(kb, "b", 3, None, 3, 3, 3)

    app = visit(b_view="side", compare=["a", "b", "c", "nothing"])
    told = html_of(app)

    assert app.multiselect(key="compare").value == ["a", "b", "c"]
    assert re.search(r'<th scope="row">Scored</th>.*5 of 5 criteria.*4 of 5 criteria.*–</td>', told)
    assert told.count("Not assessed by this rubric") == 2  # in the table and beside the evidence
    assert app.selectbox(key="b_item_shown").value == "effectiveness"
    assert "The route has seven hives." in told
    assert "These words stand no longer in the document." in told
    assert "What the sheets say" in headers(app)


def test_who_may_not_read_a_passage_is_told_only_that_there_is_one(visit: Open, kb: KnowledgeBase) -> None:
    """Its document is gone: administrators may still read the words, others may not."""
    for name in ("a", "b"):
        sheet(kb, name)
    assessed(kb, "a", 4, 4, 4, 4, 4, pins=[pin("The route has seven hives.")])
    members.add(kb, "sam", organisation="Elsewhere", country="DE", roles=set[Role](), actor=LOCAL_MEMBER)

    told = html_of(act_as(visit(b_view="side", compare=["a", "b"]), "sam"))

    assert "seven hives" not in told
    assert "A passage of a document that you may not see." in told


def test_fewer_than_two_say_what_to_do(visit: Open, four: KnowledgeBase) -> None:
    assert "Choose two to six practices" in visit(b_view="side", compare="own").info[0].value


def test_the_sheets_side_by_side_lead_to_the_scores(visit: Open, four: KnowledgeBase) -> None:
    assert "Their scores side by side" in labels_of(visit("practices", compare=["own", "peer-a"]))


# the ladder, on the practice's page


def test_the_practice_leads_to_its_profile_and_shows_its_ladder(visit: Open, four: KnowledgeBase) -> None:
    told = html_of(visit("practice", id="own"))

    assert 'href="benchmark?b_practice=own&amp;lang=en"' in told
    ladder = next(part for part in told.split("<table>") if "On what evidence" in part)
    steps = re.findall(r'<th scope="row">(?:<strong>)?(.*?)<', ladder)
    assert steps == ["Declared", "Approved by the project", "Validated by peers", "Validated by experts"]
    assert ladder.count("✓ Stands") == 1  # the sheet
    assert ladder.count("✕ Not granted") == 1  # by the assessment
    assert ladder.count("Not reached") == 2


def test_a_step_whose_last_day_has_passed_says_so(visit: Open, kb: KnowledgeBase) -> None:
    sheet(kb, "own", review_due="2020-01-01")

    told = html_of(visit("practice", id="own"))

    assert "! Expired" in told
    assert "January 1, 2020" in told


def test_a_facilitator_approves_and_withdraws_and_both_are_told(visit: Open, four: KnowledgeBase) -> None:
    app = visit("practice", id="own")

    app.text_area(key="ladder_words").set_value("Two visits")
    next(each for each in app.button if each.label == "Approve").click().run()

    assert "Approved. It is written down with your name." in app.success[0].value.replace("\\", "")
    assert "Two visits" in html_of(app)

    app.text_area(key="ladder_why").set_value("It has ended")
    next(each for each in app.button if each.label == "Withdraw").click().run()

    assert "✕ Withdrawn" in html_of(app)
    assert not laddering.ladder(four, "own", actor=LOCAL_MEMBER).step(Rung.PROJECT_APPROVED).stands


def test_what_is_wrong_with_an_approval_is_said(visit: Open, four: KnowledgeBase) -> None:
    app = visit("practice", id="own")

    app.text_input(key="ladder_until").set_value("2020-01-01")
    next(each for each in app.button if each.label == "Approve").click().run()

    said = app.error[0].value.replace("\\", "")
    assert "it is not said on what evidence" in said
    assert "2020-01-01 has come already" in said


def test_a_member_sees_the_ladder_and_no_form(visit: Open, four: KnowledgeBase) -> None:
    members.add(four, "sam", organisation="Elsewhere", country="DE", roles=set[Role](), actor=LOCAL_MEMBER)

    app = act_as(visit("practice", id="own"), "sam")

    assert "On what evidence" in html_of(app)
    assert not [each for each in app.text_area if each.key == "ladder_words"]


# languages, hostile words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"b_practice": "own"}, ("Les pairs les plus proches", "Forces et lacunes", "Critère par critère")),
        ({"b_view": "grid"}, ("Absentes du graphique",)),
        ({"b_view": "side", "compare": ["own", "peer-a"]}, ("Jusqu’aux preuves", "Ce que disent les fiches")),
    ],
)
def test_the_page_speaks_french(visit: Open, four: KnowledgeBase, query: dict[str, Any], words: tuple[str, ...]) -> None:
    sheet(four, "unseen")

    assert set(words) <= set(headers(visit(locale="fr-FR", **query)))


@pytest.mark.parametrize("query", [{"b_practice": "own"}, {"b_view": "grid"}, {"b_view": "side", "compare": ["own", "peer"]}])
def test_hostile_titles_stay_text(visit: Open, kb: KnowledgeBase, query: dict[str, Any]) -> None:
    for name in ("own", "peer"):
        sheet(kb, name, title=HOSTILE, **WOMEN)
        assessed(kb, name, 3, 3, 3, 3, 3)
    sheet(kb, "unseen", title=HOSTILE)

    app = visit(**query)

    tags = Tags(html_of(app))
    assert tags.names <= OUR_TAGS | MORE_TAGS
    assert tags.attributes <= {
        "class",
        "dir",
        "lang",
        "href",
        "target",
        "rel",
        "scope",
        "role",
        "tabindex",
        "aria-label",
        "aria-hidden",
        "id",
    }
    assert "javascript:" not in " ".join(re.findall(r'href="([^"]*)"', html_of(app)))
    assert not [
        text for each in (*app.markdown, *app.caption, *app.info, *app.header) for text in (str(each.value),) if "<img" in text
    ]


def test_the_rubric_of_the_tests_has_stages() -> None:
    assert RUBRIC.stages is not None
