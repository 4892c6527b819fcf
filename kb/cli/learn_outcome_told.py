"""What commands of lessons, recommendations, plans and policy changes share: one on a line, its history, files that are read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kb.cli.assess_told import DEMONSTRATION
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.learning.lesson import Lesson
    from kb.peers.learning.parts import Because
    from kb.peers.learning.plan import Plan
    from kb.peers.learning.policy import PolicyChange
    from kb.peers.learning.recommendation import Recommendation
    from kb.peers.learning.record import Record

LEVELS = ("individual", "organisation", "policy")
practices = click.option(
    "--practice", "practices", multiple=True, metavar="NAME", help="It comes from; may be given several times."
)
exchanges = click.option(
    "--from", "exchanges", multiple=True, metavar="ID", help="Session, round, match, case … it comes from; several times if wanted."
)
language = click.option("--language", default="en", show_default=True, help="In which it is written.")
despite = click.option(
    "--despite-names",
    "despite",
    default="",
    metavar="TEXT",
    help="Why it may name who was at a session under the Chatham House Rule; facilitators only.",
)
of_practice = click.option("--practice", default="", metavar="NAME", help="Only from this practice.")
of_organisation = click.option("--organisation", default="", metavar="NAME", help="Only of this organisation.")
as_table = click.option("--to", "form", type=click.Choice(("csv", "xlsx")), help="Write a table instead.")


def level(command: Any) -> Any:
    """``--level``."""
    return click.option(
        "--level", type=click.Choice(LEVELS), default="organisation", show_default=True, help="Who learned or changes."
    )(command)


def told(record: Record) -> None:
    """Say how a thing stands."""
    click.echo(flat(in_a_line(record)))


def in_a_line(record: Record) -> str:
    """Id, state, and what it is about."""
    from kb.peers.learning.lesson import Lesson
    from kb.peers.learning.plan import Plan
    from kb.peers.learning.policy import PolicyChange
    from kb.peers.learning.recommendation import Recommendation

    match record:
        case Lesson():
            parts = _lesson(record)
        case Recommendation():
            parts = _recommendation(record)
        case Plan():
            parts = _plan(record)
        case PolicyChange():
            parts = _policy(record)
        case _:
            parts = []
    return " · ".join(filter(None, [record.id, record.state.value, *parts, DEMONSTRATION if record.is_demo else ""]))


def history(record: Record) -> None:
    """Say everything that happened to it."""
    for each in record.happened:
        why = next(
            (value for name in ("why", "reason", "how", "comment", "despite") if (value := getattr(each.body, name, ""))), ""
        )
        click.echo(flat(" · ".join(filter(None, (f"  {each.at_utc[:10]}", each.member, each.body.kind, str(why))))))


def comes_from(because: Because) -> list[str]:
    """Names of practices and ids of exchanges, on a line; none where nothing is named."""
    named = [*because.practices, *because.exchanges]
    return [f"  from {', '.join(named)}"] if named else []


def as_json(record: Record) -> dict[str, Any]:
    """A thing for other programs."""
    return {
        "id": record.id,
        "state": record.state.value,
        "member": record.member,
        "is_demo": record.is_demo,
        "happened": [
            {"kind": each.body.kind, "member": each.member, "at_utc": each.at_utc, **each.body.model_dump(mode="json")}
            for each in record.happened
        ],
    }


def read_object(file: Any) -> dict[str, Any]:
    """What a JSON file says.

    Raises:
        InvalidEntry: if it is none, or no object with keys.
    """
    from kb.errors import InvalidEntry

    try:
        found = json.load(file)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidEntry(f"The file cannot be read as JSON: {error}. See what one looks like: the command “form”") from error
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found):
        raise InvalidEntry("The file is no JSON object with keys. See what one looks like: the command “form”")
    return found


def known(given: dict[str, Any], form: dict[str, Any]) -> dict[str, Any]:
    """``given``, if it has only keys of ``form``.

    Raises:
        InvalidEntry: naming those that it should not have.
    """
    from kb.errors import InvalidEntry

    if strange := [name for name in given if name not in form]:
        raise InvalidEntry(f"The file has keys that are not known: {', '.join(strange)}. Known are {', '.join(form)}.")
    return given


def _lesson(lesson: Lesson) -> list[str]:
    noted = lesson.noted
    return [noted.level.value, noted.by.name, noted.by.organisation, noted.text]


def _recommendation(found: Recommendation) -> list[str]:
    answered = found.answered
    said = [answered.response.value + (", on its behalf" if answered.on_behalf else "")] if answered else []
    return [*said, f"to {found.issued.to}", f"by {found.issued.by.name}", found.issued.text]


def _plan(plan: Plan) -> list[str]:
    done = sum(each.state.value == "done" for each in plan.action_states.values())
    return [f"{done} of {len(plan.action_states)} actions done", plan.organisation, plan.written.instrument, plan.written.title]


def _policy(policy: PolicyChange) -> list[str]:
    recorded = policy.recorded
    return [recorded.organisation, f"since {recorded.on}", recorded.policy, recorded.title]
