"""Schemes of any shape, for properties: hypothesis strategies."""

from __future__ import annotations

from hypothesis import strategies as st

from kb.peers.concepts import Concept, ConceptScheme, Facet, Meaning, Reference, Relation
from kb.retrieval.writable import one_line

LANGUAGES = ("en", "fr", "es", "pt", "de", "it", "pl")


def _clean(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in one_line(text)).split())


texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]), min_size=1, max_size=20).map(_clean).filter(bool)
ids = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
addresses = st.from_regex(r"https?://[a-z]{1,8}\.org(?:/[a-z0-9_.~%-]{0,6}){0,2}(?:#[a-z]{1,3})?", fullmatch=True)
references = st.builds(Reference, texts, st.one_of(st.just(""), addresses))
by_language = st.dictionaries(st.sampled_from(LANGUAGES), texts, max_size=3)
meanings = st.builds(
    Meaning,
    st.sampled_from(("DE", "IT", "BR", "EU", "UN")),
    st.sampled_from(LANGUAGES),
    texts,
    st.sampled_from(Relation),
    st.dictionaries(st.sampled_from(LANGUAGES), texts, min_size=1, max_size=2),
    st.one_of(st.just(""), texts),
    st.lists(texts, max_size=2).map(tuple),
    st.lists(references, min_size=1, max_size=2).map(tuple),
)


@st.composite
def schemes(draw: st.DrawFn) -> ConceptScheme:
    """A scheme without a fault: broader points back only, so that it has no circle."""
    names = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    concepts = []
    for at, name in enumerate(names):
        others = st.lists(st.sampled_from(names[:at]), max_size=2, unique=True) if at else st.just([])
        broader = draw(others)
        definition = draw(by_language)
        concepts.append(
            Concept(
                id=name,
                facet=draw(st.sampled_from(Facet)),
                labels=draw(st.dictionaries(st.sampled_from(LANGUAGES), texts, min_size=1, max_size=4)),
                also=draw(
                    st.dictionaries(st.sampled_from(LANGUAGES), st.lists(texts, min_size=1, max_size=2).map(tuple), max_size=2)
                ),
                definition=definition,
                sources=tuple(draw(st.lists(references, min_size=1 if definition else 0, max_size=2))),
                tag=f"theme:{name}" if draw(st.booleans()) else "",
                query=draw(st.one_of(st.just(""), texts)),
                broader=tuple(broader),
                related=tuple(each for each in draw(others) if each not in broader),
                exact=tuple(draw(st.lists(addresses, max_size=2))),
                close=tuple(draw(st.lists(addresses, max_size=2))),
                codes=draw(st.dictionaries(ids, texts, max_size=2)),
                meanings=tuple(draw(st.lists(meanings, max_size=2, unique_by=lambda meaning: meaning.key))),
            )
        )
    return ConceptScheme.of(draw(st.one_of(st.just(""), ids)), concepts)
