"""The cases of a question round: to each question all answers side by side, or case by case, with passages."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.review import Pin
from kb.peers.learning.parts import Party
from kb.peers.learning.round import Round
from kb.peers.learning.round_values import CaseAnswer
from kb.services.assessing import pinning
from kb.ui import hrefs, plain, sheet_words, state, words
from kb.ui.components import section
from kb.ui.components.assessing import pin_list
from kb.ui.components.learning import common, round_exchange
from kb.ui.i18n import _, current, ngettext
from kb.ui.plain import label

VIEW, BY_QUESTION, BY_CASE = "r_view", "question", "case"  # widget key, URL parameter and its values


def show(found: Round) -> None:
    """Draw them; that there is none yet where there is none; nothing before the round is sent."""
    if found.sent is None:
        return
    section.head("cases", _("The cases"))
    if not found.answers:
        plain.show(plain.element("p", _("Nobody answered yet."), css="kb-quiet"))
        return
    titles = common.practice_titles()
    names = {BY_CASE: _("Case by case"), BY_QUESTION: _("Question by question")}
    st.segmented_control(_("How they are shown"), list(names), key=VIEW, required=True, format_func=names.__getitem__)
    if st.session_state[VIEW] == BY_QUESTION:
        for at, each in enumerate(found.drafted.questions, start=1):
            _show_question(found, each.key, f"{at}. {each.text}")
        return
    for number, case in enumerate(found.answers, start=1):
        with st.container(border=True, gap="small", key=f"round_case_{case.seq}"):
            _show_case(found, case, number, titles.get(case.practice, case.practice))


def who(by: Party) -> str:
    """Name, organisation and country, as far as they are known."""
    return ", ".join(part for part in (by.name, by.organisation, words.country(by.country) if by.country else "") if part)


def _show_question(found: Round, key: str, text: str) -> None:
    plain.show(plain.element("h3", text, css="kb-heading", language=found.drafted.language))
    columns = st.columns(min(3, max(1, sum(key in each.answers for each in found.answers))), gap="medium")
    answered = [(number, each) for number, each in enumerate(found.answers, start=1) if key in each.answers]
    for at, (number, each) in enumerate(answered):
        with columns[at % len(columns)], st.container(border=True, gap="xsmall", key=f"round_beside_{key}_{each.seq}"):
            plain.show(plain.element("h4", _case(number, each.title), css="kb-heading", language=_foreign(each)))
            plain.show(plain.element("p", _by(each), css="kb-quiet"))
            _show_said(each, key, f"beside_{key}_{each.seq}")
    if not answered:
        plain.show(plain.element("p", _("No case says anything to this."), css="kb-quiet"))


def _show_case(found: Round, case: CaseAnswer, number: int, practice: str) -> None:
    plain.show(
        plain.element("h3", _case(number, case.title), css="kb-heading", language=_foreign(case)),
        plain.element("p", _by(case), css="kb-quiet"),
    )
    if case.practice:
        plain.show(f'<p class="kb-links">{plain.link(practice, hrefs.practice(case.practice))}</p>')
    for each in found.drafted.questions:
        if each.key in case.answers:
            plain.show(plain.element("h4", each.text, css="kb-heading", language=found.drafted.language))
            _show_said(case, each.key, f"case_{case.seq}_{each.key}")
    silent = [str(at) for at, key in enumerate(found.drafted.keys, start=1) if key not in case.answers]
    if silent:
        plain.show(plain.element("p", sheet_words.labelled(_("No answer to question"), ", ".join(silent)), css="kb-quiet"))
    round_exchange.show(found, case)


def _show_said(case: CaseAnswer, key: str, place: str) -> None:
    parts = [part for part in case.answers[key].split("\n\n") if part.strip()]
    plain.show(*(plain.element("p", part, css="kb-reason", language=case.language) for part in parts))
    if pins := case.pins.get(key, ()):
        _show_pins(pins, place, own=case.by.name == state.actor().name)


def _show_pins(pins: tuple[Pin, ...], place: str, *, own: bool) -> None:
    told = ngettext("{n} passage as evidence", "{n} passages as evidence", len(pins)).format(n=words.number(len(pins)))
    with st.expander(label(told), icon=":material/format_quote:", key=f"{place}_pins"):
        pin_list.show(pinning.pinned(state.kb(), pins, actor=state.actor(), own=own), place)


def _by(case: CaseAnswer) -> str:
    badge = "" if case.language == current() else _("in {language}").format(language=words.language(case.language))
    return " · ".join(filter(None, (who(case.by), badge, words.day(case.at_utc[:10]))))


def _case(number: int, title: str) -> str:
    return f"{_('Case {number}').format(number=words.number(number))} · {title}"


def _foreign(case: CaseAnswer) -> str:
    return "" if case.language == current() else case.language
