"""What a sheet tells in words: field by field, with its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.peers.narrative import Text
from kb.peers.practice import PracticeSheet
from kb.ui import plain, sheet_words
from kb.ui.components import section
from kb.ui.components.cited_text import CitedText
from kb.ui.i18n import _, marked

PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {  # key of the section → its heading, and the fields it tells
    "what": (marked("The practice"), ("problem", "objectives", "solution", "target_group", "participation", "context")),
    "outcome": (marked("What it takes, and what came of it"), ("resources", "results")),
    "learned": (marked("What was learned"), ("success_factors", "difficulties", "lessons", "sustainability", "gender")),
}


def show_summary(sheet: PracticeSheet, cited: CitedText) -> None:
    """Draw the whole in a few words."""
    section.head("summary", sheet_words.field("summary"))
    plain.show(f'<div class="kb-prose">{cited.paragraphs(sheet.summary)}</div>')


def show(part: str, sheet: PracticeSheet, cited: CitedText) -> None:
    """Draw a section: each field headed by its name. One that nobody knows says so; one that is not said is left out."""
    label, fields = PARTS[part]
    section.head(part, _(label))
    show_fields(fields, sheet, cited)


def show_fields(fields: Sequence[str], sheet: PracticeSheet, cited: CitedText) -> None:
    """Draw fields without a heading above them all."""
    plain.show(*(_field(name, text, cited) for name in fields if isinstance(text := getattr(sheet, name), Text)))


def _field(name: str, text: Text, cited: CitedText) -> str:
    heading = plain.element("h3", sheet_words.field(name))
    return f'<div class="kb-field">{heading}<div class="kb-prose">{cited.paragraphs(text)}</div></div>'
