"""The top of a practice's page: what it is called, who owns it, where and when it is done, how much the sheet says."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from kb.peers.completeness import Completeness
from kb.peers.narrative import UNKNOWN, without_citations
from kb.peers.parts import Owner, Partner, Period, Place
from kb.peers.practice import PracticeSheet
from kb.services.learning import directory
from kb.services.permission import Role
from kb.services.practices import Listed, Practice
from kb.services.sheets import Fault
from kb.ui import hrefs, i18n, links, plain, sheet_words, state, words
from kb.ui.components import compare_basket, practice_story, section
from kb.ui.i18n import _, ngettext
from kb.ui.said import said

LANGUAGE = "text"  # widget key and URL parameter: the language of the texts
_USUAL = "_text_usual"  # session key: what it would be if nobody had chosen


def title_of(listed: Listed, *languages: str) -> str:
    """A practice's title in the first of ``languages`` that it has, else in the reader's, else as it was written; its name while
    its sheet cannot be read."""
    if listed.sheet is None:
        return listed.name
    return without_citations(listed.sheet.title.best(*languages, i18n.current(), listed.sheet.language)[1])


def language_of(sheet: PracticeSheet) -> str:
    """The language of the texts to show: as chosen, else the usual one. Call before :func:`show_languages` draws the switch."""
    usual = usual_language(sheet)
    chosen = st.session_state.get(LANGUAGE)
    was_usual = st.session_state.get(_USUAL)
    if chosen not in sheet.languages() or (chosen == was_usual and chosen != usual):  # the app was switched to another language
        st.session_state[LANGUAGE] = usual
    st.session_state[_USUAL] = usual
    return str(st.session_state[LANGUAGE])


def usual_language(sheet: PracticeSheet) -> str:
    """The reader's if the sheet has it, else the sheet's own."""
    return i18n.current() if i18n.current() in sheet.languages() else sheet.language


def show_languages(sheet: PracticeSheet) -> None:
    """Draw the switch where the sheet has several languages."""
    languages = sheet.languages()
    if len(languages) > 1:
        st.segmented_control(_("Language of the texts"), languages, key=LANGUAGE, required=True, format_func=words.language)


def show_tools(name: str) -> None:
    """Draw what can be done with a practice."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="practice_tools"):
        if Role.CONTRIBUTOR in state.actor().roles:
            links.to_edit(name)
        compare_basket.show_box(name)
        compare_basket.show_panel()


def show(sheet: PracticeSheet, language: str) -> None:
    """Draw title, teaser and labels; the title is also the browser tab's."""
    spoken, title = sheet.title.best(language, sheet.language)
    st.set_page_config(page_title=without_citations(title))
    with st.container(gap="xsmall", key="practice_head"):
        plain.heading(1, without_citations(title), language=spoken)
        if not sheet.teaser.is_unknown:
            spoken, teaser = sheet.teaser.best(language, sheet.language)
            plain.show(plain.element("p", without_citations(teaser), css="kb-teaser", language=spoken))
        plain.show(labels(sheet))


def show_list_of_sections(practice: Practice) -> None:
    """Draw the way to each part of the page in the side panel; parts that are not there are left out."""
    sheet = practice.listed.sheet
    if sheet is None:
        return
    story = {key: _(label) for key, (label, _fields) in practice_story.PARTS.items()}
    section.show_list(
        {"summary": sheet_words.field("summary"), "what": story["what"], "outcome": story["outcome"]}
        | ({"figures": sheet_words.field("figures")} if sheet.figures else {})
        | {"learned": story["learned"], "transfer": _("Taking it over"), "tags": sheet_words.field("tags")}
        | ({"evidence": sheet_words.field("evidence")} if practice.evidence else {})
        | {"documents": sheet_words.field("documents"), "learning": _("Peer learning")}
        | {"came": _("What came of it"), "like": _("More like this")}
        | {"sources": sheet_words.field("sources")}
        | ({"links": sheet_words.field("links")} if sheet.links else {})
        | {"history": _("History")}
    )


def said_language(sheet: PracticeSheet) -> str:
    """What the address says of the language: nothing where it is the usual one."""
    chosen = str(st.session_state.get(LANGUAGE, ""))
    return "" if chosen == usual_language(sheet) else chosen


def labels(sheet: PracticeSheet) -> str:
    """Kind, countries and state, as pills."""
    state = [] if sheet.period.status.value == UNKNOWN else [sheet_words.choice(sheet.period.status.value)]
    return plain.pills([sheet_words.kind(sheet.kind.value), *map(sheet_words.country, countries(sheet)), *state])


def countries(sheet: PracticeSheet) -> tuple[str, ...]:
    """Codes of the countries where it is done; none where nobody knows."""
    where = sheet.place.countries
    return tuple(code for code in where if code != UNKNOWN) if not isinstance(where, str) else ()


def show_language_lacking(sheet: PracticeSheet, language: str) -> None:
    """Say which texts stand in another language than the one chosen, for want of it."""
    texts = [text for _name, several in sheet.text_fields() for text in several]
    other = sum(language not in text.languages for text in texts)
    if other:
        sentence = ngettext(
            "{n} of {all} texts is not there in this language and is shown as it was written.",
            "{n} of {all} texts are not there in this language and are shown as they were written.",
            other,
        )
        plain.show(plain.element("p", sentence.format(n=words.number(other), all=words.number(len(texts))), css="kb-quiet"))


