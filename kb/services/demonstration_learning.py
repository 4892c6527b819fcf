"""What partners learn from each other in the demonstration is played, day by day over all things: each step by the rules of its
kind, as of that day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.given import checked
from kb.peers.assessment.review import Pin, Stance
from kb.peers.learning.kinds import KINDS
from kb.peers.learning.parts import Party, kind_of
from kb.peers.learning.record import Body, Event, Kind, Record
from kb.services.demonstration_quotes import Quoted
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, visible_documents
from kb.services.records import RegisteredMember, StoredEntry, UnitOfWork

if TYPE_CHECKING:
    from kb.peers.demonstration_learning import LearningStep, ToldThing

People = Mapping[str, RegisteredMember]
IS_DEMO = True


@dataclass(frozen=True)
class PlayedLearning:
    """What came of it.

    Attributes:
        n_things: that were begun.
        events: of all things, in the order in which they happened.
        faults: what did not go as the files tell, as clauses; what stands after the first one of a thing may follow from it.
    """

    n_things: int
    events: tuple[StoredEntry, ...]
    faults: tuple[str, ...]


@dataclass
class LearningPlay:
    """All things while they are played.

    Attributes:
        told: by name of their file.
        people: by key.
    """

    kb: KnowledgeBase
    actor: Member
    told: Mapping[str, ToldThing]
    people: People
    things: dict[str, Record] = field(default_factory=dict)
    events: list[StoredEntry] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def played(self) -> PlayedLearning:
        """From the first day to the last."""
        self._quoted = Quoted(self.kb)
        self._documents = {each.path: each for each in visible_documents(self.kb.catalog, self.actor).values()}
        self._practices = frozenset(self.kb.practices.names())
        self._ids = frozenset(each.id for each in self.told.values())
        if len(self._ids) < len(self.told):
            self.faults.append("two files of learning have the same id")
        steps = [(step, name) for name, thing in self.told.items() for step in thing.steps]
        for step, name in sorted(steps, key=lambda each: (each[0].at_utc, _order(self.told[each[1]].id), each[1], each[0].number)):
            self._play(name, step)
        return PlayedLearning(len(self.things), tuple(self.events), tuple(dict.fromkeys(self.faults)))

    def _play(self, name: str, step: LearningStep) -> None:
        told = self.told[name]
        kind, who, so_far = KINDS[kind_of(told.id)], self.people[step.who], self.things.get(told.id)
        if so_far is None and step.number > 1:
            return  # its beginning has a fault
        body, faults = self._body(kind, told, step)
        if body is not None:
            reader = Reader(who.name, Role.FACILITATOR in who.roles, who.organisation)
            faults += [each.sentence for each in kind.refusals(so_far, body, reader, step.day)]
        self.faults += [f"{name}: happened.{step.number}: {fault}" for fault in faults]
        if body is None or faults:
            return
        event = Event(step.number, who.name, step.at_utc, body, IS_DEMO)
        self.things[told.id] = kind.fold(told.id, (*(so_far.happened if so_far else ()), event))
        text = body.model_dump_json()
        self.events.append(StoredEntry(kind.stream, told.id, event.seq, who.name, step.at_utc, body.kind, text, IS_DEMO))

    def _body(self, kind: Kind[Any], told: ToldThing, step: LearningStep) -> tuple[Body | None, list[str]]:
        wanted, faults = kind.by_kind[step.kind], list[str]()
        filled = {key: self._filled(_field(wanted, key), value, told, faults) for key, value in step.said.items()}
        if "by" in wanted.model_fields:
            filled.setdefault("by", self._party(step.who))
        faults += self._missing(filled)
        body, wrong = checked(wanted, filled)
        return body, [*faults, *wrong]

    def _filled(self, annotation: object, value: object, told: ToldThing, faults: list[str]) -> object:
        """A value of a file with members and passages in place of their keys."""
        wanted = list(_alternatives(annotation))
        if isinstance(value, str):
            if Party in wanted and value in self.people:
                return self._party(value)
            return self._pin(value, told, faults) if Pin in wanted else value
        if isinstance(value, Mapping):
            return {key: self._filled(_within(wanted, key), each, told, faults) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return tuple(self._filled(_within(wanted, 0), each, told, faults) for each in value)
        return value

    def _party(self, key: str) -> Party:
        who = self.people[key]
        return Party(name=who.name, organisation=who.organisation, country=who.country)

    def _pin(self, key: str, told: ToldThing, faults: list[str]) -> object:
        quote = told.quotes.get(key)
        found = self._quoted.pin(quote, self._documents, Stance.FOR) if quote else None
        if found is None:
            faults.append(f"quotes.{key} {f'is not in {quote.document}' if quote else 'is not there'}")
        return found or key

    def _missing(self, said: object) -> Iterator[str]:
        """Practices and things that are named and are not there."""
        for key, text in _texts(said):
            if key in ("practice", "practices") and text and text not in self._practices:
                yield f"there is no practice {text}"
            elif _names_a_thing(text) and text not in self._ids:
                yield f"there is no {text} in the demonstration"


def keep_learning(records: UnitOfWork, played: PlayedLearning, tests: Mapping[str, str]) -> None:
    """Keep all events.

    Args:
        tests: of transferability, by name of their file → id under which they are kept, where the two differ.
    """
    for each in played.events:
        body = json.dumps(_renamed(json.loads(each.body), tests), ensure_ascii=False) if tests else each.body
        records.journal.append(
            StoredEntry(each.stream, each.subject, each.seq, each.member, each.at_utc, each.kind, body, each.is_demo)
        )


def is_learning_in_use(records: UnitOfWork) -> bool:
    """Whether there is anything of it, made up or not."""
    return any(records.journal.stamp(stream)[0] for stream in KINDS)


def _order(id_: str) -> int:
    """Of things that happen at the same minute."""
    return list(KINDS).index(kind_of(id_))


def _names_a_thing(text: str) -> bool:
    return kind_of(text) in KINDS and text.split("-")[1] == "demo"


def _texts(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the key under which it stands."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _texts(each, str(name))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each, key)


def _renamed(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, dict):
        return {key: _renamed(each, names) for key, each in value.items()}
    return [_renamed(each, names) for each in value] if isinstance(value, list) else value


def _field(model: type[BaseModel], key: str) -> object:
    return model.model_fields[key].annotation if key in model.model_fields else None


def _within(alternatives: Iterable[object], part: str | int) -> object:
    """The type of what stands within a value of one of these types."""
    for each in alternatives:
        if isinstance(each, type) and issubclass(each, BaseModel) and part in each.model_fields:
            return each.model_fields[str(part)].annotation
        if get_origin(each) is dict:
            return get_args(each)[1]
        if get_origin(each) in (tuple, list, frozenset) and isinstance(part, int):
            return get_args(each)[0]
    return None


def _alternatives(annotation: object) -> Iterator[object]:
    """What a type may be, without what only tells more of it."""
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for each in get_args(annotation):
            yield from _alternatives(each)
    else:
        yield annotation
