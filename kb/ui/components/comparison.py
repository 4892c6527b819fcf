"""Practices side by side, field by field, down to their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

import streamlit as st

from kb.peers.narrative import Text
from kb.peers.practice import PracticeSheet
from kb.services.practices import Listed
from kb.ui import i18n, links, plain, sheet_words
from kb.ui.components import compare_basket, practice_figures, practice_head, practice_sources, practice_transfer
from kb.ui.components.cited_text import CitedText
from kb.ui.components.compare_basket import COMPARED, FEWEST, MOST
from kb.ui.i18n import _

TEXTS = ("target_group", "resources", "results")
Cell = Callable[[PracticeSheet, CitedText], str]


def wanted(names: Iterable[str], listed: Sequence[Listed]) -> list[Listed]:
    """Those that were asked for, can be read and fit beside each other."""
    by_name = {each.name: each for each in listed if each.sheet}
    return [by_name[name] for name in dict.fromkeys(names) if name in by_name][:MOST]


def show(practices: Sequence[Listed]) -> None:
    """Draw the table; with fewer than two say how it is filled."""
    st.button(
        _("All practices"), key="compare_back", type="tertiary", icon=":material/arrow_back:",
        on_click=st.session_state.update, args=({COMPARED: []},),
    )  # fmt: skip
    st.title(_("Practices side by side"), anchor=False)
    if len(practices) < FEWEST:
        st.info(_("Choose two to six practices with “Compare” on their cards."), icon=":material/view_column:")
        return
    for each in practices:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"document_compared_{each.name}"):
            links.to_practice(practice_head.title_of(each), each.name)
            label = _("Take out")
            st.button(
                label, key=f"drop_{each.name}", type="tertiary", icon=":material/close:",
                on_click=compare_basket.drop, args=(each.name,),
            )  # fmt: skip
    st.page_link(
        links.BENCHMARK,
        label=_("Their scores side by side"),
        icon=":material/compare_arrows:",
        query_params={"b_view": "side", COMPARED: [each.name for each in practices]},
    )
    show_table(practices)


def show_sheets(practices: Sequence[Listed]) -> None:
    """Draw the table below a heading, on a page that compares something else as well."""
    st.header(_("What the sheets say"), anchor=False)
    show_table(practices)


def show_table(practices: Sequence[Listed]) -> None:
    """Draw the table alone."""
    sheets = [each.sheet for each in practices if each.sheet]
    cited = [CitedText(sheet, i18n.current(), f"{n}-") for n, sheet in enumerate(sheets, start=1)]
    rows = [(escape(label), *map(cell, sheets, cited)) for label, cell in _rows()]
    headers = (_("Field"), *map(practice_head.title_of, practices))
    with st.container(key="comparison"):
        plain.table(_("Each claim with its source"), headers, rows, as_cards=True)


def _rows() -> list[tuple[str, Cell]]:
    """Label and what stands in a column, from top to bottom."""
    field = sheet_words.field
    return [
        (field("kind"), lambda sheet, _cited: escape(sheet_words.kind(sheet.kind.value))),
        (field("owner"), lambda sheet, _cited: practice_head.owner(sheet.owner)),
        (field("place"), lambda sheet, _cited: escape(practice_head.place(sheet.place))),
        (field("period"), lambda sheet, _cited: escape(practice_head.period(sheet.period))),
        *((field(name), _text(name)) for name in TEXTS),
        (field("figures"), _figures),
        (field("core"), lambda sheet, cited: practice_transfer.elements(sheet.core, cited)),
        (field("adaptable"), lambda sheet, cited: practice_transfer.elements(sheet.adaptable, cited)),
        (field("transferability"), _text("transferability")),
        (field("sources"), lambda _sheet, cited: practice_sources.listed(cited, ())),
    ]


def _text(name: str) -> Cell:
    def cell(sheet: PracticeSheet, cited: CitedText) -> str:
        text = getattr(sheet, name)
        return cited.paragraphs(text) if isinstance(text, Text) else ""

    return cell


def _figures(sheet: PracticeSheet, cited: CitedText) -> str:
    if sheet.figures is None or isinstance(sheet.figures, str):
        word = _("Nobody has said yet.") if sheet.figures is None else sheet_words.choice(sheet.figures)
        return plain.element("p", word, css="kb-quiet")
    both = _("{label}: {values}")
    said = ((both.format(label=each.what, values=practice_figures.with_case(each)), each.source) for each in sheet.figures)
    items = "".join(f'<li dir="auto">{escape(words)} {cited.note(source)}</li>' for words, source in said)
    return f'<ul class="kb-list">{items}</ul>'
