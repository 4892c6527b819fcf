"""The plan of a transfer case, to be written and revised."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.case import Case, CasePlan
from kb.peers.learning.case_bodies import MAX_ELEMENT_CHARS, MAX_MANY
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.learning import case_planning
from kb.services.learning.case_viewing import CaseView
from kb.ui import acting, state
from kb.ui.components.learning import field_rows
from kb.ui.components.learning.field_rows import Field
from kb.ui.i18n import _


def show(view: CaseView) -> None:
    """Draw the form, folded; nothing for who may not revise the plan."""
    if "plan" not in view.may:
        return
    case, key = view.case, key_of(view.case)
    plan = case.plan or CasePlan(core_kept=case.considered.core)
    label = _("Revise the plan") if case.plan else _("Write the plan")
    with st.expander(label, icon=":material/edit_note:", key=f"{key}_open"):
        _ask_group(key, plan)
        for name, text, title in (("core", "\n".join(plan.core_kept), _("What is kept as it is, one a line")),):
            st.session_state.setdefault(f"{key}_{name}", text)
            st.text_area(title, key=f"{key}_{name}", height=110, max_chars=MAX_ELEMENT_CHARS)
        adaptable = [{"element": each, "how": ""} for each in case.considered.adaptable] if case.plan is None else []
        so_far = [each.model_dump() for each in plan.adapted] or adaptable
        field_rows.ask(f"{key}_adapted", adapted_fields(), so_far, more=_("Another element"), at_most=MAX_MANY)
        due = [{"what": each.what, "due": each.due} for each in plan.milestones]
        field_rows.ask(f"{key}_milestones", _milestone_fields(), due, more=_("Another milestone"), at_most=MAX_MANY)
        for name, text, title in (("costs", plan.costs, _("What it costs")), ("funding", plan.funding, _("Who pays"))):
            st.session_state.setdefault(f"{key}_{name}", text)
            st.text_area(title, key=f"{key}_{name}", height=80, max_chars=MAX_WORDS_CHARS)
        st.button(_("Keep the plan"), type="primary", key=f"{key}_keep", on_click=acting.do, args=(_keep, case))


def key_of(case: Case) -> str:
    """Of the form's fields: a plan that was revised has new ones."""
    return f"case_plan_{case.id}_{case_planning.revisions(case)}"


def adapted_fields() -> tuple[Field, ...]:
    """Of an element that is done otherwise."""
    return (
        Field("element", _("Element {n}"), MAX_ELEMENT_CHARS, is_long=True),
        Field("how", _("How it is done here ({n})"), MAX_ELEMENT_CHARS, is_long=True),
    )


def _milestone_fields() -> tuple[Field, ...]:
    return (
        Field("what", _("Milestone {n}"), MAX_LINE_CHARS),
        Field("due", _("Due on ({n})"), 10, placeholder="2026-12-31"),
    )


def _group_fields() -> tuple[Field, ...]:
    return (
        Field("organisation", _("Local group, organisation {n}"), MAX_LINE_CHARS),
        Field("name", _("Name, where somebody agreed to be named ({n})"), MAX_LINE_CHARS),
        Field("role", _("Part in the group ({n})"), MAX_LINE_CHARS),
    )


def _ask_group(key: str, plan: CasePlan) -> None:
    so_far = [each.model_dump() for each in plan.local_group]
    field_rows.ask(f"{key}_group", _group_fields(), so_far, more=_("Another one of the local group"), at_most=MAX_MANY)


def _keep(case: Case) -> str:
    key, said = key_of(case), st.session_state
    milestones = field_rows.said(f"{key}_milestones", _milestone_fields())
    changes = field_rows.said(f"{key}_adapted", adapted_fields())  # of what may change, only what is changed
    keys = [each.key for each in case.plan.milestones] if case.plan else []
    case_planning.plan(
        state.kb(),
        case.id,
        core_kept=field_rows.lines(said[f"{key}_core"]),
        adapted=[each for each in changes if each["how"] or each["element"] not in case.considered.adaptable],
        milestones=_with_keys(milestones, keys, key),
        local_group=field_rows.said(f"{key}_group", _group_fields()),
        costs=said[f"{key}_costs"],
        funding=said[f"{key}_funding"],
        version=case_planning.revisions(case),
        actor=state.actor(),
    )
    field_rows.forget(key)
    return _("The plan is kept; the one before stays in the history.") if case.plan else _("The plan is kept.")


def _with_keys(rows: list[dict[str, str]], keys: list[str], key: str) -> list[dict[str, str]]:
    """Milestones with the keys that they had: by their place in the form, as blank rows are left out."""
    places = [
        at
        for at in range(st.session_state.get(f"{key}_milestones_n", 0))
        if any(str(st.session_state.get(f"{key}_milestones_{at}_{name}", "")).strip() for name in ("what", "due"))
    ]
    return [{**row, "key": keys[at]} if at < len(keys) else row for at, row in zip(places, rows, strict=True)]
