"""A small knowledge base to assess in: one practice with two documents, a rubric, members; and the steps of a whole assessment."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fakes import FakeEncoder, FakeModels, NoDetector, a_document
from sheets import SOUND

from kb import open_kb
from kb.peers.assessment.review import Review, Stance
from kb.retrieval.catalog import EncodedPassage, FileState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, Metadata, Passage, Visibility
from kb.retrieval.split import SplitSettings, split
from kb.services import members
from kb.services.assessing import opening, reviewing, seats
from kb.services.assessing.pinning import pin
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import UnitOfWork
from kb.settings import Settings
from tests import panels

PRACTICE, RUBRIC, DUE = "bee-path", "small", "2099-12-20"
BEES, LEDGER = "case-studies/bees.md", "case-studies/ledger.md"  # everybody's; for facilitators only
BEES_SAY = (
    "the route has seven hives and pupils visit the hives",
    "the parks are mown later than before",
    "the city pays the keepers",
)
LEDGER_SAYS = ("the secret ledger counts the losses of the keepers",)
SHEET = SOUND.replace("documents: [case-studies/bees.md]", f"documents: [{BEES}, {LEDGER}]").replace(
    "place: {", "partners: [{name: Comune di Cesena, country: IT}]\nplace: {"
)


def a_base(tmp_path: Path, records: Callable[[], UnitOfWork]) -> KnowledgeBase:
    """With its members: fay runs it, ann, bo and cy review, olu is of the owner's organisation, sam is a member."""
    kb = replace(
        open_kb(Settings(tmp_path / "corpus", tmp_path / "index", model="fake")),
        records=records, detector=NoDetector(), models=FakeModels(), encoder=FakeEncoder,
    )  # fmt: skip
    for folder, name, text in ((kb.practices.folder, PRACTICE, SHEET), (kb.rubrics.folder, RUBRIC, json.dumps(dict(panels.RAW)))):
        folder.mkdir(parents=True)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    put(kb, BEES, *BEES_SAY)
    put(kb, LEDGER, *LEDGER_SAYS, visibility=Visibility.RESTRICTED)
    put(
        kb,
        f"practice:{PRACTICE}.yaml",
        "the city marks a path and invites schools",
        about=Metadata(practice=PRACTICE, other=(("documents", json.dumps([BEES, LEDGER])),)),
    )
    add_members(kb)
    return kb


def add_members(kb: KnowledgeBase) -> None:
    """Those that :func:`a_base` has."""
    for name, organisation, country, roles in (
        ("fay", "Network", "BE", {Role.FACILITATOR}),
        ("ann", "House of Ann", "PT", {Role.REVIEWER}),
        ("bo", "House of Bo", "FR", {Role.REVIEWER}),
        ("cy", "House of Cy", "ES", {Role.REVIEWER, Role.FACILITATOR}),
        ("olu", "city of  LJUBLJANA", "SI", {Role.REVIEWER}),
        ("sam", "Elsewhere", "DE", set[Role]()),
    ):
        members.add(kb, name, organisation=organisation, country=country, roles=roles, actor=LOCAL_MEMBER)


def put(
    kb: KnowledgeBase,
    path: str,
    *texts: str,
    visibility: Visibility = Visibility.PUBLIC,
    about: Metadata = Metadata(),  # noqa: B008  # frozen
) -> list[Passage]:
    """A document of one passage a text, in place of the one that lies there."""
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in texts]
    document = a_document(blocks, path=path, metadata=replace(about, visibility=visibility))
    encoder = FakeEncoder()
    passages = split(document, count_tokens=encoder.count_tokens, detector=NoDetector(), settings=SplitSettings(8, 12, 8))
    rows = [EncodedPassage(passage, encoder.encode_passages([passage.embedded_text])[0]) for passage in passages]
    kb.catalog.put_document(document, rows, LedgerEntry(path, FileState.INDEXED, document_id=document.id), b"")
    return passages


def who(kb: KnowledgeBase, name: str) -> Member:
    """A registered member, acting."""
    found = members.acting_as(kb, name)
    assert found is not None
    return found


def begun(kb: KnowledgeBase, *reviewers: str) -> str:
    """An assessment that these members review."""
    fay = who(kb, "fay")
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=fay)
    for name in reviewers:
        opening.invite(kb, told, name, actor=fay)
        seats.accept(kb, told, actor=who(kb, name))
    opening.begin(kb, told, actor=fay)
    return told


def passage_of(kb: KnowledgeBase, path: str, number: int = 0) -> Passage:
    document = next(each for each in kb.catalog.documents() if each.path == path)
    return kb.catalog.passages_of(document.id)[number]


def draft(kb: KnowledgeBase, assessment: str, name: str, said: Review, *, path: str = BEES) -> int:
    """Keep every answer of ``said`` as the member's draft, each score with one passage of ``path``. Returns the draft's version."""
    actor = who(kb, name)
    desk = reviewing.desk(kb, assessment, actor=actor)
    pinned = pin(kb, assessment, passage_of(kb, path).id, stance=Stance.FOR, actor=actor)
    for item, gate in said.gates.items():
        desk = reviewing.keep_answer(kb, assessment, item, gate, version=desk.version, actor=actor)
    for item, answer in said.answers.items():
        pins = (pinned,) if answer.score is not None else ()
        desk = reviewing.keep_answer(
            kb, assessment, item, answer.model_copy(update={"pins": pins}), version=desk.version, actor=actor
        )
    return reviewing.keep_comment(kb, assessment, said.comment, version=desk.version, actor=actor).version


def submitted(kb: KnowledgeBase, assessment: str, name: str, *scores: float | None, secret: str = "as it stands") -> None:
    """A member's whole review with these scores in the rubric's order."""
    version = draft(kb, assessment, name, panels.review(*scores, secret=secret))
    reviewing.submit(kb, assessment, version=version, actor=who(kb, name))
