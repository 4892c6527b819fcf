"""Comparisons of practices, and the ladder of approvals."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("These practices cannot be compared: {faults}. See the names: kb practice list"),
    marked("{n} named, and {least} to {most} can be compared"),
    marked("“{name}” is named {n} times"),
    marked("there is no practice “{name}”"),
    marked("The rubric “{name}” is in no assessment yet. See the rubrics: kb rubric list"),
    marked("An entry of the ladder ({kind}) is of a newer version of the program. Update it."),
    marked("The practice was not approved: {faults}."),
    marked("The approval was not withdrawn: {faults}."),
)
PARTS = (
    marked("it is not said on what evidence"),
    marked("what is said has {n} characters; at most {limit} are taken"),
    marked("the last day {date} has come already"),
    marked("it is a practice of {name}, for which {member} works"),
    marked("no approval stands"),
)
