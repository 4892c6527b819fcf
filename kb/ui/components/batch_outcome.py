"""What became of a table of questions: the file, its first rows, and what could not be asked."""

from __future__ import annotations

from itertools import islice

import streamlit as st

from kb.services.batch_search import Answered, BatchReport
from kb.ui import hrefs, plain, words
from kb.ui.components import citation
from kb.ui.i18n import _, ngettext
from kb.ui.said import said

_REPORT = "_batch"  # session key: the latest report; a reload forgets it
FAULTS_SHOWN = 50
QUESTION_CHARS = 200  # of a question in the tables


def keep(report: BatchReport) -> None:
    """Keep a report for :func:`show`."""
    st.session_state[_REPORT] = report


def forget() -> None:
    """Before another table is asked."""
    st.session_state.pop(_REPORT, None)


def show() -> None:
    """Draw the latest report; nothing before there is one."""
    report: BatchReport | None = st.session_state.get(_REPORT)
    if report is None:
        return
    st.header(_("Answers"), anchor=False)
    if report.is_guessed:
        told = _("No column is named “question”, so the first column was asked, from its first row on.")
        st.warning(told, icon=":material/error:")
    text = ngettext("{found} of {n} question has an answer.", "{found} of {n} questions have an answer.", report.n_questions)
    passages = ngettext("{n} passage", "{n} passages", report.n_passages).format(n=words.number(report.n_passages))
    told = text.format(found=words.number(report.n_answered), n=words.number(report.n_questions))
    st.success(f"{told} {passages}.", icon=":material/check_circle:")
    st.download_button(
        _("Download the table"), data=report.file.content, file_name=report.file.name, mime=report.file.media_type,
        icon=":material/download:", type="primary", on_click="ignore", key="b_download",
    )  # fmt: skip
    if report.unasked:
        _show_faults(report.unasked)
    _show_preview(report.preview, report.n_questions)


def _show_faults(unasked: tuple[Answered, ...]) -> None:
    text = ngettext("{n} question could not be asked.", "{n} questions could not be asked.", len(unasked))
    st.warning(text.format(n=words.number(len(unasked))), icon=":material/error:")
    rows = [
        (
            plain.cell(words.number(each.asked.row)),
            plain.cell(plain.shortened(each.asked.text, QUESTION_CHARS)),
            plain.cell(said(each.reason)),
        )
        for each in islice(unasked, FAULTS_SHOWN)
    ]
    plain.table(_("Questions that could not be asked"), (_("Row"), _("Question"), _("Reason")), rows)


def _show_preview(preview: tuple[Answered, ...], n_questions: int) -> None:
    rows = [row for each in preview if each.result for row in _rows(each)]
    text = ngettext(
        "The best passage of the first {n} question", "The best passage of each of the first {n} questions", len(preview)
    )
    caption = text.format(n=words.number(len(preview)))
    if len(preview) < n_questions:
        caption += " · " + _("the file has them all")
    plain.table(caption, (_("Question"), _("Document"), _("Citation")), rows)


def _rows(each: Answered) -> list[tuple[str, ...]]:
    question = plain.link(plain.shortened(each.asked.text, QUESTION_CHARS), hrefs.search(each.asked.text))
    hits = each.result.hits if each.result else ()
    if not hits:
        return [(question, plain.cell(""), plain.cell(_("No passage was found for this question.")))]
    best = hits[0]
    document = plain.link(best.title, hrefs.document(best.passage.document_id, best.passage.id))
    return [(question, document, plain.cell(citation.of_hit(best)))]
