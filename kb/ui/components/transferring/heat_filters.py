"""Which practices and which places the heatmap shows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping

import streamlit as st

from kb.peers.tags import Tag
from kb.services import tagging
from kb.services.transferring.matrix import Matrix
from kb.ui import counted, sheet_words, state, words
from kb.ui.components.transferring.controls import TARGETS, TESTED, TEXT, THEME
from kb.ui.i18n import _


def show(titles: Mapping[str, str], places: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Draw the filters. Returns practice → its themes.

    Args:
        titles: practice → title.
        places: code → name.
    """
    tagged = tagging.tags_by_practice(state.kb(), actor=state.actor())
    themes = {name: frozenset(tag.word for tag in tagged.get(name, ()) if tag.prefix == "theme") for name in titles}
    counts = Counter(theme for each in themes.values() for theme in each)
    with st.grid(min_column_width=240, gap="small"):
        st.text_input(_("Practices with these words in the title"), key=TEXT, icon=":material/search:", max_chars=200)
        options = list(dict.fromkeys([*(theme for theme, _n in counts.most_common()), *st.session_state[THEME]]))
        labels = {
            theme: f"{sheet_words.tag(state.scheme(), Tag('theme', theme))} ({words.number(counts[theme])})" for theme in options
        }
        counted.show(_("Theme"), options, key=THEME, spell=labels.__getitem__)
        codes = list(dict.fromkeys([*places, *st.session_state[TARGETS]]))
        counted.show(_("Places"), codes, key=TARGETS, spell=lambda code: places.get(code, code))
    st.toggle(_("Only what was tested or is being tested"), key=TESTED)
    return themes


def columns(found: Matrix, places: Mapping[str, str]) -> list[str]:
    """The places that fit, by name; those with a test come first."""
    wanted, tested = st.session_state[TARGETS], {target for _practice, target in _pairs(found)}
    fitting = [place for place in places if (not wanted or place in wanted) and (not st.session_state[TESTED] or place in tested)]
    return sorted(fitting, key=lambda place: place not in tested)


def rows(
    found: Matrix, titles: Mapping[str, str], themes: Mapping[str, frozenset[str]], columns_shown: Collection[str]
) -> list[str]:
    """The practices that fit, by title; those with a test for a place that is shown come first."""
    wanted = _flat(st.session_state[TEXT]).split()
    tested = {practice for practice, target in _pairs(found) if target in columns_shown}
    fitting = [
        name
        for name, title in titles.items()
        if all(word in _flat(title) for word in wanted)
        and (not st.session_state[THEME] or themes[name] & set(st.session_state[THEME]))
        and (not st.session_state[TESTED] or name in tested)
    ]
    return sorted(fitting, key=lambda name: name not in tested)


def is_any() -> bool:
    """Whether anything is filtered."""
    return any(st.session_state[key] for key in (TEXT, THEME, TARGETS, TESTED))


def clear() -> None:
    """Empty all of them; for ``on_click``."""
    st.session_state.update({TEXT: "", THEME: [], TARGETS: [], TESTED: False})


def _pairs(found: Matrix) -> set[tuple[str, str]]:
    return {*found.cells, *found.n_open}


def _flat(text: str) -> str:
    """Case and accents do not matter; letters of any script are kept."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each)).casefold()
