"""Who changed a practice, when, why, and what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

import streamlit as st

from kb.services.practice_history import Edit, FieldChange
from kb.ui import plain, sheet_words, words
from kb.ui.components import section
from kb.ui.i18n import _, marked

ACTIONS = {
    "created": marked("made the sheet"),
    "changed": marked("changed the sheet"),
    "tag given": marked("gave a tag"),
    "tag withdrawn": marked("withdrew a tag"),
    "suggested tag confirmed": marked("confirmed a suggested tag"),
    "suggested tag rejected": marked("rejected a suggested tag"),
}
SHOWN_CHARS = 2000  # of a value before and after; a longer one is a text to read in the sheet
SHOWN_EDITS = 20


def show(edits: Sequence[Edit]) -> None:
    """Draw what was done, newest first."""
    section.head("history", _("History"))
    if not edits:
        plain.show(plain.element("p", _("No member has changed it here yet."), css="kb-quiet"))
    for edit in edits[:SHOWN_EDITS]:
        _show_one(edit)
    if earlier := edits[SHOWN_EDITS:]:
        with st.expander(_("Earlier changes"), icon=":material/history:", key="practice_earlier"):
            for edit in earlier:
                _show_one(edit)


def _show_one(edit: Edit) -> None:
    change = edit.change
    what = _(ACTIONS[change.action]) if change.action in ACTIONS else change.action
    told = "" if edit.fields or change.action in ("created", "changed") else change.after or change.before
    line = " · ".join(filter(None, (words.moment(change.at_utc), f"{change.member} {what}", told)))
    fields = words.listed(sheet_words.field(each.field) for each in edit.fields)
    why = _("Why: {why}").format(why=change.why) if change.why else ""
    plain.show(
        plain.element("p", line, css="kb-event"), *(plain.element("p", each, css="kb-quiet") for each in (fields, why) if each)
    )
    if edit.fields and change.before:
        with st.expander(_("What it was and what it is"), icon=":material/compare_arrows:", key=f"change_{change.id}"):
            for each in edit.fields:
                _show_field(each)


def _show_field(change: FieldChange) -> None:
    sides = ((_("Before"), change.before), (_("After"), change.after))
    body = "".join(
        f'<div class="kb-side">{plain.element("p", label, css="kb-quiet")}{_value(value)}</div>' for label, value in sides
    )
    plain.show(plain.element("p", sheet_words.field(change.field), css="kb-event"), f'<div class="kb-pair">{body}</div>')


def _value(value: object) -> str:
    """A value as YAML has it, as text."""
    if value is None:
        return plain.element("p", _("Not said"), css="kb-quiet")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1, default=str)
    shown = text if len(text) <= SHOWN_CHARS else text[:SHOWN_CHARS] + " …"
    return f'<div class="kb-value" dir="auto">{escape(shown)}</div>'
