"""What was measured before a policy change and after, in a form, with passages as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.policy_bodies import MAX_EFFECTS, Dimension, Effect, Measured
from kb.peers.narrative import UNKNOWN
from kb.peers.parts import MAX_LINE_CHARS
from kb.ui import outcome_words
from kb.ui.components.learning import passage_picker
from kb.ui.i18n import _

SIDES = ("before", "after")
FIELDS = ("value", "unit", "words", "date", "source")  # of a side


def ask(key: str, so_far: Sequence[Effect]) -> None:
    """Draw the fields of each effect, and the way to another one."""
    st.session_state.setdefault(f"{key}_n", max(1, len(so_far)))
    for at in range(st.session_state[f"{key}_n"]):
        with st.container(border=True, gap="small", key=f"{key}_effect_{at}"):
            _ask_one(f"{key}_e{at}", at, so_far[at] if at < len(so_far) else None)
    st.button(
        _("Something else that was measured"), key=f"{key}_more", icon=":material/add:", type="tertiary", on_click=_more,
        args=(key,), disabled=st.session_state[f"{key}_n"] >= MAX_EFFECTS,
    )  # fmt: skip


def said(key: str) -> list[dict[str, Any]]:
    """What the fields say; an effect of which nothing is said is none."""
    found = [_said_of(f"{key}_e{at}") for at in range(st.session_state.get(f"{key}_n", 0))]
    return [each for each in found if each["what"] or each["before"] or each["after"]]


def _ask_one(key: str, at: int, effect: Effect | None) -> None:
    st.session_state.setdefault(f"{key}_dimension", effect.dimension.value if effect else Dimension.QUALITY.value)
    st.session_state.setdefault(f"{key}_what", effect.what if effect else "")
    st.session_state.setdefault(f"{key}_unit", effect.unit if effect else "")
    with st.grid(min_column_width=200, gap="small"):
        st.selectbox(
            _("Effect {n}: of which").format(n=at + 1), [each.value for each in Dimension], key=f"{key}_dimension",
            format_func=outcome_words.dimension,
        )  # fmt: skip
        st.text_input(_("What was measured"), key=f"{key}_what", max_chars=MAX_LINE_CHARS)
        st.text_input(_("Unit (none for words)"), key=f"{key}_unit", max_chars=MAX_LINE_CHARS)
    _ask_side(f"{key}_before", effect.before if effect else None, _("Before: {what}"))
    _ask_side(f"{key}_after", effect.after if effect else None, _("After: {what}"))
    for side in SIDES:
        given = getattr(effect, side) if effect else None
        seen = {pin.passage_id: pin.quote for pin in given.pins if pin.passage_id} if given else {}
        passage_picker.give(f"{key}_pins", side, seen)
    with st.expander(_("Passages as evidence"), icon=":material/format_quote:", key=f"{key}_evidence"):
        passage_picker.show(f"{key}_pins", {"before": _("For before"), "after": _("For after")})


def _ask_side(key: str, measured: Measured | None, label: str) -> None:
    for name, value in _begun(measured).items():
        st.session_state.setdefault(f"{key}_{name}", value)
    with st.grid(min_column_width=120, gap="small"):
        st.text_input(label.format(what=_("value")), key=f"{key}_value", max_chars=30, placeholder="3.5")
        st.text_input(label.format(what=_("in words")), key=f"{key}_words", max_chars=MAX_WORDS_CHARS)
        st.text_input(label.format(what=_("date")), key=f"{key}_date", max_chars=10, placeholder="2026-06")
        st.text_input(label.format(what=_("source")), key=f"{key}_source", max_chars=MAX_LINE_CHARS)
        st.text_input(label.format(what=_("another unit")), key=f"{key}_unit", max_chars=MAX_LINE_CHARS)


def _begun(measured: Measured | None) -> dict[str, str]:
    if measured is None:
        return dict.fromkeys(FIELDS, "")
    value = "" if measured.value is None else f"{measured.value:.15g}"
    date = "" if measured.date == UNKNOWN else measured.date
    return {"value": value, "unit": measured.unit, "words": measured.words, "date": date, "source": measured.source}


def _said_of(key: str) -> dict[str, Any]:
    given = {name: str(st.session_state.get(f"{key}_{name}", "")).strip() for name in ("dimension", "what", "unit")}
    return {**given, **{side: _said_side(key, side) for side in SIDES}}


def _said_side(key: str, side: str) -> dict[str, Any] | None:
    """``None`` where nothing is said."""
    given: dict[str, Any] = {name: str(st.session_state.get(f"{key}_{side}_{name}", "")).strip() for name in FIELDS}
    given["passages"] = passage_picker.taken(f"{key}_pins", side)
    return given if any(given.values()) else None


def _more(key: str) -> None:
    st.session_state[f"{key}_n"] += 1
