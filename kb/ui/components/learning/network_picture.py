"""Who learned from whom as a picture: organisations in a ring, by country and name; an arrow goes from who taught to who learned.

It is drawn from the page alone: nothing is fetched from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin
from typing import Any

import altair as alt
import streamlit as st

from kb.peers.learning.network import Network
from kb.ui import plain, words
from kb.ui.i18n import _, ngettext

HEIGHT_PX = 430
INK = "#76808d"  # a grey that can be read on white and on black
DISC, ON_DISC = "#0b57d0", "#ffffff"  # 6.4:1
DISC_SIZE = 560
STEPS = 16  # of a bent line
BEND = 0.28  # how far a line leaves the straight way, so that one there and one back lie apart
HEAD_AT = 0.6  # where on its line an arrow has its head: clear of the discs, however wide the picture is
MARGIN = 0.16
MOST = 36  # organisations that are drawn; more cannot be told apart
IN_WORDS = 30  # pairs that are told one by one to those who see no picture
Point = tuple[float, float]


def show(found: Network) -> None:
    """Draw it; where there are too many organisations, say where the same stands."""
    if len(found.nodes) > MOST:
        text = _("{n} organisations learned from each other: too many for a picture. The table tells of all.")
        plain.show(plain.element("p", text.format(n=words.number(len(found.nodes))), css="kb-quiet"))
        return
    st.caption(_("An arrow goes from who taught to who learned; its width and its number say how often. Numbers are in the list."))
    picture = alt.layer(*_lines(found), *_discs(found)).properties(height=HEIGHT_PX)
    st.altair_chart(picture.configure_view(strokeWidth=0), width="stretch", alt=_in_words(found))


def places(n: int) -> list[Point]:
    """Where ``n`` organisations stand: in a ring of radius 1, the first on top, then with the clock."""
    return [(sin(2 * pi * each / n), cos(2 * pi * each / n)) for each in range(n)]


def _lines(found: Network) -> list[alt.Chart]:
    at = dict(zip((each.organisation for each in found.nodes), places(len(found.nodes)), strict=True))
    rows, heads = list[dict[str, Any]](), list[dict[str, Any]]()
    for number, ((teacher, learner), edges) in enumerate(found.pairs.items()):
        told = {"line": number, "n": len(edges), "told": _pair(teacher, learner, len(edges))}
        line = list(_bent(at[teacher], at[learner]))
        rows += [{**told, "step": step, "x": x, "y": y} for step, (x, y) in enumerate(line)]
        (x, y), (x0, y0), (x1, y1) = _on(line, HEAD_AT), _on(line, HEAD_AT - 0.1), _on(line, HEAD_AT + 0.1)
        heads.append({**told, "x": x, "y": y, "dx": x1 - x0, "dy": y1 - y0})
    width = alt.Size("n:Q", scale=alt.Scale(type="linear", domain=[1, 6], range=[1.6, 6], clamp=True), legend=None)
    lines = alt.Chart(alt.InlineData(values=rows)).mark_trail(color=INK, opacity=0.75)
    tooltip = [alt.Tooltip("told:N", title=_("Who learned from whom"))]
    drawn = lines.encode(x=_scale("x"), y=_scale("y"), order="step:Q", detail="line:N", size=width, tooltip=tooltip)
    # The picture is as wide as the page: where an arrow points to depends on it.
    turned = "atan2(datum.dx * width, datum.dy * height) * 180 / PI"
    at_heads = alt.Chart(alt.InlineData(values=heads)).transform_calculate(turned=turned).encode(x=_scale("x"), y=_scale("y"))
    pointed = at_heads.mark_point(shape="triangle-up", filled=True, size=190, color=INK, opacity=1)
    turned_by = alt.Angle("turned:Q", scale=alt.Scale(domain=[-180, 180], range=[-180, 180]))
    counted = at_heads.transform_filter("datum.n > 1").mark_text(dx=15, dy=-2, color=INK, fontWeight=700, fontSize=13)
    return [drawn, pointed.encode(angle=turned_by, tooltip=tooltip), counted.encode(text="n:Q")]


def _discs(found: Network) -> list[alt.Chart]:
    rows = [
        {"x": x, "y": y, "label": words.number(number), "told": name(each.organisation, each.country)}
        for number, (each, (x, y)) in enumerate(zip(found.nodes, places(len(found.nodes)), strict=True), start=1)
    ]
    tooltip = [alt.Tooltip("told:N", title=_("Organisation"))]
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=_scale("x"), y=_scale("y"), tooltip=tooltip)
    disc = base.mark_circle(size=DISC_SIZE, opacity=1, color=DISC, stroke=ON_DISC, strokeWidth=1.5)
    return [disc, base.mark_text(color=ON_DISC, fontWeight=600, fontSize=13).encode(text="label:N")]


def _bent(start: Point, end: Point) -> Iterator[Point]:
    """A line that leaves the straight way to its left, as a quadratic Bézier curve."""
    (x0, y0), (x1, y1) = start, end
    middle = (x0 + x1) / 2 - (y1 - y0) * BEND, (y0 + y1) / 2 + (x1 - x0) * BEND
    for step in range(STEPS + 1):
        t = step / STEPS
        one, two, three = (1 - t) ** 2, 2 * t * (1 - t), t**2
        yield one * x0 + two * middle[0] + three * x1, one * y0 + two * middle[1] + three * y1


def _on(line: list[Point], share: float) -> Point:
    return line[round(share * (len(line) - 1))]


def _scale(field: str) -> alt.X | alt.Y:
    channel = alt.X if field == "x" else alt.Y
    far = 1 + MARGIN  # a bent line may leave the ring a little
    return channel(f"{field}:Q", scale=alt.Scale(domain=[-far, far], nice=False, zero=False), axis=None)


def name(organisation: str, country: str) -> str:
    """An organisation with its country."""
    return f"{organisation} ({words.country(country)})" if country else organisation


def _pair(teacher: str, learner: str, n: int) -> str:
    once = _("{learner} learned from {teacher}")
    often = ngettext("{learner} learned from {teacher} {n} time", "{learner} learned from {teacher} {n} times", n)
    return (often if n > 1 else once).format(learner=learner, teacher=teacher, n=words.number(n))


def _in_words(found: Network) -> str:
    told = [_pair(teacher, learner, len(edges)) for (teacher, learner), edges in found.pairs.items()]
    sentence = _("Arrows between {n} organisations. {all}. The same stands in the table below.")
    return sentence.format(n=words.number(len(found.nodes)), all="; ".join(told[:IN_WORDS]))
