"""Take transfer cases along: one on paper, all of them as a table."""

from __future__ import annotations

from kb.peers.learning.case_bodies import CaseEvaluated
from kb.peers.narrative import without_citations
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.exhibits import Exhibits
from kb.services.case_files.rows import case_rows
from kb.services.case_files.told import CaseReport, handout
from kb.services.case_files.wording import CaseWording
from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.contexts import Context
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import transfer_cases
from kb.services.learning.keeping import LOOK
from kb.services.permission import Member, Role, require
from kb.services.tables import TableFormat
from kb.services.transferring.about import context_of


def export_case(
    kb: KnowledgeBase,
    case: str,
    form: ReportForm,
    *,
    actor: Member,
    wording: CaseWording = CaseWording(),  # noqa: B008  # frozen
    language: str = "en",
) -> Exported:
    """One case with its plan as PDF or Word file, with the evidence that the actor may see, numbered; nothing in it is active.

    Args:
        wording: the fixed words, in the reader's language; ``language`` says which that is.

    Raises:
        NotFound: if there is no such case.
    """
    require(actor, Role.MEMBER, LOOK)
    found = transfer_cases.case(kb, case, actor=actor)
    exhibits = Exhibits(EvidenceNow(kb, actor), wording.citing)
    evaluations = tuple(
        (each.body, exhibits.cited(each.body.pins, own=each.member == actor.name))
        for each in found.happened
        if isinstance(each.body, CaseEvaluated)
    )
    places = (found.considered.source, found.considered.target)
    source, target = (_place(context_of(kb, each, actor=actor), each, language) for each in places)
    report = CaseReport(
        case=found,
        source_title=source,
        target_title=target,
        evaluations=evaluations,
        evidence=tuple(exhibits.found),
        n_left_out=exhibits.n_left_out,
        clear=exhibits.withheld,
        made_on=today(),
        language=language,
    )
    return Exported(f"{found.id}{form.suffix}", form.media_type, kb.handouts.write(handout(report, wording), form))


def export_cases(
    kb: KnowledgeBase,
    form: TableFormat,
    *,
    actor: Member,
    state: str = "",
    practice: str = "",
    test: str = "",
    target: str = "",
    organisation: str = "",
) -> Exported:
    """The cases of a list as a table, a row a case; arguments are those of :func:`kb.services.learning.transfer_cases.cases`."""
    require(actor, Role.MEMBER, LOOK)
    found = transfer_cases.cases(
        kb, actor=actor, state=state, practice=practice, test=test, target=target, organisation=organisation
    )
    return Exported(f"transfer-cases-{today()}.{form}", form.media_type, kb.tables.write(case_rows(found, today=today()), form))


def _place(context: Context | None, code: str, language: str) -> str:
    """In words; by its code where its profile was removed."""
    return without_citations(context.profile.title.best(language)[1]) if context else code
