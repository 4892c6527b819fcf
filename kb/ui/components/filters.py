"""Filters with counts, kept in the URL as codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from kb.peers.tags import Tag
from kb.retrieval.answer import Filters
from kb.ui import address, counted, plain, sheet_words, state, words
from kb.ui.i18n import _, marked

Counts = Mapping[str, Mapping[str, int]]  # field of Filters → value → number of documents


@dataclass(frozen=True)
class Field:
    """One filter.

    Attributes:
        name: of the field of :class:`Filters`.
        suffix: of the widget's key and URL parameter, after the page's prefix.
        label: for translators.
        spell: a value in the reader's language.
    """

    name: str
    suffix: str
    label: str
    spell: Callable[[str], str]


FIELDS = (
    Field("kinds", "kind", marked("Kind"), words.kind),
    Field("countries", "country", marked("Country"), words.country),
    Field("themes", "theme", marked("Theme"), words.theme),
    Field("languages", "language", marked("Language of the text"), words.language),
    Field("years", "year", marked("Year"), str),
    Field("organisations", "organisation", marked("Organisation"), str),
    Field("tags", "tag", marked("Tag"), lambda tag: sheet_words.tag_in_full(state.scheme(), Tag.of(tag))),
)


def fields(prefix: str) -> dict[str, address.Parse]:
    """What :func:`address.follow` needs to know about these filters."""
    return {f"{prefix}_{field.suffix}": address.many for field in FIELDS}


def chosen(prefix: str) -> Filters:
    """The filters of this run; call after :func:`address.follow`, before or after :func:`show`."""
    values = {field.name: tuple(st.session_state.get(f"{prefix}_{field.suffix}", ())) for field in FIELDS}
    values["years"] = tuple(int(year) for year in values["years"] if year.isdecimal())
    return Filters(**values)


def show_all(prefix: str, counts: Counts) -> None:
    """Draw the filters below a heading of their own, for the side panel; nothing when there is nothing to choose."""
    if any(counts.values()) or chosen(prefix):
        st.header(_("Filters"), anchor=False)
        show(prefix, counts)


def show(prefix: str, counts: Counts, those: Sequence[Field] = FIELDS) -> None:
    """Draw one multiselect per field of ``those``, most frequent value first.

    A chosen value stays even when it counts nothing here; a field without any value is left out.
    """
    for field in those:
        key = f"{prefix}_{field.suffix}"
        numbers = {str(value): n for value, n in counts.get(field.name, {}).items()}
        options = [*numbers, *(value for value in st.session_state.get(key, []) if value not in numbers)]
        if options:
            counted.show(_(field.label), options, key=key, spell=partial(_labelled, field, numbers))


def _labelled(field: Field, numbers: Mapping[str, int], value: str) -> str:
    return f"{field.spell(value)} ({words.number(numbers.get(value, 0))})"


def show_chosen(prefix: str) -> None:
    """Say in the page itself what is filtered, with a way out: on a phone the side panel is closed."""
    if chosen(prefix):
        with st.container(horizontal=True, vertical_alignment="center", key=f"{prefix}_chosen"):
            st.text(_("Filters: {filters}").format(filters=spelled(chosen(prefix))))
            st.button(_("Clear filters"), key=f"{prefix}_clear", icon=":material/filter_alt_off:", on_click=clear, args=(prefix,))
    else:
        plain.show(plain.element("p", _("Filters are in the side panel, behind » at the top."), css="kb-phone kb-quiet"))


def clear(prefix: str) -> None:
    """Empty all filters of a page; for ``on_click``, which runs before the widgets do."""
    for field in FIELDS:
        st.session_state[f"{prefix}_{field.suffix}"] = []


def values(prefix: str) -> dict[str, str | int | list[str]]:
    """What :func:`address.publish` writes."""
    return {f"{prefix}_{field.suffix}": list(st.session_state.get(f"{prefix}_{field.suffix}", [])) for field in FIELDS}


def spelled(filters: Filters) -> str:
    """The filters in words: "India, Guide"; empty when there are none."""
    return words.listed(field.spell(str(value)) for field in FIELDS for value in getattr(filters, field.name))
