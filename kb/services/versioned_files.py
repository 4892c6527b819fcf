"""The port to what people write in versions, rubrics and transferability frameworks, and one of them as it lies in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from kb.services.sheets import Fault

MAX_BYTES = 512 << 10  # of one file; the longest of those that come with the project has about 45 KB in two languages

if TYPE_CHECKING:  # a search never waits for pydantic
    from kb.peers.flaws_between import Surroundings

Held = TypeVar("Held", covariant=True)


@dataclass(frozen=True)
class VersionedFile(Generic[Held]):
    """A rubric or a framework as it lies in its file.

    Attributes:
        name: of the file, without ``.yaml``.
        shown: its path as it is told.
        made: ``None`` if a fault within it keeps it from being read.
        faults: all of them, by line.
        sha256: of its canonical spelling; empty where nothing is made.
        lines: key of the file's first level → its line, from 1.
    """

    name: str
    shown: str
    made: Held | None
    faults: tuple[Fault, ...]
    sha256: str
    lines: Mapping[str, int] = field(default_factory=dict)

    def fault(self, key: str, sentence: str) -> Fault:
        """A fault that is told of a key of the first level and can be seen from outside only."""
        return Fault(self.shown, self.lines.get(key, 1), key, sentence)


class VersionedFiles(Protocol[Held]):
    """Those of a folder."""

    @property
    def folder(self) -> Path:
        """Where they lie."""
        ...

    def names(self) -> list[str]:
        """Of all, in order; faulty ones too."""
        ...

    def read(self, name: str, around: Surroundings | None = None) -> VersionedFile[Held]:
        """One with all its faults, as its file has it now.

        Args:
            around: with which documents of its sources, and concepts that it names, are looked up too.

        Raises:
            NotFound: if there is none of that name.
        """
        ...
