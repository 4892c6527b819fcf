"""What the fields of a sheet are called where its text is searched: in the language of the text, English where it is not known."""

from __future__ import annotations

from collections.abc import Mapping

from kb.peers.choices import Qualifier

_LANGUAGES = ("en", "fr", "es", "pt", "it", "de")
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "summary": ("Summary", "Résumé", "Resumen", "Resumo", "Sintesi", "Zusammenfassung"),
    "problem": ("The problem", "Le problème", "El problema", "O problema", "Il problema", "Das Problem"),
    "objectives": ("Objectives", "Objectifs", "Objetivos", "Objetivos", "Obiettivi", "Ziele"),
    "solution": ("What is done", "Ce qui est fait", "Qué se hace", "O que se faz", "Che cosa si fa", "Was getan wird"),
    "target_group": ("Target group", "Public visé", "Destinatarios", "Público-alvo", "Destinatari", "Zielgruppe"),
    "context": (
        "Law and policy",
        "Droit et politiques",
        "Leyes y políticas",
        "Leis e políticas",
        "Leggi e politiche",
        "Recht und Politik",
    ),
    "resources": ("Resources", "Moyens", "Recursos", "Recursos", "Risorse", "Mittel"),
    "results": ("Results", "Résultats", "Resultados", "Resultados", "Risultati", "Ergebnisse"),
    "success_factors": (
        "Success factors",
        "Facteurs de réussite",
        "Factores de éxito",
        "Fatores de sucesso",
        "Fattori di successo",
        "Erfolgsfaktoren",
    ),
    "difficulties": ("Difficulties", "Difficultés", "Dificultades", "Dificuldades", "Difficoltà", "Schwierigkeiten"),
    "lessons": ("Lessons learned", "Enseignements", "Lecciones aprendidas", "Lições aprendidas", "Lezioni apprese", "Gelernt"),
    "sustainability": ("Sustainability", "Durabilité", "Sostenibilidad", "Sustentabilidade", "Sostenibilità", "Nachhaltigkeit"),
    "participation": ("Participation", "Participation", "Participación", "Participação", "Partecipazione", "Beteiligung"),
    "gender": (
        "Gender and equity",
        "Genre et équité",
        "Género y equidad",
        "Género e equidade",
        "Genere ed equità",
        "Geschlecht und Gerechtigkeit",
    ),
    "core": (
        "What must be kept",
        "Ce qu'il faut garder",
        "Lo que hay que mantener",
        "O que se deve manter",
        "Che cosa va mantenuto",
        "Was bleiben muss",
    ),
    "adaptable": (
        "What may change",
        "Ce qui peut changer",
        "Lo que puede cambiar",
        "O que pode mudar",
        "Che cosa può cambiare",
        "Was sich ändern darf",
    ),
    "transferability": (
        "Transferability",
        "Transférabilité",
        "Transferibilidad",
        "Transferibilidade",
        "Trasferibilità",
        "Übertragbarkeit",
    ),
    "figures": ("Figures", "Chiffres", "Cifras", "Números", "Cifre", "Zahlen"),
    "adopted_by": ("Taken over by", "Repris par", "Adoptado por", "Adotado por", "Adottato da", "Übernommen von"),
    "who": ("Who and where", "Qui et où", "Quién y dónde", "Quem e onde", "Chi e dove", "Wer und wo"),
    "owner": ("Owner", "Porteur", "Titular", "Titular", "Titolare", "Träger"),
    "place": ("Place", "Lieu", "Lugar", "Lugar", "Luogo", "Ort"),
}
_QUALIFIERS: Mapping[Qualifier, tuple[str, ...]] = {
    Qualifier.EXACTLY: ("", "", "", "", "", ""),
    Qualifier.ABOUT: ("about", "environ", "cerca de", "cerca de", "circa", "etwa"),
    Qualifier.AT_LEAST: ("at least", "au moins", "al menos", "pelo menos", "almeno", "mindestens"),
    Qualifier.MORE_THAN: ("more than", "plus de", "más de", "mais de", "più di", "mehr als"),
    Qualifier.AT_MOST: ("at most", "au plus", "como máximo", "no máximo", "al massimo", "höchstens"),
    Qualifier.LESS_THAN: ("less than", "moins de", "menos de", "menos de", "meno di", "weniger als"),
}


def of(field: str, language: str) -> str:
    """The heading of a field."""
    return _HEADINGS[field][_column(language)]


def names(field: str) -> frozenset[str]:
    """The headings of a field in all languages; none of a field that has no heading."""
    return frozenset(_HEADINGS.get(field, ()))


def qualifier(how: Qualifier, language: str) -> str:
    """How exact a figure is, in words; empty for an exact one."""
    return _QUALIFIERS[how][_column(language)]


def _column(language: str) -> int:
    return _LANGUAGES.index(language) if language in _LANGUAGES else 0
