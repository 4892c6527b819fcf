"""What facilitators change of a partnership: its state, and who takes part."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.partnership import PartnershipState
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.clock import today
from kb.services.learning import directory, partnership_editing
from kb.services.learning.partnerships import WholePartnership
from kb.services.permission import Role
from kb.ui import acting, directory_words, learning_words, plain, state, words
from kb.ui.i18n import _


def show(found: WholePartnership) -> None:
    """Draw the forms; nothing for who is no facilitator."""
    if Role.FACILITATOR not in state.actor().roles:
        return
    with st.container(key="partnership_forms", gap="small"):
        _show_move(found)
        _show_partner(found)
        _show_leaving(found)


def _show_move(found: WholePartnership) -> None:
    ahead = [each for each in PartnershipState if each.rank > found.partnership.state.rank]
    if not ahead:
        plain.show(plain.element("p", _("It is closed: no state follows."), css="kb-quiet"))
        return
    key = f"pm_{found.name}_{found.version[:8]}"
    with st.expander(_("Move it on"), icon=":material/trending_flat:", key="pm"), st.form(key, border=False):
        st.radio(_("State that was reached"), ahead, key=f"{key}_state", format_func=learning_words.state_word, horizontal=True)
        st.text_input(_("On the day"), today(), key=f"{key}_day", max_chars=10, placeholder="2026-11-22", width=240)
        st.text_input(_("Why (optional)"), key=f"{key}_why", max_chars=MAX_LINE_CHARS)
        st.form_submit_button(
            _("Write it down"), type="primary", icon=":material/save:", on_click=acting.do, args=(_move, found, key)
        )


def _show_partner(found: WholePartnership) -> None:
    key = f"pp_{found.name}_{found.version[:8]}"
    entries = directory.organisations(state.kb(), actor=state.actor())
    titles = {each.name: each.organisation.title for each in entries if each.organisation}
    groups = {each.group: each.title for each in found.partnership.all_groups}
    codes = words.all_countries()
    with st.expander(_("Add or revise a partner"), icon=":material/group_add:", key="pp"), st.form(key, border=False):
        st.selectbox(
            _("Organisation of the directory"), list(titles), key=f"{key}_file", index=None, format_func=titles.__getitem__,
            placeholder=_("None of these"),
        )  # fmt: skip
        st.text_input(_("Or its name, where it is not in the directory"), key=f"{key}_name", max_chars=MAX_LINE_CHARS)
        st.selectbox(_("Country"), codes, key=f"{key}_country", index=None, format_func=words.country, placeholder=_("Unknown"))
        if groups:
            st.multiselect(_("Groups"), list(groups), key=f"{key}_groups", format_func=groups.__getitem__, placeholder=_("None"))
        st.text_input(_("Role (optional)"), key=f"{key}_role", max_chars=MAX_LINE_CHARS)
        st.text_input(_("Joined (optional)"), key=f"{key}_joined", max_chars=10, placeholder="2026-11", width=240)
        st.form_submit_button(
            _("Write it down"), type="primary", icon=":material/save:", on_click=acting.do, args=(_put, found, key)
        )


def _show_leaving(found: WholePartnership) -> None:
    partners = {each.organisation for each in found.partnership.all_partners}
    titles = {each.written: each.title for each in found.seats if each.written in partners}
    if not titles:
        return
    key = f"pl_{found.name}_{found.version[:8]}"
    with st.expander(_("A partner takes part no more"), icon=":material/group_remove:", key="pl"), st.form(key, border=False):
        st.selectbox(_("Partner"), list(titles), key=f"{key}_who", format_func=titles.__getitem__)
        st.text_input(_("Why (stays in the history)"), key=f"{key}_why", max_chars=MAX_LINE_CHARS)
        st.form_submit_button(_("Write it down"), icon=":material/save:", on_click=acting.do, args=(_take_out, found, key))


def _move(found: WholePartnership, key: str) -> str:
    said = st.session_state
    reached = PartnershipState(said[f"{key}_state"])
    partnership_editing.move(
        state.kb(), found.name, reached, base_version=found.version, day=said[f"{key}_day"].strip(), why=said[f"{key}_why"],
        actor=state.actor(),
    )  # fmt: skip
    return _("“{title}” is in the state “{state}” now.").format(
        title=directory_words.title(found.partnership), state=learning_words.state_word(reached)
    )


def _put(found: WholePartnership, key: str) -> str:
    said = st.session_state
    organisation = said[f"{key}_file"] or said[f"{key}_name"].strip()
    partnership_editing.put_partner(
        state.kb(), found.name, organisation, base_version=found.version, country=said[f"{key}_country"] or "",
        groups=said.get(f"{key}_groups", []), role=said[f"{key}_role"], joined=said[f"{key}_joined"].strip(), actor=state.actor(),
    )  # fmt: skip
    return _("The partner was written down.")


def _take_out(found: WholePartnership, key: str) -> str:
    said = st.session_state
    partnership_editing.take_out_partner(
        state.kb(), found.name, said[f"{key}_who"], base_version=found.version, why=said[f"{key}_why"], actor=state.actor()
    )
    return _("It was written down that this partner takes part no more.")
