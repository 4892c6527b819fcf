"""Notes of a session: those that can be read, and the form that takes some in."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kb.peers.learning.session import Session, SessionState
from kb.retrieval.passage import Visibility
from kb.services import uploads
from kb.services.learning import notes
from kb.services.permission import Role
from kb.ui import acting, links, plain, session_words, state, words
from kb.ui.components import section
from kb.ui.components.learning import naming, prose
from kb.ui.i18n import _, ngettext

_ROUND = "_notes_taken"  # session key; a new number empties the form


def show(session: Session, visible: Mapping[str, str], *, may_add: bool) -> None:
    """Draw them; nothing before the session was held.

    Args:
        visible: path → id of the document, of those that this reader may read by now.
        may_add: this member may, having taken part or running the session.
    """
    if session.state not in (SessionState.HELD, SessionState.DEBRIEFED):
        return
    section.head("notes", _("Notes"))
    for each in session.notes:
        if each.document in visible:
            links.to_document(each.title, visible[each.document])
        elif each.text:
            prose.show(each.text, label=each.title)
    hidden = sum(not each.text and each.document not in visible for each in session.notes)
    if hidden:
        told = ngettext(
            "{n} note cannot be read yet: it is being read in, or kept back.",
            "{n} notes cannot be read yet: they are being read in, or kept back.",
            hidden,
        )
        plain.show(plain.element("p", told.format(n=words.number(hidden)), css="kb-quiet"))
    if not session.notes:
        plain.show(plain.element("p", _("There are no notes yet."), css="kb-quiet"))
    if session.is_demo:
        told = _("Notes of a session that is made up are kept here: no search finds them.")
        plain.show(plain.element("p", told, css="kb-quiet"))
    if may_add:
        _show_form(session)


def _show_form(session: Session) -> None:
    if Role.CONTRIBUTOR not in state.actor().roles:
        plain.show(plain.element("p", _("Contributors add notes, as they add documents."), css="kb-quiet"))
        return
    key = f"sn_{st.session_state.setdefault(_ROUND, 0)}"
    with st.expander(_("Add notes"), icon=":material/note_add:", key="sn"), st.form(key, border=False):
        if session.planned.chatham_house:
            told = _(
                "Write what was said and not who said it. Notes that name who was there, or their organisations, are not taken in."
            )
            plain.show(plain.element("p", f"{session_words.chatham_house()} {told}", css="kb-quiet"))
        st.text_area(_("Notes"), key=f"{key}_text", height=220)
        suffixes = [suffix.removeprefix(".") for suffix in uploads.SUFFIXES]
        st.file_uploader(_("… or a file with them"), type=suffixes, key=f"{key}_file", max_upload_size=20)
        with st.grid(min_column_width=220, gap="small"):
            st.text_input(_("Title (optional)"), key=f"{key}_title", placeholder=session.title, max_chars=300)
            codes = list(session.planned.languages)
            st.selectbox(_("Language"), codes, key=f"{key}_language", format_func=words.language)
            st.selectbox(_("Visible to"), list(Visibility), index=1, key=f"{key}_visibility", format_func=_visibility)
        if session.planned.chatham_house:
            naming.ask(key, _("If they name who was there: why they may (optional)"))
        st.form_submit_button(
            _("Add the notes"), type="primary", icon=":material/note_add:", on_click=acting.do, args=(_add, session.id, key)
        )


def _add(session: str, key: str) -> str:
    said, kb, actor = st.session_state, state.kb(), state.actor()
    file = said[f"{key}_file"]
    text = str(said[f"{key}_text"])
    if file is not None:
        text = "\n\n".join(filter(None, (text.strip(), notes.text_of(kb, file.name, file.getvalue(), actor=actor))))
    taken = notes.take_in(
        kb, session, text, title=said[f"{key}_title"], language=said[f"{key}_language"] or "", visibility=said[f"{key}_visibility"],
        despite=naming.said(key), actor=actor,
    )  # fmt: skip
    said[_ROUND] += 1
    return _("The notes are being read in; search finds them in a moment.") if taken.job else _("The notes are kept.")


def _visibility(value: Visibility) -> str:
    return _(words.VISIBILITIES[value])
