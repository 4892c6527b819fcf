"""The case that this tab writes in a question round: which version of the draft it knows, and how each change is kept at once."""

from __future__ import annotations

import streamlit as st

from kb.retrieval.passage import PassageId
from kb.retrieval.sentences import Span
from kb.services.learning import answering, round_evidence
from kb.services.learning.answering import CaseDesk
from kb.ui import acting, state
from kb.ui.drafting import Tab
from kb.ui.i18n import _, current

NEW = "new"  # in the address: a case that is not submitted yet
ROUND, CASE, QUESTION = "round", "r_case", "r_q"  # URL parameters and session keys
_TAB: Tab[tuple[str, int]] = Tab("answering", "rv_case")
writing, reopen = _TAB.writing, _TAB.reopen


def case_of(said: str) -> int:
    """The number of the case that the address names; 0 for a new one."""
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def desk(round_id: str, case: int) -> CaseDesk:
    """What the acting member works on, as it is kept now.

    Raises:
        NotFound: if there is no such round, or no such case of the member's in it.
    """
    now = answering.desk(state.kb(), round_id, actor=state.actor(), case=case)
    _TAB.write((round_id, case), state.actor().name, now.version)
    return now


def bound(field: str, value: object) -> str:
    """The key of a widget that begins with ``value``."""
    return _TAB.bound(field, value=value)


def note(field: str, key: str) -> None:
    """For ``on_change``: keep what a widget says, under the name of the value."""
    acting.do(_put, {field: st.session_state[key] or ""})


def note_practice(key: str) -> None:
    """For ``on_change``: the practice; a case without a title is called as it is."""
    acting.do(_put_practice, st.session_state[key] or "")


def note_answer(question: str, key: str) -> None:
    """For ``on_change``: keep the answer to a question."""
    acting.do(_put, {"answers": {question: st.session_state[key]}})


def pin(question: str, passage: PassageId, sentence: Span | None) -> None:
    """For a button: put a passage beside the answer."""
    acting.do(_pin, question, passage, sentence)


def unpin(question: str, at: int) -> None:
    """For a button: take it away again."""
    acting.do(_unpin, question, at)


def submit() -> None:
    """For a button: give the case to everybody."""
    acting.do(_submit)


def leave() -> None:
    """For a button: back to the round as a whole."""
    st.session_state.update({CASE: "", QUESTION: ""})


def _now() -> CaseDesk:
    round_id, case = writing().about
    return answering.desk(state.kb(), round_id, actor=state.actor(), case=case)


def _put(values: dict[str, object]) -> str:
    held = writing()
    round_id, case = held.about
    kept = answering.keep(state.kb(), round_id, values, version=held.version, actor=state.actor(), case=case)
    held.version = kept.version
    return ""  # the page shows it


def _put_practice(practice: str) -> str:
    values: dict[str, object] = {"practice": practice}
    if practice and not _now().draft.title:
        values["title"] = answering.title_of(state.kb(), practice, actor=state.actor(), language=current())
        st.session_state[_TAB.key("title")] = values["title"]
    return _put(values)


def _pin(question: str, passage: PassageId, sentence: Span | None) -> str:
    made = round_evidence.pin(state.kb(), passage, sentence=sentence, actor=state.actor())
    return _put({"pins": {question: (*_now().draft.pins.get(question, ()), made)}})


def _unpin(question: str, at: int) -> str:
    pins = _now().draft.pins.get(question, ())
    return _put({"pins": {question: tuple(each for place, each in enumerate(pins) if place != at)}})


def _submit() -> str:
    round_id, case = writing().about
    answering.submit(state.kb(), round_id, version=writing().version, actor=state.actor(), case=case)
    reopen()
    leave()
    return _("Your case is submitted. Thank you. You may answer anew until the round is closed.")
