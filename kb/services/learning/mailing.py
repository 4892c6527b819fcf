"""Letters of what waits for a member: only to those who asked for them, one a day at most, and none where nothing waits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kb.errors import Conflict, InvalidEntry, MailError, UnusableRecords
from kb.peers.learning.subscribing import STREAM, NotTold, Subscribed, Subscription, Told, Unsubscribed, fold, read
from kb.services import journaling, members
from kb.services.clock import now, today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.digest import digest
from kb.services.learning.digest_wording import DEFAULT, WORDINGS, check_language
from kb.services.learning.waiting import waiting
from kb.services.permission import LOCAL_MEMBER, Member, Role, require
from kb.services.post import Letter, fault_of_address
from kb.services.records import Draft, StoredEntry, UnitOfWork, name_key

ADDRESS = "mail-address"  # where an address is kept: with what a member alone sees, and may be forgotten
ASK, LIST, NOTIFY = "have letters of what waits", "see who has letters", "send letters of what waits"


@dataclass(frozen=True)
class Subscriber:
    """A member who has letters.

    Attributes:
        since: when they asked, ISO 8601.
        told_on: day of the last letter; empty without one.
        language: of the letters.
    """

    name: str
    address: str
    since: str
    told_on: str
    language: str = DEFAULT


@dataclass(frozen=True)
class Sent:
    """What came of the letter to one member.

    Attributes:
        n: how many things wait; 0: there is no letter.
        text: of the letter; empty where there is none.
        was_told: one was sent today already.
        fault: why it was not sent; empty where it was.
    """

    name: str
    n: int
    text: str = ""
    was_told: bool = False
    fault: str = ""


def subscribe(kb: KnowledgeBase, address: str, *, language: str = DEFAULT, actor: Member) -> Subscriber:
    """Have letters of what waits sent to ``address``; another one than before takes its place, and so does another language.

    Raises:
        InvalidEntry: if it is none, or there are no letters in that language.
    """
    require(actor, Role.MEMBER, ASK)
    check_language(language)
    wanted = address.strip()
    if fault := fault_of_address(wanted):
        raise InvalidEntry(f"Letters cannot be sent there: {fault}.")
    with kb.records() as records:
        member = records.members.get(actor.name)
        if member and member.is_demo:
            raise InvalidEntry("Members of the demonstration have no letters.")
        before = records.drafts.get(actor.name, ADDRESS, STREAM)
        if before:
            records.drafts.remove(actor.name, ADDRESS, STREAM)
        records.drafts.put(Draft(actor.name, ADDRESS, STREAM, wanted, "", now()))
        present = _subscription(records, actor.name)
        if not present.is_on or present.language != language:
            _add(records, actor.name, Subscribed(language=language), actor)
        return _subscriber(records, actor.name) or Subscriber(actor.name, wanted, now(), "", language)


def unsubscribe(kb: KnowledgeBase, *, actor: Member) -> None:
    """Have no letters, and the address forgotten."""
    require(actor, Role.MEMBER, ASK)
    with kb.records() as records:
        records.drafts.remove(actor.name, ADDRESS, STREAM)
        if _subscription(records, actor.name).is_on:
            _add(records, actor.name, Unsubscribed(), actor)


def subscription(kb: KnowledgeBase, *, actor: Member) -> Subscriber | None:
    """The actor's own; ``None`` where they have no letters."""
    require(actor, Role.MEMBER, ASK)
    with kb.records() as records:
        return _subscriber(records, actor.name)


def subscribers(kb: KnowledgeBase, *, actor: Member) -> list[Subscriber]:
    """Everybody who has letters, by name."""
    require(actor, Role.ADMINISTRATOR, LIST)
    with kb.records() as records:
        return list(_subscribers(records))


def notify(kb: KnowledgeBase, *, actor: Member, dry_run: bool = False) -> list[Sent]:
    """Send every subscriber one letter of what waits, in their language, unless they had one today.

    What cannot be sent is told and tried again later.

    Args:
        dry_run: make the letters and send none.

    Raises:
        SettingsError: if no mail server is set, or one that cannot be used.
    """
    require(actor, Role.ADMINISTRATOR, NOTIFY)
    return [_sent(kb, each, actor, dry_run) for each in subscribers(kb, actor=actor)]


def _sent(kb: KnowledgeBase, subscriber: Subscriber, actor: Member, dry_run: bool) -> Sent:
    name, day = subscriber.name, today()
    member = members.acting_as(kb, name)
    if member is None:
        return Sent(name, 0)  # nobody of that name may act any more
    waits = [each for each in waiting(kb, actor=member, language=subscriber.language) if not each.is_demo]
    if not waits or subscriber.told_on == day:
        return Sent(name, len(waits), was_told=bool(waits))
    wording = WORDINGS.get(subscriber.language, WORDINGS[DEFAULT])  # one that this version has no letters in any more
    text = digest(waits, name, wording, kb.app_url)
    if dry_run:
        return Sent(name, len(waits), text)
    try:
        with kb.records() as records:
            present = _subscriber(records, name)
            if present is None:
                return Sent(name, 0)  # they asked for no more meanwhile: the address is forgotten
            if present.told_on == day:
                return Sent(name, len(waits), was_told=True)
            _add(records, name, Told(on=day, n=len(waits)), actor)
    except Conflict:
        return Sent(name, len(waits), was_told=True)  # another process is at it
    id_ = hashlib.sha256(f"{name_key(name)} {day}".encode()).hexdigest()[:32]
    try:
        kb.post.send(Letter(present.address, wording.subject(len(waits)), text, id_))
    except Exception as error:
        with kb.records() as records:
            _add(records, name, NotTold(on=day), actor)
        if isinstance(error, MailError):
            return Sent(name, len(waits), text, fault=str(error))
        raise
    return Sent(name, len(waits), text)


def _subscribers(records: UnitOfWork) -> Iterator[Subscriber]:
    """An address belongs to a name; who has asked is told in events."""
    names = {name_key(each.name): each.name for each in records.members.everyone() if each.is_active and not each.is_demo}
    names[name_key(LOCAL_MEMBER.name)] = LOCAL_MEMBER.name
    there = {key for key, _ in groupby(records.journal.everyone(STREAM), key=lambda each: each.subject)}
    for key in sorted(there & names.keys()):
        if found := _subscriber(records, names[key]):
            yield found


def _subscriber(records: UnitOfWork, name: str) -> Subscriber | None:
    kept, found = records.drafts.get(name, ADDRESS, STREAM), _subscription(records, name)
    return Subscriber(name, kept.text, found.since, found.told_on, found.language) if kept and found.is_on else None


def _subscription(records: UnitOfWork, name: str) -> Subscription:
    return fold((each.at_utc, _read(each)) for each in records.journal.of(STREAM, name_key(name)))


def _read(entry: StoredEntry) -> Subscribed | Unsubscribed | Told | NotTold:
    try:
        return read(entry.kind, entry.body)  # type: ignore[return-value]
    except ValueError as error:
        told = f"An event of notices ({entry.kind[:40]}) is of a newer version of the program. Update it."
        raise UnusableRecords(told) from error


def _add(records: UnitOfWork, name: str, body: Subscribed | Unsubscribed | Told | NotTold, actor: Member) -> None:
    subject = name_key(name)
    seq = journaling.next_seq(records.journal.of(STREAM, subject))
    journaling.append(records, STREAM, subject, seq, body.kind, body.model_dump_json(), actor=actor)
