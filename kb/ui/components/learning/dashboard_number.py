"""One number opened: the things that it counts, what has waited longest first."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from kb.peers.learning.dashboard import Counted, Dashboard
from kb.ui import hrefs, learning_words, notice_words, plain, words
from kb.ui.components.assessing import demonstration
from kb.ui.components.learning import steps
from kb.ui.components.learning.overview_controls import NUMBER
from kb.ui.i18n import _, ngettext


def show(found: Dashboard, key: str) -> None:
    """Draw it with the way back."""
    steps.way_back(_("How things stand"), NUMBER)
    number = found.number(key)
    if number is None:
        st.title(_("How things stand"), anchor=False)
        st.info(_("There is no such number."))
        return
    st.title(notice_words.number(key), anchor=False)
    plain.show(plain.element("p", notice_words.section(number.section), css="kb-place"))
    demonstration.show(is_demo=found.is_demo)
    if not number.n:
        st.info(_("Nothing is counted here now."))
        return
    caption = ngettext("{n} thing, that of longest ago first", "{n} things, those of longest ago first", number.n)
    headers = (_("What"), _("Whose"), _("State"), _("Since"))
    with st.container(key="counted_table"):
        plain.table(caption.format(n=words.number(number.n)), headers, map(_row, number.things), as_cards=True)


def _row(each: Counted) -> Iterable[str]:
    days = ngettext("{n} day", "{n} days", each.n_days).format(n=words.number(each.n_days))
    return (
        plain.link(each.title, hrefs.thing(each.ref)) + plain.note(demonstration.words(is_demo=each.is_demo)),
        plain.cell(each.organisation),
        plain.cell(learning_words.state_word(each.state)),
        plain.cell(words.day(each.since), second_line=days),
    )
