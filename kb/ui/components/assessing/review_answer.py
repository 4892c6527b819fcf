"""What a reviewer is asked, and the widgets that take the answer."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.review import MAX_REASON_CHARS, Answer, Confidence, GateAnswer, GateVerdict, Rating
from kb.peers.assessment.rubric import Rubric
from kb.services.assessing import pinning
from kb.services.assessing.reviewing import Desk
from kb.ui import assessing_words, plain, reviewing, state
from kb.ui.assessing_words import named
from kb.ui.components.assessing import anchors, pin_list
from kb.ui.i18n import _, current


def show_question(desk: Desk, item: str) -> None:
    """Draw what is asked."""
    rubric = desk.rubric
    is_gate = item in rubric.gate_names
    asked = rubric.gate(item) if is_gate else rubric.criterion(item)
    kind = _("Gate") if is_gate else assessing_words.text(rubric.tier_of(item).title)
    language, question = asked.question.best(current())
    with st.container(key="asked"):
        plain.show(
            plain.element("p", kind, css="kb-quiet"),
            plain.element("h2", assessing_words.text(asked.title), css="kb-heading"),
            plain.element("p", question, css="kb-question", language=language),
        )


def show(desk: Desk, item: str) -> None:
    """Draw the widgets of an answer, with what was said so far."""
    said = reviewing.answer_of(desk, item)
    if isinstance(said, Answer):
        _show_score(desk, item, said)
        anchors.show(desk.rubric.criterion(item), said.score)
    else:
        _show_verdict(item, said)
    _show_reason(item, said)
    if isinstance(said, Answer) and said.rating is Rating.SCORED:
        _show_confidence(item, said)
    _show_pins(desk, item, said)


def chosen(answer: Answer) -> str | None:
    """An answer as an option of the scale."""
    if answer.rating is Rating.SCORED:
        return None if answer.score is None else f"{answer.score:g}"
    return answer.rating.value if answer.rating else None


def spelled(option: str) -> str:
    """An option of the scale in words."""
    return named(assessing_words.RATINGS, option) if option in tuple(Rating) else assessing_words.score(float(option))


def options(rubric: Rubric) -> list[str]:
    """Every score, then the two answers that are none."""
    return [*(f"{level:g}" for level in rubric.levels()), Rating.NOT_ASSESSABLE.value, Rating.UNKNOWN.value]


def _show_score(desk: Desk, item: str, said: Answer) -> None:
    key = reviewing.bound(item, "score", chosen(said))
    st.segmented_control(
        _("Score"), options(desk.rubric), key=key, format_func=spelled, wrap=True, on_change=reviewing.note_score, args=(item, key),
        help=_("Not assessable: nobody could tell from what there is. I cannot tell: somebody else might. Neither counts as 0."),
    )  # fmt: skip


def _show_verdict(item: str, said: GateAnswer) -> None:
    key = reviewing.bound(item, "verdict", said.verdict.value if said.verdict else None)
    st.segmented_control(
        _("Answer"), [each.value for each in GateVerdict], key=key, on_change=reviewing.note, args=(item, "verdict", key),
        format_func=lambda value: named(assessing_words.VERDICTS, value),
    )  # fmt: skip


def _show_reason(item: str, said: Answer | GateAnswer) -> None:
    key = reviewing.bound(item, "reason", said.reason)
    st.text_area(
        _("Reason"), key=key, height=150, max_chars=MAX_REASON_CHARS, on_change=reviewing.note, args=(item, "reason", key),
        placeholder=_("What do the documents say, and what do they leave open?"),
    )  # fmt: skip


def _show_confidence(item: str, said: Answer) -> None:
    key = reviewing.bound(item, "confidence", said.confidence.value if said.confidence else None)
    st.segmented_control(
        _("How sure are you of this score?"), [each.value for each in Confidence], key=key,
        format_func=lambda value: named(assessing_words.CONFIDENCES, value),
        on_change=reviewing.note, args=(item, "confidence", key),
    )  # fmt: skip


def _show_pins(desk: Desk, item: str, said: Answer | GateAnswer) -> None:
    st.subheader(_("Your passages"), anchor=False)
    if said.pins:
        now = pinning.pinned(state.kb(), said.pins, actor=state.actor(), own=True)
        pin_list.show(now, f"{desk.assessment.id}_{item}", remove=lambda at: (reviewing.unpin, (item, at)))
        return
    st.markdown(_("None yet. Pin a passage that speaks for a good answer or against it."))
    if isinstance(said, Answer):
        key = reviewing.bound(item, "none", said.none_found)
        st.checkbox(
            _("I looked, and no passage tells"), key=key, on_change=reviewing.note, args=(item, "none_found", key),
        )  # fmt: skip
