"""``kb model``: list, build and choose embedding models."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from kb.settings import FILE, Settings


@click.group()
def model() -> None:
    """Embedding models: list them, build one, choose one."""


@model.command("list")
def list_models() -> None:
    """Which models there are, which are built, which is in use."""
    from kb.bootstrap import open_models

    settings = Settings.from_env()
    for entry in open_models(settings).entries():
        mark = "*" if entry.name == settings.model else " "
        click.echo(f"{mark} {entry.name:<28} {'built    ' if entry.is_built else 'not built'}  {entry.about}")


@model.command("build")
@click.argument("name", required=False)
@click.option("--if-needed", is_flag=True, help="Do nothing when it is built already.")
@click.option("--reranker", "is_reranker", is_flag=True, help="NAME is a cross-encoder, for KB_RERANKER.")
def build_model(name: str | None, if_needed: bool, is_reranker: bool) -> None:
    """Make a model ready: a built-in name, a hub name, or a local folder (safetensors only, no code)."""
    from kb.bootstrap import open_models

    settings = Settings.from_env()
    if is_reranker:
        if not name:
            raise click.UsageError("Name the cross-encoder: kb model build --reranker NAME")
        click.echo(f"{name} is ready in {open_models(settings).build_reranker(name)}")
        return
    name = name or settings.model
    store = open_models(settings)
    if not (if_needed and store.is_built(name)):
        click.echo(f"Building {name} …")
        store.build(name)
    click.echo(f"{name} is ready in {store.folder_of(name)}")


@model.command("use")
@click.argument("name")
def use_model(name: str) -> None:
    """Choose the model of this installation (written to kb.toml)."""
    from kb.bootstrap import open_models

    settings = Settings.from_env()
    open_models(settings).card(name)
    path = Path(FILE)
    written = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    lines = [line for line in written if line.partition("=")[0].strip() != "model"]
    path.write_text("\n".join([*lines, f"model = {json.dumps(name, ensure_ascii=False)}", ""]), encoding="utf-8")
    click.echo(f"{name} is chosen. If the index was built with another model, rebuild it: kb ingest --rebuild")
    if os.environ.get("KB_MODEL", name) != name:
        click.echo(f"KB_MODEL is set to {os.environ['KB_MODEL']} and goes before {FILE}: unset it.", err=True)
