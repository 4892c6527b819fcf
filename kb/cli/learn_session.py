"""``kb learn session``: partners meet, and tell within a week what came of it."""

from __future__ import annotations

import click

from kb.cli.learn_session_after import debrief, notes
from kb.cli.learn_session_leading import cancel, held, join, leave, plan, revise
from kb.cli.learn_session_looking import export, ics, list_sessions, show


@click.group()
def session() -> None:
    """Sessions: seminars, peer reviews, matchmaking and study visits.

    In order: plan, join, held, notes, debrief. Nothing is deleted: a session that will not take place is cancelled.
    """


for command in (list_sessions, show, ics, export, plan, revise, join, leave, held, cancel, notes, debrief):
    session.add_command(command)
