"""Who scores higher or lower than the others who scored the same: a grid of reviewers and criteria, each cell with its number."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb.peers.agreement.leniency import Leniency
from kb.services.assessing.agreeing import Agreement
from kb.ui import assessing_words, plain
from kb.ui.components.assessing.agreement_words import two
from kb.ui.i18n import _

STRONG = 3  # shades in each direction


def show(found: Agreement) -> None:
    """Draw it; where nobody can be compared, say so."""
    st.header(_("Higher or lower than the others"), anchor=False)
    names = list(dict.fromkeys(each.rater for criterion in found.criteria for each in criterion.leniency))
    told = [each for criterion in found.criteria for each in criterion.leniency if each.difference is not None]
    if not told:
        st.markdown(_("It needs two practices that a reviewer and somebody else have scored."))
        return
    st.caption(
        _("Mean difference to the others who scored the same practices, in points. + is higher, − is lower; – is not known.")
    )
    rows = []
    for criterion in found.criteria:
        by_name = {each.rater: each for each in criterion.leniency}
        cells = [_cell(by_name.get(name), found.rubric.spread) for name in names]
        rows.append([plain.cell(assessing_words.item(found.rubric, criterion.criterion)), *cells])
    with st.container(key="leniency"):
        plain.table(_("Difference to the others, by criterion and reviewer"), [_("Criterion"), *names], rows)


def signed(value: float) -> str:
    """A difference with its sign: "+0.5", "−0.25", "0"."""
    shown = two(abs(value))
    return shown if round(value, 2) == 0 else f"{'+' if value > 0 else '−'}{shown}"


def _cell(of: Leniency | None, spread: float) -> str:
    """A shade that grows up to the spread at which reviewers have to talk; the number says the same."""
    if of is None or of.difference is None:
        return "–"
    shade = min(STRONG, round(STRONG * abs(of.difference) / spread))
    css = f"kb-heat kb-{'above' if of.difference > 0 else 'below'}-{shade}" if shade else "kb-heat"
    return f'<span class="{css}">{escape(signed(of.difference))}</span>'
