"""An assessment as it is handed out to one reader: plain values, made by :mod:`kb.services.assessing.reporting`.

All texts are safe to write: without control characters, and without names that must be withheld. Words that are the same in every
assessment are no part of it: :mod:`kb.services.assessment_files.wording` has them in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from kb.retrieval.writable import writable
from kb.services.handouts.exhibits import NOTHING_CITED, Cited, Exhibit


@dataclass(frozen=True)
class Panelist:
    """A seat of the panel.

    Attributes:
        name: of the member, or "Reviewer 1" to a reader who may not know it.
        country: ISO 3166 alpha-2.
        state: invited, accepted, declined, excused or submitted.
    """

    name: str
    organisation: str = ""
    country: str = ""
    state: str = ""
    is_third: bool = False


@dataclass(frozen=True)
class Said:
    """What one reviewer said to a gate or criterion.

    Attributes:
        rating: of a criterion: scored, not-assessable or unknown.
        score: on the rubric's scale; ``None`` where there is none.
        verdict: on a gate: yes, no or unclear.
        confidence: low, medium, high or empty.
        is_withdrawn: by the reviewer, since its evidence changed.
        is_stale: its evidence changed, and the reviewer did not look at it yet.
    """

    reviewer: str
    rating: str = ""
    score: float | None = None
    verdict: str = ""
    confidence: str = ""
    reason: str = ""
    cited: Cited = NOTHING_CITED
    is_withdrawn: bool = False
    is_stale: bool = False


@dataclass(frozen=True)
class Agreed:
    """What the panel agreed on after it had talked.

    Attributes:
        by: who wrote it down; ``on`` is the ISO date.
    """

    rating: str = ""
    score: float | None = None
    verdict: str = ""
    reason: str = ""
    by: str = ""
    on: str = ""


@dataclass(frozen=True)
class Item:
    """A gate or a criterion with all that was said to it.

    Attributes:
        name: in the rubric.
        tier: name of its tier; empty for a gate.
        rating: of the final score: scored or not-assessable; empty while there is nothing to tell.
        score: the final one.
        verdict: the final one, of a gate.
        agreed: ``None`` where the score is the median of the reviewers' scores, or the verdict that of all.
        reply: of the owner.
        is_wide: reviewers were so far apart that they had to talk.
    """

    name: str
    title: str
    question: str
    tier: str = ""
    tier_title: str = ""
    weight: float | None = None
    rating: str = ""
    score: float | None = None
    verdict: str = ""
    said: tuple[Said, ...] = ()
    agreed: Agreed | None = None
    reply: str = ""
    is_wide: bool = False


@dataclass(frozen=True)
class Unmet:
    """A condition of a better label that did not hold; ``condition`` is one of kb.peers.assessment.outcome.Condition."""

    label: str
    condition: str
    item: str = ""
    wanted: float | None = None
    got: float | None = None


@dataclass(frozen=True)
class Reached:
    """What the assessment came to.

    Attributes:
        label: its name in the rubric; ``label_title`` in the reader's language; so ``stage``.
        status: what the practice may be called, or empty.
        weighted_mean: for ranking only.
        is_final: concluded, and not only what it would come to now.
    """

    label: str
    label_title: str
    is_positive: bool
    n_scored: int
    n_criteria: int
    status: str = ""
    stage: str = ""
    stage_title: str = ""
    weighted_mean: float | None = None
    impact: float | None = None
    evidence_quality: float | None = None
    unmet: tuple[Unmet, ...] = ()
    is_final: bool = True


@dataclass(frozen=True)
class Move:
    """Something that happened, as :mod:`kb.peers.assessment.events` names it; ``detail`` in plain words, or empty."""

    at_utc: str
    member: str
    kind: str
    detail: str = ""


@dataclass(frozen=True)
class AssessmentReport:
    """An assessment as one reader may see it.

    Attributes:
        id: of the assessment.
        practice: its name; ``title`` in words.
        summary: the practice in a few sentences, or empty.
        place: in words; ``countries`` as ISO 3166 alpha-2.
        rubric_sha256: of its canonical text.
        lowest: of the scale; so ``highest``.
        language: of titles and questions: the reader's.
        stage: opened, reviewing, replying, reconciling, concluded or cancelled.
        opened_on: ISO date, as all dates here; empty where there is none.
        look_again_on: when the conclusion should be looked at again.
        made_on: when this report was made.
        reached: ``None`` while nothing may be told.
        comments: reviewer → what the reviewer said about all of it.
        reply: of the owner, to all of it; ``reply_by`` says who wrote it.
        unsupported: titles of criteria that are scored without evidence, with the reviewers who did.
        n_left_out: quotations that are left out: of documents that are not for the reader's eyes, or gone.
        lacking: fields that the practice sheet did not say when the assessment was opened.
    """

    id: str
    practice: str
    title: str
    rubric: str
    rubric_title: str
    rubric_version: int
    lowest: float
    highest: float
    stage: str
    made_on: str
    language: str = "en"
    summary: str = ""
    owner: str = ""
    place: str = ""
    countries: tuple[str, ...] = ()
    rubric_sha256: str = ""
    opened_on: str = ""
    due: str = ""
    concluded_on: str = ""
    look_again_on: str = ""
    reached: Reached | None = None
    panel: tuple[Panelist, ...] = ()
    gates: tuple[Item, ...] = ()
    criteria: tuple[Item, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    reply: str = ""
    reply_by: str = ""
    evidence: tuple[Exhibit, ...] = ()
    unsupported: tuple[tuple[str, tuple[str, ...]], ...] = ()
    n_left_out: int = 0
    lacking: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    is_demo: bool = False

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Whoever said something, in the order of the panel."""
        spoke = {said.reviewer: None for item in (*self.gates, *self.criteria) for said in item.said}
        seated = [each.name for each in self.panel if each.name in spoke]
        return (*seated, *(name for name in spoke if name not in seated))


def safe(value: Any) -> Any:
    """``value`` with every text in it fit to be written: see :func:`kb.retrieval.writable.writable`."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, tuple):
        return tuple(map(safe, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: safe(getattr(value, each.name)) for each in fields(value)})
    return value
