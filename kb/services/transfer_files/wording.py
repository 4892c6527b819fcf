"""How a test of transferability is told in words. English here; the app gives the same in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.retrieval.wording import Wording

MINUS = "−"


def _stages() -> Mapping[str, str]:
    return {"open": "Being tested", "concluded": "Test concluded", "cancelled": "Test cancelled"}


def _certainties() -> Mapping[str, str]:
    return {"anticipated": "Anticipated", "tested": "Tested", "confirmed": "Confirmed"}


def _certain() -> Mapping[str, str]:
    return {
        "anticipated": "Judged in advance. Nobody has evaluated yet how a transfer went.",
        "tested": "A transfer was evaluated: it did not work, or only in part.",
        "confirmed": "A transfer was evaluated, and it worked.",
    }


def _seats() -> Mapping[str, str]:
    return {"invited": "Invited", "joined": "Takes part", "in": "Handed in", "excused": "Excused"}


def _confidences() -> Mapping[str, str]:
    return {"low": "Unsure", "medium": "Fairly sure", "high": "Sure"}


def _outcomes() -> Mapping[str, str]:
    return {"worked": "It worked", "partly": "It worked in part", "did-not-work": "It did not work"}


def _sides() -> Mapping[str, str]:
    return {"source": "Documents of the practice", "target": "Documents about the target"}


def _moves() -> Mapping[str, str]:
    return {
        "opened": "opened the test",
        "invited": "invited an assessor",
        "joined": "joined",
        "excused": "excused an assessor",
        "handed-in": "handed a judgement in",
        "concluded": "concluded the test",
        "cancelled": "cancelled the test",
        "evaluated": "told how a transfer went",
    }


@dataclass(frozen=True)
class TransferWording:
    """The fixed words of a test that is handed out; names in braces are filled in.

    Attributes:
        citing: the fixed words of citations, for where a quotation stands.
        decimal: between whole and parts of a number.
        countries: code → name; a country that is not in it is told by its code.
        stages, certainties, certain (what a certainty means), seats, confidences, outcomes, sides, moves: by code.
    """

    citing: Wording = field(default_factory=Wording)
    decimal: str = "."
    countries: Mapping[str, str] = field(default_factory=dict)
    kicker: str = "Transferability test"
    demonstration: str = "Demonstration data"
    demonstration_note: str = "This test was made up to show how the software works. It says nothing about practice or places."
    headline: str = "{practice}: from {source} to {target}"
    practice: str = "Practice"
    source: str = "From"
    target: str = "To"
    framework: str = "Framework"
    framework_version: str = "{title}, version {version}"
    stage: str = "State"
    certainty: str = "Certainty"
    why: str = "What it is for"
    opened_on: str = "Opened on"
    due: str = "Judgements due by"
    ended_on: str = "Ended on"
    made_on: str = "Written on"
    result: str = "Result"
    nothing_yet: str = "There is no result yet."
    own_only: str = "Not concluded yet: this is what your own judgement comes to alone."
    reached: str = "{mean} ({low} to {high})"
    no_mean: str = "No mean: nobody could tell ({low} to {high})"
    scale: str = "From −2 (stands in the way) over 0 to +2 (helps much). In brackets: if all that is unknown were −2, or +2."
    coverage: str = "Criteria known"
    n_of_m: str = "{n} of {total}"
    n_assessors: str = "Assessors"
    blocking: str = "In the way, whatever the mean"
    blocks: str = "{title}: −2 by {n} of {of}"
    apart: str = "Assessors are apart"
    between: str = "{title}: from {lowest} to {highest}"
    by_side: str = "By side"
    side: str = "Side"
    mean: str = "Mean"
    what_if: str = "What matters most of what is unknown"
    what_if_note: str = "The mean if this criterion alone were −2, or +2. A −2 would stand in the way besides."
    at_worst: str = "If −2"
    at_best: str = "If +2"
    assessors: str = "Who judges"
    assessor: str = "Assessor"
    organisation: str = "Organisation"
    country: str = "Country"
    seat: str = "Part"
    at_a_glance: str = "Answers at a glance"
    criterion: str = "Criterion"
    key: str = "{title} (the practice rests on it)"
    heading: str = "{title}: {mean}"
    unknown: str = "unknown"
    none_yet: str = "–"
    stale: str = "its evidence changed since"
    speaks_for: str = "{side}, for:"
    against: str = "{side}, against:"
    none_found: str = "{side}: looked for evidence and found none."
    left_out: str = "Quotations left out here: {n}"
    left_out_all: str = "Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."
    wholes: str = "Of all of it"
    facilitators: str = "What would help"
    barriers: str = "What would hinder"
    adaptations: str = "What would have to be different"
    adaptation: str = "{element}: {how}"
    core_kept: str = "What would be kept as it is"
    distance: str = "How far the places are apart"
    far: str = "{value} on a scale from 0 (alike) to 1, by {n} of {total} indicators that are known of both"
    not_far: str = "Nothing is known of both places that could be compared."
    indicator: str = "Indicator"
    differs: str = "Apart"
    share: str = "Part of the distance"
    went: str = "How a transfer went"
    went_on: str = "{outcome}, on {date}"
    told_by: str = "Told by {name}"
    source_of: str = "Source: {source} ({date})"
    case: str = "The case: {name}"
    case_for: str = "Evidence for:"
    case_against: str = "Evidence against:"
    evidence: str = "Evidence"
    changed: str = "The document was changed after this was quoted; the words still stand in it."
    gone: str = "These words are not in the document any more."
    history: str = "History"
    date: str = "Date"
    who: str = "Who"
    what: str = "What"
    replaced: str = "Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."
    stages: Mapping[str, str] = field(default_factory=_stages)
    certainties: Mapping[str, str] = field(default_factory=_certainties)
    certain: Mapping[str, str] = field(default_factory=_certain)
    seats: Mapping[str, str] = field(default_factory=_seats)
    confidences: Mapping[str, str] = field(default_factory=_confidences)
    outcomes: Mapping[str, str] = field(default_factory=_outcomes)
    sides: Mapping[str, str] = field(default_factory=_sides)
    moves: Mapping[str, str] = field(default_factory=_moves)

    def country_of(self, code: str) -> str:
        """Its name, if it is known."""
        return self.countries.get(code, code)

    def number(self, value: float, digits: int = 2) -> str:
        """With at most ``digits`` decimals, none of them an idle zero."""
        told = f"{value:.{digits}f}"
        told = told.rstrip("0").rstrip(".") if "." in told else told
        return told.replace(".", self.decimal)

    def value(self, value: float | None) -> str:
        """An answer or a mean with its sign: "+0.75", "−2", "0"; a dash for none."""
        if value is None:
            return self.none_yet
        rounded = round(value, 2) + 0.0  # no "−0"
        sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
        return sign + self.number(abs(rounded))
