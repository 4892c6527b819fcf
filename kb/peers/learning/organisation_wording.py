"""What the parts of an organisation are called where its text is searched: in the language of the text, else in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.peers.learning.seeks import Seeks


@dataclass(frozen=True)
class Wording:
    """One language.

    Attributes:
        what: heading above what it is and does; so is ``seeks`` above what it looks for.
        project: in front of the title of one.
        expertise: a sentence with ``{fields}``; the others likewise.
        sought: what is looked for, in the order of :class:`Seeks`.
    """

    what: str
    expertise: str
    project: str
    seeks: str
    also: str
    part_of: str
    seat: str
    works_in: str
    with_partners: str
    paid_by: str
    in_countries: str
    sought: tuple[str, ...]


_WORDINGS: Mapping[str, Wording] = {
    "en": Wording(
        "what it is and does",
        "Expertise: {fields}.",
        "project",
        "looks for",
        "Also called {names}.",
        "Part of {name}.",
        "Seat: {country}.",
        "Works in {countries}.",
        "With partners {partners}.",
        "Paid by {programme}.",
        "In {countries}.",
        ("knowledge", "a peer visit", "a partner for a project"),
    ),
    "fr": Wording(
        "ce qu'elle est et fait",
        "Savoir-faire : {fields}.",
        "projet",
        "recherche",
        "Aussi appelée {names}.",
        "Fait partie de {name}.",
        "Siège : {country}.",
        "Travaille dans ces pays : {countries}.",
        "Avec les partenaires {partners}.",
        "Financé par {programme}.",
        "Pays : {countries}.",
        ("des connaissances", "une visite entre pairs", "un partenaire pour un projet"),
    ),
    "es": Wording(
        "qué es y qué hace",
        "Experiencia: {fields}.",
        "proyecto",
        "busca",
        "También llamada {names}.",
        "Forma parte de {name}.",
        "Sede: {country}.",
        "Trabaja en {countries}.",
        "Con los socios {partners}.",
        "Financiado por {programme}.",
        "Países: {countries}.",
        ("conocimientos", "una visita entre pares", "un socio para un proyecto"),
    ),
    "pt": Wording(
        "o que é e faz",
        "Experiência: {fields}.",
        "projeto",
        "procura",
        "Também chamada {names}.",
        "Faz parte de {name}.",
        "Sede: {country}.",
        "Trabalha em {countries}.",
        "Com os parceiros {partners}.",
        "Financiado por {programme}.",
        "Países: {countries}.",
        ("conhecimentos", "uma visita entre pares", "um parceiro para um projeto"),
    ),
    "it": Wording(
        "che cos'è e che cosa fa",
        "Competenze: {fields}.",
        "progetto",
        "cerca",
        "Detta anche {names}.",
        "Fa parte di {name}.",
        "Sede: {country}.",
        "Lavora in {countries}.",
        "Con i partner {partners}.",
        "Finanziato da {programme}.",
        "Paesi: {countries}.",
        ("conoscenze", "una visita tra pari", "un partner per un progetto"),
    ),
    "de": Wording(
        "was sie ist und tut",
        "Fachwissen: {fields}.",
        "Projekt",
        "sucht",
        "Auch {names} genannt.",
        "Gehört zu {name}.",
        "Sitz: {country}.",
        "Arbeitet in {countries}.",
        "Mit den Partnern {partners}.",
        "Bezahlt von {programme}.",
        "Länder: {countries}.",
        ("Wissen", "einen Besuch unter Kollegen", "einen Partner für ein Projekt"),
    ),
}


def of(language: str) -> Wording:
    """In ``language``, else in English."""
    return _WORDINGS.get(language, _WORDINGS["en"])


def sought(what: Seeks, language: str) -> str:
    """What is looked for, in words."""
    return of(language).sought[list(Seeks).index(what)]
