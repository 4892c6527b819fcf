"""What a rubric asks: gates, then criteria tier by tier, each with the levels of its scale."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.rubric import Asked, Criterion, Rubric
from kb.ui import assessing_words, plain, sheet_words, words
from kb.ui.components import section
from kb.ui.components.assessing import anchors, rubric_sources
from kb.ui.i18n import _, current


def show_list(rubric: Rubric) -> None:
    """Draw the way to each part in the side panel."""
    tiers = {f"tier-{tier.tier}": assessing_words.text(tier.title) for tier in rubric.tiers}
    gates = {"gates": _("Gates")} if rubric.gates else {}
    stages = {"stages": _("Stages of evidence")} if rubric.stages else {}
    section.show_list(gates | tiers | {"labels": _("Labels")} | stages | {"weights": _("Weights"), "sources": _("Sources")})


def show(rubric: Rubric) -> None:
    """Draw all gates and criteria."""
    if rubric.gates:
        section.head("gates", _("Gates"))
        told = _("A gate is answered yes, no or unclear. One that is not passed keeps a practice from every good label.")
        plain.show(plain.element("p", told, css="kb-reason"))
        for gate in rubric.gates:
            with st.container(border=True, key=f"asks_{gate.gate}", gap="small"):
                _show_asked(rubric, gate)
    for tier in rubric.tiers:
        section.head(f"tier-{tier.tier}", assessing_words.text(tier.title))
        for criterion in tier.criteria:
            with st.container(border=True, key=f"asks_{criterion.criterion}", gap="small"):
                _show_asked(rubric, criterion)


def _show_asked(rubric: Rubric, asked: Asked) -> None:
    language, question = asked.question.best(current())
    plain.show(
        plain.element("h3", assessing_words.text(asked.title), css="kb-who"),
        plain.element("p", question, css="kb-reason", language=language),
    )
    if isinstance(asked, Criterion):
        anchors.show(asked)
    plain.show(f'<dl class="kb-facts">{_facts(rubric, asked)}</dl>')


def _facts(rubric: Rubric, asked: Asked) -> str:
    weight = {_("Weight"): assessing_words.score(asked.weight)} if isinstance(asked, Criterion) else {}
    rows = weight | {
        _("Searched"): asked.standing.best(current())[1],
        _("In the sheet"): words.listed(map(sheet_words.field, asked.fields)),
    }
    body = "".join(plain.element("dt", label) + plain.element("dd", value) for label, value in rows.items() if value)
    return f"{body}{plain.element('dt', _('Source'))}<dd>{rubric_sources.note(rubric, asked.source)}</dd>"
