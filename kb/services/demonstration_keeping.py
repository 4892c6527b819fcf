"""The demonstration in the records: what was played is kept, within a unit of work."""

from __future__ import annotations

from collections.abc import Iterable

from kb.peers.monitoring.events import IndicatorSet, read
from kb.services.assessing.adding import keep
from kb.services.assessing.opening import free_id
from kb.services.assessing.reviewing import KIND
from kb.services.demonstration_playing import Played
from kb.services.records import Draft, StoredEntry, UnitOfWork


def keep_assessment(records: UnitOfWork, played: Played) -> None:
    """The events of an assessment under the next free id, and the reviews that were begun."""
    assessment = free_id(records, played.practice)
    for event in played.events:
        keep(records, assessment, event)
    for member, review in played.drafts.items():
        at_utc = played.events[-1].at_utc
        records.drafts.put(Draft(member, KIND, assessment, review.model_dump_json(), played.events[0].at_utc, at_utc))


def n_indicators(entries: Iterable[StoredEntry]) -> int:
    """Each once, however often it was said anew."""
    kept = ((each.subject, read(each.kind, each.body)) for each in entries if each.kind == IndicatorSet.kind)
    return len({(practice, body.indicator.key) for practice, body in kept if isinstance(body, IndicatorSet)})
