"""Letters of what waits: whoever wants them gives an address, and takes it back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.services.learning import mailing
from kb.services.learning.mailing import Subscriber
from kb.services.post import MAX_ADDRESS_CHARS
from kb.ui import acting, plain, state, words
from kb.ui.i18n import LANGUAGES, _, current

_ADDRESS, _LANGUAGE = "ln_address", "ln_letters_in"  # keys of widgets


def show(found: Subscriber | None, *, is_set: bool) -> None:
    """Draw it. Where no mail server is set and nobody asked, there is nothing to draw.

    Args:
        found: how the reader has letters; ``None`` if not.
    """
    if not is_set and found is None:
        return
    label = _("Letters of what waits: on") if found else _("Have this by mail")
    with st.expander(label, icon=":material/mail:", key="letters"):
        told = _(
            "One letter a day of what waits for you, and none where nothing does. Your address is seen by you and administrators."
        )
        plain.show(plain.element("p", told, css="kb-quiet"))
        if found:
            last = _("last sent on {day}").format(day=words.day(found.told_on)) if found.told_on else _("none sent yet")
            plain.show(plain.element("p", _("Letters go to {address} ({last}).").format(address=found.address, last=last)))
            key = f"{_LANGUAGE}_{found.language}_{found.address}"  # another member's letters are not in what this one chose
            _language(found.language, key, on_change=acting.do, args=(_speak, found.address, key))
            st.button(_("No letters any more"), key="letters_off", icon=":material/unsubscribe:", on_click=acting.do, args=(_end,))
            return
        with st.form("letters_form", border=False):
            st.text_input(_("Your mail address"), key=_ADDRESS, max_chars=MAX_ADDRESS_CHARS, width=420, autocomplete="email")
            _language(current(), _LANGUAGE)
            st.form_submit_button(_("Send me letters"), icon=":material/mail:", on_click=acting.do, args=(_begin,))


def _language(at_first: str, key: str, **said: Any) -> None:
    codes = list(LANGUAGES)
    index = codes.index(at_first) if at_first in codes else 0
    st.selectbox(_("Language of the letters"), codes, index=index, format_func=LANGUAGES.__getitem__, key=key, width=420, **said)


def _begin() -> str:
    mailing.subscribe(state.kb(), st.session_state[_ADDRESS], language=st.session_state[_LANGUAGE], actor=state.actor())
    return _("Letters of what waits are sent to you from now on.")


def _speak(address: str, key: str) -> str:
    mailing.subscribe(state.kb(), address, language=st.session_state[key], actor=state.actor())
    return _("Letters are in this language from now on.")


def _end() -> str:
    mailing.unsubscribe(state.kb(), actor=state.actor())
    return _("No letters are sent to you any more, and your address is forgotten.")
