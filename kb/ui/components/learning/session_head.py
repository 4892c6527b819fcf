"""The top of a session: what it is, when and where, what is unusual about it, and what it belongs to."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from kb.errors import NotFound
from kb.peers.learning.session import Session, SessionState
from kb.peers.learning.session_rules import remarks
from kb.services.learning import rounds
from kb.services.learning.debriefs import DebriefDesk
from kb.ui import hrefs, plain, session_words, state, words
from kb.ui.components import section
from kb.ui.components.learning import common, session_list
from kb.ui.i18n import _
from kb.ui.plain import escape_markdown


def show_way_back() -> None:
    """Draw the way back to all."""
    st.button(
        _("All sessions"), key="all_sessions", type="tertiary", icon=":material/arrow_back:",
        on_click=st.session_state.update, args=({"session": ""},),
    )  # fmt: skip


def show_sections(desk: DebriefDesk) -> None:
    """Draw the way to each part of the page in the side panel."""
    was_held = desk.session.state in (SessionState.HELD, SessionState.DEBRIEFED)
    parts = {"facts": _("About the session")} | ({"agenda": _("Agenda")} if desk.session.planned.agenda else {})
    parts |= {"people": _("Who takes part")}
    parts |= {"notes": _("Notes"), "debrief": _("Debrief")} if was_held else {}
    section.show_list(parts | {"past": _("What happened")})


def show(session: Session) -> None:
    """Draw title, format, state, when it is, and the rules under which people speak."""
    planned = session.planned
    st.set_page_config(page_title=session.title)
    with st.container(gap="xsmall", key="session_head"):
        plain.heading(1, session.title)
        common.demo_badge(session)
        rule = _("Chatham House Rule") if planned.chatham_house else ""
        common.show_state(session, session_words.format_word(planned.format), session_list.places(session), rule)
        told = f"{session_words.when(session)} ({session_words.zone(planned.zone)})"
        plain.show(
            plain.element("p", told, css="kb-below"),
            plain.element("p", session_words.when_utc(session), css="kb-quiet") if planned.zone != "UTC" else "",
        )
    if session.cancelled:
        st.warning(_("Cancelled: {why}").format(why=escape_markdown(session.cancelled.why)), icon=":material/event_busy:")
        return
    for each in remarks(session):
        st.info(session_words.remark(each), icon=":material/lightbulb:")


def show_facts(session: Session) -> None:
    """Draw host, place, languages, and what is discussed."""
    planned = session.planned
    section.head("facts", _("About the session"))
    rows = [
        (_("Host"), plain.cell(session_list.host(session))),
        (_("Where"), plain.cell(planned.where)),
        (_("Online"), plain.link(planned.address_online, planned.address_online, new_tab=True) if planned.address_online else ""),
        (_("Languages"), plain.cell(words.listed(map(words.language, planned.languages)))),
        (_("Practices"), _practices(planned.practices)),
        (_("Answers to"), _round(planned.round)),
        (_("Partnership"), plain.cell(_partnership(planned.partnership))),
        (_("Planned by"), plain.cell(planned.by.name)),
        (_("Rule"), plain.cell(session_words.chatham_house() if planned.chatham_house else "")),
        (_("Embargo"), plain.cell(_embargo(planned.embargo_until))),
    ]
    plain.show('<dl class="kb-facts">', *(f"{plain.element('dt', name)}<dd>{value}</dd>" for name, value in rows if value), "</dl>")


def _partnership(name: str) -> str:
    return common.partnership_titles().get(name, name) if name else ""


def _round(ref: str) -> str:
    """A link to it by its title; nothing where the reader may not know of it."""
    with suppress(NotFound):
        found = rounds.round_(state.kb(), ref, actor=state.actor()) if ref else None
        return plain.link(found.drafted.title, hrefs.thing(ref)) if found else ""
    return ""


def _practices(names: tuple[str, ...]) -> str:
    titles = common.practice_titles() if names else {}
    return "<br>".join(plain.link(titles.get(name, name), hrefs.practice(name)) for name in names)


def _embargo(until: str) -> str:
    return _("What is said is kept back until {day}.").format(day=words.day(until)) if until else ""
