"""Every reason, item by item: what each reviewer wrote, what the owner replies, what the panel agreed on."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb.peers.assessment.state import Settlement
from kb.services.assessing.viewing import AssessmentView
from kb.ui import assessing_words, plain, words
from kb.ui.components import section
from kb.ui.components.assessing import outcome_table
from kb.ui.components.assessing.evidence_list import Numbered
from kb.ui.i18n import _


def show(view: AssessmentView, numbered: Numbered) -> None:
    """Draw them unfolded one group at a time; a group is put together when it is opened."""
    section.head("said", _("What the reviewers say"))
    groups = [(_("Gates"), view.rubric.gate_names)] if view.rubric.gates else []
    groups += [(assessing_words.text(tier.title), tuple(each.name for each in tier.criteria)) for tier in view.rubric.tiers]
    for n, (title, items) in enumerate(groups):
        opened = st.expander(title, key=f"said_{n}", icon=":material/forum:", on_change="rerun", type="default")
        if opened.open:
            with opened:
                plain.show(*(_item(view, numbered, item) for item in items))
    for reviewer, submitted in view.assessment.reviews.items():
        if submitted.review.comment:
            plain.show(
                _said(_("{name} on the whole practice").format(name=assessing_words.reviewer(reviewer)), submitted.review.comment)
            )


def _item(view: AssessmentView, numbered: Numbered, item: str) -> str:
    parts = []
    for reviewer, submitted in view.assessment.reviews.items():
        said = submitted.review.gates.get(item) or submitted.review.answers.get(item)
        if said is None:
            continue
        head = _("{name}: {score}").format(name=assessing_words.reviewer(reviewer), score=outcome_table.in_short(said))
        parts.append(_said(head, said.reason, numbered.notes(reviewer, item), submitted.review.language))
        again = view.assessment.reconfirmed.get((reviewer, item))
        if again:
            parts.append(
                _said(_("{name} looked again").format(name=assessing_words.reviewer(again.member)), again.reconfirmed.reason)
            )
    reply = view.assessment.reply
    if reply and reply.comments.get(item):
        parts.append(_said(_("Reply of the owner"), reply.comments[item]))
    if settlement := view.assessment.settled.get(item):
        parts.append(_said(_agreed(settlement), settlement.settled.reason))
    title = plain.element("h3", assessing_words.item(view.rubric, item))
    return f'<div class="kb-field">{title}<div class="kb-prose">{"".join(parts)}</div></div>'


def _agreed(settlement: Settlement) -> str:
    settled = settlement.settled
    if settled.verdict:
        what = assessing_words.named(assessing_words.VERDICTS, settled.verdict)
    elif settled.score is not None:
        what = assessing_words.score(settled.score)
    else:
        what = assessing_words.named(assessing_words.RATINGS, settled.rating or "")
    told = _("The panel agreed on {score} ({who}, {day})")
    return told.format(score=what, who=assessing_words.reviewer(settlement.member), day=words.day(settlement.at_utc))


def _said(head: str, text: str, notes: str = "", language: str = "") -> str:
    """Who says something, and what, as HTML."""
    lines = "".join(
        f'<p{plain.lang_attribute(language or "und")} dir="auto">{escape(part)}</p>' for part in text.split("\n\n") if part.strip()
    )
    return f'<div class="kb-said"><p class="kb-event"><strong>{escape(head)}</strong> {notes}</p>{lines}</div>'
