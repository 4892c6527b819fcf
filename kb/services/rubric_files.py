"""The port to the rubrics that people write, and a rubric as it lies in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kb.services.sheets import Fault

MAX_BYTES = 512 << 10  # of one rubric; the longer of the two that come with the project has 42 KB in two languages

if TYPE_CHECKING:  # a search never waits for pydantic
    from kb.peers.assessment.rubric import Rubric
    from kb.peers.flaws_between import Surroundings


@dataclass(frozen=True)
class RubricFile:
    """A rubric as it lies in its file.

    Attributes:
        name: of the file, without ``.yaml``.
        shown: its path as it is told.
        rubric: ``None`` if a fault within it keeps it from being read.
        faults: all of them, by line.
        sha256: of the rubric's canonical spelling; empty where there is no rubric.
        lines: key of the file's first level → its line, from 1.
    """

    name: str
    shown: str
    rubric: Rubric | None
    faults: tuple[Fault, ...]
    sha256: str
    lines: Mapping[str, int] = field(default_factory=dict)

    def fault(self, key: str, sentence: str) -> Fault:
        """A fault that is told of a key of the first level and can be seen from outside only."""
        return Fault(self.shown, self.lines.get(key, 1), key, sentence)


class RubricFiles(Protocol):
    """The rubrics of a folder."""

    @property
    def folder(self) -> Path:
        """Where they lie."""
        ...

    def names(self) -> list[str]:
        """Of every rubric, in order; faulty ones too."""
        ...

    def read(self, name: str, around: Surroundings | None = None) -> RubricFile:
        """One rubric with all its faults, as its file has it now.

        Args:
            around: with which documents its sources name are looked up too.

        Raises:
            NotFound: if there is none of that name.
        """
        ...
