"""The passages behind one gate or criterion, practice beside practice."""

from __future__ import annotations

import streamlit as st

from kb.services.benchmarking.comparing import Comparison, CriterionRow, GateCell, GateRow, ScoreCell
from kb.ui import assessing_words, plain
from kb.ui.components.assessing import pin_list
from kb.ui.components.benchmarking import beside_table
from kb.ui.components.benchmarking.controls import ITEM
from kb.ui.i18n import _

QUOTED_CHARS = 600  # of each passage; the whole stands in its document
COLUMN_PX = 230
_SHOWN = "b_item_shown"  # widget key


def show(found: Comparison) -> None:
    """Draw the choice of a gate or criterion, and beside each other what reviewers pinned to it; nothing without assessments."""
    rows: dict[str, GateRow | CriterionRow] = {row.gate: row for row in found.gates}
    rows |= {row.criterion: row for row in found.criteria}
    if not rows or not any(each.assessment for each in found.columns):
        return
    st.header(_("Down to the evidence"), anchor=False)
    wanted = st.session_state[ITEM]
    told = (name for name, row in rows.items() if any(cell.evidence for cell in row.cells))
    st.session_state[_SHOWN] = wanted if wanted in rows else next(told, next(iter(rows)))
    st.selectbox(
        _("Gate or criterion"), list(rows), key=_SHOWN, format_func=lambda name: assessing_words.text(rows[name].title),
        on_change=_choose, width=640,
    )  # fmt: skip
    row = rows[st.session_state[_SHOWN]]
    plain.show(plain.element("p", assessing_words.text(row.question), css="kb-question"))
    with st.grid(min_column_width=COLUMN_PX, gap="medium"):
        cells: tuple[GateCell | ScoreCell, ...] = row.cells
        for n, (column, cell) in enumerate(zip(found.columns, cells, strict=True)):
            with st.container(gap="xsmall", key=f"b_side_{n}"):
                _show_one(beside_table.title(column), cell, f"b_{n}", is_assessed=bool(column.assessment))


def _choose() -> None:
    st.session_state[ITEM] = st.session_state[_SHOWN]


def _show_one(title: str, cell: GateCell | ScoreCell, key: str, *, is_assessed: bool) -> None:
    plain.show(plain.element("h3", title, css="kb-who"))
    if not is_assessed:
        plain.show(plain.element("p", _("Not assessed by this rubric"), css="kb-quiet"))
        return
    plain.show(f'<p class="kb-given">{plain.element("strong", _in_short(cell))}</p>')
    if not cell.evidence:
        plain.show(plain.element("p", _("No reviewer pinned a passage."), css="kb-quiet"))
    pin_list.show(cell.evidence, key, longest=QUOTED_CHARS)


def _in_short(cell: GateCell | ScoreCell) -> str:
    if isinstance(cell, ScoreCell):
        return assessing_words.score(cell.score)
    return assessing_words.named(assessing_words.VERDICTS, cell.verdict) if cell.verdict else "–"
