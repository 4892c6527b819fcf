"""The forms of an organisation: added, revised, and its projects. All of it is checked whole before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import streamlit as st

from kb.peers.choices import OwnerType
from kb.peers.learning.seeks import Seeks
from kb.peers.names import name_for
from kb.peers.narrative import UNKNOWN, cited
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.clock import today
from kb.services.learning import directory_editing
from kb.services.learning.file_editing import Editable
from kb.services.permission import Role
from kb.ui import acting, directory_words, i18n, matching_words, sheet_words, state, words
from kb.ui.components.learning import directory_controls as controls
from kb.ui.components.learning import directory_fields as fields
from kb.ui.components.learning import field_rows, source_rows
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _

_ROUND = "_directory_added"  # session key; a new number empties the form


def show_new(*, is_first: bool) -> None:
    """Draw the form for a new organisation; nothing for who may not add one."""
    if Role.CONTRIBUTOR not in state.actor().roles:
        return
    key = f"do_{st.session_state.setdefault(_ROUND, 0)}"
    inside = st.expander(_("Add an organisation"), icon=":material/add_business:", expanded=is_first, key="do_new")
    with inside:
        _ask(key, {}, "")
        source_rows.ask(key, {})
        st.button(_("Add it"), type="primary", key=f"{key}_add", icon=":material/add:", on_click=acting.do, args=(_add, key))


def show_change(name: str) -> None:
    """Draw the forms of one that is there; nothing for who may not change it."""
    if Role.CONTRIBUTOR not in state.actor().roles:
        return
    found = directory_editing.editable(state.kb(), name, actor=state.actor())
    key = f"dr_{name}_{found.version[:8]}"
    with st.expander(_("Revise the entry"), icon=":material/edit:", key="do_change"):
        _ask(key, found.raw, str(found.raw.get("language", "")))
        source_rows.ask(key, _sources(found))
        st.text_input(_("Why (optional)"), key=f"{key}_why", max_chars=MAX_LINE_CHARS)
        st.button(
            _("Save"), type="primary", key=f"{key}_save", icon=":material/save:", on_click=acting.do, args=(_revise, found, key)
        )
    _show_project(found)


def _ask(key: str, raw: Mapping[str, Any], own: str) -> None:
    """The fields of an entry as they are now."""
    codes, kinds = words.all_countries(), list(OwnerType)
    st.text_input(_("Name"), raw.get("title", ""), key=f"{key}_title", max_chars=MAX_LINE_CHARS)
    with st.grid(min_column_width=240, gap="small"):
        st.selectbox(
            _("Kind of organisation"), kinds, key=f"{key}_kind", format_func=lambda each: sheet_words.choice(each.value),
            index=fields.at(kinds, raw.get("kind"), default=len(kinds) - 1),
        )  # fmt: skip
        st.selectbox(
            _("Country of its seat"), codes, key=f"{key}_country", index=fields.at(codes, raw.get("country")),
            format_func=words.country, placeholder=_("Unknown"),
        )  # fmt: skip
        st.text_input(_("Part of (optional)"), raw.get("part_of", ""), key=f"{key}_part_of", max_chars=MAX_LINE_CHARS)
        st.text_input(_("Website"), fields.known(raw.get("website")), key=f"{key}_website", placeholder="https://")
    st.multiselect(
        _("Other countries in which it works"), codes, key=f"{key}_countries", format_func=words.country,
        default=[each for each in fields.listed(raw.get("countries")) if each in codes], placeholder=_("None"),
    )  # fmt: skip
    st.text_area(_("Other names, one a line"), directory_words.lines(fields.listed(raw.get("also"))), key=f"{key}_also", height=70)
    languages = language_codes()
    language = i18n.current() if not raw or i18n.current() in fields.languages(raw.get("what"), own) else own
    st.selectbox(
        _("Language of what you write"), languages, key=f"{key}_language", index=fields.at(languages, language, default=0),
        format_func=words.language, width=320,
    )  # fmt: skip
    st.text_area(
        _("What it is and does"), fields.text(raw.get("what"), own, language), key=f"{key}_what", height="content",
        help=_("Say where it is from: [@key] names a source. Where you name none, the first source below is put behind it."),
    )  # fmt: skip
    st.text_area(
        _("What others may ask it about, one a line"), directory_words.lines(fields.listed(raw.get("expertise"))),
        key=f"{key}_expertise", height=90,
    )  # fmt: skip
    slugs = [each.removeprefix("theme:") for each in fields.themes()]
    st.multiselect(
        _("Themes"), slugs, default=[each for each in fields.listed(raw.get("themes")) if each in slugs], key=f"{key}_themes",
        format_func=directory_words.theme, placeholder=_("None"),
    )  # fmt: skip
    sought = {each.get("what"): each for each in fields.listed(raw.get("seeks")) if isinstance(each, Mapping)}
    with st.grid(min_column_width=240, gap="small"):
        for what in Seeks:
            st.text_area(
                _("It looks for: {what}").format(what=matching_words.seeks(what)), key=f"{key}_seeks_{what}", height=90,
                value=fields.text(sought.get(what.value, {}).get("text"), own, language),
            )  # fmt: skip


def _show_project(found: Editable) -> None:
    """The form of a project: a new one, or one that is there."""
    projects = [each for each in fields.listed(found.raw.get("projects")) if isinstance(each, Mapping)]
    own, sources = str(found.raw.get("language", "")), list(found.raw.get("sources", {}))
    choice = f"dp_{found.name}_which"
    with st.expander(_("Add or revise a project"), icon=":material/work:", key="do_project"):
        titles = [str(each.get("title")) for each in projects]
        which = st.selectbox(_("Project"), titles, key=choice, index=None, placeholder=_("A new one"))
        raw = next((each for each in projects if each.get("title") == which), {})
        key = f"dp_{found.name}_{found.version[:8]}_{titles.index(which) if which in titles else 'new'}"
        with st.form(key, border=False):
            st.text_input(_("Title"), raw.get("title", ""), key=f"{key}_title", max_chars=MAX_LINE_CHARS)
            language = i18n.current() if i18n.current() in fields.languages(raw.get("what"), own) else own
            st.text_area(_("What is done"), fields.text(raw.get("what"), own, language), key=f"{key}_what", height="content")
            st.text_input(
                _("Programme that pays"), fields.known(raw.get("programme")), key=f"{key}_programme", max_chars=MAX_LINE_CHARS
            )
            st.text_area(
                _("Partners, one a line: name | country code"), fields.partner_lines(raw.get("partners")), key=f"{key}_partners",
                height=110, placeholder=_("Name of the partner | BE"),
            )  # fmt: skip
            with st.grid(min_column_width=170, gap="small"):
                st.text_input(_("Start"), fields.known(raw.get("start")), key=f"{key}_start", max_chars=10, placeholder="2026-11")
                st.text_input(_("End"), fields.known(raw.get("end")), key=f"{key}_end", max_chars=10, placeholder="ongoing")
                st.selectbox(_("Source"), sources, key=f"{key}_source", index=fields.at(sources, raw.get("source"), default=0))
            st.form_submit_button(
                _("Save"), type="primary", icon=":material/save:", on_click=acting.do,
                args=(_save_project, found, raw, language, key),
            )  # fmt: skip


def _given(key: str, raw: Mapping[str, Any], own: str, source: str) -> dict[str, object]:
    """Field → value of what was typed; texts in other languages stay as they are."""
    said = st.session_state
    language = said[f"{key}_language"]
    own = own or language
    what = said[f"{key}_what"].strip()
    if what and source and not cited(what):
        what = f"{what} [@{source}]"
    return {
        "title": said[f"{key}_title"].strip() or None,
        "also": fields.lines_of(said[f"{key}_also"]) or None,
        "kind": said[f"{key}_kind"].value,
        "part_of": said[f"{key}_part_of"].strip() or None,
        "country": said[f"{key}_country"] or UNKNOWN,
        "countries": said[f"{key}_countries"] or UNKNOWN,
        "website": said[f"{key}_website"].strip() or UNKNOWN,
        "what": fields.with_text(raw.get("what"), own, language, what),
        "expertise": fields.lines_of(said[f"{key}_expertise"]) or UNKNOWN,
        "themes": said[f"{key}_themes"],
        "seeks": _sought(key, fields.listed(raw.get("seeks")), own, language, source) or UNKNOWN,
    }


def _sought(key: str, before: Sequence[Any], own: str, language: str, source: str) -> list[dict[str, object]]:
    old = {each.get("what"): each for each in before if isinstance(each, Mapping)}
    found = []
    for what in Seeks:
        was = old.get(what.value, {})
        text = fields.with_text(was.get("text"), own, language, st.session_state[f"{key}_seeks_{what}"].strip())
        if text != UNKNOWN:
            found.append({"what": what.value, "text": text, "source": was.get("source", source)})
    return found


def _add(key: str) -> str:
    said = st.session_state
    title = said[f"{key}_title"].strip()
    name = name_for(title) or _free_name()
    sources = source_rows.said(key, {})
    given = {"language": said[f"{key}_language"], **_given(key, {}, "", next(iter(sources), "")), "languages": UNKNOWN}
    given |= {"projects": UNKNOWN, "sources": sources, "reviewed": today()}
    changes = {field: value for field, value in given.items() if value is not None}
    directory_editing.save(state.kb(), name, changes, base_version="", actor=state.actor())
    field_rows.forget(key)
    said[_ROUND] += 1
    controls.open_organisation(name)
    return _("“{title}” is in the directory. The search finds it in a moment.").format(title=title)


def _sources(found: Editable) -> Mapping[str, Any]:
    sources = found.raw.get("sources")
    return sources if isinstance(sources, Mapping) else {}


def _free_name() -> str:
    """For a title without a letter from a to z."""
    taken = set(state.kb().organisations.names())
    return next(name for n in count(1) if (name := f"organisation-{n}") not in taken)


def _revise(found: Editable, key: str) -> str:
    own = str(found.raw.get("language", ""))
    sources = source_rows.said(key, _sources(found))
    changes = {**_given(key, found.raw, own, next(iter(sources), "")), "sources": sources, "reviewed": today()}
    kept = {name: value for name, value in changes.items() if value != found.raw.get(name)}
    directory_editing.save(
        state.kb(), found.name, kept, base_version=found.version, why=st.session_state[f"{key}_why"], actor=state.actor()
    )
    return _("Saved. The search finds it in a moment.")


def _save_project(found: Editable, raw: Mapping[str, Any], language: str, key: str) -> str:
    said = st.session_state
    own = str(found.raw.get("language", ""))
    told = {
        **raw,
        "title": said[f"{key}_title"].strip(),
        "what": fields.with_text(raw.get("what"), own, language, said[f"{key}_what"].strip()),
        "programme": said[f"{key}_programme"].strip() or UNKNOWN,
        "partners": fields.partners_of(said[f"{key}_partners"]) or UNKNOWN,
        "start": said[f"{key}_start"].strip() or UNKNOWN,
        "end": said[f"{key}_end"].strip() or UNKNOWN,
        "source": said[f"{key}_source"] or "",
    }
    before = fields.listed(found.raw.get("projects"))
    projects = [told if each == raw else each for each in before] if raw in before else [*before, told]
    directory_editing.save(
        state.kb(), found.name, {"projects": projects, "reviewed": today()}, base_version=found.version, actor=state.actor()
    )
    return _("Saved. The search finds it in a moment.")
