"""Take the directory along: organisations as a table, a row each."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.learning.organisation import Organisation
from kb.peers.narrative import UNKNOWN, without_citations
from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.directory import LOOK, Sought, organisations
from kb.services.permission import Member, Role, require
from kb.services.tables import Cell, TableFormat

COLUMNS = (
    "organisation", "title", "also", "kind", "part_of", "country", "countries", "website", "what", "expertise", "themes",
    "projects", "programmes", "project_partners", "seeks", "reviewed",
)  # fmt: skip


def export(
    kb: KnowledgeBase,
    form: TableFormat,
    *,
    actor: Member,
    sought: Sought = Sought(),  # noqa: B008  # frozen
    language: str = "en",
) -> Exported:
    """Every organisation that is wanted and can be read, by what it is called. What nobody knows says "unknown".

    Args:
        language: of texts, where a file has them in it.
    """
    require(actor, Role.MEMBER, LOOK)
    found = [each.organisation for each in organisations(kb, actor=actor, sought=sought) if each.organisation]
    content = kb.tables.write([COLUMNS, *(tuple(_row(each, language)) for each in found)], form)
    return Exported(f"organisations-{today()}.{form}", form.media_type, content)


def _row(each: Organisation, language: str) -> Iterator[Cell]:
    yield from (each.organisation, each.title, "; ".join(each.also), each.kind.value, each.part_of, each.country)
    yield "; ".join(each.all_countries)
    yield each.website
    yield without_citations(each.what.best(language, each.language)[1]) or UNKNOWN
    yield each.expertise if isinstance(each.expertise, str) else "; ".join(each.expertise)
    yield "; ".join(each.themes)
    yield each.projects if isinstance(each.projects, str) else "; ".join(project.title for project in each.projects)
    yield "; ".join(each.programmes)
    partners = [
        partner.name for project in each.all_projects if not isinstance(project.partners, str) for partner in project.partners
    ]
    yield "; ".join(dict.fromkeys(partners))
    yield each.seeks if isinstance(each.seeks, str) else "; ".join(seeking.what.value for seeking in each.seeks)
    yield each.reviewed
