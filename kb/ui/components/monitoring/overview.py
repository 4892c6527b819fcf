"""All that is monitored: what should have been read, the practices, and the way to another one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.services import practices
from kb.services.monitoring.viewing import ListedMonitoring, Overdue
from kb.ui import hrefs, links, plain, state, words
from kb.ui.components import practice_head
from kb.ui.components.assessing import demonstration
from kb.ui.components.monitoring import head
from kb.ui.i18n import _, ngettext

_OTHER = "monitoring_other"  # widget key


def show_choice(*, is_first: bool) -> None:
    """Draw the way to any practice: to see how it is monitored, or to begin.

    Args:
        is_first: nothing is monitored yet.
    """
    there = practices.practices(state.kb(), actor=state.actor())
    titles = {each.name: practice_head.title_of(each) for each in there}
    if is_first:
        st.info(_("Nothing is monitored yet. An indicator says what is measured, from where to where, and who reads it."))
    if not titles:
        st.page_link(links.PRACTICES, label=_("Practices"), icon=":material/handshake:")
        return
    st.session_state[_OTHER] = None
    st.selectbox(
        _("Go to a practice"), sorted(titles, key=lambda name: words.sortable(titles[name])), key=_OTHER, index=None, width=420,
        format_func=titles.__getitem__, placeholder=_("Choose a practice"), on_change=_go,
    )  # fmt: skip


def show_overdue(overdue: Sequence[Overdue]) -> None:
    """Draw what should have been read, the longest ago first."""
    st.header(_("Overdue readings"), anchor=False)
    if not overdue:
        plain.show(plain.element("p", _("No reading is overdue."), css="kb-quiet"))
        return
    headers = (_("Indicator"), _("Practice"), _("Who reads it"), _("Overdue since"), _("Periods without a reading"))
    with st.container(key="overdue_table"):
        plain.table(_("Overdue readings, the longest ago first"), headers, map(_late, overdue), as_cards=True)


def show_all(monitored: Sequence[ListedMonitoring]) -> None:
    """Draw every practice of which something is measured."""
    n = len(monitored)
    heading = ngettext("{n} practice is monitored", "{n} practices are monitored", n)
    st.header(heading.format(n=words.number(n)), anchor=False)
    headers = (_("Practice"), _("Indicators"), _("Readings"), _("Overdue"), _("Sources differ"), _("Latest reading"))
    with st.container(key="monitored_table"):
        plain.table(_("Practices and what is measured of them"), headers, map(_row, monitored), as_cards=True)


def _late(each: Overdue) -> tuple[str, ...]:
    whose = _("{name} (you)").format(name=each.responsible) if each.is_mine else each.responsible
    latest = _("last reading of {day}").format(day=words.day(each.latest)) if each.latest else _("never read")
    return (
        plain.link(each.indicator, hrefs.monitoring(each.practice)) + plain.note(demonstration.words(is_demo=each.is_demo)),
        plain.cell(head.title_of(each.practice)),
        plain.cell(whose),
        plain.cell(words.day(each.since), second_line=latest),
        plain.cell(words.number(each.n_missing)),
    )


def _row(each: ListedMonitoring) -> tuple[str, ...]:
    counts = (each.n_indicators, each.n_readings, each.n_missing, each.n_disagreements)
    link = plain.link(head.title_of(each.practice), hrefs.monitoring(each.practice)) + plain.note(
        demonstration.words(is_demo=each.is_demo)
    )
    latest = words.day(each.latest) if each.latest else _("never read")
    return (link, *(plain.cell(words.number(count)) for count in counts), plain.cell(latest))


def _go() -> None:
    st.session_state[links.MONITORED] = st.session_state[_OTHER] or ""
