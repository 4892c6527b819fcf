"""``kb assess``: assessments from the first invitation to the label, told and taken along."""

from __future__ import annotations

import click

from kb.cli.assess_agreement import agreement
from kb.cli.assess_answering import close_reply, reply, settle
from kb.cli.assess_leading import begin, cancel, candidates, conclude, due, excuse, invite, open_one
from kb.cli.assess_looking import export, list_assessments, show, stale
from kb.cli.assess_reviewing import accept, decline, form, passages, reconfirm, review


@click.group()
def assess() -> None:
    """Assessments: a panel reviews a practice by a rubric, each score with its evidence, and agrees on what it is called.

    In order: open, invite, accept, begin, form, review, reply, close-reply, settle, conclude. Whoever still owes a review sees
    nothing of the others', whatever the command.
    """


for command in (
    list_assessments, show, export, stale, agreement,
    open_one, candidates, invite, excuse, due, begin, cancel, conclude,
    accept, decline, form, passages, review, reconfirm,
    reply, close_reply, settle,
):  # fmt: skip
    assess.add_command(command)
