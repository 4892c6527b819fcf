"""The values of a practice sheet as plain text, to look at side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.ui import sheet_words, words
from kb.ui.i18n import _

_LANGUAGE_TAG_CHARS = 3


def in_words(value: object) -> str:
    """A value as a sheet spells it, for a reader: one item a line, keys by name, "not said" where there is none."""
    if value is None or value == "":
        return _("Not said")
    if isinstance(value, Mapping):
        return "\n".join(sheet_words.labelled(_key(str(key)), in_words(each)) for key, each in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(f"– {_on_one_line(each)}" for each in value) or _("There are none")
    return sheet_words.choice(str(value))


def _on_one_line(value: object) -> str:
    if isinstance(value, Mapping):
        return " · ".join(sheet_words.labelled(_key(str(key)), _on_one_line(each)) for key, each in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(_on_one_line, value))
    return sheet_words.choice(str(value))


def _key(key: str) -> str:
    """The key of a part, or the language of a text."""
    return sheet_words.part(key) if key in sheet_words.PARTS or len(key) > _LANGUAGE_TAG_CHARS else words.language(key)
