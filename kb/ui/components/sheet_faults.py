"""What is wrong in a sheet that is edited: all of it in one list, and each beside its field."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from kb.services.sheets import Fault
from kb.ui import sheet_words
from kb.ui.edited_sheet import Editing
from kb.ui.plain import escape_markdown
from kb.ui.said import said


def of_field(editing: Editing, name: str) -> list[Fault]:
    """The faults in a field."""
    return [fault for fault in editing.faults if fault.field == name]


def of_item(editing: Editing, name: str, at: int) -> list[Fault]:
    """The faults in an item of a list, which faults count from 1; a source is called by its key."""
    item = str(editing.form[name]["items"][at]["key"]) if name == "sources" else str(at + 1)
    return [fault for fault in of_field(editing, name) if fault.place.split(".")[1:2] == [item]]


def beside(faults: Iterable[Fault], *, depth: int = 1) -> None:
    """Draw faults beside what they are in.

    Args:
        depth: how many steps of the place are plain to see there.
    """
    lines = [_line(fault, depth) for fault in faults]
    if lines:
        body = lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)
        st.error(body, icon=":material/error:")


def in_words(fault: Fault) -> str:
    """A fault with its place, on one line of Markdown."""
    return _line(fault, depth=0)


def _line(fault: Fault, depth: int) -> str:
    steps = [step for step in sheet_words.place_of(fault.place).split(" › ") if fault.place][depth:]
    sentence = escape_markdown(said(fault.sentence))
    where = escape_markdown(" › ".join(steps))
    return sheet_words.labelled(where, sentence) if steps else sentence[:1].upper() + sentence[1:]
