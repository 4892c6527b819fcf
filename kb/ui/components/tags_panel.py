"""The tags of a practice: who declared or gave each, when, why and what shows it; and the ways to give, withdraw and decide."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.errors import PermissionDenied
from kb.peers.concepts import ConceptScheme
from kb.peers.tags import Origin, Tag
from kb.services import tagging
from kb.services.permission import Role
from kb.services.tag_records import MAX_WHY_CHARS
from kb.services.tag_telling import TagSource
from kb.services.tagging import TagOnPractice, TagsOfPractice
from kb.ui import acting, links, plain, sheet_words, state, words
from kb.ui.components import section, tag_evidence, tag_giving, tag_suggestions
from kb.ui.i18n import _, marked, ngettext
from kb.ui.plain import escape_markdown
from kb.ui.said import said

_ORIGINS = {
    Origin.DECLARED: marked("Declared in the sheet"),
    Origin.GIVEN: marked("Given by {member}"),
    Origin.CONFIRMED: marked("Suggested by the program, confirmed by {member}"),
}


def show(name: str) -> None:
    """Draw the panel of a practice."""
    section.head("tags", sheet_words.field("tags"))
    try:
        tags = tagging.tags_of(state.kb(), name, actor=state.actor())
    except PermissionDenied as refused:  # the rest of the page may be seen all the same
        st.info(escape_markdown(said(str(refused))), icon=":material/lock:")
        return
    scheme = state.scheme()
    if tags.live:
        _show_live(tags, scheme)
    else:
        st.markdown(_("No tag yet. Give one, or look at what passages speak for."))
    with st.container(horizontal=True, gap="small", key="give"):
        tag_giving.show(name, scheme)
        if tags.withdrawn:
            _show_withdrawn(tags.withdrawn, scheme)
    tag_suggestions.show(name, scheme)


def _show_live(tags: TagsOfPractice, scheme: ConceptScheme) -> None:
    with st.container(gap="xsmall", key="tags"):
        for prefix, title in sheet_words.TAG_PREFIXES.items():
            of_kind = [each for each in tags.live if each.tag.prefix == prefix]
            if of_kind:
                label, chips = st.columns([2, 9], gap="small", vertical_alignment="center")
                with label:
                    plain.show(plain.element("p", _(title), css="kb-quiet"))
                with chips, st.container(horizontal=True, gap="xsmall"):
                    for each in of_kind:
                        _show_one(tags.practice, each, scheme)


def _show_one(practice: str, on: TagOnPractice, scheme: ConceptScheme) -> None:
    """A tag; a click tells the rest."""
    n_given = sum(source.origin is not Origin.DECLARED for source in on.sources)
    label = escape_markdown(sheet_words.tag(scheme, on.tag)) + (f" · {n_given}" if n_given else "")
    with st.popover(label, key=f"tag_{on.tag.prefix}_{on.tag.word}", icon=":material/sell:" if n_given else None):
        for source in on.sources:
            with st.container(
                gap="xsmall", key=f"tag_source_{on.tag.prefix}_{on.tag.word}_{source.given.id if source.given else 0}"
            ):
                _show_source(source)
                if source.given is not None:
                    _show_withdrawing(source)
        if any(source.origin is Origin.DECLARED for source in on.sources) and Role.CONTRIBUTOR in state.actor().roles:
            st.page_link(links.PRACTICE_EDIT, label=_("Change it in the sheet"), icon=":material/edit:",
                         query_params={"id": practice, "section": "sources"})  # fmt: skip


def _show_source(source: TagSource) -> None:
    when = words.day(source.at_utc) if len(source.at_utc) <= len("2026-11-22") else words.moment(source.at_utc)
    who = _(_ORIGINS[source.origin]).format(member=source.member)
    if source.origin is Origin.DECLARED and source.member:
        who = _("{said} by {member}").format(said=who, member=source.member)
    plain.show(plain.element("p", " · ".join(filter(None, (who, when)))))
    if source.why:
        plain.show(plain.element("p", _("Why: {why}").format(why=source.why)))
    if source.evidence:
        tag_evidence.show(source.evidence)


def _show_withdrawing(source: TagSource) -> None:
    given, actor = source.given, state.actor()
    if given is None or not given.is_live or (given.member != actor.name and Role.FACILITATOR not in actor.roles):
        return
    key = f"withdraw_why_{given.id}_{given.version}"
    with st.form(f"withdraw_{given.id}", border=False):
        st.text_input(_("Why is it withdrawn?"), key=key, max_chars=MAX_WHY_CHARS)
        st.form_submit_button(
            _("Withdraw"), icon=":material/undo:", on_click=acting.do, args=(_withdraw, given.id, given.version, key)
        )


def _show_withdrawn(sources: Sequence[TagSource], scheme: ConceptScheme) -> None:
    text = ngettext("{n} withdrawn", "{n} withdrawn", len(sources))
    with st.popover(text.format(n=words.number(len(sources))), type="tertiary", icon=":material/history:"):
        for source in sources:
            given = source.given
            if given is None:
                continue
            tag = sheet_words.tag(scheme, Tag.of(given.tag))
            line = _("{tag}: given by {member}, withdrawn by {other} · {time}").format(
                tag=tag, member=given.member, other=given.withdrawn_by, time=words.moment(given.withdrawn_at_utc)
            )
            plain.show(plain.element("p", line), plain.element("p", given.withdrawn_why, css="kb-quiet"))


def _withdraw(tag_id: int, version: int, key: str) -> str:
    gone = tagging.withdraw(state.kb(), tag_id, why=st.session_state[key], version=version, actor=state.actor())
    scheme = state.scheme()
    return _("The tag “{tag}” is withdrawn; it can still be seen who gave it.").format(
        tag=sheet_words.tag(scheme, Tag.of(gone.tag))
    )
