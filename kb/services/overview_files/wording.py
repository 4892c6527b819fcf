"""The fixed words of overviews that are handed out. English here; the app gives the same in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.retrieval.wording import Wording

MINUS = "−"


def _why_not() -> Mapping[str, str]:
    return {
        "not-assessed": "Not assessed",
        "other-rubric": "Assessed by another rubric",
        "other-version": "Assessed by another version of this rubric",
        "demonstration": "Assessed in the demonstration only, which counts no more",
        "no-stages": "The rubric has no stages of evidence",
        "no-impact": "Its impact could not be scored in full",
        "no-evidence": "The quality of its evidence could not be scored",
    }


def _verdicts() -> Mapping[str, str]:
    return {"yes": "Yes", "no": "No", "unclear": "Unclear"}


def _rungs() -> Mapping[str, str]:
    return {
        "declared": "Declared", "project-approved": "Approved by the project", "peer-validated": "Validated by peers",
        "expert-validated": "Validated by experts",
    }  # fmt: skip


def _footings() -> Mapping[str, str]:
    return {"covered": "Could work", "thin": "Too little is known", "blocked": "Something stands in the way"}


def _certainties() -> Mapping[str, str]:
    return {"anticipated": "Anticipated", "tested": "Tested", "confirmed": "Confirmed"}


@dataclass(frozen=True)
class OverviewWording:
    """The fixed words; names in braces are filled in.

    Attributes:
        citing: the fixed words of sources.
        decimal: between whole and parts of a number.
        why_not, verdicts, rungs, footings, certainties: by code.
        countries: names by code of a place; one that is not among them is shown as it is.
    """

    citing: Wording = field(default_factory=Wording)
    decimal: str = "."
    demonstration: str = "Demonstration data"
    demonstration_note: str = "Some of this was made up to show how the software works. It says nothing about practice or places."
    demonstration_mark: str = "{text} (demonstration)"
    replaced: str = "Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."
    made_on: str = "Written on"
    none: str = "–"
    benchmark: str = "Benchmark"
    transfer: str = "Transfer"
    practice: str = "Practice"
    rubric: str = "Rubric"
    rubric_version: str = "{rubric}, version {n}"
    result: str = "Result"
    reviewers: str = "Reviewers"
    stale: str = "Evidence changed"
    evidence: str = "Evidence"
    impact: str = "Impact"
    grid_title: str = "Impact and evidence"
    grid_note: str = "Every practice that was assessed by {rubric}: by name, and in no other order"
    no_grid: str = "No practice has a concluded assessment by a rubric with stages of evidence yet."
    stage: str = "Stage of evidence"
    no_stage: str = "No stage"
    off_grid: str = "Not on the grid"
    why: str = "Why"
    beside_title: str = "Side by side"
    beside_note: str = "Practices beside practices, to learn from. Partners are never compared: there is no list of the best."
    gates: str = "Gates"
    not_assessed: str = "Not assessed by this rubric"
    changed: str = "The document was changed after this was quoted; the words still stand in it."
    gone: str = "These words are not in the document any more."
    left_out: str = "Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."
    ladder_title: str = "How far it is validated"
    ladder_note: str = "Now: {step}. Each step stands on its own grounds."
    step: str = "Step"
    state: str = "State"
    by_whom: str = "By whom"
    on_what: str = "On what evidence"
    until: str = "Until"
    not_reached: str = "Not reached"
    stands: str = "✓ Stands"
    expired: str = "! Expired"
    withdrawn: str = "✕ Withdrawn"
    not_granted: str = "✕ Not granted"
    own_sheet: str = "The practice’s own sheet"
    no_date: str = "No date is said"
    earlier: str = "Earlier decisions"
    could_work: str = "What could work in {place}"
    where_work: str = "Where {practice} could work"
    ranking_note: str = "By the mean, highest first; with the range if all that is unknown were −2 or +2"
    place: str = "Place"
    source: str = "From"
    spanned: str = "{value} ({low} to {high})"
    no_mean: str = "no mean"
    known: str = "Criteria known"
    n_of_m: str = "{n} of {total}"
    in_the_way: str = "In the way"
    certainty: str = "Certainty"
    certainty_note: str = "Judged in advance. Nobody has evaluated yet how a transfer went."
    assessors: str = "Assessors"
    untested: str = "Not tested yet ({n})"
    untested_note: str = (
        "The nearest place first, by what is known of both. Near is no judgement: it says where a test is worthwhile."
    )
    distance: str = "Distance between the places"
    no_distance: str = "Nothing is known of both places that could be compared."
    why_not: Mapping[str, str] = field(default_factory=_why_not)
    verdicts: Mapping[str, str] = field(default_factory=_verdicts)
    rungs: Mapping[str, str] = field(default_factory=_rungs)
    footings: Mapping[str, str] = field(default_factory=_footings)
    certainties: Mapping[str, str] = field(default_factory=_certainties)
    countries: Mapping[str, str] = field(default_factory=dict)

    def number(self, value: float | None, digits: int = 2) -> str:
        """With at most ``digits`` decimals, none of them an idle zero; a dash for none."""
        if value is None:
            return self.none
        told = f"{round(value, digits) + 0.0:.{digits}f}"
        return told.rstrip("0").rstrip(".").replace("-", MINUS).replace(".", self.decimal)

    def signed(self, value: float) -> str:
        """A value of transferability, with its sign."""
        told = self.number(value)
        return f"+{told}" if round(value, 2) > 0 else told

    def marked(self, text: str, *, is_demo: bool) -> str:
        """``text``, said to be of the demonstration where it is."""
        return self.demonstration_mark.format(text=text) if is_demo else text

    def place_name(self, code: str) -> str:
        """Its name, if it is known."""
        return self.countries.get(code, code)
