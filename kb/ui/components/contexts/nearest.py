"""The places that are nearest by what is known of both, and what keeps them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from kb.peers.contexts.distance import Distance
from kb.peers.contexts.indicators import Indicators
from kb.peers.contexts.profile import ContextProfile
from kb.ui import context_words, links, plain, sheet_words, words
from kb.ui.components import section
from kb.ui.components.contexts import place_head
from kb.ui.i18n import _

LARGEST = 3  # parts that are told of a place


def show(near: Sequence[tuple[str, Distance]], profiles: Mapping[str, ContextProfile], indicators: Indicators) -> None:
    """Draw each with its distance, the largest parts of it, and the way to all parts."""
    section.head("nearest", _("Nearest places"))
    if not near:
        plain.show(plain.element("p", _("There is no other place to compare with."), css="kb-quiet"))
        return
    told = _(
        "Apart from 0 (the same in all that is known of both) to 1. Every group of conditions weighs the same. "
        "Near is no judgement: it says where a look is worthwhile."
    )
    plain.show(plain.element("p", told, css="kb-quiet"))
    with st.grid(min_column_width=300, gap="small"):
        for place, distance in near:
            with st.container(border=True, height="stretch", gap="xsmall", key=f"place_near_{place}"):
                _show_one(place, distance, profiles[place], indicators)


def in_words(distance: Distance) -> str:
    """How far, and on how much that rests."""
    if distance.value is None:
        return _("Nothing is known of both")
    return _("{distance} apart, by {known} of {all} indicators").format(
        distance=context_words.apart(distance.value), known=words.number(distance.n_known), all=words.number(distance.n_all)
    )


def _show_one(place: str, distance: Distance, profile: ContextProfile, indicators: Indicators) -> None:
    name = context_words.place(profile)
    links.to_context(name, place, is_there=True)
    largest = sorted((part for part in distance.parts if part.share), key=lambda part: -part.share)[:LARGEST]
    parts = words.listed(
        sheet_words.labelled(context_words.text(indicators.indicator(part.indicator).title), context_words.part(part.share))
        for part in largest
    )
    plain.show(
        plain.element("p", in_words(distance), css="kb-place"),
        plain.element("p", _("Most of it: {parts}").format(parts=parts), css="kb-quiet") if parts else "",
    )
    st.button(
        _("Compare"), key=f"beside_{place}", type="tertiary", icon=":material/compare_arrows:",
        help=_("All parts, beside {place}").format(place=plain.escape_markdown(name)),
        on_click=place_head.compare, args=(place,),
    )  # fmt: skip
