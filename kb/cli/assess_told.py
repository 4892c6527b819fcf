"""What every command of ``kb assess`` needs: the knowledge base, and an assessment on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.cli.search import flat
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.peers.narrative import Text
    from kb.services.assessing.listing import ListedAssessment
    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.permission import Member

DEMONSTRATION = "Demonstration data"

why = click.option("--why", default="", help="Your reason; others read it.")
why_required = click.option("--why", required=True, help="Your reason; others read it.")
language = click.option("--language", default="en", show_default=True, help="Of texts that are there in several languages.")


def open_base() -> KnowledgeBase:
    """The knowledge base of this folder."""
    from kb.bootstrap import open_kb

    return open_kb(Settings.from_env())


def done(base: KnowledgeBase, assessment_id: str, sentence: str, *, actor: Member) -> None:
    """Say what was done, and how the assessment stands now."""
    from kb.services.assessing import viewing

    click.echo(flat(sentence))
    click.echo(flat(in_a_line(viewing.assessment(base, assessment_id, actor=actor).listed)))


def in_a_line(each: ListedAssessment, language: str = "en") -> str:
    """Id, stage, what is awaited, what it came to, and what to look at."""
    parts = [each.id, each.stage.value, *_awaited(each), *_reached(each, language), *_to_look_at(each)]
    parts += [best(each.rubric_title, language) + f", version {each.version}", each.title]
    return " · ".join([*parts, DEMONSTRATION] if each.is_demo else parts)


def best(text: Text, language: str) -> str:
    """A text in a language, without marks of sources."""
    from kb.peers.narrative import without_citations

    return without_citations(text.best(language, "en")[1])


def _awaited(each: ListedAssessment) -> list[str]:
    due = [f"due {each.due}" + (", overdue" if each.is_overdue else "")] if each.due else []
    panel = [f"{each.n_submitted} of {each.n_panel} reviews"] if each.n_panel and each.outcome is None else []
    return [*due, *panel]


def _reached(each: ListedAssessment, language: str) -> list[str]:
    outcome = each.outcome
    if outcome is None:
        return []
    label = best(each.label_title, language) if each.label_title else outcome.label
    reviewers = f"{outcome.panel} reviewer" + ("" if outcome.panel == 1 else "s")
    return [f"{label} on {each.ended_at_utc[:10]} by {reviewers}", f"look again on {each.look_again_on}"]


def _to_look_at(each: ListedAssessment) -> list[str]:
    found = [(each.n_stale, "stale"), (len(each.unsupported), "without evidence")]
    return [f"{n} {'score' if n == 1 else 'scores'} {what}" for n, what in found if n]
