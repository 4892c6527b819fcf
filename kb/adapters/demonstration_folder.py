"""The port ``DemonstrationFiles`` on a folder: ``people.yaml``, a file an assessment in ``assessments/``, a file a test in
``transfers/``, a file a practice in ``monitoring/``, a file a thing in ``learning/``, and ``approvals.yaml``.

What checks them is imported when they are read: a search never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kb.adapters.yaml_folder import YamlFolder
from kb.errors import NotFound
from kb.peers.raw_values import mapped
from kb.services.demonstration_files import MAX_BYTES, Demonstration
from kb.services.sheets import Fault

if TYPE_CHECKING:
    from kb.peers.flaws_in_fields import Flaw

PEOPLE, APPROVALS = "people", "approvals"
PARTS = ASSESSMENTS, TRANSFERS, MONITORING, LEARNING = "assessments", "transfers", "monitoring", "learning"  # folders
Made = TypeVar("Made")


class DemonstrationFolder:
    """The demonstration of a folder; one that is not there holds none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self) -> Demonstration:
        """See the port."""
        from kb.peers.demonstration_flaws import (
            read_approvals,
            read_assessment,
            read_learning,
            read_monitoring,
            read_people,
            read_transfer,
        )

        faults: list[Fault] = []
        top = YamlFolder(self.folder, MAX_BYTES, _absent)
        if PEOPLE not in top.names():
            missing = Fault(self._shown(top.path(PEOPLE)), 1, "", "is not there; the members of the demonstration stand in it")
            return Demonstration({}, {}, (missing,) if any(self._within(part).names() for part in PARTS) else ())
        people, raw = self._one(top, PEOPLE, read_people, faults)
        keys = frozenset(mapped(raw.get("members")))  # also of those with a fault: one is told once
        assessments = self._all(ASSESSMENTS, partial(read_assessment, people=keys), faults)
        transfers = self._all(TRANSFERS, partial(read_transfer, people=keys), faults)
        monitoring = self._all(MONITORING, partial(read_monitoring, people=keys), faults)
        learning = self._all(LEARNING, partial(read_learning, people=keys), faults)
        has_approvals = APPROVALS in top.names()
        approved = self._one(top, APPROVALS, partial(read_approvals, people=keys), faults)[0] if has_approvals else None
        return Demonstration(
            people.members if people else {},
            assessments,
            tuple(faults),
            transfers,
            monitoring,
            approved.approvals if approved else (),
            learning,
        )

    def _within(self, part: str) -> YamlFolder:
        return YamlFolder(self.folder / part, MAX_BYTES, _absent)

    def _all(
        self, part: str, make: Callable[[object], tuple[Made | None, Iterable[Flaw]]], faults: list[Fault]
    ) -> Mapping[str, Made]:
        """What every file of a folder spells, by name; those with faults are left out."""
        files = self._within(part)
        told = {name: self._one(files, name, make, faults)[0] for name in files.names()}
        return {name: each for name, each in told.items() if each}

    def _one(
        self, files: YamlFolder, name: str, make: Callable[[object], tuple[Made | None, Iterable[Flaw]]], faults: list[Fault]
    ) -> tuple[Made | None, Mapping[str, Any]]:
        """What one file spells, and its plain values; what is wrong in it is added to ``faults``."""
        from kb.adapters import placed_yaml

        path = files.existing(name)
        text, undecoded = files.decoded(files.data(path), path)
        if undecoded:
            faults.append(undecoded)
            return None, {}
        found = placed_yaml.read(text, self._shown(path), placed_yaml.Limit(MAX_BYTES, "a demonstration is small"), make)
        faults.extend(found.faults)
        return found.made, found.raw

    def _shown(self, path: Path) -> str:
        """As people read it: "corpus/demonstration/people.yaml"."""
        return f"{self.folder.parent.name}/{path.relative_to(self.folder.parent).as_posix()}"


def _absent(name: str) -> NotFound:
    return NotFound(f"There is no “{name[:100]}” in the demonstration.")
