"""When two figures of the same thing disagree, and when they only tell of two times or two places."""

from __future__ import annotations

from typing import Any

import pytest

from kb.peers.figure_groups import grouped
from kb.peers.parts import Figure

FIRST = {"what": "members", "value": 25, "unit": "members", "date": "2021", "scope": "PLP 1", "kind": "context", "source": "a"}


def figure(**changed: Any) -> Figure:
    return Figure.model_validate(FIRST | changed)


@pytest.mark.parametrize(
    ("other", "disagrees"),
    [
        ({"value": 26, "source": "b"}, True),
        ({"value": 26, "source": "b", "date": "unknown"}, True),
        ({"value": 26, "source": "b", "date": "2022"}, False),  # another year
        ({"value": 26, "source": "b", "scope": "PLP 2"}, False),  # another place
        ({"value": 25, "source": "b"}, False),  # the same, said twice
        ({"qualifier": "more-than", "source": "b"}, True),
        ({"value": 26, "source": "a"}, False),  # one source that says both tells of two things
    ],
)
def test_two_sources_disagree_on_the_same_case_only(other: dict[str, Any], disagrees: bool) -> None:
    (group,) = grouped([figure(), figure(**other)])

    assert group.disagrees is disagrees
    assert len(group.figures) == 2


def test_figures_of_one_thing_come_together_in_the_order_of_the_sheet() -> None:
    groups = grouped([figure(value=1), figure(what="towns", value=2), figure(value=3, source="b")])

    assert [(group.what, [each.value for each in group.figures]) for group in groups] == [("members", [1, 3]), ("towns", [2])]
