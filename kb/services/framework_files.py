"""The port to the transferability frameworks that people write, and a framework as it lies in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kb.services.sheets import Fault

MAX_BYTES = 512 << 10  # of one framework; the one that comes with the project has about 45 KB in two languages

if TYPE_CHECKING:  # a search never waits for pydantic
    from kb.peers.flaws_between import Surroundings
    from kb.peers.transfer.framework import Framework


@dataclass(frozen=True)
class FrameworkFile:
    """A framework as it lies in its file.

    Attributes:
        name: of the file, without ``.yaml``.
        shown: its path as it is told.
        framework: ``None`` if a fault within it keeps it from being read.
        faults: all of them, by line.
        sha256: of the framework's canonical spelling; empty where there is no framework.
        lines: key of the file's first level → its line, from 1.
    """

    name: str
    shown: str
    framework: Framework | None
    faults: tuple[Fault, ...]
    sha256: str
    lines: Mapping[str, int] = field(default_factory=dict)

    def fault(self, key: str, sentence: str) -> Fault:
        """A fault that is told of a key of the first level and can be seen from outside only."""
        return Fault(self.shown, self.lines.get(key, 1), key, sentence)


class FrameworkFiles(Protocol):
    """The frameworks of a folder."""

    @property
    def folder(self) -> Path:
        """Where they lie."""
        ...

    def names(self) -> list[str]:
        """Of every framework, in order; faulty ones too."""
        ...

    def read(self, name: str, around: Surroundings | None = None) -> FrameworkFile:
        """One framework with all its faults, as its file has it now.

        Args:
            around: with which documents of its sources and concepts of its conditions are looked up too.

        Raises:
            NotFound: if there is none of that name.
        """
        ...
