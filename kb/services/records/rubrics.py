"""The rubrics that assessments were opened with, word by word, and where they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class KeptRubric:
    """A version of a rubric that is in use. Never changed and never removed, whatever becomes of its file.

    Attributes:
        name: of the rubric.
        version: from 1; of one name and version there is one text.
        sha256: of ``text``, in hexadecimal.
        text: the whole rubric as canonical JSON.
        at_utc: ISO 8601, when it was first used.
        member: who opened the first assessment with it.
        id: grows; 0 before it is kept.
        is_demo: in use by the demonstration only, and removed with it.
    """

    name: str
    version: int
    sha256: str
    text: str
    at_utc: str
    member: str
    id: int = 0
    is_demo: bool = False


class Rubrics(Protocol):
    """Rubrics in use. They can only be added."""

    def keep(self, rubric: KeptRubric) -> KeptRubric:
        """Keep it, unless this version of it is kept. Returns what is kept: compare its ``sha256``.

        One that is kept for the demonstration gives its place to one that is not.
        """
        ...

    def get(self, name: str, version: int) -> KeptRubric | None:
        """One version of one; ``None`` where it is not in use."""
        ...

    def remove_demo(self) -> int:
        """Delete those that only the demonstration uses. Returns how many."""
        ...

    def versions(self, name: str) -> list[KeptRubric]:
        """Those of one rubric, oldest version first."""
        ...

    def everyone(self) -> list[KeptRubric]:
        """All, by name and version."""
        ...
