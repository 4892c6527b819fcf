"""Needs and offers: empty, three lists with filters, forms with all faults, a need with its candidates, a match decided by both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.services import members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import matches, needs, offers
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from kb.ui import state
from tests.assessed import who
from tests.ui.conftest import HOSTILE
from tests.ui.test_contexts_page import rows
from tests.ui.test_pages import OUR_TAGS, Tags, html_of

OpenApp = Callable[..., AppTest]
PEOPLE = (
    ("Ana", "House of Ana", "PT", ["pt", "en"]),
    ("Bo", "House of Bo", "FR", ["fr", "en"]),
    ("Cy", "House of Cy", "IE", ["en"]),
)


@pytest.fixture
def settings(own_records: Settings) -> Settings:
    kb = open_kb(own_records)
    for name, organisation, country, languages in PEOPLE:
        members.add(kb, name, organisation=organisation, country=country, roles=[], languages=languages, actor=LOCAL_MEMBER)
    return own_records


@pytest.fixture
def posted(settings: Settings) -> KnowledgeBase:
    """A need of Ana's; offers of Bo's, which gives what is sought, and of Cy's, which does not and is full."""
    kb = open_kb(settings)
    needs.post(
        kb, "Keeping bees in town", "Who keeps bees with pupils in a town?", seeks="peer-visit", theme="education-and-youth",
        actor=who(kb, "Ana"), urgency="urgent",
    )  # fmt: skip
    offers.post(kb, "Des ruches avec des élèves", "Nous montrons nos ruches.", gives=["peer-visit"], actor=who(kb, "Bo"))
    offers.post(kb, "Bookkeeping", "We teach bookkeeping to cooperatives.", gives=["knowledge"], actor=who(kb, "Cy"))
    return kb


def acting(monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase, name: str) -> None:
    monkeypatch.setattr(state, "actor", lambda: who(kb, name) if name else LOCAL_MEMBER)


def told(boxes: object) -> str:
    return " ".join(each.value.replace("\\", "") for each in boxes)  # type: ignore[attr-defined]


def test_without_anything_the_page_says_what_it_is_for_and_opens_the_form(open_app: OpenApp, own_records: Settings) -> None:
    app = open_app(own_records, "needs")

    assert app.title[0].value == "Needs and offers"
    assert "No need is posted yet." in told(app.info)
    assert app.text_input(key="nf_0_title").value == ""
    app.segmented_control(key="n_view").set_value("matches").run()
    assert "Nobody is matched yet." in told(app.info)
    assert app.query_params["n_view"] == "matches"


def test_all_faults_of_a_form_are_said_and_what_was_typed_stays(open_app: OpenApp, settings: Settings) -> None:
    app = open_app(settings, "needs")
    app.text_input(key="nf_0_place").set_value("Porto")
    app.text_input(key="nf_0_title").set_value("")
    app.button(key="FormSubmitter:nf_0_form-Post it").click().run()

    said = told(app.error)
    assert said.startswith("The need was not posted:")
    assert all(each in said for each in ("title", "text", "place"))
    assert app.text_input(key="nf_0_place").value == "Porto"


