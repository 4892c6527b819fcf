"""Forms for facilitators: register a member, change what is said of one, let one act no more."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.services import members
from kb.services.members import LEADING, MAX_NAME_CHARS, MAX_ORGANISATION_CHARS
from kb.services.permission import Role
from kb.services.records import RegisteredMember
from kb.ui import acting, assessing_words, state, words
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _

CHANGED = "member"  # URL parameter and session key: name of the member who is to be changed
_ROUND = "_members_added"  # session key; a new number empties the form


def show_new(*, is_first: bool) -> None:
    """Draw the form for a new member; open where there is none yet."""
    key = f"m_new_{st.session_state.setdefault(_ROUND, 0)}"  # of the form; each field adds its name
    with (
        st.expander(_("Add a member"), icon=":material/person_add:", expanded=is_first, key="m_new"),
        st.form(f"{key}_form", border=False),
    ):
        st.text_input(_("Name"), key=f"{key}_name", max_chars=MAX_NAME_CHARS)
        _ask(key, None)
        st.form_submit_button(_("Add"), type="primary", icon=":material/person_add:", on_click=acting.do, args=(_add, key))


def show_change(everyone: Sequence[RegisteredMember]) -> None:
    """Draw the choice of a member and, once one is chosen, what is said of them."""
    by_name = {member.name: member for member in everyone}
    if st.session_state.get(CHANGED) not in by_name:
        st.session_state[CHANGED] = None
    if not by_name:
        return
    st.header(_("Change"), anchor=False)
    name = st.selectbox(_("Member"), list(by_name), key=CHANGED, index=None, placeholder=_("Choose a member"))
    if name is None:
        return
    member = by_name[name]
    if LEADING & set(member.roles) and Role.ADMINISTRATOR not in state.actor().roles:
        st.info(_("Facilitators and administrators are changed by administrators."), icon=":material/lock:")
        return
    with st.container(border=True, key="m_change"):
        _show_form(member)
        _show_activity(member)


def _show_form(member: RegisteredMember) -> None:
    key = f"m_{member.version}_{member.name}"
    with st.form(f"{key}_form", border=False):
        _ask(key, member)
        st.form_submit_button(_("Save"), type="primary", icon=":material/save:", on_click=acting.do, args=(_change, member, key))


def _show_activity(member: RegisteredMember) -> None:
    if member.is_active:
        label, icon, told = _("May act no more"), ":material/person_off:", _("What they did stays, under their name.")
    else:
        label, icon, told = _("May act again"), ":material/person_check:", _("They may act no more now.")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(label, key="m_activity", icon=icon, on_click=acting.do, args=(_switch, member))
        st.caption(told)


def _ask(key: str, member: RegisteredMember | None) -> None:
    """What is said of a member, old or new."""
    roles = [role for role in Role if role is not Role.MEMBER and (role not in LEADING or _may_make_leaders())]
    with st.grid(min_column_width=260, gap="small"):
        st.text_input(
            _("Organisation"),
            value=member.organisation if member else "",
            key=f"{key}_organisation",
            max_chars=MAX_ORGANISATION_CHARS,
            help=_("Whom they work for, spelt as on the sheets: they are not invited to review a practice of it."),
        )
        countries = words.all_countries()
        st.selectbox(
            _("Country"),
            countries,
            index=countries.index(member.country) if member and member.country in countries else None,
            key=f"{key}_country",
            format_func=words.country,
            placeholder=_("Unknown"),
        )
        st.multiselect(
            _("Roles"),
            roles,
            default=[role for role in roles if role in member.roles] if member else [Role.REVIEWER],
            key=f"{key}_roles",
            format_func=lambda role: assessing_words.named(assessing_words.ROLES, role),
            placeholder=_("Member"),
            help=_("Everybody may search, judge and tag. Contributors write, reviewers score, facilitators lead."),
        )
        codes = language_codes()
        known = list(member.languages) if member else []
        st.multiselect(
            _("Languages"),
            [*codes, *(code for code in known if code not in codes)],
            default=known,
            key=f"{key}_languages",
            format_func=words.language,
            placeholder=_("Unknown"),
        )


def _may_make_leaders() -> bool:
    return Role.ADMINISTRATOR in state.actor().roles


def _add(key: str) -> str:
    said = st.session_state
    member = members.add(
        state.kb(),
        said[f"{key}_name"],
        organisation=said[f"{key}_organisation"],
        country=said[f"{key}_country"] or "",
        roles=said[f"{key}_roles"],
        languages=said[f"{key}_languages"],
        actor=state.actor(),
    )
    said[_ROUND] += 1
    state.forget_members()
    return _("{name} is a member now.").format(name=member.name)


def _change(member: RegisteredMember, key: str) -> str:
    said = st.session_state
    changed = members.change(
        state.kb(),
        member.name,
        version=member.version,
        organisation=said[f"{key}_organisation"],
        country=said[f"{key}_country"] or "",
        roles=said[f"{key}_roles"],
        languages=said[f"{key}_languages"],
        actor=state.actor(),
    )
    state.forget_members()
    return _("Saved: {name}.").format(name=changed.name)


def _switch(member: RegisteredMember) -> str:
    changed = members.change(state.kb(), member.name, version=member.version, is_active=not member.is_active, actor=state.actor())
    state.forget_members()
    return (_("{name} may act again.") if changed.is_active else _("{name} may act no more.")).format(name=changed.name)
