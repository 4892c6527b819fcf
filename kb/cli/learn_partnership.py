"""``kb learn partnership``: who learns with whom, listed, shown, checked; moved on by facilitators."""

from __future__ import annotations

import click

from kb.cli.acting import acting, actor_of
from kb.cli.learn_directory_told import JSON, LANGUAGE, n_of, name_of, opened, partnership_lines, print_json, tell_checked
from kb.cli.search import flat


@click.group()
def partnership() -> None:
    """Peer-learning partnerships: topic, lead, partners, groups, states.

    They lie in YAML files in the folder partnerships of the corpus.
    """


@partnership.command("list")
@LANGUAGE
@JSON
@acting
def list_partnerships(language: str, as_json: bool, acting_as: str) -> None:
    """All partnerships by name."""
    from kb.services.learning import partnerships

    base = opened()
    found = partnerships.partnerships(base, actor=actor_of(base, acting_as))
    if as_json:
        told = [(each, each.partnership) for each in found]
        print_json({"partnerships": [{"name": each.name, "faults": [str(fault) for fault in each.faults],
                                      "partnership": own.model_dump(mode="json", exclude_defaults=True) if own else None}
                                     for each, own in told]})  # fmt: skip
        return
    for each in found:
        own = each.partnership
        told_line = (
            f"{own.title.best(language, own.language)[1]} · {own.state.value} · lead {own.lead}"
            if own
            else f"cannot be read: {n_of(each.faults, 'fault')}; see kb learn partnership check {each.name}"
        )
        click.echo(f"{each.name:<32}  {flat(told_line)}")
    click.echo(n_of(found, "partnership"))


@partnership.command()
@click.argument("name")
@LANGUAGE
@JSON
@acting
def show(name: str, language: str, as_json: bool, acting_as: str) -> None:
    """One partnership: what it is about, how many and who takes part, and when it reached which state."""
    from kb.services.learning import partnerships

    base = opened()
    found = partnerships.partnership(base, name_of(name), actor=actor_of(base, acting_as))
    if as_json:
        own = found.partnership.model_dump(mode="json", exclude_defaults=True)
        seats = [{"title": each.title, "country": each.country, "role": each.role, "groups": list(each.groups),
                  "members": [one.name for one in each.members]} for each in found.seats]  # fmt: skip
        print_json({"name": found.name, "version": found.version, "partnership": own, "takes_part": seats})
        return
    for line in partnership_lines(found, language):
        click.echo(flat(line))


@partnership.command()
@click.argument("names", nargs=-1)
@click.option("--remarks/--no-remarks", default=True, help="Also say what is worth a look and no fault.")
@acting
def check(names: tuple[str, ...], remarks: bool, acting_as: str) -> None:
    """Say everything that is wrong in all files, or in those of NAMES: each fault with file and line.

    Ends with 1 if there is a fault.
    """
    from kb.services.learning.directory_checking import check_partnerships

    base = opened()
    found = check_partnerships(base, list(map(name_of, names)), actor=actor_of(base, acting_as))
    tell_checked(found, "partnership", remarks=remarks)


@partnership.command()
@click.argument("name")
@click.argument("state", type=click.Choice(("active", "reporting", "closed")))
@click.option("--day", default="", help="When it was reached, as 2026-11-22; today if left out.")
@click.option("--why", default="", help="Kept in the history.")
@acting
def move(name: str, state: str, day: str, why: str, acting_as: str) -> None:
    """Write down that a partnership reached its next STATE; it only goes forward. For facilitators."""
    from kb.services.learning import partnership_editing, partnerships

    base = opened()
    actor, name = actor_of(base, acting_as), name_of(name)
    version = partnerships.partnership(base, name, actor=actor).version
    partnership_editing.move(base, name, state, base_version=version, day=day, why=why, actor=actor)
    click.echo(f"{name} is {state}.")
