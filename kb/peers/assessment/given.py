"""What somebody typed becomes a value of a review, or every reason why it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from kb.peers.flaws_in_fields import Form, in_sentences
from kb.peers.narrative import Part

Value = TypeVar("Value", bound=Part)


def checked(kind: type[Value], values: Mapping[str, object]) -> tuple[Value | None, tuple[str, ...]]:
    """The value, ``None`` if it has a fault; and its faults as clauses: "reason: has 6000 …", its place first if it has one."""
    try:
        return kind.model_validate(values), ()
    except ValidationError as error:
        flaws = in_sentences(error.errors(include_url=False), Form(kind), ())
        return None, tuple(": ".join(filter(None, (".".join(map(str, flaw.place)), flaw.sentence))) for flaw in flaws)
