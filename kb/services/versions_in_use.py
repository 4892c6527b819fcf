"""What is written in versions is checked against the versions in use: rubrics and transferability frameworks alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kb.peers.assessment.rubric_languages import InOwnLanguage, untranslated
from kb.services.sheets import Fault
from kb.services.versioned_files import VersionedFile


class Versioned(InOwnLanguage, Protocol):
    """What is written in versions, with texts in several languages."""

    @property
    def version(self) -> int:
        """From 1."""
        ...


class Kept(Protocol):
    """A version in use; it never changes."""

    @property
    def version(self) -> int:
        """From 1."""
        ...

    @property
    def sha256(self) -> str:
        """Of its canonical spelling."""
        ...

    @property
    def at_utc(self) -> str:
        """When it was first used, ISO 8601."""
        ...


V = TypeVar("V", bound=Versioned)


@dataclass(frozen=True)
class Checked:
    """What is wrong in a rubric or a framework.

    Attributes:
        name: of its file.
        remarks: worth a look; it can be used all the same.
    """

    name: str
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]


def checked(file: VersionedFile[V], versions: Sequence[Kept]) -> Checked:
    """All faults by line, and what is not said in every language.

    Args:
        versions: in use, oldest first; so below.
    """
    lacks = untranslated(file.made) if file.made else []
    remarks = tuple(f"{place} is not said in {', '.join(missing)}" for place, missing in lacks)
    return Checked(file.name, tuple(sorted(all_faults(file, versions), key=lambda fault: fault.line)), remarks)


def all_faults(file: VersionedFile[V], versions: Sequence[Kept]) -> tuple[Fault, ...]:
    """Those of the file, and if it says something else now than its version that is in use."""
    for kept in versions:
        if file.made and kept.version == file.made.version and kept.sha256 != file.sha256:
            sentence = (
                f"version {kept.version} is in use since {kept.at_utc[:10]} and is never changed; "
                f"give the changed one version {versions[-1].version + 1}"
            )
            return (*file.faults, file.fault("version", sentence))
    return file.faults
