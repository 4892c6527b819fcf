"""The form of an indicator: what is measured, how often, by whom, from where to where."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.peers import names
from kb.peers.monitoring.indicator import MAX_WORDS_CHARS, Direction, Frequency, Indicator, Point
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.monitoring import changing
from kb.ui import acting, monitoring_words, plain, state
from kb.ui.components import section
from kb.ui.i18n import _

_LINES = ("title", "unit", "responsible", "scope")
_POINTS = ("baseline", "target")
_PARTS = ("value", "date", "source")  # of a baseline or a target
_NEW = ""  # the form that makes one


def show_new(practice: str, *, is_first: bool) -> None:
    """Draw the section of a new indicator; unfolded where there is none yet."""
    section.head("new-indicator", _("A new indicator"))
    with st.expander(_("Say what is measured"), expanded=is_first, icon=":material/add_chart:", key="new_indicator"):
        show(practice, None)


def show(practice: str, indicator: Indicator | None) -> None:
    """Draw the form of one, or of a new one."""
    key = indicator.key if indicator else _NEW
    with st.form(f"indicator_{key}", border=False):
        st.text_input(_("What is measured"), _of(indicator, "title"), key=_key("title", key), max_chars=MAX_LINE_CHARS)
        st.text_area(
            _("What it means exactly, and how it is counted"), indicator.definition if indicator else "",
            key=_key("definition", key), height="content", max_chars=MAX_WORDS_CHARS,
        )  # fmt: skip
        with st.grid(min_column_width=220, gap="small"):
            st.text_input(_("Unit"), _of(indicator, "unit"), key=_key("unit", key), max_chars=MAX_LINE_CHARS)
            _choose(_("Wanted"), [each.value for each in Direction], indicator, "direction", monitoring_words.direction)
            _choose(
                _("How often it is read"), [each.value for each in Frequency], indicator, "frequency", monitoring_words.frequency
            )
            st.text_input(
                _("Who reads it (member or organisation)"), _of(indicator, "responsible"), key=_key("responsible", key),
                max_chars=MAX_LINE_CHARS,
            )  # fmt: skip
            st.text_input(_("Scope (optional)"), _of(indicator, "scope"), key=_key("scope", key), max_chars=MAX_LINE_CHARS)
            st.text_input(
                _("First reading due on"), _of(indicator, "first_due"), key=_key("first_due", key), max_chars=10,
                placeholder="2026-12-31", help=_("Left blank, it is one period after the baseline."),
            )  # fmt: skip
        _ask_point("baseline", _("Baseline: {what}"), indicator.baseline if indicator else None, key)
        _ask_point("target", _("Target: {what}"), indicator.target if indicator else None, key)
        if indicator is None:
            st.text_input(
                _("Short name (optional)"), key=_key("key", key), max_chars=names.MAX_CHARS,
                help=_("a–z, 0–9 and hyphens. Left blank, it is made of the title."),
            )  # fmt: skip
        st.form_submit_button(_("Keep it"), type="primary", on_click=acting.do, args=(_keep, practice, key))


def label(words: str) -> str:
    """Words that members typed, within the label of a field."""
    return plain.escape_markdown(words)


def _ask_point(name: str, said: str, at: Point | None, key: str) -> None:
    parts = {"value": _("value"), "date": _("day"), "source": _("source")}
    given = {"value": f"{at.value:.15g}", "date": at.date, "source": at.source or ""} if at else dict.fromkeys(_PARTS, "")
    with st.grid(min_column_width=160, gap="small"):
        for part, what in parts.items():
            placeholder = "2026-12-31" if part == "date" else None
            st.text_input(
                said.format(what=what), given[part], key=_key(f"{name}_{part}", key), placeholder=placeholder,
                max_chars=MAX_LINE_CHARS,
            )  # fmt: skip


def _choose(said: str, choices: list[str], indicator: Indicator | None, name: str, spell: Any) -> None:
    at = choices.index(str(getattr(indicator, name))) if indicator else 0
    key = _key(name, indicator.key if indicator else _NEW)
    st.selectbox(said, choices, index=at, key=key, format_func=spell)


def _of(indicator: Indicator | None, name: str) -> str:
    return (getattr(indicator, name) or "") if indicator else ""


def _key(name: str, indicator: str) -> str:
    return f"mi_{name}_{indicator}"


def _keep(practice: str, key: str) -> str:
    said = st.session_state
    given: dict[str, Any] = {name: str(said[_key(name, key)]).strip() for name in (*_LINES, "definition", "first_due")}
    given |= {name: said[_key(name, key)] for name in ("direction", "frequency")}
    given |= {point: {part: str(said[_key(f"{point}_{part}", key)]).strip() for part in _PARTS} for point in _POINTS}
    short = key or str(said[_key("key", key)]).strip() or names.name_for(given["title"])
    changing.set_indicator(state.kb(), practice, given | {"key": short}, actor=state.actor())
    if not key:
        texts = (*_LINES, "definition", "first_due", "key", *(f"{point}_{part}" for point in _POINTS for part in _PARTS))
        said.update({_key(name, key): "" for name in texts})
    return _("Kept. Readings of “{title}” are awaited.").format(title=given["title"])
