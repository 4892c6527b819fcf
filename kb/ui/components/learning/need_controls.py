"""What the page of needs and offers shows: which of three lists, of which needs, offers or matches. The address keeps it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from kb.peers.learning.match import Match, MatchState
from kb.peers.learning.need import Need, NeedState
from kb.peers.learning.offer import Offer, OfferState
from kb.peers.learning.seeks import Seeks
from kb.ui import address, counted, learning_words, matching_words, state, words
from kb.ui.i18n import _

NEEDS, OFFERS, MATCHES = "needs", "offers", "matches"
NEED, OFFER, MATCH = "need", "offer", "match"  # URL parameters and session keys: id of the one that is shown
VIEW, SEEKS, THEME, COUNTRY, LANGUAGE, STATE, MINE = (
    "n_view", "n_seeks", "n_theme", "n_country", "n_language", "n_state", "n_mine",
)  # fmt: skip  # widget keys and URL parameters
YES = "1"
_STATES = {NEEDS: NeedState, OFFERS: OfferState, MATCHES: MatchState}
Thing = Need | Offer | Match


def fields() -> dict[str, address.Parse]:
    """What :func:`address.follow` needs to know about this page."""
    return {
        **dict.fromkeys((NEED, OFFER, MATCH), address.one),
        VIEW: address.among(NEEDS, OFFERS, MATCHES),
        **dict.fromkeys((SEEKS, THEME, COUNTRY, LANGUAGE, STATE), address.many),
        MINE: lambda said: said[:1] == (YES,),
    }


def publish() -> None:
    """Make the address say what is shown."""
    said = st.session_state
    one = {key: said[key] for key in (NEED, OFFER, MATCH)}
    address.publish(
        "needs",
        **one,
        **{
            VIEW: "" if said[VIEW] == NEEDS else said[VIEW],
            MINE: YES if said[MINE] else "",
            **{key: list(said[key]) for key in (SEEKS, THEME, COUNTRY, LANGUAGE, STATE)},
        },
    )


def keep() -> None:
    """What widgets of the list say stays while one thing is shown, where they are not drawn."""
    for key in (VIEW, SEEKS, THEME, COUNTRY, LANGUAGE, STATE, MINE):
        st.session_state[key] = st.session_state[key]


def show_views(counts: Mapping[str, int]) -> str:
    """Draw the three lists to choose from. Returns the chosen one.

    Args:
        counts: how many each has, before anything is filtered.
    """
    names = {NEEDS: _("Needs"), OFFERS: _("Offers"), MATCHES: _("Matches")}
    labels = {view: f"{names[view]} ({words.number(counts[view])})" for view in names}
    st.segmented_control(_("Show"), list(labels), key=VIEW, required=True, format_func=labels.__getitem__, wrap=True)
    return str(st.session_state[VIEW])


def show_filters(view: str, everything: Sequence[Thing]) -> None:
    """Draw the filters of a list. What is chosen stays, even where nothing is of it."""
    spelled: dict[str, tuple[str, Callable[[str], str], Iterable[str]]] = {
        SEEKS: (_("What is given") if view == OFFERS else _("What is sought"), matching_words.seeks, Seeks),
        THEME: (_("Theme"), words.theme, _of(everything, _themes)),
        COUNTRY: (_("Country"), words.country, _of(everything, _countries)),
        LANGUAGE: (_("Language"), words.language, _of(everything, _languages)),
    }
    shown = {} if view == MATCHES else spelled
    with st.grid(min_column_width=180, gap="small"):
        for key, (label, spell, options) in shown.items():
            _choose(key, label, spell, options)
        named = _STATES[view]
        wanted = [each.value for each in named]
        _choose(STATE, _("State"), lambda value: learning_words.state_word(named(value)) if value in wanted else value, wanted)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.toggle(_("Only mine"), key=MINE)
        if is_any():
            st.button(_("Clear filters"), key="n_clear", type="tertiary", icon=":material/filter_alt_off:", on_click=clear)


def chosen(view: str, everything: Sequence[Any]) -> list[Any]:
    """Those that fit."""
    said = st.session_state
    asked = {STATE: _states} if view == MATCHES else {SEEKS: _seeks, THEME: _themes, COUNTRY: _countries, LANGUAGE: _languages}
    asked = {**asked, STATE: _states}
    return [
        each
        for each in everything
        if all(not said[key] or set(said[key]) & set(told(each)) for key, told in asked.items())
        and (not said[MINE] or is_mine(each))
    ]


def is_mine(each: Thing) -> bool:
    """Whether it is the actor's own need or offer, or a match that concerns them."""
    concerned = {each.proposed.seeker.name, each.proposed.host.name} if isinstance(each, Match) else set()
    return state.actor().name in concerned | {each.member}


def is_any() -> bool:
    """Whether anything is filtered."""
    return any(st.session_state[key] for key in (SEEKS, THEME, COUNTRY, LANGUAGE, STATE, MINE))


def clear() -> None:
    """Filter nothing."""
    st.session_state.update({key: [] for key in (SEEKS, THEME, COUNTRY, LANGUAGE, STATE)} | {MINE: False})


def show_way_back() -> None:
    """Draw the way from one thing to the lists."""
    st.button(
        _("All needs and offers"), key="n_all", type="tertiary", icon=":material/arrow_back:",
        on_click=st.session_state.update, args=({NEED: "", OFFER: "", MATCH: ""},),
    )  # fmt: skip


def _choose(key: str, label: str, spell: Callable[[str], str], options: Iterable[str]) -> None:
    named = list(dict.fromkeys([*options, *st.session_state[key]]))
    counted.show(label, named, key=key, spell=spell)


def _of(everything: Sequence[Thing], told: Callable[[Thing], Iterable[str]]) -> list[str]:
    return sorted({value for each in everything for value in told(each)})


def _seeks(each: Thing) -> Iterable[str]:
    if isinstance(each, Match):
        return ()
    return (each.posted.seeks,) if isinstance(each, Need) else each.posted.gives


def _themes(each: Thing) -> Iterable[str]:
    return () if isinstance(each, Match) or not each.posted.theme else (each.posted.theme,)


def _countries(each: Thing) -> Iterable[str]:
    return () if isinstance(each, Match) or not each.posted.by.country else (each.posted.by.country,)


def _languages(each: Thing) -> Iterable[str]:
    return () if isinstance(each, Match) else {each.posted.language, *each.posted.languages} - {"und"}


def _states(each: Thing) -> Iterable[str]:
    return (each.state.value,)
