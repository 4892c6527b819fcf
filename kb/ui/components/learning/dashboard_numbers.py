"""Where mutual learning stands, in numbers: each leads to what it counts."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb.peers.learning.dashboard import Dashboard, Number, Section
from kb.ui import hrefs, links, notice_words, plain, words
from kb.ui.components import section
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext


def show(found: Dashboard) -> None:
    """Draw all of them, group by group; where there is nothing at all, how it begins."""
    if not found.n_things:
        show_none(is_of_one=bool(found.partnership))
        return
    demonstration.show(is_demo=found.is_demo)
    for group in Section:
        numbers = [each for each in found.numbers if each.section is group]
        section.head(group.value, notice_words.section(group))
        items = "".join(_item(each, found.partnership) for each in numbers)
        plain.show(f'<ul class="kb-numbers">{items}</ul>')


def show_none(*, is_of_one: bool) -> None:
    """Say what the page is for, and the first step."""
    if is_of_one:
        st.info(_("Nothing names this partnership yet: say it when you post a need, draft a round or plan a session."))
        return
    st.info(
        _("Nobody has shared anything yet. Mutual learning begins with a need: what do you want to learn from others?"),
        icon=":material/diversity_3:",
    )
    st.page_link(links.NEEDS, label=_("Needs and offers"), icon=":material/volunteer_activism:")


def _item(number: Number, partnership: str) -> str:
    """A number that counts nothing leads nowhere."""
    label, count = escape(notice_words.number(number.key)), f"<strong>{escape(words.number(number.n))}</strong>"
    if not number.n:
        return f'<li class="kb-nothing">{count} <span>{label}</span></li>'
    css = ' class="kb-open"' if number.is_open else ""
    href = escape(hrefs.learning(ln_view="stands", ln_partnership=partnership, ln_number=number.key))
    return f'<li{css}><a href="{href}">{count} <span>{label}</span></a>{plain.note(_longest(number))}</li>'


def _longest(number: Number) -> str:
    """How long the first has waited, of what somebody has to do."""
    days = max((each.n_days for each in number.things), default=0)
    if not number.is_open or not days:
        return ""
    return ngettext("for {n} day", "for up to {n} days", days).format(n=words.number(days))
