"""Who wants a letter of what waits for them, and when they were sent one: events of one member, and what they come to.

The address itself is not among them: events stay for ever, and an address is forgotten when its owner says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import ClassVar

from kb.peers.days import Day
from kb.peers.learning.record import Body

STREAM = "notices"


class Subscribed(Body):
    """A member asks for letters, or for letters in another language.

    Attributes:
        language: that they are in: ``fr``.
    """

    kind: ClassVar[str] = "subscribed"
    language: str = "en"  # as all letters were before it could be chosen


class Unsubscribed(Body):
    """A member wants none."""

    kind: ClassVar[str] = "unsubscribed"


class Told(Body):
    """A letter is handed in. It is said before it is done, so that two who send at once do not both send.

    Attributes:
        on: day that it is for.
        n: how many things it tells of.
    """

    kind: ClassVar[str] = "told"
    on: Day
    n: int


class NotTold(Body):
    """The letter of a day could not be handed in: it may be tried again."""

    kind: ClassVar[str] = "not-told"
    on: Day


BODIES: Mapping[str, type[Body]] = MappingProxyType({each.kind: each for each in (Subscribed, Unsubscribed, Told, NotTold)})


@dataclass(frozen=True)
class Subscription:
    """What is known of one member.

    Attributes:
        since: when they asked, ISO 8601; empty where they do not want letters.
        told_on: day of the last letter; empty without one.
        language: that was asked for last.
    """

    since: str = ""
    told_on: str = ""
    language: str = ""

    @property
    def is_on(self) -> bool:
        """Whether letters are wanted."""
        return bool(self.since)


def read(kind: str, text: str) -> Body:
    """What was kept of an event.

    Raises:
        ValueError: for a kind or a content that this version does not know.
    """
    if kind not in BODIES:
        raise ValueError(f"no event of notices is called “{kind[:40]}”")
    return BODIES[kind].model_validate_json(text)


def fold(events: Iterable[tuple[str, Body]]) -> Subscription:
    """Events with their times, in order, as they are now."""
    found, before = Subscription(), ""
    for at_utc, body in events:
        match body:
            case Subscribed():
                found = replace(found, since=found.since or at_utc, language=body.language)
            case Unsubscribed():
                found = replace(found, since="")
            case Told():
                before, found = found.told_on, replace(found, told_on=body.on)
            case NotTold() if body.on == found.told_on:
                found = replace(found, told_on=before)
    return found
