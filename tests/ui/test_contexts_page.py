"""Contexts: the places, one of them, two side by side; none, faulty, hostile; in English and French."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from tests import places
from tests.ui.conftest import HOSTILE
from tests.ui.test_pages import OUR_TAGS, Tags, html_of, labels_of

OpenApp = Callable[..., AppTest]
SPAIN = {"population": "40000000", "frame-law": "yes", "jobless": "12", "markets": ["disabled"], "ministry": "labour"}


@pytest.fixture
def three(built_kb: Settings, tmp_path: Path) -> Settings:
    """The sample index beside the profiles of Portugal, of Spain and of a region of Canada."""
    settings = replace(built_kb, corpus=tmp_path / "corpus")
    region = places.raw("CA-QC", {"frame-law": "no"}, title={"en": "Québec", "fr": "Québec"})
    places.write(settings.contexts, PT=places.PORTUGAL, ES=places.raw("ES", SPAIN, title={"en": "Spain"}), CA_QC=region)
    return settings


def shown(app: AppTest) -> str:
    """The words of what was given to ``st.html``."""
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", html_of(app))).split())
    return words.replace(" ,", ",").replace(" )", ")").replace("( ", "(")


def rows(app: AppTest, caption: str) -> list[list[str]]:
    """The cells of the table of that caption, without what only a phone shows."""
    table = re.search(rf"<caption>{re.escape(caption)}</caption>(.*?)</table>", html_of(app), re.DOTALL)
    assert table
    whole = re.sub(r'<span class="kb-phone[^>]*>.*?</span>', "", table[1])
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", whole, re.DOTALL)]
    return [[" ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row] for row in cells[1:]]


def test_without_a_profile_the_page_says_how_to_begin(open_app: OpenApp, empty_kb: Settings) -> None:
    app = open_app(empty_kb, "contexts")

    assert "There are no context profiles yet" in [header.value for header in app.header]
    assert app.code[0].value == "python -m kb context check"


def test_every_place_is_a_card_that_says_how_much_is_known(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "contexts")

    assert [header.value for header in app.header] == ["3 places"]
    assert [button.label for button in app.button if str(button.key).startswith("open_place_")] == [
        "**Portugal**", "**Québec**", "**Spain**",
    ]  # fmt: skip
    assert "5 of 6 indicators known, 2 of 8 groups described" in shown(app)  # of Portugal who answers for it is unknown
    assert "Region of Canada" in shown(app)
    chart = app.get("vega_lite_chart")[0].proto
    assert chart.alt == "World map: how many indicators are known, in 2 countries; most in Portugal (5) and Spain (5)."


def test_a_click_opens_a_place_and_the_address_says_so(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "contexts")

    app.button(key="open_place_PT").click().run()
    assert app.query_params["place"] == "PT"
    assert "Portugal" in shown(app)

    app.button(key="all_places").click().run()
    assert "place" not in app.query_params
    assert app.title[0].value == "Contexts"


def test_a_place_says_every_group_and_every_value_with_its_source(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "contexts", place="PT")
    page = html_of(app)

    groups = re.findall(r'<h2 id="section-[a-z-]+" class="kb-section">(.*?)</h2>', page)
    assert groups == [
        *("Needs and population", "Legal framework", "Political will", "Finance", "Ecosystem capacity", "Culture and words"),
        *("Market access", "Gender and inclusion", "Nearest places", "Practices done there", "Documents about it", "Sources"),
    ]
    assert page.count('<div class="kb-prose"><p class="kb-quiet" dir="auto">Unknown</p></div>') == 6
    assert rows(app, "Needs and population: values, each with its source") == [
        ["Population", "10,000,000 people", "2021", "whole country", "[1]"],
        ["Out of work", "6.5 %", "2023", "whole country", "[1]"],
        ["Out of work", "7.5 %", "2022", "whole country", "[2]"],
    ]
    assert rows(app, "Political will: values, each with its source") == [["Who answers for it", "Unknown", "", "", ""]]
    assert rows(app, "Market access: values, each with its source")[0][1] == "disabled and young"
    assert rows(app, "Legal forms of the sector") == [
        ["cooperativa", "Persons who work together [2]", "Cooperative Code", "1996", "[2]"]
    ]
    assert 'href="https://example.org/census"' in page


def test_sources_that_differ_stand_side_by_side_the_one_that_counts_first(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "contexts", place="PT")

    told = "Sources differ on “Out of work”; the first counts when places are compared: 6.5 % (2023) [1] 7.5 % (2022) [2]"
    assert told in shown(app)
    assert "differ on “Population”" not in shown(app)


def test_what_a_profile_does_not_say_is_told_apart_from_what_nobody_knows(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "contexts", place="ES")

    assert rows(app, "Legal framework: values, each with its source") == [
        ["Frame law", "yes", "2020", "all of it", "[1]"],
        ["Year of the law", "Not said", "", "", ""],
    ]


def test_a_place_of_which_nothing_is_here_says_so(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "contexts", place="CA-QC")

    assert "No practice of this base is done there." in shown(app)
    assert "Of Canada: what a region has is not told apart." in shown(app)


# near and apart


def test_the_nearest_places_come_first_with_what_keeps_them_apart(open_app: OpenApp, three: Settings) -> None:
    """By hand. With Québec only the frame law is known of both: yes and no, so all of 1. With Spain three groups weigh a third
    each: population is 1 of the whole range (the two are its ends), unemployment as well, so 1; the law 0; the set 1 − 1/2."""
    app = open_app(three, "contexts", place="PT")

    near = [str(button.key) for button in app.button if str(button.key).startswith("beside_")]
    assert near == ["beside_ES", "beside_CA-QC"]
    assert "0.5 apart, by 4 of 6 indicators" in shown(app)
    assert "1 apart, by 1 of 6 indicators" in shown(app)
    parts = "Most of it: Population: 0.167, Out of work: 0.167, and Reserved contracts: 0.167"
    assert parts in shown(app)


def test_two_places_stand_side_by_side_part_by_part(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "contexts", place="PT")

    app.button(key="beside_ES").click().run()

    assert (app.query_params["place"], app.query_params["beside"]) == ("PT", "ES")
    assert "Portugal and Spain" in shown(app)
    assert rows(app, "Every indicator that is known of both places") == [
        ["Population Needs and population", "10,000,000 people 2021", "40,000,000 people 2020", "1", "0.167"],
        ["Out of work Needs and population", "6.5 % 2023", "12 % 2020", "1", "0.167"],
        ["Reserved contracts Market access", "disabled and young 2017", "disabled 2020", "0.5", "0.167"],
        ["Frame law Legal framework", "yes 2013", "yes 2020", "0", "0"],
    ]
    assert "Unknown of Portugal Who answers for it" in shown(app)
    assert "Unknown of Spain Year of the law" in shown(app)
    chart = app.get("vega_lite_chart")[0].proto
    assert "Population: 0.167" in chart.alt


def test_any_other_place_can_be_chosen_and_the_way_leads_back(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "contexts", place="PT")

    app.selectbox(key="context_other").set_value("CA-QC").run()
    assert app.query_params["beside"] == "CA-QC"
    app.button(key="beside_back").click().run()

    assert app.query_params["place"] == "PT"
    assert "beside" not in app.query_params
    assert "Sources differ on" in shown(app)


@pytest.mark.parametrize("query", [{"beside": "PT"}, {"beside": "XX"}, {"beside": "<script>"}])
def test_a_place_beside_itself_or_nothing_is_just_the_place(open_app: OpenApp, three: Settings, query: dict[str, str]) -> None:
    app = open_app(three, "contexts", place="PT", **query)

    assert "Sources differ on" in shown(app)
    assert not app.error


# faults, rubbish, hostile files, French


def test_a_place_that_is_not_there_says_so_above_those_that_are(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "contexts", place="<b>")

    assert app.warning[0].value.replace("\\", "") == "There is no profile of “<b>”. Those that there are stand below."
    assert [header.value for header in app.header] == ["3 places"]


def test_a_profile_with_faults_says_them_and_harms_no_other(open_app: OpenApp, three: Settings) -> None:
    places.write(three.contexts, SI=places.raw("SI", {"frame-law": "perhaps"}))

    app = open_app(three, "contexts", place="SI")
    assert "corpus/contexts/SI.yaml:1" in shown(app)
    assert "1 fault" in app.warning[0].value

    app = open_app(three, "contexts")
    assert [header.value for header in app.header] == ["4 places"]
    app = open_app(three, "contexts", place="PT")
    assert "Sources differ on" in shown(app)


def hostile() -> dict[str, Any]:
    line = HOSTILE.replace('"', "'")
    said = places.raw("ES", {"population": "4", "markets": [line], "frame-law": "yes"}, title={"en": line[:90]})
    said["groups"]["finance"] = {"en": f"{line} [@one]"}
    said["languages"] = {"codes": ["es"], "source": "one"}
    said["legal_forms"] = [{"name": line, "what": {"en": f"{line} [@one]"}, "law": line, "source": "one"}]
    said["sources"]["one"] |= {"title": line, "organisation": line}
    for value in said["values"]:
        value["scope"] = line
    return said


@pytest.mark.parametrize("query", [{}, {"place": "ES"}, {"place": "ES", "beside": "PT"}, {"place": "PT"}])
def test_markup_in_a_profile_stays_text(open_app: OpenApp, three: Settings, query: dict[str, str]) -> None:
    places.write(three.contexts, ES=hostile())

    app = open_app(three, "contexts", **query)

    found = Tags(html_of(app))
    assert found.names <= {*OUR_TAGS, "h2", "h3", "ol"}
    assert not {name for name in found.attributes if name.startswith("on")}
    assert not [each for each in app.markdown if "<script>" in each.value]
    assert all("](http" not in button.label for button in app.button)


def test_in_french_the_page_is_french(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "contexts", locale="fr-FR", place="PT")

    assert "Les villages vieillissent" in shown(app)
    assert "1 texte sur 2 n’existe pas dans cette langue" in shown(app)  # the one on the law is in English only
    assert "Les sources divergent sur « Out of work »" in shown(app)  # the indicator has no French name
    assert rows(app, "Besoins et population : valeurs, chacune avec sa source")[0][:2] == ["Population", "10 000 000 personnes"]


# from a search


@pytest.fixture(scope="module")
def searched(built_kb: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two profiles, in the index."""
    root = tmp_path_factory.mktemp("contexts")
    settings = Settings(root / "corpus", root / "index", model=built_kb.model)
    settings.index.mkdir()
    settings.models.symlink_to(built_kb.models)
    places.write(settings.contexts, PT=places.PORTUGAL, ES=places.raw("ES", SPAIN))
    ingest(open_kb(settings), [settings.contexts], actor=LOCAL_MEMBER)
    return settings


def test_a_hit_in_a_profile_leads_to_the_whole(open_app: OpenApp, searched: Settings) -> None:
    app = open_app(searched, q="Which law names the social economy and asks for a register?")

    whole = [link.proto for link in app.get("page_link") if link.proto.label == "The whole profile"]
    assert {link.query_string for link in whole} == {"place=PT", "place=ES"}


def test_a_profile_in_the_index_leads_to_its_document_and_back(open_app: OpenApp, searched: Settings) -> None:
    app = open_app(searched, "contexts", place="PT")
    document = next(link.proto for link in app.get("page_link") if link.proto.label == "The profile as a document")

    app = open_app(searched, "document", id=document.query_string.removeprefix("id="))

    assert "The whole profile" in labels_of(app)
