"""What is made for the demonstration says so wherever it is shown."""

from __future__ import annotations

from kb.ui import plain
from kb.ui.i18n import _


def words(*, is_demo: bool) -> str:
    """The words, or nothing."""
    return _("Demonstration data") if is_demo else ""


def show(*, is_demo: bool) -> None:
    """Draw them as a badge above what is shown; nothing for what is real."""
    if is_demo:
        badge = plain.element("span", _("Demonstration data"), css="kb-demo")
        told = plain.element("span", _("Made up to show the app; no real person said so."), css="kb-quiet")
        plain.show(f'<p class="kb-below">{badge} {told}</p>')
