"""Which names are those of one organisation: alike as they are spelled, or both of one entry of the directory.

A name that two entries have tells nothing: it is compared as it is spelled.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from kb.peers.assessment.organisations import organisation_key, same_organisation
from kb.peers.learning.organisation import Organisation

_BEHIND = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True)
class Spellings:
    """Key of a name → all names of the one entry that has it, and that no other has."""

    by_key: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, directory: Iterable[Organisation]) -> Self:
        """Those of a directory."""
        entries = list(directory)
        having: dict[str, set[str]] = defaultdict(set)
        for each in entries:
            for name in each.names:
                having[organisation_key(name)].add(each.organisation)
        own = (tuple(name for name in each.names if len(having[organisation_key(name)]) == 1) for each in entries)
        return cls({key: names for names in own for name in names if (key := organisation_key(name))})

    def names(self, name: str) -> tuple[str, ...]:
        """The name itself, then what else the organisation is called. What stands behind in parentheses only tells more."""
        keys = (organisation_key(name), organisation_key(_BEHIND.sub("", name)))
        found = next((self.by_key[key] for key in keys if key in self.by_key), ())
        return tuple(dict.fromkeys((name, *found)))

    def is_one(self, one: str, other: str) -> bool:
        """Whether both are names of one organisation; an unknown one is like no other."""
        return any(same_organisation(each, its) for each in self.names(one) for its in self.names(other))


AS_SPELLED = Spellings({})  # without a directory
