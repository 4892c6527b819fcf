"""What is written in an action plan, and what may happen to one. Source: Interreg Europe, see :mod:`kb.peers.learning.plan`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, ValidationInfo, field_validator

from kb.peers.flaws_in_fields import KEY_PATTERN
from kb.peers.learning.money import Money
from kb.peers.learning.parts import Because, Day, Language, Line, MaybeDay, MaybeLine, MaybePlace, MaybeWords, Party, Words
from kb.peers.learning.record import Body
from kb.peers.narrative import Part, flaw

MAX_ACTIONS = 100
MAX_PLAYERS = 50


class ActionProgress(StrEnum):
    """How far an action is."""

    PLANNED = "planned"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    NOT_IMPLEMENTED = "not-implemented"


class Action(Part):
    """One thing that will be done.

    Attributes:
        key: names it within the plan: "register".
        what: nature of the action.
        players: who does it or takes part, in words.
        begins: ISO date, or empty where it is open; so ``ends``.
        cost: ``None`` where nothing is said of it.
        funding: where the money comes from, in words.
        indicator: by what one will see that it worked.
    """

    key: Annotated[str, Field(pattern=KEY_PATTERN, max_length=60)]
    what: Words
    players: Annotated[tuple[Line, ...], Field(max_length=MAX_PLAYERS)] = ()
    begins: MaybeDay = ""
    ends: MaybeDay = ""
    cost: Money | None = None
    funding: MaybeWords = ""
    indicator: MaybeWords = ""

    @field_validator("ends")
    @classmethod
    def _after_begin(cls, ends: str, info: ValidationInfo) -> str:
        begins = info.data.get("begins", "")
        if ends and begins and ends < begins:
            raise flaw(f"{ends} is before it begins ({begins})")
        return ends


class _Text(Body):
    """What a plan says.

    Attributes:
        by: who wrote it so.
        instrument: the one policy instrument that it is to improve: "Regional plan for the social economy".
        place: where it applies.
        language: of all its texts but the summary.
        text: where it starts from, what it wants, and how that follows from what was learned.
        summary_en: in English, of what is done, from which learning, for which policy; required where the language is another one.
        partnership: name of the partnership in which it came to be.
    """

    by: Party
    title: Line
    instrument: Line
    place: MaybePlace = ""
    language: Language = "en"
    text: Words
    summary_en: Annotated[MaybeWords, Field(validate_default=True)] = ""
    partnership: MaybeLine = ""
    because: Because = Because()
    actions: Annotated[tuple[Action, ...], Field(min_length=1, max_length=MAX_ACTIONS)]

    @field_validator("summary_en")
    @classmethod
    def _in_english(cls, summary: str, info: ValidationInfo) -> str:
        if not summary and info.data.get("language", "en") != "en":
            raise flaw("a plan that is not in English needs a summary in English")
        return summary

    @field_validator("actions")
    @classmethod
    def _each_its_key(cls, actions: tuple[Action, ...]) -> tuple[Action, ...]:
        keys = [each.key for each in actions]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise flaw(f"several actions are called {', '.join(twice)}")
        return actions


class PlanWritten(_Text):
    """Somebody writes it for their organisation."""

    kind: ClassVar[str] = "written"


class PlanRevised(_Text):
    """It is written anew, as a whole; the text before stays in the history, and is validated no more."""

    kind: ClassVar[str] = "revised"


class PlanValidated(Body):
    """Somebody from elsewhere found it sound."""

    kind: ClassVar[str] = "validated"
    by: Party
    comment: MaybeWords = ""


class PlanBegun(Body):
    """Work on it begins."""

    kind: ClassVar[str] = "begun"
    by: Party


class ActionMoved(Body):
    """An action goes on.

    Attributes:
        action: its key.
        why: required where it is not implemented; else what is to be said.
    """

    kind: ClassVar[str] = "action-moved"
    by: Party
    action: Line
    to: ActionProgress
    on: Day
    why: Annotated[MaybeWords, Field(validate_default=True)] = ""

    @field_validator("why")
    @classmethod
    def _explained(cls, why: str, info: ValidationInfo) -> str:
        if not why and info.data.get("to") is ActionProgress.NOT_IMPLEMENTED:
            raise flaw("say why the action is not implemented")
        return why


class PlanFinished(Body):
    """Every action ended, and one at least was done."""

    kind: ClassVar[str] = "finished"
    by: Party
    what: MaybeWords = ""


class PlanNotImplemented(Body):
    """It is given up; what was not done yet will not be."""

    kind: ClassVar[str] = "not-implemented"
    by: Party
    why: Words
