"""The port to the demonstration as it lies in files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kb.services.sheets import Fault

MAX_BYTES = 256 << 10  # of one file; the longest has 30 KB

if TYPE_CHECKING:  # a search never waits for pydantic
    from kb.peers.demonstration import Person, ToldAssessment
    from kb.peers.demonstration_following import ToldApproval, ToldMonitoring
    from kb.peers.demonstration_learning import ToldThing
    from kb.peers.demonstration_transfer import ToldTransfer


@dataclass(frozen=True)
class Demonstration:
    """All that the files say.

    Attributes:
        people: by key.
        assessments: by name of their file, in order; so are ``transfers``, ``monitoring`` and ``learning``.
        faults: all of them, file by file and by line.
    """

    people: Mapping[str, Person]
    assessments: Mapping[str, ToldAssessment]
    faults: tuple[Fault, ...]
    transfers: Mapping[str, ToldTransfer] = field(default_factory=dict)
    monitoring: Mapping[str, ToldMonitoring] = field(default_factory=dict)
    approvals: tuple[ToldApproval, ...] = ()
    learning: Mapping[str, ToldThing] = field(default_factory=dict)

    @property
    def is_there(self) -> bool:
        """Whether there is one at all."""
        return bool(self.people or self.assessments or self.faults)


class DemonstrationFiles(Protocol):
    """The demonstration in a folder."""

    @property
    def folder(self) -> Path:
        """Where it lies."""
        ...

    def read(self) -> Demonstration:
        """As the files have it now; an empty one where there are none."""
        ...
