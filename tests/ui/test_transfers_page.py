"""Transfer: all tests at a glance, by place, by practice; the form that opens one; none, blind, hostile; in English and French."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import FakeRecords
from streamlit.testing.v1 import AppTest

from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.transferring import evaluating, listing, loading
from kb.settings import Settings
from kb.ui import state
from tests import transferred
from tests.transferred import PRACTICE, SOURCES, a_base, begun, concluded, handed_in, who
from tests.ui.conftest import HOSTILE
from tests.ui.test_members_page import act_as, press
from tests.ui.test_pages import OUR_TAGS, Tags, html_of, labels_of
from tests.ui.test_work_pages import headers

OpenApp = Callable[..., AppTest]
Visit = Callable[..., AppTest]
CORPUS = Path(__file__).parents[2] / "corpus"
CAPTION = "What tests came to, −2 to +2: practices down, places across; those with a test first, then by name"
TITLE = "Bee paths for a city"
COULD, THIN, BLOCKED = "Could work", "Too little is known", "Something stands in the way"


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    made = a_base(tmp_path, FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


@pytest.fixture
def visit(open_app: OpenApp, kb: KnowledgeBase, built_kb: Settings) -> Visit:  # kb is what the app works on
    """Open a page as a member: ``visit("fay", t_view="in")``."""

    def come(name: str = "fay", page: str = "transfers", *, locale: str = "en-GB", **query: str | list[str]) -> AppTest:
        app = open_app(built_kb, page, locale=locale, **query)
        return act_as(app, name) if name != LOCAL_MEMBER.name else app

    return come


def table(app: AppTest, caption: str) -> str:
    found = re.search(rf"<caption>{re.escape(caption)}</caption>(.*?)</table>", html_of(app), re.DOTALL)
    assert found, caption
    return found[1]


def rows(app: AppTest, caption: str) -> list[list[str]]:
    """The cells of a table in words, those for screen readers too, without what only a phone shows."""
    whole = re.sub(
        r'<span class="kb-phone[^>]*>.*?</span>|<span class="kb-(of|marks)" aria-hidden.*?</span>', "", table(app, caption)
    )
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", whole, re.DOTALL)]
    return [[" ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row] for row in cells]


# nothing there yet


def test_without_a_practice_the_page_says_how_to_begin(open_app: OpenApp, empty_kb: Settings) -> None:
    assert "There are no practices yet" in headers(open_app(empty_kb, "transfers"))


def test_without_a_profile_it_says_how_one_is_made(visit: Visit, kb: KnowledgeBase) -> None:
    shutil.rmtree(kb.contexts.folder)

    assert "There are no context profiles yet" in headers(visit())


def test_without_a_test_every_cell_says_so(visit: Visit) -> None:
    app = visit()

    assert any("Nothing was tested yet" in each.value for each in app.info)
    assert rows(app, CAPTION) == [
        ["Practice", "Ireland", "Portugal", "Slovenia"],
        [TITLE, "not tested", "not tested", "done there"],
    ]


# all at a glance


def test_a_cell_is_never_a_bare_number_and_leads_to_its_test(visit: Visit, kb: KnowledgeBase) -> None:
    told = concluded(kb, 2, 1, -1, None, None, 1)

    cell = rows(visit(), CAPTION)[1][1]

    # by hand: law is key and counts twice: (2 + 1 − 1 − 1 + 1) / 5 = 0.4
    assert cell == "+0.4 4 of 6 criteria known; Anticipated"
    assert f'<a href="transfer-test?id={told}&amp;lang=en">+0.4</a>' in table(visit(), CAPTION)


def test_what_blocks_has_a_sign_and_words_not_only_a_colour(visit: Visit, kb: KnowledgeBase) -> None:
    concluded(kb, 2, 2, -2, 2, 2, 2)

    app = visit()

    assert "✕\u00a01" in table(app, CAPTION)
    assert "1 in the way" in rows(app, CAPTION)[1][1]
    assert 'class="kb-above-2 kb-blocked"' in table(app, CAPTION)  # the mean is high, and hides nothing


def test_what_is_hardly_known_is_hatched(visit: Visit, kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, None, None, None, None)

    assert 'class="kb-above-2 kb-thin"' in table(visit(), CAPTION)


def test_what_is_being_tested_leads_to_the_test_and_tells_nothing_of_it(visit: Visit, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    handed_in(kb, told, "ann", 2, 2, 2, 2, 2, 2, secret="sentinel")

    app = visit("bo")

    assert rows(app, CAPTION)[1][1:] == ["being tested", "not tested", "done there"]
    assert f"transfer-test?id={told}&amp;lang=en" in table(app, CAPTION)
    assert "+2" not in table(app, CAPTION)
    assert "sentinel" not in html_of(app)


def test_a_transfer_that_worked_is_said_to_be_confirmed(visit: Visit, kb: KnowledgeBase) -> None:
    told = concluded(kb, 1, 1, 1, 1, 1, 1)
    evaluating.evaluate(kb, told, outcome="worked", on=today(), what="It went well.", sources=SOURCES, actor=who(kb, "fay"))

    assert rows(visit(), CAPTION)[1][1] == "+1 6 of 6 criteria known; Confirmed"


def test_filters_stand_in_the_address_and_can_be_cleared(visit: Visit, kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)

    app = visit(t_tested="1")
    assert rows(app, CAPTION)[0] == ["Practice", "Portugal"]

    app.multiselect(key="t_to").set_value(["IE"]).run()
    assert app.query_params["t_to"] == ["IE"] or app.query_params["t_to"] == "IE"
    assert "None of 1 practice fits" in app.warning[0].value
    app.button(key="t_clear").click().run()
    assert rows(app, CAPTION)[0] == ["Practice", "Portugal", "Ireland", "Slovenia"]

    app.text_input(key="t_q").set_value("PÁTHS bee").run()
    assert rows(app, CAPTION)[1][0] == TITLE
    app.text_input(key="t_q").set_value("goats").run()
    assert app.warning


# target first


def test_what_could_work_in_a_place_is_told_in_groups_with_what_blocks_by_name(visit: Visit, kb: KnowledgeBase) -> None:
    concluded(kb, 2, 2, -2, 2, None, -2)

    app = visit(t_view="in", t_place="PT")

    assert headers(app) == [f"{BLOCKED} (1)"]
    caption = "By the mean, highest first; with the range if all that is unknown were −2 or +2"
    heading, row = rows(app, caption)
    assert heading == ["Practice", "In the way", "Result", "Certainty", "Assessors"]
    assert row[:3] == [f"{TITLE} from Slovenia", "law and champion", "0 (−0.3 to +0.3) 5 of 6 criteria known"]
    assert row[3].startswith("Anticipated")
    assert row[4] == "1"


@pytest.mark.parametrize(("values", "group"), [((1, 1, 1, -1, None, None), COULD), ((1, 1, None, None, None, None), THIN)])
def test_the_group_is_by_what_is_known(visit: Visit, kb: KnowledgeBase, values: tuple[int | None, ...], group: str) -> None:
    concluded(kb, *values)

    assert headers(visit(t_view="in", t_place="PT")) == [f"{group} (1)"]


def test_what_was_not_tested_stands_by_distance_with_its_largest_parts_and_the_way_to_a_test(
    visit: Visit, kb: KnowledgeBase
) -> None:
    app = visit(t_view="in", t_place="PT")

    assert headers(app) == ["Not tested yet (1)"]
    assert "No practice was tested for this place yet." in html_of(app)
    _heading, row = rows(app, "By the distance of the place that it comes from, 0 (the same) to 1")
    # by hand: urban 50 and 70, saved 10 and 30, each on the range that the three profiles span
    assert row == [TITLE, "Slovenia", "1 apart, by 2 of 2 indicators", "urban: 0.5 and saved: 0.5", "Open a test"]
    assert f"t_view=in&amp;t_place=PT&amp;t_new={PRACTICE}&amp;t_new_for=PT" in html_of(app)


def test_no_place_chosen_and_an_unknown_one_are_said(visit: Visit) -> None:
    assert any("Choose a country or region" in each.value for each in visit(t_view="in").info)
    assert "There is no context profile of XX" in visit(t_view="in", t_place="XX").error[0].value


# practice first


def test_where_a_practice_could_work_is_a_map_with_words_and_tables(visit: Visit, kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    begun(kb, "ann", target="IE")

    app = visit(t_view="of", t_practice=PRACTICE)

    assert headers(app) == [f"{COULD} (1)", "Not tested yet (1)"]
    chart = app.get("vega_lite_chart")[0].proto
    assert chart.alt == (
        "World map: where the practice could work. Could work: Portugal; Not tested: Ireland. The same stands in the tables below."
    )
    _heading, row = rows(app, "By the distance of the place that it comes from, 0 (the same) to 1")
    assert (row[0], row[4]) == ("Ireland", "Open a test being tested")


def test_no_practice_chosen_and_an_unknown_one_are_said(visit: Visit) -> None:
    assert any("Choose a practice to see" in each.value for each in visit(t_view="of").info)
    assert "There is no practice called" in visit(t_view="of", t_practice="goat-lane").error[0].value


def test_the_address_keeps_the_way_of_looking(visit: Visit) -> None:
    app = visit()

    app.segmented_control(key="t_view").set_value("in").run()
    app.selectbox(key="t_place").select("PT").run()

    assert (app.query_params["t_view"], app.query_params["t_place"]) in ((["in"], ["PT"]), ("in", "PT"))
    assert "Not tested yet (1)" in headers(app)


# what waits


def test_what_waits_for_each_stands_first(visit: Visit, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann")
    assert "Your judgement is awaited." in html_of(visit("ann"))
    assert f"**{TITLE}**" in labels_of(visit("ann"))
    handed_in(kb, told, "ann", 1, 1, 1, 1, 1, 1)

    assert "Every judgement is there: the test can be concluded." in html_of(visit("fay"))
    assert "Waiting for you" not in headers(visit("ann"))


# the form


@pytest.fixture
def asked(kb: KnowledgeBase) -> KnowledgeBase:
    """With the framework that the form asks by."""
    shutil.copy(CORPUS / "frameworks" / "plp-transferability.yaml", kb.frameworks.folder)
    return kb


def test_a_test_is_opened_with_who_judges_it(visit: Visit, asked: KnowledgeBase) -> None:
    app = visit("fay", t_new=PRACTICE, t_new_for="PT")
    app.selectbox(key=f"new_source_{PRACTICE}").select("SI")
    app.multiselect(key=f"new_key_{PRACTICE}").set_value(["legal-framework"])
    app.multiselect(key="new_assessors").set_value(["ann", "bo"])
    app.text_input(key="new_due").set_value("2099-01-31")
    app.text_area(key="new_why").set_value("Lisbon asks.")
    press(app, "Open the test")

    assert app.success[0].value.replace("\\", "") == f"Opened: “{TITLE}” for Portugal."
    (found,) = listing.transfers(asked, actor=who(asked, "fay"))
    test = loading.transfer_for(asked, found.id, actor=who(asked, "fay"))
    assert (test.source, test.target, test.key, test.due) == ("SI", "PT", ("legal-framework",), "2099-01-31")
    assert [seat.member for seat in test.seats] == ["ann", "bo"]
    assert "**To the test that was opened**" in labels_of(app)
    assert app.selectbox(key="t_new").value is None


def test_all_that_is_wrong_is_said_and_nothing_is_lost(visit: Visit, asked: KnowledgeBase) -> None:
    app = visit("fay", t_new=PRACTICE, t_new_for="SI")
    app.selectbox(key=f"new_source_{PRACTICE}").select("SI")
    app.text_input(key="new_due").set_value("soon")
    press(app, "Open the test")

    said = app.error[0].value.replace("\\", "")
    assert "SI is the place that it comes from" in said
    assert "“soon” is no date" in said
    assert app.text_input(key="new_due").value == "soon"
    assert listing.transfers(asked, actor=who(asked, "fay")) == []


def test_a_form_without_anything_says_what_to_choose(visit: Visit, asked: KnowledgeBase) -> None:
    app = press(visit("fay"), "Open the test")

    assert app.error[0].value.replace("\\", "") == "The test was not opened: choose a practice; choose a target."
    assert listing.transfers(asked, actor=who(asked, "fay")) == []


def test_what_a_practice_rests_on_is_proposed_from_its_tags(visit: Visit, asked: KnowledgeBase) -> None:
    path = asked.practices.folder / f"{PRACTICE}.yaml"
    tags = "tags: [condition:legal-framework, condition:training-material]"
    path.write_text(re.sub("^tags: .*$", tags, path.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")

    app = visit("fay", t_new=PRACTICE)

    assert app.multiselect(key=f"new_key_{PRACTICE}").value == ["materials", "legal-framework"]


def test_who_neither_reviews_nor_leads_has_no_form(visit: Visit, asked: KnowledgeBase) -> None:
    app = visit("sam", t_new=PRACTICE)

    assert not app.expander
    assert "Open the test" not in [button.label for button in app.button]


# on the page of the practice


def test_the_page_of_the_practice_tells_its_tests(visit: Visit, kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, -2, 1, 1, None)
    begun(kb, "ann", target="IE")

    page = html_of(visit("fay", "practice", id=PRACTICE))
    said = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())

    assert "Slovenia → Portugal" in said
    assert "0 (−0.3 to +0.3) · 5 of 6 criteria known · 1 in the way · Anticipated" in said
    assert "Slovenia → Ireland" in said
    assert f'<a href="transfers?t_view=of&amp;t_practice={PRACTICE}&amp;lang=en">Where could it work</a>' in page


# hostile, French


@pytest.mark.parametrize("query", [{}, {"t_view": "in", "t_place": "PT"}, {"t_view": "of", "t_practice": PRACTICE}])
def test_markup_in_titles_and_names_of_places_stays_text(visit: Visit, kb: KnowledgeBase, query: dict[str, str]) -> None:
    concluded(kb, 1, 1, -2, 1, 1, None)
    begun(kb, "ann", target="IE")
    path = kb.practices.folder / f"{PRACTICE}.yaml"
    title = f"title: {json.dumps(HOSTILE[:98])}"
    text = re.sub("^title: .*$", lambda _found: title, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    profile = transferred.profile("IE", HOSTILE[:90], 60, "unknown")
    (kb.contexts.folder / "IE.yaml").write_text(json.dumps(profile), encoding="utf-8")

    app = visit(**query)

    found = Tags(html_of(app))
    assert found.names <= {*OUR_TAGS, "strong", "h2"}
    assert not {name for name in found.attributes if name.startswith("on")}
    assert "<script>" in html.unescape(html_of(app))  # it was there to be shown
    assert not [each for each in app.markdown if "<script>" in each.value]


@pytest.mark.parametrize(
    "rubbish", [{"t_view": "<b>"}, {"t_theme": ["x"]}, {"t_to": ["<script>"]}, {"t_tested": "y"}, {"t_new": "<b>"}]
)
def test_rubbish_in_the_address_does_no_harm(visit: Visit, asked: KnowledgeBase, rubbish: dict[str, str | list[str]]) -> None:
    assert not visit(**rubbish).error


def test_in_french_the_page_is_french(visit: Visit, kb: KnowledgeBase) -> None:
    concluded(kb, 2, 2, -2, 2, None, -2)

    app = visit(locale="fr-FR", t_view="in", t_place="PT")

    assert headers(app) == ["Quelque chose fait obstacle (1)"]
    assert "5 critères connus sur 6" in html_of(app)