def test_a_need_is_posted_and_shows_the_offers_that_fit_it(
    open_app: OpenApp, settings: Settings, posted: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    acting(monkeypatch, posted, "Cy")
    app = open_app(settings, "needs")
    app.text_input(key="nf_0_title").set_value("Abelhas na cidade")
    app.text_area(key="nf_0_text").set_value("Queremos ver colmeias com alunos numa escola da cidade.")
    app.selectbox(key="nf_0_seeks").set_value("peer-visit")
    app.button(key="FormSubmitter:nf_0_form-Post it").click().run()

    assert not app.exception
    assert app.query_params["need"] == "need-2"
    found = needs.need(posted, "need-2", actor=LOCAL_MEMBER)
    assert (found.posted.language, found.posted.by.name) == ("pt", "Cy")
    page = html_of(app)
    assert "Abelhas na cidade" in page
    assert "What speaks for it" in page
    assert "It gives what is sought: A peer visit" in page
    assert "Bookkeeping" not in page, "it is of the same organisation"


def test_lists_are_filtered_and_the_address_keeps_the_filters(open_app: OpenApp, settings: Settings, posted: KnowledgeBase) -> None:
    needs.post(posted, "A law", "Which law is there for foundations?", seeks="knowledge", actor=who(posted, "Bo"))

    app = open_app(settings, "needs", n_seeks="knowledge")

    assert [row[0] for row in rows(app, "1 need, the last posted first")] == ["A law"]
    app.multiselect(key="n_country").set_value(["PT"]).run()
    assert "Nothing fits these filters." in told(app.info)
    assert app.query_params["n_country"] == "PT"
    app.button(key="n_clear").click().run()
    assert len(rows(app, "2 needs, the last posted first")) == 2
    assert "n_seeks" not in app.query_params


def test_a_match_goes_from_a_proposal_over_consent_to_what_came_of_it(
    open_app: OpenApp, settings: Settings, posted: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    acting(monkeypatch, posted, "Cy")
    app = open_app(settings, "needs", need="need-1")
    page = html_of(app)
    assert "It does not give what is sought: A peer visit" in page, "the offer that does not fit stands last, and says why"
    app.text_area(key="propose_need-1_offer-1_why").set_value("Both work with schools.")
    app.button(key="FormSubmitter:propose_need-1_offer-1_form-Propose it").click().run()
    assert "Proposed. Ana is asked." in told(app.success)

    acting(monkeypatch, posted, "Ana")
    app = open_app(settings, "needs")
    assert "Waiting for you" in [each.value for each in app.header]
    app.button(key="wait_match-1_agree").click().run()
    assert "You agreed. Bo decides now." in told(app.success)
    assert not [each for each in app.header if each.value == "Waiting for you"]

    acting(monkeypatch, posted, "Bo")
    app = open_app(settings, "needs", match="match-1")
    assert "Waits for your decision" in html_of(app)
    app.button(key="match_agree").click().run()
    assert "Agreed. You and Ana are matched." in told(app.success)

    app.text_area(key="match_done_why").set_value("They came in May.")
    app.button(key="FormSubmitter:match_done_form-Say so").click().run()
    page = html_of(app)
    assert "They came in May." in page
    assert "Both work with schools." in page
    assert "consented as the seeker" in page
    assert matches.match(posted, "match-1", actor=LOCAL_MEMBER).state == "done"


def test_a_decision_without_a_reason_is_refused_in_words(
    open_app: OpenApp, settings: Settings, posted: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    matches.propose(posted, "need-1", "offer-1", actor=who(posted, "Ana"))
    acting(monkeypatch, posted, "Bo")
    app = open_app(settings, "needs", match="match-1")

    app.button(key="FormSubmitter:match_decline_form-Decline it").click().run()

    assert "The match was not declined: why:" in told(app.error)


def test_who_may_only_look_sees_no_tools_and_the_author_sees_theirs(
    open_app: OpenApp, settings: Settings, posted: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tools(name: str, **shown: str) -> set[str]:
        acting(monkeypatch, posted, name)
        keys = {each.key for each in open_app(settings, "needs", **shown).button if each.key}
        return {
            key for key in keys if key.startswith(("offer_", "FormSubmitter:need_", "FormSubmitter:offer_", "FormSubmitter:re_"))
        }

    assert tools("Cy", need="need-1") == set()
    assert tools("Ana", need="need-1") == {
        "FormSubmitter:need_answer_form-Say so", "FormSubmitter:need_withdraw_form-Withdraw it",
        "FormSubmitter:re_need-1_1_form-Save",
    }  # fmt: skip
    assert "offer_pause" in tools("Bo", offer="offer-1")
    assert tools("", offer="offer-1") == {"FormSubmitter:offer_withdraw_form-Withdraw it"}, "a facilitator withdraws, and no more"


def test_who_proposed_a_match_of_others_takes_it_back_until_both_agreed(
    open_app: OpenApp, settings: Settings, posted: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    match = matches.propose(posted, "need-1", "offer-1", actor=who(posted, "Cy")).id

    def takes_back(name: str) -> bool:
        acting(monkeypatch, posted, name)
        return any(
            each.key == "FormSubmitter:match_withdraw_form-Withdraw it" for each in open_app(settings, "needs", match=match).button
        )

    assert [takes_back(name) for name in ("Cy", "Ana", "Bo")] == [True, False, False], "who was asked declines instead"
    matches.consent(posted, match, actor=who(posted, "Ana"))
    matches.accept(posted, match, actor=who(posted, "Bo"))
    assert [takes_back(name) for name in ("Cy", "Ana", "Bo", "")] == [False, True, True, True], "the last one is a facilitator"


def test_a_thing_that_is_not_there_is_told_and_leads_back(open_app: OpenApp, settings: Settings) -> None:
    app = open_app(settings, "needs", need="need-99")

    assert "There is no need “need-99”" in told(app.error)
    app.button(key="n_all").click().run()
    assert app.title[0].value == "Needs and offers"


def test_hostile_words_stay_words(open_app: OpenApp, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    kb = open_kb(settings)
    members.add(kb, "Eve", organisation=HOSTILE[:150], country="PT", roles=[], languages=["en"], actor=LOCAL_MEMBER)
    needs.post(kb, HOSTILE, HOSTILE, seeks="knowledge", actor=who(kb, "Eve"), instrument=HOSTILE)
    offers.post(kb, HOSTILE, HOSTILE, gives=["knowledge"], actor=who(kb, "Ana"))
    matches.propose(kb, "need-1", "offer-1", actor=who(kb, "Eve"), why=HOSTILE)
    acting(monkeypatch, kb, "Eve")

    for shown in ({}, {"n_view": "offers"}, {"n_view": "matches"}, {"need": "need-1"}, {"offer": "offer-1"}, {"match": "match-1"}):
        app = open_app(settings, "needs", **shown)
        tags = Tags(html_of(app))
        assert tags.names <= OUR_TAGS | {"strong", "h2"}
        markdown = " ".join(each.value for each in app.markdown)
        assert "[x](http" not in markdown


def test_the_page_speaks_french(open_app: OpenApp, settings: Settings, posted: KnowledgeBase) -> None:
    matches.propose(posted, "need-1", "offer-1", actor=LOCAL_MEMBER)

    assert open_app(settings, "needs", locale="fr-FR").title[0].value == "Besoins et offres"
    page = html_of(open_app(settings, "needs", locale="fr-FR", need="need-1"))
    for english in ("What speaks for it", "Posted by", "It gives what is sought", "Both speak", "What happened", "Waits for"):
        assert english not in page


def test_a_choice_is_spelled_without_marks_of_markup(open_app: OpenApp, own_records: Settings) -> None:
    """Options of a choice are plain text; a mark that keeps Markdown away would be seen in them."""
    kb = open_kb(own_records)
    members.add(kb, "Dan", organisation="House of Dan", country="BA", roles=[], languages=["en"], actor=LOCAL_MEMBER)
    needs.post(kb, "Bees", "Who keeps bees?", seeks="knowledge", actor=who(kb, "Dan"))

    assert open_app(own_records, "needs").multiselect(key="n_country").options == ["Bosnia & Herzegovina"]
