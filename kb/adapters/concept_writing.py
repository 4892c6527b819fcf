"""Concepts as a YAML file, as people would write it: what is empty is left out."""

from __future__ import annotations

from typing import Any

import yaml

from kb.peers.concepts import Concept, ConceptScheme, Meaning, Reference


def as_yaml(scheme: ConceptScheme) -> str:
    """The text of a file; :func:`kb.adapters.concept_files.read_concepts` reads the same scheme from it."""
    said = {"scheme": scheme.name, "concepts": [_concept(each) for each in scheme.concepts]}
    return yaml.safe_dump(_without_blanks(said), allow_unicode=True, sort_keys=False, width=100)


def _concept(concept: Concept) -> dict[str, Any]:
    said = {
        "id": concept.id,
        "facet": concept.facet.value,
        "tag": concept.tag,
        "query": concept.query,
        "labels": dict(concept.labels),
        "also": {language: list(words) for language, words in concept.also.items()},
        "definition": dict(concept.definition),
        "source": [_source(each) for each in concept.sources],
        "broader": list(concept.broader),
        "related": list(concept.related),
        "exact": list(concept.exact),
        "close": list(concept.close),
        "codes": dict(concept.codes),
        "meanings": [_meaning(each) for each in concept.meanings],
    }
    return _without_blanks(said)


def _meaning(meaning: Meaning) -> dict[str, Any]:
    said = {
        "country": meaning.country,
        "language": meaning.language,
        "label": meaning.label,
        "relation": meaning.relation.value,
        "says": dict(meaning.says),
        "legal": meaning.legal,
        "instead": list(meaning.instead),
        "source": [_source(each) for each in meaning.sources],
    }
    return _without_blanks(said)


def _source(source: Reference) -> dict[str, str]:
    return _without_blanks({"title": source.title, "address": source.address})


def _without_blanks(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value}
