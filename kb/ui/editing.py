"""Editing a sheet in this tab, from opening it to saving it. Every change is kept as the member's draft at once."""

from __future__ import annotations

import json

import streamlit as st

from kb.errors import Conflict, InvalidEntry, NotFound
from kb.peers import sheet_form
from kb.services import practice_drafts, practice_editing
from kb.services.practice_drafts import PracticeDraft
from kb.services.practice_editing import Editable, Saved
from kb.services.sheets import Fault
from kb.ui import acting, state
from kb.ui.edited_sheet import Editing
from kb.ui.i18n import ngettext

_STATE, _ROUNDS = "_editing", "_editing_rounds"  # session keys; the second counts, so that no key of a widget comes twice


def sheet(name: str) -> Editing:
    """The sheet that this tab edits: as it was left here, else from the draft, else as it lies in its file.

    Raises:
        NotFound: if there is neither a sheet nor a draft of that name.
        PermissionDenied: if the member may not change practices.
    """
    editing = st.session_state.get(_STATE)
    if not isinstance(editing, Editing) or editing.name != name or (not editing.draft_version and _is_outdated(editing)):
        editing = _opened(name)
        _renew(editing)
    editing.widgets = []
    st.session_state[_STATE] = editing
    return editing


def begin(name: str, *, kind: str, language: str, title: str) -> None:
    """Begin a new practice as a draft; nobody else sees it before it is saved.

    Raises:
        InvalidEntry: if a practice cannot be called so, or one is.
        Conflict: if the member has a draft of that name.
    """
    practice_editing.check_name(state.kb(), name, actor=state.actor())
    form = sheet_form.form_of({"practice": name, "kind": kind, "language": language, "title": title})
    editing = Editing(name, {}, "", form)
    _keep(editing)
    _renew(editing)
    st.session_state[_STATE] = editing


def note() -> None:
    """For ``on_change`` of every widget: take what the widgets say into the form, and keep the draft."""
    acting.do(_note)


def collect() -> Editing:
    """What the widgets say, in the form."""
    editing: Editing = st.session_state[_STATE]
    for widget in editing.widgets:
        if widget.key in st.session_state:
            instead = next((value for value, key in widget.words.items() if st.session_state.get(key)), None)
            said = st.session_state[widget.key]
            editing.put(widget.path, instead if instead is not None else said if said is not None else "")
    return editing


def add(name: str) -> None:
    """For a button: a new, blank item in a list, open."""
    acting.do(_add, name)


def remove(name: str, at: int) -> None:
    """For a button: take an item out of a list."""
    acting.do(_remove, name, at)


def speak(language: str) -> None:
    """For a menu: texts in one more language; it stays once something is said in it."""
    st.session_state[_STATE].spoken = language


def faults(editing: Editing) -> tuple[Fault, ...]:
    """All that is wrong in the form, and what was wrong in fields that are as they were."""
    changes = editing.changes()
    flaws = [flaw for flaw in sheet_form.flaws(editing.form) if flaw.place[0] in changes]
    own = [Fault("", 0, ".".join(map(str, flaw.place)), flaw.sentence) for flaw in flaws]
    found = practice_editing.faults_of(state.kb(), editing.name, changes, actor=state.actor())
    old = [fault for fault in editing.faults if fault.field not in changes and fault.file]
    return (*own, *dict.fromkeys([*old, *found]))


def save(why: str) -> Saved | None:
    """Write what was changed into the sheet; ``None`` where nothing was.

    Raises:
        InvalidEntry: if something is wrong; the faults stand in the form then.
        Conflict: if somebody else changed the sheet meanwhile; the draft stays.
    """
    editing = collect()
    changes = editing.changes()
    if not changes:
        return None
    in_changes = [fault for fault in faults(editing) if fault.field in changes or not fault.field or not fault.file]
    if in_changes:
        editing.faults = faults(editing)
        _renew(editing)  # folded items open where they have faults
        n = len(in_changes)
        text = ngettext("Not saved: {n} thing is missing or wrong.", "Not saved: {n} things are missing or wrong.", n)
        raise InvalidEntry(text.format(n=n))
    saved = practice_editing.save(
        state.kb(), editing.name, changes, base_version=editing.base_version, why=why, actor=state.actor()
    )
    forget()
    return saved


