"""How an assessment is told in words. English here; the app gives the same in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.retrieval.wording import Wording


def _ratings() -> Mapping[str, str]:
    return {"scored": "Scored", "not-assessable": "Not assessable", "unknown": "Cannot tell"}


def _confidences() -> Mapping[str, str]:
    return {"low": "Unsure", "medium": "Fairly sure", "high": "Sure"}


def _verdicts() -> Mapping[str, str]:
    return {"yes": "Yes", "no": "No", "unclear": "Unclear"}


def _stages() -> Mapping[str, str]:
    return {
        "opened": "Opened",
        "reviewing": "Reviewing",
        "replying": "Reply of the owner",
        "reconciling": "Reconciling",
        "concluded": "Concluded",
        "cancelled": "Cancelled",
    }


def _seats() -> Mapping[str, str]:
    return {
        "invited": "Invited",
        "accepted": "Accepted",
        "declined": "Declined",
        "excused": "Excused",
        "submitted": "Submitted",
    }


def _statuses() -> Mapping[str, str]:
    return {
        "project-approved": "Approved by the project",
        "peer-validated": "Validated by peers",
        "expert-validated": "Validated by experts",
    }


def _moves() -> Mapping[str, str]:
    return {
        "opened": "opened the assessment",
        "invited": "invited a reviewer",
        "accepted": "accepted the invitation",
        "declined": "declined the invitation",
        "excused": "excused a reviewer",
        "due-changed": "changed the due date",
        "begun": "began the reviewing",
        "submitted": "submitted a review",
        "reply-opened": "opened the owner’s reply",
        "replied": "replied to the reviews",
        "reply-closed": "closed the owner’s reply",
        "settled": "wrote down what the panel agreed on",
        "concluded": "concluded the assessment",
        "cancelled": "cancelled the assessment",
        "reconfirmed": "looked at a score again",
    }


def _conditions() -> Mapping[str, str]:
    return {
        "gate": "{label}: the gate “{item}” is not passed.",
        "each": "{label}: “{item}” has {got}; at least {wanted} is needed.",
        "tier": "{label}: the mean of “{item}” is {got}; at least {wanted} is needed.",
        "coverage": "{label}: {got} of the criteria are scored; at least {wanted} is needed.",
        "scored": "{label}: “{item}” is not scored.",
    }


@dataclass(frozen=True)
class AssessmentWording:
    """The fixed words of an assessment that is handed out; names in braces are filled in.

    Attributes:
        citing: the fixed words of citations, for where a quotation stands.
        decimal: between whole and parts of a number.
        countries: code → name; a country that is not in it is told by its code.
        fields: of the practice sheet → name; likewise.
        alias: of a reviewer whose name the reader may not know.
        conditions: by :class:`kb.peers.assessment.outcome.Condition`; the other mappings by the codes of
            :class:`kb.services.assessment_files.report.AssessmentReport`.
    """

    citing: Wording = field(default_factory=Wording)
    decimal: str = "."
    countries: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    kicker: str = "Assessment of a practice"
    demonstration: str = "Demonstration data"
    demonstration_note: str = "This assessment was made up to show how the software works. It says nothing about the practice."
    owner: str = "Owner"
    place: str = "Place"
    rubric: str = "Rubric"
    rubric_version: str = "{title}, version {version}"
    stage: str = "State"
    opened_on: str = "Opened on"
    due: str = "Reviews due by"
    concluded_on: str = "Concluded on"
    look_again_on: str = "To be looked at again by"
    made_on: str = "Written on"
    result: str = "Result"
    not_final: str = "Not concluded yet: this is what it would come to now."
    nothing_yet: str = "There is no result yet."
    status: str = "Status"
    evidence_stage: str = "Stage of evidence"
    coverage: str = "Criteria scored"
    n_of_m: str = "{n} of {total}"
    weighted_mean: str = "Weighted mean"
    ranking_only: str = "{mean} of {highest}; for ranking only"
    impact: str = "Impact"
    evidence_quality: str = "Quality of evidence"
    unmet: str = "Why it is no better label"
    panel: str = "Panel"
    reviewer: str = "Reviewer"
    alias: str = "Reviewer {n}"
    organisation: str = "Organisation"
    country: str = "Country"
    seat: str = "Seat"
    third: str = "{state}; third reviewer"
    at_a_glance: str = "Scores at a glance"
    criterion: str = "Criterion"
    final: str = "Final"
    none_yet: str = "–"
    gates: str = "Gates"
    heading: str = "{title}: {final}"
    score: str = "{score} of {highest}"
    by_median: str = "Final score: median of the reviewers’ scores."
    agreed: str = "Agreed by the panel: {final}"
    far_apart: str = "The reviewers were far apart."
    withdrawn: str = "withdrawn"
    stale: str = "its evidence changed since"
    speaks_for: str = "Evidence for:"
    against: str = "Evidence against:"
    none_found: str = "Looked for evidence and found none."
    no_evidence: str = "No evidence is given."
    left_out: str = "Quotations left out here: {n}"
    left_out_all: str = "Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."
    reply: str = "Reply of the owner"
    reply_by: str = "Written by {name}"
    comments: str = "Comments of the reviewers"
    evidence: str = "Evidence"
    changed: str = "The document was changed after this was quoted; the words still stand in it."
    gone: str = "These words are not in the document any more."
    to_know: str = "What else to know"
    unsupported: str = "Scored without evidence: {title} ({reviewers})"
    lacking: str = "The practice sheet did not say: {fields}"
    history: str = "History"
    date: str = "Date"
    who: str = "Who"
    what: str = "What"
    replaced: str = "Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."
    ratings: Mapping[str, str] = field(default_factory=_ratings)
    confidences: Mapping[str, str] = field(default_factory=_confidences)
    verdicts: Mapping[str, str] = field(default_factory=_verdicts)
    stages: Mapping[str, str] = field(default_factory=_stages)
    seats: Mapping[str, str] = field(default_factory=_seats)
    statuses: Mapping[str, str] = field(default_factory=_statuses)
    moves: Mapping[str, str] = field(default_factory=_moves)
    conditions: Mapping[str, str] = field(default_factory=_conditions)

    def country_of(self, code: str) -> str:
        """Its name, if it is known."""
        return self.countries.get(code, code)

    def number(self, value: float, digits: int = 2) -> str:
        """``value`` with at most ``digits`` decimals, none of them an idle zero."""
        told = f"{value:.{digits}f}"
        told = told.rstrip("0").rstrip(".") if "." in told else told
        return told.replace(".", self.decimal)
