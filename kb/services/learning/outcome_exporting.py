"""Take action plans and policy changes along: one on paper, all of them as a table."""

from __future__ import annotations

from kb.peers.learning.parts import Because
from kb.peers.learning.policy_bodies import Effect
from kb.peers.narrative import without_citations
from kb.services import practices
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.exhibits import Exhibits
from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.handouts.exhibits import Cited
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import plans, policies
from kb.services.learning.everything import things
from kb.services.learning.keeping import LOOK
from kb.services.outcome_files.plan_told import plan_handout
from kb.services.outcome_files.policy_told import PolicyReport, policy_handout
from kb.services.outcome_files.rows import plan_rows, policy_rows
from kb.services.outcome_files.wording import OutcomeWording
from kb.services.permission import Member, Role, require
from kb.services.tables import TableFormat


def export_plan(
    kb: KnowledgeBase,
    plan_id: str,
    form: ReportForm,
    *,
    actor: Member,
    wording: OutcomeWording = OutcomeWording(),  # noqa: B008  # frozen
    language: str = "en",
) -> Exported:
    """One plan as PDF or Word file, with nothing active in it.

    Args:
        wording: the fixed words, in the reader's language; ``language`` says which that is.

    Raises:
        NotFound: if there is no such plan.
    """
    require(actor, Role.MEMBER, LOOK)
    plan = plans.plan(kb, plan_id, actor=actor)
    because = titles_of(kb, plan.written.because, actor=actor, language=language)
    handout = plan_handout(plan, wording, because=because, made_on=today(), language=language)
    return Exported(f"{plan_id}{form.suffix}", form.media_type, kb.handouts.write(handout, form))


def export_policy(
    kb: KnowledgeBase,
    policy_id: str,
    form: ReportForm,
    *,
    actor: Member,
    wording: OutcomeWording = OutcomeWording(),  # noqa: B008  # frozen
    language: str = "en",
) -> Exported:
    """One policy change as PDF or Word file, with the evidence that the actor may see, numbered; arguments as for a plan.

    Raises:
        NotFound: if there is no such policy change.
    """
    require(actor, Role.MEMBER, LOOK)
    policy = policies.policy_change(kb, policy_id, actor=actor)
    exhibits = Exhibits(EvidenceNow(kb, actor), wording.citing)
    own = policy.recorded.by.name == actor.name
    cited = {
        (at, side): _cited(exhibits, each, side, own=own)
        for at, each in enumerate(policy.recorded.effects)
        for side in ("before", "after")
    }
    report = PolicyReport(
        policy=policy,
        because=titles_of(kb, policy.recorded.because, actor=actor, language=language),
        cited=cited,
        evidence=tuple(exhibits.found),
        n_left_out=exhibits.n_left_out,
        clear=exhibits.withheld,
        made_on=today(),
        language=language,
    )
    return Exported(f"{policy_id}{form.suffix}", form.media_type, kb.handouts.write(policy_handout(report, wording), form))


def export_plans(
    kb: KnowledgeBase,
    form: TableFormat,
    *,
    actor: Member,
    practice: str = "",
    organisation: str = "",
    state: str = "",
) -> Exported:
    """The plans of a list as a table, a row an action; arguments are those of :func:`kb.services.learning.plans.plans`."""
    require(actor, Role.MEMBER, LOOK)
    found = plans.plans(kb, practice=practice, organisation=organisation, state=state, actor=actor)
    return Exported(f"action-plans-{today()}.{form}", form.media_type, kb.tables.write(plan_rows(found), form))


def export_policies(
    kb: KnowledgeBase,
    form: TableFormat,
    *,
    actor: Member,
    practice: str = "",
    organisation: str = "",
    state: str = "",
) -> Exported:
    """The policy changes of a list as a table, a row an effect; arguments are those of the list."""
    require(actor, Role.MEMBER, LOOK)
    found = policies.policies(kb, practice=practice, organisation=organisation, state=state, actor=actor)
    return Exported(f"policy-changes-{today()}.{form}", form.media_type, kb.tables.write(policy_rows(found), form))


def titles_of(kb: KnowledgeBase, because: Because, *, actor: Member, language: str = "en") -> tuple[str, ...]:
    """What something comes from, by titles: practices, then exchanges as far as the actor may know of them."""
    require(actor, Role.MEMBER, LOOK)
    found = []
    for name in because.practices:
        sheet = practices.sheet_title(kb, name, actor=actor)
        found.append(without_citations(sheet[0].best(language, sheet[1])[1]) if sheet else name)
    there = things(kb, actor=actor, language=language) if because.exchanges else None
    return (*found, *(f"{there.title(ref)} ({ref})" if there else ref for ref in because.exchanges))


def _cited(exhibits: Exhibits, effect: Effect, side: str, *, own: bool) -> Cited:
    measured = effect.before if side == "before" else effect.after
    return exhibits.cited(measured.pins, own=own) if measured else Cited()
