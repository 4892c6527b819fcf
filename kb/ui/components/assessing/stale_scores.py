"""Scores whose evidence changed since: named, and looked at again by their reviewer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.assessment.rubric import Rubric
from kb.services import rubrics
from kb.services.assessing import staleness
from kb.services.assessing.evidence_now import Now
from kb.services.assessing.listing import ListedAssessment
from kb.services.assessing.staleness import StaleScore
from kb.services.assessing.viewing import AssessmentView
from kb.ui import acting, assessing_words, hrefs, plain, state, words
from kb.ui.components import quoted, section
from kb.ui.components.assessing import practice_title
from kb.ui.i18n import _, marked, ngettext

WHY = {Now.CHANGED: marked("The document was changed since."), Now.GONE: marked("The passage is gone.")}
_QUOTED = 200  # characters of a quote


def show_all(found: Sequence[ListedAssessment]) -> None:
    """Draw the stale scores of all these assessments as a table; nothing where there is none."""
    stale = {each.id: _each_once(each.stale) for each in found if each.stale}
    if not stale:
        return
    n = sum(map(len, stale.values()))
    st.header(ngettext("{n} stale score", "{n} stale scores", n).format(n=words.number(n)), anchor=False)
    st.markdown(_("Evidence of these scores has changed. Their reviewers look at them again."))
    those = [each for each in found if each.stale]
    known = {key: rubrics.rubric(state.kb(), *key, actor=state.actor()) for key in {(each.rubric, each.version) for each in those}}
    rows = [_row(each, stale[each.id], known[each.rubric, each.version]) for each in those]
    with st.container(key="stale_table"):
        plain.table(_("By assessment"), [_("Practice"), _("Scores"), _("What happened")], rows, as_cards=True)


def show(view: AssessmentView) -> None:
    """Draw those of one assessment, with the form for own ones; nothing where there is none."""
    if not view.stale:
        return
    section.head("stale", _("Scores to look at again"))
    st.warning(_("The evidence of these scores is not what it was when they were given."), icon=":material/update:")
    others = []
    for score in _each_once(view.stale):
        given = view.assessment.reviews[score.reviewer].review.answers[score.criterion]
        head = " · ".join(
            (
                assessing_words.item(view.rubric, score.criterion),
                assessing_words.reviewer(score.reviewer),
                assessing_words.score(given.score),
            )
        )
        if "reconfirm" in view.may and score.reviewer == state.actor().name:
            _show_own(view, score, head)
        else:
            others.append(f"<li>{plain.cell(head, second_line=_(WHY[score.why]))}</li>")
    if others:
        plain.show('<ul class="kb-list">', *others, "</ul>")


def _show_own(view: AssessmentView, score: StaleScore, head: str) -> None:
    with st.container(border=True, gap="small", key=f"stale_{score.criterion}"):
        plain.show(plain.element("p", head, css="kb-warned"), plain.element("p", _(WHY[score.why])))
        if score.pin.quote:
            quoted.show(plain.shortened(score.pin.quote, _QUOTED), language=score.pin.language)
        _ask(view.assessment.id, score.criterion)


def _ask(assessment: str, criterion: str) -> None:
    key = f"again_{criterion}"
    with st.form(key, border=False):
        st.text_area(_("Why it stands, or why you take it back"), key=f"{key}_reason", height="content")
        with st.container(horizontal=True, gap="small"):
            for label, stands in ((_("My score stands"), True), (_("I take it back"), False)):
                st.form_submit_button(
                    label,
                    icon=":material/check:" if stands else ":material/undo:",
                    on_click=acting.do,
                    args=(_reconfirm, assessment, criterion, stands, f"{key}_reason"),
                )


def _reconfirm(assessment: str, criterion: str, stands: bool, key: str) -> str:
    reason = st.session_state[key]
    staleness.reconfirm(state.kb(), assessment, criterion, stands=stands, reason=reason, actor=state.actor())
    return _("Written down. Your review stays as you submitted it.")


def _row(each: ListedAssessment, stale: Sequence[StaleScore], rubric: Rubric) -> tuple[str, ...]:
    both = _("{item} ({who})")
    items = dict.fromkeys(score.criterion for score in stale)
    by_item = {item: [assessing_words.reviewer(score.reviewer) for score in stale if score.criterion == item] for item in items}
    told = (both.format(item=assessing_words.item(rubric, item), who=words.listed(who)) for item, who in by_item.items())
    return (
        plain.link(practice_title.of(each), hrefs.assessment(each.id)),
        plain.cell(" · ".join(told)),
        plain.cell(" ".join(dict.fromkeys(_(WHY[score.why]) for score in stale))),
    )


def _each_once(stale: Sequence[StaleScore]) -> list[StaleScore]:
    """One for each score, though several of its passages have changed; one that is gone before one that is changed."""
    by_score = {(each.reviewer, each.criterion): each for each in sorted(stale, key=lambda each: each.why is Now.GONE)}
    return list(by_score.values())
