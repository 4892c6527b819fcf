"""The sentences, reasons and remarks of services, readers and adapters, for translators; :mod:`kb.ui.said` recognises them.

A module a room: its ``TEMPLATES`` are whole sentences, its ``PARTS`` stand inside those. ``{name}`` stands for any words.
A sentence that is in no room is shown in English: ``tests/ui/test_said.py`` tells.
"""

from __future__ import annotations

from kb.ui.sayings import (
    assessing,
    benchmarking,
    cases,
    concepts,
    contexts,
    demonstration,
    directory,
    documents,
    fields,
    index,
    ingesting,
    matching,
    members,
    models,
    monitoring,
    notices,
    outcomes,
    permission,
    practices,
    reading,
    records,
    rounds,
    searching,
    sessions,
    transferring,
)

ROOMS = (
    documents,
    searching,
    index,
    ingesting,
    reading,
    models,
    practices,
    fields,
    concepts,
    assessing,
    benchmarking,
    monitoring,
    contexts,
    transferring,
    rounds,
    sessions,
    matching,
    outcomes,
    cases,
    directory,
    members,
    permission,
    notices,
    records,
    demonstration,
)
TEMPLATES: tuple[str, ...] = tuple(words for room in ROOMS for words in room.TEMPLATES)
PARTS: tuple[str, ...] = tuple(words for room in ROOMS for words in room.PARTS)
NESTED = frozenset({"action", "fault", "faults", "kind", "other", "reason", "role", "size", "wanted"})  # names where parts stand
