"""A group whose commands are imported when they are asked for: ``kb search`` does not wait for the modules of all others."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """Commands that are known by where they stand; help on the whole group imports all of them.

    Args:
        where: name of a command → module of this package that has a command of that name.
    """

    def __init__(self, *args: Any, where: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._where = dict(where)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, sorted."""
        return sorted({*super().list_commands(ctx), *self._where})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported at the first call."""
        if cmd_name in self._where and cmd_name not in self.commands:
            self.add_command(getattr(import_module(f"{__package__}.{self._where[cmd_name]}"), cmd_name))
        return super().get_command(ctx, cmd_name)
