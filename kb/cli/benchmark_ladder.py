"""``kb benchmark ladder|approve|withdraw-approval``: how far a practice is validated."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, best, language, open_base, why_required
from kb.cli.monitor_changing import name_of
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.ladder import Ground, Step
    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.permission import Member


@click.command()
@click.argument("practice")
@language
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@acting
def ladder(practice: str, language: str, as_json: bool, acting_as: str) -> None:
    """How far PRACTICE is validated: each step with who, when, on what evidence, and until when."""
    from kb.services import laddering

    base = open_base()
    found = laddering.ladder(base, name_of(practice), actor=actor_of(base, acting_as))
    if as_json:
        steps = [_as_json(each, language) for each in found.steps]
        told = {"practice": found.practice, "current": found.current.value, "steps": steps}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
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


def _as_json(step: Step, language: str) -> dict[str, Any]:
    told = {"status": step.status.value, "is_reached": step.is_reached, "is_expired": step.is_expired, "stands": step.stands}
    earlier = [_ground_json(each, language) for each in step.earlier]
    return {**told, "ground": _ground_json(step.ground, language) if step.ground else None, "earlier": earlier}


def _ground_json(ground: Ground, language: str) -> dict[str, Any]:
    told = {name: value for name, value in vars(ground).items() if name not in ("rung", "label")}
    return {**told, "label": best(ground.label, language) if ground.label else None}
