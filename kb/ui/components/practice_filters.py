"""Filters on practices with counts, kept in the URL as codes."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kb.peers.selection import Selection
from kb.peers.tags import Tag
from kb.ui import address, plain, sheet_words, state, words
from kb.ui.components import filters
from kb.ui.components.filters import Counts, Field
from kb.ui.i18n import _, marked

PREFIX = "p"


def tag_label(prefix: str, word: str) -> str:
    """What a controlled tag is called; a goal with its number before it."""
    label = sheet_words.tag(state.scheme(), Tag(prefix, word))
    return f"{word} · {label}" if prefix == "sdg" else label


FIELDS = (
    Field("kinds", "kind", marked("Kind"), sheet_words.kind),
    Field("countries", "country", marked("Country"), sheet_words.country),
    Field("themes", "theme", marked("Theme"), partial(tag_label, "theme")),
    Field("groups", "group", marked("For whom"), partial(tag_label, "group")),
    Field("goals", "sdg", marked("Sustainable Development Goals"), partial(tag_label, "sdg")),
    Field("conditions", "condition", marked("Depends on"), partial(tag_label, "condition")),
    Field("languages", "language", marked("Language of the text"), words.language),
    Field("statuses", "status", marked("State"), sheet_words.choice),
    Field("tags", "tag", marked("Free tags"), str),
)


def fields() -> dict[str, address.Parse]:
    """What :func:`address.follow` needs to know about these filters."""
    return {_key(field): address.many for field in FIELDS}


def chosen() -> Selection:
    """The filters of this run; call after :func:`address.follow`, before or after :func:`show`."""
    return Selection(**{field.name: tuple(st.session_state.get(_key(field), ())) for field in FIELDS})


def show(counts: Counts) -> None:
    """Draw the filters below a heading of their own, for the side panel; nothing when there is nothing to choose."""
    if any(counts.values()) or chosen():
        st.header(_("Filters"), anchor=False)
        filters.show(PREFIX, counts, FIELDS)


def show_chosen() -> None:
    """Say in the page itself what is filtered, with a way out: on a phone the side panel is closed."""
    if wanted := chosen():
        with st.container(horizontal=True, vertical_alignment="center", key="p_chosen"):
            st.text(_("Filters: {filters}").format(filters=spelled(wanted)))
            st.button(_("Clear filters"), key="p_clear", icon=":material/filter_alt_off:", on_click=clear)
    else:
        plain.show(plain.element("p", _("Filters are in the side panel, behind » at the top."), css="kb-phone kb-quiet"))


def clear() -> None:
    """Empty all filters; for ``on_click``, which runs before the widgets do."""
    for field in FIELDS:
        st.session_state[_key(field)] = []


def values() -> dict[str, str | int | list[str]]:
    """What :func:`address.publish` writes."""
    return {_key(field): list(st.session_state.get(_key(field), [])) for field in FIELDS}


def spelled(wanted: Selection) -> str:
    """The filters in words: "India, Tool"."""
    return words.listed(field.spell(value) for field in FIELDS for value in getattr(wanted, field.name))


def _key(field: Field) -> str:
    return f"{PREFIX}_{field.suffix}"
