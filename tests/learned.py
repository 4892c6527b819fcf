"""Things of mutual learning under everything that anybody may try: one machine for every kind, and the claims that hold for all.

A test says, for its kind, what can be tried and the straight ways through all its states::

    class Needs(LifecycleMachine):
        kind = NEED
        begins = st.builds(lambda title: Tried("post", lambda kb, _id, who: needs.post(kb, title=title, actor=who)), st.text())
        acts = st.sampled_from([Tried("withdraw", lambda kb, id_, who: needs.withdraw(kb, id_, why="over", actor=who))])
        straight = ([("ann", POST), ("ann", WITHDRAW)],)


    def test_no_sequence_of_calls_leaves_the_states_of_a_need(tmp_path: Path) -> None:
        play(Needs, tmp_path)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from fakes import FakeRecords
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kb.errors import KBError
from kb.peers.learning.record import Event, Kind, Record
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.permission import Member
from kb.services.records import StoredEntry
from tests.assessed import a_base, who

PEOPLE = ("fay", "ann", "bo", "cy", "olu", "sam")  # fay and cy are facilitators; see tests.assessed.add_members


@dataclass(frozen=True)
class Tried:
    """Something that anybody may try with a thing.

    Attributes:
        name: shown where a claim fails.
        act: knowledge base, id of the thing ("" to begin one), who → whatever a service returns.
    """

    name: str
    act: Callable[[KnowledgeBase, str, Member], object]

    def __repr__(self) -> str:
        return self.name


Way = Sequence[tuple[str, Tried]]  # name of the member, what they do; the first begins the thing


class LifecycleMachine(RuleBasedStateMachine):
    """Everybody tries everything with every thing of a kind.

    Attributes:
        begins: what begins a thing.
        acts: what may be tried with one.
        straight: ways that reach all states of the kind, together; every call in them is taken.
        prepare: what else has to be there.
    """

    kind: ClassVar[Kind[Any]]
    begins: ClassVar[st.SearchStrategy[Tried]]
    acts: ClassVar[st.SearchStrategy[Tried]]
    straight: ClassVar[Sequence[Way]]

    def __init__(self, base: KnowledgeBase) -> None:
        super().__init__()
        self.kb = a_copy(base)
        self.kept = self.entries()
        self.last = ""  # id of the thing that something happened to last

    @staticmethod
    def prepare(kb: KnowledgeBase) -> None:
        """Nothing, unless a kind needs other things."""

    # what is there -------------------------------------------------------------------------------------------------------

    def entries(self) -> list[StoredEntry]:
        with self.kb.records() as records:
            return records.journal.everyone(self.kind.stream)

    @property
    def ids(self) -> list[str]:
        return list(dict.fromkeys(each.subject for each in self.kept))

    def everything(self) -> dict[Any, StoredEntry]:
        """The whole journal, of all kinds."""
        return dict(self.kb.records.tables.journal)  # type: ignore[attr-defined]

    def record(self, id_: str) -> Record:
        with self.kb.records() as records:
            found: Record = keeping.within(records, self.kind, id_)
            return found

    # what is tried -------------------------------------------------------------------------------------------------------

    def attempt(self, name: str, tried: Tried, id_: str = "") -> bool:
        """Whether it was taken. What is refused changes nothing at all; what is taken adds one event to one thing."""
        before = self.everything()
        state = self.record(id_).state if id_ else None
        try:
            tried.act(self.kb, id_, who(self.kb, name))
            refused = ""
        except KBError as error:
            refused = str(error) or "nothing said"
        if refused:
            assert refused != "nothing said"
            assert self.everything() == before, f"{tried} was refused, and left something behind"
            return False
        after = self.entries()
        new = [each for each in after if each not in self.kept]
        assert len(new) == 1, f"{tried} added {len(new)} events"
        assert [each for each in after if each in self.kept] == self.kept, "an event was lost or changed"
        assert before.items() <= self.everything().items(), "an event of another kind was lost or changed"
        event = new[0]
        assert event.member == name
        assert (event.subject == id_) if id_ else (event.subject not in self.ids)
        steps = self.kind.lifecycle.steps[event.kind]
        assert state in steps.before if state else not steps.before
        now = self.record(event.subject).state
        assert now == (steps.after or state)
        self.kept, self.last = after, event.subject
        return True

    @initialize(n=st.integers(0, 30), data=st.data())
    def go_part_of_a_straight_way(self, n: int, data: st.DataObject) -> None:
        """So that every state is tried from."""
        way = data.draw(st.sampled_from(list(self.straight)), label="way")
        self.go(way[:n])

    def go(self, way: Way) -> None:
        id_ = ""
        for name, tried in way:
            assert self.attempt(name, tried, id_), f"{tried} by {name} is part of a straight way, and was refused"
            id_ = self.last

    @rule(name=st.sampled_from(PEOPLE), data=st.data())
    def begin(self, name: str, data: st.DataObject) -> None:
        self.attempt(name, data.draw(self.begins, label="begins"))

    @rule(name=st.sampled_from(PEOPLE), data=st.data())
    def go_on(self, name: str, data: st.DataObject) -> None:
        tried = data.draw(self.acts, label="acts")
        if self.ids:
            self.attempt(name, tried, data.draw(st.sampled_from(self.ids), label="which"))

    # what holds at any time ----------------------------------------------------------------------------------------------

    @invariant()
    def every_thing_is_what_its_events_say(self) -> None:
        for id_ in self.ids:
            stored = [each for each in self.kept if each.subject == id_]
            found = self.record(id_)

            assert found.state in list(self.kind.lifecycle.states)
            assert [each.seq for each in found.happened] == list(range(1, len(stored) + 1))
            assert found == folded(self.kind, stored)
            assert found.member == stored[0].member
            assert all(event.body.model_dump_json() == each.body for event, each in zip(found.happened, stored, strict=True))


def folded(kind: Kind[Any], stored: Sequence[StoredEntry]) -> Record:
    """Of its events as they are kept, without what a service remembers."""
    events = [Event(each.seq, each.member, each.at_utc, kind.read(each.kind, each.body), each.is_demo) for each in stored]
    found: Record = kind.fold(stored[0].subject, events)
    return found


def a_copy(base: KnowledgeBase) -> KnowledgeBase:
    """With records of its own."""
    records = FakeRecords()
    records.tables = base.records.tables.copied()  # type: ignore[attr-defined]
    return replace(base, records=records)


def play(machine: type[LifecycleMachine], tmp_path: Path, *, max_examples: int = 25, steps: int = 12) -> None:
    """Go every straight way, see that together they reach every state of the kind, and then try everything."""
    base = a_base(tmp_path, FakeRecords())
    machine.prepare(base)
    reached = set()
    for way in machine.straight:
        for n in range(1, len(way) + 1):
            playing = machine(base)
            playing.go(way[:n])
            playing.every_thing_is_what_its_events_say()
            reached.add(playing.record(playing.last).state)
    assert reached == set(machine.kind.lifecycle.states), "the straight ways do not reach every state"
    limits = settings(max_examples=max_examples, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(lambda: machine(base), settings=limits)
