"""Values as columns and back, where a table has the names and kinds of the value's fields."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def without_id(value: DataclassInstance) -> dict[str, Any]:
    """The fields of ``value`` by name, but not ``id``: the database gives it."""
    return {name: field for name, field in asdict(value).items() if name != "id"}
