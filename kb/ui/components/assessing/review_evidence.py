"""What speaks to a gate or criterion: what the sheet says, and passages of the practice's documents to be pinned."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.errors import IndexBusy, IndexMissing, QueryError, UnusableIndex
from kb.peers.assessment.review import MAX_PINS, Pin, Stance
from kb.peers.narrative import Text
from kb.retrieval.standing import Speaking
from kb.services.assessing.evidence import Evidence
from kb.services.assessing.reviewing import Desk
from kb.ui import assessing_words, evidence, links, plain, reviewing, words
from kb.ui.components import document_list, facts, quoted
from kb.ui.components.assessing import pin_list, sheet_told
from kb.ui.i18n import _, ngettext
from kb.ui.plain import escape_markdown
from kb.ui.said import said

ASKED = "ask"  # URL parameter and session key: what is asked of the documents instead of the standing question
PIN_KEYS = "Alt+P"  # pins the first passage


def show(desk: Desk, item: str) -> None:
    """Draw what there is for an item."""
    st.header(_("What speaks to it"), anchor=False)
    try:
        with st.spinner(_("Reading the passages of this practice …")):
            found = evidence.of_item(desk.assessment.id, item, st.session_state[ASKED], desk.assessment.practice)
    except (IndexMissing, IndexBusy, UnusableIndex) as error:
        st.info(_("Passages are shown as soon as documents are read."), icon=":material/hourglass_top:")
        st.caption(escape_markdown(said(str(error))))
        return
    except QueryError as refused:
        _show_search()
        st.error(escape_markdown(said(str(refused))), icon=":material/error:")
        return
    with st.expander(_("What the sheet says"), expanded=True, key=f"sheet_{item}"):
        _show_sheet(desk, found)
    st.subheader(_("Passages"), anchor=False)
    _show_search()
    _show_found(desk, item, found)


def _show_sheet(desk: Desk, found: Evidence) -> None:
    practice = desk.assessment.practice
    if desk.practice and desk.practice.sheet and found.fields:
        sheet_told.show(desk.practice.sheet, found.sheet, found.fields)
    else:
        sheet_told.show_texts(found.sheet, practice)


def _show_search() -> None:
    st.text_input(
        _("Ask the documents of this practice something else"), key=ASKED, placeholder=_("Words or a question, in any language"),
        icon=":material/search:",
    )  # fmt: skip


def _show_found(desk: Desk, item: str, found: Evidence) -> None:
    if not found.n_passages:
        st.info(_("Neither the sheet nor its documents are in the index: there is no passage to pin."), icon=":material/info:")
        return
    if not found.passages:
        st.info(_("No passage was found. Ask in other words."), icon=":material/search_off:")
        return
    asked = found.question or assessing_words.text(_asked(desk, item))
    passages = ngettext("{n} passage", "{n} passages", found.n_passages).format(n=words.number(found.n_passages))
    documents = ngettext("{n} document", "{n} documents", found.n_documents).format(n=words.number(found.n_documents))
    told = _("Best of {passages} in {documents} for “{question}”").format(passages=passages, documents=documents, question=asked)
    st.caption(escape_markdown(told))
    pins = () if desk.is_submitted else reviewing.answer_of(desk, item).pins
    for place, each in enumerate(found.passages):
        show_passage(each, f"{item}_{place}")
        if not desk.is_submitted:
            _show_pinning(item, each, pins, is_first=place == 0)


def _asked(desk: Desk, item: str) -> Text:
    rubric = desk.rubric
    return (rubric.gate(item) if item in rubric.gate_names else rubric.criterion(item)).standing


def show_passage(each: Speaking, key: str) -> None:
    """Draw a passage with the sentence that says it marked, and the way to its document."""
    title = document_list.title_of(each.document)
    with st.container(gap="xsmall", key=f"speaks_{key}"):
        links.to_document(title, each.document.id, each.passage.id, each.sentence)
        plain.show(facts.place(each.passage, each.document.media_type, title))
        quoted.show(each.passage.text, each.sentence, language=each.passage.language)


def _show_pinning(item: str, each: Speaking, pins: Sequence[Pin], *, is_first: bool) -> None:
    key = f"{item}_{each.passage.id}"
    pinned = next((pin for pin in pins if pin.passage_id == each.passage.id), None)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"act_{key}"):
        if pinned:
            st.html(pin_list.stance(pinned.stance), width="content")
            st.caption(_("pinned"))
            return
        is_full = len(pins) >= MAX_PINS
        for stance, label, icon in (
            (Stance.FOR, _("Pin for"), ":material/add:"),
            (Stance.AGAINST, _("Pin against"), ":material/remove:"),
        ):
            st.button(
                label, key=f"pin_{stance.value}_{key}", icon=icon, disabled=is_full, on_click=reviewing.pin,
                args=(item, each.passage.id, each.sentence, stance),
                shortcut=PIN_KEYS if is_first and stance is Stance.FOR else None,
            )  # fmt: skip
