"""One partnership: what it is about, who takes part, and which states it reached when."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb.peers.learning.partnership import Partnership, PartnershipState
from kb.peers.narrative import UNKNOWN
from kb.services.learning.partnerships import Seat, WholePartnership
from kb.ui import directory_words, hrefs, learning_words, plain, sheet_words, words
from kb.ui.components import practice_figures, section
from kb.ui.components.cited_text import CitedText
from kb.ui.i18n import _


def show(found: WholePartnership, cited: CitedText) -> None:
    """Draw the whole of it but for what can be changed, and for its sources."""
    own = found.partnership
    st.set_page_config(page_title=directory_words.title(own))
    _show_sections(own)
    with st.container(gap="xsmall", key="entry_head"):
        plain.heading(1, directory_words.title(own))
        plain.show(plain.pills([learning_words.state_word(own.state), *map(directory_words.theme, own.themes)]))
        plain.show(plain.element("p", _about(own), css="kb-quiet kb-below"))
    if found.document_id is None:
        sentence = _("This partnership is not in the index yet, so no search finds it. Ingest it: {command}")
        plain.show(plain.element("p", sentence.format(command="python -m kb ingest"), css="kb-quiet"))
    _show_called(own, cited)
    plain.show(cited.paragraphs(own.topic), "" if own.what.is_unknown else cited.paragraphs(own.what))
    section.head("objectives", _("What it wants to learn"))
    plain.show(cited.paragraphs(own.objectives))
    show_states(own, cited)
    _show_groups(own, cited)
    if own.figures:
        practice_figures.show(own, cited)
    _show_seats(found, cited)


def show_states(own: Partnership, cited: CitedText) -> None:
    """Draw all states in their order, with the day on which each was reached."""
    section.head("states", _("States"))
    reached = {each.state: each for each in own.states}
    items = ""
    for state in PartnershipState:
        told = escape(learning_words.state_word(state))
        if step := reached.get(state):
            note = f" {cited.note(step.source)}" if step.source else ""
            items += f"<li><strong>{told}</strong>: {escape(directory_words.day(step.date))}{note}</li>"
        else:
            passed = _("no day is known") if state.rank < own.state.rank else _("not yet")
            items += f'<li class="kb-quiet">{told}: {escape(passed)}</li>'
    plain.show(f'<ol class="kb-list">{items}</ol>')


def _show_sections(own: Partnership) -> None:
    parts = {"objectives": _("What it wants to learn"), "states": _("States")}
    parts |= {"groups": _("Groups")} if own.all_groups else {}
    parts |= {"figures": sheet_words.field("figures")} if own.figures else {}
    section.show_list(parts | {"seats": _("Who takes part"), "sources": sheet_words.field("sources")})


def _about(own: Partnership) -> str:
    period = " – ".join(map(directory_words.day, (own.start, own.end)))
    reviewed = [] if own.reviewed == UNKNOWN else [_("last reviewed {date}").format(date=words.day(own.reviewed))]
    return " · ".join([period, *reviewed])


def _show_called(own: Partnership, cited: CitedText) -> None:
    """Draw what sources call it; they number partnerships differently."""
    if own.called:
        items = "".join(f'<li dir="auto">{escape(each.name)} {cited.note(each.source)}</li>' for each in own.called)
        lead = plain.element("p", _("Sources call it:"))
        plain.show(f'<div class="kb-sides">{lead}<ul>{items}</ul></div>')


def _show_groups(own: Partnership, cited: CitedText) -> None:
    if own.all_groups:
        section.head("groups", _("Groups"))
        body = "".join(
            f'<dt dir="auto">{escape(each.title)}</dt><dd>{cited.paragraphs(each.focus)}</dd>' for each in own.all_groups
        )
        plain.show(f'<dl class="kb-facts">{body}</dl>')


def _show_seats(found: WholePartnership, cited: CitedText) -> None:
    section.head("seats", _("Who takes part"))
    told = _("Only those whom a source or a facilitator names. How many there are, the figures say.")
    plain.show(plain.element("p", told, css="kb-quiet"))
    if not found.seats:
        plain.show(plain.element("p", sheet_words.choice(UNKNOWN), css="kb-quiet"))
        return
    groups = {each.group: each.title for each in found.partnership.all_groups}
    headers = (_("Organisation"), _("Country"), _("Role"), _("Groups"), _("Joined"), _("Members here"), sheet_words.part("source"))
    with st.container(key="learning_seats"):
        rows = [_row(each, groups, cited) for each in found.seats]
        plain.table(_("Lead first, then partners"), headers, rows, as_cards=True)


def _row(seat: Seat, groups: dict[str, str], cited: CitedText) -> tuple[str, ...]:
    own = seat.organisation
    return (
        plain.link(seat.title, hrefs.organisation(own.organisation)) if own else plain.cell(seat.title),
        plain.cell(words.country(seat.country) if seat.country else sheet_words.choice(UNKNOWN)),
        plain.cell(directory_words.role(seat.role) or "–"),
        plain.cell(words.listed(groups.get(each, each) for each in seat.groups) or "–"),
        plain.cell(directory_words.day(seat.joined) if seat.joined else "–"),
        plain.cell(words.listed(each.name for each in seat.members) or "–"),
        cited.note(seat.source) if seat.source else plain.cell("–"),
    )
