"""How a background brief is told in words. English here; the app gives the same in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.retrieval.wording import Wording


def _states() -> Mapping[str, str]:
    return {"sent": "Sent; cases may still come", "closed": "Closed", "concluded": "Concluded"}


def _languages() -> Mapping[str, str]:
    return {
        "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
        "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "ga": "Irish", "hi": "Hindi", "hr": "Croatian",
        "hu": "Hungarian", "it": "Italian", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "pl": "Polish",
        "pt": "Portuguese", "ro": "Romanian", "sk": "Slovak", "sl": "Slovenian", "sv": "Swedish",
    }  # fmt: skip


@dataclass(frozen=True)
class BriefWording:
    """The fixed words of a brief; names in braces are filled in.

    Attributes:
        citing: the fixed words of citations, for where a quotation stands.
        states, languages, countries: by code; a language or country that is not among them is told by its code.
    """

    citing: Wording = field(default_factory=Wording)
    kicker: str = "Background brief"
    demonstration: str = "Demonstration data"
    demonstration_note: str = "This round was made up to show how the software works. Nobody said any of it."
    axis: str = "Axis"
    partnership: str = "Partnership"
    state: str = "State"
    asked_by: str = "Asked by"
    sent_on: str = "Sent on"
    due: str = "Cases due by"
    closed_on: str = "Closed on"
    session: str = "Session"
    made_on: str = "Compiled on"
    overall: str = "What the partners conclude"
    cases: str = "The cases"
    no_cases: str = "Nobody answered yet."
    case: str = "Case"
    title: str = "Title"
    organisation: str = "Organisation"
    country: str = "Country"
    language: str = "Language"
    sheet: str = "Practice sheet"
    at_a_glance: str = "Answers at a glance"
    question: str = "Question"
    glance_note: str = "The number of quotations that bear an answer out. 0: an answer without one. {none}: no answer."
    numbered: str = "{number}. {text}"
    case_number: str = "Case {number}"
    in_language: str = "in {language}"
    evidence_of: str = "Evidence:"
    no_evidence: str = "No evidence is named."
    left_out: str = "Quotations left out here: {n}"
    without: str = "No answer to this: {cases}."
    nobody: str = "No case says anything to this."
    conclusion: str = "Conclusion"
    exchange: str = "Questions on the cases"
    asks: str = "{who} asks:"
    replies: str = "{who} replies:"
    no_reply: str = "No reply yet."
    interest: str = "What interests the partners"
    interest_note: str = "In the order in which cases came. It says what partners want to hear more of, not what is better."
    interested: str = "Who wants to hear more"
    number: str = "Number"
    missing: str = "What is missing"
    nothing_missing: str = "Whoever was asked answered every question with evidence, and every question on a case has a reply."
    silent: str = "Asked, and no case came"
    questions_without: str = "Questions without an answer"
    answers_without: str = "Answers without evidence"
    cases_without: str = "Cases without a practice sheet"
    open_questions: str = "Questions on cases without a reply"
    quotations: str = "Quotations"
    changed: str = "The document was changed after this was quoted; the words still stand in it."
    gone: str = "These words are not in the document any more."
    left_out_all: str = "Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."
    sources: str = "Sources"
    none: str = "–"
    replaced: str = "Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."
    states: Mapping[str, str] = field(default_factory=_states)
    languages: Mapping[str, str] = field(default_factory=_languages)
    countries: Mapping[str, str] = field(default_factory=dict)

    def language_name(self, code: str) -> str:
        """In words; its code where there are none."""
        return self.languages.get(code, code)

    def country_of(self, code: str) -> str:
        """Its name, if it is known."""
        return self.countries.get(code, code)
