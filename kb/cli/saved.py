"""``kb saved``: searches kept under a name, and what is new in them since the last look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.cli.filtering import filtered
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.retrieval.answer import Filters
    from kb.services.saved_searches import Visit


@click.group()
def saved() -> None:
    """Saved searches: keep one under a name, and see what is new in it since the last look."""


@saved.command("add")
@click.argument("name")
@click.argument("question")
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, 200), help="How many passages.")
@filtered
def add(
    name: str,
    question: str,
    k: int,
    filters: Filters,
) -> None:
    """Keep a search under NAME. What it finds now counts as seen."""
    from kb.bootstrap import open_kb
    from kb.services import saved_searches
    from kb.services.permission import LOCAL_MEMBER

    kept = saved_searches.save(open_kb(Settings.from_env()), name, question, actor=LOCAL_MEMBER, filters=filters, k=k)
    click.echo(f"Saved as “{kept.name}”, with {len(kept.seen)} passages seen.")


@saved.command("list")
def list_saved() -> None:
    """Your saved searches, by name."""
    from kb.bootstrap import open_kb
    from kb.services import saved_searches
    from kb.services.permission import LOCAL_MEMBER

    found = saved_searches.saved_searches(open_kb(Settings.from_env()), actor=LOCAL_MEMBER)
    for each in found:
        click.echo(_plain(f"{each.name}: {each.question}{_told(each.filters)}  (last seen {each.seen_at_utc[:10] or 'never'})"))
    click.echo(f"{len(found)} saved searches")


@saved.command("run")
@click.argument("name")
@click.option("--peek", is_flag=True, help="What is new stays new.")
def run(name: str, peek: bool) -> None:
    """Ask the search called NAME, say what is new, and take it as seen."""
    from kb.bootstrap import open_kb
    from kb.services import saved_searches
    from kb.services.permission import LOCAL_MEMBER

    base = open_kb(Settings.from_env())
    visit = saved_searches.run(base, saved_searches.named(base, name, actor=LOCAL_MEMBER).id, actor=LOCAL_MEMBER)
    _print_visit(visit)
    if not peek:
        saved_searches.mark_seen(base, visit, actor=LOCAL_MEMBER)


@saved.command("rename")
@click.argument("name")
@click.argument("new_name")
def rename(name: str, new_name: str) -> None:
    """Call the search NAME by NEW_NAME."""
    from kb.bootstrap import open_kb
    from kb.services import saved_searches
    from kb.services.permission import LOCAL_MEMBER

    base = open_kb(Settings.from_env())
    kept = saved_searches.rename(base, saved_searches.named(base, name, actor=LOCAL_MEMBER), new_name, actor=LOCAL_MEMBER)
    click.echo(f"It is called “{kept.name}” now.")


@saved.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Forget the search called NAME."""
    from kb.bootstrap import open_kb
    from kb.services import saved_searches
    from kb.services.permission import LOCAL_MEMBER

    base = open_kb(Settings.from_env())
    found = saved_searches.named(base, name, actor=LOCAL_MEMBER)
    saved_searches.remove(base, found.id, actor=LOCAL_MEMBER)
    click.echo(f"“{found.name}” is removed.")


def _print_visit(visit: Visit) -> None:
    from kb.cli.search import cite_place

    since = f"since {visit.saved.seen_at_utc[:10]}" if visit.saved.seen_at_utc else "never looked at before"
    for hit in visit.result.hits:
        mark = click.style("NEW ", bold=True) if hit.passage.id in visit.new else "    "
        click.echo(f"{mark}{hit.rank}. {_plain(hit.title)}  [{hit.passage.language}]  {hit.passage.id}")
        click.echo(f"      {_plain(cite_place(hit))}")
        click.echo(f"      {_plain(hit.sentence_text or hit.passage.text)}\n")
    click.echo(f"{len(visit.new)} of {len(visit.result.hits)} passages are new ({since}).")


def _told(filters: Filters) -> str:
    chosen = [f"{name}: {', '.join(map(str, values))}" for name, values in vars(filters).items() if values]
    return f"  [{'; '.join(chosen)}]" if chosen else ""


def _plain(text: str) -> str:
    """One line, without what a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)
