"""Which step may follow in which state of a thing, and where it leads: a table, and nothing beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from kb.peers.assessment.move import Refusal

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Step(Generic[S]):
    """One kind of event in the life of a thing.

    Attributes:
        after: state that it leads to; ``None``: the state stays, or the event itself says it (see :class:`Lifecycle`).
        before: states in which it may follow; empty: it begins the thing.
    """

    after: S | None
    before: frozenset[S] = frozenset()


@dataclass(frozen=True)
class Lifecycle(Generic[S]):
    """All states of a kind of thing, and its steps by kind of event."""

    states: type[S]
    steps: Mapping[str, Step[S]]

    @property
    def final(self) -> frozenset[S]:
        """States that nothing follows."""
        return frozenset(each for each in self.states if not any(each in step.before for step in self.steps.values()))

    def begins(self, kind: str) -> bool:
        """Whether an event of this kind is the first of its thing."""
        return not self.steps[kind].before

    def after(self, state: S | None, kind: str) -> S:
        """The state after an event of this kind."""
        step = self.steps[kind]
        found = step.after or state
        if found is None:
            raise ValueError(f"{kind} begins nothing")
        return found

    def refused(self, state: S | None, kind: str, what: str) -> Refusal | None:
        """Why an event of this kind does not follow; ``None`` where it does.

        Args:
            state: ``None`` before the thing is there.
            what: the thing in a sentence: "the need".
        """
        before = self.steps[kind].before
        if state is None:
            return None if not before else Refusal(f"There is no {what} yet.")
        if state in before:
            return None
        if not before:
            return Refusal(f"The {what} is there already.", is_late=True)
        return Refusal(f"The {what} is {state}; this needs one that is {_listed(before)}.", is_late=True)


def step(after: S | None, *before: S) -> Step[S]:
    """Spelled shorter."""
    return Step(after, frozenset(before))


def _listed(states: Collection[StrEnum]) -> str:
    """In the order in which they are declared."""
    return " or ".join(each for each in type(next(iter(states))) if each in states)
