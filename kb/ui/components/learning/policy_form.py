"""The form of a policy change, for a new one and for one that is told anew."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.errors import Conflict
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.policy import PolicyChange
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.learning import policies
from kb.ui import acting, i18n, state, words
from kb.ui.components.learning import because, effect_fields, organisation_field, place_field
from kb.ui.components.learning.plan_form import forget, look_again
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _

NEW = "policy_new"
LINES, TEXTS = ("title", "policy", "on"), ("what_changed", "attribution")


def show_new(*, is_first: bool) -> None:
    """Draw the form of a new one."""
    with st.expander(_("Record a policy change"), expanded=is_first, icon=":material/policy:", key="policy_new_open"):
        _ask(NEW, None)
        st.button(_("Record it"), type="primary", key="policy_keep", on_click=acting.do, args=(_record,))


def show_revising(policy: PolicyChange) -> None:
    """Draw the form that tells one anew."""
    with st.expander(_("Tell it anew"), icon=":material/edit:", key=f"revise_{policy.id}"):
        st.caption(_("It has to be confirmed again. What is told now stays in the history."))
        st.session_state.setdefault(f"{policy.id}_base", len(policy.happened))
        _ask(policy.id, policy)
        st.button(_("Keep it"), type="primary", key=f"keep_{policy.id}", on_click=acting.do, args=(_revise, policy.id))


def _ask(key: str, policy: PolicyChange | None) -> None:
    told = policy.recorded if policy else None
    for name in (*LINES, *TEXTS):
        st.session_state.setdefault(f"{key}_{name}", getattr(told, name) if told else "")
    st.text_input(_("Title"), key=f"{key}_title", max_chars=MAX_LINE_CHARS)
    with st.grid(min_column_width=220, gap="small"):
        st.text_input(_("Policy or plan, by its name"), key=f"{key}_policy", max_chars=MAX_LINE_CHARS)
        so_far = told.organisation if told else ""
        organisation_field.ask(_("Organisation whose policy it is"), f"{key}_organisation", so_far=so_far)
        place_field.ask(key, told.place if told else "")
        st.text_input(_("In effect since"), key=f"{key}_on", max_chars=10, placeholder="2026-12-31")
        codes = language_codes()
        st.session_state.setdefault(f"{key}_language", told.language if told else i18n.current())
        st.selectbox(_("Written in"), codes, key=f"{key}_language", format_func=words.language)
    st.text_area(_("What changed"), key=f"{key}_what_changed", height=120, max_chars=MAX_WORDS_CHARS)
    because.ask(key, so_far=told.because if told else None)
    st.text_area(
        _("How much of it is owed to that, in your own words"), key=f"{key}_attribution", height=110, max_chars=MAX_WORDS_CHARS,
        help=_("What else led to it? Would it have happened anyway?"),
    )  # fmt: skip
    effect_fields.ask(key, told.effects if told else ())


def _said(key: str) -> dict[str, Any]:
    said = st.session_state
    texts = {name: said[f"{key}_{name}"] for name in (*LINES, *TEXTS, "organisation", "language")}
    return {
        **texts, "on": texts["on"].strip(), "place": place_field.chosen(key), "effects": effect_fields.said(key),
        **because.chosen(key),
    }  # fmt: skip


def _record() -> str:
    told = policies.record(state.kb(), actor=state.actor(), **_said(NEW))
    forget(NEW)
    st.session_state["policy"] = told.id
    return _("Recorded. Somebody of another organisation may confirm it.")


def _revise(policy_id: str) -> str:
    base = st.session_state[f"{policy_id}_base"]
    try:
        policies.revise(state.kb(), policy_id, _said(policy_id), base=base, actor=state.actor())
    except Conflict:  # it is shown above as it is now; what was typed stays, and may be kept all the same
        look_again(policy_id)
        raise
    forget(policy_id)
    return _("Kept. It waits to be confirmed again.")
