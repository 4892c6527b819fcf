"""What can be done with an indicator: a reading more, one less, other words, an end."""

from __future__ import annotations

import streamlit as st

from kb.peers.monitoring.folding import Followed
from kb.peers.monitoring.indicator import MAX_WORDS_CHARS
from kb.peers.monitoring.reading import Reading
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.monitoring import changing
from kb.services.permission import Role
from kb.ui import acting, monitoring_words, state, words
from kb.ui.components.monitoring import indicator_form
from kb.ui.i18n import _

_FIELDS = ("date", "value", "source", "scope", "note")  # of a reading


def show(practice: str, followed: Followed) -> None:
    """Draw the tools of an indicator."""
    key = followed.indicator.key
    with st.container(horizontal=True, gap="small", key=f"tools_{key}"):
        if not followed.ended:
            _show_adding(practice, followed)
        _show_withdrawing(practice, followed)
        if not followed.ended:
            _show_ending(practice, key)
    with st.expander(_("Change the indicator"), icon=":material/edit:", key=f"change_{key}"):  # a popover is too small on a phone
        indicator_form.show(practice, followed.indicator)


def _show_adding(practice: str, followed: Followed) -> None:
    indicator = followed.indicator
    with (
        st.popover(_("Add a reading"), key=f"tool_add_{indicator.key}", icon=":material/add:", type="tertiary"),
        st.form(f"add_{indicator.key}", border=False),
    ):
        st.text_input(_("Day that it is of"), key=f"mr_date_{indicator.key}", max_chars=10, placeholder="2026-12-31")
        st.text_input(_("Value in {unit}").format(unit=_bare(indicator.unit)), key=f"mr_value_{indicator.key}", placeholder="3.5")
        st.text_input(_("Source: who says so"), key=f"mr_source_{indicator.key}", max_chars=MAX_LINE_CHARS)
        st.text_input(
            _("Scope (optional)"), key=f"mr_scope_{indicator.key}", max_chars=MAX_LINE_CHARS, placeholder=indicator.scope or ""
        )
        st.text_area(_("Note (optional)"), key=f"mr_note_{indicator.key}", height="content", max_chars=MAX_WORDS_CHARS)
        st.form_submit_button(_("Add it"), type="primary", on_click=acting.do, args=(_add, practice, indicator.key))


def _show_withdrawing(practice: str, followed: Followed) -> None:
    """Of readings that one entered, and for facilitators of all; nothing where there is none."""
    actor, key = state.actor(), followed.indicator.key
    own = {
        each.seq: each
        for each in reversed(followed.readings)
        if not each.withdrawn and (each.member == actor.name or Role.FACILITATOR in actor.roles)
    }
    if not own:
        return
    with (
        st.popover(_("Withdraw a reading"), key=f"tool_withdraw_{key}", icon=":material/undo:", type="tertiary"),
        st.form(f"withdraw_{key}", border=False),
    ):
        st.selectbox(_("Reading"), list(own), key=f"mr_which_{key}", format_func=lambda seq: _called(followed, own[seq]))
        st.text_area(_("Why"), key=f"mr_why_{key}", height="content", max_chars=MAX_WORDS_CHARS)
        st.caption(_("It stays in the table, struck through, with the reason."))
        st.form_submit_button(_("Withdraw it"), type="primary", on_click=acting.do, args=(_withdraw, practice, key))


def _show_ending(practice: str, key: str) -> None:
    with (
        st.popover(_("End it"), key=f"tool_end_{key}", icon=":material/flag:", type="tertiary"),
        st.form(f"end_{key}", border=False),
    ):
        st.markdown(_("No further readings are awaited. All that were entered stay."))
        st.text_area(_("Why"), key=f"mi_end_{key}", height="content", max_chars=MAX_WORDS_CHARS)
        st.form_submit_button(_("End the indicator"), type="primary", on_click=acting.do, args=(_end, practice, key))


def _called(followed: Followed, reading: Reading) -> str:
    value = monitoring_words.value(followed.indicator, reading.value)
    return f"{words.day(reading.date)}: {value} ({reading.read.source})"


def _bare(unit: str) -> str:
    return indicator_form.label(unit)


def _add(practice: str, key: str) -> str:
    said = st.session_state
    names = {field: f"mr_{field}_{key}" for field in _FIELDS}
    given = {field: str(said[name]).strip() for field, name in names.items()}
    changing.add_reading(
        state.kb(), practice, key, given["date"], given["value"], source=given["source"], scope=given["scope"],
        note=given["note"], actor=state.actor(),
    )  # fmt: skip
    said.update({names[field]: "" for field in ("date", "value", "note")})  # the next reading is most often of the same source
    return _("The reading is added.")


def _withdraw(practice: str, key: str) -> str:
    said = st.session_state
    changing.withdraw_reading(state.kb(), practice, said[f"mr_which_{key}"], why=said[f"mr_why_{key}"], actor=state.actor())
    said[f"mr_why_{key}"] = ""
    return _("The reading is withdrawn. It stays in the table.")


def _end(practice: str, key: str) -> str:
    changing.end_indicator(state.kb(), practice, key, why=st.session_state[f"mi_end_{key}"], actor=state.actor())
    return _("The indicator is ended.")
