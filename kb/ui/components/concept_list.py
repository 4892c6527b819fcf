"""All concepts: a box that finds any word, and the tree by facet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from kb.peers.concepts import Facet
from kb.services.concept_finding import Match
from kb.services.concepts import Twig
from kb.ui import address, concept_words, plain, words
from kb.ui.i18n import _, ngettext

ID, WORD, OPEN = "id", "c_word", "c_open"  # session keys and URL parameters: the concept shown, the word looked for, open facets
FIELDS: Mapping[str, address.Parse] = {ID: address.one, WORD: address.one, OPEN: address.many}
SHOWN = 40  # matches: more than this is no find
MAX_CHARS = 100  # of a word
_LEFT = "_concepts_left"  # session key: word and facets before a concept was opened


def open_concept(concept_id: str) -> None:
    """Show a concept; for ``on_click``. A page link to the page itself would leave the address as it was (Streamlit 1.67)."""
    if not st.session_state.get(ID):
        st.session_state[_LEFT] = {key: st.session_state.get(key) for key in (WORD, OPEN)}
    st.session_state.update({ID: concept_id, WORD: "", OPEN: []})


def _go_back() -> None:
    st.session_state.update({ID: "", **st.session_state.get(_LEFT, {})})


def is_in(tree: Mapping[Facet, Sequence[Twig]], concept_id: str) -> bool:
    """Whether there is such a concept."""
    return any(twig.concept.id == concept_id for twigs in tree.values() for twig in twigs)


def show_none_yet() -> None:
    """No concept has been written: say how to."""
    with st.container(border=True, key="no_concepts"):
        st.header(_("There are no concepts yet"), anchor=False)
        st.markdown(_("Write them as YAML files in the folder concepts of the corpus, or take in a vocabulary in SKOS:"))
        st.code("python -m kb concept import vocabulary.ttl", language=None)


def show_unknown() -> None:
    """Say so where the address names a concept that there is not; call where none is shown."""
    if asked := st.query_params.get(ID, ""):
        text = _("There is no concept “{name}”. It may have been renamed; look for it here.")
        st.warning(plain.escape_markdown(text.format(name=asked[:MAX_CHARS])), icon=":material/search_off:")


def show_way_back() -> None:
    """Draw the way from one concept back to all, as they were left."""
    st.button(_("All concepts"), key="concepts_all", type="tertiary", icon=":material/arrow_back:", on_click=_go_back)


def show_box() -> str:
    """Draw the box. Returns the word looked for."""
    st.text_input(
        _("Find a word, in any language"), key=WORD, max_chars=MAX_CHARS, icon=":material/search:", autocomplete="off",
        placeholder=_("Sozialwirtschaft, économie sociale, mutual …"),
    )  # fmt: skip
    return str(st.session_state[WORD] or "").strip()


def show_found(found: Sequence[Match], word: str) -> None:
    """Draw the concepts with such a word, each with the word that was found."""
    if not found:
        st.warning(plain.escape_markdown(_("No concept has the word “{word}”.").format(word=word)), icon=":material/search_off:")
        st.markdown(_("Try the beginning of the word, or another language. Or look through the tree."))
        return
    st.header(ngettext("{n} word found", "{n} words found", len(found)).format(n=words.number(len(found))), anchor=False)
    if len(found) > SHOWN:
        text = _("The nearest {n} are shown. Type more of the word to see fewer.")
        st.caption(text.format(n=words.number(SHOWN)))
    with st.container(gap="xsmall", key="words_found"):
        for n, match in enumerate(found[:SHOWN]):
            with st.container(gap=None, key=f"found_{n}"):
                _show_link(match.concept.id, concept_words.label(match.concept), f"match_{n}")
                plain.show(_found_word(match))


def _found_word(match: Match) -> str:
    """The word that was found, its language, and where it misleads."""
    inside = plain.element("span", match.word, language=match.language) + plain.cell(f" · {words.language(match.language)}")
    if match.meaning:
        inside += plain.cell(f" · {words.country(match.meaning.country)} · {concept_words.relation(match.meaning.relation)}")
    return f'<p class="kb-quiet">{inside} {plain.cell("· " + concept_words.facet(match.concept.facet))}</p>'


def show_tree(tree: Mapping[Facet, Sequence[Twig]]) -> None:
    """Draw each facet, to be opened, with its concepts below each other."""
    for facet, twigs in tree.items():
        key = f"facet_{facet.value}"
        st.session_state[key] = facet.value in st.session_state[OPEN]
        count = words.number(len({twig.concept.id for twig in twigs}))
        label = _("{name} ({n})").format(name=concept_words.facet(facet), n=count)
        part = st.expander(label, key=key, on_change=_toggle, args=(facet.value,))
        if part.open:
            with part, st.container(gap=None, key=f"tree_{facet.value}"):
                for n, twig in enumerate(twigs):
                    _show_link(twig.concept.id, concept_words.label(twig.concept), f"twig_{min(twig.depth, 4)}_{facet.value}_{n}")


def _toggle(facet: str) -> None:
    opened = list(st.session_state.get(OPEN, []))
    st.session_state[OPEN] = [each for each in opened if each != facet] if facet in opened else [*opened, facet]


def _show_link(concept_id: str, label: str, key: str) -> None:
    st.button(plain.escape_markdown(label), key=key, type="tertiary", wrap=True, on_click=open_concept, args=(concept_id,))
