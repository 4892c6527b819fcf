"""How action plans and policy changes are told in words. English here; the app gives the same in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kb.retrieval.wording import Wording

MINUS = "−"


def _plan_states() -> Mapping[str, str]:
    return {
        "draft": "Being written", "validated": "Validated", "in-progress": "In progress", "done": "Done",
        "not-implemented": "Not implemented",
    }  # fmt: skip


def _action_states() -> Mapping[str, str]:
    return {"planned": "Planned", "in-progress": "In progress", "done": "Done", "not-implemented": "Not implemented"}


def _policy_states() -> Mapping[str, str]:
    return {"recorded": "Recorded", "confirmed": "Confirmed", "withdrawn": "Withdrawn"}


def _dimensions() -> Mapping[str, str]:
    return {"quality": "Quality", "efficiency": "Efficiency", "impact": "Impact"}


def _untold() -> Mapping[str, str]:
    return {
        "no-before": "No difference: nothing is said of before.",
        "no-after": "No difference: nothing is said of after.",
        "in-words": "No difference: one of both is told in words only.",
        "units": "No difference: the units are not the same.",
    }


def _plan_moves() -> Mapping[str, str]:
    return {
        "written": "wrote the plan", "revised": "wrote it anew", "validated": "validated it", "begun": "began it",
        "action-moved": "moved an action on", "finished": "finished it", "not-implemented": "said why it is not implemented",
    }  # fmt: skip


def _policy_moves() -> Mapping[str, str]:
    return {
        "recorded": "recorded the policy change", "revised": "told it anew", "confirmed": "confirmed it",
        "withdrawn": "took it back",
    }  # fmt: skip


@dataclass(frozen=True)
class OutcomeWording:
    """The fixed words of plans and policy changes that are handed out; names in braces are filled in.

    Attributes:
        citing: the fixed words of citations, for where a quotation stands.
        decimal: between whole and parts of a number.
        plan_states, action_states, policy_states, dimensions, untold (why there is no difference), plan_moves, policy_moves: by
            code.
        countries: names by ISO 3166 alpha-2; languages: by BCP 47 primary tag; a code that is not among them is shown as it is.
    """

    citing: Wording = field(default_factory=Wording)
    decimal: str = "."
    demonstration: str = "Demonstration data"
    demonstration_note: str = "This was made up to show how the software works. Nobody planned or changed any of it."
    replaced: str = "Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."
    made_on: str = "Written on"
    organisation: str = "Organisation"
    place: str = "Place"
    state: str = "State"
    partnership: str = "Partnership"
    because: str = "What it comes from"
    told_by: str = "Told by"
    history: str = "History"
    date: str = "Date"
    who: str = "Who"
    what: str = "What"
    none: str = "–"
    unknown: str = "unknown"
    plan_kicker: str = "Action plan"
    instrument: str = "Policy instrument"
    validated_by: str = "Validated by"
    why_not: str = "Why it is not implemented"
    language: str = "Language"
    summary_en: str = "Summary in English"
    plan_text: str = "From what was learned to what will be done"
    actions: str = "Actions"
    action: str = "Action"
    when: str = "When"
    cost: str = "Cost"
    players: str = "Players"
    funding: str = "Funding"
    indicator: str = "Indicator"
    from_to: str = "{begins} to {ends}"
    since: str = "{state}, since {date}"
    total: str = "All together: {costs}"
    n_unknown: str = "actions whose cost nobody knows: {n}"
    n_unsaid: str = "actions of which no cost is said: {n}"
    policy_kicker: str = "Policy change"
    policy: str = "Policy or plan"
    on: str = "In effect since"
    confirmed_by: str = "Confirmed by"
    not_confirmed: str = "Nobody of another organisation has confirmed it yet."
    changed: str = "What changed"
    attribution: str = "How much of it is owed to what was learned, in the words of {name}"
    effects: str = "Before and after"
    not_measured: str = "Nothing is said of this yet."
    before: str = "Before"
    after: str = "After"
    difference: str = "Difference"
    effect: str = "What was measured"
    source: str = "Source: {source}"
    evidence_for: str = "Evidence:"
    evidence: str = "Evidence"
    document_changed: str = "The document was changed after this was quoted; the words still stand in it."
    gone: str = "These words are not in the document any more."
    left_out: str = "Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."
    plan_states: Mapping[str, str] = field(default_factory=_plan_states)
    action_states: Mapping[str, str] = field(default_factory=_action_states)
    policy_states: Mapping[str, str] = field(default_factory=_policy_states)
    dimensions: Mapping[str, str] = field(default_factory=_dimensions)
    untold: Mapping[str, str] = field(default_factory=_untold)
    plan_moves: Mapping[str, str] = field(default_factory=_plan_moves)
    policy_moves: Mapping[str, str] = field(default_factory=_policy_moves)
    countries: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)

    def number(self, value: float | Decimal) -> str:
        """As it was entered, without idle zeros."""
        told = f"{Decimal(str(value)):f}"
        told = told.rstrip("0").rstrip(".") if "." in told else told
        return told.replace("-", MINUS).replace(".", self.decimal)

    def signed(self, value: Decimal) -> str:
        """ "+2.5", "−22.5", "0"."""
        return f"+{self.number(value)}" if value > 0 else self.number(value)

    def place_name(self, code: str) -> str:
        """Of a country by its name; of a region by its code behind it."""
        country, dash, _ = code.partition("-")
        name = self.countries.get(country, country)
        return f"{name} ({code})" if dash else name
