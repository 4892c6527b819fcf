"""Plans and policy changes on their page: written, validated, followed, recorded; by two members; hostile; in French."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.services import members
from kb.services.learning import plans, policies
from kb.services.permission import LOCAL_MEMBER, Role
from kb.settings import Settings
from tests.ui.conftest import HOSTILE
from tests.ui.test_contexts_page import rows, shown
from tests.ui.test_lessons_page import BEES, acting, submit, told, two, who
from tests.ui.test_pages import OUR_TAGS, Tags, html_of

__all__ = ["two"]  # the fixture

OpenApp = Callable[..., AppTest]
EFFECT = {
    "dimension": "efficiency", "what": "Days to a permit", "unit": "days",
    "before": {"value": 30, "date": "2025", "source": "The register"}, "after": {"value": 7.5, "date": "2026-06", "source": "Same"},
}  # fmt: skip


def a_plan(settings: Settings, title: str = "A register", **other: object) -> None:
    said: dict[str, object] = {"instrument": "Regional plan", "text": "We saw one.", "actions": [{"what": "Keep it."}], **other}
    plans.draft(open_kb(settings), title=title, actor=who(settings, "ann"), **said)  # type: ignore[arg-type]


def a_policy(settings: Settings, title: str = "Permits in a week", **other: object) -> None:
    said: dict[str, object] = {
        "policy": "Regulation", "organisation": "House of Ann", "what_changed": "One office.", "on": "2026-06-30",
        "attribution": "Half of it.", "practices": [BEES], "effects": [EFFECT], **other,
    }  # fmt: skip
    policies.record(open_kb(settings), title=title, actor=who(settings, "ann"), **said)  # type: ignore[arg-type]


def test_with_nothing_there_the_page_says_what_both_are_and_takes_a_plan(open_app: OpenApp, two: Settings) -> None:
    app = acting(open_app(two, "policies"), "ann")
    assert "No action plan here yet." in told(app.info)
    assert "No policy change here yet." in told(app.info)

    app.text_input(key="plan_new_title").set_value("Um registo")
    app.text_input(key="plan_new_instrument").set_value("Plano regional")
    app.selectbox(key="plan_new_language").set_value("pt")
    app.text_area(key="plan_new_text").set_value("Vimos um.")
    app.text_area(key="plan_new_a0_what").set_value("Manter um registo.")
    app.button(key="plan_new_more").click().run()
    app.text_area(key="plan_new_a1_what").set_value("Contar.")
    app.selectbox(key="plan_new_a1_cost").set_value("unknown")
    app.button(key="plan_keep").click().run()
    assert "a plan that is not in English needs a summary in English" in told(app.error)
    assert app.text_input(key="plan_new_title").value == "Um registo"

    app.text_area(key="plan_new_summary_en").set_value("A register.")
    app.text_input(key="plan_new_a0_amount").set_value("1200")  # an amount that is typed is said
    app.button(key="plan_keep").click().run()
    assert not app.exception
    assert app.query_params["plan"] == "plan-1"
    assert [row[0] for row in rows(app, "Actions of this plan")] == ["Manter um registo.", "Contar."]
    assert "All together: 1,200 EUR; of 1 action nobody knows the cost" in shown(app)


def test_a_plan_is_validated_begun_and_its_actions_go_on(open_app: OpenApp, two: Settings) -> None:
    a_plan(two)
    app = acting(open_app(two, "policies", plan="plan-1"), "bo")
    submit(app, "Validate")
    assert "Validated by bo, House of Bo" in shown(app)
    acting(app, "ann")
    app.button(key="plan_begin").click().run()
    app.button(key="move").click().run()
    app.text_input(key="move_why").set_value("At last.")
    app.button(key="move").click().run()

    assert not app.exception
    assert rows(app, "Actions of this plan")[0][-1].startswith("Done")
    app.button(key="plan_finish").click().run()
    assert "Done" in shown(app)
    assert plans.plan(open_kb(two), "plan-1", actor=who(two, "ann")).state == "done"


def test_a_plan_written_anew_keeps_the_text_before_in_its_history(open_app: OpenApp, two: Settings) -> None:
    a_plan(two)
    app = acting(open_app(two, "policies", plan="plan-1"), "ann")
    assert app.text_area(key="plan-1_a0_what").value == "Keep it."
    app.text_area(key="plan-1_text").set_value("We saw two.")
    app.button(key="keep_plan-1").click().run()

    assert not app.exception
    assert [row[3] for row in rows(app, "Newest first")] == ["A register: We saw two.", "A register: We saw one."]


def test_a_policy_change_is_recorded_with_what_was_measured(open_app: OpenApp, two: Settings) -> None:
    app = acting(open_app(two, "policies"), "ann")
    own = app.text_input(key="policy_new_organisation")
    assert (own.value, own.disabled) == ("House of Ann", True)
    for name, value in (("title", "Permits in a week"), ("policy", "Regulation"), ("on", "2026-06-30"),
                        ("e0_what", "Days"), ("e0_unit", "days"), ("e0_before_value", "30"), ("e0_before_source", "Register"),
                        ("e0_after_value", "7.5"), ("e0_after_source", "Register"), ("e0_after_unit", "weeks")):  # fmt: skip
        app.text_input(key=f"policy_new_{name}").set_value(value)
    app.text_area(key="policy_new_what_changed").set_value("One office.")
    app.text_area(key="policy_new_attribution").set_value("Half of it.")
    app.button(key="policy_keep").click().run()
    assert "name a practice or an exchange that it comes from" in told(app.error)
    app.multiselect(key="policy_new_practices").set_value([BEES])
    app.button(key="policy_keep").click().run()

    assert not app.exception
    assert app.query_params["policy"] == "policy-1"
    row = rows(app, "By quality, efficiency and impact")[0]
    assert row == [
        "Days Quality", "30 days date unknown · Register", "7.5 weeks date unknown · Register",
        "No difference: the units are not the same.",
    ]  # fmt: skip
    assert "Nothing is said yet of: Efficiency and Impact." in shown(app)


def test_another_member_confirms_and_telling_it_anew_takes_that_back(open_app: OpenApp, two: Settings) -> None:
    a_policy(two)
    app = acting(open_app(two, "policies", policy="policy-1"), "bo")
    assert rows(app, "By quality, efficiency and impact")[0][-1] == "−22.5 days"
    submit(app, "Confirm")
    assert "Confirmed by bo, House of Bo" in shown(app)

    acting(app, "ann")
    app.text_input(key="policy-1_title").set_value("Permits in a day")
    app.button(key="keep_policy-1").click().run()
    assert not app.exception
    assert "nobody of another organisation yet" in shown(app)
    assert [row[2] for row in rows(app, "Newest first")] == ["told it anew", "confirmed it", "recorded the policy change"]


def test_who_acts_next_in_the_tab_speaks_for_their_own_organisation(open_app: OpenApp, two: Settings) -> None:
    members.add(open_kb(two), "fay", organisation="Network", country="BE", roles={Role.FACILITATOR}, actor=LOCAL_MEMBER)
    app = open_app(two, "policies")
    for name, own, is_fixed in (("ann", "House of Ann", True), ("bo", "House of Bo", True), ("fay", "Network", False)):
        field = acting(app, name).text_input(key="policy_new_organisation")
        assert (field.value, field.disabled) == (own, is_fixed)

    app.text_input(key="policy_new_organisation").set_value("House of Bo").run()
    assert app.text_input(key="policy_new_organisation").value == "House of Bo", "what a facilitator typed stays"


def test_a_facilitator_is_not_offered_to_tell_what_somebody_else_told(open_app: OpenApp, two: Settings) -> None:
    a_policy(two)
    members.add(open_kb(two), "fay", organisation="Network", country="BE", roles={Role.FACILITATOR}, actor=LOCAL_MEMBER)
    app = acting(open_app(two, "policies", policy="policy-1"), "fay")
    labels = {box.label for box in app.expander} | {button.label for button in app.button}

    assert "Tell it anew" not in labels
    assert {"Confirm", "Withdraw"} <= labels
    assert "Tell it anew" in {box.label for box in acting(app, "ann").expander}


def test_the_lists_are_chosen_from(open_app: OpenApp, two: Settings) -> None:
    a_plan(two)
    a_policy(two)
    app = open_app(two, "policies", lp_practice=BEES)

    assert "No action plan fits." in told(app.info)
    assert [row[0] for row in rows(app, "Policy changes, the last recorded first")] == ["Permits in a week Regulation"]
    app.button(key="lp_clear").click().run()
    assert rows(app, "Action plans, the last begun first")[0][-1] == "0 of 1"


def test_nothing_of_a_plan_or_policy_becomes_markup(open_app: OpenApp, two: Settings) -> None:
    short = HOSTILE[:250]
    a_plan(two, short, instrument=short, text=HOSTILE, actions=[{"what": HOSTILE, "players": [short], "indicator": HOSTILE}])
    a_policy(two, short, policy=short, attribution=HOSTILE, effects=[{**EFFECT, "what": short, "unit": short}])
    for query in ({}, {"plan": "plan-1"}, {"policy": "policy-1"}):
        app = acting(open_app(two, "policies", **query), "ann")
        tags = Tags(html_of(app))

        assert not app.exception
        assert tags.names <= OUR_TAGS | {"h2", "strong"}
        assert tags.attributes <= {"class", "dir", "lang", "href", "scope", "role", "tabindex", "aria-label", "aria-hidden", "id"}


def test_the_page_speaks_french(open_app: OpenApp, two: Settings) -> None:
    a_policy(two)
    app = open_app(two, "policies", locale="fr-FR", policy="policy-1")

    said = shown(app)
    assert [part in said for part in ("Avant", "Après", "−22,5 days", "Enregistré")] == [True] * 4
