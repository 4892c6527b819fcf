"""Take a practice's profile along as a table: a row for each criterion and peer. Nothing is filled in, and nothing is ranked."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.assessment.rubric import Rubric
from kb.peers.benchmark.criteria import CriterionProfile
from kb.peers.benchmark.reasons import Basis
from kb.peers.narrative import without_citations
from kb.services.benchmarking.peers import LOOK, NEAREST
from kb.services.benchmarking.profiling import Profile, profile
from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.tables import Cell, TableFormat

COLUMNS = (
    "practice", "basis", "rubric", "version", "criterion", "title", "own_score", "own_evidence_changed", "beside",
    "peers_with_score", "peers_mean", "interval_low", "interval_high", "peer", "peer_nearness", "peer_assessment", "peer_score",
    "peer_evidence_changed", "demonstration",
)  # fmt: skip


def export(
    kb: KnowledgeBase,
    practice: str,
    basis: Basis,
    form: TableFormat,
    *,
    actor: Member,
    rubric: str = "",
    version: int | None = None,
    k: int = NEAREST,
    language: str = "en",
) -> Exported:
    """The profile of a practice; arguments are those of :func:`kb.services.benchmarking.profiling.profile`.

    Args:
        language: of titles of criteria, where the rubric has them in it.

    Raises:
        NotFound: if there is no such practice, rubric or version.
        UnusableIndex: by text, if there is nothing to compare with.
    """
    require(actor, Role.MEMBER, LOOK)
    found = profile(kb, practice, basis, actor=actor, rubric=rubric, version=version, k=k)
    rows = [COLUMNS, *_rows(found, language)]
    return Exported(f"{practice}-{basis}-{today()}.{form}", form.media_type, kb.tables.write(rows, form))


def _rows(found: Profile, language: str) -> Iterator[tuple[Cell, ...]]:
    """Peers in the order of nearness; a criterion for which no peer has a score has one row."""
    rubric = found.rubric
    if rubric is None:
        return
    for each in found.criteria:
        own = _own(found, rubric, each, language)
        peers = list(_peers(found, each))
        yield from ((*own, *peer, _yes(found.is_demo)) for peer in peers or [(None,) * 5])


def _own(found: Profile, rubric: Rubric, each: CriterionProfile, language: str) -> tuple[Cell, ...]:
    title = without_citations(rubric.criterion(each.criterion).title.best(language)[1])
    return (
        found.practice, found.comparables.basis.value, rubric.rubric, rubric.version, each.criterion, title, each.own,
        _yes(each.own_is_stale), each.beside.value, each.n, each.mean, each.low, each.high,
    )  # fmt: skip


def _peers(found: Profile, each: CriterionProfile) -> Iterator[tuple[Cell, ...]]:
    assessed = {peer.peer.practice: peer for peer in found.assessed}
    for dot in each.peers:
        peer = assessed[dot.practice]
        yield dot.practice, peer.peer.nearness, peer.assessment, dot.score, _yes(dot.is_stale)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""
