"""The YAML of a practice sheet as plain values whose lines are known, and its faults by line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.adapters import placed_yaml
from kb.adapters.placed_yaml import Limit, Placed
from kb.peers import flaws
from kb.peers.flaws_between import Surroundings
from kb.peers.flaws_in_fields import Flaw
from kb.peers.practice import PracticeSheet
from kb.services.sheets import MAX_BYTES, Fault

_LIMIT = Limit(MAX_BYTES, "a sheet tells of one practice, documents are linked")


def placed(text: str) -> Placed:
    """Read YAML without guessing types.

    Raises:
        YamlFault: if it is none, or is none that is read here (too long, anchors, tags).
    """
    return placed_yaml.placed(text, _LIMIT)


def read(
    text: str, name: str, file: str, around: Surroundings | None = None
) -> tuple[Mapping[str, Any], PracticeSheet | None, tuple[Fault, ...]]:
    """Plain values, the sheet where there is one, and all faults by line.

    Args:
        name: of the file, without ``.yaml``.
        file: its path as it is shown.
    """

    def make(raw: object) -> tuple[PracticeSheet | None, tuple[Flaw, ...]]:
        return flaws.read(raw, name, around or Surroundings())

    found = placed_yaml.faultless(text, _LIMIT, make) or placed_yaml.read(text, file, _LIMIT, make)
    return found.raw, found.made, found.faults
