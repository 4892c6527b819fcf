"""``kb learn case``: a practice is taken over, from the first thought to its adoption, on the ground of a test."""

from __future__ import annotations

import click

from kb.cli.learn_case_leading import adopt, consider, evaluate, move, plan, reach, stop
from kb.cli.learn_case_looking import export, list_cases, show


@click.group("case")
def case() -> None:
    """Transfer cases: consider, move, plan, reach, evaluate, adopt, stop.

    A case stands on a concluded test of transferability. A facilitator who did not open it tells how it went, with evidence; then
    the test says tested or confirmed.
    """


for command in (list_cases, show, consider, move, plan, reach, evaluate, adopt, stop, export):
    case.add_command(command)
