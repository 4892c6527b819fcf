"""The actions of a plan in a form: what, who, when, for how much, seen by what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from kb.peers.learning.money import CURRENCIES
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.plan_bodies import MAX_ACTIONS, Action
from kb.peers.narrative import UNKNOWN
from kb.ui.i18n import _

NOT_SAID, KNOWN = "not-said", "known"  # of a cost, beside UNKNOWN


def ask(key: str, so_far: Sequence[Action]) -> None:
    """Draw the fields of each action, and the way to another one."""
    st.session_state.setdefault(f"{key}_n", max(1, len(so_far)))
    for at in range(st.session_state[f"{key}_n"]):
        with st.container(border=True, gap="small", key=f"{key}_action_{at}"):
            _ask_one(f"{key}_a{at}", at, so_far[at] if at < len(so_far) else None)
    st.button(
        _("Another action"), key=f"{key}_more", icon=":material/add:", type="tertiary", on_click=_more, args=(key,),
        disabled=st.session_state[f"{key}_n"] >= MAX_ACTIONS,
    )  # fmt: skip


def said(key: str) -> list[dict[str, Any]]:
    """What the fields say; an action of which nothing is said is none."""
    found = [_said_of(f"{key}_a{at}") for at in range(st.session_state.get(f"{key}_n", 0))]
    return [each for each in found if any(value for name, value in each.items() if name != "key")]


def _ask_one(key: str, at: int, action: Action | None) -> None:
    for name, value in _begun(action).items():
        st.session_state.setdefault(f"{key}_{name}", value)
    st.text_area(_("Action {n}: what will be done").format(n=at + 1), key=f"{key}_what", height=80, max_chars=MAX_WORDS_CHARS)
    st.text_area(_("Who does it or takes part, one a line"), key=f"{key}_players", height=68, max_chars=MAX_WORDS_CHARS)
    with st.grid(min_column_width=120, gap="small"):
        st.text_input(_("Begins on (optional)"), key=f"{key}_begins", max_chars=10, placeholder="2026-12-31")
        st.text_input(_("Ends on (optional)"), key=f"{key}_ends", max_chars=10, placeholder="2027-12-31")
        costs = {NOT_SAID: _("Not said"), KNOWN: _("An amount"), UNKNOWN: _("Unknown")}
        st.selectbox(_("Cost"), list(costs), key=f"{key}_cost", format_func=costs.__getitem__)
        st.text_input(_("Amount"), key=f"{key}_amount", max_chars=20, placeholder="1200")
        st.selectbox(_("Currency"), sorted(CURRENCIES), key=f"{key}_currency")
    with st.grid(min_column_width=260, gap="small"):
        st.text_input(_("Where the money comes from (optional)"), key=f"{key}_funding", max_chars=MAX_WORDS_CHARS)
        st.text_input(_("Indicator: by what one will see it (optional)"), key=f"{key}_indicator", max_chars=MAX_WORDS_CHARS)


def _begun(action: Action | None) -> dict[str, str]:
    """What the fields of an action say at first."""
    if action is None:
        return {"key": "", "what": "", "players": "", "begins": "", "ends": "", "cost": NOT_SAID, "amount": "", "currency": "EUR",
                "funding": "", "indicator": ""}  # fmt: skip
    cost = action.cost
    amount = "" if cost is None or cost.amount is None else f"{cost.amount:.15g}"
    return {
        "key": action.key,
        "what": action.what,
        "players": "\n".join(action.players),
        "begins": action.begins,
        "ends": action.ends,
        "cost": NOT_SAID if cost is None else UNKNOWN if cost.amount is None else KNOWN,
        "amount": amount,
        "currency": cost.currency if cost and cost.currency else "EUR",
        "funding": action.funding,
        "indicator": action.indicator,
    }


def _said_of(key: str) -> dict[str, Any]:
    given = {name: str(st.session_state.get(f"{key}_{name}", "")).strip() for name in _begun(None)}
    players = [line.strip() for line in given["players"].splitlines() if line.strip()]
    amount = {"amount": given["amount"], "currency": given["currency"]}
    is_unsaid = given["cost"] == NOT_SAID and not given["amount"]  # whoever types an amount has said it
    cost: Any = UNKNOWN if given["cost"] == UNKNOWN else None if is_unsaid else amount
    texts = {name: given[name] for name in ("key", "what", "begins", "ends", "funding", "indicator")}
    return {**texts, "players": players, "cost": cost}


def _more(key: str) -> None:
    st.session_state[f"{key}_n"] += 1
