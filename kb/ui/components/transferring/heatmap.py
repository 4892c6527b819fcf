"""Practices × places as one table: what a test came to stands in the cell, which leads to the test. A page of practices at a time.

Colour is never alone: the value is printed with its sign, and a bar stands above what helps and below what hinders.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape

import streamlit as st

from kb.services.transferring.matrix import Matrix
from kb.ui import hrefs, plain, state, words
from kb.ui.components.assessing import demonstration
from kb.ui.components.transferring import heat_cell, heat_filters, paging
from kb.ui.components.transferring.controls import FROM, INTO, PLACE, PRACTICE, VIEW
from kb.ui.i18n import _, ngettext


def show(found: Matrix, titles: Mapping[str, str], places: Mapping[str, str]) -> None:
    """Draw the filters, the legend, and the table.

    Args:
        titles: practice → title, in the order of the rows.
        places: code → name, in the order of the columns.
    """
    themes = heat_filters.show(titles, places)
    columns = heat_filters.columns(found, places)
    rows = heat_filters.rows(found, titles, themes, columns)
    if not rows or not columns:
        _show_nothing(found)
        return
    said = ngettext("{n} practice", "{n} practices", len(rows)), ngettext("{n} place", "{n} places", len(columns))
    sizes = words.number(len(rows)), words.number(len(columns))
    st.header(" × ".join(each.format(n=n) for each, n in zip(said, sizes, strict=True)), anchor=False)
    if not found.cells and not found.n_open:
        st.info(_("Nothing was tested yet. Open the first test above."), icon=":material/info:")
    with paging.pages(rows, "heatmap") as shown:
        cells = [found.cells[pair] for pair in ((row, column) for row in shown for column in columns) if pair in found.cells]
        demonstration.show(is_demo=any(cell.is_demo for cell in cells))
        heat_cell.show_legend()
        plain.show(_table(found, {name: titles[name] for name in shown}, {code: places[code] for code in columns}))


def _table(found: Matrix, titles: Mapping[str, str], places: Mapping[str, str]) -> str:
    caption = _("What tests came to, −2 to +2: practices down, places across; those with a test first, then by name")
    there = _done_in(titles)
    head = "".join(f'<th scope="col">{_column(code, name)}</th>' for code, name in places.items())
    body = "".join(_row(found, name, title, list(places), there.get(name, ())) for name, title in titles.items())
    region = f'<div class="kb-table kb-matrix" role="region" tabindex="0" aria-label="{escape(caption)}">'
    label = _("Practice")
    corner = f'<th scope="col">{escape(label)}</th>'
    table = f"<caption>{escape(caption)}</caption><thead><tr>{corner}{head}</tr></thead><tbody>{body}</tbody>"
    return f"{region}<table>{table}</table></div>"


def _row(found: Matrix, name: str, title: str, places: Sequence[str], own: Collection[str]) -> str:
    link = plain.link(title, hrefs.transfers(**{VIEW: FROM, PRACTICE: name}))
    cells = (heat_cell.as_html(found, (name, place), is_own=place in own) for place in places)
    return f'<tr><th scope="row" dir="auto">{link}</th>{"".join(cells)}</tr>'


def _column(code: str, name: str) -> str:
    return plain.link(name, hrefs.transfers(**{VIEW: INTO, PLACE: code}))


def _done_in(practices: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Practice → countries where it is done, as the index has it."""
    about = (document.metadata for document in state.documents())
    return {each.practice: each.countries for each in about if each.practice in practices}


def _show_nothing(found: Matrix) -> None:
    n = len(found.practices)
    sentence = ngettext("None of {n} practice fits, or no place does.", "None of {n} practices fits, or no place does.", n)
    st.warning(sentence.format(n=words.number(n)), icon=":material/search_off:")
    if heat_filters.is_any():
        st.button(_("Clear filters"), key="t_clear", icon=":material/filter_alt_off:", on_click=heat_filters.clear)
