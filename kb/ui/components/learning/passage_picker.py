"""Passages are looked for and taken as evidence of something that is being written."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kb.errors import KBError
from kb.peers.assessment.review import MAX_PINS
from kb.retrieval.answer import Filters, Hit, Order
from kb.ui import links, plain, state
from kb.ui.components import facts, quoted
from kb.ui.i18n import _
from kb.ui.plain import escape_markdown
from kb.ui.said import said

FOUND = 5  # passages of an answer
SHOWN_CHARS = 160  # of a passage that was taken


def show(key: str, slots: Mapping[str, str]) -> None:
    """Draw the search, what it found, and what was taken. It cannot stand in a form.

    Args:
        key: no other picker on the page has it.
        slots: what a passage may be taken for: name → label of the button; one with an empty name for the thing itself.
    """
    for slot, label in slots.items():
        _show_taken(key, slot, label if len(slots) > 1 else _("Taken as evidence"))
    question = st.text_input(
        _("Look for passages that show it"), key=f"{key}_find", placeholder=_("Words or a question, in any language"),
        icon=":material/search:",
    )  # fmt: skip
    if not question.strip():
        return
    try:
        with st.spinner(_("Searching …")):
            hits = state.search(question, Filters(), FOUND, Order.RELEVANCE).hits
    except KBError as refused:  # an index that is not there yet, or a question that cannot be asked
        st.info(escape_markdown(said(str(refused))), icon=":material/info:")
        return
    if not hits:
        st.info(_("No passage was found. Ask in other words."), icon=":material/search_off:")
    for hit in hits[:FOUND]:
        _show_hit(key, slots, hit)


def taken(key: str, slot: str = "") -> tuple[str, ...]:
    """Ids of the passages that were taken."""
    return tuple(st.session_state.get(_name(key, slot), {}))


def give(key: str, slot: str, passages: Mapping[str, str]) -> None:
    """What is taken at first, id → words; what a person took or left stays."""
    st.session_state.setdefault(_name(key, slot), dict(passages))


def forget(key: str) -> None:
    """Once it was kept."""
    for name in [each for each in st.session_state if str(each).startswith(f"{key}_taken_")]:
        del st.session_state[name]
    st.session_state[f"{key}_find"] = ""


def _show_taken(key: str, slot: str, label: str) -> None:
    found = st.session_state.get(_name(key, slot), {})
    if not found:
        return
    plain.show(plain.element("p", label, css="kb-quiet"))
    for passage, text in found.items():
        with st.container(gap="xsmall", key=f"{key}_has_{slot}_{passage}"):
            quoted.show(plain.shortened(text, SHOWN_CHARS))
            st.button(
                _("Take it out"), key=f"{key}_drop_{slot}_{passage}", type="tertiary", icon=":material/close:",
                on_click=_drop, args=(key, slot, passage),
            )  # fmt: skip


def _show_hit(key: str, slots: Mapping[str, str], hit: Hit) -> None:
    passage = hit.passage
    with st.container(gap="xsmall", key=f"{key}_hit_{passage.id}"):
        links.to_document(hit.title, passage.document_id, passage.id, hit.sentence)
        plain.show(facts.place(passage, hit.media_type, hit.title))
        quoted.show(passage.text, hit.sentence, language=passage.language)
        with st.container(horizontal=True, gap="small", key=f"{key}_act_{passage.id}"):
            for slot, label in slots.items():
                has = taken(key, slot)
                st.button(
                    label, key=f"{key}_take_{slot}_{passage.id}", icon=":material/add:",
                    disabled=passage.id in has or len(has) >= MAX_PINS,
                    on_click=_take, args=(key, slot, passage.id, hit.sentence_text or passage.text),
                )  # fmt: skip


def _take(key: str, slot: str, passage: str, text: str) -> None:
    st.session_state.setdefault(_name(key, slot), {})[passage] = text


def _drop(key: str, slot: str, passage: str) -> None:
    st.session_state.get(_name(key, slot), {}).pop(passage, None)


def _name(key: str, slot: str) -> str:
    return f"{key}_taken_{slot}"
