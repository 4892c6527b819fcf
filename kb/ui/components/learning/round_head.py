"""Above a question round: what it asks along which axis, of whom, until when, and how it stands."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.record import Event
from kb.peers.learning.round import Round, RoundState
from kb.peers.learning.round_bodies import CaseAnswered, CaseQuestioned, QuestionReplied, RoundRescheduled
from kb.services.clock import today
from kb.ui import answering, links, plain, sheet_words, words
from kb.ui.components import section
from kb.ui.components.learning import common, round_names
from kb.ui.i18n import _, current, ngettext
from kb.ui.plain import escape_markdown


def show_way_back() -> None:
    """Draw the way to all rounds."""
    there = {answering.ROUND: "", answering.CASE: "", answering.QUESTION: ""}
    st.button(
        _("All question rounds"), key="all_rounds", type="tertiary", icon=":material/arrow_back:", on_click=st.session_state.update,
        args=(there,),
    )  # fmt: skip


def show_sections(found: Round) -> None:
    """Draw the way to each part in the side panel; a draft has no parts."""
    if found.sent is None:
        return
    mine = {"mine": _("Your case")} if found.state is RoundState.SENT else {}
    brief = {"take": _("Background brief")} if found.state is not RoundState.CANCELLED else {}
    section.show_list({"questions": _("Questions"), **mine, "cases": _("The cases"), **brief, "past": _("What happened")})


def show(found: Round) -> None:
    """Draw title, state, what there is to know, and the questions."""
    drafted = found.drafted
    st.set_page_config(page_title=_("Question round: {title}").format(title=drafted.title))
    with st.container(key="round_head", gap="xsmall"):
        plain.heading(1, drafted.title, language=drafted.language)
        common.show_state(
            found, drafted.axis, round_names.partnership_title(drafted.partnership), *_other_language(drafted.language)
        )
        common.demo_badge(found)
        plain.show(plain.element("p", _about(found), css="kb-quiet"))
        plain.show(*(plain.element("p", part, language=drafted.language) for part in drafted.intro.split("\n\n") if part.strip()))
    if drafted.session:
        links.to_thing(drafted.session, _("The session that talks about the answers"))
    if found.cancelled:
        st.info(escape_markdown(_("Cancelled: {why}").format(why=found.cancelled.why)), icon=":material/block:")
    if found.state is not RoundState.DRAFT:  # the form shows them
        _show_questions(found)


def show_past(found: Round) -> None:
    """Draw what happened, with the words that say of which case or question."""
    common.show_history(found, _detail)


def _detail(event: Event) -> str:
    match event.body:
        case CaseAnswered(title=title):
            return title
        case CaseQuestioned(text=text) | QuestionReplied(text=text):
            return text
        case RoundRescheduled(due=due) if due:
            return words.day(due)
    return common.said(event)


def _about(found: Round) -> str:
    """Until when, by whom, of whom."""
    drafted = found.drafted
    told = [_("asked by {name}").format(name=", ".join(filter(None, (drafted.by.name, drafted.by.organisation))))]
    if found.state in (RoundState.DRAFT, RoundState.SENT):
        told.append(_("cases due by {day}").format(day=words.day(drafted.due)))
        if found.state is RoundState.SENT and drafted.due < today():
            told.append(_("overdue"))
    if found.closed_on:
        told.append(_("closed on {day}").format(day=words.day(found.closed_on)))
    told.append(_asked_of(found))
    return " · ".join(told)


def _asked_of(found: Round) -> str:
    asked = found.drafted.asked
    if not asked:
        return _("everybody is asked")
    n = len(asked)
    told = ngettext("{n} organisation is asked", "{n} organisations are asked", n).format(n=words.number(n))
    if not found.sent or not found.silent:
        return told
    return sheet_words.labelled(_("{told}; no case yet from").format(told=told), words.listed(found.silent))


def _show_questions(found: Round) -> None:
    section.head("questions", _("Questions"))
    concluded = found.concluded.conclusions if found.concluded else {}
    if found.concluded and found.concluded.overall:
        plain.show(
            plain.element("h3", _("What the partners conclude")),
            *(plain.element("p", part) for part in found.concluded.overall.split("\n\n") if part.strip()),
        )
    items = []
    for each in found.drafted.questions:
        inside = plain.element("span", each.text, language=found.drafted.language)
        if each.key in concluded:
            told = sheet_words.labelled(_("Conclusion"), concluded[each.key])
            inside += plain.element("p", told, css="kb-reason")
        items.append(f"<li>{inside}</li>")
    plain.show('<ol class="kb-list">', *items, "</ol>")


def _other_language(language: str) -> tuple[str, ...]:
    return () if language == current() else (words.language(language),)
