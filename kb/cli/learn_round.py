"""``kb learn round``: questions go out, partners answer with cases, ask each other, and a brief is compiled from the answers."""

from __future__ import annotations

import click

from kb.cli.learn_round_answering import answer, ask, reply, vote
from kb.cli.learn_round_leading import cancel, close, conclude, draft, reschedule, revise, send
from kb.cli.learn_round_looking import brief, list_rounds, show


@click.group("round")
def round() -> None:  # the command's name
    """Question rounds: draft, send, answer, ask, vote, close, brief, conclude.

    A facilitator asks along an axis; members answer with a case each, with passages as evidence; they ask about each other's cases
    and say which interest them; then the background brief is compiled from the answers.
    """


for command in (list_rounds, show, draft, revise, send, reschedule, answer, ask, reply, vote, close, conclude, cancel, brief):
    round.add_command(command)
