"""By what practices can be compared, and why one is near to another: values that a page says in one sentence, in any language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kb.peers.choices import Scale
from kb.peers.narrative import Text
from kb.peers.tags import Tag
from kb.retrieval.similar import Likeness

if TYPE_CHECKING:
    from kb.peers.contexts.distance import Distance


class Basis(StrEnum):
    """By what practices are compared. They are never mixed: a person picks one and is told why."""

    THEME = "theme"  # what it is about and whom it is for
    CONTEXT = "context"  # the places where it is done
    SIZE = "size"  # how far it reaches, in how many countries, with how many partners
    TEXT = "text"  # what its sheet says


class WhyNone(StrEnum):
    """Why a practice has no peers on a basis."""

    UNREADABLE = "unreadable"  # its sheet has faults
    ALONE = "alone"  # there is no other practice whose sheet can be read
    NO_TAGS = "no-tags"  # it has neither themes nor target groups
    NONE_SHARED = "none-shared"  # no other practice has one of them
    NO_PLACE = "no-place"  # nobody knows its country, or it is the whole Union or the world
    NO_PROFILE = "no-profile"  # nothing is known of its places, or of any other practice's
    NO_SIZE = "no-size"  # neither reach nor numbers are known of both it and another
    NO_TEXT = "no-text"  # its sheet, or every other one, is not in the index


@dataclass(frozen=True)
class Size:
    """How large a practice is; ``None``: unknown.

    Attributes:
        n_partners: the owner is not among them.
    """

    reach: Scale | None
    n_countries: int | None
    n_partners: int | None


@dataclass(frozen=True)
class SharedTags:
    """Nearness by theme: the share of both practices' themes and target groups that they have in common (Jaccard).

    Attributes:
        shared: themes first, then groups.
        n_all: tags that either of them has.
    """

    shared: tuple[Tag, ...]
    n_all: int


@dataclass(frozen=True)
class PlacesApart:
    """Nearness by context: 1 less the distance of the nearest two of their places."""

    own: str
    other: str
    distance: Distance

    @property
    def largest(self) -> tuple[str, ...]:
        """Up to three indicators that add most to the distance, the largest part first; none where the places do not differ."""
        parts = sorted(self.distance.parts, key=lambda part: -part.share)
        return tuple(part.indicator for part in parts[:3] if part.share > 0)


@dataclass(frozen=True)
class SizesApart:
    """Nearness by size: 1 less the mean of how far reach and numbers are apart (Gower), each on the range of all practices.

    Attributes:
        n_known: of the three, known of both.
    """

    own: Size
    other: Size
    n_known: int


@dataclass(frozen=True)
class TextsAlike:
    """Nearness by text: ``z / (1 + z)``.

    Attributes:
        z: mean of their nearest passages, in standard deviations above what any passage reaches.
        pairs: up to three passages of both, the nearest first.
    """

    z: float
    pairs: tuple[Likeness, ...]


Why = SharedTags | PlacesApart | SizesApart | TextsAlike


@dataclass(frozen=True)
class Peer:
    """A practice that can be compared.

    Attributes:
        language: of its sheet: the title's, where it is in none that is wanted.
        nearness: 0 to 1, which is the same; only to be compared on one basis.
    """

    practice: str
    title: Text
    language: str
    nearness: float
    why: Why
