"""One policy change: what changed, because of what, what was measured before and after, and who confirmed it."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.policy import PolicyChange
from kb.peers.learning.policy_bodies import Dimension, Effect, PolicyRecorded, PolicyRevised
from kb.peers.learning.record import Event
from kb.services.assessing.pinning import pinned
from kb.services.learning import policies
from kb.services.learning.allowing import may_with_policy
from kb.services.learning.outcome_exporting import export_policy
from kb.services.learning.spelling import reader_in
from kb.ui import acting, outcome_words, plain, state, words
from kb.ui.components import section
from kb.ui.components.assessing import pin_list
from kb.ui.components.learning import because, outcome_downloads, policy_form, prose, steps
from kb.ui.components.learning.common import demo_badge, said, show_history, show_state
from kb.ui.components.learning.plan_form import look_again
from kb.ui.i18n import _


def show(policy: PolicyChange) -> None:
    """Draw all of it."""
    told = policy.recorded
    st.set_page_config(page_title=_("Policy change: {title}").format(title=told.title))
    plain.heading(1, told.title, language=told.language)
    demo_badge(policy)
    show_state(policy, *(outcome_words.dimension(each) for each in dict.fromkeys(one.dimension for one in told.effects)))
    _show_facts(policy)
    outcome_downloads.show_paper(export_policy, policy.id)
    prose.show(told.what_changed, told.language, label=_("What changed"))
    because.show(told.because)
    prose.show(
        told.attribution, told.language,
        label=_("How much of it is owed to what was learned, in the words of {name}").format(name=told.by.name),
    )  # fmt: skip
    _show_effects(policy)
    may = may_with_policy(policy, actor=state.actor(), reader=reader_in(state.kb(), actor=state.actor()))
    _show_steps(policy, may)
    if "revised" in may:
        policy_form.show_revising(policy)
    _show_earlier(policy)
    show_history(policy, _detail)


def _show_facts(policy: PolicyChange) -> None:
    told, confirmed = policy.recorded, policy.confirmed
    steps.facts(
        {
            _("Policy or plan"): told.policy,
            _("Organisation"): told.organisation,
            _("Place"): outcome_words.place(told.place),
            _("In effect since"): words.day(told.on),
            _("Told by"): ", ".join(filter(None, (told.by.name, told.by.organisation))),
            _("Confirmed by"): ", ".join(filter(None, (confirmed.by.name, confirmed.by.organisation)))
            if confirmed
            else _("nobody of another organisation yet"),
            _("What they saw"): confirmed.how if confirmed else "",
        }
    )


def _show_effects(policy: PolicyChange) -> None:
    section.head("effects", _("Before and after"))
    effects = policy.recorded.effects
    rows = [
        (
            plain.cell(each.what, second_line=outcome_words.dimension(each.dimension)),
            plain.cell(outcome_words.measured(each, each.before), second_line=outcome_words.about(each.before)),
            plain.cell(outcome_words.measured(each, each.after), second_line=outcome_words.about(each.after)),
            plain.cell(outcome_words.change(each)),
        )
        for dimension in Dimension
        for each in effects
        if each.dimension is dimension
    ]
    if rows:
        headers = (_("What was measured"), _("Before"), _("After"), _("Difference"))
        with st.container(key="learning_effects"):
            plain.table(_("By quality, efficiency and impact"), headers, rows, as_cards=True)
    if silent := [outcome_words.dimension(each) for each in Dimension if each not in {one.dimension for one in effects}]:
        told = _("Nothing is said yet of: {names}.").format(names=words.listed(silent))
        plain.show(plain.element("p", told, css="kb-quiet"))
    _show_evidence(policy)


def _show_evidence(policy: PolicyChange) -> None:
    """Each passage below what it is to show; nothing where there is none."""
    own = policy.recorded.by.name == state.actor().name
    sides = [
        (f"{each.what} · {label}", measured.pins, f"{at}_{label}")
        for at, each in enumerate(policy.recorded.effects)
        for label, measured in ((_("Before"), each.before), (_("After"), each.after))
        if measured and measured.pins
    ]
    if not sides:
        return
    with st.expander(_("Passages as evidence"), icon=":material/format_quote:", key="policy_evidence"):
        for label, pins, key in sides:
            plain.show(plain.element("p", label, css="kb-quiet"))
            pin_list.show(pinned(state.kb(), pins, actor=state.actor(), own=own), key)


def _show_steps(policy: PolicyChange, may: frozenset[str]) -> None:
    with steps.row(policy.id, may - {"revised"}):
        if "confirmed" in may:
            with steps.form("confirm", _("Confirm it"), ":material/verified:"):
                st.text_area(_("What you saw yourself (optional)"), key="policy_how", height=90, max_chars=MAX_WORDS_CHARS)
                st.form_submit_button(_("Confirm"), type="primary", on_click=acting.do, args=(_confirm, policy.id))
        if "withdrawn" in may:
            steps.withdraw(_withdraw, policy.id)


def _show_earlier(policy: PolicyChange) -> None:
    """What was told before, each whole; nothing where it was told once."""
    told = [each for each in policy.happened if isinstance(each.body, PolicyRecorded | PolicyRevised)]
    for each in told[-2::-1]:
        before = each.body
        assert isinstance(before, PolicyRecorded | PolicyRevised)
        label = _("As it was told on {day}").format(day=words.day(each.at_utc))
        with st.expander(label, icon=":material/history:", key=f"earlier_{each.seq}"):
            plain.show(plain.element("p", before.title, css="kb-quiet", language=before.language))
            prose.show(before.what_changed, before.language, label=_("What changed"))
            by = _("How much of it is owed to what was learned, in the words of {name}").format(name=before.by.name)
            prose.show(before.attribution, before.language, label=by)
            prose.show("\n\n".join(map(_effect, before.effects)), label=_("Before and after"))


def _effect(effect: Effect) -> str:
    sides = " → ".join(outcome_words.measured(effect, side) for side in (effect.before, effect.after))
    return f"{effect.what}: {sides} ({outcome_words.change(effect)})"


def _detail(event: Event) -> str:
    """What a step says in the history; of what was told, as it was then."""
    if isinstance(event.body, PolicyRecorded | PolicyRevised):
        effects = "; ".join(f"{each.what}: {outcome_words.change(each)}" for each in event.body.effects)
        return " · ".join(filter(None, (event.body.title, event.body.what_changed, effects)))
    return said(event)


def _confirm(policy_id: str) -> str:
    policies.confirm(state.kb(), policy_id, how=st.session_state["policy_how"], actor=state.actor())
    look_again(policy_id)
    return _("Confirmed.")


def _withdraw(policy_id: str, why: str) -> str:
    policies.withdraw(state.kb(), policy_id, why=why, actor=state.actor())
    return _("Withdrawn. It stays in the history.")
