"""Look at how practices are monitored: one, all of them, and which readings are overdue."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from kb.peers.monitoring.events import STREAM
from kb.peers.monitoring.folding import Followed, Monitoring
from kb.peers.monitoring.reading import same
from kb.services import practices
from kb.services.knowledge_base import KnowledgeBase
from kb.services.monitoring.loading import LOOK, folded, monitoring_of
from kb.services.permission import Member, Role, require


@dataclass(frozen=True)
class ListedMonitoring:
    """A practice that is monitored.

    Attributes:
        title: of its sheet; its name where that cannot be read.
        n_indicators: that readings are awaited of.
        n_readings: that are not withdrawn.
        n_missing: periods of these indicators that passed without a reading.
        latest: day of the latest reading; empty without any.
        is_demo: something in it is of the demonstration.
    """

    practice: str
    title: str
    n_indicators: int
    n_readings: int
    n_missing: int
    n_disagreements: int
    latest: str
    is_demo: bool


@dataclass(frozen=True)
class Overdue:
    """An indicator that should have been read.

    Attributes:
        title: of the practice.
        key: of the indicator, which is called ``indicator``.
        responsible: who should read it.
        since: last day of the first period without a reading.
        n_missing: periods without one.
        latest: day of the latest reading; empty without any.
        is_mine: the actor, or the actor's organisation, is responsible.
    """

    practice: str
    title: str
    key: str
    indicator: str
    responsible: str
    since: str
    n_missing: int
    latest: str
    is_mine: bool
    is_demo: bool


def monitoring(kb: KnowledgeBase, practice: str, *, actor: Member) -> Monitoring:
    """All indicators of a practice with their readings; none where nothing is measured.

    Raises:
        NotFound: if there is no such practice.
    """
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        return monitoring_of(kb, records, practice)


def monitored(kb: KnowledgeBase, *, actor: Member) -> list[ListedMonitoring]:
    """Every practice that has an indicator, by name."""
    require(actor, Role.MEMBER, LOOK)
    return [_listed(kb, each, actor) for each in _all(kb) if each.indicators]


def overdue(kb: KnowledgeBase, *, actor: Member, practice: str = "") -> list[Overdue]:
    """What should have been read, the longest ago first; of one practice if one is given."""
    require(actor, Role.MEMBER, LOOK)
    found = []
    for each in _all(kb):
        late = [one for one in each.indicators if one.missing and not one.ended]
        if late and practice in ("", each.practice):
            title = _title(kb, each.practice, actor)
            found += [_overdue(each.practice, title, one, actor) for one in late]
    return sorted(found, key=lambda each: (each.since, each.practice, each.key))


def _all(kb: KnowledgeBase) -> list[Monitoring]:
    with kb.records() as records:
        stored = records.journal.everyone(STREAM)
    return [folded(practice, own) for practice, own in groupby(stored, key=lambda each: each.subject)]


def _listed(kb: KnowledgeBase, monitoring: Monitoring, actor: Member) -> ListedMonitoring:
    awaited = [each for each in monitoring.indicators if not each.ended]
    live = [reading for each in monitoring.indicators for reading in each.readings if not reading.withdrawn]
    return ListedMonitoring(
        practice=monitoring.practice,
        title=_title(kb, monitoring.practice, actor),
        n_indicators=len(awaited),
        n_readings=len(live),
        n_missing=sum(len(each.missing) for each in awaited),
        n_disagreements=sum(len(each.disagreements) for each in monitoring.indicators),
        latest=max((each.date for each in live), default=""),
        is_demo=any(each.is_demo for each in monitoring.indicators) or any(each.is_demo for each in live),
    )


def _overdue(practice: str, title: str, one: Followed, actor: Member) -> Overdue:
    responsible = one.indicator.responsible
    return Overdue(
        practice=practice,
        title=title,
        key=one.indicator.key,
        indicator=one.indicator.title,
        responsible=responsible,
        since=one.missing[0].end,
        n_missing=len(one.missing),
        latest=one.latest[0].date if one.latest else "",
        is_mine=same(responsible, actor.name) or (bool(actor.organisation) and same(responsible, actor.organisation)),
        is_demo=one.is_demo,
    )


def _title(kb: KnowledgeBase, practice: str, actor: Member) -> str:
    found = practices.sheet_title(kb, practice, actor=actor)
    return found[0].best(found[1])[1] if found else practice
