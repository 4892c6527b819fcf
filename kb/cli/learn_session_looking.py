"""``kb learn session list|show|ics|export``: which sessions there are, and files of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, open_base
from kb.cli.cite import hand_out
from kb.cli.printed import as_json_option, check_output, form_option, output_option, print_json, show_list
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.learning.session import Session
    from kb.peers.learning.session_rules import Remarked

WITHHELD = ("are_names_withheld", "is_debrief_withheld")


@click.command("list")
@as_json_option
@acting
def list_sessions(as_json: bool, acting_as: str) -> None:
    """All sessions: those to come, the next one first; then the others, the latest first."""
    from kb.services.learning import notes, sessions

    base = open_base()
    actor = actor_of(base, acting_as)
    found = [notes.readable(base, each, actor=actor) for each in sessions.sessions(base, actor=actor)]
    show_list(found, "sessions", "session", as_json=as_json, told=to_json, line=lambda each: " · ".join(_brief(each)))


@click.command()
@click.argument("session")
@as_json_option
@acting
def show(session: str, as_json: bool, acting_as: str) -> None:
    """One SESSION: when, where, who, what is unusual about it, and what came of it."""
    from kb.services.learning import notes, sessions

    base = open_base()
    actor = actor_of(base, acting_as)
    found = notes.readable(base, sessions.session(base, session, actor=actor), actor=actor)
    if as_json:
        print_json(to_json(found))
        return
    for line in _lines(found):
        click.echo(flat(line))


@click.command()
@click.argument("session", default="")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; it is printed without.")
@acting
def ics(session: str, output: Path | None, acting_as: str) -> None:
    """A calendar file (iCalendar) of SESSION, or of all that are ahead. It names nobody who takes part."""
    from kb.bootstrap import country_names
    from kb.services.learning import calendars

    base, wording = open_base(), calendars.SessionWording(countries=country_names("en"))
    hand_out(calendars.ics(base, session, actor=actor_of(base, acting_as), wording=wording), output)


@click.command()
@form_option
@output_option
@acting
def export(form: str, output: Path | None, acting_as: str) -> None:
    """All sessions as a table; who took part is only counted."""
    from kb.services.learning import session_tables
    from kb.services.tables import TableFormat

    check_output(form, output)
    base = open_base()
    hand_out(session_tables.export(base, TableFormat(form), actor=actor_of(base, acting_as)), output)


def to_json(session: Session) -> dict[str, Any]:
    """All that the reader may see of it."""
    from kb.peers.learning.session_rules import remarks

    told = ("held", "debrief", "cancelled")
    return {
        "id": session.id,
        "state": session.state.value,
        "planned": session.planned.model_dump(mode="json"),
        "participants": [each.model_dump(mode="json") for each in session.participants],
        "n_participants": session.n_participants,
        "n_peers": session.n_peers,
        "n_countries": session.n_countries,
        **{name: body.model_dump(mode="json") if (body := getattr(session, name)) else None for name in told},
        "notes": [each.model_dump(mode="json") for each in session.notes],
        "debrief_due": session.debrief_due,
        "remarks": [{"remark": each.remark.value, "number": each.number} for each in remarks(session)],
        **{name: getattr(session, name) for name in WITHHELD},
        "is_demo": session.is_demo,
    }


def _brief(session: Session) -> list[str]:
    planned = session.planned
    taken = f"{session.n_taken} of {planned.capacity} " + ("peers" if planned.format.counts_peers else "places")
    due = [f"debrief due {session.debrief_due}"] if session.debrief_due else []
    marks = [DEMONSTRATION] if session.is_demo else []
    return [session.id, session.state.value, planned.format.value, planned.begins, planned.zone, taken, *due, planned.title, *marks]


def _lines(session: Session) -> Iterator[str]:
    from kb.peers.learning.session_rules import remarks

    planned = session.planned
    yield " · ".join(_brief(session))
    yield f"  from {planned.begins} to {planned.ends} ({planned.zone}), host: {planned.host.organisation}, {planned.host.country}"
    yield from (f"  {name}: {told}" for name, told in (("where", planned.where), ("online", planned.address_online)) if told)
    if planned.practices or planned.round:
        yield "  about: " + ", ".join(filter(None, (planned.round, *planned.practices)))
    yield from ["  under the Chatham House Rule"] * planned.chatham_house
    yield from [f"  kept back until {planned.embargo_until}"] * bool(planned.embargo_until)
    yield from (f"  {each.at}  {each.title}" + (f" ({each.who})" if each.who else "") for each in planned.agenda)
    yield from (f"  remark: {_remark(each)}" for each in remarks(session))
    if session.are_names_withheld:
        yield f"  {session.n_participants} take part; who they are is withheld"
    yield from (f"  takes part: {each.name}, {each.organisation} {each.country}" for each in session.participants)
    if session.held:
        yield f"  held, ended on {session.held.on}, {session.held.n_participants} were there"
    yield from ("  notes: " + (each.document or f"{each.title}: {each.text}") for each in session.notes)
    yield from _debrief(session)
    if session.cancelled:
        yield f"  cancelled: {session.cancelled.why}"


def _debrief(session: Session) -> Iterator[str]:
    if session.is_debrief_withheld:
        yield f"  the debrief is kept back until {session.planned.embargo_until}"
    elif debrief := session.debrief:
        yield f"  debrief by {debrief.by.name}" if debrief.by.name else "  debrief"
        yield from (f"  decided: {each}" for each in debrief.decisions)
        yield from (
            f"  learned ({each.level.value}): {each.text}" + (f" → {each.lesson}" * bool(each.lesson)) for each in debrief.lessons
        )
        yield from (f"  open: {each}" for each in debrief.open_points)


def _remark(remarked: Remarked) -> str:
    from kb.peers.learning.session_rules import Remark

    said = {
        Remark.REVIEW_DAYS: "a peer review takes two days, this one {n:g}",
        Remark.REVIEW_COUNTRIES: "countries other than the host's that are missing before it can be held: {n:g}",
        Remark.MATCHMAKING_HOURS: "matchmaking takes two hours, this one {n:g}",
        Remark.VISIT_DAYS: "a study visit takes two to five days, this one {n:g}",
        Remark.SEMINAR_SIZE: "10 to 14 people are judged ideal for a seminar, here {n:g}",
    }
    return said[remarked.remark].format(n=remarked.number)
