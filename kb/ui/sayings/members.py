"""Members, and what may be said of them."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("The member “{name}” cannot be added: {faults}."),
    marked("The member “{name}” cannot be changed: {faults}."),
    marked("There is no member called “{name}”. See who is there: kb member list"),
    marked("What is said of {name} was changed elsewhere meanwhile. Look at it again."),
)
PARTS = (
    marked("there is a member called “{name}” already"),
    marked("“{name}” stands for whoever is at this machine"),
    marked("names that begin with “{name}” are kept for the demonstration"),
    marked("names of the demonstration begin with “{name}”"),
    marked("the organisation has {n} characters; at most {limit} are taken"),
    marked("language “{found}” is not a code such as en, fr, pt"),
    marked("{n} languages; at most {limit} are taken"),
)
