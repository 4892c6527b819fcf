"""Concepts: the tree, the box that finds any word, one concept; and what the search page says of those that a question names."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kb.services.knowledge_base import KnowledgeBase
from kb.settings import Settings
from tests.ui.conftest import HOSTILE
from tests.ui.test_pages import OUR_TAGS, Tags, html_of, labels_of

OpenApp = Callable[..., AppTest]
SOURCE = {"title": "A glossary", "address": "https://example.org/glossary"}
SOCIAL = {
    "id": "social-economy",
    "facet": "forms",
    "labels": {"en": "social economy", "fr": "économie sociale", "es": "economía social"},
    "also": {"en": ["third system"]},
    "definition": {"en": "Enterprises of people, not of capital."},
    "source": SOURCE,
    "close": ["http://eurovoc.europa.eu/3082"],
    "codes": {"icnp-tso": "C"},
    "meanings": [
        {
            **{"country": "DE", "language": "de", "label": "Sozialwirtschaft", "relation": "false-friend", "source": SOURCE},
            **{"says": {"en": "The business of welfare services."}, "instead": ["Solidarische Ökonomie"]},
        },
        {
            **{"country": "PT", "language": "pt", "label": "economia social", "relation": "close", "source": SOURCE},
            **{"says": {"en": "A framework law names its families."}, "legal": "Lei 30/2013"},
        },
    ],
}
COOPERATIVE = {
    **{"id": "cooperative", "facet": "forms", "labels": {"en": "cooperative"}, "broader": ["social-economy"], "source": SOURCE},
    "definition": {"en": "Owned by its members.", "fr": "Elle appartient à ses membres."},
}
WOMEN = {
    **{"id": "women-and-gender", "facet": "themes", "tag": "theme:women-and-gender", "source": SOURCE},
    **{"labels": {"en": "women and gender", "fr": "femmes et genre"}, "definition": {"en": "The place of women."}},
}


@pytest.fixture
def write(built_kb: Settings, tmp_path: Path) -> Callable[..., Settings]:
    """The sample index beside concepts of the test's own."""

    def write(*concepts: object) -> Settings:
        settings = replace(built_kb, corpus=tmp_path / "corpus")
        settings.concepts.mkdir(parents=True)
        text = json.dumps({"scheme": "sse", "concepts": list(concepts)}, ensure_ascii=False)  # which is YAML
        (settings.concepts / "words.yaml").write_text(text, encoding="utf-8")
        return settings

    return write


@pytest.fixture
def three(write: Callable[..., Settings]) -> Settings:
    return write(SOCIAL, COOPERATIVE, WOMEN)


@pytest.fixture(scope="module")
def whole(practices_kb: KnowledgeBase) -> Settings:
    """The sample corpus with its sheets and concepts."""
    corpus = practices_kb.documents.parent
    return Settings(corpus, corpus.parent / "index")


