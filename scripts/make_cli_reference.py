"""Write ``docs/cli.md`` from the commands themselves, so that it cannot say anything else: ``make docs``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from kb.cli import kb

TARGET = Path(__file__).parents[1] / "docs" / "cli.md"
HEAD = """# Commands

<!-- Made by scripts/make_cli_reference.py (make docs). Do not edit: change the help in kb/cli/. -->

Every command reads the settings of the folder it is started in; the [admin guide](admin-guide.md#settings) lists them.
An error that a person can act on is one sentence on standard error, with exit code 1.
A wrong option or argument has exit code 2.
`-h` after any command shows its help.
"""


def commands(command: click.Command, parent: click.Context | None = None) -> Iterator[tuple[click.Command, click.Context]]:
    """``command`` and all below it, in order of name; hidden ones are left out."""
    context = click.Context(command, info_name=command.name, parent=parent, **command.context_settings)
    yield command, context
    if isinstance(command, click.Group):
        for name in sorted(command.list_commands(context)):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from commands(below, context)


def reference() -> str:
    """The whole document."""
    return "\n".join([HEAD, *(_section(command, context) for command, context in commands(kb))])


def _section(command: click.Command, context: click.Context) -> str:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    described = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    options = [record for parameter in described if (record := parameter.get_help_record(context))]
    lines = [f"## {context.command_path}", "", _as_text(command.help or ""), "", "```text", usage, "```", ""]
    if options:
        lines += ["| option | meaning |", "|---|---|", *(f"| `{_cell(name)}` | {_cell(help_)} |" for name, help_ in options), ""]
    if isinstance(command, click.Group):
        below = [each for name in sorted(command.list_commands(context)) if (each := command.get_command(context, name))]
        lines += [f"- `{context.command_path} {each.name}`: {each.get_short_help_str(200)}" for each in below if not each.hidden]
        lines.append("")
    return "\n".join(lines)


def _as_text(help_: str) -> str:
    """Paragraphs of a docstring, each sentence's words on one line."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", help_.strip()))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(reference(), encoding="utf-8")
