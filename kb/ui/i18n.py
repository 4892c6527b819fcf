"""The reader's language: gettext per session, from ``.po`` files as translators write them.

Nothing is installed into builtins (that would give one reader's language to all), and nothing is compiled on disk: a ``.po`` file
is read through babel once per process and language.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES: Mapping[str, str] = {"en": "English", "fr": "Français"}  # code → its own name
DOMAIN = "kb"
FOLDER = Path(__file__).parent / "locale"
KEY = "lang"  # of the switch in app.py: session state and URL parameter


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English is what the code says, so it has none."""
    path = FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if language not in LANGUAGES or not path.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def preferred() -> str:
    """The browser's language if the app speaks it, else English."""
    language = (st.context.locale or "en").split("-")[0].lower()
    return language if language in LANGUAGES else "en"


def current() -> str:
    """The language of this session: the switch, before it is first drawn the URL, else the browser's."""
    language = str(st.session_state.get(KEY) or st.query_params.get(KEY, ""))
    return language if language in LANGUAGES else preferred()


def _(message: str) -> str:
    """``message`` in the language of this session."""
    return translations(current()).gettext(message) if message else ""  # gettext answers "" with the catalogue's own header


def ngettext(one: str, many: str, n: int) -> str:
    """``one`` or ``many``, by the plural rules of this session's language; ``n`` is not filled in."""
    return translations(current()).ngettext(one, many, n)


def marked(message: str) -> str:
    """Mark a word for translators where it is defined; :func:`_` translates it where it is shown."""
    return message
