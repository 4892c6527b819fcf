"""How a transfer went: evaluations with their evidence, and the form for a facilitator who did not open the case."""

from __future__ import annotations

import streamlit as st

from kb.peers.evidence_line import SourceLine
from kb.peers.learning.case import Case, CasePlan
from kb.peers.learning.case_bodies import MAX_ELEMENT_CHARS, MAX_MANY
from kb.services.learning import case_evaluating
from kb.services.learning.case_viewing import CaseView, Told
from kb.ui import acting, assessing_words, plain, state, words
from kb.ui import transferring_words as told
from kb.ui.components import section
from kb.ui.components.assessing import pin_list
from kb.ui.components.learning import case_plan, evaluation_fields, field_rows, prose
from kb.ui.components.learning.case_plan_form import adapted_fields
from kb.ui.i18n import _


def show(view: CaseView) -> None:
    """Draw what was told, and the form; nothing before there is either."""
    if not view.evaluations and "evaluate" not in view.may:
        return
    section.head("went", _("How it went"))
    if not view.evaluations:
        plain.show(plain.element("p", _("Nobody has evaluated it yet."), css="kb-quiet"))
    for at, each in enumerate(view.evaluations):
        with st.container(border=True, gap="small", key=f"told_{at}"):
            _show_one(each, at)
    if "evaluate" in view.may:
        _show_form(view.case)


def _show_one(each: Told, at: int) -> None:
    said = each.said
    about = _("evaluated on {day}, told by {name}").format(day=words.day(said.on), name=said.by.name)
    head = plain.element("strong", assessing_words.named(told.OUTCOMES, said.outcome))
    plain.show(f'<p class="kb-given">{head}{plain.element("span", about, css="kb-quiet")}</p>')
    prose.show(said.what)
    case_plan.show_kept(said.core_kept, said.adapted)
    pin_list.show(each.pins, f"told_{at}")
    show_sources(said.sources)


def show_sources(sources: tuple[SourceLine, ...]) -> None:
    """Draw sources outside the library; nothing where there is none."""
    for each in sources:
        line = _("Source: {source} ({date})").format(source=each.source, date=words.day(each.date))
        plain.show(plain.element("p", line, css="kb-quiet"))


def _show_form(case: Case) -> None:
    plan, key = case.plan or CasePlan(), _key(case.id)
    with st.expander(_("Tell how it went"), icon=":material/flag:", key=f"{key}_open"):
        evaluation_fields.ask(key)
        st.session_state.setdefault(f"{key}_core", "\n".join(plan.core_kept))
        st.text_area(_("Kept in the end, one a line"), key=f"{key}_core", height=90, max_chars=MAX_ELEMENT_CHARS)
        so_far = [each.model_dump() for each in plan.adapted]
        field_rows.ask(f"{key}_adapted", adapted_fields(), so_far, more=_("Another element"), at_most=MAX_MANY)
        st.button(_("Write it down"), type="primary", key=f"{key}_keep", on_click=acting.do, args=(_evaluate, case.id))


def _key(case: str) -> str:
    """Of the form's fields: each case has its own."""
    return f"case_went_{case}"


def _evaluate(case: str) -> str:
    key = _key(case)
    case_evaluating.evaluate(
        state.kb(),
        case,
        **evaluation_fields.said(key),
        core_kept=field_rows.lines(st.session_state[f"{key}_core"]),
        adapted=field_rows.said(f"{key}_adapted", adapted_fields()),
        actor=state.actor(),
    )
    evaluation_fields.forget(key)
    return _("Written down. The test of transferability says it too.")
