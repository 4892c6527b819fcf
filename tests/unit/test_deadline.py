"""A deadline is told by the clock it is given."""

from __future__ import annotations

import pytest

from kb.errors import SearchTimeout
from kb.retrieval.deadline import Deadline


def test_a_deadline_passes_when_its_clock_says_so() -> None:
    now = [100.0]
    deadline = Deadline.after(5, clock=lambda: now[0])

    deadline.check()
    now[0] = 105.0
    assert not deadline.has_passed()
    now[0] = 105.1
    assert deadline.has_passed()
    with pytest.raises(SearchTimeout, match="after 5 seconds"):
        deadline.check()
