"""The judgement that this tab writes: which version of the draft it knows, and how each change is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from kb.peers.assessment.review import Pin, Stance
from kb.peers.transfer.judgement import Adaptation, CriterionAnswer, Evidenced
from kb.retrieval.passage import PassageId
from kb.retrieval.sentences import Span
from kb.services.transferring import evidence, judging
from kb.services.transferring.judging import PINS, Desk
from kb.ui import acting, state
from kb.ui.drafting import Tab
from kb.ui.i18n import _

UNKNOWN = "unknown"  # an option of the scale, besides the values
NONE_IN = {Evidenced.SOURCE: "none_in_source", Evidenced.TARGET: "none_in_target"}
_TAB: Tab[str] = Tab("transferring", "rv_t")
writing, reopen = _TAB.writing, _TAB.reopen


def desk(test_id: str) -> Desk:
    """What the acting member works on, as it is kept now.

    Raises:
        NotFound: if there is no such test.
        PermissionDenied: if the member takes no part in it.
    """
    now = judging.desk(state.kb(), test_id, actor=state.actor())
    _TAB.write(test_id, state.actor().name, now.version)
    return now


def bound(item: str, field: str, value: object) -> str:
    """The key of a widget that begins with ``value``."""
    return _TAB.bound(item, field, value=value)


def answer_of(desk: Desk, criterion: str) -> CriterionAnswer:
    """What is said to a criterion so far."""
    return desk.judgement.answers.get(criterion, CriterionAnswer())


def option(answer: CriterionAnswer) -> str | None:
    """An answer as an option of the scale."""
    if answer.is_unknown:
        return UNKNOWN
    return None if answer.value is None else str(answer.value)


def note(criterion: str, field: str, key: str) -> None:
    """For ``on_change``: keep what a widget says, under the name of the value."""
    acting.do(_put, criterion, {field: st.session_state[key]})


def note_value(criterion: str, key: str) -> None:
    """For ``on_change`` of the scale, whose options are values and that it is unknown."""
    chosen = st.session_state[key]
    if chosen is None:
        acting.do(_put, criterion, {"value": None, "is_unknown": False})
    elif chosen == UNKNOWN:
        acting.do(_put, criterion, {"value": None, "is_unknown": True, "confidence": None})
    else:
        acting.do(_put, criterion, {"value": int(chosen), "is_unknown": False})


def note_lines(field: str, key: str, before: Sequence[str] = ()) -> None:
    """For ``on_change`` of a text with one point a line.

    Args:
        before: points that are chosen elsewhere, and come first.
    """
    lines = [line.strip() for line in str(st.session_state[key]).splitlines()]
    acting.do(_put_overall, {field: [*before, *(line for line in lines if line)]})


def note_overall(field: str, key: str) -> None:
    """For ``on_change`` of what is said to the whole: a text, or a language."""
    acting.do(_put_overall, {field: st.session_state[key] or ""})


def choose(field: str, point: str, key: str) -> None:
    """For ``on_change`` of a box: a point of a list is in it or not."""
    acting.do(_choose, field, point, bool(st.session_state[key]))


def add_adaptation(element_key: str, how_key: str) -> None:
    """For a button: what would have to be different, and how."""
    acting.do(_add_adaptation, str(st.session_state[element_key]).strip(), str(st.session_state[how_key]).strip())


def remove_adaptation(at: int) -> None:
    """For a button: take it away again."""
    acting.do(_remove_adaptation, at)


def pin(criterion: str, side: Evidenced, passage: PassageId, sentence: Span | None, stance: Stance) -> None:
    """For a button: put a passage beside the answer, on the side whose documents hold it."""
    acting.do(_pin, criterion, side, passage, sentence, stance)


def unpin(criterion: str, side: Evidenced, at: int) -> None:
    """For a button: take it away again."""
    acting.do(_unpin, criterion, side, at)


def hand_in() -> None:
    """For a button: hand the judgement in."""
    acting.do(_hand_in)


def _now() -> Desk:
    return judging.desk(state.kb(), writing().about, actor=state.actor())


def _kept(keep: Callable[..., Desk], *args: object) -> str:
    held = writing()
    held.version = keep(state.kb(), held.about, *args, version=held.version, actor=state.actor()).version
    return ""  # the page shows it


def _put(criterion: str, values: dict[str, Any]) -> str:
    said = {**dict(answer_of(_now(), criterion)), **values}
    for side, field in PINS.items():
        if said[field] and NONE_IN[side] not in values:
            said[NONE_IN[side]] = False
    return _kept(judging.keep_answer, criterion, said)


def _put_overall(values: dict[str, Any]) -> str:
    return _kept(judging.keep_overall, values)


def _choose(field: str, point: str, is_in: bool) -> str:
    others = [each for each in getattr(_now().judgement, field) if each != point]
    return _put_overall({field: [*others, point] if is_in else others})


def _add_adaptation(element: str, how: str) -> str:
    made = [each.model_dump() for each in _now().judgement.adaptations]
    return _put_overall({"adaptations": [*made, {"element": element, "how": how}]})


def _remove_adaptation(at: int) -> str:
    left: list[Adaptation] = [each for place, each in enumerate(_now().judgement.adaptations) if place != at]
    return _put_overall({"adaptations": [each.model_dump() for each in left]})


def _pin(criterion: str, side: Evidenced, passage: PassageId, sentence: Span | None, stance: Stance) -> str:
    test, actor = writing().about, state.actor()
    made = evidence.pin(state.kb(), test, passage, side=side, sentence=sentence, stance=stance, actor=actor)
    return _put(criterion, {PINS[side]: (*_pins(criterion, side), made)})


def _unpin(criterion: str, side: Evidenced, at: int) -> str:
    return _put(criterion, {PINS[side]: tuple(each for place, each in enumerate(_pins(criterion, side)) if place != at)})


def _pins(criterion: str, side: Evidenced) -> tuple[Pin, ...]:
    pins: tuple[Pin, ...] = getattr(answer_of(_now(), criterion), PINS[side])
    return pins


def _hand_in() -> str:
    held = writing()
    judging.hand_in(state.kb(), held.about, version=held.version, actor=state.actor())
    reopen()
    return _("Your judgement is handed in. Thank you. You may change it until the test is concluded.")
