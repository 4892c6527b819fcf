"""``kb verify`` and ``kb serve``: is all well, and the app."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from kb.cli import exits
from kb.settings import Settings

# what must hold wherever `kb serve` is started: .streamlit/config.toml counts in its own folder only
SAFE = (
    "--server.address=127.0.0.1",
    "--browser.gatherUsageStats=false",
    "--client.showErrorDetails=none",
    "--server.headless=true",
)


@click.command()
@click.option("--no-mend", is_flag=True, help="Only look; rebuild nothing.")
def verify(no_mend: bool) -> None:
    """Walk file → passage → vector row → lexical row; name and mend what is damaged. Exit code 1 if faults remain."""
    from kb.bootstrap import open_kb
    from kb.services import health
    from kb.services.permission import LOCAL_MEMBER

    found = health.verify(open_kb(Settings.from_env()), actor=LOCAL_MEMBER, mend=not no_mend)
    for fault in found.faults:
        click.echo(fault)
    for mended in found.mended:
        click.echo(mended)
    remaining = [fault for fault in found.faults if not fault.startswith("mended: ")]
    click.echo(f"{found.n_documents} documents, {found.n_passages} passages, {len(remaining)} faults")
    if remaining:
        raise SystemExit(exits.FAULT)


@click.command()
@click.option("--port", default=8501, show_default=True, help="Port on this machine.")
def serve(port: int) -> None:
    """Serve the app on this machine only."""
    import kb as package

    server = Path(package.__file__).parent / "ui" / "server.py"
    click.echo(f"The app is at http://localhost:{port} (this machine only; Ctrl-C ends it)")
    sys.stdout.flush()
    command = [sys.executable, "-m", "streamlit", "run", str(server), "--server.port", str(port), *SAFE]
    os.execv(sys.executable, command)  # noqa: S606  # no shell; signals reach the server itself
