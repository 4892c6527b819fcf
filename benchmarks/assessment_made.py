"""A knowledge base where 200 practices were assessed: the sample's, copied under other names, each by five reviewers.

``python benchmarks/assessment_made.py FOLDER [PRACTICES]`` makes one and keeps it, to look into.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from folders import ROOT

from kb import open_kb
from kb.peers.assessment import events as happened
from kb.peers.assessment.events import Body, Event, spelled
from kb.peers.assessment.final import conclusion
from kb.peers.assessment.folding import fold
from kb.peers.assessment.review import Answer, Confidence, GateAnswer, GateVerdict, Pin, Rating, Review, Stance
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.spread import to_settle
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import Passage
from kb.services import members
from kb.services.assessing.practice_passages import documents_of
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Role
from kb.services.records import KeptRubric, StoredEvent
from kb.settings import Settings

N_PRACTICES, N_REVIEWERS, N_CRITERIA = 200, 5, 20
STAGES = (("reviewing", 10), ("replying", 10), ("reconciling", 10))  # how many are there; all others are concluded
ACTORS = {"facilitator": "Lead", "reviewer": "Reviewer 0"}  # the reviewer has an own review to write, and has submitted all others
RUBRIC = "twenty-criteria"
PEOPLE = tuple(f"Reviewer {number}" for number in range(N_REVIEWERS))
SAID = (
    "the practice shows results that partners confirm in two reports while costs and the share of women remain open and a "
    "municipality elsewhere took it over with less money and other law so the evidence is a case and no comparison"
)


def made(place: Path, settings: Settings, n_practices: int = N_PRACTICES) -> Settings:
    """A knowledge base of the sample in ``place``, its sheets copied until there are so many, each assessed by all reviewers."""
    own = replace(settings, corpus=place / "corpus", index=place / "index", database_url=f"sqlite:///{place / 'kb.sqlite'}")
    own.index.mkdir(parents=True)
    own.models.symlink_to(settings.models)
    for part in ("documents", "practices", "concepts"):
        shutil.copytree(ROOT / "corpus" / part, own.corpus / part, ignore=shutil.ignore_patterns("uploads"))
    sheets = sorted(path.stem for path in own.practices.glob("*.yaml"))
    own.rubrics.mkdir()
    rubric = made_rubric()
    (own.rubrics / f"{RUBRIC}.yaml").write_text(json.dumps(_raw(), ensure_ascii=False), encoding="utf-8")
    kb = open_kb(own)
    ingest(kb, [own.documents, own.practices], actor=LOCAL_MEMBER)
    sources = {name: _passages(kb, name) for name in sheets}
    named = {name: name for name in sheets}
    for number in range(n_practices - len(sheets)):  # the same words under another name
        source = sheets[number % len(sheets)]
        name = f"{source}-{number // len(sheets) + 2}"
        text = (own.practices / f"{source}.yaml").read_text(encoding="utf-8")
        renamed = re.sub(rf"^practice: *{source}\b", f"practice: {name}", text, flags=re.MULTILINE)
        (own.practices / f"{name}.yaml").write_text(renamed, encoding="utf-8")
        named[name] = source
    for name in (ACTORS["facilitator"], *PEOPLE):
        role = Role.FACILITATOR if name == ACTORS["facilitator"] else Role.REVIEWER
        members.add(kb, name, organisation=f"House of {name}", country="PT", roles=[role], actor=LOCAL_MEMBER)
    with kb.records() as records:
        records.rubrics.keep(KeptRubric(RUBRIC, 1, rubric.sha256, rubric.canonical(), _at(0), ACTORS["facilitator"]))
        for number, (name, source) in enumerate(named.items()):
            for event in _Told(name, number, rubric, sources[source]).events():
                kind, body = spelled(event.body)
                records.assessments.append(
                    StoredEvent(f"{name}-1", event.seq, event.member, event.at_utc, kind, body, is_demo=False)
                )
    return own


def stage_of(number: int) -> str:
    """The first ones are under way, so that they are of sheets that are ingested."""
    for stage, n in STAGES:
        if number < n:
            return stage
        number -= n
    return "concluded"


@dataclass
class _Told:
    """One made-up assessment; no two reasons and comments are the same."""

    practice: str
    number: int
    rubric: Rubric
    passages: list[tuple[Passage, DocumentSummary]]

    def __post_init__(self) -> None:
        self.random = random.Random(self.number)
        self.worth = [self.random.gauss(2.8, 1.0) for _ in range(N_CRITERIA)]

    def events(self) -> list[Event]:
        told: list[Event] = []
        for member, body in self._happened(told):
            told.append(Event(len(told) + 1, member, _at(self.number * 60 + len(told)), body))
        return told

    def _happened(self, told: list[Event]) -> Iterator[tuple[str, Body]]:
        lead, stage = ACTORS["facilitator"], stage_of(self.number)
        yield lead, happened.Opened(
            practice=self.practice, title=f"Practice {self.number}", rubric=RUBRIC, version=1, rubric_sha256=self.rubric.sha256,
            due="2099-01-01", owner="City of Nowhere", countries=("IT",),
        )  # fmt: skip
        for name in PEOPLE:
            yield lead, happened.Invited(reviewer=name, organisation=f"House of {name}", country="PT")
            yield name, happened.Accepted()
        yield lead, happened.Begun()
        for name in PEOPLE if stage != "reviewing" else PEOPLE[1:]:
            yield name, happened.Submitted(review=self._review())
        if stage == "reviewing":
            return
        yield PEOPLE[-1], happened.ReplyOpened(due="2099-02-01")
        if stage == "replying":
            return
        yield (
            lead,
            happened.Replied(
                comments={name: self._words(40) for name in self.rubric.criterion_names[:5]},
                general=self._words(80),
                on_behalf_of="Owner",
            ),
        )
        yield lead, happened.ReplyClosed()
        if stage == "reconciling":
            return
        for item in to_settle(fold(self.practice, told), self.rubric):
            yield lead, happened.Settled(item=item, rating=Rating.SCORED, score=3.0, reason=self._words(40))
        yield lead, happened.Concluded(outcome=conclusion(fold(self.practice, told), self.rubric))

    def _review(self) -> Review:
        gates = {name: GateAnswer(verdict=GateVerdict.YES, reason=self._words(40)) for name in self.rubric.gate_names}
        scored = zip(self.rubric.criterion_names, self.worth, strict=True)
        return Review(gates=gates, answers={name: self._answer(worth) for name, worth in scored}, comment=self._words(100))

    def _answer(self, worth: float) -> Answer:
        if self.random.random() < 0.1:
            return Answer(rating=Rating.UNKNOWN, reason=self._words(20))
        score = min(5.0, max(0.0, round((worth + self.random.gauss(0, 0.6)) * 2) / 2))
        pins = tuple(self._pin() for _ in range(self.random.choice((1, 2, 2, 3))))
        return Answer(rating=Rating.SCORED, score=score, reason=self._words(50), confidence=Confidence.MEDIUM, pins=pins)

    def _pin(self) -> Pin:
        passage, document = self.random.choice(self.passages)
        stance = Stance.AGAINST if self.random.random() < 0.2 else Stance.FOR
        return Pin(
            passage_id=passage.id, document=document.path, sha256=document.sha256, quote=passage.text[:300], page=passage.page,
            heading=" › ".join(passage.heading_path), language=passage.language, stance=stance,
        )  # fmt: skip

    def _words(self, n: int) -> str:
        return f"{' '.join(self.random.choices(SAID.split(), k=n))}."


def _passages(kb: KnowledgeBase, practice: str) -> list[tuple[Passage, DocumentSummary]]:
    own = documents_of(kb, practice, actor=LOCAL_MEMBER).documents.values()
    return [(passage, document) for document in own for passage in kb.catalog.passages_of(document.id)]


def _raw() -> dict[str, Any]:
    """As many criteria as are promised, asked as those of the sample's rubric are."""
    from kb.adapters.versioned_folder import rubrics_in

    file = rubrics_in(ROOT / "corpus" / "rubrics").read("plp-good-practice")
    assert file.made is not None
    raw: dict[str, Any] = json.loads(file.made.canonical())
    kept = [each for tier in raw["tiers"] for each in tier["criteria"]]
    more = [{**kept[at % len(kept)], "criterion": f"more-{at}"} for at in range(N_CRITERIA - len(kept))]
    raw["tiers"][-1]["criteria"] += more
    return {**raw, "rubric": RUBRIC, "version": 1}


def made_rubric() -> Rubric:
    """Of twenty criteria."""
    return Rubric.of(_raw())


def _at(minute: int) -> str:
    return f"2026-{1 + minute // 1440 // 28:02}-{1 + minute // 1440 % 28:02}T{minute // 60 % 24:02}:{minute % 60:02}:00+00:00"


if __name__ == "__main__":
    print(made(Path(sys.argv[1]), Settings.from_env(folder=ROOT), *map(int, sys.argv[2:])).variables())
