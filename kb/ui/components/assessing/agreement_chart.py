"""Krippendorff's alpha of each criterion as a dot with its interval: readable in black and white, and said in words."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from kb.peers.agreement.estimate import RELIABLE_FROM, TENTATIVE_FROM
from kb.services.assessing.agreeing import Agreement
from kb.ui import assessing_words, sheet_words, words
from kb.ui.components.assessing.agreement_words import two
from kb.ui.i18n import _

ROW_PX = 30
INK = "#7d8794"  # a grey that stands out on white and on black
LABEL_PX = 260  # long names are cut


def show(found: Agreement) -> None:
    """Draw it; nothing where no criterion has a value."""
    rows = [_row(found, at) for at, each in enumerate(found.criteria) if each.alpha.value is not None]
    if not rows:
        return
    st.header(_("Agreement at a glance"), anchor=False)
    told = _(
        "The dot is α of a criterion, its line the 95 % interval. 1: they agree; 0: as by chance; below {low}: do not rely on it."
    )
    st.caption(told.format(low=two(TENTATIVE_FROM)))
    low = min(0.0, *(row["low"] for row in rows))
    scale = alt.Scale(domain=[low, 1], nice=False)
    y = alt.Y("name:N", sort=[row["name"] for row in rows], title=None, axis=alt.Axis(labelLimit=LABEL_PX))
    tooltip = [alt.Tooltip("name:N", title=_("Criterion")), alt.Tooltip("told:N", title="α")]
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=y, tooltip=tooltip)
    line = base.mark_rule(strokeWidth=2, color=INK).encode(x=alt.X("low:Q", scale=scale, title="α"), x2="high:Q")
    dot = base.mark_point(filled=True, size=110, opacity=1).encode(x=alt.X("alpha:Q", scale=scale, title="α"))
    bounds = alt.Chart(alt.InlineData(values=[{"at": TENTATIVE_FROM}, {"at": RELIABLE_FROM}]))
    marks = bounds.mark_rule(strokeDash=[4, 4], color=INK).encode(x=alt.X("at:Q", scale=scale))
    chart = alt.layer(marks, line, dot).properties(height=ROW_PX * len(rows) + 40)
    st.altair_chart(chart, width="stretch", alt=_in_words(rows))


def _row(found: Agreement, at: int) -> dict[str, Any]:
    each = found.criteria[at]
    value = each.alpha.value or 0.0
    low = value if each.alpha.low is None else each.alpha.low
    high = value if each.alpha.high is None else each.alpha.high
    told = (
        two(value)
        if each.alpha.low is None
        else _("{value} ({low} to {high})").format(value=two(value), low=two(low), high=two(high))
    )
    return {"name": assessing_words.item(found.rubric, each.criterion), "alpha": value, "low": low, "high": high, "told": told}


def _in_words(rows: list[dict[str, Any]]) -> str:
    told = words.listed(sheet_words.labelled(row["name"], row["told"]) for row in rows)
    return _("Alpha with its interval by criterion: {all}. The same numbers stand in the table below.").format(all=told)
