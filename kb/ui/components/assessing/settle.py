"""What a panel agreed on for a gate or criterion, who wrote it down, and the form for it."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.events import Settled
from kb.peers.assessment.review import MAX_REASON_CHARS, GateVerdict, Rating
from kb.services.assessing import reconciling
from kb.services.assessing.reconciling import ItemSides
from kb.services.assessing.viewing import AssessmentView
from kb.ui import acting, assessing_words, plain, state, words
from kb.ui.assessing_words import named
from kb.ui.components.assessing import review_answer
from kb.ui.i18n import _


def in_short(settled: Settled) -> str:
    """Score, rating or verdict in a word."""
    if settled.verdict:
        return named(assessing_words.VERDICTS, settled.verdict)
    if settled.rating is Rating.SCORED:
        return assessing_words.score(settled.score)
    return named(assessing_words.RATINGS, settled.rating) if settled.rating else "–"


def show(view: AssessmentView, each: ItemSides) -> None:
    """Draw what stands, and the form where the acting member may settle it."""
    if each.settled:
        _show_settled(each)
    if "settle" in view.may:
        _show_form(view, each)


def _show_settled(each: ItemSides) -> None:
    stands = each.settled
    if stands is None:
        return
    agreed = plain.element("span", _("agreed on"))
    who = _("{member} · {time}").format(member=stands.member, time=words.moment(stands.at_utc))
    plain.show(
        '<div class="kb-settled">',
        f'<p class="kb-given">{plain.element("strong", in_short(stands.settled))}{agreed}</p>',
        *(plain.element("p", part, css="kb-reason") for part in stands.settled.reason.split("\n\n") if part.strip()),
        plain.element("p", who, css="kb-quiet"),
        "</div>",
    )


def _show_form(view: AssessmentView, each: ItemSides) -> None:
    label = _("Change what was agreed on") if each.settled else _("Write down what you agree on")
    key = f"settle_{view.assessment.id}_{each.item}_{view.assessment.n_events}"  # a new one empties the form
    if each.settled or not each.spread.is_wide:
        with st.popover(label, key=f"tool_settle_{each.item}", icon=":material/handshake:", type="tertiary"):
            _show_fields(view, each, key)
    else:
        plain.show(plain.element("h4", label, css="kb-who"))
        _show_fields(view, each, key)


def _show_fields(view: AssessmentView, each: ItemSides, key: str) -> None:
    with st.form(f"{key}_form", border=False):
        if each.is_gate:
            st.segmented_control(
                _("Answer"), [verdict.value for verdict in GateVerdict], key=f"{key}_said",
                format_func=lambda value: named(assessing_words.VERDICTS, value),
            )  # fmt: skip
        else:
            st.segmented_control(
                _("Score"), review_answer.options(view.rubric), key=f"{key}_said", format_func=review_answer.spelled, wrap=True
            )
        st.text_area(
            _("Why"), key=f"{key}_why", height="content", max_chars=MAX_REASON_CHARS,
            placeholder=_("What you agree on, and what made you agree"),
        )  # fmt: skip
        st.form_submit_button(
            _("Settle"), type="primary", icon=":material/handshake:",
            on_click=acting.do, args=(_settle, view.assessment.id, each.item, each.is_gate, key),
        )  # fmt: skip


def _settle(assessment_id: str, item: str, is_gate: bool, key: str) -> str:
    said, reason = st.session_state[f"{key}_said"], st.session_state[f"{key}_why"]
    values: dict[str, object] = {}
    if is_gate:
        values["verdict"] = said
    elif said in tuple(Rating):
        values["rating"] = said
    elif said is not None:
        values |= {"rating": Rating.SCORED.value, "score": float(said)}
    reconciling.settle(state.kb(), assessment_id, item, reason=reason, actor=state.actor(), **values)  # type: ignore[arg-type]
    return _("Settled.")
