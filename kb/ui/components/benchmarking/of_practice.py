"""The way from a practice's page to the practice beside others."""

from __future__ import annotations

from kb.ui import hrefs, plain
from kb.ui.components.benchmarking.controls import PRACTICE
from kb.ui.i18n import _


def as_html(practice: str) -> str:
    """A link to its profile."""
    return plain.link(_("Beside its peers"), hrefs.benchmark(**{PRACTICE: practice}))
