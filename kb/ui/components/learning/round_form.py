"""The form in which facilitators write a question round, before it is sent; questions are added and taken out one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.round import Round
from kb.peers.learning.round_bodies import MAX_QUESTIONS
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.learning import rounds
from kb.ui import acting, answering, state, words
from kb.ui.components.learning import round_names
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _, current

_STATE, _FORMS = "_round_form", "_round_forms"  # session keys; the second counts, so that no key of a widget comes twice


@dataclass
class Form:
    """What is being written in this tab.

    Attributes:
        round_id: empty for a new one.
        base: how many events the round had when the form was opened.
        number: part of the widgets' keys.
        keys: of the questions, in order, by row; empty for one that is new.
        next_row: number of the row that is added next.
    """

    round_id: str
    base: int
    number: int
    keys: dict[int, str] = field(default_factory=dict)
    next_row: int = 0


def show(found: Round | None) -> None:
    """Draw the form of a round, or of a new one."""
    form = _opened(found)
    if found is None:
        st.title(_("New question round"), anchor=False)
    with st.container(border=True, gap="small", key="round_form"):
        _show_what(form)
        st.header(_("Guiding questions"), anchor=False)
        for at, row in enumerate(form.keys, start=1):
            _show_row(form, row, at)
        st.button(
            _("Add a question"), key=_key(form, "add"), icon=":material/add:", on_click=_add,
            disabled=len(form.keys) >= MAX_QUESTIONS,
        )  # fmt: skip
        _show_for_whom(form)
        st.button(_("Save"), key=_key(form, "save"), type="primary", icon=":material/save:", on_click=acting.do, args=(_save,))
        st.caption(_("Only facilitators see it before it is sent."))


def _show_what(form: Form) -> None:
    st.text_input(_("Title"), key=_key(form, "title"), max_chars=MAX_LINE_CHARS)
    with st.grid(min_column_width=240, gap="small"):
        st.text_input(_("Axis"), key=_key(form, "axis"), max_chars=MAX_LINE_CHARS, placeholder=_("The line along which you ask"))
        st.text_input(_("Cases due by"), key=_key(form, "due"), max_chars=10, placeholder="2026-12-31")
        st.selectbox(_("Language of the questions"), language_codes(), key=_key(form, "language"), format_func=words.language)
    st.text_area(
        _("Introduction"), key=_key(form, "intro"), max_chars=MAX_WORDS_CHARS, height=90,
        placeholder=_("What partners should know before they answer"),
    )  # fmt: skip


def _show_row(form: Form, row: int, at: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=_key(form, f"row{row}")):
        asked = _("Question {n}").format(n=words.number(at))
        st.text_area(asked, key=_key(form, f"text{row}"), max_chars=MAX_WORDS_CHARS, height=68)
        st.button(
            _("Take question {n} out").format(n=words.number(at)), key=_key(form, f"out{row}"), type="tertiary",
            icon=":material/close:", on_click=_take_out, args=(row,), disabled=len(form.keys) == 1,
        )  # fmt: skip


def _show_for_whom(form: Form) -> None:
    with st.grid(min_column_width=240, gap="small"):
        _choose(form, "partnership", _("Partnership"), round_names.partnership_titles())
        _choose(form, "session", _("Session that talks about the answers"), round_names.session_titles())
    asked = _key(form, "asked")
    options = list(
        dict.fromkeys([*round_names.organisations(st.session_state[_key(form, "partnership")] or ""), *st.session_state[asked]])
    )
    st.multiselect(
        _("Organisations that are asked"), options, key=asked, accept_new_options=True, placeholder=_("Everybody"),
        help=_("The brief names those of them that gave no case."),
    )  # fmt: skip


def _choose(form: Form, name: str, label: str, named: Mapping[str, str]) -> None:
    key = _key(form, name)
    chosen = st.session_state[key]
    all_ = {**named, **({chosen: chosen} if chosen and chosen not in named else {})}
    st.selectbox(label, list(all_), key=key, index=None, format_func=all_.__getitem__, placeholder=_("None"))


def _opened(found: Round | None) -> Form:
    """The form of this round; a new one begins with what the round says."""
    wanted = found.id if found else ""
    form = st.session_state.get(_STATE)
    if not isinstance(form, Form) or form.round_id != wanted:
        st.session_state[_FORMS] = st.session_state.get(_FORMS, -1) + 1
        form = Form(wanted, len(found.happened) if found else 0, st.session_state[_FORMS])
        st.session_state[_STATE] = form
        _fill(form, found)
    for name in ("title", "axis", "due", "intro", "language", "partnership", "session", "asked"):
        st.session_state.setdefault(_key(form, name), _begins(found, name))
    return form


def _fill(form: Form, found: Round | None) -> None:
    for each in found.drafted.questions if found else ():
        st.session_state[_key(form, f"text{form.next_row}")] = each.text
        _add_row(form, each.key)
    if found is None:
        _add_row(form, "")


def _begins(found: Round | None, name: str) -> object:
    if found is None:
        return {"asked": [], "language": current(), "partnership": None, "session": None}.get(name, "")
    value = getattr(found.drafted, name)
    return list(value) if name == "asked" else value or (None if name in ("partnership", "session") else "")


def _add() -> None:
    _add_row(st.session_state[_STATE], "")


def _take_out(row: int) -> None:
    st.session_state[_STATE].keys.pop(row, None)


def _add_row(form: Form, key: str) -> None:
    form.keys[form.next_row] = key
    form.next_row += 1


def _key(form: Form, name: str) -> str:
    return f"rv_round{form.number}_{name}"


def _save() -> str:
    form: Form = st.session_state[_STATE]
    said = {name: st.session_state.get(_key(form, name)) or "" for name in ("axis", "due", "intro", "partnership", "session")}
    texts = [{"key": key, "text": st.session_state.get(_key(form, f"text{row}"), "")} for row, key in form.keys.items()]
    title, language = st.session_state[_key(form, "title")], st.session_state[_key(form, "language")]
    asked = st.session_state[_key(form, "asked")]
    said["due"] = said["due"].strip()
    kb, actor = state.kb(), state.actor()
    if form.round_id:
        changes: dict[str, object] = {**said, "title": title, "questions": texts, "asked": asked, "language": language}
        made = rounds.revise(kb, form.round_id, changes, base=form.base, actor=actor)
    else:
        made = rounds.draft(kb, title, questions=texts, asked=asked, language=language, actor=actor, **said)
    st.session_state.pop(_STATE, None)
    st.session_state[answering.ROUND] = made.id
    return _("Saved. Send it when it is ready.")
