"""The index and its generations."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("The index is changing faster than it can be searched. Ask again in a moment."),
    marked("An ingest is running; the index can be searched once it has published. Ask again in a moment."),
    marked("Nothing has been ingested yet. Ingest the corpus: kb ingest corpus/documents"),
    marked("The index was built with {built}, the settings ask for {wanted}. Rebuild it: kb ingest --rebuild"),
    marked("Generation {n} of the index is damaged: {faults}."),
    marked("Generation {n} of the index was written by another version."),
    marked("Generation {n} of the index cannot be opened: {error}."),
    marked("The manifest of generation {n} has changed."),
    marked("The manifest of generation {n} cannot be read: {error}."),
    marked("{path} has schema {found}; this version reads {wanted}. Rebuild: kb ingest --rebuild"),
    marked("{path} is damaged ({error}). Rebuild it from the corpus: kb ingest --rebuild"),
)
PARTS: tuple[str, ...] = ()
