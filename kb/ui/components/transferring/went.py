"""How it went where a practice was really taken over: what was anticipated is compared with it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.learning.case import CASE, Case
from kb.peers.learning.parts import kind_of
from kb.peers.transfer.state import Evaluation
from kb.services.learning import transfer_cases
from kb.services.transferring import evaluating
from kb.services.transferring.viewing import TransferView
from kb.ui import acting, assessing_words, links, plain, state, words
from kb.ui import transferring_words as told
from kb.ui.components import section
from kb.ui.components.assessing import pin_list
from kb.ui.components.learning import case_went, evaluation_fields
from kb.ui.components.learning.common import practice_titles
from kb.ui.components.transferring import test_cases
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
            case_went.show_sources(each.evaluated.sources)
    cases = transfer_cases.cases(state.kb(), actor=state.actor(), test=view.test.id)
    test_cases.show(cases, view.test)
    if "evaluate" in view.may:
        _show_form(view, cases)


def _show_one(each: Evaluation) -> None:
    found = each.evaluated
    head = assessing_words.named(told.OUTCOMES, found.outcome)
    about = _("evaluated on {day}, told by {name}").format(day=words.day(found.on), name=each.member)
    plain.show(
        f'<p class="kb-given">{plain.element("strong", head)}{plain.element("span", about, css="kb-quiet")}</p>',
        *(plain.element("p", part, css="kb-reason") for part in found.what.split("\n\n") if part.strip()),
    )
    if kind_of(found.case) == CASE.stream:
        links.to_thing(found.case, _("The case"))
    elif found.case:
        links.to_practice(_("The case"), found.case)


def _show_form(view: TransferView, cases: Sequence[Case]) -> None:
    key = _key(view.test.id)
    with st.expander(_("Tell how a transfer went"), key="evaluate_open", icon=":material/flag:"):
        plain.show(plain.element("p", _("A transfer that has a case is evaluated on the case’s own page."), css="kb-quiet"))
        evaluation_fields.ask(key)
        names = {each.id: test_cases.in_a_line(each) for each in cases if each.member != state.actor().name}
        names |= {name: title for name, title in practice_titles().items() if name != view.test.practice}
        st.selectbox(
            _("Transfer case, or another practice’s sheet that tells of it (optional)"), list(names), index=None,
            key=f"{key}_case", format_func=names.__getitem__, placeholder=_("None"),
        )  # fmt: skip
        st.button(_("Write it down"), type="primary", key=f"{key}_keep", on_click=acting.do, args=(_evaluate, view.test.id))


def _key(test_id: str) -> str:
    """Of the form's fields: each test has its own."""
    return f"evaluate_{test_id}"


def _evaluate(test_id: str) -> str:
    key = _key(test_id)
    case = st.session_state[f"{key}_case"] or ""
    evaluating.evaluate(state.kb(), test_id, **evaluation_fields.said(key), case=case, actor=state.actor())
    evaluation_fields.forget(key)
    return _("Written down. It says now how certain the result is.")
