"""Transfer cases that stand on a test, on the test's page; and the button that opens one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.learning.case import Case
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.transfer.state import TransferTest
from kb.services.learning import transfer_cases
from kb.ui import acting, learning_words, links, plain, state
from kb.ui.components.assessing import demonstration
from kb.ui.components.learning import organisation_field, steps
from kb.ui.i18n import _

ORGANISATION = "consider_organisation"  # key of the field


def show(cases: Sequence[Case], test: TransferTest) -> None:
    """Draw the cases on the test, the last opened first, and the form that opens one."""
    if cases:
        plain.show(plain.element("h3", _("Transfer cases on this test"), css="kb-heading"))
    for each in cases:
        links.to_thing(each.id, in_a_line(each))
        plain.show(plain.element("p", demonstration.words(is_demo=each.is_demo), css="kb-quiet") if each.is_demo else "")
    with steps.form("consider", _("Take it over: open a transfer case"), ":material/move_down:"):
        st.text_area(_("Why you think of taking it over"), key="consider_why", height=110, max_chars=MAX_WORDS_CHARS)
        organisation_field.ask(_("Organisation that would take it over"), ORGANISATION)
        st.form_submit_button(_("Open a transfer case"), type="primary", on_click=acting.do, args=(_consider, test.id))


def in_a_line(case: Case) -> str:
    """Who takes it over, and how far it is."""
    return f"{case.considered.organisation} · {learning_words.state_word(case.state)}"


def _consider(test: str) -> str:
    said = st.session_state
    transfer_cases.consider(state.kb(), test, why=said["consider_why"], organisation=said[ORGANISATION], actor=state.actor())
    return _("The transfer case is open. Go on with it on its own page: the way there is below, under “How it went”.")
