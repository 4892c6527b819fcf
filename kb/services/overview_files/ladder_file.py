"""How far a practice is validated, to be taken along: each step, and what was decided before."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.ladder import Ground, Ladder, Rung, Step
from kb.retrieval.writable import one_line, writable
from kb.services.handouts.blocks import Block, Grid, Heading, Row, Words
from kb.services.overview_files import values
from kb.services.overview_files.overview import Overview, yes
from kb.services.overview_files.values import best
from kb.services.overview_files.wording import OverviewWording
from kb.services.tables import Cell

FORMAT = "plp-ladder/1"
COLUMNS = (
    "practice", "title", "step", "is_current", "stands", "is_reached", "is_expired", "is_earlier", "granted", "granted_by", "on",
    "evidence", "assessment", "label", "reviewers", "stale_scores", "expires", "demonstration",
)  # fmt: skip


def ladder_file(found: Ladder, title: str, wording: OverviewWording, language: str) -> Overview:
    """What all forms say.

    Args:
        title: of the practice; empty where its sheet cannot be read.
        language: of labels, where the rubric has them in it.
    """
    grounds = [ground for step in found.steps for ground in (step.ground, *step.earlier) if ground]
    return Overview(
        name=f"{found.practice}-ladder",
        format=FORMAT,
        kicker=wording.benchmark,
        title=wording.ladder_title,
        facts=((wording.practice, one_line(title or found.practice)),),
        rows=[COLUMNS, *(row for step in found.steps for row in _rows(found, step, title))],
        value={"title": title or None, **values.ladder(found, language)},
        blocks=tuple(_blocks(found, wording, language)),
        is_demo=any(each.is_demo for each in grounds),
    )


def _rows(found: Ladder, step: Step, title: str) -> Iterator[tuple[Cell, ...]]:
    """What stands first, then what there was before; a step that was never reached has a row of its own."""
    head = (found.practice, title, step.status.value, yes(step.status is found.current))
    state = (yes(step.stands), yes(step.is_reached), yes(step.is_expired))
    yield (*head, *state, "", *_ground(step.ground))
    for each in step.earlier:
        yield (*head, "", "", "", "yes", *_ground(each))


def _ground(ground: Ground | None) -> tuple[Cell, ...]:
    if ground is None:
        return (None,) * 10
    return (
        "yes" if ground.is_positive else "no", ground.granted_by, ground.on, "" if ground.assessment else ground.words,
        ground.assessment, ground.words if ground.assessment else "", ground.n_reviewers or None, ground.n_stale or None,
        ground.expires, yes(ground.is_demo),
    )  # fmt: skip


def _blocks(found: Ladder, wording: OverviewWording, language: str) -> Iterator[Block]:
    yield Words(wording.ladder_note.format(step=wording.rungs.get(found.current.value, found.current.value)))
    head = (wording.step, wording.state, wording.by_whom, wording.on_what, wording.until)
    shares = (2.6, 2, 2.6, 4, 1.9)
    yield Grid(head, tuple(_row(step, step.ground, wording, language) for step in found.steps), shares, 5)
    before = [(step, each) for step in found.steps for each in step.earlier]
    if before:
        yield Heading(1, wording.earlier)
        yield Grid(head, tuple(_row(step, each, wording, language) for step, each in before), shares, 5)


def _row(step: Step, ground: Ground | None, wording: OverviewWording, language: str) -> Row:
    name = wording.rungs.get(step.status.value, step.status.value)
    if ground is None:
        return Row((name, wording.not_reached, "", "", ""))
    who = f"{ground.granted_by or wording.none}\n{ground.on[:10] or wording.no_date}"
    until = (ground.expires or wording.no_date) if ground.is_positive else ""
    state = wording.marked(_state(step, ground, wording), is_demo=ground.is_demo)
    return Row((name, state, writable(who), writable(_on_what(ground, wording, language)), until))


def _state(step: Step, ground: Ground, wording: OverviewWording) -> str:
    if not ground.is_positive:
        return wording.withdrawn if ground.rung is Rung.PROJECT_APPROVED and not ground.assessment else wording.not_granted
    if ground is not step.ground:
        return ""  # whether it stood is told by what came after it
    return wording.stands if step.stands else wording.expired


def _on_what(ground: Ground, wording: OverviewWording, language: str) -> str:
    if not ground.assessment:
        return wording.own_sheet if ground.rung is Rung.DECLARED else ground.words
    label = best(ground.label, language) if ground.label else ground.words
    told = [label, ground.assessment, f"{wording.reviewers}: {ground.n_reviewers}"]
    return "\n".join([*told, wording.stale] if ground.n_stale else told)
