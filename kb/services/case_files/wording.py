"""How a transfer case is told in words. English here; the app gives the same in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.retrieval.wording import Wording


def _states() -> Mapping[str, str]:
    return {
        "considered": "Considered", "understand": "Being understood", "adapt": "Being adapted", "re-use": "In use",
        "evaluated": "Evaluated", "adopted": "Adopted", "stopped": "Stopped",
    }  # fmt: skip


def _outcomes() -> Mapping[str, str]:
    return {"worked": "It worked", "partly": "It worked in part", "did-not-work": "It did not work"}


def _moves() -> Mapping[str, str]:
    return {
        "considered": "opened the case", "understand": "began to look closely", "adapt": "began to adapt it",
        "re-use": "began to use it", "planned": "wrote the plan", "reached": "reached a milestone",
        "evaluated": "told how it went", "adopted": "said that it stays", "stopped": "stopped it",
    }  # fmt: skip


@dataclass(frozen=True)
class CaseWording:
    """The fixed words of a transfer case that is handed out; names in braces are filled in.

    Attributes:
        citing: the fixed words of citations, for where a quotation stands.
        states, outcomes, moves: by code.
    """

    citing: Wording = field(default_factory=Wording)
    kicker: str = "Transfer plan"
    headline: str = "{practice}: from {source} to {target}"
    demonstration: str = "Demonstration data"
    demonstration_note: str = "This case was made up to show how the software works. Nobody took anything over."
    replaced: str = "Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."
    practice: str = "Practice"
    organisation: str = "Taken over by"
    source: str = "From"
    target: str = "To"
    state: str = "State"
    why: str = "Why"
    test: str = "Stands on the test"
    opened: str = "Opened"
    made_on: str = "Written on"
    stopped: str = "Why it was stopped"
    adopted: str = "How it stays"
    group: str = "Local group"
    group_note: str = "Those who make the plan together in the target place."
    organisation_head: str = "Organisation"
    name: str = "Name"
    role: str = "Part"
    core: str = "Kept as it is"
    adapted: str = "Done otherwise"
    element: str = "Element"
    how: str = "How it is done here"
    milestones: str = "Milestones"
    milestone: str = "Milestone"
    due: str = "Due"
    reached: str = "Reached"
    overdue: str = "overdue"
    open: str = "–"
    costs: str = "Costs"
    funding: str = "Funding"
    nothing: str = "Nothing is said of this yet."
    learned: str = "What was learned on the way"
    went: str = "How it went"
    went_on: str = "{outcome}, on {date}"
    told_by: str = "Told by {name}"
    core_in_the_end: str = "Kept in the end"
    adapted_in_the_end: str = "Done otherwise in the end"
    change: str = "{element}: {how}"
    source_of: str = "Source: {source} ({date})"
    speaks_for: str = "Evidence for:"
    against: str = "Evidence against:"
    evidence: str = "Evidence"
    changed: str = "The document was changed after this was quoted; the words still stand in it."
    gone: str = "These words are not in the document any more."
    left_out: str = "Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."
    history: str = "History"
    date: str = "Date"
    who: str = "Who"
    what: str = "What"
    states: Mapping[str, str] = field(default_factory=_states)
    outcomes: Mapping[str, str] = field(default_factory=_outcomes)
    moves: Mapping[str, str] = field(default_factory=_moves)
