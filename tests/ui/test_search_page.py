"""The search page beyond question and answer: how the question was understood, order, tips, judging, choosing, saving."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.retrieval.answer import Order
from kb.services import citing, judging, saved_searches, searching
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.settings import Settings
from kb.ui import state
from kb.ui.components.search_tips import TIPS
from tests.ui.test_pages import OUR_TAGS, Tags, html_of

OpenApp = Callable[..., AppTest]
QUESTION = "How do women's cooperatives sell abroad?"


def keys(app: AppTest, start: str) -> list[str]:
    """Keys of the widgets that begin with ``start``, in the order of the page."""
    return [str(element.key) for kind in ("button", "checkbox", "button_group") for element in app.get(kind) if _is(element, start)]


def _is(element: Any, start: str) -> bool:
    return str(getattr(element, "key", None) or "").startswith(start)


def open_panel(app: AppTest) -> AppTest:
    """Open the list of chosen passages for the next run; a browser says that it is open on every run, AppTest never."""
    app.session_state["chosen_panel"] = True
    return app


def chosen_count(app: AppTest) -> str | None:
    """The number beside "Chosen passages"; None where nothing is chosen and there is no such button."""
    found = re.search(r'class="kb-count" dir="auto">(\d+)<', html_of(app))
    return found[1] if found else None


def captions(app: AppTest) -> str:
    return "\n".join(each.value for each in app.caption)


# how a question was understood


def test_a_plain_question_has_no_remark(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION)

    assert "Understood as:" not in html_of(app)
    assert "kb-remark" not in html_of(app)


def test_each_piece_of_syntax_is_a_chip_that_switches_it_off(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q='country:India "co-operative bank" -Paris savings year:2020-2026')
    labels = [app.button(key=key).label.replace("\\", "") for key in keys(app, "part_")]
    assert labels == ["Country: India", "With the phrase “co-operative bank”", "Without “Paris”", "Year: 2020–2026"]

    app.button(key="part_0").click().run()
    assert app.text_input(key="q").value == '"co-operative bank" -Paris savings year:2020-2026'

    app.button(key="part_0").click().run()  # the phrase, now the first: its words stay
    assert app.text_input(key="q").value == "co-operative bank -Paris savings year:2020-2026"


def test_a_question_of_operators_only_is_a_list_that_cannot_be_judged_or_sorted(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q="kind:guide")

    assert "No words: passages are listed" in html_of(app)
    assert keys(app, "verdict_") == []
    assert keys(app, "s_order") == []
    assert len(keys(app, "choose_")) == 10


def test_a_mistyped_name_says_what_was_searched_too(open_app: OpenApp, built_kb: Settings) -> None:
    assert "No document has “Mondrgon”; “" in html_of(open_app(built_kb, q="Mondrgon"))


def test_an_absent_phrase_is_named_and_can_be_switched_off(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q='"zebra crossing"')
    assert "No passage has the phrase “zebra crossing”" in html_of(app)

    app.button(key="part_0").click().run()

    assert "10 passages" in [header.value for header in app.header]


def test_an_operator_without_use_is_named(open_app: OpenApp, built_kb: Settings) -> None:
    assert "“country:Atlantis” cannot be used as an operator" in html_of(open_app(built_kb, q="country:Atlantis trade"))


def test_a_hostile_question_stays_text(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q='kind:<b> org:"<img src=x>" "<script>alert(1)</script>" -<style>')

    assert Tags(html_of(app)).names <= OUR_TAGS
    labels = [app.button(key=key).label for key in keys(app, "part_")]
    assert labels
    assert not [label for label in labels if re.search(r"(?<!\\)[<!$\[]", label)]


@pytest.mark.parametrize("example", [example for _, example in TIPS])
def test_every_search_tip_finds_something(built_kb: Settings, example: str) -> None:
    result = searching.search(open_kb(built_kb), example, actor=LOCAL_MEMBER, mark=False)

    assert result.hits
    assert result.understood.parts
    assert result.understood.unused == ()


def test_a_click_on_a_tip_asks_it(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb)

    app.button(key="tip_0").click().run()

    assert app.text_input(key="q").value == TIPS[0][1]
    assert app.query_params["q"] == TIPS[0][1]


# order, and how many


def test_the_order_stands_in_the_url_and_sorts(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION, s_order="newest")

    newest = searching.search(open_kb(built_kb), QUESTION, actor=LOCAL_MEMBER, order=Order.NEWEST)
    shown = re.findall(r'class="kb-rank" dir="auto">(\d+)<', html_of(app))
    assert shown == [str(hit.rank) for hit in newest.hits]

    app.button_group(key="s_order").set_value("relevance").run()

    assert "s_order" not in app.query_params or not app.query_params["s_order"]


@pytest.mark.parametrize("is_typed", [True, False])
def test_a_question_that_is_too_long_is_refused_and_kept(open_app: OpenApp, built_kb: Settings, *, is_typed: bool) -> None:
    question = "bees " * 499 + "looms"
    app = open_app(built_kb, q="" if is_typed else question)
    if is_typed:
        app.text_input(key="q").set_value(question)
        app.button[0].click().run()

    assert "The question has 2500 characters" in app.error[0].value.replace("\\", "")
    assert app.text_input(key="q").value == question
    assert "kb-quote" not in html_of(app)


def test_two_hundred_hits_are_paged(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION, s_k="200")

    assert app.header[0].value == "200 passages"
    assert app.get("pagination")[0].proto.num_pages == 20
    assert html_of(app).count("kb-quote") == 10


def test_a_search_that_fails_is_one_sentence_below_the_question(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(replace(built_kb, model="no-such-model"), q=QUESTION, s_country=["IN"])

    assert "no-such-model" in app.error[0].value.replace("\\", "")
    assert app.text_input(key="q").value == QUESTION
    assert any(text.value == "Filters: India" for text in app.text)  # with the way to clear them
    assert app.query_params["q"] == QUESTION


# judging


def test_a_verdict_is_kept_shown_and_taken_back(open_app: OpenApp, own_records: Settings) -> None:
    app = open_app(own_records, q=QUESTION)
    key = keys(app, "verdict_")[0]
    passage = key.split("_")[1]

    app.button_group(key=key).set_value(1).run()
    kb = open_kb(own_records)
    assert {str(each): int(said.relevance) for each, said in judging.marks(kb, QUESTION, actor=LOCAL_MEMBER).items()} == {
        passage: 1
    }

    again = open_app(own_records, q=QUESTION)  # a reload
    assert again.button_group(key=key).value == 1

    again.button(key=f"undo_{key}").click().run()
    assert judging.marks(kb, QUESTION, actor=LOCAL_MEMBER) == {}
    assert again.button_group(key=key).value is None


def test_a_verdict_may_change(open_app: OpenApp, own_records: Settings) -> None:
    app = open_app(own_records, q=QUESTION)
    key = keys(app, "verdict_")[2]

    app.button_group(key=key).set_value(1).run()
    app.button_group(key=key).set_value(0).run()

    (said,) = judging.mine(open_kb(own_records), actor=LOCAL_MEMBER)
    assert (said.relevance, said.question) == (0, QUESTION)


def test_another_members_verdict_is_not_shown(open_app: OpenApp, own_records: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(own_records, q=QUESTION)
    key = keys(app, "verdict_")[0]
    app.button_group(key=key).set_value(1).run()

    monkeypatch.setattr(state, "actor", lambda: Member("bea", frozenset({Role.MEMBER})))

    assert open_app(own_records, q=QUESTION).button_group(key=key).value is None


def test_damaged_records_leave_the_answer_and_take_the_verdicts_away(open_app: OpenApp, built_kb: Settings, tmp_path: Path) -> None:
    (tmp_path / "records.sqlite").write_bytes(b"no database" * 1000)
    broken = replace(built_kb, database_url=f"sqlite:///{tmp_path / 'records.sqlite'}")

    app = open_app(broken, q=QUESTION)

    assert "damaged" in app.warning[0].value
    assert html_of(app).count("kb-quote") == 10
    assert keys(app, "verdict_") == []


# choosing


def test_chosen_passages_are_counted_listed_and_removed(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION)
    first, second = keys(app, "choose_")[:2]
    app.checkbox(key=first).check().run()
    app.checkbox(key=second).check().run()
    assert chosen_count(app) == "2"

    open_panel(app).run()
    assert len(keys(app, "unchoose_")) == 2
    assert len([each for each in app.get("download_button") if str(each.key).startswith("take_chosen_")]) == 6

    app.button(key=keys(app, "unchoose_")[0]).click()
    open_panel(app).run()
    assert not app.checkbox(key=first).value
    assert app.checkbox(key=second).value

    open_panel(app).run()
    app.button(key="chosen_clear").click().run()
    assert [each for each in app.get("popover") if "Chosen" in each.proto.popover.label] == []


def test_a_choice_lasts_over_questions_and_pages(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION)
    app.checkbox(key=keys(app, "choose_")[0]).check().run()

    app.text_input(key="q").set_value("transferability")
    app.button[0].click().run()

    assert chosen_count(app) == "1"


def test_what_is_gone_is_counted_and_can_be_removed(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION)
    app.checkbox(key=keys(app, "choose_")[0]).check().run()
    gone = "0" * 16
    chosen = app.session_state["_chosen"]
    chosen[gone] = next(iter(chosen.values()))
    open_panel(app).run()
    assert "1 of them cannot be found any more." in captions(app)

    app.button(key="chosen_gone").click()
    open_panel(app).run()

    assert list(app.session_state["_chosen"]) == [keys(app, "choose_")[0].removeprefix("choose_")]


def test_the_201st_choice_is_refused_in_a_sentence(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION)
    app.checkbox(key=keys(app, "choose_")[0]).check().run()
    chosen = app.session_state["_chosen"]
    choice = next(iter(chosen.values()))
    chosen.update({f"{n:016x}": choice for n in range(citing.MAX_PASSAGES - 1)})

    app.checkbox(key=keys(app, "choose_")[1]).check().run()

    assert "200 passages are chosen, and more are not taken" in app.error[0].value.replace("\\", "")
    assert not app.checkbox(key=keys(app, "choose_")[1]).value


def test_hostile_titles_in_the_panel_stay_text(open_app: OpenApp, hostile_kb: Settings) -> None:
    app = open_app(hostile_kb, q="looms")
    app.checkbox(key=keys(app, "choose_")[0]).check().run()
    open_panel(app).run()

    assert "&lt;script&gt;" in html_of(app)
    assert Tags(html_of(app)).names <= OUR_TAGS | {"strong"}


def test_the_citation_comes_with_files(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, q=QUESTION)
    passage = keys(app, "choose_")[0].removeprefix("choose_")
    assert not app.get("download_button")

    app.session_state[f"cite_{passage}"] = True
    app.run()

    labels = [each.proto.label for each in app.get("download_button")]
    assert labels == ["Word", "Text", "BibTeX", "RIS", "CSL-JSON", "CSV"]


# saving


def test_a_search_is_saved_with_its_filters(open_app: OpenApp, own_records: Settings) -> None:
    app = open_app(own_records, q=QUESTION, s_country=["IN"], s_k="20")

    app.text_input(key=keys_of_text(app, "save_")).set_value("Abroad")
    next(button for button in app.button if button.label == "Save").click().run()

    (saved,) = saved_searches.saved_searches(open_kb(own_records), actor=LOCAL_MEMBER)
    assert (saved.name, saved.question, saved.filters.countries, saved.k) == ("Abroad", QUESTION, ("IN",), 20)
    assert "Saved as “Abroad”" in app.success[0].value


def test_a_name_that_is_taken_is_refused_in_french(open_app: OpenApp, own_records: Settings) -> None:
    saved_searches.save(open_kb(own_records), "Abroad", QUESTION, actor=LOCAL_MEMBER)
    app = open_app(own_records, locale="fr-FR", q=QUESTION)

    app.text_input(key=keys_of_text(app, "save_")).set_value("ABROAD")
    next(button for button in app.button if button.label == "Enregistrer").click().run()

    assert app.error[0].value.startswith("Vous avez déjà une recherche enregistrée")


def keys_of_text(app: AppTest, start: str) -> str:
    return next(str(each.key) for each in app.text_input if str(each.key).startswith(start))
