"""What a test asks, who set its weights and why, and which published frameworks its questions are traced to."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb.peers.transfer.framework import Framework
from kb.services.transferring.viewing import TransferView
from kb.ui import assessing_words, plain, words
from kb.ui import transferring_words as told
from kb.ui.components import section
from kb.ui.i18n import _


def show(view: TransferView) -> None:
    """Draw it, folded."""
    framework = view.framework
    section.head("asked", _("What is asked"))
    with st.expander(assessing_words.text(framework.title), key="framework_about", icon=":material/rule:"):
        weight = _("A key criterion counts {n} times. {why} Set by {who} on {day}.").format(
            n=words.number(framework.key_weight, decimals=1),
            why=assessing_words.text(framework.weights_set.why),
            who=framework.weights_set.by,
            day=words.day(framework.weights_set.on),
        )
        plain.show(
            plain.element("p", assessing_words.text(framework.purpose), css="kb-reason"),
            plain.element("p", weight, css="kb-reason"),
        )
        rows = [_row(framework, name) for name in framework.criterion_names]
        headers = (_("Criterion"), _("Question"), _("Traced to"))
        plain.table(_("Criteria"), headers, rows, as_cards=True)


def _row(framework: Framework, name: str) -> tuple[str, str, str]:
    asked = framework.criterion(name)
    traced = (f"{framework.sources[each.source].title}: {each.term}" for each in asked.traced_to)
    return (
        plain.cell(told.criterion(framework, name), second_line=told.side(framework, name)),
        plain.cell(assessing_words.text(asked.question)),
        "<br>".join(map(escape, traced)),
    )
