"""An answer as it was given: to be read, not to be changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.assessment.review import MAX_QUOTE_CHARS, Answer, GateAnswer, Rating
from kb.services.assessing import pinning
from kb.services.assessing.evidence_now import PinNow
from kb.services.assessing.reviewing import Desk
from kb.ui import assessing_words, plain, reviewing, state
from kb.ui.assessing_words import named
from kb.ui.components.assessing import anchors, pin_list
from kb.ui.i18n import _


def show_own(desk: Desk, item: str) -> None:
    """Draw the acting member's own answer, with the scale."""
    said = reviewing.answer_of(desk, item)
    pins = pinning.pinned(state.kb(), said.pins, actor=state.actor(), own=True)
    show(said, pins, f"own_{item}")
    if isinstance(said, Answer):
        anchors.show(desk.rubric.criterion(item), said.score)


def show(
    said: Answer | GateAnswer, pins: Sequence[PinNow], key: str, *, is_withdrawn: bool = False, longest: int = MAX_QUOTE_CHARS
) -> None:
    """Draw an answer.

    Args:
        pins: where its passages stand now.
        key: no other answer on the page has it.
        is_withdrawn: its reviewer took the score back.
        longest: so many characters of each passage are shown.
    """
    plain.show(f'<p class="kb-given">{plain.element("strong", in_short(said))}{_beside(said, is_withdrawn)}</p>')
    plain.show(*(plain.element("p", part, css="kb-reason") for part in said.reason.split("\n\n") if part.strip()))
    if pins:
        pin_list.show(pins, key, longest=longest)
    elif isinstance(said, Answer) and said.rating is Rating.SCORED:
        told = _("Looked for passages and found none") if said.none_found else _("Without a passage")
        plain.show(plain.element("p", told, css="kb-quiet"))


def in_short(said: Answer | GateAnswer) -> str:
    """Score, rating or verdict in a word."""
    if isinstance(said, GateAnswer):
        return named(assessing_words.VERDICTS, said.verdict) if said.verdict else _("No answer")
    if said.rating is Rating.SCORED:
        return assessing_words.score(said.score)
    return named(assessing_words.RATINGS, said.rating) if said.rating else _("No answer")


def _beside(said: Answer | GateAnswer, is_withdrawn: bool) -> str:
    parts = []
    if isinstance(said, Answer) and said.confidence and said.rating is Rating.SCORED:
        parts.append(named(assessing_words.CONFIDENCES, said.confidence))
    if is_withdrawn:
        parts.append(_("taken back, since its evidence changed"))
    return plain.element("span", " · ".join(parts), css="kb-quiet") if parts else ""


def show_comment(comment: str) -> None:
    """Draw what is said to the practice as a whole."""
    st.header(_("Comment"), anchor=False)
    if comment:
        plain.show(*(plain.element("p", part, css="kb-reason") for part in comment.split("\n\n") if part.strip()))
    else:
        plain.show(plain.element("p", _("None"), css="kb-quiet"))
