"""``kb demo``: demonstration data."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from kb.settings import Settings

if TYPE_CHECKING:
    from kb.services.demonstration import Loaded
    from kb.services.demonstration_removing import Removed
    from kb.services.knowledge_base import KnowledgeBase

REMOVE = "kb demo remove"
TOLD = {
    "loaded": f"Demonstration data are loaded. Take them away with: {REMOVE}",
    "not-empty": "No demonstration data were loaded: members or their work are there.",
    "removed": "No demonstration data were loaded: they were removed. Have them again with: kb demo load",
    "not-local": "No demonstration data were loaded: the records are not in the local database.",
    "absent": "No demonstration data were loaded: there are none in this corpus.",
    "unfit": "No demonstration data were loaded: they do not fit the documents that are here. Why: kb demo load",
}


@click.group()
def demo() -> None:
    """Demonstration data: what made-up members assessed, tested, followed and learned, marked as such wherever it is shown.

    They are there so that every page has something to show before anybody has worked. They are in the local database only.
    """


@demo.command("load")
@click.option(
    "--if-empty", is_flag=True, help="Only where nobody is registered, nobody worked and nobody removed it; never an error."
)
def load(if_empty: bool) -> None:
    """Load the demonstration of corpus/demonstration/, all of it or nothing."""
    from kb.services import demonstration
    from kb.services.permission import LOCAL_MEMBER

    began = time.perf_counter()
    loaded = demonstration.load(_open(), actor=LOCAL_MEMBER, if_empty=if_empty)
    click.echo(_told(loaded, time.perf_counter() - began))


@demo.command("remove")
@click.option("--yes", is_flag=True, help="Do not ask, also where members who are not made up did something within it.")
def remove(yes: bool) -> None:
    """Take the demonstration's members and what they did away, and nothing else.

    What somebody real did within it (a reply to a made-up round, a reading of a made-up indicator) goes with it; that is said and
    asked first.
    """
    from kb.services import demonstration
    from kb.services.permission import LOCAL_MEMBER

    base = _open()
    ours = _of_others(demonstration.going(base, actor=LOCAL_MEMBER))
    if ours and not yes and not click.confirm(f"{ours} That goes too. Go on?"):
        click.echo("Nothing was removed.")
        return
    began = time.perf_counter()
    removed = demonstration.remove(base, actor=LOCAL_MEMBER)
    took_s = time.perf_counter() - began
    click.echo(f"Removed of the demonstration in {took_s:.1f} s: {_counted(removed)}, {removed.n_members} members.")
    if went := _of_others(removed):
        click.echo(f"{went} That went too.")


def _of_others(of: Removed) -> str:
    """What members who are not made up did within the demonstration, in a sentence; empty where they did nothing."""
    did = [*(f"{name}: {n} {'step' if n == 1 else 'steps'}" for name, n in of.n_steps_of.items())]
    if of.n_drafts:
        did.append(f"{of.n_drafts} {'draft' if of.n_drafts == 1 else 'drafts'} that they began")
    return f"Members who are not made up worked in the demonstration ({'; '.join(did)})." if did else ""


def _told(loaded: Loaded, took_s: float) -> str:
    if loaded.skipped:
        return TOLD[loaded.skipped]
    by = f"by {loaded.n_members} made-up members, in {took_s:.1f} s"
    return f"Demonstration data: {_counted(loaded)}, {by}. Take them away with: {REMOVE}"


def _counted(of: Loaded | Removed) -> str:
    counted = f"{of.n_assessments} assessments, {of.n_tests} tests of transferability, {of.n_indicators} indicators"
    return f"{counted}, {of.n_things} things of mutual learning"


def _open() -> KnowledgeBase:
    from kb.bootstrap import open_kb

    return open_kb(Settings.from_env())
