"""The demonstration in the records: what was played is kept, and taken away again, within a unit of work."""

from __future__ import annotations

from collections.abc import Iterable

from kb.peers.monitoring.events import STREAM as MONITORING
from kb.peers.monitoring.events import IndicatorSet, read
from kb.peers.transfer.events import STREAM as TRANSFER
from kb.peers.transfer.events import Opened
from kb.services.assessing.adding import keep
from kb.services.assessing.opening import free_id
from kb.services.assessing.reviewing import KIND
from kb.services.demonstration_learning import remove_learning_drafts
from kb.services.demonstration_playing import Played
from kb.services.permission import LOCAL_MEMBER
from kb.services.records import Draft, StoredEntry, UnitOfWork
from kb.services.transferring import judging


def keep_assessment(records: UnitOfWork, played: Played) -> None:
    """The events of an assessment under the next free id, and the reviews that were begun."""
    assessment = free_id(records, played.practice)
    for event in played.events:
        keep(records, assessment, event)
    for member, review in played.drafts.items():
        at_utc = played.events[-1].at_utc
        records.drafts.put(Draft(member, KIND, assessment, review.model_dump_json(), played.events[0].at_utc, at_utc))


def remove_from_journal(records: UnitOfWork) -> tuple[int, int, int]:
    """All entries of it, and what anybody began to write in what goes. Returns how many tests, indicators and things of learning
    there were."""
    tests = {each.subject for each in records.journal.everyone(TRANSFER, [Opened.kind]) if each.is_demo}
    n_followed = n_indicators(each for each in records.journal.everyone(MONITORING, [IndicatorSet.kind]) if each.is_demo)
    everybody = [*(each.name for each in records.members.everyone()), LOCAL_MEMBER.name]
    n_things = remove_learning_drafts(records, everybody)
    for name in everybody:
        for test in tests:
            records.drafts.remove(name, judging.KIND, test)
    records.journal.remove_demo()
    return len(tests), n_followed, n_things


def n_indicators(entries: Iterable[StoredEntry]) -> int:
    """Each once, however often it was said anew."""
    kept = ((each.subject, read(each.kind, each.body)) for each in entries if each.kind == IndicatorSet.kind)
    return len({(practice, body.indicator.key) for practice, body in kept if isinstance(body, IndicatorSet)})
