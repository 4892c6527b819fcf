"""``kb learn partnership``: who learns with whom, listed, asked, shown, checked; begun and moved on by facilitators."""

from __future__ import annotations

from typing import Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.learn_directory_told import LANGUAGE, n_of, name_of, opened, partnership_lines, tell_checked
from kb.cli.printed import as_json_option, print_json
from kb.cli.search import flat


@click.group()
def partnership() -> None:
    """Peer-learning partnerships: topic, lead, partners, groups, states.

    They lie in YAML files in the folder partnerships of the corpus. kb ingest makes them searchable.
    """


@partnership.command("list")
@LANGUAGE
@as_json_option
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
@as_json_option
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
@click.argument("question", nargs=-1, required=True)
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, 100), help="How many partnerships.")
@LANGUAGE
@as_json_option
@acting
def find(question: tuple[str, ...], k: int, language: str, as_json: bool, acting_as: str) -> None:
    """Partnerships that answer a QUESTION in any language, best first, each with the passage that speaks."""
    from kb.services.learning import partnerships

    base = opened()
    found = partnerships.find(base, " ".join(question), actor=actor_of(base, acting_as), k=k)
    if as_json:
        told = [{"partnership": each.partnership.partnership, "passage": each.hit.passage.text} for each in found]
        print_json({"question": " ".join(question), "found": told})
        return
    for n, each in enumerate(found, start=1):
        own = each.partnership
        click.echo(f"{n}. {flat(own.title.best(language, own.language)[1])} [{own.partnership}]")
        click.echo(f"   {flat(each.hit.passage.text)[:300]}")
    click.echo(n_of(found, "partnership"))


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


@partnership.command()
@click.argument("title")
@click.option("--code", default="", help="Name of its file: a-z, 0-9 and hyphens; made from TITLE if left out.")
@click.option("--language", default="en", show_default=True, help="Of all that you write here.")
@click.option("--topic", default="", help="What it is about. Cite a source as [@source]; the first is cited if you cite none.")
@click.option("--what", default="", help="How it works.")
@click.option("--objectives", default="", help="What it wants to learn.")
@click.option("--lead", default="", metavar="ORGANISATION", help="Name of a file of the directory, or words; so below.")
@click.option("--co-lead", "co_leads", multiple=True, metavar="ORGANISATION", help="May be given several times.")
@click.option("--partner", "partners", multiple=True, metavar="ORGANISATION[|COUNTRY]", help="May be given several times.")
@click.option("--group", "groups", multiple=True, metavar="TITLE[|FOCUS]", help="May be given several times.")
@click.option("--start", default="", help="A day, month or year: 2026-11.")
@click.option("--end", default="", help="The same; or ongoing.")
@click.option("--speaks", "spoken", multiple=True, metavar="CODE", help="A language in which it works; several times.")
@click.option("--theme", "themes", multiple=True, help="Of the concepts, such as legal-framework; several times.")
@click.option(
    "--source", "sources", multiple=True, metavar="TITLE|WHO[|DATE[|ADDRESS]]",
    help="Where this is from; several times. In order they are cited as [@source], [@source-2] ...",
)  # fmt: skip
@click.option(
    "--state", type=click.Choice(("forming", "active", "reporting", "closed")), default="forming", show_default=True,
    help="In which it is now.",
)  # fmt: skip
@click.option("--day", default="", help="When it reached that state, as 2026-11-22; today if left out.")
@acting
def begin(title: str, acting_as: str, **told: Any) -> None:
    """Begin a partnership called TITLE: its file is checked whole, then written, then ingested. For facilitators."""
    from kb.peers.learning.partnership import PartnershipState
    from kb.peers.learning.typed_sources import NEEDED, OPTIONAL, sources_of
    from kb.services.learning import partnership_beginning
    from kb.services.learning.partnership_beginning import Beginning

    base = opened()
    rows = [dict(zip((*NEEDED, *OPTIONAL), _parts(each), strict=False)) for each in told.pop("sources")]
    partners = {name: country for name, country, *_ in (_parts(f"{each}|") for each in told.pop("partners"))}
    groups = tuple((name, focus) for name, focus, *_ in (_parts(f"{each}|") for each in told.pop("groups")))
    state = PartnershipState(told.pop("state"))
    beginning = Beginning(title, **told, groups=groups, partners=partners, sources=sources_of(rows, {}), state=state)
    made = partnership_beginning.begin(base, beginning, actor=actor_of(base, acting_as))
    click.echo(made.name)


def _parts(given: str) -> list[str]:
    """What stands between bars."""
    return [each.strip() for each in given.split("|")]
