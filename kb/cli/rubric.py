"""``kb rubric``: what reviewers ask of a practice, listed, shown and checked."""

from __future__ import annotations

from collections.abc import Sized
from typing import TYPE_CHECKING

import click

from kb.cli import exits
from kb.cli.acting import acting, actor_of
from kb.cli.search import flat
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.rubrics import ListedRubric


@click.group()
def rubric() -> None:
    """Rubrics: list, show and check what reviewers ask of a practice.

    They lie in YAML files in the folder rubrics of the corpus. A version that an assessment uses is never changed.
    """


@rubric.command("list")
@click.option("--language", default="en", show_default=True, help="In which to read titles, where they are in several.")
@acting
def list_rubrics(language: str, acting_as: str) -> None:
    """All rubrics by name, with version, size, and the versions in use."""
    from kb.services import rubrics

    base = _open()
    found = rubrics.rubrics(base, actor=actor_of(base, acting_as))
    width = max((len(each.name) for each in found), default=0)
    for each in found:
        click.echo(f"{each.name:<{width}}  {flat(_in_a_line(each, language))}")
    click.echo(_n(found, "rubric"))


@rubric.command()
@click.argument("name")
@click.option("--version", type=click.IntRange(min=1), help="One that is in use; without it, what the file says.")
@click.option("--language", default="en", show_default=True, help="In which to read it, where a text is in several.")
@acting
def show(name: str, version: int | None, language: str, acting_as: str) -> None:
    """One rubric: gates, criteria with what each score means, labels with their thresholds, and sources."""
    from kb.cli.rubric_shown import lines
    from kb.services import rubrics

    base = _open()
    found = rubrics.rubric(base, _name(name), version, actor=actor_of(base, acting_as))
    for line in lines(found, language):
        click.echo(flat(line))


@rubric.command()
@click.argument("names", nargs=-1)
@click.option("--remarks/--no-remarks", default=True, help="Also say what is worth a look and no fault.")
@acting
def check(names: tuple[str, ...], remarks: bool, acting_as: str) -> None:
    """Say everything that is wrong in the rubrics, or in those called NAMES: each fault with file and line.

    A version that an assessment uses and that was changed is a fault too. Ends with 1 if there is one.
    """
    from kb.services import rubrics

    base = _open()
    found = rubrics.check(base, map(_name, names), actor=actor_of(base, acting_as))
    faults = [fault for each in found for fault in each.faults]
    for fault in faults:
        click.echo(flat(str(fault)), err=True)
    for each in found if remarks else ():
        for remark in each.remarks:
            click.echo(f"remark: {each.name}: {flat(remark)}")
    faulty = sum(bool(each.faults) for each in found)
    click.echo(f"{_n(found, 'rubric')}, " + (f"{_n(faults, 'fault')} in {faulty} of them" if faults else "no fault"))
    if faults:
        raise SystemExit(exits.FAULT)


def _open() -> KnowledgeBase:
    from kb.bootstrap import open_kb

    return open_kb(Settings.from_env())


def _name(given: str) -> str:
    """A name; a path to the file will do."""
    return given.rsplit("/", 1)[-1].removesuffix(".yaml")


def _in_a_line(each: ListedRubric, language: str) -> str:
    found = each.rubric
    if found is None:
        return f"cannot be read: {_n(each.faults, 'fault')}; see kb rubric check {each.name}"
    used = f"in use: {', '.join(map(str, each.in_use))}" if each.in_use else "not in use"
    size = f"{_n(found.gates, 'gate')}, {len(found.criteria)} criteria, about {found.minutes} minutes"
    notes = [f"{_n(each.faults, 'fault')}; see kb rubric check {each.name}"] if each.faults else []
    notes += [] if each.has_file else ["its file is gone"]
    return " · ".join([f"version {found.version}", found.title.best(language, found.language)[1], size, used, *notes])


def _n(things: Sized, name: str) -> str:
    return f"{len(things)} {name}" + ("" if len(things) == 1 else "s")
