"""The same practice, rubric and members as in :mod:`tests.assessed`, with real files that were read as people's files are."""

from __future__ import annotations

import json

from sheets import SOUND

from kb import open_kb
from kb.services import members
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Role
from kb.settings import Settings
from tests import panels
from tests.assessed import PRACTICE, RUBRIC

BEES, TREES, SHEET = "case-studies/bees.md", "guides/trees.md", f"practice:{PRACTICE}.yaml"
TEXTS = {
    BEES: "# Bees\n\nThe route has seven hives. Pupils visit the hives every spring.\n\nThe parks are mown later than before.\n",
    TREES: "# Trees\n\nThe schools planted forty trees beside the path. Keepers were asked first.\n",
}
PEOPLE = (
    ("fay", "Network", "BE", {Role.FACILITATOR}),
    ("ann", "House of Ann", "PT", {Role.REVIEWER}),
    ("bo", "House of Bo", "FR", {Role.REVIEWER}),
    ("cy", "House of Cy", "ES", {Role.REVIEWER, Role.FACILITATOR}),
    ("olu", "City of Ljubljana", "SI", {Role.REVIEWER}),
    ("sam", "Elsewhere", "DE", set[Role]()),
)


def read_in(settings: Settings) -> KnowledgeBase:
    """A knowledge base of two documents and the sheet that lists them."""
    kb = open_kb(settings)
    for path, text in TEXTS.items():
        write(kb, path, text)
    for folder, name, text in (
        (kb.practices.folder, PRACTICE, SOUND.replace("documents: [case-studies/bees.md]", f"documents: [{BEES}, {TREES}]")),
        (kb.rubrics.folder, RUBRIC, json.dumps(dict(panels.RAW))),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    ingest(kb, [kb.documents, kb.practices.folder], actor=LOCAL_MEMBER)
    for name, organisation, country, roles in PEOPLE:
        members.add(kb, name, organisation=organisation, country=country, roles=roles, actor=LOCAL_MEMBER)
    return kb


def write(kb: KnowledgeBase, path: str, text: str) -> None:
    """A document as a file, for everybody."""
    file = kb.documents / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.with_suffix(".yaml").write_text("visibility: public\n", encoding="utf-8")


def edited(kb: KnowledgeBase, path: str, before: str, after: str) -> None:
    """Somebody edits a document, or the sheet, and it is read again."""
    file = kb.practices.folder / f"{PRACTICE}.yaml" if path == SHEET else kb.documents / path
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    ingest(kb, [file], actor=LOCAL_MEMBER)
