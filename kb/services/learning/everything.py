"""All things of mutual learning as the actor may see them, read at once: for what waits, the dashboard, the network and the feed.

Passages are not looked up anew: whatever is made of these things tells no words of documents.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from kb.peers.learning.case import CASE, Case
from kb.peers.learning.lesson import LESSON
from kb.peers.learning.match import MATCH
from kb.peers.learning.need import NEED
from kb.peers.learning.offer import OFFER
from kb.peers.learning.plan import PLAN
from kb.peers.learning.policy import POLICY
from kb.peers.learning.recommendation import RECOMMENDATION
from kb.peers.learning.record import Kind, Record
from kb.peers.learning.round import ROUND
from kb.peers.learning.session_rules import SESSION
from kb.peers.learning.things import Things
from kb.peers.narrative import without_citations
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.keeping import LOOK
from kb.services.learning.round_eyes import is_seen
from kb.services.permission import Member, Role, require
from kb.services.practices import sheet_title

R = TypeVar("R", bound=Record)


def things(kb: KnowledgeBase, *, actor: Member, language: str = "") -> Things:
    """All of them that the actor may know of.

    Args:
        language: of the reader. A transfer case is called as its practice is in this language; where the sheet has no title in it,
            as it was called when the case was opened.
    """
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:

        def seen(kind: Kind[R]) -> tuple[R, ...]:
            return tuple(keeping.seen(records, kind, keeping.all_within(records, kind), actor))

        found = Things(
            needs=seen(NEED),
            offers=seen(OFFER),
            matches=seen(MATCH),
            rounds=tuple(each for each in seen(ROUND) if is_seen(each, actor)),
            sessions=seen(SESSION),
            cases=seen(CASE),
            lessons=seen(LESSON),
            recommendations=seen(RECOMMENDATION),
            plans=seen(PLAN),
            policies=seen(POLICY),
        )
    return replace(found, cases=_in_language(kb, found.cases, language, actor)) if language and found.cases else found


def _in_language(kb: KnowledgeBase, cases: tuple[Case, ...], language: str, actor: Member) -> tuple[Case, ...]:
    sheets = {name: sheet_title(kb, name, actor=actor) for name in {each.considered.practice for each in cases}}
    titles = {name: dict(sheet[0].said).get(language, "") for name, sheet in sheets.items() if sheet}

    def called(case: Case) -> Case:
        title = without_citations(titles.get(case.considered.practice, ""))
        return replace(case, considered=case.considered.model_copy(update={"title": title})) if title else case

    return tuple(called(each) for each in cases)
