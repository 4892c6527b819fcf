"""Whether a hit answers the question, as the acting member says."""

from __future__ import annotations

import streamlit as st

from kb.errors import UnusableRecords
from kb.retrieval.answer import Hit
from kb.retrieval.passage import PassageId
from kb.services import judging
from kb.services.records import MemberJudgement
from kb.ui import acting, state
from kb.ui.i18n import _, marked
from kb.ui.plain import escape_markdown
from kb.ui.said import said

VERDICTS = {1: marked("Relevant"), 0: marked("Not relevant")}
_ICONS = {1: ":material/thumb_up:", 0: ":material/thumb_down:"}


def marks(question: str) -> dict[PassageId, MemberJudgement] | None:
    """What the acting member said for this question; ``None``, and a sentence, where records are out of order: answers go on."""
    try:
        return judging.marks(state.kb(), question, actor=state.actor())
    except UnusableRecords as error:
        st.warning(escape_markdown(said(str(error))), icon=":material/error:")
        return None


def spelled(relevance: int) -> str:
    """A judgement in a word: whatever is not 0 is relevant."""
    return _(VERDICTS[int(relevance > 0)])


def show(hit: Hit, question: str, mark: MemberJudgement | None) -> None:
    """Draw the two answers, the one that stands being chosen, and a way to take it back.

    Args:
        hit: that is judged.
        question: as it was asked.
        mark: what the member said before, if anything.
    """
    key = f"verdict_{hit.passage.id}_{judging.question_key(question)}"
    st.session_state[key] = int(mark.relevance > 0) if mark else None  # what is stored, whatever this tab believes
    st.segmented_control(
        _("Does passage {rank} answer the question?").format(rank=hit.rank),
        list(VERDICTS),
        key=key,
        format_func=lambda value: f"{_ICONS[value]} {_(VERDICTS[value])}",
        label_visibility="collapsed",
        on_change=acting.do,
        args=(_say, key, question, hit, mark),
    )
    if mark:
        st.button(
            _("Undo"), key=f"undo_{key}", type="tertiary", icon=":material/undo:", on_click=acting.do, args=(_withdraw, mark.id)
        )


def _say(key: str, question: str, hit: Hit, mark: MemberJudgement | None) -> str:
    chosen = st.session_state[key]
    if chosen is not None:
        judging.judge(state.kb(), question, hit.passage.id, chosen, actor=state.actor(), sentence=hit.sentence)
    elif mark:
        _withdraw(mark.id)
    return ""  # the control itself shows it


def _withdraw(judgement_id: int) -> str:
    judging.withdraw(state.kb(), judgement_id, actor=state.actor())
    return ""
