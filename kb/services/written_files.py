"""The port to files that people write by fields and that the app changes too, and one of them as it lies in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from kb.services.sheets import Fault

MAX_BYTES = 256 << 10  # of one file

if TYPE_CHECKING:  # a search never waits for pydantic
    from kb.peers.flaws_between import Surroundings

Made = TypeVar("Made")
Held = TypeVar("Held", covariant=True)


@dataclass(frozen=True)
class WrittenFile(Generic[Held]):
    """A file that people write by fields.

    Attributes:
        name: of the file, without ``.yaml``.
        text: the whole YAML.
        raw: texts, lists and mappings as the YAML spells them; empty where it is no YAML.
        version: SHA-256 of the file's bytes; what a change has to be based on.
        changed_at_utc: the file's time, ISO 8601; empty for a text that is in no file.
        made: ``None`` if a fault in its fields keeps it from being read.
        faults: all of them, by line.
    """

    name: str
    path: Path
    text: str
    raw: Mapping[str, Any]
    version: str
    changed_at_utc: str
    made: Held | None
    faults: tuple[Fault, ...]


class WrittenFiles(Protocol[Held]):
    """The files of a folder."""

    @property
    def folder(self) -> Path:
        """Where they lie."""
        ...

    def names(self) -> list[str]:
        """Of every file, in order; faulty ones too."""
        ...

    def read(self, name: str, around: Surroundings | None = None) -> WrittenFile[Held]:
        """One of them with all its faults.

        Args:
            around: with which documents and tags that it names are looked up too.

        Raises:
            NotFound: if there is none of that name.
        """
        ...

    def parsed(self, name: str, text: str, around: Surroundings | None = None) -> WrittenFile[Held]:
        """The same for a text that is in no file yet."""
        ...

    def edited(self, text: str, changes: Mapping[str, object]) -> str:
        """``text`` with other values in some fields: not a byte outside them changes. ``None`` takes a field away.

        Raises:
            InvalidEntry: if ``text`` is no YAML that can be changed by fields.
        """
        ...

    def write(self, name: str, text: str, base_version: str) -> str | None:
        """Put ``text`` in place of the version ``base_version`` ("" for none), whole or not at all.

        Returns:
            The new version; ``None``, with nothing written, if the file is at another version.

        Raises:
            NoSpace: if the disk is full.
        """
        ...
