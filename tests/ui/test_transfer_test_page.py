"""One test of transferability: judged blind with evidence of both sides, and shown to all once it is concluded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from fakes import FakeRecords
from streamlit.testing.v1 import AppTest

from kb.adapters.context_folder import ContextFolder
from kb.adapters.versioned_folder import frameworks_in
from kb.peers.assessment.review import Confidence, Stance
from kb.peers.transfer.judgement import Adaptation, CriterionAnswer
from kb.peers.transfer.state import Certainty, SeatState, Stage
from kb.services import contexts, members
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import transfer_cases
from kb.services.permission import LOCAL_MEMBER, Role
from kb.services.transferring import concluding, evidence, judging, opening, seats
from kb.services.transferring.loading import transfer_for
from kb.settings import Settings
from kb.ui import state
from kb.ui.components.transferring.judge_steps import START, WHOLE
from kb.ui.i18n import translations
from tests.transferred import ID, a_base, begun, concluded, draft, handed_in, who
from tests.transfers import judgement
from tests.ui.test_members_page import act_as, press
from tests.ui.test_pages import OUR_TAGS, Tags, html_of
from tests.ui.test_work_pages import headers

ROOT = Path(__file__).parents[2]
OpenApp = Callable[..., AppTest]
Open = Callable[..., AppTest]
HOSTILE = "<img src=x onerror=alert(1)> [go](javascript:alert(2)) :red[x] </div>"
CESENA, CESENA_ID = "cesena-bee-path", "cesena-bee-path-to-pt-1"


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    made = a_base(tmp_path, FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


@pytest.fixture
def real(practices_kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """The sheets, documents, profiles and the framework of the corpus, and a test for Portugal; records of its own."""
    made = replace(
        practices_kb,
        records=FakeRecords(),
        contexts=ContextFolder(ROOT / "corpus" / "contexts"),
        frameworks=frameworks_in(ROOT / "corpus" / "frameworks"),
    )
    monkeypatch.setattr(state, "kb", lambda: made)
    members.add(made, "ann", organisation="House of Ann", country="PT", roles=[Role.REVIEWER], actor=LOCAL_MEMBER)
    opening.open_test(made, CESENA, "PT", source="IT", framework="plp-transferability", actor=LOCAL_MEMBER)
    seats.invite(made, CESENA_ID, "ann", actor=LOCAL_MEMBER)
    return made


@pytest.fixture
def visit(open_app: OpenApp, built_kb: Settings) -> Open:
    """Open the page as a member: ``visit("ann", id=…, item=…)``."""

    def come(name: str, **query: str) -> AppTest:
        return act_as(open_app(built_kb, "transfer_test", **query), name)

    return come


def desk(kb: KnowledgeBase, name: str = "ann", test: str = ID) -> judging.Desk:
    return judging.desk(kb, test, actor=who(kb, name))


def answer(kb: KnowledgeBase, criterion: str, test: str = ID) -> CriterionAnswer:
    return desk(kb, test=test).judgement.answers.get(criterion, CriterionAnswer())


def widget(app: AppTest, item: str, field: str) -> Any:
    kinds = ("button_group", "text_area", "checkbox", "selectbox")
    return next(each for kind in kinds for each in app.get(kind) if str(each.key).endswith(f"_{item}_{field}"))


def buttons(app: AppTest, start: str) -> list[Any]:
    return [each for each in app.button if str(each.key).startswith(start)]


# none, and who may what


def test_without_a_test_it_is_said(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")

    assert "No test was chosen" in visit("ann").info[0].value


def test_a_test_that_is_not_there_is_told(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")

    assert "There is no test of transferability" in visit("ann", id="nowhere").error[0].value.replace("\\", "")


def test_before_the_end_everybody_sees_only_who_is_ready(visit: Open, kb: KnowledgeBase) -> None:
    handed_in(kb, begun(kb, "ann", "bo"), "ann", 2, 2, -2, 2, 2, 2, secret="a secret of ann")

    for name in ("bo", "fay", "sam"):
        app = visit(name, id=ID)
        words = html_of(app)
        assert "1 of 2 handed in" in words
        assert "a secret of ann" not in words
        assert "Result" not in words
        assert not app.get("arrow_vega_lite_chart")
    own = html_of(visit("ann", id=ID))
    assert "What your judgement comes to" in own
    assert "a secret of ann" in own


def test_somebody_who_takes_no_part_is_shown_no_judgement_to_write(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    app = visit("bo", id=ID, item="law")
    assert not app.text_area
    press(app, "Take part")
    seat = transfer_for(kb, ID, actor=who(kb, "bo")).seat("bo")
    assert seat is not None
    assert seat.state is SeatState.JOINED

    assert not [button for button in visit("sam", id=ID).button if button.label in ("Take part", "Judge")]


# judging


def test_it_begins_with_the_first_criterion_and_turns_to_the_next(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    app = press(visit("ann", id=ID), "Judge")
    assert app.session_state["item"] != START
    assert "How is core?" in html_of(app)
    assert str(app.get("progress")[0].proto.text).startswith("0 of 6 answered")

    app.button(key="step_on_top").click().run()
    assert "How is evidence?" in html_of(app)
    assert app.query_params["item"] == "evidence"
    app.button(key="outline_1_law").click().run()
    assert "the practice rests on it" in html_of(app)
    press(app, "Back to the test")
    assert "The two places" in html_of(app)


def test_every_change_is_kept_at_once_and_comes_back(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    app = visit("ann", id=ID, item="law")
    widget(app, "law", "value").set_value("-1").run()
    widget(app, "law", "reason").set_value("They say so.").run()
    widget(app, "law", "confidence").set_value("high").run()
    kept = answer(kb, "law")
    assert (kept.value, kept.reason, kept.confidence) == (-1, "They say so.", Confidence.HIGH)
    assert html_of(app).count("Your value: −1") == 2  # between −2 and 0

    app.button(key="step_on_top").click().run()
    app.button(key="step_back_top").click().run()
    assert widget(app, "law", "reason").value == "They say so."
    widget(app, "law", "value").set_value("unknown").run()
    kept = answer(kb, "law")
    assert (kept.known, kept.is_unknown, kept.confidence, kept.reason) == (None, True, None, "They say so.")
    widget(app, "law", "value").set_value(None).run()
    assert not answer(kb, "law").is_unknown


def test_one_judgement_in_two_windows_loses_nothing(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    app = visit("ann", id=ID, item="law")
    widget(app, "law", "reason").set_value("From this window.").run()
    judging.keep_answer(kb, ID, "need", {"reason": "From the other."}, version=desk(kb).version, actor=who(kb, "ann"))

    widget(app, "law", "reason").set_value("Changed here.").run()
    assert "kept elsewhere meanwhile" in app.error[0].value
    assert "kept in another window" in app.warning[0].value
    assert widget(app, "law", "reason").value == "Changed here."
    assert answer(kb, "law").reason == "From this window."

    app.button(key="review_reopen").click().run()
    widget(app, "law", "reason").set_value("Changed at last.").run()
    assert answer(kb, "law").reason == "Changed at last."
    assert answer(kb, "need").reason == "From the other."


def test_a_draft_of_another_is_never_seen(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")
    draft(kb, ID, "bo", judgement(1, 1, 1, 1, 1, 1, reason="a secret of bo"))

    for item in ("", "law", WHOLE):
        app = visit("ann", id=ID, item=item)
        assert "a secret of bo" not in html_of(app)
        assert "a secret of bo" not in [each.value for each in app.text_area]


# evidence of both sides


def test_passages_are_pinned_on_the_side_whose_documents_hold_them(visit: Open, real: KnowledgeBase) -> None:
    app = visit("ann", id=CESENA_ID, item="legal-framework")
    assert buttons(app, "pin_for_source_")
    assert buttons(app, "pin_for_target_")
    widget(app, "legal-framework", "none_in_target").check().run()
    assert answer(real, "legal-framework", CESENA_ID).none_in_target

    buttons(app, "pin_for_source_")[0].click().run()
    buttons(app, "pin_against_target_")[0].click().run()
    kept = answer(real, "legal-framework", CESENA_ID)
    assert [pin.stance for pin in kept.source_pins] == [Stance.FOR]
    assert [pin.stance for pin in kept.target_pins] == [Stance.AGAINST]
    assert not kept.none_in_target
    about = contexts.documents_about(real, "PT", actor=who(real, "ann"), without=CESENA)
    assert kept.target_pins[0].document in {each.path for each in about.documents.values()}
    assert kept.source_pins[0].document not in {each.path for each in about.documents.values()}

    buttons(app, "unpin_")[1].click().run()
    assert answer(real, "legal-framework", CESENA_ID).target_pins == ()


def test_where_nothing_speaks_to_it_the_gap_is_told_with_its_size(visit: Open, real: KnowledgeBase) -> None:
    told = opening.open_test(real, CESENA, "IE", source="IT", framework="plp-transferability", actor=LOCAL_MEMBER)
    seats.invite(real, told, "ann", actor=LOCAL_MEMBER)
    of_target = {
        each.name: evidence.for_criterion(real, told, each.name, actor=who(real, "ann")).target
        for each in desk(real, test=told).framework.criteria
        if each.target_query
    }
    gap = next(name for name, found in of_target.items() if found.is_gap)
    full = next(name for name, found in of_target.items() if not found.is_gap)
    n = of_target[gap].n_documents
    sentence = f"No evidence found in {n} document{'' if n == 1 else 's'} about Ireland"

    assert any(sentence in each.value for each in visit("ann", id=told, item=gap).markdown)
    assert not any("about Ireland" in each.value for each in visit("ann", id=told, item=full).markdown)


def test_where_the_framework_asks_nothing_of_a_side_that_is_said(visit: Open, real: KnowledgeBase) -> None:
    app = visit("ann", id=CESENA_ID, item="core-known")

    assert any(
        "Target, Portugal: the framework asks these documents nothing here" in each.value.replace("\\", "") for each in app.markdown
    )
    assert not buttons(app, "pin_for_target_")


def test_another_question_is_asked_of_both_sides(visit: Open, real: KnowledgeBase) -> None:
    app = visit("ann", id=CESENA_ID, item="legal-framework", ask="cooperatives in India")
    about = contexts.documents_about(real, "PT", actor=who(real, "ann"), without=CESENA)
    practice = desk(real, test=CESENA_ID).practice
    assert practice is not None
    shown = [parse_qs(each.proto.query_string)["id"][0] for each in app.get("page_link") if "passage=" in each.proto.query_string]
    own = {practice.document_id, *(each.id for each in practice.documents)}

    assert shown
    assert set(shown) <= own | set(about.documents)
    app.button(key="step_on_top").click().run()
    assert app.text_input(key="ask").value == ""


# the whole, and handing in


def test_the_whole_is_kept_line_by_line(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    app = visit("ann", id=ID, item=WHOLE)
    widget(app, "whole", "facilitators").set_value("hives on roofs\n\n  a law  ").run()
    widget(app, "whole", "barriers").set_value("no budget").run()
    app.text_input(key="adapt_element_0").set_value("the path")
    app.text_area(key="adapt_how_0").set_value("through parks")
    press(app, "Add this adaptation")
    widget(app, "whole", "comment").set_value("Worth a try.").run()
    kept = desk(kb).judgement
    assert (kept.facilitators, kept.barriers, kept.comment) == (("hives on roofs", "a law"), ("no budget",), "Worth a try.")
    assert kept.adaptations == (Adaptation(element="the path", how="through parks"),)

    press(app, "Take it out")
    assert desk(kb).judgement.adaptations == ()


def test_an_adaptation_needs_both_words(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    app = visit("ann", id=ID, item=WHOLE)
    app.text_input(key="adapt_element_0").set_value("the path")
    press(app, "Add this adaptation")

    assert "cannot be kept" in app.error[0].value
    assert desk(kb).judgement.adaptations == ()


def test_core_elements_of_the_sheet_are_ticked_and_others_typed(visit: Open, real: KnowledgeBase) -> None:
    app = visit("ann", id=CESENA_ID, item=WHOLE)
    box = next(each for each in app.checkbox if "_whole_core_" in str(each.key))
    box.check().run()
    widget(app, "whole", "core_kept").set_value("the bees").run()
    kept = desk(real, test=CESENA_ID).judgement.core_kept
    assert len(kept) == 2
    assert kept[1] == "the bees"

    box = next(each for each in app.checkbox if "_whole_core_" in str(each.key))
    box.uncheck().run()
    assert desk(real, test=CESENA_ID).judgement.core_kept == ("the bees",)


def test_what_is_missing_is_listed_and_leads_to_its_criterion(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    judging.keep_answer(kb, ID, "law", {"value": 1}, version=0, actor=who(kb, "ann"))
    app = visit("ann", id=ID, item=WHOLE)

    assert "6 criteria are not answered yet" in app.info[0].value
    line = app.button(key="found_lack_law")
    assert "has no reason" in line.label
    assert "does not say how sure you are" in line.label
    assert "1 value has no passage" in app.warning[0].value
    assert app.button(key="hand_in_off").disabled
    line.click().run()
    assert "How is law?" in html_of(app)


def test_a_judgement_is_handed_in_changed_and_handed_in_again(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    draft(kb, ID, "ann", judgement(1, 1, 1, None, 1, 1))
    app = press(visit("ann", id=ID), "Judge")
    assert "Everything is answered." in [each.value for each in app.markdown]
    press(app, "Hand the judgement in")
    assert desk(kb).is_handed_in
    assert "is handed in" in app.success[0].value

    app.button(key="outline_1_core").click().run()
    widget(app, "core", "value").set_value("-2").run()
    assert "counts once you hand it in again" in app.warning[0].value
    app.button(key=f"outline_1_{WHOLE}").click().run()
    press(app, "Hand the judgement in")
    assert transfer_for(kb, ID, actor=who(kb, "ann")).judgements["ann"].answers["core"].value == -2


# leading


def test_who_leads_invites_excuses_and_concludes(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")
    handed_in(kb, ID, "ann", 1, 1, 1, 1, 1, 1)
    app = visit("fay", id=ID)
    assert "Conclude it now" not in [each.label for each in app.button]
    next(each for each in app.selectbox if str(each.key).startswith("invite_")).select("cy").run()
    press(app, "Invite")
    assert transfer_for(kb, ID, actor=who(kb, "fay")).seat("cy") is not None

    for name in ("bo", "cy"):
        app.selectbox(key="excuse_who").select(name)
        press(app, "Excuse")
    press(app, "Conclude it now")
    assert transfer_for(kb, ID, actor=who(kb, "fay")).stage is Stage.CONCLUDED
    assert "Result" in html_of(app)


def test_a_test_is_cancelled_with_a_reason_and_shows_no_result(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    app = press(visit("fay", id=ID), "Cancel the test")
    assert "Say why" in app.error[0].value
    app.text_area(key="cancel_why").set_value("No time.")
    press(app, "Cancel the test")

    assert "was cancelled" in app.info[0].value
    assert "No time." in html_of(app)


def test_an_assessor_leaves(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    press(visit("ann", id=ID), "Leave the test")

    seat = transfer_for(kb, ID, actor=who(kb, "ann")).seat("ann")
    assert seat is not None
    assert seat.state is SeatState.EXCUSED


# the result


def test_what_stands_in_the_way_is_said_before_any_number(visit: Open, kb: KnowledgeBase) -> None:
    concluded(kb, 2, 1, -2, None, 1, 1)
    words = html_of(visit("sam", id=ID))
    result = words[words.index('class="kb-result') :]

    assert result.index("stands in the way") < result.index("+0.2, with 5 of 6 criteria known")
    assert "law (1 of 1 assessor)" in result
    assert "−0.1 to +0.4" in result  # (2 + 1 − 2·2 + 1 + 1 ∓ 2) / 7
    assert "Anticipated: Judged in advance." in result
    assert "One assessor only" in words


def test_where_nothing_blocks_and_all_is_known_that_is_said(visit: Open, kb: KnowledgeBase) -> None:
    concluded(kb, 2, 1, 1, 0, 1, 1)
    words = html_of(visit("sam", id=ID))

    assert "no constraint was found that blocks" in words
    assert "+1, with 6 of 6 criteria known" in words
    assert "the mean has no range" in words
    assert "What matters most of the unknown" not in words


def test_assessors_who_are_apart_are_told_by_criterion(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")
    handed_in(kb, ID, "ann", 2, 1, 1, 0, 1, 1)
    handed_in(kb, ID, "bo", -1, 1, 1, 0, 1, 1)
    concluding.conclude(kb, ID, actor=who(kb, "fay"))

    assert "core: −1 to +2" in html_of(visit("sam", id=ID))


def test_the_chart_says_in_words_what_the_table_says(visit: Open, kb: KnowledgeBase) -> None:
    concluded(kb, 2, 1, -2, None, 1, 1)
    app = visit("sam", id=ID)
    alt, words = app.get("vega_lite_chart")[0].proto.alt, html_of(app)

    assert "law ★: −2; finance: unknown; need: +1" in alt
    assert words.count('<th scope="row">law ★') == 1
    assert "kb-table" in words


def test_the_unknown_that_matters_is_told_with_both_ends(visit: Open, kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, None, None, 1, 1)
    words = html_of(visit("sam", id=ID))
    unknown = words[words.index("those that count most first") :]

    assert unknown.index("law ★") < unknown.index("finance")
    assert "0" in unknown[unknown.index("law ★") : unknown.index("finance")]  # (4 − 2·2) / 6
    assert "+1.33" in unknown  # (4 + 2·2) / 6


def test_reasons_and_passages_of_both_sides_are_shown_to_all(visit: Open, kb: KnowledgeBase) -> None:
    concluded(kb, 2, 1, -2, None, 1, 1)
    app = visit("sam", id=ID)
    app.session_state["judged_context"] = True
    words = html_of(app.run())

    assert "as it stands" in words
    assert "Documents of the practice" in words
    assert "Documents about the target" in words
    assert "the route has seven hives" in words


def test_an_evaluation_makes_the_result_more_certain(visit: Open, kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    assert not [each for each in visit("ann", id=ID).button if each.label == "Write it down"]
    app = press(visit("fay", id=ID), "Write it down")
    assert "is no date" in app.error[0].value
    assert "name what bears it out" in app.error[0].value
    app.text_input(key=f"evaluate_{ID}_on").set_value(today())
    app.text_area(key=f"evaluate_{ID}_what").set_value("Two hives stand there.")
    app.text_input(key=f"evaluate_{ID}_sources_0_source").set_value("Report of the city")
    app.text_input(key=f"evaluate_{ID}_sources_0_date").set_value("2026")
    assert "bee-path" not in app.selectbox(key=f"evaluate_{ID}_case").options, "the practice itself is no case"
    press(app, "Write it down")

    assert transfer_for(kb, ID, actor=who(kb, "fay")).certainty is Certainty.CONFIRMED
    assert "Two hives stand there." in html_of(app)
    assert "Source: Report of the city (2026)" in html_of(app)
    assert "Confirmed" in html_of(app)


def test_a_transfer_case_is_opened_on_a_concluded_test(visit: Open, kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    app = press(visit("ann", id=ID), "Open a transfer case")
    assert "why: " in app.error[0].value.replace("\\", "")
    app.text_area(key="consider_why").set_value("Lisbon asks.")
    press(app, "Open a transfer case")

    (case,) = transfer_cases.cases(kb, actor=who(kb, "ann"), test=ID)
    assert (case.considered.organisation, case.considered.why) == ("House of Ann", "Lisbon asks.")
    assert "House of Ann · Considered" in [each.label.strip("*") for each in app.get("page_link")]


def test_a_member_takes_over_for_the_own_organisation_and_a_facilitator_for_any(visit: Open, kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    member, facilitator = (visit(name, id=ID).text_input(key="consider_organisation") for name in ("ann", "fay"))

    assert (member.value, member.disabled) == ("House of Ann", True)
    assert facilitator.disabled is False
    app = visit("fay", id=ID)
    app.text_input(key="consider_organisation").set_value("House of Bo")
    app.text_area(key="consider_why").set_value("They ask.")
    press(app, "Open a transfer case")
    assert [each.considered.organisation for each in transfer_cases.cases(kb, actor=who(kb, "ann"), test=ID)] == ["House of Bo"]


# the places, words


def test_the_two_places_are_told_group_by_group_and_how_far_apart(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    words = html_of(visit("ann", id=ID))

    assert "Slovenia has a law on hives" in words
    assert "Portugal has a law on hives" in words
    assert "apart, by 2 of 2 indicators" in words


def test_without_a_profile_the_page_still_stands(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    (kb.contexts.folder / "PT.yaml").unlink()

    assert any("no profile of Portugal" in each.value for each in visit("ann", id=ID).info)


def test_what_members_typed_stays_text(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    said = judgement(1, 1, -2, 1, 1, 1, reason=HOSTILE).model_copy(
        update={"barriers": (HOSTILE,), "core_kept": (HOSTILE,), "adaptations": (Adaptation(element=HOSTILE, how=HOSTILE),)}
    )
    version = draft(kb, ID, "ann", said)
    judging.hand_in(kb, ID, version=version, actor=who(kb, "ann"))
    whole = visit("ann", id=ID, item=WHOLE)
    concluding.conclude(kb, ID, actor=who(kb, "fay"))
    app = visit("sam", id=ID)
    app.session_state["judged_context"] = True

    for page in (whole, app.run()):
        assert "&lt;img src=x" in html_of(page)
        assert Tags(html_of(page)).names <= OUR_TAGS | {"h2", "h3", "strong"}
        assert not [each.value for each in page.markdown if "onerror" in each.value]


def test_the_page_speaks_french(open_app: OpenApp, built_kb: Settings, kb: KnowledgeBase) -> None:
    concluded(kb, 2, 1, -2, None, 1, 1)
    words = html_of(open_app(built_kb, "transfer_test", locale="fr-FR", id=ID))

    assert "+0,2" in words
    assert "critères connus sur 6" in words
    assert escape(translations("fr").gettext("Judged in advance. Nobody has evaluated yet how a transfer went.")) in words
    assert "How it went" not in words


def test_headings_of_a_judgement_are_in_place(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann")

    assert "What speaks to it, on both sides" in headers(visit("ann", id=ID, item="law"))
