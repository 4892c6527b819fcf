"""The port to the context profiles that people write, and a profile as it lies in its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kb.services.sheets import Fault

MAX_BYTES = 256 << 10  # of one profile, and of the indicators
INDICATORS = "indicators"  # the file that says what is asked about every place; no profile

if TYPE_CHECKING:  # a search never waits for pydantic
    from kb.peers.contexts.indicators import Indicators
    from kb.peers.contexts.profile import ContextProfile
    from kb.peers.flaws_between import Surroundings


@dataclass(frozen=True)
class IndicatorsFile:
    """What is asked about every place, as it lies in its file.

    Attributes:
        shown: its path as it is told.
        indicators: ``None`` if a fault keeps them from being read.
        faults: all of them, by line.
        is_there: whether there is such a file.
    """

    shown: str
    indicators: Indicators | None
    faults: tuple[Fault, ...]
    is_there: bool = True


@dataclass(frozen=True)
class ContextFile:
    """A profile as it lies in its file.

    Attributes:
        place: of the file's name: "PT", "CA-QC".
        shown: its path as it is told.
        profile: ``None`` if a fault within it keeps it from being read.
        faults: all of them, by line.
        sha256: of the file's bytes.
    """

    place: str
    shown: str
    profile: ContextProfile | None
    faults: tuple[Fault, ...]
    sha256: str


class ContextFiles(Protocol):
    """The context profiles of a folder."""

    @property
    def folder(self) -> Path:
        """Where they lie."""
        ...

    def places(self) -> list[str]:
        """Of every profile, in order; faulty ones too."""
        ...

    def indicators(self) -> IndicatorsFile:
        """What is asked, as its file has it now."""
        ...

    def read(self, place: str, around: Surroundings | None = None) -> ContextFile:
        """One profile with all its faults, as its file has it now.

        Args:
            around: with which documents its sources name are looked up too.

        Raises:
            NotFound: if there is none of that place.
        """
        ...
