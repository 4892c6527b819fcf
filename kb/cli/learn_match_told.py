"""How needs, offers and matches are printed: a line each, in full, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from kb.cli.assess_told import DEMONSTRATION
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.learning.match import Match
    from kb.peers.learning.match_reasons import Obstacle, Reason
    from kb.peers.learning.need import Need
    from kb.peers.learning.offer import Offer
    from kb.peers.learning.record import Record

SEEKS = ("knowledge", "peer-visit", "project-partner")
URGENCIES = ("low", "normal", "urgent")
FORMATS = ("seminar", "peer-review", "matchmaking", "study-visit", "written-advice")
FITS = {  # kind of a reason or an obstacle → what is printed of its values
    "meaning": "in meaning: number {0} of {1}",
    "gives": "gives what is sought: {all}",
    "language": "both speak: {all}",
    "theme": "same theme: {all}",
    "practice": "same practice: {all}",
    "other-country": "another country: {0} seeks, {1} gives",
    "context": "{0} and {1} are alike, {amount:.2f} apart from 0 to 1",
    "no-language": "no language in common: {0} and {1}",
    "language-unknown": "nobody said in which languages one can speak",
    "not-given": "does not give what is sought: {all}",
    "full": "serves as many as it can at a time: {all}",
}

mine_option = click.option("--mine", is_flag=True, help="Only your own.")
theme_option = click.option("--theme", default="", metavar="SLUG", help="Such as social-finance.")
practice_option = click.option("--practice", "practices", multiple=True, metavar="NAME", help="That it is about; may be repeated.")
spoken_option = click.option(
    "--speaks", "languages", multiple=True, metavar="CODE", help="Language in which one can speak; else those that you read."
)
language_option = click.option("--language", default="", metavar="CODE", help="Of the text; it is detected where none is named.")
partnership_option = click.option("--partnership", default="", metavar="NAME", help="In which it arose.")
how_many_option = click.option(
    "-k", "how_many", type=click.IntRange(1, 100), default=10, show_default=True, help="How many at most."
)


def in_a_line(each: Need | Offer) -> str:
    """Id, state, title, by whom."""
    said = each.posted
    what = said.seeks if hasattr(said, "seeks") else ", ".join(said.gives)
    parts = [each.id, str(each.state), said.title, str(what), said.theme, _who(said.by), *_marks(each)]
    return " · ".join(part for part in parts if part)


def match_in_a_line(each: Match) -> str:
    """Id, state, of what, of whom, and who decides next."""
    told = each.proposed
    waits = [f"waits for {each.waits_for}"] if each.waits_for else []
    parts = [
        each.id,
        str(each.state),
        f"{told.need} ⇄ {told.offer}",
        f"{told.seeker.name} ← {told.host.name}",
        *waits,
        *_marks(each),
    ]
    return " · ".join(parts)


def show_thing(each: Need | Offer) -> None:
    """All that is said, and what happened."""
    click.echo(flat(in_a_line(each)))
    for line in each.posted.text.splitlines():
        click.echo(flat(line))
    for name, value in each.posted.model_dump(mode="json", exclude={"by", "title", "text"}).items():
        if value not in ("", []):
            click.echo(flat(f"  {name}: {', '.join(value) if isinstance(value, list) else value}"))
    show_history(each)


def show_history(each: Record) -> None:
    """Who did what, when."""
    for event in each.happened:
        why = next((said for name in ("why", "how", "what", "match") if (said := getattr(event.body, name, ""))), "")
        click.echo(flat(f"  {event.at_utc} {event.member} {event.body.kind}{f': {why}' if why else ''}"))


def show_fit(head: str, reasons: Sequence[Reason], obstacles: Sequence[Obstacle], match: str) -> None:
    """Why two fit, and what stands in the way."""
    click.echo(flat(head + (f" · {match}" if match else "")))
    for each in reasons:
        click.echo(flat(f" + {_fit(each.kind, each.values, each.amount or 0.0)}"))
    for other in obstacles:
        click.echo(flat(f" - {_fit(other.kind, other.values)}"))


def as_json_of(each: Record) -> dict[str, Any]:
    """State, what was said first or last, and every event."""
    said = getattr(each, "posted", None) or each.proposed  # type: ignore[attr-defined]
    return {
        "id": each.id, "state": str(each.state), "demonstration": each.is_demo, "begun_on": each.begun_on,
        "changed_on": each.changed_on, **said.model_dump(mode="json"), "happened": list(_events(each)),
    }  # fmt: skip


def match_as_json(match: Match) -> dict[str, Any]:
    """The same, and who decides next."""
    return {**as_json_of(match), "waits_for": match.waits_for}


def fit_as_json(score: float, reasons: Sequence[Reason], obstacles: Sequence[Obstacle], match: str) -> dict[str, Any]:
    """Score, reasons and obstacles."""
    return {
        "score": round(score, 4), "reasons": [each.model_dump(mode="json") for each in reasons],
        "obstacles": [each.model_dump(mode="json") for each in obstacles], "match": match,
    }  # fmt: skip


def _events(each: Record) -> Iterator[dict[str, Any]]:
    for event in each.happened:
        told = event.body.model_dump(mode="json")
        yield {"seq": event.seq, "member": event.member, "at_utc": event.at_utc, "kind": event.body.kind, "said": told}


def _fit(kind: str, values: Sequence[str], amount: float = 0.0) -> str:
    return FITS[kind].format(*values, all=", ".join(values), amount=amount)


def _who(by: Any) -> str:
    return ", ".join(part for part in (by.name, by.organisation, by.country) if part)


def _marks(each: Record) -> list[str]:
    return [DEMONSTRATION] if each.is_demo else []