def shown(app: AppTest) -> str:
    """The words of what was given to ``st.html``."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", html_of(app))).split()).replace(" ,", ",")


def buttons(app: AppTest, start: str) -> list[str]:
    return [button.label.replace("\\", "") for button in app.button if str(button.key or "").startswith(start)]


# the tree and the box


def test_facets_are_closed_and_one_that_the_address_opens_shows_its_tree(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "concepts")
    assert [expander.label for expander in app.expander] == ["Forms of organisation (2)", "Themes (1)"]
    assert buttons(app, "twig_") == []

    app = open_app(three, "concepts", c_open=["forms"])
    assert buttons(app, "twig_0_") == ["social economy"]
    assert buttons(app, "twig_1_") == ["cooperative"]


def test_a_word_of_any_language_finds_its_concepts_and_false_friends_say_so(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "concepts")

    app.text_input(key="c_word").set_value("sozialwirt").run()

    assert app.query_params["c_word"] == "sozialwirt"
    assert buttons(app, "match_") == ["social economy"]
    assert "Sozialwirtschaft · German · Germany · False friend: means something else" in shown(app)


def test_a_word_that_no_concept_has_says_so(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "concepts", c_word="zebra*")

    assert app.warning[0].value.replace("\\", "") == "No concept has the word “zebra*”."


def test_opening_a_concept_goes_into_the_address_and_back_leads_to_the_word(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "concepts", c_word="economie")

    app.button(key="match_0").click().run()
    assert app.query_params["id"] == "social-economy"
    assert '<h1 class="kb-heading" lang="en" dir="auto">social economy</h1>' in html_of(app)

    app.button(key="concepts_all").click().run()
    assert app.text_input(key="c_word").value == "economie"
    assert "id" not in app.query_params or not app.query_params["id"]


def test_concepts_lead_to_those_around_them(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "concepts", id="cooperative")

    next(button for button in app.button if button.label == "social economy").click().run()

    assert app.query_params["id"] == "social-economy"
    assert buttons(app, "around_") == ["cooperative"]


# one concept


def test_a_concept_says_what_its_words_mean_where_with_law_and_source(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "concepts", id="social-economy")
    text = shown(app)

    assert "Careful (Germany): “Sozialwirtschaft” is not the same as “social economy”." in text
    assert "If you mean “social economy”, say (German): “Solidarische Ökonomie”." in text
    rows = re.findall(r"<tr>(.*?)</tr>", html_of(app))
    portugal = " ".join(re.sub(r"<span class=\"kb-phone.*?</span>|<[^>]+>", " ", rows[2]).split())
    word, says = "economia social Portuguese Means nearly the same", "A framework law names its families. Source: A glossary"
    assert portugal == f"Portugal {word} {says} Lei 30/2013"
    assert '<a href="http://eurovoc.europa.eu/3082" target="_blank" rel="noopener noreferrer">EuroVoc 3082</a>' in html_of(app)
    assert "ICNP/TSO C" in text
    assert "English social economy, third system French économie sociale Spanish economía social" in text


def test_what_the_reader_s_language_lacks_is_said_and_told_in_english(open_app: OpenApp, three: Settings) -> None:
    cooperative = shown(open_app(three, "concepts", locale="fr-FR", id="cooperative"))
    assert cooperative.startswith("cooperative ")
    assert "Aucun libellé connu dans cette langue : Français." in cooperative
    assert "Elle appartient à ses membres." in cooperative
    assert "Langue de la définition" not in cooperative

    social = open_app(three, "concepts", locale="fr-FR", id="social-economy")
    assert "Enterprises of people, not of capital. Langue de la définition : Anglais." in shown(social)
    assert buttons(social, "around_") == ["cooperative (Anglais)"]


def test_passages_that_speak_of_it_lead_to_their_documents(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "concepts", id="cooperative")

    assert html_of(app).count('<blockquote class="kb-quote"') == 5
    assert "Search for “cooperative”" in [label.replace("\\", "") for label in labels_of(app)]


def test_practices_with_its_tag_are_under_it(open_app: OpenApp, whole: Settings) -> None:
    app = open_app(whole, "concepts", id="women-and-gender")

    assert any("SEWA" in label for label in labels_of(app))


# nothing, refused, hostile


def test_without_concepts_it_says_how_to_begin(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "concepts")

    assert "There are no concepts yet" in [header.value for header in app.header]
    assert "kb concept import" in app.code[0].value


def test_without_documents_a_concept_can_be_read(open_app: OpenApp, three: Settings, tmp_path: Path) -> None:
    app = open_app(replace(three, index=tmp_path / "index"), "concepts", id="cooperative")

    assert "No documents have been added yet." in shown(app)
    assert not app.error


def test_an_unknown_concept_says_so_above_the_tree(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, "concepts", id="co-operation")

    assert app.warning[0].value.replace("\\", "").startswith("There is no concept “co-operation”.")
    assert len(app.expander) == 2


def test_going_back_from_a_document_leads_to_the_concept(open_app: OpenApp, three: Settings) -> None:
    """A page link leaves the document's id under this page's address, one step back (Streamlit 1.67)."""
    app = open_app(three, "concepts", id="cooperative")

    app.query_params["id"] = "0123456789abcdef"
    app.run()

    assert shown(app).startswith("cooperative ")
    assert app.query_params["id"] == "0123456789abcdef"  # not written over, or Back would be a trap


def test_concepts_with_faults_are_explained(open_app: OpenApp, write: Callable[..., Settings]) -> None:
    app = open_app(write({**COOPERATIVE, "facet": "colours"}), "concepts")

    assert len(app.error) == 1
    assert "words.yaml" in app.error[0].value.replace("\\", "")


def test_hostile_words_stay_words(open_app: OpenApp, write: Callable[..., Settings]) -> None:
    meaning = {"country": "DE", "language": "de", "label": HOSTILE[:90], "relation": "false-friend", "says": {"en": HOSTILE}}
    bad = {
        **{"id": "bad", "facet": "forms", "labels": {"en": HOSTILE, "fr": HOSTILE}, "definition": {"en": HOSTILE}},
        **{"source": {"title": HOSTILE}, "codes": {"law": HOSTILE}},
        "meanings": [{**meaning, "legal": HOSTILE, "instead": [HOSTILE], "source": {"title": HOSTILE}}],
    }
    settings = write(bad)
    for query in ({"id": "bad"}, {"c_open": ["forms"]}, {"c_word": "script"}):
        app = open_app(settings, "concepts", **query)
        assert Tags(html_of(app)).names <= OUR_TAGS | {"strong"}
        assert not any("![x](" in button.label or ":red[" in button.label for button in app.button)
        assert not app.error


# the search page


def test_a_named_concept_tells_what_else_was_searched_until_it_is_switched_off(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, q="social economy")
    assert "Also searched: economía social, économie sociale, economia social" in shown(app)
    assert "social economy" in labels_of(app)

    app.button(key="expand_off").click().run()
    assert app.query_params["expand"] == "off"
    assert "Not searched, as you wished: economía social, économie sociale, economia social" in shown(app)

    app.button(key="expand_on").click().run()
    assert "expand" not in app.query_params or not app.query_params["expand"]
    assert "Also searched:" in shown(app)


def test_a_false_friend_warns_until_it_is_hidden(open_app: OpenApp, three: Settings) -> None:
    app = open_app(three, q="Sozialwirtschaft")
    assert "Careful (Germany): “Sozialwirtschaft” is not the same as “social economy”." in shown(app)
    assert "Read more\\: social economy" in labels_of(app)

    app.button(key="warn_off").click().run()
    assert app.query_params["warn"] == "off"
    assert "Careful" not in shown(app)
    assert "1 warning about a word is hidden." in shown(app)

    app.button(key="warn_on").click().run()
    assert "Careful (Germany)" in shown(app)


def test_both_can_be_off_by_address(open_app: OpenApp, three: Settings) -> None:
    text = shown(open_app(three, q="Sozialwirtschaft and social economy", expand="off", warn="off"))

    assert "Also searched" not in text
    assert "Careful" not in text


def test_a_question_that_names_no_concept_says_nothing_of_them(open_app: OpenApp, three: Settings) -> None:
    text = shown(open_app(three, q="How is a peer review organised?"))

    assert "searched:" not in text
    assert "Careful" not in text


def test_a_question_is_answered_while_the_concepts_have_faults(open_app: OpenApp, write: Callable[..., Settings]) -> None:
    app = open_app(write({**COOPERATIVE, "facet": "colours"}), q="cooperative")

    assert "The concepts cannot be read just now" in shown(app)
    assert app.header[0].value == "10 passages"


def test_hits_show_the_practices_they_belong_to(open_app: OpenApp, whole: Settings) -> None:
    app = open_app(whole, q="SEWA federation of women's cooperatives")

    assert "Its practice:" in shown(app)
    assert any("SEWA" in label for label in labels_of(app))
