"""Names of the product that are something else for a while: a constant, or a function in the module that calls it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

Override = tuple[Any, str, Any]  # where, name, value


@contextmanager
def overridden(overrides: Sequence[Override]) -> Iterator[None]:
    """The overrides hold inside. A name that does not exist is an error: what overrides it would measure nothing."""
    before = [(where, name, getattr(where, name)) for where, name, _ in overrides]
    for where, name, value in overrides:
        setattr(where, name, value)
    try:
        yield
    finally:
        for where, name, value in before:
            setattr(where, name, value)
