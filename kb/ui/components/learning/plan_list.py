"""Action plans as a list."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.learning.plan import Plan
from kb.peers.learning.plan_bodies import ActionProgress
from kb.ui import hrefs, learning_words, outcome_words, plain, words
from kb.ui.components import section
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext


def show(found: Sequence[Plan], *, is_chosen: bool = False) -> None:
    """Draw the table; that there is none where there is none.

    Args:
        is_chosen: these are not all of them.
    """
    n = len(found)
    section.head("plans", ngettext("{n} action plan", "{n} action plans", n).format(n=words.number(n)))
    if not found:
        none = _("No action plan here yet. A plan says what will be done for one policy instrument, because of what was learned.")
        st.info(_("No action plan fits.") if is_chosen else none)
        return
    headers = (_("Plan"), _("Organisation"), _("Policy instrument"), _("State"), _("Actions done"))
    rows = [
        (
            plain.link(each.written.title, hrefs.thing(each.id)) + plain.note(demonstration.words(is_demo=each.is_demo)),
            plain.cell(each.organisation or each.member),
            plain.cell(each.written.instrument, second_line=outcome_words.place(each.written.place)),
            plain.cell(learning_words.state_word(each.state)),
            plain.cell(done(each)),
        )
        for each in found
    ]
    with st.container(key="learning_plans"):
        plain.table(_("Action plans, the last begun first"), headers, rows, as_cards=True)


def done(plan: Plan) -> str:
    """How many of how many."""
    n = sum(each.state is ActionProgress.DONE for each in plan.action_states.values())
    return _("{n} of {total}").format(n=words.number(n), total=words.number(len(plan.action_states)))
