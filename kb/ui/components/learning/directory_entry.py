"""One organisation: what it is and does, its projects, what it looks for, and all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from kb.peers.learning.need import Need
from kb.peers.learning.offer import Offer
from kb.peers.learning.organisation import Organisation, Project
from kb.peers.narrative import UNKNOWN, without_citations
from kb.services.learning.directory import TakesPart, Whole
from kb.ui import directory_words, hrefs, i18n, links, matching_words, plain, sheet_words, state, words
from kb.ui.components import practice_figures, practice_sources, section
from kb.ui.components.cited_text import CitedText
from kb.ui.i18n import _


def show(found: Whole, cited: CitedText) -> None:
    """Draw the whole entry but for what can be changed."""
    own = found.organisation
    st.set_page_config(page_title=own.title)
    _show_sections(own)
    with st.container(gap="xsmall", key="entry_head"):
        plain.heading(1, own.title)
        plain.show(plain.pills(directory_words.pills(own)), plain.element("p", _about(own), css="kb-quiet kb-below"))
    if found.entry.document_id is None:
        sentence = _("This entry is not in the index yet, so no search finds it. Ingest it: {command}")
        plain.show(plain.element("p", sentence.format(command="python -m kb ingest"), css="kb-quiet"))
    plain.show(cited.paragraphs(own.what))
    _show_facts(found)
    _show_projects(own, cited)
    _show_seeks(own, cited)
    if own.figures:
        practice_figures.show(own, cited)


def show_sources(cited: CitedText) -> None:
    """Draw the numbered sources."""
    section.head("sources", sheet_words.field("sources"))
    plain.show(practice_sources.listed(cited, state.documents()))


def show_belonging(found: Whole, needs: Sequence[Need], offers: Sequence[Offer]) -> None:
    """Draw what of this base belongs to it: practices, partnerships, members, and what these look for and give.

    Args:
        needs: of all members; those of this organisation are chosen here; so are ``offers``.
    """
    section.head("belongs", _("In this knowledge base"))
    own = found.organisation
    needed = [(each.id, each.posted.title) for each in needs if own.is_called(each.posted.by.organisation)]
    offered = [(each.id, each.posted.title) for each in offers if own.is_called(each.posted.by.organisation)]
    rows = {
        _("Practices that it owns"): [plain.link(each.title, hrefs.practice(each.name)) for each in found.practices],
        _("Partnerships"): [_partnership(each) for each in found.partnerships],
        _("Organisations that belong to it"): [
            plain.link(each.title, hrefs.organisation(each.organisation)) for each in found.parts
        ],
        _("Members who work for it"): [escape(each.name) for each in found.members],
        _("What its members look for and give"): [plain.link(title, hrefs.thing(id_)) for id_, title in (*needed, *offered)],
    }
    body = "".join(f"<dt>{escape(label)}</dt><dd>{_listed(items)}</dd>" for label, items in rows.items() if items)
    nothing = plain.element("p", _("No practice, partnership or member of this base belongs to it."), css="kb-quiet")
    plain.show(f'<dl class="kb-facts">{body}</dl>' if body else nothing)


def _partnership(each: TakesPart) -> str:
    link = plain.link(directory_words.title(each.partnership), hrefs.partnership(each.partnership.partnership))
    return link + (escape(f" ({directory_words.role(each.role)})") if each.role else "")


def _listed(items: Sequence[str]) -> str:
    """HTML in rows."""
    return '<ul class="kb-list">' + "".join(f'<li dir="auto">{each}</li>' for each in items) + "</ul>"


def _show_sections(own: Organisation) -> None:
    parts = {"projects": _("Projects"), "seeks": _("What it looks for")}
    parts |= {"figures": sheet_words.field("figures")} if own.figures else {}
    section.show_list(parts | {"belongs": _("In this knowledge base"), "sources": sheet_words.field("sources")})


def _about(own: Organisation) -> str:
    told = [_("also called {names}").format(names=words.listed(own.also))] if own.also else []
    told += [] if own.reviewed == UNKNOWN else [_("last reviewed {date}").format(date=words.day(own.reviewed))]
    return " · ".join(told)


def _show_facts(found: Whole) -> None:
    own = found.organisation
    spoken = own.languages if isinstance(own.languages, str) else own.languages.codes
    rows: Mapping[str, str] = {
        _("Part of"): plain.link(found.part_of.title, hrefs.organisation(found.part_of.organisation))
        if found.part_of
        else escape(own.part_of),
        _("Works in"): escape(directory_words.countries(own.countries)),
        _("Languages"): escape(
            sheet_words.choice(spoken) if isinstance(spoken, str) else words.listed(map(words.language, spoken))
        ),
        _("Expertise"): _items(own.expertise),
        sheet_words.part("website"): plain.link(own.website, own.website, new_tab=True)
        if own.website != UNKNOWN
        else escape(sheet_words.choice(UNKNOWN)),
    }
    body = "".join(f'<dt>{escape(label)}</dt><dd dir="auto">{value}</dd>' for label, value in rows.items() if value)
    plain.show(f'<dl class="kb-facts">{body}</dl>')


def _items(said: str | Sequence[str]) -> str:
    return escape(sheet_words.choice(said)) if isinstance(said, str) else _listed([escape(each) for each in said])


def _show_projects(own: Organisation, cited: CitedText) -> None:
    section.head("projects", _("Projects"))
    if not own.all_projects:
        nothing = sheet_words.choice(UNKNOWN) if isinstance(own.projects, str) else _("It has none.")
        plain.show(plain.element("p", nothing, css="kb-quiet"))
    for n, project in enumerate(own.all_projects):
        with st.container(border=True, gap="xsmall", key=f"project_{n}"):
            plain.show(f'<h3 class="kb-heading" dir="auto">{escape(project.title)} {cited.note(project.source)}</h3>')
            plain.show(cited.paragraphs(project.what), plain.element("p", _facts(project), css="kb-quiet kb-below"))
            if project.practice in state.kb().practices.names():
                with st.container(key=f"practices_project_{n}"):
                    links.to_practice(_("The practice that tells of it"), project.practice)


def _facts(project: Project) -> str:
    told = []
    if not isinstance(project.partners, str) and project.partners:
        named = [each.name + (f" ({words.country(each.country)})" if each.country != UNKNOWN else "") for each in project.partners]
        told.append(_("With {partners}").format(partners=words.listed(named)))
    if project.programme != UNKNOWN:
        told.append(_("Paid by: {programme}").format(programme=project.programme))
    if {project.start, project.end} != {UNKNOWN}:
        told.append(" – ".join(map(directory_words.day, (project.start, project.end))))
    return " · ".join(told)


def _show_seeks(own: Organisation, cited: CitedText) -> None:
    section.head("seeks", _("What it looks for"))
    if not own.all_seeks:
        nothing = sheet_words.choice(UNKNOWN) if isinstance(own.seeks, str) else _("It looks for nothing at the moment.")
        plain.show(plain.element("p", nothing, css="kb-quiet"))
        return
    items = ""
    for each in own.all_seeks:
        language, said = each.text.best(i18n.current(), own.language)
        label = _("{label}: {values}").format(label=matching_words.seeks(each.what), values="")
        told = f"<span{plain.lang_attribute(language)}>{escape(without_citations(said))}</span>"
        items += f'<li dir="auto">{escape(label)}{told} {cited.note(each.source)}</li>'
    plain.show(f'<ul class="kb-list">{items}</ul>')
