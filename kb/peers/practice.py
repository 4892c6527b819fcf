"""A practice sheet: what people did, with whom, what came of it, what others can take over, and who says so.

The fields follow UN-Habitat's Best Practices form, URBACT's call, OECD OPSI's rules and ENEL's transferability form.
A value may be *unknown*: somebody looked, and nobody knows. A field that is left out (``None``) is *not said*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from kb.peers import names
from kb.peers.flaws_in_fields import KEY_PATTERN, LANGUAGE_PATTERN, NAME_PATTERN
from kb.peers.narrative import LANGUAGE, Part, Text, flaw, without_citations
from kb.peers.parts import (
    MAX_ITEMS,
    Adoption,
    Contact,
    Date,
    Evidence,
    Figure,
    Line,
    Link,
    Many,
    OrUnknown,
    Owner,
    Partner,
    Period,
    Place,
    Source,
)
from kb.peers.tags import spelled
from kb.retrieval.passage import UNDETERMINED

MAX_TITLE_CHARS = 100
MAX_TEASER_CHARS = 200
MAX_SUMMARY_WORDS = 250  # UN-Habitat's limit


class Kind(StrEnum):
    """What a sheet tells of."""

    GOOD_PRACTICE = "good-practice"
    TOOL = "tool"
    PLAN = "plan"
    LESSON_FROM_FAILURE = "lesson-from-failure"


class PracticeSheet(Part):
    """One practice.

    Attributes:
        practice: its name in addresses and file names.
        language: of every text that names no language.
        core: elements that must be kept when others take it over.
        adaptable: elements that may change.
        adopted_by: who took it over; empty: known to be nobody.
        documents: paths inside ``corpus/documents`` that tell of it.
        sources: key → where something is said; texts cite the keys.
        reviewed: when somebody last looked at the sheet.
    """

    practice: str = Field(pattern=NAME_PATTERN, max_length=names.MAX_CHARS, description="The file's name without .yaml.")
    kind: Kind = Field(description="What the sheet tells of.")
    language: str = Field(description="Language of every text that names none: en, fr, es …", pattern=LANGUAGE_PATTERN)
    title: Text = Field(description=f"What it is called, in at most {MAX_TITLE_CHARS} characters.")
    teaser: Text = Field(description=f"One line that makes a peer read on, at most {MAX_TEASER_CHARS} characters.")
    summary: Text = Field(description=f"The whole in at most {MAX_SUMMARY_WORDS} words.")
    problem: Text = Field(description="The situation before: who lacked what.")
    objectives: Text | None = Field(None, description="What was to be reached.")
    solution: Text = Field(description="What is done, and how.")
    owner: Owner = Field(description="The organisation whose practice it is.")
    partners: OrUnknown[Many[Partner]] | None = Field(None, description="Who takes part, and what each gives.")
    place: Place = Field(description="Where it is done.")
    period: Period = Field(description="When it is done.")
    target_group: Text = Field(description="Whom it is for, and how many they are.")
    context: Text | None = Field(None, description="Law and policy around it.")
    resources: Text = Field(description="Money, people and time that it takes.")
    results: Text = Field(description="What came of it, for whom; with evidence.")
    figures: OrUnknown[Many[Figure]] | None = Field(
        None, description="Numbers with unit, date, scope and source. Sources that disagree: two figures."
    )
    success_factors: Text = Field(description="What made it work.")
    difficulties: Text = Field(description="What went wrong or was hard.")
    lessons: Text = Field(description="What you would tell a peer who begins.")
    sustainability: Text | None = Field(None, description="Whether and how it goes on: money, people, nature.")
    participation: Text | None = Field(None, description="How those concerned take part in deciding.")
    gender: Text | None = Field(None, description="What it means for women and men, and for equity.")
    core: OrUnknown[Many[Text]] | None = Field(None, description="Elements that must be kept when others take it over.")
    adaptable: OrUnknown[Many[Text]] | None = Field(None, description="Elements that may change.")
    transferability: Text = Field(description="What another place needs to have to take it over.")
    adopted_by: OrUnknown[Many[Adoption]] | None = Field(None, description="Who took it over. An empty list says: nobody did.")
    tags: Many[Annotated[str, AfterValidator(spelled), Field(min_length=1, max_length=100)]] = Field(
        (), description="Controlled tags (theme:, sdg:, group:, condition:) and free words."
    )
    documents: Many[Line] = Field((), description="Paths inside corpus/documents.")
    evidence: Many[Evidence] = Field((), description="Passages that speak for a field.")
    links: Many[Link] = Field((), description="Pages to read on.")
    contact: OrUnknown[Contact] | None = Field(None, description="An organisation to ask; no private person.")
    sources: dict[Annotated[str, Field(pattern=KEY_PATTERN, max_length=names.MAX_CHARS)], Source] = Field(
        min_length=1, max_length=MAX_ITEMS, description="Where things are said: key → title, organisation, date, address."
    )
    author: Line | None = Field(None, description="Who wrote the sheet.")
    reviewed: Date | None = Field(None, description="When somebody last looked at it.")
    review_due: Date | None = Field(None, description="When somebody should look again.")

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """The sheet that ``raw`` spells, plain texts taken to be in its language.

        Raises:
            ValidationError: with every fault of its fields; :func:`kb.peers.flaws.read` says them in sentences.
        """
        language = raw.get("language")
        return cls.model_validate(raw, context={LANGUAGE: language if isinstance(language, str) else UNDETERMINED})

    @field_validator("title", "teaser", "summary", mode="after")
    @classmethod
    def _short_enough(cls, text: Text, info: ValidationInfo) -> Text:
        if text.is_unknown and info.field_name == "title":
            raise flaw("is “unknown”; a practice without a title cannot be found")
        faults = [fault for language, words in text.said if (fault := _too_long(str(info.field_name), language, words))]
        if faults:
            raise flaw("; ".join(faults))
        return text

    def text_fields(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """Name and texts of every narrative field that says something, in order."""
        for name in NARRATIVE:
            value = getattr(self, name)
            texts = (value,) if isinstance(value, Text) else value if isinstance(value, tuple) else ()
            if said := tuple(text for text in texts if not text.is_unknown):
                yield name, said

    def languages(self) -> tuple[str, ...]:
        """Every language that a text is in, the sheet's own first."""
        found = (tag for _, texts in self.text_fields() for text in texts for tag in text.languages)
        return tuple(dict.fromkeys([self.language, *found]))

    def themes(self) -> tuple[str, ...]:
        """Slugs of its ``theme:`` tags."""
        return tuple(tag.removeprefix("theme:") for tag in self.tags if tag.startswith("theme:"))


NARRATIVE = (
    "title", "teaser", "summary", "problem", "objectives", "solution", "target_group", "context", "resources", "results",
    "success_factors", "difficulties", "lessons", "sustainability", "participation", "gender", "core", "adaptable",
    "transferability",
)  # fmt: skip
MANDATORY = tuple(name for name, field in PracticeSheet.model_fields.items() if field.is_required())


def _too_long(field: str, language: str, words: str) -> str:
    """Why ``words`` are too many for ``field``, citations not counted; empty when they are not."""
    bare = without_citations(words)
    if field == "summary":
        n, limit, unit = len(bare.split()), MAX_SUMMARY_WORDS, "words"
    else:
        n, limit, unit = len(bare), MAX_TITLE_CHARS if field == "title" else MAX_TEASER_CHARS, "characters"
    return f"has {n} {unit} in {language}; at most {limit} are taken" if n > limit else ""
