"""All transfer cases by their state: columns side by side on a wide screen, one list on a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from kb.peers.contexts.profile import ContextProfile
from kb.peers.learning.case import Case, CaseState
from kb.services.clock import today
from kb.ui import address, hrefs, learning_words, links, plain, transferring_words, words
from kb.ui.assessing_words import named
from kb.ui.components.assessing import demonstration
from kb.ui.components.learning.common import practice_titles
from kb.ui.i18n import _, ngettext

PREFIX = "lt"
PARTS = ("practice", "target", "organisation")


def fields() -> dict[str, address.Parse]:
    """Keys of the choices, which are URL parameters too."""
    return {f"{PREFIX}_{part}": address.one for part in PARTS}


def said(chosen: Mapping[str, str]) -> dict[str, str]:
    """The choices as URL parameters."""
    return {f"{PREFIX}_{part}": chosen[part] for part in PARTS}


def unchosen() -> dict[str, str]:
    """The same where nothing is chosen."""
    return {f"{PREFIX}_{part}": "" for part in PARTS}


def show_none() -> None:
    """Draw what the page is for and where to begin."""
    st.info(
        _("No practice is being taken over yet. A transfer case begins on a test of transferability that is concluded."),
        icon=":material/info:",
    )
    st.page_link(links.TRANSFERS, label=_("To the tests of transferability"), icon=":material/moving:")


def show_filters(cases: Sequence[Case]) -> dict[str, str]:
    """Draw the choices: what there is among the cases. Returns what is chosen; a part that is not chosen is empty."""
    profiles, titles = transferring_words.places(), practice_titles()
    told = [each.considered for each in cases]
    practices = {each.practice: titles.get(each.practice, each.title) for each in told}
    places = {each.target: transferring_words.place(each.target, profiles) for each in told}
    organisations = {each.organisation: each.organisation for each in told}
    with st.grid(min_column_width=200, gap="small"):
        _choose("practice", _("Practice"), practices, _("All practices"))
        _choose("target", _("Where"), places, _("All places"))
        _choose("organisation", _("Organisation"), organisations, _("All organisations"))
    return {part: st.session_state.get(f"{PREFIX}_{part}") or "" for part in PARTS}


def show(cases: Sequence[Case]) -> None:
    """Draw a column for each state, in the order in which they follow each other."""
    n = len(cases)
    plain.show(plain.element("p", ngettext("{n} transfer case", "{n} transfer cases", n).format(n=words.number(n)), css="kb-quiet"))
    profiles, titles, day = transferring_words.places(), practice_titles(), today()
    columns = []
    for state in CaseState:
        here = [each for each in cases if each.state == state]
        head = f"{learning_words.state_word(state)} ({words.number(len(here))})"
        cards = "".join(_card(each, titles, profiles, day) for each in here)
        inside = f"<ul>{cards}</ul>" if here else plain.element("p", "–", css="kb-quiet")
        columns.append(f'<section class="{"" if here else "kb-empty"}"><h2>{escape(head)}</h2>{inside}</section>')
    plain.show(f'<div class="kb-board">{"".join(columns)}</div>')


def _card(case: Case, titles: Mapping[str, str], profiles: Mapping[str, ContextProfile], day: str) -> str:
    told, overdue = case.considered, len(case.overdue(day))
    late = ngettext("{n} milestone overdue", "{n} milestones overdue", overdue).format(n=words.number(overdue)) if overdue else ""
    went = named(transferring_words.OUTCOMES, case.evaluated.outcome) if case.evaluated else ""
    lines = [
        transferring_words.route(told.source, told.target, profiles),
        told.organisation,
        went,
        late,
        demonstration.words(is_demo=case.is_demo),
    ]
    title = titles.get(told.practice, told.title)
    return f"<li>{plain.link(title, hrefs.thing(case.id))}{''.join(plain.note(each) for each in lines)}</li>"


def _choose(part: str, label: str, names: Mapping[str, str], everything: str) -> None:
    key = f"{PREFIX}_{part}"
    if st.session_state.get(key) not in names:  # an address may say anything
        st.session_state[key] = ""
    in_order = sorted(names, key=lambda code: words.sortable(names[code]))
    st.selectbox(label, ["", *in_order], key=key, format_func=lambda code: names.get(code, everything))
