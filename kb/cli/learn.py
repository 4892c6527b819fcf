"""``kb learn …``: mutual learning, a group of commands for each kind of thing."""

from __future__ import annotations

import click

from kb.cli.lazy import LazyGroup

COMMANDS = (
    "need", "offer", "match", "round", "session", "lesson", "recommendation", "case", "plan",
    "policy", "organisation", "partnership", "dashboard", "network", "notices", "feed", "notify",
)  # fmt: skip
WHERE = {name: f"learn_{name}" for name in COMMANDS}  # modules of kb/cli/, imported when they are asked for


@click.group(cls=LazyGroup, where=WHERE)
def learn() -> None:
    """Needs and offers, question rounds, sessions, lessons, transfer cases, plans, and what became of policies."""
