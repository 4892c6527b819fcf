"""Policy changes as a list."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.learning.policy import PolicyChange
from kb.ui import hrefs, learning_words, outcome_words, plain, words
from kb.ui.components import section
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext


def show(found: Sequence[PolicyChange], *, is_chosen: bool = False) -> None:
    """Draw the table; that there is none where there is none.

    Args:
        is_chosen: these are not all of them.
    """
    n = len(found)
    section.head("policies", ngettext("{n} policy change", "{n} policy changes", n).format(n=words.number(n)))
    if not found:
        none = _("No policy change here yet. It says what changed, because of which practice and exchange, and what was measured.")
        st.info(_("No policy change fits.") if is_chosen else none)
        return
    headers = (_("Policy change"), _("Organisation"), _("In effect since"), _("What was measured"), _("State"))
    rows = [
        (
            plain.link(each.recorded.title, hrefs.thing(each.id))
            + plain.note(" · ".join(filter(None, (each.recorded.policy, demonstration.words(is_demo=each.is_demo))))),
            plain.cell(each.recorded.organisation, second_line=outcome_words.place(each.recorded.place)),
            plain.cell(words.day(each.recorded.on)),
            plain.cell(_measured(each)),
            plain.cell(learning_words.state_word(each.state)),
        )
        for each in found
    ]
    with st.container(key="learning_policies"):
        plain.table(_("Policy changes, the last recorded first"), headers, rows, as_cards=True)


def _measured(policy: PolicyChange) -> str:
    """Which of quality, efficiency and impact anything is said of."""
    said = dict.fromkeys(each.dimension for each in policy.recorded.effects)
    return ", ".join(outcome_words.dimension(each) for each in said) or _("nothing yet")
