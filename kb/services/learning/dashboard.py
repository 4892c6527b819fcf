"""Where mutual learning stands, as far as the actor may see it: of one partnership or of all, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.learning.dashboard import Dashboard
from kb.peers.learning.dashboard import dashboard as counted
from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.everything import things
from kb.services.learning.within import bounds
from kb.services.permission import Member, Role, require
from kb.services.tables import Cell, TableFormat

LOOK = "see where mutual learning stands"
COLUMNS = ("section", "number", "id", "title", "state", "organisation", "since", "days", "due", "demonstration")
EFFECT_COLUMNS = ("id", "title", "state", "dimension", "what", "before", "after", "difference", "unit", "demonstration")


def dashboard(kb: KnowledgeBase, *, actor: Member, partnership: str = "", language: str = "") -> Dashboard:
    """All numbers, with what each of them counts; the demonstration's only while there is nothing else.

    Args:
        partnership: name of the one that is looked at; empty: all together.
        language: of the reader: in which transfer cases are called, if their sheet is.

    Raises:
        NotFound: if there is no such partnership.
    """
    require(actor, Role.MEMBER, LOOK)
    within = bounds(kb, partnership) if partnership else None
    return counted(things(kb, actor=actor, language=language).counted(), today(), within)


def export(kb: KnowledgeBase, form: TableFormat, *, actor: Member, partnership: str = "", language: str = "") -> Exported:
    """Everything that is counted as a table, a row a thing under each number that counts it."""
    require(actor, Role.MEMBER, LOOK)
    found = dashboard(kb, actor=actor, partnership=partnership, language=language)
    return Exported(f"learning-{today()}.{form}", form.media_type, kb.tables.write([COLUMNS, *_rows(found)], form))


def export_effects(kb: KnowledgeBase, form: TableFormat, *, actor: Member, partnership: str = "") -> Exported:
    """What was measured of policies before and after, a row an effect."""
    require(actor, Role.MEMBER, LOOK)
    found = dashboard(kb, actor=actor, partnership=partnership)
    rows = [
        (each.ref, each.title, each.state.value, each.dimension, each.what, each.before, each.after,
         None if each.difference is None else float(each.difference), each.unit, _yes(each.is_demo))
        for each in found.effects
    ]  # fmt: skip
    return Exported(f"policy-changes-{today()}.{form}", form.media_type, kb.tables.write([EFFECT_COLUMNS, *rows], form))


def _rows(found: Dashboard) -> Iterator[tuple[Cell, ...]]:
    for number in found.numbers:
        for each in number.things:
            yield (
                number.section.value, number.key, each.ref, each.title, each.state.value, each.organisation, each.since,
                each.n_days, each.due, _yes(each.is_demo),
            )  # fmt: skip


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""
