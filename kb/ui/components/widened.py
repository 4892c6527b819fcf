"""What the concepts add to a question: which other words were searched, and which of its words mislead. Each off in one click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import streamlit as st

from kb.errors import KBError
from kb.retrieval.answer import SearchResult
from kb.retrieval.widening import Caution, NamedConcept, Term
from kb.services import concepts
from kb.ui import address, concept_words, links, plain, state, words
from kb.ui.components import concept_meanings
from kb.ui.i18n import _, current, ngettext

EXPAND, WARN, OFF = "expand", "warn", "off"  # session keys and URL parameters, and what switches them off
FIELDS: Mapping[str, address.Parse] = {EXPAND: address.among("", OFF), WARN: address.among("", OFF)}
MAX_TERMS = 5  # of a concept, told at once; a click shows all


def is_on(switch: str) -> bool:
    """Whether other words are searched, or warnings shown, in this run; call after :func:`kb.ui.address.follow`."""
    return st.session_state.get(switch) != OFF


def values() -> dict[str, str | int | list[str]]:
    """What :func:`kb.ui.address.publish` writes."""
    return {switch: str(st.session_state.get(switch, "")) for switch in FIELDS}


def show(result: SearchResult, *, can_be_changed: bool = True) -> None:
    """Draw the concepts that the question names and the warnings; nothing where it names none.

    Args:
        result: the answer.
        can_be_changed: whether the page has the form, so that something can be switched.
    """
    if any(concept.also_searched for concept in result.named):
        _show_named(result, can_be_changed=can_be_changed)
    if result.warnings:
        if not can_be_changed or is_on(WARN):
            _show_warnings(result.warnings, can_be_changed=can_be_changed)
        else:
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key="warned_off"):
                told = ngettext("{n} warning about a word is hidden.", "{n} warnings about words are hidden.", len(result.warnings))
                st.html(plain.element("span", told.format(n=words.number(len(result.warnings))), css="kb-quiet"), width="content")
                _show_switch(_("Show"), WARN, "")


def _show_named(result: SearchResult, *, can_be_changed: bool) -> None:
    """The other words as a paragraph; below it the concepts, all words, and the switch."""
    searched = [concept for concept in result.named if concept.also_searched]
    with st.container(gap=None, key="named"):
        lead = _("Also searched:") if result.is_expanded else _("Not searched, as you wished:")
        told = "; ".join(", ".join(map(_spelled, concept.also_searched[:MAX_TERMS])) for concept in searched)
        has_more = any(len(concept.also_searched) > MAX_TERMS for concept in searched)
        plain.show(f'<p class="kb-chip">{plain.element("strong", lead)} {told}{" …" if has_more else ""}</p>')
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="named_tools"):
            if can_be_changed and result.is_expanded:
                _show_switch(_("Switch off"), EXPAND, OFF)
            elif can_be_changed:
                _show_switch(_("Search these words too"), EXPAND, "")
            if has_more:
                with st.popover(_("All these words"), key="named_all", type="tertiary", icon=":material/list:"):
                    for concept in searched:
                        _show_all_words(concept)
            for concept in searched:
                links.to_concept(_label_of(concept.id, concept.label), concept.id)


def _label_of(concept_id: str, known: str) -> str:
    """The label for the reader; the one that came with the answer where the concepts have changed since."""
    try:
        return concept_words.label(concepts.concept(state.kb(), concept_id, actor=state.actor()).concept)
    except KBError:
        return known


def _show_all_words(concept: NamedConcept) -> None:
    by_language = groupby(sorted(concept.also_searched, key=_in_reading_order), lambda term: term.language)
    plain.show(
        plain.element("strong", _label_of(concept.id, concept.label)),
        "<ul>", *(_all_of(language, list(terms)) for language, terms in by_language), "</ul>",
    )  # fmt: skip


def _all_of(language: str, terms: Sequence[Term]) -> str:
    return f"<li>{plain.cell(words.language(language))}: {', '.join(map(_spelled, terms))}</li>"


def _spelled(term: Term) -> str:
    return plain.element("span", term.text, language=term.language)


def _in_reading_order(term: Term) -> tuple[bool, str]:
    return term.language != current(), words.language(term.language)


def _show_warnings(warnings: Sequence[Caution], *, can_be_changed: bool) -> None:
    with st.container(border=True, gap="small", key="warned"):
        for n, each in enumerate(warnings):
            language, says = concept_words.spoken(each.says)
            label = _label_of(each.concept, each.label)
            plain.show(
                plain.element("p", concept_meanings.warning(each.country, each.typed, label), css="kb-warned"),
                plain.element("p", says, language=language),
                plain.element("p", concept_meanings.instead(each.instead, each.language, label), css="kb-quiet"),
            )
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"warned_{n}"):
                links.to_concept(_("Read more: {concept}").format(concept=label), each.concept)
                if can_be_changed and n == len(warnings) - 1:
                    _show_switch(_("Hide"), WARN, OFF)


def _show_switch(label: str, switch: str, to: str) -> None:
    icon = ":material/visibility_off:" if to == OFF and switch == WARN else ":material/close:" if to == OFF else ":material/undo:"
    st.button(
        label, key=f"{switch}_{to or 'on'}", type="tertiary", icon=icon, on_click=st.session_state.update, args=({switch: to},)
    )
