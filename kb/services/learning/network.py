"""Who learned what from whom, as far as the actor may see it, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.learning.network import Network, Owner
from kb.peers.learning.network import network as drawn
from kb.peers.narrative import UNKNOWN
from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.everything import things
from kb.services.learning.within import of_partnership
from kb.services.permission import Member, Role, require
from kb.services.tables import Cell, TableFormat

LOOK = "see who learned from whom"
COLUMNS = ("learner", "learner_country", "teacher", "teacher_country", "what", "id", "title", "date", "practice", "demonstration")


def network(kb: KnowledgeBase, *, actor: Member, partnership: str = "", language: str = "") -> Network:
    """All arrows; the demonstration's only while there is nothing else.

    Args:
        partnership: name of the one that is looked at; empty: all together.
        language: of the reader: in which transfer cases are called, if their sheet is.

    Raises:
        NotFound: if there is no such partnership.
    """
    require(actor, Role.MEMBER, LOOK)
    counted = things(kb, actor=actor, language=language).counted()
    if partnership:
        counted = of_partnership(kb, counted, partnership)
    return drawn(counted, dict(_owners(kb)), dict(_directory(kb)))


def export(kb: KnowledgeBase, form: TableFormat, *, actor: Member, partnership: str = "", language: str = "") -> Exported:
    """The same as a table, a row an arrow, the latest first."""
    require(actor, Role.MEMBER, LOOK)
    found = network(kb, actor=actor, partnership=partnership, language=language)
    content = kb.tables.write([COLUMNS, *_rows(found)], form)
    return Exported(f"learning-network-{today()}.{form}", form.media_type, content)


def _rows(found: Network) -> Iterator[tuple[Cell, ...]]:
    country = {each.organisation: each.country for each in found.nodes}
    for each in found.edges:
        ends = (each.learner, country[each.learner], each.teacher, country[each.teacher])
        yield (*ends, each.what.value, each.ref, each.title, each.on, each.practice, "yes" if each.is_demo else "")


def _owners(kb: KnowledgeBase) -> Iterator[tuple[str, Owner]]:
    """Of practices whose sheet can be read."""
    for name in kb.practices.names():
        sheet = kb.practices.read(name).sheet
        if sheet and sheet.owner.name != UNKNOWN:
            yield name, Owner(sheet.owner.name, "" if sheet.owner.country == UNKNOWN else sheet.owner.country)


def _directory(kb: KnowledgeBase) -> Iterator[tuple[str, Owner]]:
    """Whatever an organisation of the directory is called."""
    for name in kb.organisations.names():
        if made := kb.organisations.read(name).made:
            shown = Owner(made.title, "" if made.country == UNKNOWN else made.country)
            yield from ((each, shown) for each in made.names)
