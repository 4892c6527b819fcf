"""Question rounds as tables: those that are open, being written, and past."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kb.peers.assessment.blinding import Reader
from kb.peers.learning.round import Round, RoundState
from kb.services.clock import today
from kb.services.permission import Role
from kb.ui import answering, hrefs, links, plain, state, words
from kb.ui.components.assessing import demonstration
from kb.ui.components.learning import round_names
from kb.ui.i18n import _, ngettext
from kb.ui.learning_words import state_word
from kb.ui.plain import escape_markdown

Rounds = Sequence[Round]


def show_new() -> None:
    """Draw the button that begins a round, for facilitators."""
    if Role.FACILITATOR in state.actor().roles:
        there = {answering.ROUND: answering.NEW}
        st.button(
            _("New question round"), key="new_round", type="primary", icon=":material/add:", on_click=st.session_state.update,
            args=(there,),
        )  # fmt: skip


def show_none() -> None:
    """Say how a first round is begun."""
    with st.container(border=True, key="no_rounds"):
        st.header(_("There are no question rounds yet"), anchor=False)
        st.markdown(
            _("Write guiding questions, send them to the partners, and compile the brief from their answers.")
            if Role.FACILITATOR in state.actor().roles
            else _("A facilitator writes the first one. You will see here when your case is asked for.")
        )


def show_waiting(found: Rounds, reader: Reader) -> None:
    """Name the rounds in which something waits for the reader; nothing where there is none."""
    told = [(each, sentence) for each in found for sentence in _waiting(each, reader)]
    if not told:
        return
    with st.container(border=True, gap="small", key="rounds_waiting"):
        st.header(_("Waiting for you"), anchor=False)
        for each, sentence in told:
            with st.container(gap=None):
                links.to_thing(each.id, each.drafted.title, is_there=True)
                st.caption(escape_markdown(" · ".join(filter(None, (sentence, demonstration.words(is_demo=each.is_demo))))))


def show(found: Rounds) -> None:
    """Draw all of them, in groups."""
    open_ = sorted((each for each in found if each.state is RoundState.SENT), key=lambda each: (each.drafted.due, each.id))
    written = [each for each in found if each.state is RoundState.DRAFT]
    past = [each for each in found if each.state not in (RoundState.SENT, RoundState.DRAFT)]
    _group(
        open_, ngettext("{n} open round", "{n} open rounds", len(open_)), _("What is due first is on top"), "open",
        {_("Round"): _title, _("Cases due by"): _due, _("Cases"): _cases, _("Questions on cases"): _asked},
    )  # fmt: skip
    _group(
        written, ngettext("{n} round being written", "{n} rounds being written", len(written)), _("Drafts, newest first"),
        "written", {_("Round"): _title, _("Cases due by"): _due, _("Questions"): _questions},
    )  # fmt: skip
    _group(
        past, ngettext("{n} past round", "{n} past rounds", len(past)), _("Past rounds, newest first"), "past",
        {_("Round"): _title, _("State"): _state, _("Cases"): _cases, _("Questions on cases"): _asked, _("Closed on"): _closed},
    )  # fmt: skip


def _waiting(each: Round, reader: Reader) -> list[str]:
    told = []
    if each.awaits(reader):
        told.append(_("Your case is asked for, by {day}").format(day=words.day(each.drafted.due)))
    if n := len(each.unanswered_for(reader)):
        told.append(ngettext("{n} question on your case", "{n} questions on your case", n).format(n=words.number(n)))
    return told


def _group(found: Rounds, heading: str, caption: str, key: str, columns: dict[str, Callable[[Round], str]]) -> None:
    if found:
        st.header(heading.format(n=words.number(len(found))), anchor=False)
        with st.container(key=f"rounds_{key}"):
            plain.table(caption, list(columns), ([cell(each) for cell in columns.values()] for each in found), as_cards=True)


def _title(each: Round) -> str:
    told = (each.drafted.axis, round_names.partnership_title(each.drafted.partnership), demonstration.words(is_demo=each.is_demo))
    return plain.link(each.drafted.title, hrefs.thing(each.id)) + plain.note(" · ".join(filter(None, told)))


def _due(each: Round) -> str:
    is_over = each.state is RoundState.SENT and each.drafted.due < today()
    return plain.cell(words.day(each.drafted.due), second_line=_("Overdue") if is_over else "")


def _cases(each: Round) -> str:
    n = len(each.silent)
    missing = ngettext("{n} organisation is still asked", "{n} organisations are still asked", n).format(n=words.number(n))
    return plain.cell(words.number(len(each.answers)), second_line=missing if n and each.state is RoundState.SENT else "")


def _asked(each: Round) -> str:
    return plain.cell(words.number(len(each.asked)))


def _questions(each: Round) -> str:
    return plain.cell(words.number(len(each.drafted.questions)))


def _state(each: Round) -> str:
    return plain.cell(state_word(each.state))


def _closed(each: Round) -> str:
    return plain.cell(words.day(each.closed_on or each.changed_on))
