"""The top of a concept: what it is called, what it means, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from kb.peers.concepts import Concept
from kb.services.concepts import ConceptView
from kb.ui import concept_words, plain, words
from kb.ui.components import concept_list
from kb.ui.i18n import _, current


def show(concept: Concept) -> None:
    """Draw label, facet and definition, with a word where they are not in the reader's language."""
    language, label = concept_words.spoken(concept.labels)
    st.set_page_config(page_title=label)
    plain.heading(1, label, language=language)
    other = "" if language == current() else _("No label in {language} is known.").format(language=words.language(current()))
    plain.show(plain.pills([concept_words.facet(concept.facet)]), plain.element("p", other, css="kb-quiet") if other else "")
    language, text = concept_words.spoken(concept.definition)
    if text:
        missing = "" if language == current() else _("The definition is in {language}.").format(language=words.language(language))
        plain.show(
            plain.element("p", text, css="kb-defined", language=language),
            plain.element("p", missing, css="kb-quiet") if missing else "",
            _sourced(concept),
        )
    else:
        plain.show(plain.element("p", _("No definition yet."), css="kb-quiet"))


def show_around(view: ConceptView) -> None:
    """Draw broader, narrower and related concepts as ways to them."""
    rows = ((_("Broader"), view.broader), (_("Narrower"), view.narrower), (_("Related"), view.related))
    if not any(others for _name, others in rows):
        return
    st.header(_("Concepts around it"), anchor=False)
    for number, (name, others) in enumerate(rows):
        if others:
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"around_{number}"):
                st.html(plain.element("span", name, css="kb-quiet"), width="content")
                for n, other in enumerate(sorted(others, key=lambda each: concept_words.label(each).casefold())):
                    st.button(
                        plain.escape_markdown(concept_words.label(other)), key=f"around_{number}_{n}", wrap=True,
                        on_click=concept_list.open_concept, args=(other.id,),
                    )  # fmt: skip


def show_names(concept: Concept) -> None:
    """Draw what it is called in each language, and what other vocabularies have for it."""
    st.header(_("What it is called"), anchor=False)
    languages = sorted(dict.fromkeys([*concept.labels, *concept.also]), key=lambda each: (each != current(), words.language(each)))
    plain.show(_facts((words.language(each), _called(concept, each)) for each in languages))
    known = (
        (_("The same concept"), ", ".join(map(_outside, concept.exact))),
        (_("A like concept"), ", ".join(map(_outside, concept.close))),
        (_("Codes"), escape(", ".join(f"{concept_words.code(scheme)} {code}" for scheme, code in concept.codes.items()))),
        (_("Tag"), escape(concept.tag)),
    )
    if any(value for _name, value in known):
        st.header(_("In other vocabularies"), anchor=False)
        plain.show(_facts(known))


def _sourced(concept: Concept) -> str:
    told = concept_words.cited(concept.sources)
    label = escape(_("Source:"))  # here: Babel does not look into f-strings
    return f'<p class="kb-quiet kb-sourced kb-links">{label} {told}</p>' if told else ""


def _called(concept: Concept, language: str) -> str:
    parts = [plain.element("strong", concept.labels[language], language=language)] if language in concept.labels else []
    return ", ".join([*parts, *(plain.element("span", each, language=language) for each in concept.also.get(language, ()))])


def _facts(rows: Iterable[tuple[str, str]]) -> str:
    """Rows of a label and HTML; those without a value are left out."""
    inside = "".join(f"<dt>{escape(label)}</dt><dd>{value}</dd>" for label, value in rows if value)
    return f'<dl class="kb-facts">{inside}</dl>'


def _outside(address: str) -> str:
    return plain.link(concept_words.vocabulary(address), address, new_tab=True)
