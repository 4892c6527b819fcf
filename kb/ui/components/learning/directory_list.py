"""Organisations as cards and on a map, those that answer a question, and the partnerships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from kb.peers.learning.organisation import Organisation
from kb.peers.narrative import without_citations
from kb.services.learning.directory import Entry, Found
from kb.services.learning.partnerships import FoundPartnership, ListedPartnership
from kb.services.sheets import Fault
from kb.ui import directory_words, i18n, learning_words, plain, words
from kb.ui.components import facts, quoted, world_map
from kb.ui.components.learning import directory_controls as controls
from kb.ui.i18n import _, ngettext
from kb.ui.plain import escape_markdown
from kb.ui.said import said

TEASER_CHARS = 160


def show_none(command: str) -> None:
    """Say how a first one is added."""
    with st.container(border=True, key="no_directory"):
        st.header(_("Nothing is in the directory yet"), anchor=False)
        st.markdown(_("Add an organisation below, or write a file in the corpus folder and check it from the command line:"))
        st.code(command, language=None)


def show_unknown(name: str) -> None:
    """Say that nothing has the name of the address; nothing where none was asked for."""
    if name:
        sentence = _("The directory has no “{name}”. What there is stands below.").format(name=name[:60])
        st.warning(escape_markdown(sentence), icon=":material/search_off:")


def show_map(everybody: Sequence[Organisation]) -> None:
    """Draw how many organisations have their seat or work in each country."""
    counts = Counter(code for each in everybody for code in each.all_countries if len(code) == 2 and code not in ("EU", "UN"))
    if st.toggle(_("On a map"), key="directory_map"):
        world_map.show(counts, _("Organisations"), _("No country is known of any."), _alternative)


def show(entries: Sequence[Entry]) -> None:
    """Draw each organisation as a card."""
    st.header(ngettext("{n} organisation", "{n} organisations", len(entries)).format(n=words.number(len(entries))), anchor=False)
    if not entries:
        st.info(_("Nothing fits these filters."), icon=":material/filter_alt:")
    with st.grid(min_column_width=260, gap="small"):
        for each in entries:
            with st.container(border=True, height="stretch", gap="xsmall", key=f"entry_{each.name}"):
                _show_card(each)


def show_found(found: Sequence[Found]) -> None:
    """Draw organisations that answer a question, each with the passage that speaks."""
    heading = ngettext("{n} organisation that may answer", "{n} organisations that may answer", len(found))
    st.header(heading.format(n=words.number(len(found))), anchor=False)
    if not found:
        st.info(_("No entry speaks of this. Ask in other words, or clear the filters."), icon=":material/search_off:")
    for n, each in enumerate(found, start=1):
        with st.container(border=True, gap="small", key=f"entry_{each.organisation.organisation}"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.html(plain.element("span", words.number(n), css="kb-rank"), width="content")
                controls.show_link(escape_markdown(each.organisation.title), each.organisation.organisation)
            plain.show(plain.pills(directory_words.pills(each.organisation)))
            plain.show(facts.place(each.hit.passage, each.hit.media_type, each.hit.title))
            quoted.show(each.hit.passage.text, each.hit.sentence, language=each.hit.passage.language)


def show_partnerships(listed: Sequence[ListedPartnership], command: str) -> None:
    """Draw each partnership as a card; where there is none, say how a first one begins.

    Args:
        command: that checks the files.
    """
    if not listed:
        with st.container(border=True, key="no_directory"):
            st.header(_("There is no partnership yet"), anchor=False)
            st.markdown(_("Facilitators begin one below. Or write a file in the corpus folder and check it from the command line:"))
            st.code(command, language=None)
        return
    heading = ngettext("{n} partnership", "{n} partnerships", len(listed)).format(n=words.number(len(listed)))
    st.header(heading, anchor=False)
    with st.grid(min_column_width=320, gap="small"):
        for each in listed:
            with st.container(border=True, height="stretch", gap="xsmall", key=f"entry_{each.name}"):
                if own := each.partnership:
                    controls.show_link(escape_markdown(directory_words.title(own)), each.name, is_partnership=True)
                    plain.show(plain.pills([learning_words.state_word(own.state), *map(directory_words.theme, own.themes)]))
                    language, topic = own.topic.best(i18n.current(), own.language)
                    plain.show(plain.element("p", without_citations(topic), css="kb-quiet kb-below", language=language))
                else:
                    plain.heading(3, each.name)
                show_faults(each.faults)


def show_found_partnerships(found: Sequence[FoundPartnership]) -> None:
    """Draw partnerships that answer a question, each with the passage that speaks."""
    heading = ngettext("{n} partnership that may answer", "{n} partnerships that may answer", len(found))
    st.header(heading.format(n=words.number(len(found))), anchor=False)
    if not found:
        st.info(_("No partnership speaks of this. Ask in other words."), icon=":material/search_off:")
    for n, each in enumerate(found, start=1):
        own = each.partnership
        with st.container(border=True, gap="small", key=f"entry_{own.partnership}"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.html(plain.element("span", words.number(n), css="kb-rank"), width="content")
                controls.show_link(escape_markdown(directory_words.title(own)), own.partnership, is_partnership=True)
            plain.show(plain.pills([learning_words.state_word(own.state), *map(directory_words.theme, own.themes)]))
            plain.show(facts.place(each.hit.passage, each.hit.media_type, each.hit.title))
            quoted.show(each.hit.passage.text, each.hit.sentence, language=each.hit.passage.language)


def show_faults(faults: Sequence[Fault]) -> None:
    """Say what somebody has to mend before a file can be used; nothing where nothing is wrong."""
    if n := len(faults):
        sentence = ngettext(
            "The file has {n} fault and cannot be used before it is mended:",
            "The file has {n} faults and cannot be used before they are mended:",
            n,
        )
        st.warning(sentence.format(n=words.number(n)), icon=":material/build:")
        items = "".join(plain.element("li", f"{each.file}:{each.line}: {said(each.in_words)}") for each in faults)
        plain.show(f'<ul class="kb-list">{items}</ul>')


def _show_card(each: Entry) -> None:
    own = each.organisation
    if own is None:
        plain.heading(3, each.name)
        show_faults(each.faults)
        return
    controls.show_link(escape_markdown(own.title), each.name)
    plain.show(plain.pills(directory_words.pills(own)))
    language, what = own.what.best(i18n.current(), own.language)
    teaser = plain.shortened(without_citations(what), TEASER_CHARS)
    plain.show(plain.element("p", teaser, css="kb-quiet kb-below", language=language) if teaser else "")


def _alternative(n: int) -> str:
    return ngettext(
        "World map: how many organisations of the directory are in {n} country; most in {top}.",
        "World map: how many organisations of the directory are in {n} countries; most in {top}.",
        n,
    )
