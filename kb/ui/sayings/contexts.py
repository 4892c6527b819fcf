"""Context profiles and their indicators."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("There is no context profile of “{name}”. See the places: kb context list"),
    marked("The context profile of {name} cannot be used: {faults}."),
    marked("The indicators cannot be used: {faults}."),
    marked("faults: {n}, the first in line {line} ({fault}); see kb context check {name}"),
    marked("faults in {file}: {n}, the first in line {line} ({fault}); see kb context check"),
    marked("longer than {n} KB: a profile tells of one place"),
    marked("longer than {n} KB: the indicators of all places"),
    marked("{name} is not beside it; it says what is asked about every place"),
)
PARTS: tuple[str, ...] = ()
