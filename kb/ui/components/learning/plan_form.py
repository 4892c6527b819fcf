"""The form of an action plan, for a new one and for one that is written anew."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.errors import Conflict
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.plan import Plan
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.learning import plans
from kb.ui import acting, i18n, state, words
from kb.ui.components.learning import action_fields, because, common, place_field
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _

NEW = "plan_new"
LINES, TEXTS = ("title", "instrument"), ("text", "summary_en")


def show_new(*, is_first: bool) -> None:
    """Draw the form of a new one."""
    with st.expander(_("Write an action plan"), expanded=is_first, icon=":material/add_task:", key="plan_new_open"):
        _ask(NEW, None)
        st.button(_("Keep it as a draft"), type="primary", key="plan_keep", on_click=acting.do, args=(_draft,))


def show_revising(plan: Plan) -> None:
    """Draw the form that writes one anew."""
    with st.expander(_("Write it anew"), icon=":material/edit:", key=f"revise_{plan.id}"):
        st.caption(_("It has to be validated again. The text as it is now stays in the history."))
        st.session_state.setdefault(f"{plan.id}_base", len(plan.happened))
        _ask(plan.id, plan)
        st.button(_("Keep it"), type="primary", key=f"keep_{plan.id}", on_click=acting.do, args=(_revise, plan.id))


def _ask(key: str, plan: Plan | None) -> None:
    written = plan.written if plan else None
    for name in (*LINES, *TEXTS):
        st.session_state.setdefault(f"{key}_{name}", getattr(written, name) if written else "")
    st.text_input(_("Title"), key=f"{key}_title", max_chars=MAX_LINE_CHARS)
    with st.grid(min_column_width=220, gap="small"):
        st.text_input(_("The policy instrument that it is to improve"), key=f"{key}_instrument", max_chars=MAX_LINE_CHARS)
        place_field.ask(key, written.place if written else "")
        codes = language_codes()
        st.session_state.setdefault(f"{key}_language", written.language if written else i18n.current())
        st.selectbox(_("Written in"), codes, key=f"{key}_language", format_func=words.language)
        common.partnership_picker(f"{key}_partnership", written.partnership if written else "")
    st.text_area(
        _("Where it starts from, what it wants, and how that follows from what was learned"), key=f"{key}_text", height=140,
        max_chars=MAX_WORDS_CHARS,
    )  # fmt: skip
    st.text_area(
        _("Summary in English (required for a plan in another language)"), key=f"{key}_summary_en", height=110,
        max_chars=MAX_WORDS_CHARS, help=_("What is done, from which learning it comes, and for which policy."),
    )  # fmt: skip
    because.ask(key, so_far=written.because if written else None)
    action_fields.ask(key, written.actions if written else ())


def _said(key: str) -> dict[str, Any]:
    said = st.session_state
    texts = {name: said[f"{key}_{name}"] for name in (*LINES, *TEXTS, "language")}
    texts["partnership"] = said[f"{key}_partnership"] or ""
    return {**texts, "place": place_field.chosen(key), "actions": action_fields.said(key), **because.chosen(key)}


def _draft() -> str:
    told = plans.draft(state.kb(), actor=state.actor(), **_said(NEW))
    forget(NEW)
    st.session_state["plan"] = told.id
    return _("Kept as a draft. Somebody of another organisation, or a facilitator, may validate it.")


def _revise(plan_id: str) -> str:
    base = st.session_state[f"{plan_id}_base"]
    try:
        plans.revise(state.kb(), plan_id, _said(plan_id), base=base, actor=state.actor())
    except Conflict:  # it is shown above as it is now; what was typed stays, and may be kept all the same
        look_again(plan_id)
        raise
    forget(plan_id)
    return _("Kept. It waits to be validated again.")


def look_again(id_: str) -> None:
    """The thing was seen as it is now."""
    st.session_state.pop(f"{id_}_base", None)


def forget(key: str) -> None:
    """Once it was kept, the fields begin anew."""
    for name in [each for each in st.session_state if str(each).startswith(f"{key}_")]:
        del st.session_state[name]
