"""The YAML of organisations and partnerships as values, and their faults by line."""

from __future__ import annotations

from kb.adapters import placed_yaml
from kb.adapters.placed_yaml import Limit, Read
from kb.peers.flaws_between import Surroundings
from kb.peers.learning import directory_flaws
from kb.peers.learning.organisation import Organisation
from kb.peers.learning.partnership import Partnership
from kb.services.written_files import MAX_BYTES

_ORGANISATION = Limit(MAX_BYTES, "a file tells of one organisation, and cites what tells more")
_PARTNERSHIP = Limit(MAX_BYTES, "a file tells of one partnership, and cites what tells more")


def read_organisation(text: str, name: str, shown: str, around: Surroundings | None = None) -> Read[Organisation]:
    """One organisation.

    Args:
        name: of the file, without ``.yaml``.
        shown: its path as it is told.
    """
    make = directory_flaws.read_organisation
    return placed_yaml.read(text, shown, _ORGANISATION, lambda raw: make(raw, name, around or Surroundings()))


def read_partnership(text: str, name: str, shown: str, around: Surroundings | None = None) -> Read[Partnership]:
    """One partnership; see :func:`read_organisation`."""
    make = directory_flaws.read_partnership
    return placed_yaml.read(text, shown, _PARTNERSHIP, lambda raw: make(raw, name, around or Surroundings()))
