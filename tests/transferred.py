"""A small knowledge base to test transferability in: a practice of Slovenia, profiles of three places, a framework, members."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from kb.peers.assessment.review import Stance
from kb.peers.transfer.judgement import Evidenced, Judgement
from kb.retrieval.passage import Metadata, Visibility
from kb.services.knowledge_base import KnowledgeBase
from kb.services.records import UnitOfWork
from kb.services.transferring import concluding, evidence, judging, opening, seats
from tests import assessed, transfers
from tests.assessed import BEES, LEDGER, PRACTICE, passage_of, put, who

__all__ = ["BEES", "LEDGER", "PRACTICE", "passage_of", "put", "who"]  # of the base that this one goes on from

FRAMEWORK, SOURCE, TARGET = "small", "SI", "PT"
SOURCES = (("Report of the city of Lisbon", "2026"),)  # that bear an evaluation out
ID = f"{PRACTICE}-to-pt-1"
LISBON, BUDGET = "case-studies/lisbon.md", "case-studies/budget.md"  # about Portugal: everybody's; for facilitators only
LISBON_SAYS = ("the parks of the city have hives on roofs", "a law lets schools keep hives")
BUDGET_SAYS = ("the hidden budget pays for no keepers",)
INDICATORS = {
    "language": "en",
    "indicators": [
        {"indicator": name, "group": group, "title": name, "definition": f"How much {name}.", "measure": "share"}
        for name, group in (("urban", "needs-and-population"), ("saved", "finance"))
    ],
}


def profile(place: str, title: str, urban: int, saved: int | str) -> dict[str, object]:
    """A sound context profile that says one thing in words."""
    groups: dict[str, object] = dict.fromkeys(
        (
            "needs-and-population", "political-will", "finance", "ecosystem-capacity", "culture-and-words", "market-access",
            "gender-and-inclusion",
        ),
        "unknown",
    )  # fmt: skip
    return {
        "context": place,
        "kind": "country",
        "within": "",
        "language": "en",
        "title": title,
        "languages": "unknown",
        "legal_forms": "unknown",
        "groups": {**groups, "legal-framework": f"{title} has a law on hives [@law]."},
        "values": [
            {"indicator": "urban", "value": urban, "date": "2023", "scope": "whole country", "source": "law"},
            {"indicator": "saved", "value": "unknown"}
            if saved == "unknown"
            else {"indicator": "saved", "value": saved, "date": "2023", "scope": "whole country", "source": "law"},
        ],
        "sources": {"law": {"title": "The law", "organisation": "Parliament"}},
        "reviewed": "2026-11-22",
    }


def a_base(tmp_path: Path, records: Callable[[], UnitOfWork]) -> KnowledgeBase:
    """With the members of :func:`tests.assessed.a_base`: fay leads, ann, bo and cy judge, cy leads too, sam is a member."""
    kb = assessed.a_base(tmp_path, records)
    make_ground(kb)
    return kb


def make_ground(kb: KnowledgeBase) -> None:
    """Add to a base of :mod:`tests.assessed` what tests of transferability need."""
    for folder in (kb.contexts.folder, kb.frameworks.folder):
        folder.mkdir(parents=True)
    (kb.contexts.folder / "indicators.yaml").write_text(json.dumps(INDICATORS), encoding="utf-8")
    for place, title, urban, saved in (("SI", "Slovenia", 50, 10), ("PT", "Portugal", 70, 30), ("IE", "Ireland", 60, "unknown")):
        (kb.contexts.folder / f"{place}.yaml").write_text(json.dumps(profile(place, title, urban, saved)), encoding="utf-8")
    (kb.frameworks.folder / f"{FRAMEWORK}.yaml").write_text(json.dumps(dict(transfers.RAW)), encoding="utf-8")
    put(
        kb,
        f"practice:{PRACTICE}.yaml",
        "the city marks a path and invites schools",
        about=Metadata(
            practice=PRACTICE, title="Bee paths", countries=("SI", "IT"), other=(("documents", json.dumps([BEES, LEDGER])),)
        ),
    )
    put(kb, LISBON, *LISBON_SAYS, about=Metadata(countries=("PT",)))
    put(kb, BUDGET, *BUDGET_SAYS, about=Metadata(countries=("PT",)), visibility=Visibility.RESTRICTED)


def begun(kb: KnowledgeBase, *assessors: str, target: str = TARGET) -> str:
    """A test that fay opened and to which these members were invited."""
    fay = who(kb, "fay")
    told = opening.open_test(kb, PRACTICE, target, source=SOURCE, framework=FRAMEWORK, key=("law",), actor=fay)
    for name in assessors:
        seats.invite(kb, told, name, actor=fay)
    return told


def draft(kb: KnowledgeBase, told: str, name: str, said: Judgement, *, source: str = BEES, target: str = LISBON) -> int:
    """Keep every answer of ``said`` as the member's draft, each value with a passage of both sides. Returns the draft's version."""
    actor = who(kb, name)
    pins = {
        "source_pins": (evidence.pin(kb, told, passage_of(kb, source).id, side=Evidenced.SOURCE, stance=Stance.FOR, actor=actor),),
        "target_pins": (evidence.pin(kb, told, passage_of(kb, target).id, side=Evidenced.TARGET, stance=Stance.FOR, actor=actor),),
    }
    desk = judging.desk(kb, told, actor=actor)
    for criterion, answer in said.answers.items():
        whole = answer if answer.known is None else answer.model_copy(update=pins)
        desk = judging.keep_answer(kb, told, criterion, whole, version=desk.version, actor=actor)
    overall = {
        "facilitators": said.facilitators,
        "barriers": said.barriers,
        "adaptations": [each.model_dump() for each in said.adaptations],
        "core_kept": said.core_kept,
        "comment": said.comment,
        "language": said.language,
    }
    return judging.keep_overall(kb, told, overall, version=desk.version, actor=actor).version


def handed_in(kb: KnowledgeBase, told: str, name: str, *values: int | None, secret: str = "as it stands") -> None:
    """A member's whole judgement with these values in the framework's order."""
    version = draft(kb, told, name, transfers.judgement(*values, reason=secret))
    judging.hand_in(kb, told, version=version, actor=who(kb, name))


def concluded(kb: KnowledgeBase, *values: int | None, target: str = TARGET) -> str:
    """A test that ann judged so and fay concluded."""
    told = begun(kb, "ann", target=target)
    handed_in(kb, told, "ann", *values)
    concluding.conclude(kb, told, actor=who(kb, "fay"))
    return told
