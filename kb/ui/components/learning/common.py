"""What every thing of mutual learning shows alike: its state, its history, that it is made up, links, practices to choose."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kb.peers.learning.parts import Party
from kb.peers.learning.record import Event, Record
from kb.services import practices
from kb.services.learning import partnerships
from kb.ui import directory_words, links, plain, state, words
from kb.ui import learning_words as told
from kb.ui.components import practice_head, section
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _

SAID_IN = ("why", "reason", "how", "what", "despite")  # fields in which somebody said something; the first that is filled is shown
DETAIL_CHARS = 300


def demo_badge(record: Record) -> None:
    """Draw that it is made up; nothing for what is real."""
    demonstration.show(is_demo=record.is_demo)


def show_state(record: Record, *labels: str) -> None:
    """Draw in which state it is, and short labels beside it; empty ones are left out."""
    plain.show(plain.pills((told.state_word(record.state), *labels)))


def show_history(record: Record, detail: Callable[[Event], str] | None = None) -> None:
    """Draw what happened, newest first.

    Args:
        detail: what is told of an event; by default the reason that was given.
    """
    section.head("past", _("What happened"))
    stream = record.id.split("-", 1)[0]
    rows = [_row(stream, each, (detail or said)(each)) for each in reversed(record.happened)]
    with st.container(key="learning_past"):
        plain.table(_("Newest first"), [_("When"), _("Who"), _("What"), _("Details")], rows, as_cards=True)


def said(event: Event) -> str:
    """What somebody gave as a reason, or said of it; empty for nothing."""
    return next((text for name in SAID_IN if isinstance(text := getattr(event.body, name, ""), str) and text), "")


def author(by: Party) -> str:
    """Who a thing is from, and for whom they worked; or why that is not told."""
    return ", ".join(filter(None, (by.name, by.organisation))) or _("Names withheld (Chatham House Rule)")


def link_to(ref: str, title: str, *, is_there: bool = False, where: str = "") -> None:
    """A link to a thing by its id.

    Args:
        is_there: on its page itself.
        where: on that page, where it is led to from several places.
    """
    links.to_thing(ref, title, is_there=is_there, where=where)


def practice_titles() -> dict[str, str]:
    """Name of each practice → its title, in order of the titles."""
    found = {each.name: practice_head.title_of(each) for each in practices.practices(state.kb(), actor=state.actor())}
    return dict(sorted(found.items(), key=lambda each: words.sortable(each[1])))


def partnership_titles() -> dict[str, str]:
    """Name of each partnership that can be read → its title."""
    found = partnerships.partnerships(state.kb(), actor=state.actor())
    return {each.name: directory_words.title(each.partnership) for each in found if each.partnership}


def partnership_picker(key: str, so_far: str = "") -> None:
    """Draw a choice of one partnership by its title, or of none; its name stands in the session under ``key``.

    Args:
        so_far: that was named before; it may be chosen even where its file is gone.
    """
    titles = {**({so_far: so_far} if so_far else {}), **partnership_titles()}
    names = list(titles)
    st.selectbox(
        _("Partnership (optional)"), names, index=names.index(so_far) if so_far else None, key=key,
        format_func=lambda each: plain.label(titles[each]), placeholder=_("None"),
    )  # fmt: skip


def practice_picker(label: str, *, key: str) -> list[str]:
    """Draw a choice of practices by their titles. Returns the names that are chosen."""
    titles = practice_titles()
    if key in st.session_state:  # a practice may be gone since it was chosen
        st.session_state[key] = [name for name in st.session_state[key] if name in titles]
    return st.multiselect(
        label, list(titles), key=key, format_func=titles.__getitem__, placeholder=_("Choose practices"),
    )  # fmt: skip


def _row(stream: str, event: Event, detail: str) -> tuple[str, ...]:
    return (
        plain.cell(words.moment(event.at_utc)),
        plain.cell(event.member or "–"),
        plain.cell(told.event_word(stream, event.body.kind)),
        plain.cell(plain.shortened(detail, DETAIL_CHARS)),
    )
