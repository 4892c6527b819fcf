"""The readings of an indicator as a table: each with its source, who entered it, and whether it counts."""

from __future__ import annotations

import streamlit as st

from kb.peers.monitoring.folding import Followed
from kb.peers.monitoring.reading import Reading
from kb.ui import monitoring_words, plain, words
from kb.ui.i18n import _


def show(followed: Followed) -> None:
    """Draw the table, the latest first; nothing without a reading."""
    if not followed.readings:
        return
    counted = {each.seq for each in followed.counted}
    headers = (_("Day"), _("Value"), _("Scope"), _("Source"), _("Entered by"))
    rows = [_row(followed, each, is_counted=each.seq in counted) for each in reversed(followed.readings)]
    caption = _("Readings of “{title}”").format(title=followed.indicator.title)
    with st.container(key=f"readings_{followed.indicator.key}"):
        plain.table(caption, headers, rows, as_cards=True)


def _row(followed: Followed, reading: Reading, *, is_counted: bool) -> tuple[str, ...]:
    said, gone = reading.read, reading.withdrawn
    value = plain.cell(monitoring_words.value(followed.indicator, reading.value), second_line=said.note)
    if gone:
        told = _("Withdrawn on {day} by {name}: {why}").format(day=words.day(gone.at_utc), name=gone.member, why=gone.why)
        value = f"<s>{plain.cell(monitoring_words.value(followed.indicator, reading.value))}</s>{plain.note(told)}"
    elif not is_counted:
        value += plain.note(_("Of another scope; it is shown and not counted."))
    return (
        plain.cell(words.day(said.date)),
        value,
        plain.cell(said.scope or followed.indicator.scope or ""),
        plain.cell(said.source),
        plain.cell(reading.member, second_line=words.day(reading.at_utc)),
    )
