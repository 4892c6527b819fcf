"""Every word of the app is in every language. New template: see :func:`words_in_the_code`, or

pybabel extract -k _ -k ngettext:1,2 -k marked --no-location --sort-output --no-wrap -o kb/ui/locale/kb.pot app.py kb/ui
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from kb.ui import i18n

ROOT = Path(i18n.__file__).parents[2]
KEYWORDS = {"_": None, "ngettext": (1, 2), "marked": None}
TRANSLATED = [language for language in i18n.LANGUAGES if language != "en"]


def words_in_the_code() -> set[object]:
    found: set[object] = set()
    for folder in (ROOT / "kb" / "ui", ROOT):
        files = extract_from_dir(folder, method_map=[("**.py" if folder != ROOT else "app.py", "python")], keywords=KEYWORDS)
        found |= {message for _, _, message, _, _ in files}
    return found


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as lines:
        return read_po(lines)


def po(language: str) -> Catalog:
    return catalogue(i18n.FOLDER / language / "LC_MESSAGES" / f"{i18n.DOMAIN}.po")


def test_the_template_has_exactly_the_words_of_the_code() -> None:
    assert {message.id for message in catalogue(i18n.FOLDER / "kb.pot") if message.id} == words_in_the_code()


def test_no_word_hides_within_an_f_string() -> None:
    """There the extraction does not look (Python 3.11): such a word must stand elsewhere too, or it is never translated."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "kb" / "ui").rglob("*.py")]
    strings = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    calls = [node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)]
    marked = {
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", "") in KEYWORDS and call.args and isinstance(call.args[0], ast.Constant)
    }

    assert marked - {each[0] if isinstance(each, tuple) else each for each in words_in_the_code()} == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_every_word_and_no_other(language: str) -> None:
    assert {message.id for message in po(language) if message.id} == words_in_the_code()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_word_is_left_empty_or_doubtful(language: str) -> None:
    lacking = [message.id for message in po(language) if message.id and (message.fuzzy or not all(_forms(message.string)))]

    assert lacking == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_agree(language: str) -> None:
    differing = [
        message.id
        for message in po(language)
        if message.id
        for form in _forms(message.string)
        if sorted(re.findall(r"\{\w+\}", form)) != sorted(re.findall(r"\{\w+\}", _forms(message.id)[-1]))
    ]

    assert differing == []


def test_plurals_follow_the_language() -> None:
    """French counts zero as one; English does not."""
    assert i18n.translations("fr").ngettext("{n} passage", "{n} passages", 0) == "{n} passage"
    assert i18n.translations("en").ngettext("{n} passage", "{n} passages", 0) == "{n} passages"


def test_nothing_is_installed_into_builtins() -> None:
    import builtins

    i18n.translations("fr")

    assert not hasattr(builtins, "_")


def _forms(words: object) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, (tuple, list)) else (str(words),)
