"""A command starts without the modules of the others, and none is lost by that."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from kb.cli import COMMANDS, kb

LOADED = """
import sys
from click.testing import CliRunner
from kb.cli import kb
assert CliRunner().invoke(kb, {arguments}).exit_code == 0
print(*sorted(name for name in sys.modules if name.startswith("kb.cli.")))
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_it_is_said_to_be(name: str) -> None:
    command = kb.get_command(click.Context(kb), name)

    assert command is not None
    assert command.name == name
    assert command.help


def test_a_command_does_not_import_the_others() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(arguments="['search', '-h']")], capture_output=True, text=True, check=True
    )

    assert "kb.cli.search" in done.stdout.split()
    assert not {"kb.cli.assess", "kb.cli.benchmark", "kb.cli.evaluate", "kb.cli.transfer"} & set(done.stdout.split())
