"""How it went where a practice was really taken over: what was anticipated is compared with it."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.review import MAX_REASON_CHARS
from kb.peers.transfer.events import CaseOutcome
from kb.peers.transfer.state import Evaluation
from kb.services import practices
from kb.services.transferring import evaluating
from kb.services.transferring.viewing import TransferView
from kb.ui import acting, assessing_words, links, plain, state, words
from kb.ui import transferring_words as told
from kb.ui.components import practice_head, section
from kb.ui.components.assessing import pin_list
from kb.ui.i18n import _


def show(view: TransferView) -> None:
    """Draw what was evaluated, and the form for a facilitator; nothing before the test is concluded."""
    if view.result is None:
        return
    section.head("went", _("How it went"))
    if not view.test.evaluations:
        plain.show(plain.element("p", assessing_words.named(told.CERTAIN, view.test.certainty), css="kb-quiet"))
    for at, (each, pins) in enumerate(zip(view.test.evaluations, view.evaluations, strict=True)):
        with st.container(border=True, gap="small", key=f"went_{at}"):
            _show_one(each)
            pin_list.show(pins, f"went_{at}")
    if "evaluate" in view.may:
        _show_form(view.test.id)


def _show_one(each: Evaluation) -> None:
    found = each.evaluated
    head = assessing_words.named(told.OUTCOMES, found.outcome)
    about = _("evaluated on {day}, told by {name}").format(day=words.day(found.on), name=each.member)
    plain.show(
        f'<p class="kb-given">{plain.element("strong", head)}{plain.element("span", about, css="kb-quiet")}</p>',
        *(plain.element("p", part, css="kb-reason") for part in found.what.split("\n\n") if part.strip()),
    )
    if found.case:
        links.to_practice(_("The case"), found.case)


def _show_form(test_id: str) -> None:
    with (
        st.expander(_("Tell how a transfer went"), key="evaluate_open", icon=":material/flag:"),
        st.form("evaluate", border=False),
    ):
        st.selectbox(
            _("Outcome"), [each.value for each in CaseOutcome], key="evaluate_outcome",
            format_func=lambda value: assessing_words.named(told.OUTCOMES, value),
        )  # fmt: skip
        st.text_input(_("Evaluated on"), key="evaluate_on", max_chars=10, placeholder="2026-12-31")
        st.text_area(_("What was seen, and by whom"), key="evaluate_what", height=110, max_chars=MAX_REASON_CHARS)
        titles = {each.name: practice_head.title_of(each) for each in practices.practices(state.kb(), actor=state.actor())}
        st.selectbox(
            _("Practice sheet of the case (optional)"), list(titles), index=None, key="evaluate_case",
            format_func=titles.__getitem__, placeholder=_("None"),
        )  # fmt: skip
        st.form_submit_button(_("Write it down"), type="primary", on_click=acting.do, args=(_evaluate, test_id))


def _evaluate(test_id: str) -> str:
    given = st.session_state
    evaluating.evaluate(
        state.kb(), test_id, outcome=given["evaluate_outcome"], on=given["evaluate_on"].strip(), what=given["evaluate_what"],
        case=given["evaluate_case"] or "", actor=state.actor(),
    )  # fmt: skip
    return _("Written down. It says now how certain the result is.")
