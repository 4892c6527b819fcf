"""How well an offer fits a need: nearness in meaning first, then rules, each said as a reason or an obstacle.

The rules are those of peer reviews (Interreg Europe): peers of two other countries at least, a language that both speak, a context
that is alike, experience with the same practice, and no host beyond its capacity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.peers.learning.match import Match, MatchState
from kb.peers.learning.match_reasons import Obstacle, ObstacleKind, Reason, ReasonKind
from kb.peers.learning.need import Need
from kb.peers.learning.offer import Offer
from kb.peers.learning.spellings import AS_SPELLED, Spellings

MIN_OTHER_COUNTRIES = 2  # of a shortlist; Interreg Europe: peers from two countries other than the host's
# What a rule adds to a cosine. The first and the sixth offer for a need lie 0.039 apart (mean of 16 needs and 20 offers with
# multilingual-e5-small, benchmarks/matching.py, 2026-11-23): a reason moves an offer by a few places, and says nothing by itself.
WEIGHTS = {ReasonKind.GIVES: 0.01, ReasonKind.THEME: 0.015, ReasonKind.PRACTICE: 0.02, ReasonKind.OTHER_COUNTRY: 0.002}
NEARNESS = 0.01  # for the same context; less, the further away


@dataclass(frozen=True)
class Nearness:
    """How far the place of a need is from the country of an offer.

    Attributes:
        distance: 0 (the same in all that is known) to 1.
        is_near: it is among the nearer half of the places that are known.
    """

    place: str
    country: str
    distance: float
    is_near: bool


@dataclass(frozen=True)
class Known:
    """What is known of a need and an offer beside their own words.

    Attributes:
        meaning: cosine of the need's words, as a question, and the offer's, as a passage.
        place: of the offer, or the need, among all by meaning: 1, 2, …
        n: how many there are.
        seeker_languages: that the seeker reads, as registered.
        host_languages: the same of the host.
        n_served: matches that the offer serves now.
        nearness: where both have a context profile.
    """

    meaning: float
    place: int = 1
    n: int = 1
    seeker_languages: tuple[str, ...] = ()
    host_languages: tuple[str, ...] = ()
    n_served: int = 0
    nearness: Nearness | None = None


@dataclass(frozen=True)
class Fit:
    """How well an offer fits a need. The score can only be compared within one list."""

    score: float
    reasons: tuple[Reason, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def is_hindered(self) -> bool:
        """Whether it comes after all that have no serious obstacle."""
        return any(each.kind.is_serious for each in self.obstacles)


def may_meet(need: Need, offer: Offer, called: Spellings = AS_SPELLED) -> bool:
    """Whether they can be matched at all: two members, not of one organisation, both real or both made up."""
    one, other = need.posted.by, offer.posted.by
    is_one = one.name == other.name or called.is_one(one.organisation, other.organisation)
    return not is_one and need.is_demo == offer.is_demo


def fit(need: Need, offer: Offer, known: Known) -> Fit:
    """Score, reasons and obstacles."""
    reasons = tuple(_reasons(need, offer, known))
    nearness = NEARNESS * (1 - known.nearness.distance) if known.nearness else 0.0
    score = known.meaning + nearness + sum(WEIGHTS.get(each.kind, 0.0) for each in reasons)
    return Fit(score, reasons, tuple(_obstacles(need, offer, known)))


def n_served(offer_id: str, matches: Iterable[Match]) -> int:
    """Matches that an offer serves now: agreed, and not done."""
    return sum(each.proposed.offer == offer_id and each.state is MatchState.ACCEPTED for each in matches)


def shortlist(fits: Sequence[tuple[str, Fit]], *, k: int, home: str) -> list[int]:
    """Positions in ``fits`` of the best ``k``, best first; what is hindered comes last.

    Where they are not of two countries other than ``home``, the last ones give way to the best of further countries, as long as
    nothing stands in these ones' way.

    Args:
        fits: country ("" where it is unknown) and fit of each.
    """
    order = sorted(range(len(fits)), key=lambda at: (fits[at][1].is_hindered, -fits[at][1].score, at))
    chosen = order[:k]
    for at in order[k:]:
        country, found = fits[at]
        there = _countries(fits, chosen, home)
        if len(there) >= min(k, MIN_OTHER_COUNTRIES) or found.is_hindered:
            break
        if country not in there | {"", home}:  # the last one without which there are as many countries gives way
            others = ([each for each in chosen if each != last] for last in reversed(chosen))
            chosen = [*next(rest for rest in others if _countries(fits, rest, home) == there), at]
    return sorted(chosen, key=order.index)


def other_countries(countries: Iterable[str], home: str) -> set[str]:
    """Those that are known, and are not ``home``."""
    return {each for each in countries if each and each != home}


def _countries(fits: Sequence[tuple[str, Fit]], chosen: Iterable[int], home: str) -> set[str]:
    return other_countries((fits[at][0] for at in chosen), home)


def _reasons(need: Need, offer: Offer, known: Known) -> Iterator[Reason]:
    wanted, given = need.posted, offer.posted
    yield Reason(kind=ReasonKind.MEANING, values=(str(known.place), str(known.n)), amount=known.meaning)
    if wanted.seeks in given.gives:
        yield Reason(kind=ReasonKind.GIVES, values=(wanted.seeks,))
    if shared := _shared(*spoken(need, offer, known)):
        yield Reason(kind=ReasonKind.LANGUAGE, values=shared)
    if wanted.theme and wanted.theme == given.theme:
        yield Reason(kind=ReasonKind.THEME, values=(wanted.theme,))
    if shared := _shared(wanted.practices, given.practices):
        yield Reason(kind=ReasonKind.PRACTICE, values=shared)
    if wanted.by.country and given.by.country and wanted.by.country != given.by.country:
        yield Reason(kind=ReasonKind.OTHER_COUNTRY, values=(wanted.by.country, given.by.country))
    if (near := known.nearness) and near.is_near:
        yield Reason(kind=ReasonKind.CONTEXT, values=(near.place, near.country), amount=near.distance)


def _obstacles(need: Need, offer: Offer, known: Known) -> Iterator[Obstacle]:
    seeker, host = spoken(need, offer, known)
    if not seeker or not host:
        yield Obstacle(kind=ObstacleKind.LANGUAGE_UNKNOWN)
    elif not _shared(seeker, host):
        yield Obstacle(kind=ObstacleKind.NO_LANGUAGE, values=(",".join(seeker), ",".join(host)))
    if need.posted.seeks not in offer.posted.gives:
        yield Obstacle(kind=ObstacleKind.NOT_GIVEN, values=(need.posted.seeks,))
    if known.n_served >= offer.posted.capacity:
        yield Obstacle(kind=ObstacleKind.FULL, values=(str(offer.posted.capacity),))


def spoken(need: Need, offer: Offer, known: Known) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Languages of the seeker and of the host: those that the need and the offer name, else those that the members read."""
    return need.posted.languages or known.seeker_languages, offer.posted.languages or known.host_languages


def _shared(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """In the order of ``one``."""
    return tuple(each for each in dict.fromkeys(one) if each in other)