def forget() -> None:
    """Open the sheet anew in the next run, from its draft if there is one."""
    st.session_state.pop(_STATE, None)


def discard(name: str) -> None:
    """Forget the form and its draft."""
    practice_drafts.drop_draft(state.kb(), name, actor=state.actor())
    forget()


def rebase(give_up: set[str]) -> None:
    """Go on from the sheet as it is now, with what was changed in the form but for the fields in ``give_up``."""
    editing = collect()
    now = current(editing.name)
    if now is None:  # it is gone: saving makes it anew
        editing.base, editing.base_version = {}, ""
    else:
        editing.form = sheet_form.rebased(editing.base, now.raw, editing.form, give_up)
        editing.base, editing.base_version, editing.faults = now.raw, now.version, now.faults
    _renew(editing)
    _keep(editing)


def current(name: str) -> Editable | None:
    """The sheet as it lies in its file now; ``None`` if it is not there."""
    try:
        return practice_editing.editable(state.kb(), name, actor=state.actor())
    except NotFound:
        return None


def _note() -> str:
    return _kept(collect())


def _kept(editing: Editing) -> str:
    if editing.faults:  # what is mended goes away
        editing.faults = faults(editing)
    if editing.changes():
        if json.dumps(editing.form) != editing.kept:
            _keep(editing)
    elif editing.draft_version:  # all is again as it was
        practice_drafts.drop_draft(state.kb(), editing.name, actor=state.actor())
        editing.draft_version, editing.draft_at_utc, editing.kept = 0, "", ""
    return ""  # the page says how the draft stands


def _add(name: str) -> str:
    editing = collect()
    found = editing.form[name]
    found["state"] = sheet_form.State.SAID
    found["items"] = [*found["items"], sheet_form.blank_item(name)]
    st.session_state[editing.key((name, "items", len(found["items"]) - 1), "open")] = True
    return _kept(editing)


def _remove(name: str, at: int) -> str:
    editing = collect()
    found = editing.form[name]
    found["items"] = [item for index, item in enumerate(found["items"]) if index != at]
    if not found["items"]:
        found["state"] = sheet_form.State.UNSAID
    _renew(editing)  # places have moved
    return _kept(editing)


def _renew(editing: Editing) -> None:
    """Give all widgets new keys, so that they begin with what the form says."""
    st.session_state[_ROUNDS] = editing.round = st.session_state.get(_ROUNDS, -1) + 1
    editing.folds = {}


def _keep(editing: Editing) -> None:
    values = {"form": editing.form, "base": editing.base}
    draft = PracticeDraft(editing.name, values, editing.base_version, version=editing.draft_version)
    try:
        kept = practice_drafts.keep_draft(state.kb(), draft, actor=state.actor())
    except Conflict:
        editing.is_behind = True
        raise
    editing.draft_version, editing.draft_at_utc, editing.kept = kept.version, kept.at_utc, json.dumps(editing.form)


def _opened(name: str) -> Editing:
    if draft := practice_drafts.draft(state.kb(), name, actor=state.actor()):
        held = draft.values
        kept = json.dumps(held["form"])
        return Editing(name, held["base"], draft.base_version, held["form"], draft.version, draft.at_utc, kept=kept)
    now = practice_editing.editable(state.kb(), name, actor=state.actor())
    return Editing(name, now.raw, now.version, sheet_form.form_of(now.raw), faults=now.faults)


def _is_outdated(editing: Editing) -> bool:
    now = current(editing.name)
    return now is None or now.version != editing.base_version
