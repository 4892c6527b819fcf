"""What is said when something may not be done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.errors import InvalidEntry, KBError


def refused(act: Callable[[], object], kind: type[KBError] = InvalidEntry) -> str:
    """The sentence; it is an error of this very kind."""
    with pytest.raises(KBError) as caught:
        act()
    assert type(caught.value) is kind
    return str(caught.value)
