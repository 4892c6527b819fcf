"""The port to reviews that are written in files, without the app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from kb.services.sheets import Fault

if TYPE_CHECKING:  # a search never waits for pydantic
    from kb.peers.assessment.review import Review
    from kb.peers.assessment.rubric import Rubric
    from kb.peers.assessment.state import Assessment
    from kb.peers.assessment.written_review import WrittenReview
    from kb.peers.flaws_in_fields import Flaw
    from kb.retrieval.standing import Speaking

MAX_BYTES = 1 << 20  # of one file; with every reason as long as may be, 20 criteria have 100,000 characters


@dataclass(frozen=True)
class ReviewForm:
    """What a form is printed of.

    Attributes:
        review: as far as it is written already.
        language: of titles, questions and anchors, where the rubric has them in it.
        passages: gate or criterion → what speaks most to it, best first; may be empty.
        remark: why no passage is named, as a sentence.
    """

    assessment: Assessment
    rubric: Rubric
    review: Review
    language: str
    passages: Mapping[str, tuple[Speaking, ...]] = field(default_factory=dict)
    remark: str = ""


@dataclass(frozen=True)
class ReviewFile:
    """A form that was filled in.

    Attributes:
        written: ``None`` if there is any fault.
        faults: all of them, by line.
        fault_of: a flaw that was found later, with its line.
    """

    written: WrittenReview | None
    faults: tuple[Fault, ...]
    fault_of: Callable[[Flaw], Fault]


class ReviewFiles(Protocol):
    """Forms as YAML."""

    def begun(self, form: ReviewForm) -> str:
        """The text of a form: every gate and criterion with question, scale and anchors as comments, and what is written already.

        Read again as it is, it says the same review.
        """
        ...

    def read(self, content: bytes, shown: str, assessment: str, rubric: Rubric) -> ReviewFile:
        """A form that was filled in, with all that is wrong in it.

        Args:
            shown: its path, as faults tell it.
            assessment: id of the one that it has to be for.
        """
        ...
