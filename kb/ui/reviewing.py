"""The review that this tab writes: which version of the draft it knows, and how each change is kept at once."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.peers.assessment.review import Answer, GateAnswer, Pin, Rating, Stance
from kb.retrieval.passage import PassageId
from kb.retrieval.sentences import Span
from kb.services.assessing import pinning, reviewing
from kb.services.assessing.reviewing import Desk
from kb.ui import acting, state
from kb.ui.drafting import Tab
from kb.ui.i18n import _

_TAB: Tab[str] = Tab("reviewing", "rv_")
writing, reopen = _TAB.writing, _TAB.reopen


def desk(assessment_id: str) -> Desk:
    """What the acting member works on, as it is kept now.

    Raises:
        NotFound: if there is no such assessment.
        PermissionDenied: if the member has no seat on its panel.
    """
    now = reviewing.desk(state.kb(), assessment_id, actor=state.actor())
    held = _TAB.write(assessment_id, state.actor().name, now.version)
    held.is_behind = held.is_behind and not now.is_submitted
    return now


def bound(item: str, field: str, value: object) -> str:
    """The key of a widget that begins with ``value``."""
    return _TAB.bound(item, field, value=value)


def answer_of(desk: Desk, item: str) -> Answer | GateAnswer:
    """What is said to a gate or criterion so far."""
    if item in desk.rubric.gate_names:
        return desk.review.gates.get(item, GateAnswer())
    return desk.review.answers.get(item, Answer())


def note(item: str, field: str, key: str) -> None:
    """For ``on_change``: keep what a widget says, under the name of the value."""
    acting.do(_put, item, {field: st.session_state[key]})


def note_score(item: str, key: str) -> None:
    """For ``on_change`` of the scale, whose options are scores and ratings without one."""
    chosen = st.session_state[key]
    if chosen is None:
        acting.do(_put, item, {"rating": None, "score": None})
    elif chosen in tuple(Rating):
        acting.do(_put, item, {"rating": Rating(chosen), "score": None, "confidence": None})
    else:
        acting.do(_put, item, {"rating": Rating.SCORED, "score": float(chosen)})


def note_comment(comment_key: str, language_key: str) -> None:
    """For ``on_change`` of what is said to the whole."""
    acting.do(_put_comment, st.session_state.get(comment_key) or "", st.session_state.get(language_key) or "")


def pin(item: str, passage: PassageId, sentence: Span | None, stance: Stance) -> None:
    """For a button: put a passage beside the answer."""
    acting.do(_pin, item, passage, sentence, stance)


def unpin(item: str, at: int) -> None:
    """For a button: take it away again."""
    acting.do(_unpin, item, at)


def submit() -> None:
    """For a button: hand the review in."""
    acting.do(_submit)


def _put(item: str, values: dict[str, Any]) -> str:
    held = writing()
    now = reviewing.desk(state.kb(), held.about, actor=state.actor())
    said = {**dict(answer_of(now, item)), **values}
    if said["pins"] and "none_found" in said:
        said["none_found"] = False
    kept = reviewing.keep_answer(state.kb(), held.about, item, said, version=held.version, actor=state.actor())
    held.version = kept.version
    return ""  # the page shows it


def _put_comment(comment: str, language: str) -> str:
    held = writing()
    kept = reviewing.keep_comment(state.kb(), held.about, comment, version=held.version, actor=state.actor(), language=language)
    held.version = kept.version
    return ""


def _pin(item: str, passage: PassageId, sentence: Span | None, stance: Stance) -> str:
    made = pinning.pin(state.kb(), writing().about, passage, sentence=sentence, stance=stance, actor=state.actor())
    return _put(item, {"pins": (*_pins(item), made)})


def _unpin(item: str, at: int) -> str:
    return _put(item, {"pins": tuple(each for place, each in enumerate(_pins(item)) if place != at)})


def _pins(item: str) -> tuple[Pin, ...]:
    now = reviewing.desk(state.kb(), writing().about, actor=state.actor())
    return answer_of(now, item).pins


def _submit() -> str:
    held = writing()
    reviewing.submit(state.kb(), held.about, version=held.version, actor=state.actor())
    return _("Your review is submitted. Thank you.")
