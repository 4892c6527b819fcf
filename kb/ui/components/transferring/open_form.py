"""The form that opens a test of transferability, for reviewers and facilitators; the practice decides what is proposed."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kb.errors import InvalidEntry, KBError
from kb.peers.contexts.profile import ContextProfile
from kb.peers.transfer.framework import Framework
from kb.services import frameworks, members
from kb.services.permission import LOCAL_MEMBER, Role
from kb.services.transferring import opening, seats
from kb.ui import acting, links, state, transferring_words
from kb.ui.components.transferring.controls import NEW, NEW_TARGET
from kb.ui.i18n import _
from kb.ui.plain import escape_markdown
from kb.ui.said import said

SOURCE, KEY, ASSESSORS, DUE, WHY = "new_source", "new_key", "new_assessors", "new_due", "new_why"  # widget keys
_OPENED = "_transfer_opened"  # session key: id of the test that was just opened
MAX_WHY = 5000


def show(titles: Mapping[str, str], places: Mapping[str, str], profiles: Mapping[str, ContextProfile]) -> None:
    """Draw the form, folded until a practice or a place is chosen; and the way to the test that it opened.

    Args:
        titles: practice → title.
        places: code → name.
    """
    if opened := st.session_state.pop(_OPENED, ""):
        links.to_transfer_test(_("To the test that was opened"), opened)
    if not {Role.REVIEWER, Role.FACILITATOR} & state.actor().roles:
        return
    chosen = st.session_state[NEW], st.session_state[NEW_TARGET]
    with st.expander(_("Open a test"), icon=":material/add_task:", expanded=any(chosen), key="new_transfer"):
        try:
            framework = frameworks.framework(state.kb(), opening.FRAMEWORK, actor=state.actor())
        except KBError as error:
            st.info(escape_markdown(said(str(error))), icon=":material/info:")
            return
        _ask(titles, {code: places.get(code, code) for code in profiles}, profiles, framework)
        st.button(
            _("Open the test"), key="new_transfer_now", type="primary", icon=":material/add_task:",
            on_click=acting.do, args=(_open, dict(titles), dict(places)),
        )  # fmt: skip


def _ask(
    titles: Mapping[str, str], targets: Mapping[str, str], profiles: Mapping[str, ContextProfile], framework: Framework
) -> None:
    with st.grid(min_column_width=260, gap="small"):
        practice = _choose(NEW, _("Practice"), titles, _("Choose a practice"))
        _choose(NEW_TARGET, _("Target: where it would be taken over"), targets, _("Choose a country or region"))
        _ask_source(practice, profiles)
    criteria = {name: transferring_words.criterion(framework, name) for name in framework.criterion_names}
    st.multiselect(
        _("Key criteria: what the practice rests on"), list(criteria), key=f"{KEY}_{practice}", default=_key(practice, framework),
        format_func=criteria.__getitem__, placeholder=_("None"),
        help=_("Chosen by the conditions that its sheet names as tags. They count more often in the mean."),
    )  # fmt: skip
    with st.grid(min_column_width=260, gap="small"):
        st.multiselect(_("Assessors to invite"), _reviewers(), key=ASSESSORS, placeholder=_("Nobody yet"))
        st.text_input(_("Judgements are due on"), key=DUE, max_chars=10, placeholder="2026-12-31")
    st.text_area(_("What the test is for"), key=WHY, max_chars=MAX_WHY, height="content")


def _choose(key: str, label: str, names: Mapping[str, str], placeholder: str) -> str:
    wanted = st.session_state[key]
    named = dict(names) | ({wanted: wanted} if wanted and wanted not in names else {})
    st.selectbox(label, list(named), key=key, index=None, format_func=named.__getitem__, placeholder=placeholder)
    return st.session_state[key] or ""


def _ask_source(practice: str, profiles: Mapping[str, ContextProfile]) -> None:
    """The places of the sheet of which there is a profile; any other place with one where the sheet has none of these."""
    countries = next((each.metadata.countries for each in state.documents() if practice and each.metadata.practice == practice), ())
    own = [code for code in profiles if code in countries or code.partition("-")[0] in countries]
    options = own or list(profiles)
    names = {code: transferring_words.place(code, profiles) for code in options}
    st.selectbox(
        _("Source: where it comes from"), options, key=f"{SOURCE}_{practice}", index=0 if len(own) == 1 else None,
        format_func=names.__getitem__, placeholder=_("Choose a country or region"),
    )  # fmt: skip


def _key(practice: str, framework: Framework) -> list[str]:
    """What a practice rests on by its tags; nothing while none is chosen, or none is of that name."""
    try:
        return list(opening.key_of(state.kb(), practice, framework, actor=state.actor())) if practice else []
    except KBError:
        return []


def _reviewers() -> list[str]:
    """Members who may be asked; who opens a test as a reviewer takes part anyway."""
    me = state.actor().name
    everyone = members.members(state.kb(), actor=state.actor())
    names = [each.name for each in everyone if each.is_active and not each.is_demo and Role.REVIEWER in each.roles]
    return [name for name in (*names, LOCAL_MEMBER.name) if name != me]


def _open(titles: Mapping[str, str], places: Mapping[str, str]) -> str:
    asked = st.session_state
    practice, target = asked[NEW] or "", asked[NEW_TARGET] or ""
    lacking = [sentence for value, sentence in ((practice, _("choose a practice")), (target, _("choose a target"))) if not value]
    if not practice:  # nothing else can be looked at without one
        raise InvalidEntry(_("The test was not opened: {faults}.").format(faults="; ".join(lacking)))
    kb, actor = state.kb(), state.actor()
    test_id = opening.open_test(
        kb,
        practice,
        target,
        source=asked.get(f"{SOURCE}_{practice}") or "",
        key=asked.get(f"{KEY}_{practice}"),
        due=asked[DUE].strip(),
        why=asked[WHY],
        actor=actor,
    )
    refused = _invite(test_id, asked[ASSESSORS])
    asked.update({_OPENED: test_id, NEW: None, NEW_TARGET: None, ASSESSORS: [], DUE: "", WHY: ""})
    told = _("Opened: “{title}” for {place}.").format(title=titles.get(practice, practice), place=places.get(target, target))
    return " ".join([told, *refused])


def _invite(test_id: str, names: list[str]) -> list[str]:
    """Ask each; gives the sentences of those who could not be asked."""
    refused = []
    for name in names:
        try:
            seats.invite(state.kb(), test_id, name, actor=state.actor())
        except KBError as error:
            refused.append(_("{name} was not invited: {why}").format(name=name, why=said(str(error))))
    return refused
