"""The form of a session: planned anew, or planned otherwise."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

import streamlit as st

from kb.peers.learning.moments import fault_of_zone
from kb.peers.learning.session import Session, SessionState
from kb.peers.learning.session_bodies import MAX_CAPACITY
from kb.peers.learning.session_parts import AgendaItem, Format
from kb.peers.learning.session_rules import runs
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.assessing.loading import reader_of
from kb.services.learning import rounds, sessions
from kb.services.permission import Role
from kb.ui import acting, plain, session_words, state, words
from kb.ui.components.learning import common
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _

_ROUND = "_sessions_planned"  # session key; a new number empties the form
_TEXTS = ("title", "where", "address_online", "embargo_until")


def show_new(*, is_first: bool) -> None:
    """Draw the form for a new session, for facilitators and whoever may be its host."""
    actor = state.actor()
    if Role.FACILITATOR not in actor.roles and not actor.organisation:
        plain.show(plain.element("p", _("Sessions are planned by facilitators and by members of their host."), css="kb-quiet"))
        return
    key = f"sp_{st.session_state.setdefault(_ROUND, 0)}"
    with st.expander(_("Plan a session"), icon=":material/event:", expanded=is_first, key="sp_new"), st.form(key, border=False):
        _ask(key, None)
        st.form_submit_button(_("Plan it"), type="primary", icon=":material/event:", on_click=acting.do, args=(_plan, key))


def show_change(session: Session) -> None:
    """Draw the form of one that is still to come, for those who run it."""
    if session.state is not SessionState.PLANNED or not runs(session, reader_of(state.actor())):
        return
    key = f"sp_{session.id}_{len(session.happened)}"
    with st.expander(_("Plan it otherwise"), icon=":material/edit:", key="sp_change"), st.form(key, border=False):
        _ask(key, session)
        st.form_submit_button(
            _("Save"), type="primary", icon=":material/save:", on_click=acting.do, args=(_revise, session.id, key)
        )


def _ask(key: str, session: Session | None) -> None:
    planned = session.planned if session else None
    st.text_input(_("Title"), planned.title if planned else "", key=f"{key}_title", max_chars=MAX_LINE_CHARS)
    formats = list(Format)
    st.radio(
        _("Format"), formats, index=formats.index(planned.format) if planned else 0, key=f"{key}_format",
        format_func=session_words.format_word, captions=list(map(session_words.about, formats)),
    )  # fmt: skip
    _ask_when(key, session)
    _ask_where(key, session)
    common.practice_picker(_("Practices it is about"), key=_filled(f"{key}_practices", list(planned.practices) if planned else []))
    _ask_round(key, planned.round if planned else "")
    st.text_area(
        _("Agenda (optional)"), "\n".join(map(_agenda_line, planned.agenda)) if planned else "", key=f"{key}_agenda",
        height="content",
        placeholder=_("10:00 | Welcome | Name (organisation)"),
        help=_("A line each: time | what | who. A day may stand before the time."),
    )  # fmt: skip
    _ask_rules(key, session)


def _ask_when(key: str, session: Session | None) -> None:
    begins, ends = (session.planned.begins, session.planned.ends) if session else ("", "")
    labels = {"begins": (_("Begins on"), _("Begins at")), "ends": (_("Ends on"), _("Ends at"))}
    with st.grid(min_column_width=150, gap="small"):
        for name, moment in (("begins", begins), ("ends", ends)):
            on, at = labels[name]
            st.text_input(on, moment[:10], key=f"{key}_{name}_day", max_chars=10, placeholder="2026-12-31")
            st.text_input(at, moment[11:16], key=f"{key}_{name}_at", max_chars=5, placeholder="10:00")
    zones = _zones()
    usual = session.planned.zone if session else _usual_zone()
    st.selectbox(
        _("Time zone of the place"), zones, index=zones.index(usual) if usual in zones else zones.index("UTC"), key=f"{key}_zone",
        format_func=session_words.zone,
    )  # fmt: skip


def _ask_where(key: str, session: Session | None) -> None:
    actor, planned = state.actor(), session.planned if session else None
    organisation = planned.host.organisation if planned else actor.organisation
    country = planned.host.country if planned else actor.country
    codes = words.all_countries()
    with st.grid(min_column_width=260, gap="small"):
        st.text_input(_("Host"), organisation, key=f"{key}_host", max_chars=MAX_LINE_CHARS)
        st.selectbox(
            _("Country of the host"), codes, index=codes.index(country) if country in codes else None, key=f"{key}_country",
            format_func=words.country, placeholder=_("Choose a country"),
        )  # fmt: skip
        st.text_input(_("Place"), planned.where if planned else "", key=f"{key}_where", max_chars=MAX_LINE_CHARS)
        st.text_input(
            _("Address to take part online"), planned.address_online if planned else "", key=f"{key}_address_online",
            max_chars=MAX_LINE_CHARS, placeholder="https://",
        )  # fmt: skip
        st.number_input(
            _("Number of places"), min_value=1, max_value=MAX_CAPACITY, value=planned.capacity if planned else 6,
            key=f"{key}_capacity", help=_("In a peer review: peers, at most six."),
        )  # fmt: skip
        st.multiselect(
            _("Languages"), language_codes(), default=list(planned.languages) if planned else ["en"], key=f"{key}_languages",
            format_func=words.language, placeholder=_("Unknown"),
        )  # fmt: skip
        common.partnership_picker(f"{key}_partnership", planned.partnership if planned else "")


def _ask_round(key: str, chosen: str) -> None:
    titles = {each.id: each.drafted.title for each in rounds.rounds(state.kb(), actor=state.actor())}
    options = list(titles)
    st.selectbox(
        _("Question round whose answers are discussed (optional)"), options, key=f"{key}_round", format_func=titles.__getitem__,
        index=options.index(chosen) if chosen in options else None, placeholder=_("None"),
    )  # fmt: skip


def _ask_rules(key: str, session: Session | None) -> None:
    planned = session.planned if session else None
    st.checkbox(
        _("Under the Chatham House Rule"), planned.chatham_house if planned else False, key=f"{key}_chatham_house",
        help=_("What is said may be used, who said it may not be told: notes are quoted without names."),
    )  # fmt: skip
    st.text_input(
        _("Keep back what is said until (optional)"), planned.embargo_until if planned else "", key=f"{key}_embargo_until",
        max_chars=10, placeholder="2026-12-31", help=_("Before that day nobody finds the notes."), width=320,
    )  # fmt: skip


def _agenda_line(item: AgendaItem) -> str:
    return " | ".join(filter(None, (item.at, item.title, item.who)))


def _agenda(text: str) -> list[dict[str, str]]:
    lines = (line.split("|", 2) for line in text.splitlines() if line.strip())
    return [dict(zip(("at", "title", "who"), map(str.strip, (*parts, "", "")), strict=False)) for parts in lines]


def _given(key: str) -> dict[str, object]:
    said = st.session_state
    given: dict[str, object] = {name: str(said[f"{key}_{name}"]).strip() for name in _TEXTS}
    given |= {name: said[f"{key}_{name}"] for name in ("format", "zone", "capacity", "languages", "practices", "chatham_house")}
    given |= {name: f"{said[f'{key}_{name}_day'].strip()}T{said[f'{key}_{name}_at'].strip()}" for name in ("begins", "ends")}
    given["host"] = {"organisation": said[f"{key}_host"].strip(), "country": said[f"{key}_country"] or ""}
    given |= {name: said[f"{key}_{name}"] or "" for name in ("round", "partnership")}
    return given | {"agenda": _agenda(said[f"{key}_agenda"])}


def _plan(key: str) -> str:
    planned = sessions.plan(state.kb(), _given(key), actor=state.actor())
    st.session_state[_ROUND] += 1
    st.session_state["session"] = planned.id
    return _("Planned: “{title}”.").format(title=planned.title)


def _revise(session: str, key: str) -> str:
    sessions.revise(state.kb(), session, _given(key), actor=state.actor())
    return _("Saved.")


def _filled(key: str, value: list[str]) -> str:
    """``key``, whose widget begins with ``value``."""
    st.session_state.setdefault(key, value)
    return key


def _usual_zone() -> str:
    told = st.context.timezone or "UTC"
    return "UTC" if fault_of_zone(told) else told


@cache
def _zones() -> list[str]:
    return [
        "UTC",
        *sorted(each for each in available_timezones() if "/" in each and not each.startswith(("Etc/", "posix", "right"))),
    ]
