"""Letters of what waits: whoever wants them gives an address, and takes it back."""

from __future__ import annotations

import streamlit as st

from kb.services.learning import mailing
from kb.services.learning.mailing import Subscriber
from kb.services.post import MAX_ADDRESS_CHARS
from kb.ui import acting, plain, state, words
from kb.ui.i18n import _

_ADDRESS = "ln_address"  # widget key


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
            st.button(_("No letters any more"), key="letters_off", icon=":material/unsubscribe:", on_click=acting.do, args=(_end,))
            return
        with st.form("letters_form", border=False):
            st.text_input(_("Your mail address"), key=_ADDRESS, max_chars=MAX_ADDRESS_CHARS, width=420, autocomplete="email")
            st.form_submit_button(_("Send me letters"), icon=":material/mail:", on_click=acting.do, args=(_begin,))


def _begin() -> str:
    mailing.subscribe(state.kb(), st.session_state[_ADDRESS], actor=state.actor())
    return _("Letters of what waits are sent to you from now on.")


def _end() -> str:
    mailing.unsubscribe(state.kb(), actor=state.actor())
    return _("No letters are sent to you any more, and your address is forgotten.")
