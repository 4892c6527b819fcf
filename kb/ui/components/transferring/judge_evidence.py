"""What speaks to a criterion on both sides: the practice's own documents, and documents about the target, to be pinned."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.errors import IndexBusy, IndexMissing, QueryError, UnusableIndex
from kb.peers.assessment.review import MAX_PINS, Pin, Stance
from kb.peers.narrative import Text
from kb.peers.transfer.judgement import Evidenced
from kb.retrieval.standing import Speaking
from kb.services.transferring.evidence import BothSides, Said, SideEvidence
from kb.services.transferring.judging import PINS, Desk
from kb.ui import context_words, evidence, links, plain, sheet_words, transferring, words
from kb.ui import transferring_words as told
from kb.ui.components.assessing import pin_list, sheet_told
from kb.ui.components.assessing.review_evidence import ASKED, PIN_KEYS, show_passage
from kb.ui.i18n import _, current, ngettext
from kb.ui.plain import escape_markdown
from kb.ui.said import said as in_words

FIRST = 3  # passages of a side that are shown at once


def show(desk: Desk, item: str) -> None:
    """Draw what there is for a criterion: first of the practice, then of the target."""
    st.header(_("What speaks to it, on both sides"), anchor=False)
    try:
        with st.spinner(_("Reading the passages of both sides …")):
            found = evidence.both_sides(desk.test, item, st.session_state[ASKED])
    except (IndexMissing, IndexBusy, UnusableIndex) as error:
        st.info(_("Passages are shown as soon as documents are read."), icon=":material/hourglass_top:")
        st.caption(escape_markdown(in_words(str(error))))
        return
    except QueryError as refused:
        _show_search()
        st.error(escape_markdown(in_words(str(refused))), icon=":material/error:")
        return
    _show_search()
    for sentence, is_gap in (_in_short(desk, Evidenced.SOURCE, found.source), _in_short(desk, Evidenced.TARGET, found.target)):
        st.markdown(f"{':material/search_off: ' if is_gap else ''}{escape_markdown(sentence)}")
    practice, target = st.tabs([escape_markdown(_named(desk, side)) for side in Evidenced])
    with practice:
        _show_source(desk, item, found)
    with target:
        _show_target(desk, item, found)


def _named(desk: Desk, side: Evidenced) -> str:
    """A side with its place."""
    if side is Evidenced.SOURCE:
        return _("Practice, {place}").format(place=told.place(desk.test.source))
    return _("Target, {place}").format(place=told.place(desk.test.target))


def _in_short(desk: Desk, side: Evidenced, found: SideEvidence) -> tuple[str, bool]:
    """How much there is on a side, above the passages of both; whether it is a gap."""
    n, name = found.n_documents, _named(desk, side)
    if not found.asked:
        return sheet_words.labelled(name, _("the framework asks these documents nothing here")), False
    if found.is_gap and side is Evidenced.SOURCE:
        gap = ngettext("No evidence found in {n} document of the practice", "No evidence found in {n} documents of the practice", n)
        return gap.format(n=words.number(n)), True
    if found.is_gap:
        gap = ngettext("No evidence found in {n} document about {place}", "No evidence found in {n} documents about {place}", n)
        return gap.format(n=words.number(n), place=told.place(desk.test.target)), True
    passages = ngettext("{n} passage", "{n} passages", found.n_passages).format(n=words.number(found.n_passages))
    documents = ngettext("{n} document", "{n} documents", n).format(n=words.number(n))
    best = _("best of {passages} in {documents}").format(passages=passages, documents=documents)
    return sheet_words.labelled(name, best), False


def _show_search() -> None:
    st.text_input(
        _("Ask the documents of both sides something else"), key=ASKED, placeholder=_("Words or a question, in any language"),
        icon=":material/search:",
    )  # fmt: skip


def _show_source(desk: Desk, item: str, found: BothSides) -> None:
    place, fields = told.place(desk.test.source), desk.framework.criterion(item).fields
    if fields and desk.practice and desk.practice.sheet:
        with st.expander(_("What the sheet says"), key=f"sheet_{item}"):
            sheet_told.show(desk.practice.sheet, found.source.said, fields)
    _show_known(f"source_said_{item}", found.source_said, desk.test.source, place)
    nothing = _("Neither the sheet nor its documents are in the index: there is no passage to pin.")
    _show_side(desk, item, Evidenced.SOURCE, found.source, nothing)


def _show_target(desk: Desk, item: str, found: BothSides) -> None:
    place = told.place(desk.test.target)
    _show_known(f"target_said_{item}", found.target.said, desk.test.target, place)
    nothing = _("There is no document about {place} yet: there is no passage to pin.").format(place=place)
    _show_side(desk, item, Evidenced.TARGET, found.target, nothing)


def _show_known(key: str, said: Said, place: str, name: str) -> None:
    """What a profile says, folded; nothing where it says nothing."""
    if said:
        with st.expander(_("What is known about {place}").format(place=escape_markdown(name)), key=key):
            _show_said(said, place, name)


def _show_said(said: Said, place: str, name: str) -> None:
    """What a profile says in words, by group of conditions."""
    plain.show(*(_group(group, texts) for group, texts in said))
    links.to_context(_("The profile of {place}").format(place=name), place)


def _group(group: str, texts: Sequence[Text]) -> str:
    inside = "".join(
        plain.element("p", part, language=text.best(current())[0])
        for text in texts
        for part in context_words.text(text).split("\n\n")
        if part.strip()
    )
    return f'<div class="kb-told">{plain.element("h4", context_words.group(group))}{inside}</div>'


def _show_side(desk: Desk, item: str, side: Evidenced, found: SideEvidence, nothing: str) -> None:
    """The passages of a side; nothing where the framework asks nothing here."""
    if not found.asked:
        return
    if not found.n_passages:
        st.info(escape_markdown(nothing), icon=":material/info:")
        return
    lead = (
        _("Nothing speaks to it. The nearest passages, all the same, for “{question}”") if found.is_gap else _("For “{question}”")
    )
    st.caption(escape_markdown(lead.format(question=found.asked)))
    pins: tuple[Pin, ...] = getattr(transferring.answer_of(desk, item), PINS[side])
    _show_passages(item, side, found.passages[:FIRST], pins, 0)
    if rest := found.passages[FIRST:]:
        more = ngettext("{n} more passage", "{n} more passages", len(rest)).format(n=words.number(len(rest)))
        with st.expander(more, key=f"more_{side.value}_{item}"):
            _show_passages(item, side, rest, pins, FIRST)


def _show_passages(item: str, side: Evidenced, passages: Sequence[Speaking], pins: Sequence[Pin], start: int) -> None:
    for at, each in enumerate(passages, start):
        show_passage(each, f"{side.value}_{item}_{at}")
        _show_pinning(item, side, each, pins, is_first=side is Evidenced.SOURCE and at == 0)


def _show_pinning(item: str, side: Evidenced, each: Speaking, pins: Sequence[Pin], *, is_first: bool) -> None:
    key = f"{side.value}_{item}_{each.passage.id}"
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
                label, key=f"pin_{stance.value}_{key}", icon=icon, disabled=is_full, on_click=transferring.pin,
                args=(item, side, each.passage.id, each.sentence, stance),
                shortcut=PIN_KEYS if is_first and stance is Stance.FOR else None,
            )  # fmt: skip
