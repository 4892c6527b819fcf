"""A text of a practice sheet in a form, in one of its languages."""

from __future__ import annotations

from kb.peers import languages, sheet_form
from kb.peers.narrative import UNKNOWN
from kb.ui import plain, sheet_words, words
from kb.ui.components import sheet_widgets
from kb.ui.edited_sheet import Editing, Path
from kb.ui.i18n import _

_FIRST_LANGUAGES = ("en", "fr", "es", "pt", "de", "it")


def show(editing: Editing, path: Path, label: str, language: str, *, is_short: bool = False) -> None:
    """Draw the words of a text in one language, below those in the sheet's own; ``label`` is for those who hear the page."""
    given, own = editing.get(path), editing.own_language
    tag = sheet_form.language_key(given, language, own)
    if language != own:
        original = given["said"].get(sheet_form.language_key(given, own, own), "")
        told = sheet_words.choice(UNKNOWN) if given["unknown"] else original
        plain.show(plain.element("p", told, css="kb-original", language=own) if told else "")
    name = _("{field} ({language})").format(field=label, language=words.language(language))
    value = given["said"].get(tag, "")
    sheet_widgets.area(
        editing, (*path, "said", tag), name, value=value, is_off=given["unknown"], is_named_above=True, is_short=is_short
    )


def language_codes() -> list[str]:
    """Languages to choose from: those of the scheme of concepts first, then all others by name."""
    others = sorted(languages.CODES - set(_FIRST_LANGUAGES), key=words.language)
    return [*_FIRST_LANGUAGES, *others]
