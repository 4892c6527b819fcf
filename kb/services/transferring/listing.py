"""Lists of tests, and what waits for a member."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kb.peers.transfer.matrix import Pair
from kb.peers.transfer.moves import may_lead
from kb.peers.transfer.result import Result
from kb.peers.transfer.state import Certainty, Seat, Stage, TransferTest
from kb.services.assessing.loading import reader_of
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.transferring.loading import LOOK, transfers_for
from kb.services.transferring.told import told


@dataclass(frozen=True)
class ListedTest:
    """A test in a list, as far as the actor may see it.

    Attributes:
        title: of the practice when the test was opened.
        source: place that the practice comes from; ``target``, where it would be taken over.
        due: when judgements should be there, as ISO date; empty where nothing is awaited.
        is_overdue: whether that date has passed.
        my_seat: the actor's own.
        n_assessors: who take part and were not excused; ``n_ready``, of these, who have handed in.
        result: what it came to; ``None`` before.
        at_utc: when it was opened, ISO 8601; ``ended_at_utc`` when it was concluded or cancelled.
    """

    id: str
    practice: str
    title: str
    source: str
    target: str
    framework: str
    version: int
    stage: Stage
    certainty: Certainty
    due: str
    is_overdue: bool
    my_seat: Seat | None
    n_assessors: int
    n_ready: int
    result: Result | None
    opened_by: str
    is_demo: bool
    at_utc: str
    ended_at_utc: str


@dataclass(frozen=True)
class Awaited:
    """What waits for a member; the earliest date first.

    Attributes:
        to_judge: a judgement of the member is awaited.
        to_conclude: the member leads the test, and every judgement is there.
        to_lead: the member leads the test, and nobody takes part, or judgements of others are overdue.
    """

    to_judge: tuple[ListedTest, ...]
    to_conclude: tuple[ListedTest, ...]
    to_lead: tuple[ListedTest, ...]

    def __bool__(self) -> bool:
        return any(vars(self).values())


def transfers(
    kb: KnowledgeBase, *, actor: Member, practice: str = "", target: str = "", stage: Stage | None = None
) -> list[ListedTest]:
    """Tests, the last opened first; of one practice, target or stage if one is given."""
    require(actor, Role.MEMBER, LOOK)

    wanted = _ids(kb, lambda pair: practice in ("", pair[0]) and target in ("", pair[1]))
    found = [listed(each, actor) for each in transfers_for(kb, wanted, actor=actor) if stage in (None, each.stage)]
    return sorted(found, key=lambda each: (each.at_utc, each.id), reverse=True)


def awaited(kb: KnowledgeBase, *, actor: Member) -> Awaited:
    """What waits for the actor."""
    require(actor, Role.MEMBER, LOOK)
    ids = [each for opened in told(kb).open_tests.values() for each in opened]
    found = [(listed(each, actor), each) for each in transfers_for(kb, ids, actor=actor) if each.stage is Stage.OPEN]
    found.sort(key=lambda pair: (pair[0].due or "9999", pair[0].id))
    judge = [line for line, _ in found if line.my_seat and line.my_seat.is_awaited and Role.REVIEWER in actor.roles]
    led = [(line, each) for line, each in found if _leads(each, actor) and line not in judge]
    conclude = [line for line, each in led if each.ready and not each.awaited]
    lead = [line for line, each in led if line.n_assessors == 0 or (line.is_overdue and each.awaited)]
    return Awaited(tuple(judge), tuple(conclude), tuple(lead))


def listed(test: TransferTest, actor: Member) -> ListedTest:
    """A line of the list, from what the actor may see."""
    due = "" if test.stage.is_final else test.due
    return ListedTest(
        id=test.id,
        practice=test.practice,
        title=test.title,
        source=test.source,
        target=test.target,
        framework=test.framework,
        version=test.version,
        stage=test.stage,
        certainty=test.certainty,
        due=due,
        is_overdue=bool(due) and due < today(),
        my_seat=test.seat(actor.name),
        n_assessors=len(test.ready) + len(test.awaited),
        n_ready=len(test.ready),
        result=test.result,
        opened_by=test.opened_by,
        is_demo=test.is_demo,
        at_utc=test.opened_at_utc,
        ended_at_utc=test.ended_at_utc,
    )


def _ids(kb: KnowledgeBase, is_wanted: Callable[[Pair], bool]) -> list[str]:
    return [each for pair, ids in told(kb).tests.items() if is_wanted(pair) for each in ids]


def _leads(test: TransferTest, actor: Member) -> bool:
    return bool({Role.REVIEWER, Role.FACILITATOR} & actor.roles) and may_lead(test, reader_of(actor))
