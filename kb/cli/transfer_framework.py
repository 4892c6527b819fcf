"""``kb transfer framework``: what is asked about taking a practice over elsewhere, listed, shown and checked."""

from __future__ import annotations

from collections.abc import Sized
from typing import TYPE_CHECKING

import click

from kb.cli import exits
from kb.cli.acting import acting, actor_of
from kb.cli.search import flat
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.services.frameworks import ListedFramework
    from kb.services.versions_in_use import Checked


@click.command()
@click.argument("name", default="")
@click.option("--version", type=click.IntRange(min=1), help="One that is in use; without it, what the file says.")
@click.option("--language", default="en", show_default=True, help="In which to read it, where a text is in several.")
@click.option("--check", is_flag=True, help="Say everything that is wrong in it instead, each fault with file and line.")
@acting
def framework(name: str, version: int | None, language: str, check: bool, acting_as: str) -> None:
    """One framework: what is asked, what each answer means, and which published framework it is from. Without NAME: the list.

    They lie in YAML files in the folder frameworks of the corpus. A version that a test uses is never changed. With --check it ends
    with 1 if there is a fault.
    """
    from kb.bootstrap import open_kb
    from kb.cli.framework_shown import lines
    from kb.services import frameworks

    base = open_kb(Settings.from_env())
    actor = actor_of(base, acting_as)
    name = name.rsplit("/", 1)[-1].removesuffix(".yaml")  # a path to the file will do
    if check:
        _tell(frameworks.check(base, [name] if name else [], actor=actor))
    elif name:
        for line in lines(frameworks.framework(base, name, version, actor=actor), language):
            click.echo(flat(line))
    else:
        _list(frameworks.frameworks(base, actor=actor), language)


def _list(found: list[ListedFramework], language: str) -> None:
    width = max((len(each.name) for each in found), default=0)
    for each in found:
        click.echo(f"{each.name:<{width}}  {flat(_in_a_line(each, language))}")
    click.echo(_n(found, "framework"))


def _in_a_line(each: ListedFramework, language: str) -> str:
    found = each.framework
    faults = f"{_n(each.faults, 'fault')}; see kb transfer framework {each.name} --check"
    if found is None:
        return f"cannot be read: {faults}"
    used = f"in use: {', '.join(map(str, each.in_use))}" if each.in_use else "not in use"
    size = f"{len(found.criteria)} criteria, about {found.minutes} minutes"
    notes = [faults] if each.faults else []
    notes += [] if each.has_file else ["its file is gone"]
    return " · ".join([f"version {found.version}", found.title.best(language, found.language)[1], size, used, *notes])


def _tell(found: list[Checked]) -> None:
    faults = [fault for each in found for fault in each.faults]
    for fault in faults:
        click.echo(flat(str(fault)), err=True)
    for each in found:
        for remark in each.remarks:
            click.echo(f"remark: {each.name}: {flat(remark)}")
    faulty = sum(bool(each.faults) for each in found)
    click.echo(f"{_n(found, 'framework')}, " + (f"{_n(faults, 'fault')} in {faulty} of them" if faults else "no fault"))
    if faults:
        raise SystemExit(exits.FAULT)


def _n(things: Sized, name: str) -> str:
    return f"{len(things)} {name}" + ("" if len(things) == 1 else "s")
