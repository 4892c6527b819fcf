"""The actions of a plan: a table of all, and how far each is."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.plan import Plan
from kb.peers.learning.plan_bodies import Action
from kb.services.learning import plans
from kb.services.learning.allowing import next_of
from kb.ui import acting, outcome_words, plain, state, words
from kb.ui.components import section
from kb.ui.i18n import _

LABEL_CHARS = 80


def show(plan: Plan, *, may_move: bool) -> None:
    """Draw the table, what all costs together, and the form that moves an action on."""
    section.head("actions", _("Actions"))
    headers = (_("Action"), _("Who"), _("When"), _("Cost"), _("Indicator"), _("State"))
    with st.container(key="learning_actions"):
        plain.table(_("Actions of this plan"), headers, [_row(plan, each) for each in plan.written.actions], as_cards=True)
    if told := outcome_words.total(plan.costs):
        plain.show(plain.element("p", told, css="kb-quiet"))
    if may_move:
        _show_moving(plan)


def _row(plan: Plan, action: Action) -> tuple[str, ...]:
    now = plan.action_states[action.key]
    since = " · ".join(filter(None, (words.day(now.on) if now.on else "", now.why)))
    return (
        plain.cell(action.what),
        plain.cell(", ".join(action.players)),
        plain.cell(outcome_words.time_of(action)),
        plain.cell(outcome_words.cost(action.cost), second_line=action.funding),
        plain.cell(action.indicator),
        plain.cell(outcome_words.progress(now.state), second_line=since),
    )


def _show_moving(plan: Plan) -> None:
    titles = {each.key: plain.shortened(each.what, LABEL_CHARS) for each in plan.written.actions if each.key in plan.open_actions}
    with st.container(border=True, gap="small", key="move_action"):
        if st.session_state.get("move_key") not in titles:
            st.session_state["move_key"] = next(iter(titles))
        with st.grid(min_column_width=200, gap="small"):
            key = st.selectbox(_("Which action goes on"), list(titles), key="move_key", format_func=titles.__getitem__)
            to = [each.value for each in next_of(plan.action_states[key].state)]
            st.selectbox(_("It is now"), to, key=f"move_to_{key}_{len(plan.happened)}", format_func=outcome_words.progress)
            st.text_input(_("Since (today if left blank)"), key="move_on", max_chars=10, placeholder="2026-12-31")
        st.text_input(_("What is to be said; why, if it is not implemented"), key="move_why", max_chars=MAX_WORDS_CHARS)
        st.button(_("Keep it"), key="move", on_click=acting.do, args=(_move, plan.id, len(plan.happened)))


def _move(plan_id: str, so_far: int) -> str:
    said = st.session_state
    key = said["move_key"]
    to = said[f"move_to_{key}_{so_far}"]
    plans.move_action(state.kb(), plan_id, key, to, why=said["move_why"], on=said["move_on"], actor=state.actor())
    said.update({"move_on": "", "move_why": ""})
    return _("Kept: {state}.").format(state=outcome_words.progress(to))
