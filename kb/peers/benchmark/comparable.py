"""Which practices can be compared with one, and how near they are: by theme, by place and by size.

A practice of which something is unknown is compared by the rest, or left out where nothing is left. No score is looked at here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.peers import countries
from kb.peers.benchmark.reasons import Peer, PlacesApart, SharedTags, Size, SizesApart, Why, WhyNone
from kb.peers.choices import Scale
from kb.peers.narrative import UNKNOWN, Text
from kb.peers.tags import Tag

if TYPE_CHECKING:
    from kb.peers.contexts.distance import Distance
    from kb.peers.practice import PracticeSheet

THEMATIC = ("theme", "group")  # prefixes of tags that say what a practice is about and whom it is for
REACH = (Scale.LOCAL, Scale.REGIONAL, Scale.NATIONAL, Scale.INTERNATIONAL)  # from near to far


@dataclass(frozen=True)
class Compared:
    """What is compared of a practice.

    Attributes:
        tags: live ones, of any kind.
        places: countries where it is done.
    """

    practice: str
    title: Text
    language: str
    tags: frozenset[Tag]
    places: tuple[str, ...]
    size: Size

    @classmethod
    def of(cls, sheet: PracticeSheet, tags: Iterable[Tag]) -> Compared:
        """What a sheet says, with the live tags of the practice."""
        given = () if isinstance(sheet.place.countries, str) else tuple(dict.fromkeys(sheet.place.countries))
        places = tuple(each for each in given if each != UNKNOWN and each not in countries.TOGETHER)
        reach = None if sheet.place.scale is Scale.UNKNOWN else sheet.place.scale
        n_countries = len(places) if places and len(places) == len(given) else None  # of the whole Union nobody counts them
        n_partners = None if sheet.partners is None or isinstance(sheet.partners, str) else len(sheet.partners)
        return cls(sheet.practice, sheet.title, sheet.language, frozenset(tags), places, Size(reach, n_countries, n_partners))


def by_theme(own: Compared, others: Sequence[Compared]) -> tuple[tuple[Peer, ...], WhyNone | None]:
    """Practices that share a theme or a target group, the nearest first; why there are none."""
    wanted = _thematic(own)
    found = []
    for each in others:
        tags = _thematic(each)
        if shared := wanted & tags:
            ordered = tuple(sorted(shared, key=lambda tag: (THEMATIC.index(tag.prefix), tag.word)))
            found.append(peer(each, len(shared) / len(wanted | tags), SharedTags(ordered, len(wanted | tags))))
    return _told(found, others, WhyNone.NONE_SHARED if wanted else WhyNone.NO_TAGS)


def by_context(
    own: Compared, others: Sequence[Compared], apart: Mapping[tuple[str, str], Distance]
) -> tuple[tuple[Peer, ...], WhyNone | None]:
    """Practices by the nearest of their places to one of the own, the nearest first; why there are none.

    Args:
        apart: (own place, other place) → distance; pairs without profiles are absent.
    """
    found = []
    for each in others:
        pairs = [
            (value, here, there)
            for here in own.places
            for there in each.places
            if (here, there) in apart and (value := apart[here, there].value) is not None
        ]
        if pairs:
            value, here, there = min(pairs, key=lambda pair: pair[0])
            found.append(peer(each, 1 - value, PlacesApart(here, there, apart[here, there])))
    return _told(found, others, WhyNone.NO_PROFILE if own.places else WhyNone.NO_PLACE)


def by_size(own: Compared, others: Sequence[Compared]) -> tuple[tuple[Peer, ...], WhyNone | None]:
    """Practices by reach, number of countries and number of partners, the nearest first; why there are none.

    Of two that are equally near, the one of which more is known comes first.
    """
    spans = _spans([own, *others])
    found = []
    for each in others:
        apart = _sizes_apart(own.size, each.size, spans)
        if apart:
            why = SizesApart(own.size, each.size, len(apart))
            found.append((-why.n_known, peer(each, 1 - math.fsum(apart) / len(apart), why)))
    found.sort(key=lambda pair: pair[0])
    return _told([each for _, each in found], others, WhyNone.NO_SIZE)


def peer(each: Compared, nearness: float, why: Why) -> Peer:
    """The practice as a peer."""
    return Peer(each.practice, each.title, each.language, nearness, why)


def _told(found: Iterable[Peer], others: Sequence[Compared], why_none: WhyNone) -> tuple[tuple[Peer, ...], WhyNone | None]:
    """In order of nearness; those equally near stay in their order."""
    ordered = tuple(sorted(found, key=lambda each: -each.nearness))
    return ordered, None if ordered else why_none if others else WhyNone.ALONE


def _thematic(practice: Compared) -> frozenset[Tag]:
    return frozenset(tag for tag in practice.tags if tag.prefix in THEMATIC)


def _spans(practices: Iterable[Compared]) -> tuple[float, float]:
    """The range of the numbers of countries and of partners, each as a logarithm."""
    sizes = [each.size for each in practices]
    countries_ = [_log(each.n_countries) for each in sizes if each.n_countries is not None]
    partners = [_log(each.n_partners) for each in sizes if each.n_partners is not None]
    spans = (max(numbers) - min(numbers) if numbers else 0.0 for numbers in (countries_, partners))
    return next(spans), next(spans)


def _sizes_apart(own: Size, other: Size, spans: tuple[float, float]) -> list[float]:
    """How far each of the three is apart, 0 to 1, as far as it is known of both."""
    apart = []
    if own.reach and other.reach:
        apart.append(abs(REACH.index(own.reach) - REACH.index(other.reach)) / (len(REACH) - 1))
    pairs = ((own.n_countries, other.n_countries), (own.n_partners, other.n_partners))
    for (here, there), span in zip(pairs, spans, strict=True):
        if here is not None and there is not None:
            apart.append(abs(_log(here) - _log(there)) / span if span else 0.0)
    return apart


def _log(n: int) -> float:
    """One partner or two is a difference; forty or forty-one is none."""
    return math.log(1 + n)
