"""How far two reviewers agree with each other: weighted kappa of every pair that met."""

from __future__ import annotations

import streamlit as st

from kb.peers.agreement.panel import PairAgreement
from kb.services.assessing.agreeing import Agreement
from kb.ui import assessing_words, plain, words
from kb.ui.components.assessing import agreement_words
from kb.ui.i18n import _


def show(found: Agreement) -> None:
    """Draw a table of pairs, folded; nothing where no two known reviewers can be compared."""
    pairs = list(dict.fromkeys((each.first, each.second) for criterion in found.criteria for each in criterion.kappas))
    if all(each.kappa.value is None for criterion in found.criteria for each in criterion.kappas):
        return
    with st.expander(_("Pair by pair"), icon=":material/group:", key="agreement_pairs"):
        st.caption(_("Cohen’s κ with ordinal weights: 1 they agree, 0 as by chance. In brackets: practices that both scored."))
        headers = [_("Criterion"), *(_("{first} and {second}").format(first=first, second=second) for first, second in pairs)]
        rows = []
        for criterion in found.criteria:
            by_pair = {(each.first, each.second): each for each in criterion.kappas}
            cells = [plain.cell(_told(by_pair.get(pair))) for pair in pairs]
            rows.append([plain.cell(assessing_words.item(found.rubric, criterion.criterion)), *cells])
        plain.table(_("Weighted κ of each pair"), headers, rows, as_cards=True)


def _told(pair: PairAgreement | None) -> str:
    if pair is None:
        return "–"
    value = "–" if pair.kappa.value is None else agreement_words.two(pair.kappa.value)
    return f"{value} ({words.number(pair.kappa.n_practices)})"
