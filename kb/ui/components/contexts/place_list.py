"""The places of which there is a profile: on a map, and as cards that say how much is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.indicators import Indicators
from kb.peers.contexts.profile import ContextProfile
from kb.services.contexts import ListedContext
from kb.services.sheets import Fault
from kb.ui import context_words, links, plain, words
from kb.ui.components import world_map
from kb.ui.i18n import _, ngettext
from kb.ui.plain import escape_markdown
from kb.ui.said import said


def show_none() -> None:
    """Say how a first profile is added."""
    with st.container(border=True, key="no_contexts"):
        st.header(_("There are no context profiles yet"), anchor=False)
        st.markdown(_("A profile is a file in the folder corpus/contexts. Check it from the command line:"))
        st.code("python -m kb context check", language=None)


def show_unknown(place: str) -> None:
    """Say that the place of the address has no profile; nothing where none was asked for."""
    if place:
        sentence = _("There is no profile of “{place}”. Those that there are stand below.").format(place=place[:20])
        st.warning(escape_markdown(sentence), icon=":material/search_off:")


def show_map(profiles: Mapping[str, ContextProfile], indicators: Indicators) -> None:
    """Draw for how many indicators a value is known, by country; regions are on the cards only."""
    counts = {place: n_known(each, indicators) for place, each in profiles.items() if place == each.country}
    world_map.show(counts, _("Known indicators"), _("No country has a profile."), _alternative)


def show(listed: Sequence[ListedContext], indicators: Indicators | None) -> None:
    """Draw each place as a card, by name."""
    st.header(ngettext("{n} place", "{n} places", len(listed)).format(n=words.number(len(listed))), anchor=False)
    with st.grid(min_column_width=240, gap="small"):
        for each in sorted(listed, key=lambda one: words.sortable(_name(one))):
            with st.container(border=True, height="stretch", gap="xsmall", key=f"place_{each.place}"):
                _show_card(each, indicators)


def show_faults(faults: Sequence[Fault]) -> None:
    """Say what somebody has to mend before a profile can be used; nothing where nothing is wrong."""
    if n := len(faults):
        sentence = ngettext(
            "The profile has {n} fault and cannot be used before it is mended:",
            "The profile has {n} faults and cannot be used before they are mended:",
            n,
        )
        st.warning(sentence.format(n=words.number(n)), icon=":material/build:")
        items = "".join(plain.element("li", f"{each.file}:{each.line}: {said(each.in_words)}") for each in faults)
        plain.show(f'<ul class="kb-list">{items}</ul>')


def n_known(profile: ContextProfile, indicators: Indicators) -> int:
    """For how many indicators a value is known."""
    return sum(profile.value(name) is not None for name in indicators.names)


def how_much(profile: ContextProfile, indicators: Indicators) -> str:
    """How much is known, in words: never a score."""
    described = sum(not profile.text(group).is_unknown for group in ConditionGroup)
    return _("{known} of {all} indicators known, {described} of {groups} groups described").format(
        known=words.number(n_known(profile, indicators)),
        all=words.number(len(indicators.names)),
        described=words.number(described),
        groups=words.number(len(ConditionGroup)),
    )


def _show_card(each: ListedContext, indicators: Indicators | None) -> None:
    links.to_context(_name(each), each.place, is_there=True)
    if each.profile and indicators:
        spoken = () if isinstance(each.profile.languages, str) else each.profile.languages.codes
        plain.show(
            plain.pills([context_words.kind(each.profile), *map(words.language, spoken)]),
            plain.element("p", how_much(each.profile, indicators), css="kb-quiet kb-below"),
        )
    show_faults(each.faults)


def _name(each: ListedContext) -> str:
    return context_words.place(each.profile) if each.profile else each.place


def _alternative(n: int) -> str:
    return ngettext(
        "World map: how many indicators are known, in {n} country; most in {top}.",
        "World map: how many indicators are known, in {n} countries; most in {top}.",
        n,
    )
