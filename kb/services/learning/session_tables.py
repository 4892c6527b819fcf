"""Sessions as a table to take along, a row each; who took part is only counted."""

from __future__ import annotations

from kb.peers.learning.session import Session
from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.sessions import sessions
from kb.services.permission import Member, Role, require
from kb.services.tables import Cell, TableFormat

COLUMNS = (
    "id", "title", "format", "state", "begins", "ends", "zone", "where", "host", "host_country", "partnership", "round",
    "practices", "capacity", "joined", "were_there", "held_on", "debrief_due", "debriefed_on", "chatham_house", "embargo_until",
    "demonstration",
)  # fmt: skip


def export(kb: KnowledgeBase, form: TableFormat, *, actor: Member) -> Exported:
    """Every session that the actor may see, in the order of the page: to come, then past."""
    require(actor, Role.MEMBER, keeping.LOOK)
    rows = [COLUMNS, *(_row(each) for each in sessions(kb, actor=actor))]
    return Exported(f"sessions-{today()}.{form}", form.media_type, kb.tables.write(rows, form))


def _row(session: Session) -> tuple[Cell, ...]:
    planned, held = session.planned, session.held
    debriefed = next((each.at_utc[:10] for each in session.happened if session.debrief and each.body.kind == "debriefed"), "")
    return (
        session.id, planned.title, planned.format.value, session.state.value, planned.begins, planned.ends, planned.zone,
        planned.where, planned.host.organisation, planned.host.country, planned.partnership, planned.round,
        " ".join(planned.practices), planned.capacity, session.n_participants, held.n_participants if held else None,
        held.on if held else "", session.debrief_due, debriefed, "yes" if planned.chatham_house else "", planned.embargo_until,
        "yes" if session.is_demo else "",
    )  # fmt: skip
