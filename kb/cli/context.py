"""``kb context``: what is known about places, listed, shown, checked, and how far they are apart."""

from __future__ import annotations

import json
from collections.abc import Sized
from typing import TYPE_CHECKING, Any

import click

from kb.cli import exits
from kb.cli.acting import acting, actor_of
from kb.cli.search import flat
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.peers.contexts.distance import Distance
    from kb.services.contexts import ListedContext
    from kb.services.knowledge_base import KnowledgeBase

LANGUAGE = click.option("--language", default="en", show_default=True, help="In which to read it, where a text is in several.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def context() -> None:
    """Context profiles: what is known about the places in which practices are done or could be done.

    They lie in YAML files in the folder contexts of the corpus, one a place, with what is asked in indicators.yaml. PLACE is a
    country such as PT or a region such as CA-QC. kb ingest makes them searchable.
    """


@context.command("list")
@LANGUAGE
@JSON
@acting
def list_contexts(language: str, as_json: bool, acting_as: str) -> None:
    """All profiles by place, with how many indicators are known."""
    from kb.services import contexts

    base = _open()
    found = contexts.contexts(base, actor=actor_of(base, acting_as))
    if as_json:
        _print_json({"contexts": [_listed_as_json(each) for each in found]})
        return
    for each in found:
        click.echo(f"{each.place:<6}  {flat(_in_a_line(each, language))}")
    click.echo(_n(found, "context profile"))


@context.command()
@click.argument("place")
@LANGUAGE
@JSON
@acting
def show(place: str, language: str, as_json: bool, acting_as: str) -> None:
    """One profile: what is known in words, group by group, every value with its source, and what nobody knows."""
    from kb.cli.context_shown import lines
    from kb.services import contexts

    base = _open()
    found = contexts.context(base, _name(place), actor=actor_of(base, acting_as))
    if as_json:
        profile = found.profile.model_dump(mode="json", exclude_defaults=True)
        _print_json({"place": found.place, "document_id": found.document_id, "profile": profile})
        return
    for line in lines(found, language):
        click.echo(flat(line))


@context.command()
@click.argument("places", nargs=-1)
@click.option("--remarks/--no-remarks", default=True, help="Also say what is worth a look and no fault.")
@acting
def check(places: tuple[str, ...], remarks: bool, acting_as: str) -> None:
    """Say everything that is wrong in the indicators and the profiles, or in those of PLACES: each fault with file and line.

    Ends with 1 if there is a fault.
    """
    from kb.services import contexts

    base = _open()
    found = contexts.check(base, map(_name, places), actor=actor_of(base, acting_as))
    faults = [fault for each in found for fault in each.faults]
    for fault in faults:
        click.echo(flat(str(fault)), err=True)
    for each in found if remarks else ():
        for remark in each.remarks:
            click.echo(f"remark: {each.place}: {flat(remark)}")
    faulty = sum(bool(each.faults) for each in found)
    n = _n(found[1:], "context profile")
    click.echo(f"{n}, " + (f"{_n(faults, 'fault')} in {_n(range(faulty), 'file')}" if faults else "no fault"))
    if faults:
        raise SystemExit(exits.FAULT)


@context.command()
@click.argument("a")
@click.argument("b")
@LANGUAGE
@JSON
@acting
def distance(a: str, b: str, language: str, as_json: bool, acting_as: str) -> None:
    """How far two places are apart by what is known of both, 0 to 1, and what each indicator adds to it."""
    from kb.cli.context_shown import apart
    from kb.services import contexts

    base = _open()
    actor, one, other = actor_of(base, acting_as), _name(a), _name(b)
    found = contexts.distance(base, one, other, actor=actor)
    if as_json:
        _print_json({"a": one, "b": other, **_distance_as_json(found)})
        return
    pair = contexts.context(base, one, actor=actor), contexts.context(base, other, actor=actor)
    for line in apart(*pair, found, language):
        click.echo(flat(line))


@context.command()
@click.argument("place")
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, 400), help="How many places.")
@JSON
@acting
def nearest(place: str, k: int, as_json: bool, acting_as: str) -> None:
    """The places that are nearest to PLACE by what is known of both, each with how much that is."""
    from kb.services import contexts

    base = _open()
    found = contexts.nearest(base, _name(place), actor=actor_of(base, acting_as), k=k)
    if as_json:
        _print_json({"place": _name(place), "nearest": [{"place": name, **_distance_as_json(each)} for name, each in found]})
        return
    for name, each in found:
        value = "unknown" if each.value is None else f"{each.value:.3f}"
        click.echo(f"{name:<6}  {value:<7}  on {each.n_known} of {each.n_all} indicators")
    click.echo(_n(found, "place"))


def _open() -> KnowledgeBase:
    from kb.bootstrap import open_kb

    return open_kb(Settings.from_env())


def _name(given: str) -> str:
    """A place; a path to its file will do."""
    return given.rsplit("/", 1)[-1].removesuffix(".yaml")


def _in_a_line(each: ListedContext, language: str) -> str:
    found = each.profile
    if found is None:
        return f"cannot be read: {_n(each.faults, 'fault')}; see kb context check {each.place}"
    known = len({value.indicator for value in found.values if not value.is_unknown})
    told = sum(not text.is_unknown for text in found.groups.values())
    notes = [f"{_n(each.faults, 'fault')}; see kb context check {each.place}"] if each.faults else []
    size = [f"{known} indicators known", f"{told} of {len(found.groups)} groups told", f"reviewed {found.reviewed}"]
    return " · ".join([found.title.best(language, found.language)[1], *size, *notes])


def _listed_as_json(each: ListedContext) -> dict[str, Any]:
    profile = each.profile.model_dump(mode="json", exclude_defaults=True) if each.profile else None
    return {"place": each.place, "faults": [str(fault) for fault in each.faults], "profile": profile}


def _distance_as_json(found: Distance) -> dict[str, Any]:
    parts = [vars(part) for part in found.parts]
    told = {"value": found.value, "n_known": found.n_known, "n_all": found.n_all, "coverage": found.coverage}
    return {**told, "parts": parts, "unknown": list(found.unknown)}


def _print_json(told: dict[str, Any]) -> None:
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


def _n(things: Sized, name: str) -> str:
    return f"{len(things)} {name}" + ("" if len(things) == 1 else "s")
