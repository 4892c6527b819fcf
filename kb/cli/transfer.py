"""``kb transfer``: whether a practice could work elsewhere, judged by a framework with evidence from both sides."""

from __future__ import annotations

import click

from kb.cli.transfer_framework import framework
from kb.cli.transfer_judging import hand_in, join, judge, overall, passages
from kb.cli.transfer_leading import cancel, candidates, conclude, evaluate, excuse, invite, open_one
from kb.cli.transfer_looking import export, list_tests, show, what_if
from kb.cli.transfer_ranking import could_work_in, matrix, where_could_work


@click.group()
def transfer() -> None:
    """Transferability: whether a practice could work in another place, judged by a framework with evidence from both sides.

    Before anybody has tried it there the result is a forecast: a mean with its range and coverage, and the constraints that block.
    In order: open, invite, passages, judge, overall, hand-in, conclude, evaluate. Until a test is concluded everybody sees their
    own judgement only.
    """


for command in (
    list_tests, show, what_if, matrix, could_work_in, where_could_work, export,
    open_one, candidates, invite, excuse, cancel, conclude, evaluate,
    join, passages, judge, overall, hand_in,
    framework,
):  # fmt: skip
    transfer.add_command(command)
