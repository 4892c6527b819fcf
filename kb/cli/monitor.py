"""``kb monitor``: indicators of practices, their readings over time, and which are overdue."""

from __future__ import annotations

import click

from kb.cli.monitor_changing import add, end, import_readings, set_one, withdraw
from kb.cli.monitor_looking import export, list_monitored, overdue, show


@click.group()
def monitor() -> None:
    """Monitoring: what is measured of a practice, what was read, and what should have been.

    In order: set, add or import, show. Nothing is overwritten: a reading that was wrong is withdrawn, and stays in the history.
    """


for command in (list_monitored, show, overdue, export, set_one, end, add, import_readings, withdraw):
    monitor.add_command(command)
