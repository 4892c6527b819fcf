"""The values that a rubric is spelled in: words, names, levels, shares and whole numbers."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from kb.peers import names
from kb.peers.flaws_in_fields import NAME_PATTERN
from kb.peers.narrative import Text, flaw
from kb.peers.parts import MAX_ITEMS, Number

MAX_LEVELS = 101  # of a scale: 0 to 100 in whole points


def _said(text: Text) -> Text:
    if text.is_unknown:
        raise flaw("is “unknown”; whoever writes this knows what it asks")
    return text


def _whole(given: Any) -> Any:
    number = int(bare) if isinstance(given, str) and re.fullmatch("[0-9]{1,9}", bare := given.strip()) else given
    if isinstance(number, int) and not isinstance(number, bool) and number > 0:
        return number
    raise flaw(f"“{str(given)[:40]}” is no whole number above 0")


def at_most(most: int) -> AfterValidator:
    """A number is refused above ``most``."""

    def checked(number: int) -> int:
        if number > most:
            raise flaw(f"is {number}; at most {most} is taken")
        return number

    return AfterValidator(checked)


def _above_nothing(number: float) -> float:
    if number <= 0:
        raise flaw(f"is {number:g}; wanted is a number above 0")
    return number


def _share(number: float) -> float:
    if not 0 <= number <= 1:
        raise flaw(f"is {number:g}; wanted is a share from 0 to 1, such as 0.8")
    return number


def _true_or_false(given: Any) -> Any:
    if isinstance(given, bool):
        return given
    if isinstance(given, str) and given.strip() in ("true", "false"):
        return given.strip() == "true"
    raise flaw(f"“{str(given)[:40]}” is neither true nor false")


def in_order(mapping: dict[Any, Any]) -> dict[Any, Any]:
    """By key: the order in the file says nothing."""
    return dict(sorted(mapping.items()))


Each = TypeVar("Each")
Words = Annotated[Text, AfterValidator(_said), PlainSerializer(lambda text: dict(text.said))]  # language → words; never "unknown"
Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=names.MAX_CHARS)]
Level = Annotated[Number, AfterValidator(float)]  # a point of the scale, or a mean of such points
Positive = Annotated[Level, AfterValidator(_above_nothing)]
Whole = Annotated[int, BeforeValidator(_whole)]
TrueOrFalse = Annotated[bool, BeforeValidator(_true_or_false)]
Share = Annotated[Level, AfterValidator(_share)]
By = Annotated[dict[Name, Each], AfterValidator(in_order), Field(max_length=MAX_ITEMS)]  # the order in the file says nothing
