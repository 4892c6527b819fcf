"""Each criterion as a row of marks: the practice, its peers, and the mean of these with its interval. Shapes tell them apart."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import streamlit as st

from kb.peers.assessment.rubric import Rubric
from kb.peers.benchmark.criteria import CriterionProfile
from kb.services.benchmarking.profiling import Profile
from kb.ui import assessing_words, benchmark_words, plain, sheet_words, words
from kb.ui.components.benchmarking import peer_table
from kb.ui.i18n import _

ROW_PX, LABEL_PX = 58, 700
INK = "#7d8794"  # a grey that stands out on white and on black
HIGH = 7  # dots of one score above each other that a row has room for; more lie closer


def show(profile: Profile) -> None:
    """Draw it; nothing where nobody has a score."""
    rubric = profile.rubric
    shown = [each for each in profile.criteria if each.own is not None or each.peers]
    if rubric is None or not shown:
        return
    st.header(_("Criterion by criterion"), anchor=False)
    st.caption(_("◆ this practice · ○ a peer · ┃ the mean of the peers, with a bar for its 95 % interval, from three peers on."))
    titles = peer_table.titles(profile)
    own, dots, means = [], [], []
    for each in shown:
        row: dict[str, Any] = {"name": _named(rubric, each)}
        if each.own is not None:
            own.append(row | {"x": each.own, "told": assessing_words.score(each.own), "up": 0})
        dots += _dots(row, each, titles)
        if each.mean is not None:
            told = benchmark_words.mean(each.mean, each.low, each.high)
            means.append(row | {"x": each.mean, "low": each.low, "high": each.high, "told": told, "up": 0})
    chart = _drawn(rubric, [_named(rubric, each) for each in shown], own, dots, means)
    st.altair_chart(chart, width="stretch", alt=_in_words(rubric, shown))


def _drawn(rubric: Rubric, names: list[str], own: list[Any], dots: list[Any], means: list[Any]) -> alt.LayerChart:
    lowest, highest = rubric.scale.lowest, rubric.scale.highest
    # The name stands above its row, so that on a phone the marks have the whole width.
    axis = alt.Axis(
        labelAlign="left", labelPadding=0, labelOffset=-19, labelLimit=LABEL_PX, labelFontSize=13, ticks=False, domain=False
    )
    y = alt.Y("name:N", sort=names, title=None, axis=axis, scale=alt.Scale(domain=names))
    margin = (highest - lowest) * 0.03
    scale = alt.Scale(domain=[lowest - margin, highest + margin], nice=False, zero=False)
    levels = [level for level in rubric.scale.levels() if float(level).is_integer()]
    x = alt.X("x:Q", scale=scale, title=None, axis=alt.Axis(values=levels, format="~g", grid=True))
    up = alt.YOffset("up:Q", scale=alt.Scale(domain=[-HIGH / 2, HIGH / 2]))

    def layer(rows: list[Any], said: str) -> alt.Chart:
        tooltip = [alt.Tooltip("name:N", title=_("Criterion")), alt.Tooltip("told:N", title=said)]
        return alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y, yOffset=up, tooltip=tooltip)

    layers: list[alt.Chart] = []
    if means:
        bars = layer(means, _("Mean of the peers")).mark_rule(strokeWidth=9, opacity=0.35, color=INK)
        layers.append(bars.encode(x=alt.X("low:Q", scale=scale, title=None), x2="high:Q"))
        layers.append(layer(means, _("Mean of the peers")).mark_tick(thickness=3, size=24, color=INK))
    if dots:
        layers.append(layer(dots, _("Peer")).mark_point(filled=False, size=75, strokeWidth=2, color=INK, opacity=1))
    if own:
        layers.append(layer(own, _("This practice")).mark_point(filled=True, shape="diamond", size=190, opacity=1))
    return alt.layer(*layers).properties(height=ROW_PX * len(names) + 30)


def _dots(row: dict[str, Any], each: CriterionProfile, titles: dict[str, str]) -> list[dict[str, Any]]:
    """One a peer; those of the same score one above the other, around the line."""
    together = Counter(dot.score for dot in each.peers)
    drawn: Counter[float] = Counter()
    rows = []
    for dot in each.peers:
        n, at = together[dot.score], drawn[dot.score]
        drawn[dot.score] += 1
        step = min(1.0, (HIGH - 1) / max(1, n - 1))
        both = sheet_words.labelled(titles.get(dot.practice, dot.practice), assessing_words.score(dot.score))
        rows.append(row | {"x": dot.score, "up": (at - (n - 1) / 2) * step, "told": both})
    return rows


def _named(rubric: Rubric, each: CriterionProfile) -> str:
    return _("{criterion} (n = {n})").format(criterion=assessing_words.item(rubric, each.criterion), n=words.number(each.n))


def _in_words(rubric: Rubric, shown: list[CriterionProfile]) -> str:
    told = []
    for each in shown:
        said = _("{own} here; peers {peers}").format(
            own=assessing_words.score(each.own), peers=words.listed(assessing_words.score(dot.score) for dot in each.peers) or "–"
        )
        told.append(sheet_words.labelled(assessing_words.item(rubric, each.criterion), said))
    return plain.shortened(
        _("Scores by criterion. {all}. The same numbers stand in the table below.").format(all="; ".join(told)), 4000
    )
