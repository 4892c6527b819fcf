"""Where the documents are about: a world map drawn from our own file, so that nothing is fetched from anywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import altair as alt
import streamlit as st

from kb.ui import state, words
from kb.ui.i18n import _, ngettext

HEIGHT_PX = 330


def show(counts: Mapping[str, int]) -> None:
    """Draw the number of documents by country (ISO 3166-1 alpha-2), and say the same in words for those who see no map."""
    rows = [{"id": code, "n": n, "name": words.country(code)} for code, n in counts.items()]
    if not rows:
        st.caption(_("No document says which country it is about."))
        return
    named = alt.LookupData(alt.InlineData(values=rows), key="id", fields=["n", "name"])
    colour = alt.Color("n:Q", title=_("Documents"), legend=alt.Legend(orient="bottom", tickMinStep=1, format="d"))
    tooltip = [alt.Tooltip("name:N", title=_("Country")), alt.Tooltip("n:Q", title=_("Documents"))]
    land = alt.Chart(_shapes("countries")).mark_geoshape(fill="#8a94a3", fillOpacity=0.22, stroke="#8a94a3", strokeWidth=0.4)
    found = [
        alt.Chart(_shapes(layer))
        .mark_geoshape(stroke="#8a94a3", strokeWidth=0.6)
        .transform_lookup(lookup="id", from_=named)
        .transform_filter("isValid(datum.n)")
        .encode(color=colour, tooltip=tooltip)
        for layer in ("countries", "small")
    ]
    chart = alt.layer(land, *found).project(type="equalEarth").properties(height=HEIGHT_PX)
    st.altair_chart(chart, width="stretch", alt=_alternative(rows))


def _alternative(rows: list[dict[str, Any]]) -> str:
    most = sorted(rows, key=lambda row: (-row["n"], row["name"]))[:3]
    top = words.listed(f"{row['name']} ({words.number(row['n'])})" for row in most)
    sentence = ngettext(
        "World map: documents about {n} country; most about {top}.",
        "World map: documents about {n} countries; most about {top}.",
        len(rows),
    )
    return sentence.format(n=words.number(len(rows)), top=top)


def _shapes(layer: str) -> Any:
    return alt.InlineData(values=_world(), format=alt.TopoDataFormat(type="topojson", feature=layer))


@cache
def _world() -> dict[str, Any]:
    """Countries and the centres of small ones; see ``static/NOTICE``. Read once per process: 100 kB that never change."""
    world: dict[str, Any] = json.loads((state.STATIC / "world.topo.json").read_text(encoding="utf-8"))
    return world
