"""The same numbers as the chart's in a table; and which of the unknown criteria matter most."""

from __future__ import annotations

import streamlit as st

from kb.peers.transfer.framework import BLOCKING
from kb.services.transferring.viewing import TransferView
from kb.ui import plain, words
from kb.ui import transferring_words as told
from kb.ui.components import section
from kb.ui.components.transferring import criteria_chart, outcome
from kb.ui.i18n import _

MOST = 6  # unknown criteria that are shown


def show(view: TransferView) -> None:
    """Draw a row for each criterion; nothing where there is no result."""
    result = outcome.of(view)
    if result is None:
        return
    rows = []
    for name, each in result.criteria.items():
        spread = told.span(each.lowest, each.highest) if each.lowest is not None and each.highest is not None else "–"
        blocks = _("stands in the way") if each.lowest == BLOCKING else ""
        known = _("{n} of {total}").format(n=words.number(each.n_known), total=words.number(each.n_known + each.n_unknown))
        rows.append(
            (
                plain.cell(criteria_chart.named(view, name, each), second_line=told.side(view.framework, name)),
                plain.cell(told.value(each.mean) if each.mean is not None else _("unknown"), second_line=blocks),
                plain.cell(spread),
                plain.cell(known),
            )
        )
    headers = (_("Criterion"), _("Mean"), _("Lowest to highest"), _("Assessors who could tell"))
    with st.expander(_("The same numbers as a table"), key="criteria_numbers"), st.container(key="criteria_table"):
        plain.table(_("What assessors say to each criterion"), headers, rows, as_cards=True)


def show_unknown(view: TransferView) -> None:
    """Draw what the mean would be if an unknown criterion were as bad, or as good, as can be; nothing where all is known."""
    if not view.what_if:
        return
    section.head("unknown", _("What matters most of the unknown"))
    plain.show(
        plain.element(
            "p",
            _("If one of these alone became known, the mean would move as far as this. A −2 would stand in the way besides."),
            css="kb-reason",
        )
    )
    rows = [
        (
            plain.cell(told.criterion(view.framework, each.criterion) + (" ★" if each.is_key else "")),
            plain.cell(told.value(each.low, decimals=2)),
            plain.cell(told.value(each.high, decimals=2)),
        )
        for each in view.what_if[:MOST]
    ]
    headers = (_("Criterion"), _("The mean if it were −2"), _("The mean if it were +2"))
    with st.container(key="unknown_table"):
        plain.table(_("Unknown criteria, those that count most first"), headers, rows, as_cards=True)
    if len(view.what_if) > MOST:
        rest = words.listed(told.criterion(view.framework, each.criterion) for each in view.what_if[MOST:])
        plain.show(plain.element("p", _("Unknown as well: {criteria}.").format(criteria=rest), css="kb-quiet"))
