"""How long an answer may take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from kb.errors import SearchTimeout

DEADLINE_S = 5.0  # a person has left by then; an ordinary question takes a hundredth of it


@dataclass(frozen=True)
class Deadline:
    """A moment after which no further step of a search is begun.

    It is looked at between steps: a step that has begun is finished.

    Attributes:
        at: of ``clock``, in seconds.
        seconds: what was granted.
    """

    at: float
    seconds: float
    clock: Callable[[], float]

    @classmethod
    def after(cls, seconds: float = DEADLINE_S, clock: Callable[[], float] = time.monotonic) -> Deadline:
        """``seconds`` from now."""
        return cls(clock() + seconds, seconds, clock)

    def has_passed(self) -> bool:
        """Whether it is too late to begin another step."""
        return self.clock() > self.at

    def left(self) -> float:
        """Seconds until then; 0 once it has passed."""
        return max(0.0, self.at - self.clock())

    def check(self) -> None:
        """Give up, where there is nothing yet that could be shown.

        Raises:
            SearchTimeout: if the deadline has passed.
        """
        if self.has_passed():
            raise SearchTimeout(
                f"The search was stopped after {self.seconds:g} seconds and had found nothing by then. "
                "Ask again, in fewer words or within fewer documents."
            )
