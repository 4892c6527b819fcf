"""A test of transferability as it is handed out to one reader: plain values, made by :mod:`kb.services.transferring.reporting`.

All texts are safe to write: without control characters, and without names that must be withheld. Words that are the same in every
test are no part of it: :mod:`kb.services.transfer_files.wording` has them in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.services.assessment_files.report import Move, Panelist
from kb.services.handouts.exhibits import Cited, Exhibit


@dataclass(frozen=True)
class SideCited:
    """Evidence of one side that an assessor pinned to an answer; ``cited.none_found``: looked for there and not found."""

    side: str  # source or target
    cited: Cited


@dataclass(frozen=True)
class Judged:
    """What one assessor said to a criterion.

    Attributes:
        value: −2 … 2; ``None`` where the assessor could not tell.
        confidence: low, medium, high or empty.
        is_stale: its evidence changed since.
    """

    assessor: str
    value: int | None
    confidence: str = ""
    reason: str = ""
    evidence: tuple[SideCited, ...] = ()
    is_stale: bool = False


@dataclass(frozen=True)
class Asked:
    """A criterion with all that was said to it.

    Attributes:
        name: in the framework.
        side: practice, context or process.
        is_key: the practice rests on it.
        mean: of those assessors who could tell; ``None``: nobody could.
        lowest: value of any assessor; so is ``highest``.
        n_known: assessors who gave a value; ``n_unknown``: who gave none.
        n_blocking: assessors who gave −2.
        if_low: the mean of all if this unknown criterion were −2; ``if_high``: if it were +2; ``None`` where it is known.
    """

    name: str
    title: str
    question: str
    side: str
    side_title: str
    is_key: bool = False
    mean: float | None = None
    lowest: int | None = None
    highest: int | None = None
    n_known: int = 0
    n_unknown: int = 0
    n_blocking: int = 0
    is_apart: bool = False
    if_low: float | None = None
    if_high: float | None = None
    said: tuple[Judged, ...] = ()


@dataclass(frozen=True)
class OfSide:
    """What the criteria of one side come to."""

    side: str
    title: str
    mean: float | None
    n_known: int
    n_all: int


@dataclass(frozen=True)
class Reached:
    """What a test came to: never a mean alone.

    Attributes:
        mean: ``None`` if no criterion is known.
        low: the mean if every unknown criterion were −2; ``high``: if it were +2.
        n_known: criteria that are known, of ``n_all``.
        is_final: concluded; else what the reader's own judgement comes to alone.
    """

    mean: float | None
    low: float
    high: float
    n_known: int
    n_all: int
    n_assessors: int
    is_final: bool
    by_side: tuple[OfSide, ...] = ()


@dataclass(frozen=True)
class Whole:
    """What one assessor said of all of it; ``adaptations`` are an element and how it would be different."""

    assessor: str
    facilitators: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    adaptations: tuple[tuple[str, str], ...] = ()
    core_kept: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True)
class Went:
    """How a transfer went: worked, partly or did-not-work; ``on`` is an ISO date; ``sources`` with their dates."""

    outcome: str
    on: str
    seen: str
    by: str
    cited: Cited
    case: str = ""
    sources: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Differs:
    """A part of the distance: how far two places are apart by an indicator (0 … 1), and its share of the whole distance."""

    title: str
    apart: float
    share: float


@dataclass(frozen=True)
class Far:
    """How far the two places are apart by what is known of both: 0 … 1; the parts with the largest share first."""

    value: float | None
    n_known: int
    n_all: int
    parts: tuple[Differs, ...] = ()


@dataclass(frozen=True)
class TransferReport:
    """A test of transferability as one reader may see it.

    Attributes:
        practice: its name; ``title`` in words.
        source: place that the practice comes from, as ISO 3166; ``source_title`` in words; so ``target``.
        stage: open, concluded or cancelled.
        certainty: anticipated, tested or confirmed.
        why: what the test is for.
        made_on: ISO date, as all dates here; empty where there is none.
        reached: ``None`` while nothing may be told.
        n_left_out: quotations that are left out: of documents that are not for the reader's eyes, or gone.
    """

    id: str
    practice: str
    title: str
    source: str
    source_title: str
    target: str
    target_title: str
    framework: str
    framework_title: str
    framework_version: int
    stage: str
    certainty: str
    made_on: str
    language: str = "en"
    summary: str = ""
    why: str = ""
    opened_on: str = ""
    opened_by: str = ""
    due: str = ""
    ended_on: str = ""
    reached: Reached | None = None
    assessors: tuple[Panelist, ...] = ()
    criteria: tuple[Asked, ...] = ()
    wholes: tuple[Whole, ...] = ()
    distance: Far | None = None
    went: tuple[Went, ...] = ()
    evidence: tuple[Exhibit, ...] = ()
    n_left_out: int = 0
    moves: tuple[Move, ...] = ()
    is_demo: bool = False
