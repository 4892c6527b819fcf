"""Why a need and an offer fit each other, and what stands in the way: values that a page says in one sentence, in any language."""

from __future__ import annotations

from enum import StrEnum

from kb.peers.narrative import Part


class ReasonKind(StrEnum):
    """What speaks for a match; what :class:`Reason` holds is said behind it."""

    MEANING = "meaning"  # values: its place among all by meaning, and how many there are
    GIVES = "gives"  # values: what is sought and given
    LANGUAGE = "language"  # values: languages that both speak
    THEME = "theme"  # values: the theme of both
    PRACTICE = "practice"  # values: practices of both
    OTHER_COUNTRY = "other-country"  # values: country of the seeker, of the host
    CONTEXT = "context"  # values: place of the need, country of the host; amount: how far they are apart, 0 to 1


class ObstacleKind(StrEnum):
    """What speaks against a match."""

    NO_LANGUAGE = "no-language"  # values: languages of the seeker, then of the host, each with commas
    LANGUAGE_UNKNOWN = "language-unknown"  # nobody said in which languages one of them speaks
    NOT_GIVEN = "not-given"  # values: what is sought
    FULL = "full"  # values: how many the host serves at a time

    @property
    def is_serious(self) -> bool:
        """Whether the offer comes after all that have no such obstacle."""
        return self is not ObstacleKind.LANGUAGE_UNKNOWN


class Reason(Part):
    """One reason.

    Attributes:
        values: codes and names; see :class:`ReasonKind`.
        amount: a measure, where there is one.
    """

    kind: ReasonKind
    values: tuple[str, ...] = ()
    amount: float | None = None


class Obstacle(Part):
    """One obstacle; ``values`` as :class:`ObstacleKind` says."""

    kind: ObstacleKind
    values: tuple[str, ...] = ()
