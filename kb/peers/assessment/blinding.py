"""What somebody may see of an assessment: events are taken out or emptied *before* anything is folded from them.

So nothing that is derived (scores, counts, means, exports) can tell what its reader may not know. Whoever awaits an own review
to submit sees the same, whatever others did: not even numbers and times of their events show.

- Who holds a seat and has not submitted: how it stands with the own seat, and what is so for all (opened, begun, dates).
- Who has submitted: all.
- A facilitator without an own review to submit: all, but what reviews say only once all of them are there.
- The owner: what is so for all until the reply is opened; from then on all, without the names of reviewers.
- Anybody else: that there is an assessment; once it is concluded, what the owner sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.peers.assessment.events import (
    Accepted,
    Begun,
    Body,
    Cancelled,
    Concluded,
    Declined,
    DueChanged,
    Event,
    Excused,
    Invited,
    Opened,
    Reconfirmed,
    ReplyOpened,
    Settled,
    Submitted,
)
from kb.peers.assessment.organisations import same_organisation

FOR_ALL = (Opened, Begun, Cancelled)
FOR_CONCERNED = (*FOR_ALL, DueChanged)  # reviewers before they submit, and the owner before the reply
ALIAS = "Reviewer {n}"


@dataclass(frozen=True)
class Reader:
    """Who wants to see an assessment, or to move it on.

    Attributes:
        organisation: whom they work for; empty where it is unknown.
        also: what else that is called, where it was looked up.
    """

    name: str
    is_facilitator: bool = False
    organisation: str = ""
    also: tuple[str, ...] = ()

    def is_of(self, organisation: str) -> bool:
        """Whether they work for it, by any of its names that were looked up."""
        return any(same_organisation(organisation, each) for each in (self.organisation, *self.also))


def visible(events: Iterable[Event], reader: Reader) -> list[Event]:
    """The part of ``events`` that ``reader`` may see, numbered anew: gaps would tell that something happened."""
    return [replace(event, seq=number) for number, event in enumerate(_seen(list(events), reader), start=1)]


def is_blind(events: Iterable[Event], name: str) -> bool:
    """Whether a review of this member is awaited, so that others' reviews are not to be known."""
    is_awaited = False
    for event in events:
        match event.body:
            case Invited(reviewer=reviewer) if reviewer == name:
                is_awaited = True
            case Excused(reviewer=reviewer) if reviewer == name:
                is_awaited = False
            case Declined() | Submitted() if event.member == name:
                is_awaited = False
    return is_awaited


def answers_for_owner(opened: Opened, reader: Reader) -> bool:
    """Whether ``reader`` may reply for the owner: the member who was named, else anybody of the organisation."""
    if opened.respondent:
        return opened.respondent == reader.name
    return same_organisation(opened.owner, reader.organisation)


def _seen(events: Sequence[Event], reader: Reader) -> Iterable[Event]:
    if is_blind(events, reader.name):
        return _some(events, reader, FOR_CONCERNED)
    if any(isinstance(event.body, Submitted) and event.member == reader.name for event in events):
        return events
    has_reply_opened = any(isinstance(event.body, ReplyOpened) for event in events)
    if reader.is_facilitator:
        return events if has_reply_opened else _emptied(events)
    if any(isinstance(event.body, Opened) and answers_for_owner(event.body, reader) for event in events):
        return _anonymous(events, reader) if has_reply_opened else _some(events, reader, FOR_CONCERNED)
    is_concluded = any(isinstance(event.body, Concluded) for event in events)
    return _anonymous(events, reader) if is_concluded else _some(events, reader, FOR_ALL)


def _some(events: Iterable[Event], reader: Reader, kinds: tuple[type[Body], ...]) -> Iterator[Event]:
    """Events of these kinds, and what became of the reader's own seat."""
    for event in events:
        if isinstance(event.body, kinds):
            yield event
        elif _is_own_seat(event, reader.name):
            yield _without_third(event)


def _is_own_seat(event: Event, name: str) -> bool:
    match event.body:
        case Invited(reviewer=reviewer) | Excused(reviewer=reviewer):
            return reviewer == name
        case Accepted() | Declined():
            return event.member == name
    return False


def _without_third(event: Event) -> Event:
    """Who is asked as a third would know that others are far apart."""
    body = event.body
    return replace(event, body=body.model_copy(update={"is_third": False})) if isinstance(body, Invited) else event


def _emptied(events: Iterable[Event]) -> Iterator[Event]:
    """Who is ready, and not with what."""
    for event in events:
        if isinstance(event.body, Submitted):
            yield replace(event, body=Submitted(review=None))
        elif not isinstance(event.body, (Settled, Reconfirmed)):
            yield event


def _anonymous(events: Sequence[Event], reader: Reader) -> Iterator[Event]:
    """With "Reviewer 1" for who submitted first, and so on; those who did not submit are left out."""
    authors = dict.fromkeys(event.member for event in events if isinstance(event.body, Submitted))
    aliases = {name: ALIAS.format(n=number) for number, name in enumerate(authors, start=1)}
    for event in events:
        if _is_own_seat(event, reader.name):
            yield _without_third(event)
        elif (shown := _aliased(event, aliases)) is not None:
            yield shown


def _aliased(event: Event, aliases: Mapping[str, str]) -> Event | None:
    """The event without a reviewer's name; ``None`` if it is about somebody who did not submit.

    A facilitator keeps the own name in what facilitators do: it tells nothing of a seat.
    """
    alias = aliases.get(event.member, event.member)
    match event.body:
        case Invited(reviewer=reviewer, is_third=is_third):
            return replace(event, body=Invited(reviewer=aliases[reviewer], is_third=is_third)) if reviewer in aliases else None
        case Accepted():
            return replace(event, member=alias) if event.member in aliases else None
        case Declined() | Excused():
            return None
        case Submitted() | Settled():
            return replace(event, member=alias)
        case ReplyOpened():  # by whoever's event made it so
            return replace(event, member="")
        case Reconfirmed(reviewer=reviewer):
            return replace(event, member=alias, body=event.body.model_copy(update={"reviewer": aliases.get(reviewer, "")}))
    return event
