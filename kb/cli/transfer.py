"""``kb transfer``: whether a practice could work elsewhere, judged by a framework with evidence from both sides."""

from __future__ import annotations

import click

from kb.cli.transfer_framework import framework


@click.group()
def transfer() -> None:
    """Transferability: whether a practice could work in another place, judged by a framework with evidence from both sides.

    Before anybody has tried it there the result is a forecast: a mean with its coverage, and the constraints that block.
    """


for command in (framework,):
    transfer.add_command(command)
