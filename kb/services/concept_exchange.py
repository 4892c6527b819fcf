"""The port to other vocabularies, and to the files that concepts are kept in."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from kb.peers.concepts import ConceptScheme


class GraphForm(StrEnum):
    """How a graph is written."""

    TURTLE = "turtle"
    JSON_LD = "json-ld"

    @property
    def suffix(self) -> str:
        """Of its files."""
        return {GraphForm.TURTLE: ".ttl", GraphForm.JSON_LD: ".jsonld"}[self]


class ConceptExchange(Protocol):
    """Reads and writes schemes as SKOS, and keeps what was taken in."""

    def written(self, scheme: ConceptScheme, form: GraphForm, base: str) -> bytes:
        """The scheme as SKOS; ``base`` is the address that ids of concepts are appended to, empty for one of our own."""
        ...

    def read(self, data: bytes, form: GraphForm, name: str) -> tuple[ConceptScheme, tuple[str, ...]]:
        """A scheme from a graph that may be a stranger's, with remarks. ``name`` is the file's.

        Raises:
            UnusableConcepts: if it is no SKOS, too long, contradicts itself, or asks for something from elsewhere.
        """
        ...

    def keep(self, scheme: ConceptScheme, name: str) -> str:
        """Write the concepts as a file beside the others, if all are sound together. Gives the name of the file.

        Raises:
            InvalidEntry: if there is such a file.
            UnusableConcepts: what is wrong between these concepts and those that are there; nothing is kept.
        """
        ...