def show_facts(sheet: PracticeSheet, counts: Completeness) -> None:
    """Draw who, where and when, and how much the sheet says."""
    rows = {
        "owner": owner(sheet.owner) + _in_directory(sheet.owner),
        "partners": _partners(sheet.partners),
        "place": escape(place(sheet.place)),
        "period": escape(period(sheet.period)),
        "contact": _contact(sheet),
    }
    named = {sheet_words.field(name): value for name, value in rows.items()}
    named |= {_("This sheet"): escape(_kept(sheet)), _("Completeness"): completeness(counts)}
    body = "".join(f'<dt>{escape(label)}</dt><dd dir="auto">{value}</dd>' for label, value in named.items() if value)
    plain.show(f'<dl class="kb-facts">{body}</dl>')


def completeness(counts: Completeness) -> str:
    """How much is said, and what is not, as HTML: never a score."""
    groups = counts.said, counts.unknown, counts.unsaid
    sentence = _("{said} of {all} fields said, {unknown} unknown, {unsaid} not said").format(
        **{name: words.number(len(group)) for name, group in zip(("said", "unknown", "unsaid"), groups, strict=True)},
        all=words.number(sum(map(len, groups))),
    )
    unknown = words.listed(map(sheet_words.field, counts.unknown))
    unsaid = words.listed(map(sheet_words.field, counts.unsaid))
    return (
        escape(sentence)
        + (plain.note(_("Nobody knows: {fields}").format(fields=unknown)) if unknown else "")
        + (plain.note(_("Nobody has said yet: {fields}").format(fields=unsaid)) if unsaid else "")
    )


def owner(of: Owner) -> str:
    """Whose it is, as HTML."""
    about = [] if of.type.value == UNKNOWN else [sheet_words.choice(of.type.value)]
    about += [] if of.country == UNKNOWN else [sheet_words.country(of.country)]
    name = sheet_words.choice(UNKNOWN) if of.name == UNKNOWN else of.name
    return escape(name + (f" ({', '.join(about)})" if about else "")) + _site(of.website)


def place(of: Place) -> str:
    """Where it is done, in words."""
    named = () if isinstance(of.countries, str) else of.countries
    where = [of.region if of.region != UNKNOWN else "", words.listed(map(sheet_words.country, named))]
    reach = sheet_words.choice(of.scale.value) if of.scale.value != UNKNOWN else ""
    return " · ".join(part for part in (", ".join(filter(None, where)), reach) if part) or sheet_words.choice(UNKNOWN)


def period(of: Period) -> str:
    """When it is done, in words."""
    if {of.start, of.end} == {UNKNOWN}:
        return sheet_words.choice(of.status.value)
    ends = [sheet_words.choice(each) if each in (UNKNOWN, "ongoing") else words.day(each) for each in (of.start, of.end)]
    state = sheet_words.choice(of.status.value) if of.status.value != UNKNOWN else ""
    return " · ".join(filter(None, (" – ".join(ends), state)))


def show_faults(faults: Iterable[Fault]) -> None:
    """Say what somebody has to mend in the sheet; nothing where nothing is wrong."""
    if not (found := list(faults)):
        return
    n = len(found)
    sentence = ngettext(
        "The sheet has {n} fault that somebody has to mend:", "The sheet has {n} faults that somebody has to mend:", n
    )
    st.warning(sentence.format(n=words.number(n)), icon=":material/build:")
    items = (plain.element("li", f"{each.file}:{each.line}: {said(each.in_words)}") for each in found)
    plain.show('<ul class="kb-list">', *items, "</ul>")


def _in_directory(of: Owner) -> str:
    """The way to what the directory says of the owner, as HTML; nothing where it says nothing."""
    found = directory.of_name(state.kb(), of.name, actor=state.actor())
    if found is None:
        return ""
    link, label = plain.link(found.title, hrefs.organisation(found.organisation)), _("In the directory:")
    return f'<br><span class="kb-quiet">{escape(label)} {link}</span>'


def _partners(partners: tuple[Partner, ...] | str | None) -> str:
    if not partners or isinstance(partners, str):
        return ""
    return f'<ul class="kb-list">{"".join(map(_partner, partners))}</ul>'


def _partner(each: Partner) -> str:
    country = f" ({sheet_words.country(each.country)})" if each.country != UNKNOWN else ""
    support = () if isinstance(each.support, str) else each.support
    gives = words.listed(sheet_words.choice(one.value) for one in support)
    about = " · ".join(filter(None, (_known(each.role), gives)))
    return f'<li dir="auto">{escape(each.name + country)}{plain.note(about)}</li>'


def _contact(sheet: PracticeSheet) -> str:
    if sheet.contact is None or isinstance(sheet.contact, str):
        return ""  # that nobody knows it stands below, with all that nobody knows
    return escape(sheet.contact.name) + _site(sheet.contact.address)


def _site(address: str) -> str:
    return f" {plain.link(address, address, new_tab=True)}" if address != UNKNOWN else ""


def _kept(sheet: PracticeSheet) -> str:
    """Who wrote the sheet, and when it was and is to be looked at."""
    told = {
        "author": _known(sheet.author),
        "reviewed": words.day(_known(sheet.reviewed)),
        "review_due": words.day(_known(sheet.review_due)),
    }
    both = _("{label}: {values}")
    return " · ".join(both.format(label=sheet_words.field(name), values=value) for name, value in told.items() if value)


def _known(value: str | None) -> str:
    return value if value and value != UNKNOWN else ""
