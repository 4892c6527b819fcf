"""The YAML of context profiles and of indicators as values, and their faults by line."""

from __future__ import annotations

from kb.adapters import placed_yaml
from kb.adapters.placed_yaml import Limit, Read
from kb.peers.contexts import indicator_flaws, profile_flaws
from kb.peers.contexts.indicators import Indicators
from kb.peers.contexts.profile import ContextProfile
from kb.peers.flaws_between import Surroundings
from kb.services.context_files import MAX_BYTES

_LIMIT = Limit(MAX_BYTES, "a profile tells of one place, and cites what tells more")


def read_indicators(text: str, shown: str) -> Read[Indicators]:
    """What is asked about every place; ``shown`` is the file's path as it is told."""
    return placed_yaml.read(text, shown, _LIMIT, indicator_flaws.read)


def read_profile(
    text: str, name: str, shown: str, indicators: Indicators | None, around: Surroundings | None = None
) -> Read[ContextProfile]:
    """One profile.

    Args:
        name: of the file, without ``.yaml``.
        indicators: what its values answer; ``None`` where they have faults themselves.
    """
    return placed_yaml.read(text, shown, _LIMIT, lambda raw: profile_flaws.read(raw, name, indicators, around or Surroundings()))
