"""The port to the practice sheets, and a sheet as it lies in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

SUFFIX = ".yaml"
MAX_BYTES = 256 << 10  # of one sheet; the longest of the sample has 20 KB

if TYPE_CHECKING:  # a search never waits for pydantic
    from kb.peers.flaws_between import Surroundings
    from kb.peers.practice import PracticeSheet


@dataclass(frozen=True)
class Fault:
    """Something in a sheet that somebody has to mend.

    Attributes:
        file: path as it is shown.
        line: from 1.
        place: of the value, "figures.2.source"; counted from 1, empty for the whole sheet.
        sentence: what was found and what is wanted.
    """

    file: str
    line: int
    place: str
    sentence: str

    @property
    def field(self) -> str:
        """The field of the sheet in which it is; empty for the whole sheet."""
        return self.place.partition(".")[0]

    @property
    def in_words(self) -> str:
        """Without file and line: for a form."""
        return f"{self.place}: {self.sentence}" if self.place else self.sentence

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.in_words}"


@dataclass(frozen=True)
class SheetFile:
    """A sheet as it lies in its file.

    Attributes:
        name: of the practice.
        text: the whole YAML.
        raw: texts, lists and mappings as the YAML spells them; empty where it is no YAML.
        version: SHA-256 of the file's bytes; what a change has to be based on.
        changed_at_utc: the file's time, ISO 8601.
        sheet: ``None`` if a fault in its fields keeps it from being read.
        faults: all of them, by line.
    """

    name: str
    path: Path
    text: str
    raw: Mapping[str, Any]
    version: str
    changed_at_utc: str
    sheet: PracticeSheet | None
    faults: tuple[Fault, ...]


class Sheets(Protocol):
    """The sheets of a folder."""

    @property
    def folder(self) -> Path:
        """Where they lie."""
        ...

    def names(self) -> list[str]:
        """Of every sheet, in order; faulty ones too."""
        ...

    def read(self, name: str, around: Surroundings | None = None) -> SheetFile:
        """One sheet with all its faults.

        Raises:
            NotFound: if there is none of that name.
        """
        ...

    def parsed(self, name: str, text: str, around: Surroundings | None = None) -> SheetFile:
        """The same for a text that is in no file yet."""
        ...

    def edited(self, text: str, changes: Mapping[str, object]) -> str:
        """``text`` with other values in some fields: not a byte outside them changes. ``None`` takes a field away.

        Raises:
            InvalidEntry: if ``text`` is no YAML that can be changed by fields.
        """
        ...

    def begun(self, name: str, *, kind: str, language: str, title: str) -> str:
        """The text of a new sheet: every key, and comments that say what belongs there."""
        ...

    def write(self, name: str, text: str, base_version: str) -> str | None:
        """Put ``text`` in place of the version ``base_version`` ("" for none), whole or not at all.

        Returns:
            The new version; ``None``, with nothing written, if the file is at another version.

        Raises:
            NoSpace: if the disk is full.
        """
        ...

    def schema(self) -> str:
        """JSON Schema of a sheet, for editors."""
        ...
