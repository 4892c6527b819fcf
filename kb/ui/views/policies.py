"""Plans and policies: what organisations will do because of what they learned, and what became of their policies."""

import streamlit as st

from kb.services.learning import plans, policies
from kb.services.learning.outcome_exporting import export_plans, export_policies
from kb.ui import address, learning_words, state
from kb.ui.components.learning import (
    outcome_downloads,
    outcome_filters,
    plan_form,
    plan_list,
    plan_one,
    policy_form,
    policy_list,
    policy_one,
    steps,
)
from kb.ui.i18n import _

kb, actor = state.kb(), state.actor()
address.follow("policies", {"plan": address.one, "policy": address.one, **outcome_filters.fields("lp")})
plan, policy = st.session_state["plan"], st.session_state["policy"]

if plan or policy:  # one
    address.publish("policies", plan=plan, policy="" if plan else policy)
    steps.way_back(_("All plans and policies"), "plan", "policy")
    if plan:
        plan_one.show(plans.plan(kb, plan, actor=actor))
    else:
        policy_one.show(policies.policy_change(kb, policy, actor=actor))
    st.stop()

st.title(_("Plans and policies"), anchor=False)
st.markdown(_("What organisations will do because of what they learned, and how their policies changed: before and after."))

planned, changed = plans.plans(kb, actor=actor), policies.policies(kb, actor=actor)
plan_form.show_new(is_first=False)
policy_form.show_new(is_first=False)
if not planned and not changed:  # nothing yet
    plan_list.show(planned)
    policy_list.show(changed)
    st.stop()

organisations = [each.organisation for each in planned] + [each.recorded.organisation for each in changed]
of_plans, of_policies = (learning_words.states(name) for name in ("PlanState", "PolicyState"))
chosen = outcome_filters.show("lp", organisations, of_plans | of_policies, by_level=False)
address.publish("policies", plan="", policy="", **{f"lp_{part}": value for part, value in chosen.items()})
if any(chosen.values()):
    outcome_filters.clear("lp")
    wanted = {part: value for part, value in chosen.items() if part != "level"}
    planned, changed = plans.plans(kb, actor=actor, **wanted), policies.policies(kb, actor=actor, **wanted)

plan_list.show(planned, is_chosen=any(chosen.values()))
if planned:
    outcome_downloads.show_table(export_plans, "action-plans", chosen)
policy_list.show(changed, is_chosen=any(chosen.values()))
if changed:
    outcome_downloads.show_table(export_policies, "policy-changes", chosen)
