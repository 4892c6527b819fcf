"""Two places side by side: how far apart, what each indicator adds to it, and what is not known on which side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import streamlit as st

from kb.peers.contexts.distance import Distance, Part
from kb.peers.narrative import UNKNOWN
from kb.services.contexts import Context
from kb.ui import context_words, links, plain, sheet_words, words
from kb.ui.components.contexts import nearest
from kb.ui.i18n import _

ROW_PX = 26
LABEL_PX = 240  # long names are cut


def show(one: Context, other: Context, distance: Distance) -> None:
    """Draw the way back, the distance, its parts as bars and as a table, and what is unknown."""
    names = context_words.place(one.profile), context_words.place(other.profile)
    _show_ways_back(one, names[0])
    st.set_page_config(page_title=_("{one} and {other}").format(one=names[0], other=names[1]))
    plain.heading(1, _("{one} and {other}").format(one=names[0], other=names[1]))
    plain.show(plain.element("p", nearest.in_words(distance), css="kb-teaser"))
    links.to_context(_("The profile of {place}").format(place=names[1]), other.place, is_there=True)
    show_parts(one, other, distance)


def show_parts(one: Context, other: Context, distance: Distance) -> None:
    """Draw what each indicator adds to the distance, as bars and as a table, and what is unknown on which side."""
    names = context_words.place(one.profile), context_words.place(other.profile)
    if distance.value is None:
        st.info(_("No indicator is known of both places, so they cannot be compared."), icon=":material/help:")
    parts = sorted(distance.parts, key=lambda part: -part.share)
    _show_bars([part for part in parts if part.share], one)
    _show_table(parts, one, other, names)
    _show_unknown(distance, one, other, names)


def _show_ways_back(one: Context, name: str) -> None:
    st.button(
        _("Back to {place}").format(place=plain.escape_markdown(name)), key="beside_back", type="tertiary",
        icon=":material/arrow_back:", on_click=st.session_state.update, args=({links.PLACE: one.place, links.BESIDE: ""},),
    )  # fmt: skip


def _show_bars(parts: Sequence[Part], one: Context) -> None:
    """Of every indicator that adds anything, the largest first."""
    if not parts:
        return
    st.header(_("What keeps them apart"), anchor=False)
    st.caption(_("Each bar is what an indicator adds to the distance; all bars together are the distance."))
    rows = [_bar(part, one) for part in parts]
    order = [row["name"] for row in rows]
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=LABEL_PX, ticks=False, domain=False))
    x = alt.X("share:Q", title=_("Adds to the distance"), axis=alt.Axis(tickCount=5))
    said = {"name": _("Indicator"), "group": _("Group"), "told": _("Adds to the distance")}
    tooltip = [alt.Tooltip(f"{name}:N", title=title) for name, title in said.items()]
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=y, tooltip=tooltip)
    chart = base.mark_bar(size=14).encode(x=x).properties(height=ROW_PX * len(rows) + 50)
    told = words.listed(sheet_words.labelled(row["name"], row["told"]) for row in rows)
    alternative = _("What each indicator adds to the distance: {all}. The same numbers stand in the table below.")
    st.altair_chart(chart, width="stretch", alt=alternative.format(all=told))


def _bar(part: Part, one: Context) -> dict[str, Any]:
    name = context_words.text(one.indicators.indicator(part.indicator).title)
    return {"name": name, "group": context_words.group(part.group), "share": part.share, "told": context_words.part(part.share)}


def _show_table(parts: Sequence[Part], one: Context, other: Context, names: tuple[str, str]) -> None:
    if not parts:
        return
    rows = [
        (
            plain.cell(
                context_words.text(one.indicators.indicator(part.indicator).title), second_line=context_words.group(part.group)
            ),
            _value(one, part.indicator),
            _value(other, part.indicator),
            plain.cell(context_words.apart(part.apart)),
            plain.cell(context_words.part(part.share)),
        )
        for part in parts
    ]
    headers = (_("Indicator"), *names, _("How far apart"), _("Adds to the distance"))
    with st.container(key="apart_table"):
        plain.table(_("Every indicator that is known of both places"), headers, rows, as_cards=True)


def _value(found: Context, name: str) -> str:
    value = found.profile.value(name)
    if value is None:
        return plain.cell(sheet_words.choice(UNKNOWN))
    when = "" if value.date == UNKNOWN else words.day(value.date)
    return plain.cell(context_words.value(found.indicators.indicator(name), value.value), second_line=when)


def _show_unknown(distance: Distance, one: Context, other: Context, names: tuple[str, str]) -> None:
    """What could not be compared, by the side that lacks it."""
    if not distance.unknown:
        return
    lacks = [{name for name in distance.unknown if each.profile.value(name) is None} for each in (one, other)]
    sides = {
        _("Unknown of {place}").format(place=names[0]): lacks[0] - lacks[1],
        _("Unknown of {place}").format(place=names[1]): lacks[1] - lacks[0],
        _("Unknown of both"): lacks[0] & lacks[1],
    }
    st.header(_("What could not be compared"), anchor=False)
    rows = "".join(plain.element("dt", label) + plain.element("dd", _titles(one, which)) for label, which in sides.items() if which)
    plain.show(f'<dl class="kb-facts">{rows}</dl>')


def _titles(found: Context, which: set[str]) -> str:
    return words.listed(context_words.text(each.title) for each in found.indicators.indicators if each.indicator in which)
