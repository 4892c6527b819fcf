"""Benchmarks as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kb.cli.assess_told import DEMONSTRATION, best
from kb.peers.benchmark.reasons import PlacesApart, SharedTags, Size, SizesApart, TextsAlike, Why
from kb.services.benchmarking.comparing import GateCell

if TYPE_CHECKING:
    from kb.peers.assessment.rubric import Rubric
    from kb.peers.benchmark.criteria import CriterionProfile
    from kb.peers.benchmark.reasons import Peer
    from kb.peers.benchmark.strengths import Difference
    from kb.services.assessing.evidence_now import PinNow
    from kb.services.benchmarking.comparing import Column, Comparison, CriterionRow, GateRow, ScoreCell
    from kb.services.benchmarking.grid import Grid, Point
    from kb.services.benchmarking.peers import Comparables
    from kb.services.benchmarking.profiling import Profile

WHY_NONE = {
    "unreadable": "its sheet cannot be read",
    "alone": "there is no other practice",
    "no-tags": "it has neither themes nor target groups",
    "none-shared": "no other practice shares a theme or a target group with it",
    "no-place": "nobody knows in which countries it is done, or it is done in all of the Union or the world",
    "no-profile": "there is no context profile of its places, or of any other practice's",
    "no-size": "neither reach nor numbers are known of it and another practice",
    "no-text": "its sheet or all others are not in the index: kb ingest corpus/practices",
}
WHY_NOT = {
    "not-assessed": "not assessed",
    "other-rubric": "assessed by another rubric",
    "other-version": "assessed by another version of the rubric",
    "demonstration": "assessed in the demonstration only",
    "no-stages": "the rubric has no stages of evidence",
    "no-impact": "its impact could not be scored",
    "no-evidence": "the quality of its evidence could not be scored",
}
STALE = "evidence changed"


def comparables(found: Comparables, language: str) -> Iterator[str]:
    """Peers, a line each, the nearest first."""
    for each in found.peers:
        yield _peer(each, language)
    yield from _counted(found)


def profile(found: Profile, language: str) -> Iterator[str]:
    """The practice, its peers, every criterion, strengths and gaps."""
    yield best(found.title, language) if found.title else found.practice
    if found.rubric is None:
        yield "No practice was assessed yet. See: kb assess list"
        yield from comparables(found.comparables, language)
        return
    marks = [DEMONSTRATION] if found.is_demo else []
    yield " · ".join([_rubric(found.rubric, language), found.assessment.id if found.assessment else "not assessed by it", *marks])
    yield from _peers_of(found, language)
    yield ""
    width = max(len(each.criterion) for each in found.criteria)
    yield from (_criterion(each, width) for each in found.criteria)
    yield ""
    for name, differences in (("strength", found.strengths), ("gap", found.gaps)):
        yield from (f"{name}: {_difference(each, found.rubric, language)}" for each in differences)
    if found.assessment and not (found.strengths or found.gaps):
        yield "Neither strengths nor gaps beside these peers."


def grid(found: Grid, language: str) -> Iterator[str]:
    """Points by name, then those without one."""
    if found.rubric is None:
        yield "No practice was assessed yet by a rubric with stages of evidence. See: kb assess list"
    else:
        yield _rubric(found.rubric, language)
    for point in found.points:
        yield _point(point, language)
    for absent in found.without:
        yield f"{absent.practice}: {WHY_NOT[absent.why.value]}"
    yield f"{len(found.points)} of {len(found.points) + len(found.without)} practices have a point"


def comparison(found: Comparison, language: str) -> Iterator[str]:
    """Practices with their numbers, gates and criteria with a line for each practice, and the passages behind."""
    for number, column in enumerate(found.columns, start=1):
        yield f"[{number}] {_column(column, language)}"
    if found.rubric is None:
        yield "None of them was assessed yet."
        return
    yield _rubric(found.rubric, language)
    yield from _left_out(found.left_out)
    rows: tuple[GateRow | CriterionRow, ...] = (*found.gates, *found.criteria)
    for row in rows:
        yield ""
        yield best(row.title, language)
        yield from _cells(row)


def _counted(found: Comparables) -> Iterator[str]:
    if found.why_none:
        yield f"No peers: {WHY_NONE[found.why_none.value]}."
    if found.copies:
        yield f"Left out as near copies: {', '.join(found.copies)}"
    yield f"{len(found.peers)} of {found.n_comparable} that can be compared, of {found.n_others} other practices"


def _peers_of(found: Profile, language: str) -> Iterator[str]:
    for assessed in found.assessed:
        marks = [STALE] if assessed.stale else []
        yield " · ".join([_peer(assessed.peer, language), assessed.assessment, *marks])
    for each in found.not_assessed:
        yield f"{_peer(each, language)} · not assessed"
    if found.comparables.why_none:
        yield f"No peers: {WHY_NONE[found.comparables.why_none.value]}."
    yield from _left_out(found.left_out)


def _left_out(names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"Assessed in the demonstration only, which counts no more: {', '.join(names)}"


def _peer(each: Peer, language: str) -> str:
    return f"{each.nearness:.2f}  {each.practice} · {best(each.title, language)} · {_why(each.why)}"


def _why(why: Why) -> str:
    if isinstance(why, SharedTags):
        return f"shares {len(why.shared)} of {why.n_all} themes and groups: {', '.join(map(str, why.shared))}"
    if isinstance(why, PlacesApart):
        if why.own == why.other:
            return f"in {why.own} as well"
        most = f", most of it in {', '.join(why.largest)}" if why.largest else ""
        apart = f"{why.own} and {why.other} are {why.distance.value or 0:.2f} apart{most}"
        return f"{apart}; {why.distance.n_known} of {why.distance.n_all} indicators known of both"
    if isinstance(why, TextsAlike):
        return f"{why.z:.1f} standard deviations above what any passage reaches" + "".join(
            f"; “{pair.own.text[:40]}…” ~ “{pair.other.text[:40]}…”" for pair in why.pairs[:1]
        )
    return _sizes(why)


def _sizes(why: SizesApart) -> str:
    def told(size: Size) -> str:
        reach = size.reach.value if size.reach else "reach unknown"
        return f"{reach}, {_n(size.n_countries, 'country', 'countries')}, {_n(size.n_partners, 'partner', 'partners')}"

    return f"{told(why.other)} against {told(why.own)}"


def _n(n: int | None, one: str, many: str) -> str:
    return f"{many} unknown" if n is None else f"{n} {one if n == 1 else many}"


def _criterion(each: CriterionProfile, width: int) -> str:
    own = "–" if each.own is None else f"{each.own:g}"
    dots = " ".join(f"{dot.score:g}{'*' if dot.is_stale else ''}" for dot in each.peers)
    around = "" if each.mean is None else f"  mean {each.mean:.2f} [{each.low:.2f} to {each.high:.2f}]"
    stale = "*" if each.own_is_stale else ""
    return f"{each.criterion:<{width}}  {own}{stale}  {each.beside.value}  n={each.n}{around}  peers: {dots or 'none'}"


def _difference(each: Difference, rubric: Rubric, language: str) -> str:
    title = best(rubric.criterion(each.criterion).title, language)
    peers = f"the {each.n} peers with a score" if each.n != 1 else "the one peer with a score"
    around = f", whose mean is {each.mean:.2f} [{each.low:.2f} to {each.high:.2f}]" if each.mean is not None else ""
    stale = f" · {STALE}" if each.is_stale else ""
    return f"{title}: {each.own:g} beside {each.lowest:g} to {each.highest:g} of {peers}{around}{stale}"


def _point(each: Point, language: str) -> str:
    stage = best(each.stage_title, language) if each.stage_title else each.stage or "no stage"
    marks = [mark for mark, shown in ((STALE, each.is_stale), (DEMONSTRATION, each.is_demo)) if shown]
    told = f"{each.practice}: impact {each.impact:.2f}, evidence {each.evidence:g}"
    return " · ".join([told, stage, best(each.label_title, language), _n(each.n_assessors, "reviewer", "reviewers"), *marks])


def _column(each: Column, language: str) -> str:
    facts = each.facts
    where = ", ".join(facts.countries) or "country unknown"
    size = f"{facts.reach.value if facts.reach else 'reach unknown'}, {_n(facts.n_partners, 'partner', 'partners')}"
    label = best(each.label_title, language) if each.label_title else "not assessed"
    marks = [DEMONSTRATION] if each.is_demo else []
    begun = f"{facts.start} to {facts.end}"
    return " · ".join([f"{facts.practice}: {best(facts.title, language)}", where, size, begun, label, *marks])


def _cells(row: GateRow | CriterionRow) -> Iterator[str]:
    cells: Sequence[GateCell | ScoreCell] = row.cells
    for number, cell in enumerate(cells, start=1):
        said = _said(cell)
        stale = f" · {STALE}" if cell.is_stale else ""
        yield f"  [{number}] {said} · {_n(len(cell.evidence), 'passage', 'passages')}{stale}"
        yield from _passages(cell.evidence)


def _said(cell: GateCell | ScoreCell) -> str:
    if isinstance(cell, GateCell):
        return cell.verdict.value if cell.verdict else "–"
    if cell.score is None:
        return "–"
    spread = f" (reviewers {cell.lowest:g} to {cell.highest:g})" if cell.lowest is not None and cell.n_scores > 1 else ""
    return f"{cell.score:g}{spread}"


def _passages(evidence: Sequence[PinNow]) -> Iterator[str]:
    for each in evidence:
        if each.pin:
            yield f"      {each.pin.stance.value} “{each.pin.quote[:160]}” {each.pin.document} ({each.now.value})"
        else:
            yield "      a passage of a document that you may not see"


def _rubric(rubric: Rubric, language: str) -> str:
    return f"{best(rubric.title, language)}, version {rubric.version}"
