"""What something comes from: practices, and what happened between partners; shown, and chosen."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from kb.peers.learning.parts import Because, kind_of
from kb.services.learning.everything import things
from kb.ui import hrefs, learning_words, plain, sheet_words, state
from kb.ui.components.learning.common import practice_picker, practice_titles
from kb.ui.i18n import _, current

SHOWN_CHARS = 80  # of a title among others


def show(because: Because) -> None:
    """Draw a link to each; nothing where nothing is named."""
    if not because.practices and not because.exchanges:
        return
    titles = practice_titles() if because.practices else {}
    there = things(state.kb(), actor=state.actor(), language=current()) if because.exchanges else None
    items = [plain.link(titles.get(name, name), hrefs.practice(name)) for name in because.practices]
    items += [
        plain.link(sheet_words.labelled(learning_words.kind_word(kind_of(ref)), there.title(ref) if there else ref), href)
        for ref in because.exchanges
        if (href := hrefs.thing(ref))
    ]
    head = plain.element("p", _("It comes from"), css="kb-quiet")
    plain.show(head + '<ul class="kb-list">' + "".join(f"<li>{item}</li>" for item in items) + "</ul>")


def ask(key: str, *, so_far: Because | None = None) -> None:
    """Draw the two choices; what was chosen is read with :func:`chosen`.

    Args:
        so_far: what is chosen at first.
    """
    titles = _exchanges(so_far.exchanges if so_far else ())
    if so_far:
        st.session_state.setdefault(f"{key}_practices", list(so_far.practices))
        st.session_state.setdefault(f"{key}_exchanges", list(so_far.exchanges))
    practice_picker(_("From which practices"), key=f"{key}_practices")
    name = f"{key}_exchanges"
    if name in st.session_state:
        st.session_state[name] = [ref for ref in st.session_state[name] if ref in titles]
    st.multiselect(
        _("From which exchange"), list(titles), key=name, format_func=titles.__getitem__,
        placeholder=_("Choose a session, a round, a match, a transfer case …"),
    )  # fmt: skip


def chosen(key: str) -> dict[str, tuple[str, ...]]:
    """What :func:`ask` was told."""
    return {
        "practices": tuple(st.session_state.get(f"{key}_practices") or ()),
        "exchanges": tuple(st.session_state.get(f"{key}_exchanges") or ()),
    }


def forget(key: str) -> None:
    """Once it was kept."""
    st.session_state.update({f"{key}_practices": [], f"{key}_exchanges": []})


def _exchanges(named: Collection[str]) -> dict[str, str]:
    """Id of each thing that can be named → kind and title; those that are named already, whatever they are."""
    there = things(state.kb(), actor=state.actor(), language=current())
    found = {
        each.id: f"{learning_words.kind_word(kind_of(each.id))}: {plain.shortened(there.title_of(each), SHOWN_CHARS)}"
        for each in there
    }
    return {**{ref: ref for ref in named}, **found}
