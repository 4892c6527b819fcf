"""Each criterion as a row: the mean as a dot, the assessors' spread as a line; shapes tell them apart, not colours."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from kb.peers.transfer.framework import BLOCKING, HIGHEST, LOWEST, VALUES
from kb.peers.transfer.result import CriterionResult
from kb.services.transferring.viewing import TransferView
from kb.ui import plain, sheet_words, words
from kb.ui import transferring_words as told
from kb.ui.components import section
from kb.ui.components.transferring import outcome
from kb.ui.i18n import _

ROW_PX, LABEL_PX = 46, 700
DOWN_PX = 10  # marks stand below the name
INK = "#7d8794"  # a grey that stands out on white and on black
SIGNS = f"datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '{told.MINUS}' + (-datum.value) : '0'"


def show(view: TransferView) -> None:
    """Draw it; nothing where there is no result."""
    result = outcome.of(view)
    if result is None:
        return
    section.head("criteria", _("By criterion"))
    st.caption(
        _("● the mean · ━ from the lowest to the highest value · ✖ somebody gave −2 · ┄ unknown: it could be anything · ★ key")
    )
    rows = [_row(view, name, each) for name, each in result.criteria.items()]
    st.altair_chart(_drawn(rows), width="stretch", alt=_in_words(rows))


def named(view: TransferView, name: str, each: CriterionResult) -> str:
    """A criterion, with a star where the practice rests on it."""
    title = told.criterion(view.framework, name)
    return f"{title} ★" if each.is_key else title


def said(each: CriterionResult) -> str:
    """What assessors say to a criterion: "+0.5 (−1 to +2, 2 of 3 assessors)"."""
    if each.mean is None or each.lowest is None or each.highest is None:
        return _("unknown")
    n_all = each.n_known + each.n_unknown
    if n_all == 1:
        return told.value(each.mean)
    counted = _("{n} of {total}").format(n=words.number(each.n_known), total=told.assessors(n_all))
    return f"{told.value(each.mean)} ({told.span(each.lowest, each.highest)}, {counted})"


def _row(view: TransferView, name: str, each: CriterionResult) -> dict[str, Any]:
    return {
        "name": named(view, name, each),
        "x": each.mean,
        "low": each.lowest,
        "high": each.highest,
        "blocks": each.lowest == BLOCKING,
        "told": said(each),
    }


def _drawn(rows: list[dict[str, Any]]) -> alt.LayerChart:
    names = [row["name"] for row in rows]
    # The name stands above its row, so that on a phone the marks have the whole width.
    axis = alt.Axis(
        labelAlign="left", labelPadding=0, labelOffset=-13, labelLimit=LABEL_PX, labelFontSize=13, ticks=False, domain=False
    )
    y = alt.Y("name:N", sort=names, title=None, axis=axis, scale=alt.Scale(domain=names))
    scale = alt.Scale(domain=[LOWEST - 0.1, HIGHEST + 0.1], nice=False, zero=False)
    x_axis = alt.Axis(values=list(VALUES), labelExpr=SIGNS, grid=True)
    tooltip = [alt.Tooltip("name:N", title=_("Criterion")), alt.Tooltip("told:N", title=_("Value"))]

    def layer(of: list[dict[str, Any]]) -> alt.Chart:
        return alt.Chart(alt.InlineData(values=of)).encode(y=y, tooltip=tooltip)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, title=None, axis=x_axis)

    known = [row for row in rows if row["x"] is not None]
    unknown = [row | {"low": LOWEST, "high": HIGHEST} for row in rows if row["x"] is None]
    layers: list[alt.Chart] = []
    if unknown:
        layers.append(
            layer(unknown)
            .mark_rule(yOffset=DOWN_PX, y2Offset=DOWN_PX, strokeWidth=2, strokeDash=[3, 5], color=INK)
            .encode(x=x("low"), x2="high:Q")
        )
    if known:
        layers.append(
            layer(known).mark_rule(yOffset=DOWN_PX, y2Offset=DOWN_PX, strokeWidth=3, color=INK).encode(x=x("low"), x2="high:Q")
        )
        layers.append(layer(known).mark_point(yOffset=DOWN_PX, filled=True, size=130, opacity=1).encode(x=x("x")))
    if blocking := [row | {"at": BLOCKING} for row in known if row["blocks"]]:
        cross = layer(blocking).mark_point(
            yOffset=DOWN_PX, filled=True, shape="cross", angle=45, size=210, opacity=1, color="#d33c20"
        )
        layers.append(cross.encode(x=x("at")))
    return alt.layer(*layers).properties(height=ROW_PX * len(names) + 30)


def _in_words(rows: list[dict[str, Any]]) -> str:
    every = "; ".join(sheet_words.labelled(row["name"], row["told"]) for row in rows)
    sentence = _("Values by criterion. {all}. The same numbers stand in the table below.")
    return plain.shortened(sentence.format(all=every), 4000)
