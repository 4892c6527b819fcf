"""What an assessor is asked, and the widgets that take the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kb.peers.assessment.review import MAX_REASON_CHARS, Confidence, Pin
from kb.peers.transfer.framework import VALUES, Criterion
from kb.peers.transfer.judgement import CriterionAnswer, Evidenced
from kb.services.assessing import pinning
from kb.services.transferring.judging import PINS, Desk
from kb.ui import assessing_words, plain, state, transferring
from kb.ui import transferring_words as told
from kb.ui.assessing_words import named
from kb.ui.components.assessing import pin_list
from kb.ui.components.transferring import anchors
from kb.ui.i18n import _, current
from kb.ui.transferring import NONE_IN, UNKNOWN


def show_question(desk: Desk, item: str) -> None:
    """Draw what is asked, and whether the practice rests on it."""
    asked = desk.framework.criterion(item)
    language, question = asked.question.best(current())
    kind = told.side(desk.framework, item)
    with st.container(key="asked"):
        plain.show(
            plain.element("p", kind, css="kb-quiet"),
            plain.element("h2", told.criterion(desk.framework, item), css="kb-heading"),
            plain.element("p", question, css="kb-question", language=language),
            plain.element("p", _("★ A key criterion: the practice rests on it."), css="kb-warned") if item in desk.test.key else "",
        )


def show(desk: Desk, item: str) -> None:
    """Draw the widgets of an answer, with what was said so far."""
    said, asked = transferring.answer_of(desk, item), desk.framework.criterion(item)
    _show_value(item, said)
    anchors.show(asked, said.known)
    _show_reason(item, said)
    if said.known is not None:
        _show_confidence(item, said)
    _show_pins(desk, asked, said)


def spelled(option: str) -> str:
    """An option of the scale in words."""
    return _("Unknown") if option == UNKNOWN else told.value(int(option))


def _show_value(item: str, said: CriterionAnswer) -> None:
    key = transferring.bound(item, "value", transferring.option(said))
    st.segmented_control(
        _("Value"), [*map(str, VALUES), UNKNOWN], key=key, format_func=spelled, wrap=True,
        on_change=transferring.note_value, args=(item, key),
        help=_("−2 stands in the way, 0 makes no difference, +2 helps much. Where documents are silent choose “Unknown”, not 0."),
    )  # fmt: skip


def _show_reason(item: str, said: CriterionAnswer) -> None:
    key = transferring.bound(item, "reason", said.reason)
    st.text_area(
        _("Reason"), key=key, height=130, max_chars=MAX_REASON_CHARS, on_change=transferring.note, args=(item, "reason", key),
        placeholder=_("What do the documents of both sides say, and what do they leave open?"),
    )  # fmt: skip


def _show_confidence(item: str, said: CriterionAnswer) -> None:
    key = transferring.bound(item, "confidence", said.confidence.value if said.confidence else None)
    st.segmented_control(
        _("How sure are you of this value?"), [each.value for each in Confidence], key=key,
        format_func=lambda value: named(assessing_words.CONFIDENCES, value),
        on_change=transferring.note, args=(item, "confidence", key),
    )  # fmt: skip


def _show_pins(desk: Desk, asked: Criterion, said: CriterionAnswer) -> None:
    """By side; a side of which the framework asks nothing is drawn only where something is pinned."""
    queries = {Evidenced.SOURCE: asked.source_query, Evidenced.TARGET: asked.target_query}
    st.subheader(_("Your passages"), anchor=False)
    for side in Evidenced:
        pins = getattr(said, PINS[side])
        if pins or queries[side] is not None:
            plain.show(plain.element("p", named(told.EVIDENCED, side), css="kb-event"))
        if pins:
            _show_pinned(desk, asked.name, side, pins)
        elif queries[side] is not None:
            field = NONE_IN[side]
            key = transferring.bound(asked.name, field, getattr(said, field))
            st.checkbox(_("I looked, and no passage tells"), key=key, on_change=transferring.note, args=(asked.name, field, key))


def _show_pinned(desk: Desk, criterion: str, side: Evidenced, pins: Sequence[Pin]) -> None:
    def remove(at: int) -> tuple[Callable[..., None], tuple[object, ...]]:
        return transferring.unpin, (criterion, side, at)

    now = pinning.pinned(state.kb(), pins, actor=state.actor(), own=True)
    pin_list.show(now, f"{desk.test.id}_{criterion}_{side.value}", remove=remove)
