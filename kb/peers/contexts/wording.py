"""What the parts of a profile are called where its text is searched: in the language of the text, English where it is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.peers.contexts.groups import ConditionGroup


@dataclass(frozen=True)
class Wording:
    """One language.

    Attributes:
        profile: what a profile is, with ``{place}``.
        groups: in the order of :class:`ConditionGroup`.
        legal_forms: heading of the list of them.
    """

    profile: str
    groups: tuple[str, ...]
    legal_forms: str
    yes: str
    no: str
    none: str


_WORDINGS: Mapping[str, Wording] = {
    "en": Wording(
        "Context profile: {place}",
        (
            "needs and population",
            "legal framework",
            "political will",
            "finance",
            "ecosystem capacity",
            "culture and words",
            "market access",
            "gender and inclusion",
        ),
        "legal forms",
        "yes",
        "no",
        "none",
    ),
    "fr": Wording(
        "Profil de contexte : {place}",
        (
            "besoins et population",
            "cadre juridique",
            "volonté politique",
            "financement",
            "capacité de l'écosystème",
            "culture et vocabulaire",
            "accès aux marchés",
            "égalité et inclusion",
        ),
        "formes juridiques",
        "oui",
        "non",
        "aucun",
    ),
    "es": Wording(
        "Perfil de contexto: {place}",
        (
            "necesidades y población",
            "marco jurídico",
            "voluntad política",
            "financiación",
            "capacidad del ecosistema",
            "cultura y vocabulario",
            "acceso a los mercados",
            "igualdad e inclusión",
        ),
        "formas jurídicas",
        "sí",
        "no",
        "ninguno",
    ),
    "pt": Wording(
        "Perfil de contexto: {place}",
        (
            "necessidades e população",
            "quadro jurídico",
            "vontade política",
            "financiamento",
            "capacidade do ecossistema",
            "cultura e vocabulário",
            "acesso aos mercados",
            "igualdade e inclusão",
        ),
        "formas jurídicas",
        "sim",
        "não",
        "nenhum",
    ),
    "it": Wording(
        "Profilo di contesto: {place}",
        (
            "bisogni e popolazione",
            "quadro giuridico",
            "volontà politica",
            "finanziamento",
            "capacità dell'ecosistema",
            "cultura e parole",
            "accesso ai mercati",
            "parità e inclusione",
        ),
        "forme giuridiche",
        "sì",
        "no",
        "nessuno",
    ),
    "de": Wording(
        "Kontextprofil: {place}",
        (
            "Bedarf und Bevölkerung",
            "Rechtsrahmen",
            "politischer Wille",
            "Finanzierung",
            "Kapazität des Umfelds",
            "Kultur und Begriffe",
            "Marktzugang",
            "Gleichstellung und Teilhabe",
        ),
        "Rechtsformen",
        "ja",
        "nein",
        "keine",
    ),
}


def of(language: str) -> Wording:
    """In ``language``, else in English."""
    return _WORDINGS.get(language, _WORDINGS["en"])


def group(which: ConditionGroup, language: str) -> str:
    """What a group of conditions is called."""
    return of(language).groups[list(ConditionGroup).index(which)]
