"""The parts of a sheet that have keys of their own (an owner, a figure, a source …), in a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st
from pydantic import BaseModel

from kb.peers.choices import FigureKind, OwnerType, Qualifier, Scale, Status, Support
from kb.peers.countries import CODES, TOGETHER
from kb.peers.narrative import UNKNOWN
from kb.peers.parts import ONGOING
from kb.peers.sheet_form import KEY
from kb.ui import plain, sheet_words, state, words
from kb.ui.components import sheet_widgets
from kb.ui.components.sheet_widgets import UNKNOWN_ONLY
from kb.ui.edited_sheet import Editing, Path
from kb.ui.i18n import _

_CHOICES: Mapping[str, list[str]] = {
    "type": [each.value for each in OwnerType],
    "scale": [each.value for each in Scale],
    "status": [each.value for each in Status],
    "qualifier": [each.value for each in Qualifier],
    "kind": [each.value for each in FigureKind],
}
_DATES = "2026 · 2026-11 · 2026-11-22"
_PLACEHOLDERS = {"start": _DATES, "end": _DATES, "date": _DATES, "website": "https://", "address": "https://"}
_MAY_BE_UNKNOWN = ("start", "end")  # besides keys that are unknown unless they are said
MIN_COLUMN_PX = 240


def show(editing: Editing, path: Path, model: type[BaseModel]) -> None:
    """Draw the keys of the part at ``path``, side by side where there is room."""
    with st.grid(min_column_width=MIN_COLUMN_PX, gap="small"):
        if KEY in editing.get(path):
            sheet_widgets.line(editing, (*path, KEY), sheet_words.part(KEY), placeholder="sewa-2019")
        for key in model.model_fields:
            if key != "quote":
                _show_key(editing, (*path, key), model, key)
    if "quote" in model.model_fields:
        sheet_widgets.area(editing, (*path, "quote"), sheet_words.part("quote"), value=editing.get((*path, "quote")))


def summary(name: str, item: Mapping[str, str]) -> str:
    """An item of a list in a line, so that it is recognised when it is folded."""
    match name:
        case "figures":
            words_ = sheet_words.labelled(item["what"], f"{item['value']} {item['unit']}") if item["what"] else ""
        case "evidence":
            words_ = (
                sheet_words.labelled(sheet_words.field(item["field"]), f"“{plain.shortened(item['quote'], 60)}”")
                if item["quote"]
                else ""
            )
        case "sources":
            words_ = f"{item[KEY]} · {item['title']}" if item[KEY] else item["title"]
        case "adopted_by":
            words_ = item["where"]
        case _:
            words_ = item.get("name") or item.get("title", "")
    return plain.shortened(words_, 90) or _("New entry")


def _show_key(editing: Editing, path: Path, model: type[BaseModel], key: str) -> None:
    label = sheet_words.part(key)
    is_unknown_unless_said = model.model_fields[key].default == UNKNOWN
    match key:
        case "country":
            sheet_widgets.choice(editing, path, label, [UNKNOWN, *countries()], sheet_words.country)
        case "countries":
            sheet_widgets.several(editing, path, label, countries(), sheet_words.country, instead=UNKNOWN_ONLY)
        case "support":
            options = [each.value for each in Support]
            sheet_widgets.several(editing, path, label, options, instead=UNKNOWN_ONLY)
        case "source":
            keys = [item[KEY] for item in editing.form["sources"]["items"] if item[KEY]]
            sheet_widgets.choice(editing, path, label, keys, str)
        case "field":
            sheet_widgets.choice(editing, path, label, list(sheet_words.HELP), sheet_words.field)
        case "document":
            options, named = documents()
            sheet_widgets.choice(editing, path, label, options, named)
        case _ if key in _CHOICES:
            sheet_widgets.choice(editing, path, label, _CHOICES[key])
        case _:
            instead = [UNKNOWN] if is_unknown_unless_said or key in _MAY_BE_UNKNOWN else []
            instead += [ONGOING] if key == "end" else []
            sheet_widgets.line(editing, path, label, instead=instead, placeholder=_PLACEHOLDERS.get(key, ""))


def countries() -> list[str]:
    """Every country's code by name; the European Union and the United Nations first."""
    return [*sorted(TOGETHER), *(code for code in words.all_countries() if code in CODES)]


def documents() -> tuple[list[str], Callable[[str], str]]:
    """Paths of the documents that the member may see, by title; and how one is called."""
    found = [each for each in state.documents() if not each.metadata.is_written]
    titles = {each.path: each.metadata.title or each.path for each in found}
    return list(titles), lambda path: titles.get(path, path)
