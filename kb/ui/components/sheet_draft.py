"""How the draft of a sheet stands: kept, thrown away, or based on a sheet that somebody changed meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from kb.peers import sheet_form
from kb.services import practice_editing
from kb.ui import acting, links, sheet_words, state, words
from kb.ui import editing as edit
from kb.ui.components import quoted, sheet_values
from kb.ui.edited_sheet import Editing
from kb.ui.i18n import _, marked
from kb.ui.plain import escape_markdown
from kb.ui.said import said

MINE, THEIRS = "mine", "theirs"
_SIDES = {MINE: marked("Keep mine"), THEIRS: marked("Take theirs")}


def show(editing: Editing) -> None:
    """Draw the line that tells of the draft; it is always there, so that nothing moves when the first word is typed."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="draft"):
        if editing.is_behind:
            st.markdown(_("The draft was kept in another window."))
            st.button(_("Open it here"), key="reopen", icon=":material/refresh:", on_click=edit.forget)
            return
        if not editing.draft_version:
            st.markdown(_("No change yet. What you write is kept as a draft until you save it."))
            return
        st.markdown(_("Draft of {time}, not yet saved").format(time=_time(editing.draft_at_utc)))
        with st.popover(_("Discard"), type="tertiary", icon=":material/delete:", key=f"discard_{editing.round}"):
            st.markdown(_("What you changed since the last saving is lost."))
            st.button(_("Discard the draft"), key="discard_now", type="primary", on_click=acting.do, args=(_discard, editing.name))


def show_conflict(editing: Editing) -> bool:
    """If the sheet changed under the draft: who did it, both versions, and the way on. Returns whether it did."""
    conflict = practice_editing.changed_since(state.kb(), editing.name, editing.base_version, actor=state.actor())
    if conflict is None or not editing.draft_version:
        return False
    st.warning(escape_markdown(said(str(conflict))), icon=":material/sync_problem:")
    now = edit.current(editing.name)
    with st.container(border=True, key="conflict"):
        st.header(_("Two versions"), anchor=False)
        st.markdown(_("Your draft is kept. Go on from the sheet as it is now:"))
        if now is not None:
            _show_both(editing, now)
        both = sheet_form.divided(editing.base, now.raw, editing.form).both if now else ()
        label = _("Go on with the new version") if now else _("Go on: saving makes it anew")
        st.button(label, key="rebase", type="primary", icon=":material/merge:", on_click=acting.do, args=(_rebase, both))
    return True


def _show_both(editing: Editing, now: practice_editing.Editable) -> None:
    split = sheet_form.divided(editing.base, now.raw, editing.form)
    for names, told in ((split.theirs, _("Only changed by others: {fields}")), (split.mine, _("Only changed by you: {fields}"))):
        if names:
            st.markdown(escape_markdown(told.format(fields=words.listed(map(sheet_words.field, names)))))
    mine, theirs = sheet_form.raw_of(editing.form), sheet_form.raw_of(sheet_form.form_of(now.raw))
    for name in split.both:
        st.subheader(sheet_words.field(name), anchor=False)
        left, right = st.columns(2, gap="medium")
        for column, heading, values in ((left, _("Yours"), mine), (right, _("Now in the sheet"), theirs)):
            with column:
                st.markdown(f"**{heading}**")
                quoted.show(sheet_values.in_words(values[name]))
        st.segmented_control(
            sheet_words.field(name), list(_SIDES), default=MINE, required=True, key=f"side_{name}",
            format_func=lambda side: _(_SIDES[side]), label_visibility="collapsed",
        )  # fmt: skip


def show_saved(name: str) -> None:
    """After saving: where to see it."""
    job = st.session_state.pop(SAVED, None)
    if job is not None:
        with st.container(horizontal=True, gap="small"):
            links.to_practice(_("See the practice"), name)
            if job:
                st.page_link(links.ADD, label=_("See how far it is"), icon=":material/upload_file:", query_params={"job": job})


SAVED = "_sheet_saved"  # session key: id of the ingest that was started, or empty


def _discard(name: str) -> str:
    edit.discard(name)
    if edit.current(name) is None:  # a new one: nothing is left to edit
        del st.query_params["id"]
    return _("The draft is discarded.")


def _rebase(both: tuple[str, ...]) -> str:
    edit.rebase({name for name in both if st.session_state.get(f"side_{name}") == THEIRS})
    return _("You go on from the sheet as it is now. Look at it, then save.")


def _time(at_utc: str) -> str:
    """The time of day; with the day where it was another."""
    at = datetime.fromisoformat(at_utc)
    return f"{at:%H:%M} UTC" if at.date() == datetime.now(UTC).date() else words.moment(at_utc)
