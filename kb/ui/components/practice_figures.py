"""The figures of a sheet: each with unit, date, scope and source; what sources differ on stands side by side."""

from __future__ import annotations

from html import escape
from typing import Protocol

import streamlit as st

from kb.peers.figure_groups import FigureGroup, grouped
from kb.peers.narrative import UNKNOWN
from kb.peers.parts import Figure
from kb.ui import plain, sheet_words, words
from kb.ui.components import section
from kb.ui.components.cited_text import CitedText
from kb.ui.i18n import _

MAX_DIGITS_TOGETHER = 4  # a year stays a year: 1972, not 1,972


class Figured(Protocol):
    """What has figures: a practice sheet, an organisation, a partnership."""

    @property
    def figures(self) -> tuple[Figure, ...] | str | None:
        """All of them; "unknown"; ``None`` where nothing is said."""


def show(sheet: Figured, cited: CitedText) -> None:
    """Draw the figures; nothing where the sheet says nothing of any."""
    if sheet.figures is None or sheet.figures == ():
        return
    section.head("figures", sheet_words.field("figures"))
    if isinstance(sheet.figures, str):
        plain.show(plain.element("p", sheet_words.choice(sheet.figures), css="kb-quiet"))
        return
    groups = grouped(sheet.figures)
    plain.show(*(_difference(group, cited) for group in groups if group.differs))
    headers = [sheet_words.part(name) for name in ("what", "value", "date", "scope", "kind", "source")]
    rows = [_row(figure, cited) for group in groups for figure in group.figures]
    with st.container(key="practice_figures"):
        plain.table(_("Figures, each with its source"), headers, rows, as_cards=True)


def in_words(figure: Figure) -> str:
    """Number with unit, and how exact it is: "More than 115 co-operatives"."""
    exact = "" if figure.qualifier.value == "exactly" else sheet_words.choice(figure.qualifier.value)
    return " ".join(filter(None, (exact, number(figure.value), figure.unit)))


def with_case(figure: Figure) -> str:
    """The same with when and for what it holds."""
    about = ", ".join(part for part in (_day(figure.date), _known(figure.scope)) if part)
    return in_words(figure) + (f" ({about})" if about else "")


def number(value: float) -> str:
    """A value as the reader writes numbers; four digits stand together, they are a year as likely as not."""
    is_short = isinstance(value, int) and len(str(abs(value))) <= MAX_DIGITS_TOGETHER
    return str(value) if is_short else words.number(value, decimals=9)


def _difference(group: FigureGroup, cited: CitedText) -> str:
    sides = "".join(f'<li dir="auto">{escape(with_case(each))} {cited.note(each.source)}</li>' for each in group.figures)
    said = _("Sources differ on “{what}”:").format(what=group.what)
    return f'<div class="kb-sides">{plain.element("p", said)}<ul>{sides}</ul></div>'


def _row(figure: Figure, cited: CitedText) -> tuple[str, ...]:
    unknown = sheet_words.choice(UNKNOWN)
    return (
        plain.cell(figure.what),
        plain.cell(in_words(figure)),
        plain.cell(_day(figure.date) or unknown),
        plain.cell(_known(figure.scope) or unknown),
        plain.cell(sheet_words.choice(figure.kind.value)),
        cited.note(figure.source),
    )


def _day(date: str) -> str:
    return words.day(_known(date)) if _known(date) else ""


def _known(value: str) -> str:
    return "" if value == UNKNOWN else value
