"""Words about concepts in the reader's language: facets, relations, other vocabularies; and in which language a label is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from kb.peers.concepts import PIVOT, Concept, Facet, Reference, Relation
from kb.ui import plain, words
from kb.ui.i18n import _, current, marked

FACETS: Mapping[Facet, str] = {
    Facet.FORMS: marked("Forms of organisation"),
    Facet.THEMES: marked("Themes"),
    Facet.METHOD: marked("Method of peer learning"),
    Facet.GENDER: marked("Gender equality"),
    Facet.CONDITIONS: marked("Conditions of transfer"),
    Facet.GROUPS: marked("Target groups"),
    Facet.SDG: marked("Sustainable Development Goals"),
    Facet.FINANCE: marked("Finance"),
    Facet.LAW: marked("Law and public procurement"),
}
RELATIONS: Mapping[Relation, str] = {
    Relation.EXACT: marked("Means the same"),
    Relation.CLOSE: marked("Means nearly the same"),
    Relation.BROADER: marked("Means more than this"),
    Relation.NARROWER: marked("Means less than this"),
    Relation.RELATED: marked("Means something related"),
    Relation.FALSE_FRIEND: marked("False friend: means something else"),
}
CODES: Mapping[str, str] = {
    "essglobal": "ESSGLOBAL",
    "icnp-tso": "ICNP/TSO",
    "icnpo": "ICNPO",
    "sdg": marked("SDG"),
    "eige": "EIGE",
    "com": "COM",
    "law": marked("Law"),
}
_HOSTS: Mapping[str, str] = {
    "eurovoc.europa.eu": "EuroVoc",
    "purl.org": "ESSGLOBAL",
    "metadata.un.org": "UN SDG",
    "eige.europa.eu": "EIGE",
    "schema.org": "schema.org",
}


def facet(value: Facet) -> str:
    """Name of a part of the tree."""
    return _(FACETS[value])


def relation(value: Relation) -> str:
    """What a local word is to the concept, in words."""
    return _(RELATIONS[value])


def code(scheme: str) -> str:
    """Name of a scheme of codes; an unknown one is shown as written."""
    return _(CODES[scheme]) if scheme in CODES else scheme


def vocabulary(address: str) -> str:
    """An address in another vocabulary as "EuroVoc 3082"; one that we do not know is shown whole."""
    parts = urlsplit(address)
    last = address.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    return f"{_HOSTS[parts.netloc]} {last}" if parts.netloc in _HOSTS else address


def spoken(texts: Mapping[str, str]) -> tuple[str, str]:
    """``(language, text)`` for the reader: in their language, else in English, else in the first that there is."""
    for language in (current(), PIVOT, *sorted(texts)):
        if texts.get(language):
            return language, texts[language]
    return "", ""


def label(concept: Concept) -> str:
    """The label for the reader; one in another language says in which."""
    language, text = spoken(concept.labels)
    if language == current():
        return text
    return _("{text} ({language})").format(text=text or concept.id, language=words.language(language))


def cited(sources: Sequence[Reference]) -> str:
    """Where something is said, with links, as HTML; empty where there is no source."""
    return "; ".join(plain.link(each.title, each.address, new_tab=True) for each in sources)
