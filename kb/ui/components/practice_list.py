"""Practices as cards, as a table or on a map."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import streamlit as st

from kb.peers.narrative import without_citations
from kb.peers.practice import PracticeSheet
from kb.peers.selection import Selection, fits
from kb.retrieval.answer import MAX_QUESTION_CHARS, Hit
from kb.services.permission import Role
from kb.services.practice_finding import Browsed
from kb.services.practices import Listed
from kb.ui import hrefs, i18n, links, plain, sheet_words, state, words
from kb.ui.components import compare_basket, practice_head, practice_map, quoted
from kb.ui.i18n import _, ngettext

CARDS, TABLE, MAP = "cards", "table", "map"
QUESTION, VIEW = "p_q", "p_view"  # widget keys and URL parameters
PRACTICES_A_PAGE = 24  # fills rows of two, three and four


def show_none() -> None:
    """Say how a first practice is added."""
    with st.container(border=True, key="no_practices"):
        st.header(_("There are no practices yet"), anchor=False)
        st.markdown(_("A practice is described on a sheet. Begin one in the app, or as a file from the command line:"))
        st.code("python -m kb practice new NAME", language=None)
        show_new()


def show_new() -> None:
    """Draw the way to a new practice, for those who may make one."""
    if Role.CONTRIBUTOR in state.actor().roles:
        links.to_new_practice()


def show_controls() -> None:
    """Draw the question and the choice of view."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        placeholder = _("By words or by meaning, in any language")
        st.text_input(
            _("Search practices"), key=QUESTION, icon=":material/search:", max_chars=MAX_QUESTION_CHARS, placeholder=placeholder
        )
        views = {CARDS: _("Cards"), TABLE: _("Table"), MAP: _("Map")}
        st.segmented_control(_("Show as"), list(views), key=VIEW, required=True, format_func=lambda view: views[view])


def ordered(everything: Sequence[Browsed], best: Mapping[str, Hit] | None) -> list[Browsed]:
    """By how well they answer, those only that do; without a question all, by title, those that cannot be read last."""
    if best is None:
        return sorted(everything, key=lambda each: (each.listed.sheet is None, practice_head.title_of(each.listed).casefold()))
    by_name = {each.listed.name: each for each in everything}
    return [by_name[name] for name in best if name in by_name]


def chosen(practices: Sequence[Browsed], wanted: Selection) -> list[Browsed]:
    """Those that fit; while nothing is wanted, those that cannot be read are among them."""
    return [each for each in practices if fits(each.traits, wanted)]


def show_nothing_found(everything: Sequence[Browsed], filters: str) -> None:
    """Say that no practice fits, and where to look."""
    sentence = _("None of {n} practices fits, with these filters: {filters}.") if filters else _("None of {n} practices fits.")
    st.warning(
        plain.escape_markdown(sentence.format(n=words.number(len(everything)), filters=filters)), icon=":material/search_off:"
    )
    show_unsearchable(everything)


def show_unsearchable(everything: Sequence[Browsed]) -> None:
    """Say which practices a question cannot find, because their sheets are not in the index."""
    if n := sum(each.listed.document_id is None for each in everything):
        sentence = ngettext(
            "{n} practice is not in the index and cannot be searched. Ingest it: {command}",
            "{n} practices are not in the index and cannot be searched. Ingest them: {command}",
            n,
        )
        plain.show(plain.element("p", sentence.format(n=words.number(n), command="python -m kb ingest"), css="kb-quiet"))


def show(practices: Sequence[Browsed], best: Mapping[str, Hit], view: str) -> None:
    """Draw the practices, some at a time; on a map all at once.

    Args:
        best: name → the passage that answers the question; empty without one.
    """
    n = len(practices)
    st.header(ngettext("{n} practice", "{n} practices", n).format(n=words.number(n)), anchor=False)
    if view == MAP:
        practice_map.show([each.listed for each in practices])
        return
    n_pages = max(1, math.ceil(n / PRACTICES_A_PAGE))
    place, page = st.container(), 1
    if n_pages > 1:
        page = st.pagination(n_pages, key=f"practices_page_{n_pages}")
    shown = practices[(page - 1) * PRACTICES_A_PAGE : page * PRACTICES_A_PAGE]
    with place:
        _show_table([each.listed for each in shown]) if view == TABLE else _show_cards(shown, best)


def _show_cards(practices: Sequence[Browsed], best: Mapping[str, Hit]) -> None:
    with st.grid(min_column_width=320, gap="medium"):
        for each in practices:
            name = each.listed.name
            with st.container(border=True, height="stretch", gap="small", key=f"document_practice_{name}"):
                links.to_practice(practice_head.title_of(each.listed), name)
                if each.listed.sheet:
                    _show_card(each, each.listed.sheet, best.get(name))
                _show_faults(each.listed)
                compare_basket.show_box(name)


def _show_card(each: Browsed, sheet: PracticeSheet, hit: Hit | None) -> None:
    language, teaser = sheet.teaser.best(i18n.current(), sheet.language)
    themes = words.listed(sheet_words.tag(state.scheme(), tag) for tag in each.tags if tag.prefix == "theme")
    plain.show(
        plain.element("p", without_citations(teaser), language=language) if teaser else "",
        practice_head.labels(sheet),
        plain.element("p", themes, css="kb-quiet kb-below") if themes else "",
    )
    if hit:
        _show_hit(hit, each.listed)


def _show_hit(hit: Hit, listed: Listed) -> None:
    """The words that answer, and whose they are where it is not the sheet's own passage."""
    text = hit.sentence_text or plain.shortened(hit.passage.text, 240)
    quoted.show(text, language=hit.passage.language)
    if hit.passage.document_id != listed.document_id:
        plain.show(plain.element("p", _("In its document: {title}").format(title=hit.title), css="kb-quiet"))


def _show_faults(listed: Listed) -> None:
    """Those of a sheet that can be read in a line, else each."""
    if listed.sheet is None:
        practice_head.show_faults(listed.faults)
    elif n := len(listed.faults):
        sentence = ngettext("The sheet has {n} fault.", "The sheet has {n} faults.", n)
        st.warning(sentence.format(n=words.number(n)), icon=":material/build:")


def _show_table(practices: Sequence[Listed]) -> None:
    names = ("title", "kind", "owner", "place", "period")
    rows = [_row(listed) for listed in practices]
    with st.container(key="practices_table"):
        plain.table(_("Practices"), [*map(sheet_words.field, names), _("Completeness")], rows, as_cards=True)


def _row(listed: Listed) -> tuple[str, ...]:
    link = plain.link(practice_head.title_of(listed), hrefs.practice(listed.name))
    sheet, counts = listed.sheet, listed.completeness
    n = len(listed.faults)
    faults = ngettext("{n} fault", "{n} faults", n).format(n=words.number(n)) if n else ""
    if sheet is None or counts is None:
        return link + plain.note(faults), "", "", "", "", ""
    sizes = len(counts.said), len(counts.said) + len(counts.unknown) + len(counts.unsaid)
    return (
        link + plain.note(faults),
        plain.cell(sheet_words.kind(sheet.kind.value)),
        plain.cell(sheet.owner.name),
        plain.cell(words.listed(map(sheet_words.country, practice_head.countries(sheet))) or sheet_words.choice("unknown")),
        plain.cell(practice_head.period(sheet.period)),
        plain.cell(_("{said} of {all} fields").format(said=words.number(sizes[0]), all=words.number(sizes[1]))),
    )
