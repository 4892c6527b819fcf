"""How far a practice is validated: four steps, each with who, when, on what evidence and until when; and the project's approval."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from kb.peers.ladder import MAX_WORDS_CHARS, Ground, Ladder, Rung, Step
from kb.services import laddering, taking_overviews
from kb.services.permission import Role
from kb.ui import acting, assessing_words, benchmark_words, hrefs, plain, state, words
from kb.ui.components import overview_downloads
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext

DAYS = 365  # that an approval stands, unless another date is written


def show(practice: str) -> None:
    """Draw the steps, the lowest first; for facilitators also what they can do."""
    found = laddering.ladder(state.kb(), practice, actor=state.actor())
    plain.show(plain.element("h3", _("How far it is validated"), css="kb-heading"))
    headers = [_("Step"), _("State"), _("By whom"), _("On what evidence"), _("Until")]
    caption = _("Now: {step}. Each step stands on its own grounds.").format(step=benchmark_words.rung(found.current))
    with st.container(key="beside_ladder"):
        plain.table(caption, headers, [_row(found, each) for each in found.steps], as_cards=True)
    overview_downloads.show(taking_overviews.export_ladder, "ladder", practice)
    if Role.FACILITATOR in state.actor().roles:
        with st.container(horizontal=True, gap="small", key="tool_ladder"):
            _show_approval(found)
            _show_withdrawal(found)


def _row(found: Ladder, step: Step) -> list[str]:
    name, ground = benchmark_words.rung(step.status), step.ground
    first = f"<strong>{plain.cell(name)}</strong>" if step.status is found.current else plain.cell(name)
    if ground is None:
        return [first, plain.cell(_("Not reached")), "", "", ""]
    until = words.day(ground.expires) if ground.expires else _("No date is said")
    return [
        first,
        plain.cell(_state(step, ground), second_line=demonstration.words(is_demo=ground.is_demo)),
        plain.cell(ground.granted_by or "–", second_line=words.day(ground.on) if ground.on else _("No date is said")),
        _evidence(step, ground),
        plain.cell(until if ground.is_positive else ""),
    ]


def _state(step: Step, ground: Ground) -> str:
    if step.stands:
        return _("✓ Stands")
    if step.is_expired and ground.is_positive:
        return _("! Expired")
    return _("✕ Withdrawn") if step.status is Rung.PROJECT_APPROVED and not ground.assessment else _("✕ Not granted")


def _evidence(step: Step, ground: Ground) -> str:
    """The assessment, the words, or that it is the owner's own word."""
    n = len(step.earlier)
    earlier = ngettext("{n} earlier decision", "{n} earlier decisions", n).format(n=words.number(n)) if n else ""
    if ground.assessment:
        label = assessing_words.text(ground.label) if ground.label else ground.words
        told = [
            ngettext("{n} reviewer", "{n} reviewers", ground.n_reviewers).format(n=words.number(ground.n_reviewers)),
            ngettext("{n} stale score", "{n} stale scores", ground.n_stale).format(n=words.number(ground.n_stale))
            if ground.n_stale
            else "",
            earlier,
        ]
        return plain.link(label, hrefs.assessment(ground.assessment)) + plain.note(" · ".join(filter(None, told)))
    said = _("The practice’s own sheet") if step.status is Rung.DECLARED else ground.words
    return plain.cell(said, second_line=earlier)


def _show_approval(found: Ladder) -> None:
    label = _("Approve for the project")
    with st.popover(label, key="tool_approve", icon=":material/verified:", type="tertiary"), st.form("approve", border=False):
        st.text_area(_("On what evidence"), key="ladder_words", max_chars=MAX_WORDS_CHARS)
        until = (datetime.now(UTC) + timedelta(days=DAYS)).date().isoformat()
        st.text_input(_("Last day on which it stands"), value=until, key="ladder_until", max_chars=10)
        st.form_submit_button(_("Approve"), type="primary", on_click=acting.do, args=(_approve, found.practice))


def _show_withdrawal(found: Ladder) -> None:
    step = found.step(Rung.PROJECT_APPROVED)
    last = next((each for each in (step.ground, *step.earlier) if each and not each.assessment), None)
    if last is None or not last.is_positive:
        return
    label = _("Withdraw the approval")
    with st.popover(label, key="tool_withdraw", icon=":material/undo:", type="tertiary"), st.form("withdraw", border=False):
        st.text_area(_("Why"), key="ladder_why", max_chars=MAX_WORDS_CHARS)
        st.form_submit_button(_("Withdraw"), type="primary", on_click=acting.do, args=(_withdraw, found.practice))


def _approve(practice: str) -> str:
    said = st.session_state
    laddering.approve(state.kb(), practice, on_what=said["ladder_words"], expires=said["ladder_until"].strip(), actor=state.actor())
    return _("Approved. It is written down with your name.")


def _withdraw(practice: str) -> str:
    laddering.withdraw(state.kb(), practice, why=st.session_state["ladder_why"], actor=state.actor())
    return _("Withdrawn. That there was an approval stays in the history.")
