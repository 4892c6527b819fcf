"""Organisations and partnerships as lines of text for a terminal, and what both commands share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Sized
from typing import TYPE_CHECKING, Any

import click

from kb.cli import exits
from kb.cli.search import flat
from kb.peers.narrative import UNKNOWN
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.peers.learning.organisation import Organisation
    from kb.peers.parts import Figure, Source
    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.learning.directory import Whole
    from kb.services.learning.directory_checking import Checked
    from kb.services.learning.partnerships import WholePartnership

LANGUAGE = click.option("--language", default="en", show_default=True, help="In which to read it, where a text is in several.")


def opened() -> KnowledgeBase:
    """The knowledge base of the settings."""
    from kb.bootstrap import open_kb

    return open_kb(Settings.from_env())


def name_of(given: str) -> str:
    """A name; a path to its file will do."""
    return given.rsplit("/", 1)[-1].removesuffix(".yaml")


def n_of(things: Sized, name: str) -> str:
    """How many, in words."""
    return f"{len(things)} {name}" + ("" if len(things) == 1 else "s")


def tell_checked(found: Sequence[Checked], what: str, *, remarks: bool) -> None:
    """Say every fault with its line, then what is worth a look; end with 1 if there is a fault."""
    faults = [fault for each in found for fault in each.faults]
    for fault in faults:
        click.echo(flat(str(fault)), err=True)
    for each in found if remarks else ():
        for remark in each.remarks:
            click.echo(f"remark: {each.name}: {flat(remark)}")
    faulty = [each for each in found if each.faults]
    click.echo(f"{n_of(found, what)}, " + (f"{n_of(faults, 'fault')} in {n_of(faulty, 'file')}" if faults else "no fault"))
    if faults:
        raise SystemExit(exits.FAULT)


def organisation_lines(found: Whole, language: str) -> Iterator[str]:
    """What is known of an organisation and what belongs to it."""
    own = found.organisation
    yield f"{own.title} [{own.organisation}]" + (f", also {', '.join(own.also)}" if own.also else "")
    belongs = [f"part of {own.part_of}"] if own.part_of else []
    indexed = [] if found.entry.document_id else ["not ingested yet: kb ingest"]
    yield " · ".join([own.kind.value, f"country {own.country}", *belongs, f"reviewed {own.reviewed}", *indexed])
    yield f"website {own.website}"
    yield ""
    yield own.what.best(language, own.language)[1] or UNKNOWN
    yield f"expertise: {_listed(own.expertise)}"
    yield f"themes: {', '.join(own.themes) or UNKNOWN}"
    yield f"works in: {_listed(own.countries)}"
    yield f"projects: {UNKNOWN if isinstance(own.projects, str) else len(own.projects)}"
    for project in own.all_projects:
        partners = (
            project.partners
            if isinstance(project.partners, str)
            else ", ".join(f"{each.name} ({each.country})" for each in project.partners)
        )
        yield f"  - {project.title}: {project.what.best(language, own.language)[1] or UNKNOWN} [@{project.source}]"
        yield f"    paid by {project.programme}; partners: {partners}; {project.start} to {project.end}"
    yield f"looks for: {UNKNOWN if isinstance(own.seeks, str) else len(own.seeks)}"
    for seeking in own.all_seeks:
        yield f"  - {seeking.what.value}: {seeking.text.best(language, own.language)[1] or UNKNOWN} [@{seeking.source}]"
    yield from _figures(own.figures)
    for title, told in _belonging(found):
        yield f"{title}: {', '.join(told) or 'none'}"
    yield from sources(own.sources)


def partnership_lines(found: WholePartnership, language: str) -> Iterator[str]:
    """What is known of a partnership, and who takes part."""
    own = found.partnership
    yield f"{own.title.best(language, own.language)[1]} [{found.name}]"
    yield " · ".join([own.state.value, f"{own.start} to {own.end}", f"reviewed {own.reviewed}"])
    for each in own.called:
        yield f"called “{each.name}” [@{each.source}]"
    yield ""
    yield own.topic.best(language, own.language)[1] or UNKNOWN
    yield own.what.best(language, own.language)[1] or UNKNOWN
    yield f"objectives: {own.objectives.best(language, own.language)[1] or UNKNOWN}"
    yield "states: " + "; ".join(f"{each.state.value} {each.date}" for each in own.states)
    for group in own.all_groups:
        yield f"  group {group.group}: {group.title}: {group.focus.best(language, own.language)[1] or UNKNOWN}"
    yield from _figures(own.figures)
    yield "takes part:"
    for seat in found.seats:
        about = [part for part in (seat.country, seat.role, ", ".join(seat.groups), seat.joined and f"since {seat.joined}") if part]
        yield f"  - {seat.title}" + (f" ({'; '.join(about)})" if about else "") + (f" [@{seat.source}]" if seat.source else "")
    yield from sources(own.sources)


def sources(told: Mapping[str, Source]) -> Iterator[str]:
    """Numbered by key."""
    yield ""
    yield "Sources"
    for key, source in told.items():
        parts = [source.title, source.organisation, source.date, source.address, source.document or UNKNOWN]
        yield f"[@{key}] " + ", ".join(part for part in parts if part != UNKNOWN)


def organisation_as_json(own: Organisation) -> dict[str, Any]:
    """As its file has it."""
    return own.model_dump(mode="json", exclude_defaults=True)


def _figures(figures: Sequence[Figure]) -> Iterator[str]:
    for each in figures:
        about = ", ".join(part for part in (each.date, each.scope) if part != UNKNOWN)
        exact = "" if each.qualifier.value == "exactly" else f"{each.qualifier.value.replace('-', ' ')} "
        yield f"  {each.what}: {exact}{each.value:.15g} {each.unit}" + (f" ({about})" if about else "") + f" [@{each.source}]"


def _belonging(found: Whole) -> Iterator[tuple[str, list[str]]]:
    yield "parts of it", [each.title for each in found.parts]
    yield "practices", [each.name for each in found.practices]
    roles = [(each.partnership.partnership, each.role) for each in found.partnerships]
    yield "partnerships", [name + (f" ({role})" if role else "") for name, role in roles]
    yield "members", [each.name for each in found.members]


def _listed(said: str | Sequence[str]) -> str:
    return said if isinstance(said, str) else ", ".join(said) or "none"
