"""Sessions as a list: those to come as cards, those that were as a table; and files of them all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kb.peers.learning import due
from kb.peers.learning.session import Session
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import calendars, session_tables
from kb.services.learning.calendars import SessionWording
from kb.services.learning.sessions import has_begun, is_coming
from kb.services.permission import Member
from kb.services.tables import TableFormat
from kb.ui import hrefs, learning_words, links, plain, session_words, state, words
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext
from kb.ui.plain import escape_markdown

FORMATS = {TableFormat.XLSX: "Excel", TableFormat.CSV: "CSV"}


def show_unknown(session: str) -> None:
    """Say that there is no session of the address; nothing where none was asked for."""
    if session:
        told = _("There is no session “{session}”. Those that there are stand below.").format(session=session[:40])
        st.warning(escape_markdown(told), icon=":material/search_off:")


def show_coming(listed: Sequence[Session]) -> None:
    """Draw the sessions to come, the next one first; what a session is where there is none at all."""
    if not listed:
        st.info(
            _("No session is planned yet. A facilitator or a member of the host plans the first one below."),
            icon=":material/event:",
        )
        return
    coming = [each for each in listed if is_coming(each)]
    st.header(_("To come"), anchor=False)
    if not coming:
        plain.show(plain.element("p", _("No session is planned."), css="kb-quiet"))
    with st.grid(min_column_width=300, gap="small"):
        for each in coming:
            with st.container(border=True, height="stretch", gap="xsmall", key=f"card_{each.id}"):
                _show_card(each)


def show_past(listed: Sequence[Session]) -> None:
    """Draw those that were held or cancelled, the latest first; nothing where there is none."""
    past = [each for each in listed if not is_coming(each)]
    if not past:
        return
    n = len(past)
    st.header(ngettext("{n} past session", "{n} past sessions", n).format(n=words.number(n)), anchor=False)
    headers = (_("Session"), _("When"), _("Host"), _("State"))
    with st.container(key="past_sessions"):
        plain.table(_("Held and cancelled sessions, the latest first"), headers, map(_row, past), as_cards=True)


def show_files(listed: Sequence[Session]) -> None:
    """Draw a calendar file of all to come, and the list as tables; nothing where there is no session."""
    if not listed:
        return
    kb, actor, wording = state.kb(), state.actor(), session_words.wording()  # the buttons work in a thread without a session
    with st.container(horizontal=True, gap="small", key="take_sessions"):
        st.download_button(
            _("Calendar of all to come"), data=partial(_calendar, kb, actor, wording), file_name="sessions.ics",
            mime="text/calendar", key="take_calendar", icon=":material/calendar_month:", on_click="ignore",
        )  # fmt: skip
        for form, label in FORMATS.items():
            st.download_button(
                label, data=partial(_exported, kb, actor, form), file_name=f"sessions-{today()}.{form}", mime=form.media_type,
                key=f"take_sessions_{form}", icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def places(session: Session) -> str:
    """How many places are taken, in words."""
    taken, of = words.number(session.n_taken), words.number(session.planned.capacity)
    if session.planned.format.counts_peers:
        return _("{taken} of {of} peers").format(taken=taken, of=of)
    return _("{taken} of {of} places taken").format(taken=taken, of=of)


def host(session: Session) -> str:
    """The host and its country."""
    planned = session.planned.host
    return f"{planned.organisation}, {words.country(planned.country)}"


def _show_card(session: Session) -> None:
    links.to_thing(session.id, session.title, is_there=True)
    labels = [session_words.format_word(session.planned.format), places(session), demonstration.words(is_demo=session.is_demo)]
    labels += [_("Chatham House Rule")] if session.planned.chatham_house else []
    labels += [_("You take part")] if session.has_joined(state.actor().name) else []
    plain.show(plain.pills(labels))
    plain.show(
        plain.element("p", f"{session_words.when(session)} ({session_words.zone(session.planned.zone)})", css="kb-below"),
        plain.element("p", host(session), css="kb-quiet"),
    )
    if has_begun(session):
        plain.show(plain.element("p", _("Its time has come. Who runs it says once it was held."), css="kb-quiet"))


def _row(session: Session) -> tuple[str, ...]:
    name = plain.link(session.title, hrefs.thing(session.id))
    kind = " · ".join(
        filter(None, (session_words.format_word(session.planned.format), demonstration.words(is_demo=session.is_demo)))
    )
    return (
        name + plain.note(kind),
        plain.cell(session_words.when(session)),
        plain.cell(session.planned.host.organisation, second_line=words.country(session.planned.host.country)),
        plain.cell(learning_words.state_word(session.state), second_line=_awaited(session)),
    )


def _awaited(session: Session) -> str:
    return session_words.days_left(due.days_left(session.debrief_due, today())) if session.debrief_due else ""


def _calendar(kb: KnowledgeBase, actor: Member, wording: SessionWording) -> bytes:
    return calendars.ics(kb, actor=actor, wording=wording).content


def _exported(kb: KnowledgeBase, actor: Member, form: TableFormat) -> bytes:
    return session_tables.export(kb, form, actor=actor).content
