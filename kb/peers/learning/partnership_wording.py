"""What the parts of a partnership are called where its text is searched: in the language of the text, else in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.peers.learning.partnership import PartnershipState


@dataclass(frozen=True)
class Wording:
    """One language.

    Attributes:
        about: heading above what it is about; so are ``objectives`` and ``partners``.
        is_a: a sentence; so is ``called`` with ``{names}``, and the others likewise.
        states: in the order of :class:`PartnershipState`.
    """

    about: str
    objectives: str
    partners: str
    is_a: str
    called: str
    led: str
    led_with: str
    period: str
    since: str
    spoken: str
    states: tuple[str, str, str, str]


_WORDINGS: Mapping[str, Wording] = {
    "en": Wording(
        "what it is about",
        "what it wants to learn",
        "who takes part",
        "A peer-learning partnership.",
        "Sources call it {names}.",
        "Led by {name}.",
        "Co-leads: {names}.",
        "From {start} to {end}.",
        "{state} since {day}.",
        "Languages: {codes}.",
        ("Forming", "Active", "Reporting", "Closed"),
    ),
    "fr": Wording(
        "de quoi il s'agit",
        "ce qu'il veut apprendre",
        "qui y participe",
        "Un partenariat d'apprentissage entre pairs.",
        "Les sources l'appellent {names}.",
        "Conduit par {name}.",
        "Avec à la tête aussi {names}.",
        "De {start} à {end}.",
        "{state} depuis {day}.",
        "Langues : {codes}.",
        ("En formation", "Actif", "Rédige son rapport", "Clos"),
    ),
    "es": Wording(
        "de qué trata",
        "qué quiere aprender",
        "quién participa",
        "Una asociación de aprendizaje entre pares.",
        "Las fuentes la llaman {names}.",
        "Dirigida por {name}.",
        "Codirigen {names}.",
        "De {start} a {end}.",
        "{state} desde {day}.",
        "Lenguas: {codes}.",
        ("En formación", "Activa", "Redacta su informe", "Cerrada"),
    ),
    "pt": Wording(
        "do que trata",
        "o que quer aprender",
        "quem participa",
        "Uma parceria de aprendizagem entre pares.",
        "As fontes chamam-lhe {names}.",
        "Dirigida por {name}.",
        "Codirigem {names}.",
        "De {start} a {end}.",
        "{state} desde {day}.",
        "Línguas: {codes}.",
        ("Em formação", "Ativa", "Redige o relatório", "Encerrada"),
    ),
    "it": Wording(
        "di che cosa si tratta",
        "che cosa vuole imparare",
        "chi partecipa",
        "Un partenariato di apprendimento tra pari.",
        "Le fonti lo chiamano {names}.",
        "Guidato da {name}.",
        "Lo guidano anche {names}.",
        "Da {start} a {end}.",
        "{state} da {day}.",
        "Lingue: {codes}.",
        ("In formazione", "Attivo", "Scrive il rapporto", "Chiuso"),
    ),
    "de": Wording(
        "worum es geht",
        "was sie lernen will",
        "wer teilnimmt",
        "Eine Partnerschaft, in der Gleiche voneinander lernen.",
        "Quellen nennen sie {names}.",
        "Geleitet von {name}.",
        "Mitgeleitet von {names}.",
        "Von {start} bis {end}.",
        "{state} seit {day}.",
        "Sprachen: {codes}.",
        ("Im Aufbau", "Aktiv", "Berichtet", "Abgeschlossen"),
    ),
}


def of(language: str) -> Wording:
    """In ``language``, else in English."""
    return _WORDINGS.get(language, _WORDINGS["en"])


def state(reached: PartnershipState, language: str) -> str:
    """A state, in words."""
    return of(language).states[reached.rank]
