"""The case that this tab writes in a question round: which version of the draft it knows, and how each change is kept at once.

The draft is the truth. Widgets begin with what it says; those that are not drawn lose their values and get them back from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from kb.retrieval.passage import PassageId
from kb.retrieval.sentences import Span
from kb.services.learning import answering, round_evidence
from kb.services.learning.answering import CaseDesk
from kb.ui import acting, state
from kb.ui.i18n import _, current

NEW = "new"  # in the address: a case that is not submitted yet
ROUND, CASE, QUESTION = "round", "r_case", "r_q"  # URL parameters and session keys
_STATE, _OPENINGS = "_answering", "_answering_n"  # session keys; the second counts, so that no key of a widget comes twice


@dataclass
class Writing:
    """One case in one tab.

    Attributes:
        case: its number; 0: a new one.
        member: whose case it is.
        version: of the draft that this tab has seen; what it keeps next has to follow it.
        opening: part of the widgets' keys; a new one gives them all new values.
        is_behind: another window of the member keeps the draft now.
    """

    round_id: str
    case: int
    member: str
    version: int
    opening: int
    is_behind: bool = False


def case_of(said: str) -> int:
    """The number of the case that the address names; 0 for a new one."""
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def desk(round_id: str, case: int) -> CaseDesk:
    """What the acting member works on, as it is kept now.

    Raises:
        NotFound: if there is no such round, or no such case of the member's in it.
    """
    now = answering.desk(state.kb(), round_id, actor=state.actor(), case=case)
    held = st.session_state.get(_STATE)
    wanted = (round_id, case, state.actor().name)
    if not isinstance(held, Writing) or (held.round_id, held.case, held.member) != wanted:
        st.session_state[_OPENINGS] = st.session_state.get(_OPENINGS, -1) + 1
        held = Writing(*wanted, now.version, st.session_state[_OPENINGS])
        st.session_state[_STATE] = held
    held.is_behind = now.version != held.version
    return now


def writing() -> Writing:
    """What this tab holds, after :func:`desk`."""
    held: Writing = st.session_state[_STATE]
    return held


def reopen() -> None:
    """For a button: go on from what another window kept."""
    st.session_state.pop(_STATE, None)


def bound(field: str, value: object) -> str:
    """The key of a widget that begins with ``value``."""
    key = f"rv_case{writing().opening}_{field}"
    if key not in st.session_state:
        st.session_state[key] = value
    return key


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
    held = writing()
    return answering.desk(state.kb(), held.round_id, actor=state.actor(), case=held.case)


def _put(values: dict[str, object]) -> str:
    held = writing()
    kept = answering.keep(state.kb(), held.round_id, values, version=held.version, actor=state.actor(), case=held.case)
    held.version = kept.version
    return ""  # the page shows it


def _put_practice(practice: str) -> str:
    values: dict[str, object] = {"practice": practice}
    if practice and not _now().draft.title:
        values["title"] = answering.title_of(state.kb(), practice, actor=state.actor(), language=current())
        st.session_state[f"rv_case{writing().opening}_title"] = values["title"]
    return _put(values)


def _pin(question: str, passage: PassageId, sentence: Span | None) -> str:
    made = round_evidence.pin(state.kb(), passage, sentence=sentence, actor=state.actor())
    return _put({"pins": {question: (*_now().draft.pins.get(question, ()), made)}})


def _unpin(question: str, at: int) -> str:
    pins = _now().draft.pins.get(question, ())
    return _put({"pins": {question: tuple(each for place, each in enumerate(pins) if place != at)}})


def _submit() -> str:
    held = writing()
    answering.submit(state.kb(), held.round_id, version=held.version, actor=state.actor(), case=held.case)
    reopen()
    leave()
    return _("Your case is submitted. Thank you. You may answer anew until the round is closed.")
