"""What members wrote, as they wrote it: paragraphs, with the language they are in."""

from __future__ import annotations

from kb.ui import plain
from kb.ui.i18n import current


def show(text: str, language: str = "und", *, label: str = "") -> None:
    """Draw it; nothing for no text.

    Args:
        language: BCP 47 primary tag.
        label: what stands above it, quietly.
    """
    if not text:
        return
    head = f"<p>{plain.element('strong', label, language=current())}</p>" if label else ""
    paragraphs = "".join(plain.element("p", part, language=language) for part in text.split("\n\n") if part.strip())
    plain.show(f'<div class="kb-told">{head}{paragraphs}</div>')
