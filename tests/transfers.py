"""A small framework, and judgements and events of tests of transferability."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.review import Confidence, Pin, Stance
from kb.peers.transfer.events import Body, Concluded, Event, HandedIn, Invited, Opened
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.judgement import CriterionAnswer, Judgement
from kb.peers.transfer.result import result

TODAY = "2026-11-22"
FAY = Reader("fay", is_facilitator=True, organisation="Network")
OPA = Reader("opa", organisation="House of Opa")  # opens tests
SAM = Reader("sam", organisation="Elsewhere")


def _criterion(name: str, **asked: str) -> dict[str, object]:
    return {
        "criterion": name,
        "title": name,
        "question": f"How is {name}?",
        "anchors": {-2: "against it", 0: "neither", 2: "for it"},
        "traced_to": [{"source": "guide", "term": name}],
        **asked,
    }


RAW: Mapping[str, object] = {
    "framework": "small",
    "version": 1,
    "language": "en",
    "title": "A small framework",
    "purpose": "To test with.",
    "minutes": 10,
    "key_weight": 2,
    "apart": 2,
    "weights_set": {"by": "the editors", "on": "2026-11-22", "why": "To test with."},
    "sides": [
        {
            "side": "practice",
            "title": "Practice",
            "criteria": [_criterion("core", source_query="what is it?"), _criterion("evidence", source_query="does it work?")],
        },
        {
            "side": "context",
            "title": "Context",
            "criteria": [
                _criterion("law", source_query="which law?", target_query="which law?", condition="condition-legal-framework"),
                _criterion("finance", target_query="who pays?", condition="condition-finance"),
                _criterion("need", target_query="who needs it?"),
            ],
        },
        {"side": "process", "title": "Process", "criteria": [_criterion("champion", target_query="who leads?")]},
    ],
    "sources": {"guide": {"title": "A guide", "organisation": "A network"}},
}
FRAMEWORK = Framework.of(RAW)
NAMES = FRAMEWORK.criterion_names
KEY = ("law",)


def pin(passage: str = "d#1") -> Pin:
    return Pin(passage_id=passage, document="d.pdf", sha256="0" * 64, quote="The bees came.", stance=Stance.FOR)


def answer(value: int | None, reason: str = "so") -> CriterionAnswer:
    """``None``: said to be unknown."""
    confidence = None if value is None else Confidence.MEDIUM
    return CriterionAnswer(value=value, is_unknown=value is None, reason=reason, confidence=confidence)


def judgement(*values: int | None, reason: str = "so") -> Judgement:
    """Of core, evidence, law, finance, need, champion, in this order."""
    return Judgement(answers={name: answer(value, reason) for name, value in zip(NAMES, values, strict=True)}, comment=reason)


def opened(practice: str = "bees", target: str = "PT") -> Opened:
    return Opened(
        practice=practice,
        title=practice.title(),
        source="IT",
        target=target,
        framework=FRAMEWORK.framework,
        version=FRAMEWORK.version,
        framework_sha256=FRAMEWORK.sha256,
        key=KEY,
    )


def concluded(judgements: Mapping[str, Judgement]) -> Concluded:
    return Concluded(result=result(judgements, FRAMEWORK, KEY))


def events(*told: tuple[str, Body]) -> list[Event]:
    """(member, body), numbered and a second apart."""
    return [Event(n, member, f"2026-11-22T10:{n // 60:02}:{n % 60:02}+00:00", body) for n, (member, body) in enumerate(told, 1)]


def handed_in(judgements: Mapping[str, Judgement], *more: tuple[str, Body]) -> list[Event]:
    """Opened by opa; each was invited, then each handed in."""
    told: list[tuple[str, Body]] = [("opa", opened())]
    told += [("opa", Invited(assessor=name, organisation=f"House of {name}")) for name in judgements]
    told += [(name, HandedIn(judgement=each)) for name, each in judgements.items()]
    return events(*told, *more)


def bodies(told: Iterable[Event]) -> list[Body]:
    return [event.body for event in told]
