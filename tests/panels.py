"""A small rubric, and events of assessments as panels make them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.events import Accepted, Begun, Body, Event, Invited, Opened, ReplyClosed, ReplyOpened, Submitted
from kb.peers.assessment.review import Answer, Confidence, GateAnswer, GateVerdict, Pin, Rating, Review, Stance
from kb.peers.assessment.rubric import Rubric

TODAY = "2026-11-22"
DUE = "2026-12-20"
OWNER = "Comune di Cesena"
FACILITATOR = Reader("fay", is_facilitator=True, organisation="Network")
RESPONDENT = Reader("olu", organisation="comune di  CESENA")
STRANGER = Reader("sam", organisation="Elsewhere")


def criterion(name: str, weight: int = 1) -> dict[str, object]:
    return {
        "criterion": name,
        "title": name,
        "question": f"How is {name}?",
        "anchors": {"0": "nothing", "5": "all"},
        "weight": weight,
        "source": "grid",
    }


def gate(name: str) -> dict[str, object]:
    return {"gate": name, "title": name, "question": f"Does {name} hold?", "source": "grid"}


RAW: Mapping[str, object] = {
    "rubric": "small",
    "version": 1,
    "language": "en",
    "title": "A small rubric",
    "purpose": "To test with.",
    "minutes": 10,
    "scale": {"lowest": 0, "highest": 5, "step": 0.5},
    "spread": 2,
    "weights_set": {"by": "the editors", "on": "2026-11-22", "why": "To test with."},
    "review_after_months": 24,
    "gates": [gate("relevance"), gate("ethics")],
    "tiers": [
        {"tier": "core", "title": "Core", "criteria": [criterion("effectiveness", weight=2), criterion("equity")]},
        {"tier": "more", "title": "More", "criteria": [criterion("reach"), criterion("evidence"), criterion("transfer")]},
    ],
    "labels": [
        {
            "label": "validated",
            "title": "Validated",
            "is_positive": True,
            "each": 3,
            "tiers": {"core": 3.5},
            "coverage": 0.8,
            "scored": ["core"],
        },
        {
            "label": "promising",
            "title": "Promising",
            "is_positive": True,
            "each": 2,
            "tiers": {"core": 3},
            "coverage": 0.6,
            "scored": ["core"],
        },
        {"label": "candidate", "title": "Candidate"},
    ],
    "gate_labels": {"no": "not-recommended", "unclear": "candidate"},
    "titles": {"not-recommended": "Not recommended"},
    "stages": {
        "impact": ["effectiveness", "reach"],
        "evidence": "evidence",
        "steps": [
            {"stage": "emerging", "impact": 0, "evidence": 0},
            {"stage": "promising", "impact": 2, "evidence": 2},
            {"stage": "leading", "impact": 3, "evidence": 3},
            {"stage": "best", "impact": 4, "evidence": 4.5},
        ],
    },
    "sources": {"grid": {"title": "A grid", "organisation": "Somebody", "date": "2026"}},
}
RUBRIC = Rubric.of(RAW)


def pin(quote: str = "The route has seven hives.") -> Pin:
    return Pin(passage_id="p1", document="a.md", sha256="0" * 64, quote=quote, stance=Stance.FOR)


def answer(score: float | None, reason: str = "as it stands", **others: object) -> Answer:
    """A score, or "unknown" without one."""
    if score is None:
        return Answer(rating=Rating.UNKNOWN, reason=reason, **others)  # type: ignore[arg-type]
    return Answer(rating=Rating.SCORED, score=score, reason=reason, confidence=Confidence.HIGH, **{"pins": (pin(),), **others})  # type: ignore[arg-type]


def review(
    *scores: float | None, gates: Iterable[GateVerdict] = (GateVerdict.YES, GateVerdict.YES), secret: str = "as it stands"
) -> Review:
    """A whole review with these scores in the rubric's order."""
    return Review(
        gates={name: GateAnswer(verdict=said, reason=secret) for name, said in zip(RUBRIC.gate_names, gates, strict=True)},
        answers={name: answer(score, secret) for name, score in zip(RUBRIC.criterion_names, scores, strict=True)},
        comment=secret,
    )


def opened(**others: object) -> Opened:
    given = {"practice": "bees", "title": "Bees", "rubric": "small", "version": 1, "rubric_sha256": RUBRIC.sha256}
    return Opened.model_validate({**given, "due": DUE, "owner": OWNER, "countries": ("IT",), **others})


def invited(name: str, **others: object) -> Invited:
    return Invited.model_validate({"reviewer": name, "organisation": f"House of {name}", "country": "PT", **others})


def events(*told: tuple[str, Body]) -> list[Event]:
    """Member and body of each, a minute after the other."""
    return [
        Event(number, member, f"2026-11-22T10:{number // 60:02}:{number % 60:02}+00:00", body)
        for number, (member, body) in enumerate(told, start=1)
    ]


def reviewed(reviews: Mapping[str, Review], *after: tuple[str, Body]) -> list[Event]:
    """An assessment of which all these reviews are there, and what came after that."""
    told: list[tuple[str, Body]] = [("fay", opened())]
    told += [("fay", invited(name)) for name in reviews]
    told += [(name, Accepted()) for name in reviews]
    told += [("fay", Begun())]
    told += [(name, Submitted(review=each)) for name, each in reviews.items()]
    told += [(list(reviews)[-1], ReplyOpened(due="2027-01-03"))]
    return events(*told, *after)


def reconciling(reviews: Mapping[str, Review], *after: tuple[str, Body]) -> list[Event]:
    """As :func:`reviewed`, with the reply closed."""
    return reviewed(reviews, ("olu", ReplyClosed()), *after)
