"""``kb demo``: demonstration data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.settings import Settings

if TYPE_CHECKING:
    from kb.services.demonstration import Loaded, Removed
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

    click.echo(_told(demonstration.load(_open(), actor=LOCAL_MEMBER, if_empty=if_empty)))


@demo.command("remove")
def remove() -> None:
    """Take the demonstration's members and what they did away, and nothing else."""
    from kb.services import demonstration
    from kb.services.permission import LOCAL_MEMBER

    removed = demonstration.remove(_open(), actor=LOCAL_MEMBER)
    click.echo(f"Removed of the demonstration: {_counted(removed)}, {removed.n_members} members.")


def _told(loaded: Loaded) -> str:
    if loaded.skipped:
        return TOLD[loaded.skipped]
    return f"Demonstration data: {_counted(loaded)}, by {loaded.n_members} made-up members. Take them away with: {REMOVE}"


def _counted(of: Loaded | Removed) -> str:
    counted = f"{of.n_assessments} assessments, {of.n_tests} tests of transferability, {of.n_indicators} indicators"
    return f"{counted}, {of.n_things} things of mutual learning"


def _open() -> KnowledgeBase:
    from kb.bootstrap import open_kb

    return open_kb(Settings.from_env())
