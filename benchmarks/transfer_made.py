"""A knowledge base of many practices, many places, and a concluded test of every practice for every place.

``python benchmarks/transfer_made.py FOLDER`` makes one and keeps it, to look into.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import assessment_made
import sqlalchemy
from folders import ROOT

from kb import open_kb
from kb.adapters.records.tables import journal
from kb.peers.assessment.review import Confidence, Pin, Stance
from kb.peers.narrative import Text
from kb.peers.transfer import events as happened
from kb.peers.transfer.events import STREAM, Body, CaseOutcome, spelled
from kb.peers.transfer.framework import VALUES, Criterion, Framework
from kb.peers.transfer.judgement import Adaptation, CriterionAnswer, Judgement
from kb.peers.transfer.result import result
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import Passage
from kb.services import frameworks
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.members import acting_as
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings

N_PRACTICES, N_PLACES = 1000, 40
MORE_PLACES = ("AT", "AU", "CH", "CL", "CZ", "DK", "GR", "HR", "JP", "LT", "LU", "NL", "NO", "RO", "SK", "ZA")  # as of another one
N_ASSESSORS = (1, 1, 1, 2)  # one of these, by chance
N_POOL = 400  # made-up judgements that tests are of, by chance
UNKNOWN, EVALUATED, OPEN = 0.25, 0.1, 0.05  # shares: of the answers; of the tests; pairs that are tested once more
FRAMEWORK = "plp-transferability"
MANY = 20_000  # entries kept at once
ASSESSORS = assessment_made.PEOPLE
LEAD = assessment_made.ACTORS["facilitator"]


def made(place: Path, settings: Settings, n_practices: int = N_PRACTICES, n_places: int = N_PLACES) -> Settings:
    """As :func:`assessment_made.made`, each practice assessed; all sheets and profiles are ingested; and the tests."""
    own = assessment_made.made(place, settings, n_practices)
    shutil.copytree(ROOT / "corpus" / "frameworks", own.frameworks)
    own.contexts.mkdir()
    known = sorted(path.stem for path in (ROOT / "corpus" / "contexts").glob("??.yaml"))
    there = sorted(path.stem for path in (ROOT / "corpus" / "contexts").glob("*.yaml") if path.stem != "indicators")
    places = [*there, *MORE_PLACES][:n_places]
    shutil.copy(ROOT / "corpus" / "contexts" / "indicators.yaml", own.contexts)
    for n, code in enumerate(places):
        like = code if code in there else known[n % len(known)]
        text = (ROOT / "corpus" / "contexts" / f"{like}.yaml").read_text(encoding="utf-8")
        renamed = re.sub(rf"^context: *{like}\b", f"context: {code}", text, flags=re.MULTILINE)
        (own.contexts / f"{code}.yaml").write_text(renamed, encoding="utf-8")
    kb = open_kb(own)
    ingest(kb, [own.documents, own.practices, own.contexts], actor=LOCAL_MEMBER)
    _test(kb, own.database_url, places)
    return own


def _test(kb: KnowledgeBase, url: str, places: Sequence[str]) -> None:
    lead = acting_as(kb, LEAD)
    assert lead is not None
    framework = frameworks.framework(kb, FRAMEWORK, actor=LOCAL_MEMBER)
    with kb.records() as records:
        frameworks.keep_in_use(kb, records, framework, actor=lead)
    some = kb.catalog.documents()[:40]
    passages = [(each, document) for document in some for each in kb.catalog.passages_of(document.id)]
    told = _Told(framework, places, passages)
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        waiting: list[dict[str, object]] = []
        for entry in told.of_all(kb.practices.names()):
            waiting.append(entry)
            if len(waiting) == MANY:
                connection.execute(journal.insert(), waiting)
                waiting.clear()
        connection.execute(journal.insert(), waiting)
    engine.dispose()


@dataclass
class _Told:
    """Made-up tests. Judgements, and what several come to, are taken by chance from those made beforehand."""

    framework: Framework
    places: Sequence[str]
    passages: Sequence[tuple[Passage, DocumentSummary]]

    def __post_init__(self) -> None:
        self.random = random.Random(1)
        pool = [self._judgement() for _ in range(N_POOL)]
        self.panels = []
        for _ in range(N_POOL):
            members = dict(zip(ASSESSORS, self.random.sample(pool, self.random.choice(N_ASSESSORS)), strict=False))
            handed_in = [(member, happened.HandedIn(judgement=each)) for member, each in members.items()]
            end = happened.Concluded(result=result(members, self.framework, self.framework.criterion_names[6:9]))
            self.panels.append(([(member, *spelled(each)) for member, each in handed_in], spelled(end)))

    def of_all(self, practices: Sequence[str]) -> Iterator[dict[str, object]]:
        """Rows of the journal, test after test."""
        minute = 0
        for practice in practices:
            for place in self.places:
                minute += 1
                yield from self._test(practice, place, 1, minute)
                if self.random.random() < OPEN:
                    yield self._row(f"{practice}-to-{place.lower()}-2", 1, minute, LEAD, *spelled(self._opened(practice, place)))

    def _test(self, practice: str, place: str, n: int, minute: int) -> Iterator[dict[str, object]]:
        handed_in, end = self.random.choice(self.panels)
        happenings: list[tuple[str, str, str]] = [(LEAD, *spelled(self._opened(practice, place)))]
        for member, *_ in handed_in:
            body: Body = happened.Invited(assessor=member, organisation=f"House of {member}", country="PT")
            happenings.append((LEAD, *spelled(body)))
        happenings += [*handed_in, (LEAD, *end)]
        if self.random.random() < EVALUATED:
            body = happened.Evaluated(outcome=self.random.choice(list(CaseOutcome)), on="2026-11-01", what=self._words(30))
            happenings.append((LEAD, *spelled(body)))
        for seq, (member, kind, text) in enumerate(happenings, start=1):
            yield self._row(f"{practice}-to-{place.lower()}-{n}", seq, minute, member, kind, text)

    def _opened(self, practice: str, place: str) -> Body:
        return happened.Opened(
            practice=practice, title=f"Title of {practice}", source="IT", target=place, framework=self.framework.framework,
            version=self.framework.version, framework_sha256=self.framework.sha256, key=self.framework.criterion_names[6:9],
        )  # fmt: skip

    def _row(self, test: str, seq: int, minute: int, member: str, kind: str, body: str) -> dict[str, object]:
        at = f"2026-{1 + minute // 1440 % 10:02}-{1 + minute // 14400 % 28:02}T{minute // 60 % 24:02}:{minute % 60:02}:00+00:00"
        whole = {"stream": STREAM, "subject": test, "seq": seq, "member": member, "at_utc": at, "kind": kind, "body": body}
        return {**whole, "is_demo": False}

    def _judgement(self) -> Judgement:
        answers = {each.criterion: self._answer(each) for each in self.framework.criteria}
        points = tuple(self._words(8) for _ in range(3))
        adapted = (Adaptation(element=self._words(4), how=self._words(12)),)
        return Judgement(answers=answers, facilitators=points, barriers=points, adaptations=adapted, comment=self._words(40))

    def _answer(self, asked: Criterion) -> CriterionAnswer:
        if self.random.random() < UNKNOWN:
            return CriterionAnswer(is_unknown=True, reason=self._words(20))
        value = self.random.choices(VALUES, weights=(1, 4, 8, 10, 6))[0]
        return CriterionAnswer(
            value=value, reason=self._words(25), confidence=Confidence.MEDIUM,
            source_pins=self._pins(asked.source_query), target_pins=self._pins(asked.target_query),
        )  # fmt: skip

    def _pins(self, query: Text | None) -> tuple[Pin, ...]:
        """One where passages are looked for."""
        return (self._pin(),) if query is not None else ()

    def _pin(self) -> Pin:
        passage, document = self.random.choice(self.passages)
        return Pin(
            passage_id=passage.id, document=document.path, sha256=document.sha256, quote=passage.text[:120], page=passage.page,
            heading=" › ".join(passage.heading_path), language=passage.language, stance=Stance.FOR,
        )  # fmt: skip

    def _words(self, n: int) -> str:
        return f"{' '.join(self.random.choices(assessment_made.SAID.split(), k=n))}."


if __name__ == "__main__":
    print(made(Path(sys.argv[1]), Settings.from_env(folder=ROOT), *map(int, sys.argv[2:])).variables())
