"""Agreement by criterion as a table: on how many practices, how much, and what that means."""

from __future__ import annotations

import streamlit as st

from kb.peers.agreement.estimate import FEW
from kb.peers.agreement.panel import CriterionAgreement
from kb.peers.assessment.rubric import Rubric
from kb.services.assessing.agreeing import Agreement
from kb.ui import assessing_words, plain, words
from kb.ui.components.assessing import agreement_words
from kb.ui.i18n import _


def show(found: Agreement) -> None:
    """Draw it, in the rubric's order."""
    st.header(_("By criterion"), anchor=False)
    headers = [_("Criterion"), _("Practices"), "α", _("What it means"), "AC2"]
    with st.container(key="agreement_table"):
        plain.table(
            _("How far reviewers agree on each criterion"),
            headers,
            [_row(found.rubric, each) for each in found.criteria],
            as_cards=True,
        )
    told = [
        _("α: Krippendorff’s, for ordered scores; from 0.8 on good, below 0.667 not to be relied on."),
        _("AC2: Gwet’s; it holds where nearly all scores are alike."),
        _("In brackets: the 95 % interval over practices."),
    ]
    if any(each.alpha.is_few for each in found.criteria):
        told.append(_("With fewer than {n} practices it is narrower than it should be.").format(n=words.number(FEW)))
    st.caption(" ".join(told))


def _row(rubric: Rubric, each: CriterionAgreement) -> list[str]:
    alpha = each.alpha
    return [
        plain.cell(assessing_words.item(rubric, each.criterion)),
        plain.cell(words.number(alpha.n_practices)),
        plain.cell(agreement_words.figure(alpha)),
        plain.cell(agreement_words.meaning(alpha), second_line=agreement_words.caution(alpha)),
        plain.cell(agreement_words.figure(each.ac2)),
    ]
