"""The end of an assessment: what still keeps it from being concluded, and concluding it."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.outcome import Outcome
from kb.peers.assessment.state import Stage
from kb.services.assessing import concluding
from kb.services.assessing.reconciling import Sides
from kb.services.assessing.viewing import AssessmentView
from kb.ui import acting, assessing_words, plain, state, words
from kb.ui.components import section
from kb.ui.i18n import _


def show(view: AssessmentView, sides: Sides) -> None:
    """Draw it; of an assessment that is concluded, that it is."""
    section.head("conclude", _("Conclude"))
    if view.assessment.stage is Stage.CONCLUDED:
        time = words.moment(view.assessment.ended_at_utc)
        st.success(_("Concluded on {time}. The result stays as it is.").format(time=time), icon=":material/check_circle:")
    elif "conclude" in view.may and view.outcome is not None:
        label = assessing_words.label(view.rubric, view.outcome.label)
        told = _("The result will be “{label}”. It is never changed any more; a later assessment may come to another.")
        plain.show(plain.element("p", told.format(label=label), css="kb-reason"))
        with st.popover(_("Conclude"), key="conclude_open", type="primary", icon=":material/gavel:"):
            st.markdown(_("All who may see the practice will see the result."))
            st.button(
                _("Conclude it now"), key="conclude_now", type="primary", on_click=acting.do,
                args=(_conclude, view.assessment.id, view.outcome),
            )  # fmt: skip
    else:
        for sentence in _lacking(view, sides):
            plain.show(plain.element("p", sentence, css="kb-reason"))


def _lacking(view: AssessmentView, sides: Sides) -> list[str]:
    """Why it cannot be concluded here and now."""
    if view.assessment.stage is Stage.CANCELLED:
        return [_("This assessment was cancelled.")]
    found = []
    if items := [assessing_words.item(view.rubric, each.item) for each in sides.items if each.has_to_be_settled]:
        found.append(_("To be settled before: {items}.").format(items=words.listed(items)))
    if awaited := [seat.member for seat in view.assessment.awaited]:
        found.append(_("Reviews are awaited of {names}.").format(names=words.listed(awaited)))
    if view.assessment.stage is Stage.REPLYING:
        found.append(_("The owner’s reply is not closed yet."))
    return found or [_("A facilitator concludes it.")]


def _conclude(assessment_id: str, seen: Outcome) -> str:
    concluding.conclude(state.kb(), assessment_id, actor=state.actor(), seen=seen)
    return _("The assessment is concluded.")
