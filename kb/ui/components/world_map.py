"""What is about which country: a world map drawn from our own file, so that nothing is fetched from anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt
import streamlit as st

from kb.ui import state, words
from kb.ui.i18n import _

HEIGHT_PX = 330
LAND, LINE = "#8a94a338", "#8a94a3"  # of countries without any: a grey that stands back on white and on black


def show(counts: Mapping[str, int], counted: str, nothing: str, alternative: Callable[[int], str]) -> None:
    """Draw numbers by country (ISO 3166-1 alpha-2), and say the same in words for those who see no map.

    Args:
        counts: country → number.
        counted: what it is a number of.
        nothing: what to say where no country has any.
        alternative: number of countries → the sentence for those who see no map, with ``{n}`` and ``{top}`` to fill in.
    """
    rows = [{"id": code, "n": n, "name": words.country(code)} for code, n in counts.items()]
    if not rows:
        st.caption(nothing)
        return
    colour = alt.Color("n:Q", title=counted, legend=alt.Legend(orient="bottom", tickMinStep=1, format="d"))
    tooltip = [alt.Tooltip("name:N", title=_("Country")), alt.Tooltip("n:Q", title=counted)]
    _draw(rows, ["n", "name"], colour, tooltip, _filled(alternative(len(rows)), rows))


def show_groups(groups: Mapping[str, Sequence[str]], colours: Sequence[str], title: str, alternative: str) -> None:
    """Draw which country is in which group, and say the same in words for those who see no map.

    Args:
        groups: what a group is called → its countries, in the order of the legend; no country is in two.
        colours: of the groups, in that order.
        title: of the legend.
        alternative: the sentence for those who see no map.
    """
    shown = {name: colour for (name, codes), colour in zip(groups.items(), colours, strict=True) if codes}
    rows = [{"id": code, "n": 1, "group": name, "name": words.country(code)} for name, codes in groups.items() for code in codes]
    if not rows:
        return
    scale = alt.Scale(domain=list(shown), range=list(shown.values()))
    legend = alt.Legend(orient="bottom", columns=2, labelLimit=0, symbolType="square", symbolSize=160, symbolStrokeWidth=0)
    colour = alt.Color("group:N", title=title, scale=scale, legend=legend)
    tooltip = [alt.Tooltip("name:N", title=_("Country")), alt.Tooltip("group:N", title=title)]
    _draw(rows, ["n", "group", "name"], colour, tooltip, alternative)


def _draw(rows: list[dict[str, Any]], fields: list[str], colour: alt.Color, tooltip: list[alt.Tooltip], alternative: str) -> None:
    """The land, on it the countries of ``rows`` in their colours; those too small for a shape as discs."""
    named = alt.LookupData(alt.InlineData(values=rows), key="id", fields=fields)
    land = alt.Chart().mark_geoshape(fill=LAND, stroke=LINE, strokeWidth=0.4, aria=False)
    shapes = alt.Chart().mark_geoshape(stroke=LINE, strokeWidth=0.4).transform_lookup(lookup="id", from_=named)
    shapes = shapes.transform_filter("isValid(datum.n)").encode(color=colour, tooltip=tooltip)
    layers = [land, shapes]
    centres = _world()["centres"]
    if small := [row | {"lon": centres[row["id"]][0], "lat": centres[row["id"]][1]} for row in rows if row["id"] in centres]:
        points = alt.Chart(alt.InlineData(values=small)).mark_circle(size=70, stroke=LINE, opacity=1)
        layers.append(points.encode(longitude="lon:Q", latitude="lat:Q", color=colour, tooltip=tooltip))
    shapes_to_come = alt.NamedData("world", format=alt.TopoDataFormat(type="topojson", feature="countries"))
    chart = alt.layer(*layers, data=shapes_to_come).project(type="equalEarth").properties(height=HEIGHT_PX).to_dict()
    # The shapes go in last: Altair would check each of their 10,000 numbers against its schema, 0.15 s on every run.
    chart.setdefault("datasets", {})["world"] = _world()
    st.vega_lite_chart(spec=chart, width="stretch", alt=alternative)


def _filled(sentence: str, rows: list[dict[str, Any]]) -> str:
    most = sorted(rows, key=lambda row: (-row["n"], row["name"]))[:3]
    top = words.listed(f"{row['name']} ({words.number(row['n'])})" for row in most)
    return sentence.format(n=words.number(len(rows)), top=top)


@cache
def _world() -> dict[str, Any]:
    """Countries as TopoJSON, and ``centres``: longitude and latitude of those too small for it; see ``static/NOTICE``.

    Read once per process: 100 kB that never change.
    """
    world: dict[str, Any] = json.loads((state.STATIC / "world.topo.json").read_text(encoding="utf-8"))
    return world
