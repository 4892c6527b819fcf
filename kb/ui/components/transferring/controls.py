"""What the page Transfer shows: in which way, of which practices and places. The address keeps it all."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kb.ui import address
from kb.ui.i18n import _

HEAT, INTO, FROM = "heat", "in", "of"
VIEW, PLACE, PRACTICE = "t_view", "t_place", "t_practice"  # widget keys and URL parameters
TEXT, THEME, TARGETS, TESTED = "t_q", "t_theme", "t_to", "t_tested"  # of the heatmap
NEW, NEW_TARGET = "t_new", "t_new_for"  # of the form that opens a test
YES = "1"


def fields() -> dict[str, address.Parse]:
    """What :func:`address.follow` needs to know about this page."""
    return {
        VIEW: address.among(HEAT, INTO, FROM),
        PLACE: _one_or_none,
        PRACTICE: _one_or_none,
        TEXT: address.one,
        THEME: address.many,
        TARGETS: address.many,
        TESTED: lambda said: said[:1] == (YES,),
        NEW: _one_or_none,
        NEW_TARGET: _one_or_none,
    }


def publish() -> None:
    """Make the address say what the widgets say, those of the other ways of looking too: who comes back finds them as they were."""
    said = st.session_state
    address.publish(
        "transfers",
        **{
            VIEW: "" if said[VIEW] == HEAT else said[VIEW],
            TESTED: YES if said[TESTED] else "",
            **{key: said[key] or "" for key in (PLACE, PRACTICE, TEXT, NEW, NEW_TARGET)},
            **{key: list(said[key]) for key in (THEME, TARGETS)},
        },
    )


def show_modes() -> str:
    """Draw the three ways of looking. Returns the chosen one."""
    views = {HEAT: _("All at a glance"), INTO: _("What could work in …"), FROM: _("Where could … work")}
    st.segmented_control(_("Show as"), list(views), key=VIEW, required=True, format_func=views.__getitem__, wrap=True)
    return str(st.session_state[VIEW])


def show_target(places: Mapping[str, str]) -> str:
    """Draw the choice of a place (code → name). Returns its code; empty while none is chosen."""
    return _show_choice(PLACE, _("Place"), places, _("Choose a country or region"))


def show_practice(titles: Mapping[str, str]) -> str:
    """Draw the choice of a practice (name → title). Returns its name; empty while none is chosen."""
    return _show_choice(PRACTICE, _("Practice"), titles, _("Choose a practice"))


def _show_choice(key: str, label: str, names: Mapping[str, str], placeholder: str) -> str:
    """What the address asks for stays, even where nothing is of that name: what is drawn below says so."""
    wanted = st.session_state[key]
    named = dict(names) | ({wanted: wanted} if wanted and wanted not in names else {})
    st.selectbox(label, list(named), key=key, index=None, format_func=named.__getitem__, placeholder=placeholder, width=640)
    return st.session_state[key] or ""


def _one_or_none(said: address.Said) -> str | None:
    return said[0] if said else None
