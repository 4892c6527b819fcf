"""Figures of one thing stand together, and it is told where two sources do not say the same of it."""

from __future__ import annotations

from typing import Any

import pytest

from kb.peers.figure_groups import grouped
from kb.peers.parts import Figure

FIRST = {"what": "members", "value": 25, "unit": "members", "date": "2021", "scope": "PLP 1", "kind": "context", "source": "a"}


def figure(**changed: Any) -> Figure:
    return Figure.model_validate(FIRST | changed)


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ({"value": 26, "source": "b"}, True),
        ({"value": 26, "source": "b", "date": "unknown"}, True),
        ({"value": 26, "source": "b", "date": "2022", "scope": "PLP 1, as B counts"}, True),  # a reader sees when and of what
        ({"value": 25, "source": "b"}, False),  # the same, said twice
        ({"qualifier": "more-than", "source": "b"}, True),
        ({"value": 26, "source": "a"}, False),  # one source that says both gives a span, or tells of two times
    ],
)
def test_two_sources_differ_where_they_say_two_things(other: dict[str, Any], differs: bool) -> None:
    (group,) = grouped([figure(), figure(**other)])

    assert group.differs is differs
    assert len(group.figures) == 2


def test_figures_of_one_thing_come_together_in_the_order_of_the_sheet() -> None:
    groups = grouped([figure(value=1), figure(what="towns", value=2), figure(value=3, source="b")])

    assert [(group.what, [each.value for each in group.figures]) for group in groups] == [("members", [1, 3]), ("towns", [2])]
