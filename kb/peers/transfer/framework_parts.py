"""The parts of a transferability framework: its three sides, what is asked on each, and where each question is from."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field

from kb.peers import names
from kb.peers.assessment.rubric_values import Name, Words, in_order
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.narrative import Part, Text, flaw
from kb.peers.parts import Line, Many

LOWEST: Final = -2
HIGHEST: Final = 2
BLOCKING: Final = LOWEST  # a constraint so strong that no mean makes up for it
VALUES: Final = tuple(range(LOWEST, HIGHEST + 1))
CONDITION: Final = "condition-"  # concepts of conditions begin so
DESCRIBED: Final = (LOWEST, 0, HIGHEST)  # what an answer means has to be said for these; for those between it may be
MAX_TITLE_CHARS: Final = 60
MAX_QUESTION_CHARS: Final = 300
MAX_ANCHOR_CHARS: Final = 400
MAX_QUERY_CHARS: Final = 300  # one sentence: a longer question finds passages that are about nothing in particular


def value_of(given: Any) -> Any:
    """A whole number from −2 to 2, as a number or spelled."""
    said = int(given.strip()) if isinstance(given, str) and re.fullmatch(r"[+-]?\d", given.strip()) else given
    if isinstance(said, int) and not isinstance(said, bool) and LOWEST <= said <= HIGHEST:
        return said
    raise flaw(f"“{str(given)[:40]}” is no answer; there are {', '.join(map(str, VALUES))}")


def _condition(given: str) -> str:
    if not given.startswith(CONDITION) or not names.is_name(given):
        raise flaw(f"“{given[:60]}” is no concept of a condition; wanted is one such as {CONDITION}legal-framework")
    return given


def _no_longer_than(most: int) -> AfterValidator:
    def checked(text: Text) -> Text:
        long = [f"in {language} it has {len(words)} characters" for language, words in text.said if len(words) > most]
        if long:
            raise flaw(f"{'; '.join(long)}; at most {most} are taken")
        return text

    return AfterValidator(checked)


Value = Annotated[int, BeforeValidator(value_of)]  # −2 … 2
Title = Annotated[Words, _no_longer_than(MAX_TITLE_CHARS)]
Query = Annotated[Words, _no_longer_than(MAX_QUERY_CHARS)]


class Side(StrEnum):
    """What a question looks at."""

    PRACTICE = "practice"
    CONTEXT = "context"
    PROCESS = "process"


class TracedTo(Part):
    """A published framework that asks the same, or names the part that the question is about.

    Attributes:
        source: key of a source.
        term: what it is called there.
    """

    source: Line
    term: Line


class Criterion(Part):
    """Something that an assessor judges for one practice and one target.

    Attributes:
        anchors: value → what an assessor sees in the documents who gives it, in rising order; −2, 0 and 2 at least.
        condition: concept of a condition; a practice that is tagged with it rests on this criterion.
        source_query: asked of the practice's own documents; ``None``: nothing is asked there.
        target_query: asked of documents about the target; ``None``: nothing is asked there.
        fields: of the practice sheet, to be read beside it.
        groups: of conditions in the profiles of both places, to be read beside it.
        traced_to: the published frameworks it is from.
    """

    criterion: Name
    title: Title
    question: Annotated[Words, _no_longer_than(MAX_QUESTION_CHARS)]
    anchors: Annotated[
        dict[Value, Annotated[Words, _no_longer_than(MAX_ANCHOR_CHARS)]],
        AfterValidator(in_order),
        Field(min_length=1, max_length=len(VALUES)),
    ]
    condition: Annotated[str, AfterValidator(_condition)] | None = None
    source_query: Query | None = None
    target_query: Query | None = None
    fields: Many[Line] = ()
    groups: Many[ConditionGroup] = ()
    traced_to: Annotated[Many[TracedTo], Field(min_length=1)]

    @property
    def name(self) -> str:
        """Its name."""
        return self.criterion

    @property
    def condition_tag(self) -> str:
        """The tag that makes it key, ``condition:legal-framework``; empty where none does."""
        return (self.condition or "").replace("-", ":", 1)


class SideOfFramework(Part):
    """The criteria of one side."""

    side: Side
    title: Title
    criteria: Annotated[Many[Criterion], Field(min_length=1)]
