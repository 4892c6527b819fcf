"""Where a practice could work, on the map of the world: groups in words, no means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from kb.peers.contexts.profile import ContextProfile
from kb.peers.transfer.matrix import Footing
from kb.services.transferring.ranking import WhereWork
from kb.ui import sheet_words, transferring_words, words
from kb.ui.assessing_words import named
from kb.ui.components import world_map
from kb.ui.i18n import _

# Blue, grey and yellow differ in lightness too; what is not tested stands back.
COLOURS = ("#1f5fd0", "#98a0ab", "#f2b34f", "#8a94a366")


def show(found: WhereWork, profiles: Mapping[str, ContextProfile]) -> None:
    """Draw the groups by country; regions are in the tables only, and that is said."""
    places = {footing: [cell.target for cell in found.tested if cell.footing is footing] for footing in Footing}
    groups = {named(transferring_words.FOOTINGS, footing): codes for footing, codes in places.items()}
    groups[_("Not tested")] = [each.target for each in found.untested]
    countries = {name: [code for code in codes if "-" not in code] for name, codes in groups.items()}
    world_map.show_groups(countries, COLOURS, _("What tests say"), _in_words(groups, profiles))
    if regions := [code for codes in groups.values() for code in codes if "-" in code]:
        st.caption(_("Regions are in the tables only: {places}.").format(places=_listed(regions, profiles)))


def _in_words(groups: Mapping[str, list[str]], profiles: Mapping[str, ContextProfile]) -> str:
    told = (sheet_words.labelled(name, _listed(codes, profiles)) for name, codes in groups.items() if codes)
    return _("World map: where the practice could work. {groups}. The same stands in the tables below.").format(
        groups="; ".join(told)
    )


def _listed(codes: Iterable[str], profiles: Mapping[str, ContextProfile]) -> str:
    return words.listed(transferring_words.place(code, profiles) for code in codes)
