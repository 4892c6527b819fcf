"""Where things are: the project, what others judged, and places for indexes and collections that are made to be measured."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from kb.settings import Settings

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("KB_EVAL", ROOT.parent / "shared" / "eval"))  # judged sets and real documents of others


def settings_in(folder: Path) -> Settings:
    """An empty knowledge base below ``folder`` with the models of the project."""
    made = Settings(folder / "corpus", folder / "index")
    made.documents.mkdir(parents=True, exist_ok=True)
    made.index.mkdir(exist_ok=True)
    if not made.models.exists():
        made.models.symlink_to(Settings.from_env(folder=ROOT).models)
    return made


def own_settings(place: Path, settings: Settings, corpus: Path) -> Settings:
    """The same over ``corpus`` with an index of its own below ``place``, empty."""
    own = replace(settings, corpus=corpus, index=place / "index")
    own.index.mkdir(parents=True)
    own.models.symlink_to(settings.models)
    return own


def environment(settings: Settings) -> dict[str, str]:
    """For a process of its own over these settings."""
    return {**os.environ, "KB_CORPUS": str(settings.corpus), "KB_INDEX": str(settings.index), "KB_MODEL": settings.model}
