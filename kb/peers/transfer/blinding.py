"""What somebody may see of a test: judgements are taken out *before* anything is folded from its events.

One rule: until a test is concluded everybody sees their own judgement only, and who is ready; afterwards everybody sees all. So
nothing that is derived (means, counts, constraints, files) can tell what its reader may not know. A facilitator is no exception,
and a test that was cancelled shows no more than before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb.peers.assessment.blinding import Reader
from kb.peers.transfer.events import Concluded, Event, HandedIn


def visible(events: Iterable[Event], reader: Reader) -> list[Event]:
    """``events`` as ``reader`` may see them: none is left out, and a judgement that is not to be known is empty."""
    all_events = list(events)
    if any(isinstance(event.body, Concluded) for event in all_events):
        return all_events
    return [_emptied(event) if event.member != reader.name else event for event in all_events]


def _emptied(event: Event) -> Event:
    return replace(event, body=HandedIn(judgement=None)) if isinstance(event.body, HandedIn) else event
