"""``kb benchmark ladder|approve|withdraw-approval``: how far a practice is validated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, best, language, open_base, why_required
from kb.cli.monitor_changing import name_of
from kb.cli.overview_export import exportable, exported
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.ladder import Ground, Step
    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.permission import Member


@click.command()
@click.argument("practice")
@language
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@exportable
@acting
def ladder(practice: str, language: str, as_json: bool, form: str | None, output: Path | None, acting_as: str) -> None:
    """How far PRACTICE is validated: each step with who, when, on what evidence, and until when."""
    from kb.services import laddering, taking_overviews
    from kb.services.overview_files import values

    base = open_base()
    actor = actor_of(base, acting_as)
    if exported(form, output, taking_overviews.export_ladder, base, name_of(practice), actor=actor, language=language):
        return
    found = laddering.ladder(base, name_of(practice), actor=actor)
    if as_json:
        click.echo(json.dumps(values.ladder(found, language), ensure_ascii=False, indent=1))
        return
    for step in found.steps:
        click.echo(flat(_line(step, language)))
    click.echo(f"{found.practice} is {found.current}")


@click.command()
@click.argument("practice")
@click.option("--evidence", required=True, metavar="TEXT", help="On what you approve it.")
@click.option("--expires", required=True, metavar="DATE", help="Last day on which the approval stands.")
@acting
def approve(practice: str, evidence: str, expires: str, acting_as: str) -> None:
    """Say that the project stands behind PRACTICE, until a day."""
    from kb.services import laddering

    base = open_base()
    actor = actor_of(base, acting_as)
    laddering.approve(base, name_of(practice), on_what=evidence, expires=expires, actor=actor)
    _tell(base, practice, actor)


@click.command("withdraw-approval")
@click.argument("practice")
@why_required
@acting
def withdraw_approval(practice: str, why: str, acting_as: str) -> None:
    """Say that the approval of PRACTICE does not stand any more."""
    from kb.services import laddering

    base = open_base()
    actor = actor_of(base, acting_as)
    laddering.withdraw(base, name_of(practice), why=why, actor=actor)
    _tell(base, practice, actor)


def _tell(base: KnowledgeBase, practice: str, actor: Member) -> None:
    from kb.services import laddering

    click.echo(f"{name_of(practice)} is {laddering.ladder(base, name_of(practice), actor=actor).current}")


def _line(step: Step, language: str) -> str:
    ground = step.ground
    if ground is None:
        return f"{step.status}: not reached"
    if not step.is_reached:
        return f"{step.status}: does not stand · {_told(ground, language)}"
    return f"{step.status}{' (expired)' if step.is_expired else ''} · {_told(ground, language)}"


def _told(ground: Ground, language: str) -> str:
    panel = f"{ground.n_reviewers} reviewer" + ("" if ground.n_reviewers == 1 else "s") if ground.n_reviewers else ""
    stale = f"{ground.n_stale} of its scores to look at again" if ground.n_stale else ""
    words = best(ground.label, language) if ground.label else ground.words
    expires = f"until {ground.expires}" if ground.expires else "no expiry said"
    parts = [ground.granted_by, ground.on[:10] or "no date said", words, ground.assessment, panel, stale, expires]
    return " · ".join([part for part in parts if part] + [DEMONSTRATION] * ground.is_demo)
