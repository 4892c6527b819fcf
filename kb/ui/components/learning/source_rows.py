"""Where something is from, in a form: a row for each source, and the key by which a text names it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kb.peers.learning.typed_sources import keys_of, sources_of
from kb.peers.parts import MAX_ITEMS, MAX_LINE_CHARS
from kb.ui.components.learning import directory_fields, field_rows
from kb.ui.components.learning.field_rows import Field
from kb.ui.i18n import _

MAX_ADDRESS_CHARS = 2000


def ask(key: str, known: Mapping[str, Any]) -> None:
    """Draw the rows. They cannot stand in a form, as there may be more of them.

    Args:
        known: key → source of the file as it is; empty for a new one.
    """
    st.caption(_("Where is this from? Every fact has a source. A source whose row is emptied is taken away."))
    so_far = [
        {field.name: directory_fields.known(each.get(field.name)) for field in _fields()}
        for each in known.values()
        if isinstance(each, Mapping)
    ]
    field_rows.ask(_key(key), _fields(), so_far, more=_("Another source"), at_most=MAX_ITEMS)
    keys = keys_of(list(known), st.session_state[f"{_key(key)}_n"])
    told = _("To say which source a sentence is from, put its key behind it. In their order the keys are: {keys}")
    st.caption(told.format(keys=", ".join(f"`[@{each}]`" for each in keys)))


def said(key: str, known: Mapping[str, Any]) -> dict[str, object]:
    """The sources as a file has them."""
    return sources_of(field_rows.said_in_place(_key(key), _fields()), known)


def _key(key: str) -> str:
    return f"{key}_sources"


def _fields() -> tuple[Field, ...]:
    return (
        Field("title", _("Title of source {n}"), MAX_LINE_CHARS),
        Field("organisation", _("Who says it ({n})"), MAX_LINE_CHARS),
        Field("date", _("Its date, optional ({n})"), 10, placeholder="2026-11"),
        Field("address", _("Its address, optional ({n})"), MAX_ADDRESS_CHARS, placeholder="https://"),
    )
