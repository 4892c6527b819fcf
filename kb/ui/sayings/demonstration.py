"""The demonstration, and what keeps it apart from what is real."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("There is no demonstration in {folder}."),
    marked("The demonstration cannot be loaded: {faults}."),
    marked("The demonstration is loaded into the local database only, and KB_DATABASE_URL names another one. Start without it."),
    marked("There is no “{name}” in the demonstration."),
    marked("{name} is made up, and this is real: it would stay when the demonstration goes. Act as somebody else."),
    marked("What is made up for the demonstration and what is real are not linked with each other."),
)
PARTS: tuple[str, ...] = ()
