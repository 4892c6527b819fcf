"""Readings over time, with baseline, target and periods without a reading: told apart by form, not by colour.

Where sources differ on a day, all their points are drawn and the line opens into a band: no middle is made up.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import altair as alt
import streamlit as st

from kb.peers.monitoring.folding import Followed
from kb.ui import monitoring_words, sheet_words, words
from kb.ui.i18n import _

HEIGHT_PX = 300
INK = "#7d8794"  # a grey that stands out on white and on black
BASELINE_DASH, TARGET_DASH = [2, 4], [10, 4]
MAX_TOLD = 12  # readings in the alternative text, the latest; the table has all


def show(followed: Followed) -> None:
    """Draw it; nothing where there is no reading that counts."""
    if not followed.counted:
        return
    chart = alt.layer(*_missing(followed), *_bounds(followed), *_line(followed), _points(followed)).properties(height=HEIGHT_PX)
    st.altair_chart(chart, width="stretch", alt=in_words(followed), key=f"trend_{followed.indicator.key}")
    st.caption(_legend(followed))


def in_words(followed: Followed) -> str:
    """The same for those who see no chart."""
    last = followed.counted[-MAX_TOLD:]
    said = followed.indicator
    told = "; ".join(f"{words.day(each.date)}: {monitoring_words.number(each.value)}" for each in last)
    parts = [_("Readings of “{title}” in {unit}: {all}.").format(title=said.title, unit=said.unit, all=told)]
    parts += [_("Baseline: {value}.").format(value=monitoring_words.number(said.baseline.value))] if said.baseline else []
    parts += [_("Target: {value}.").format(value=monitoring_words.number(said.target.value))] if said.target else []
    parts += [monitoring_words.missing(followed.missing)] if followed.missing else []
    return " ".join([*parts, _("The same numbers stand in the table below.")])


def _legend(followed: Followed) -> str:
    parts = [_("Dots are readings.")]
    parts += [_("The dotted line is the baseline.")] if followed.indicator.baseline else []
    parts += [_("The dashed line is the target.")] if followed.indicator.target else []
    parts += [_("Where sources differ, the line opens.")] if followed.disagreements else []
    parts += [_("A cross on the axis is a period without a reading; the line breaks there.")] if followed.missing else []
    return " ".join(parts)


def _x(name: str = "day") -> alt.X:
    return alt.X(f"{name}:T", title=None, axis=alt.Axis(format="%Y-%m", labelOverlap=True, grid=False))


def _y(followed: Followed, name: str = "value") -> alt.Y:
    return alt.Y(f"{name}:Q", title=followed.indicator.unit, scale=alt.Scale(zero=False, nice=True, padding=24))


def _line(followed: Followed) -> list[alt.Chart]:
    """A band from the least to the most of each day, with its edges: one line where there is one value. None over mixed scopes.

    It breaks where a period has no reading: what was not read is not drawn.
    """
    if followed.has_mixed_scopes:
        return []
    days = [
        {
            "day": day,
            "part": sum(each.end < day for each in followed.missing),
            "low": min(each.value for each in own),
            "high": max(each.value for each in own),
        }
        for day, own in ((day, list(each)) for day, each in groupby(followed.counted, key=lambda each: each.date))
    ]
    base = alt.Chart(alt.InlineData(values=days)).encode(x=_x(), detail="part:N")
    edges = [base.mark_line(strokeWidth=2).encode(y=_y(followed, name)) for name in ("low", "high")]
    return [base.mark_area(opacity=0.15).encode(y=_y(followed, "low"), y2="high:Q"), *edges]


def _points(followed: Followed) -> alt.Chart:
    rows: list[dict[str, Any]] = [
        {
            "day": each.date,
            "value": each.value,
            "told": monitoring_words.value(followed.indicator, each.value),
            "said": words.day(each.date),
            "source": each.read.source,
            "scope": each.read.scope or "–",
        }
        for each in followed.counted
    ]
    titles = {"said": _("Day"), "told": _("Value"), "source": _("Source"), "scope": _("Scope")}
    tooltip = [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]
    points = alt.Chart(alt.InlineData(values=rows)).mark_point(filled=True, size=90, opacity=1)
    points = points.encode(x=_x(), y=_y(followed), tooltip=tooltip)
    if followed.has_mixed_scopes:
        points = points.encode(shape=alt.Shape("scope:N", title=_("Scope"), legend=alt.Legend(orient="bottom")))
    return points


def _bounds(followed: Followed) -> list[alt.Chart]:
    """Baseline and target across the whole chart, each named at its end and marked on its day; the names are turned outwards."""
    said = followed.indicator
    lines = [(said.baseline, _("Baseline"), BASELINE_DASH, "square"), (said.target, _("Target"), TARGET_DASH, "diamond")]
    highest = max((at.value for at, *_more in lines if at), default=0.0)
    found: list[alt.Chart] = []
    for at, name, dash, shape in lines:
        if at is None:
            continue
        row = {"day": at.date, "value": at.value, "name": sheet_words.labelled(name, monitoring_words.number(at.value))}
        outwards = {"baseline": "bottom", "dy": -4} if at.value == highest else {"baseline": "top", "dy": 5}
        base = alt.Chart(alt.InlineData(values=[row])).encode(y=_y(followed))
        found += [
            base.mark_rule(strokeDash=dash, strokeWidth=1.5, color=INK),
            base.mark_text(align="right", dx=-12, color=INK, fontSize=12, **outwards).encode(text="name:N", x=alt.value("width")),
            base.mark_point(shape=shape, size=100, color=INK, strokeWidth=2).encode(x=_x()),
        ]
    return found


def _missing(followed: Followed) -> list[alt.Chart]:
    """A cross at the end of each period that has none."""
    rows = [{"day": each.end, "mark": "×"} for each in followed.missing]
    if not rows:
        return []
    marks = alt.Chart(alt.InlineData(values=rows)).mark_text(color=INK, fontSize=20, fontWeight="bold", baseline="bottom")
    return [marks.encode(x=_x(), y=alt.value("height"), text="mark:N")]
