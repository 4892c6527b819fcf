"""Readings as a table: in from a file, all of them or none, and out to one."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kb.peers.monitoring.folding import Monitoring
from kb.peers.monitoring.readings_table import MAX_ROWS, NEEDED, Readings
from kb.services.knowledge_base import KnowledgeBase
from kb.services.monitoring import tables
from kb.services.permission import Member
from kb.services.tables import TableFormat
from kb.ui import acting, monitoring_words, plain, state, words
from kb.ui.components import section
from kb.ui.i18n import _, ngettext
from kb.ui.said import said

FORMATS = {TableFormat.XLSX: "Excel", TableFormat.CSV: "CSV"}
TEMPLATE = (*NEEDED, "scope", "note")
SHOWN = 50  # rows and faults of a preview
_UPLOADS = "monitoring_uploads"  # session key: how many files were taken in; each has a field of its own


def show(found: Monitoring, *, may_change: bool) -> None:
    """Draw both; what comes in is for those who may enter readings."""
    section.head("table", _("Readings as a table"))
    with st.container(horizontal=True, gap="small", key="take_readings"):
        for form, label in FORMATS.items():
            st.download_button(
                label, data=partial(_exported, state.kb(), state.actor(), found.practice, form),
                file_name=f"{found.practice}-readings.{form}", mime=form.media_type, key=f"take_readings_{form}",
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip
        if may_change:
            st.download_button(
                _("Template to fill in"), data=_template(found), file_name=f"{found.practice}-template.csv",
                mime=TableFormat.CSV.media_type, key="take_template", icon=":material/table:", on_click="ignore", type="tertiary",
            )  # fmt: skip
    if may_change:
        _show_import(found)


def _show_import(found: Monitoring) -> None:
    st.session_state.setdefault(_UPLOADS, 0)
    key = f"readings_file_{st.session_state[_UPLOADS]}"
    file = st.file_uploader(_("Take in readings (CSV)"), type=["csv", "tsv", "txt"], max_upload_size=tables.MAX_MEGABYTES, key=key)
    st.caption(
        _("Columns: {names}; at most {n} readings. All are taken in, or none.").format(
            names=words.listed(TEMPLATE), n=words.number(MAX_ROWS)
        )
    )
    if file is None:
        return
    with st.spinner(_("Reading the table …")):
        table = tables.read_table(state.kb(), found.practice, file.getvalue(), actor=state.actor())
    _show_faults(table)
    _show_rows(table, found)
    if table.rows and not table.faults:
        n = len(table.rows)
        label = ngettext("Take in {n} reading", "Take in all {n} readings", n).format(n=words.number(n))
        st.button(
            label, key="take_in", type="primary", icon=":material/upload:", on_click=acting.do,
            args=(_take_in, found.practice, file.getvalue()),
        )  # fmt: skip


def _show_faults(table: Readings) -> None:
    if not table.faults:
        return
    n = len(table.faults)
    sentence = ngettext(
        "Nothing can be taken in before {n} fault is mended:", "Nothing can be taken in before {n} faults are mended:", n
    )
    st.error(sentence.format(n=words.number(n)), icon=":material/build:")
    lines = [said(f"L{str(each)[1:]}.") for each in table.faults[:SHOWN]]  # "Line 3: …."
    more = [_("… and {n} more").format(n=words.number(n - SHOWN))] if n > SHOWN else []
    plain.show('<ul class="kb-list">', *(plain.element("li", line) for line in [*lines, *more]), "</ul>")


def _show_rows(table: Readings, found: Monitoring) -> None:
    if not table.rows:
        return
    headers = (_("Line"), _("Indicator"), _("Day"), _("Value"), _("Scope"), _("Source"), _("Note"))
    units = {each.indicator.key: each.indicator for each in found.indicators}
    rows = [
        (
            plain.cell(str(line)),
            plain.cell(units[reading.key].title if reading.key in units else reading.key),
            plain.cell(words.day(reading.date)),
            plain.cell(
                monitoring_words.value(units[reading.key], reading.value)
                if reading.key in units
                else monitoring_words.number(reading.value)
            ),
            plain.cell(reading.scope),
            plain.cell(reading.source),
            plain.cell(reading.note),
        )
        for line, reading in table.rows[:SHOWN]
    ]
    n = len(table.rows)
    caption = ngettext("{n} reading can be read", "{n} readings can be read", n).format(n=words.number(n))
    with st.container(key="preview_table"):
        plain.table(caption, headers, rows, as_cards=True)
    if n > SHOWN:
        st.caption(_("The first {n} are shown.").format(n=words.number(SHOWN)))


def _template(found: Monitoring) -> bytes:
    """The names of the columns, and a line begun for each indicator that is awaited. Keys hold nothing that a table computes."""
    lines = [",".join(TEMPLATE), *(each.indicator.key + "," * (len(TEMPLATE) - 1) for each in found.indicators if not each.ended)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _exported(kb: KnowledgeBase, actor: Member, practice: str, form: TableFormat) -> bytes:
    return tables.export(kb, practice, form, actor=actor).content


def _take_in(practice: str, content: bytes) -> str:
    n = tables.import_table(state.kb(), practice, content, actor=state.actor())
    st.session_state[_UPLOADS] += 1
    return ngettext("{n} reading is taken in.", "{n} readings are taken in.", n).format(n=words.number(n))
