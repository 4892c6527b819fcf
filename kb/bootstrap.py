"""The composition root: the only importer of adapters. Joins each port to the library that answers it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kb.adapters.generations import GenerationStore
from kb.adapters.langid import FastTextDetector
from kb.adapters.live_index import LiveIndex
from kb.adapters.model_store import ModelStore
from kb.adapters.page_image import render_page
from kb.adapters.sandbox import SandboxedReader
from kb.adapters.sidecar import read_sidecar
from kb.adapters.sqlite_catalog import SqliteCatalog
from kb.adapters.writer_lock import writer_lock
from kb.services.knowledge_base import KnowledgeBase
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.retrieval.catalog import Job
    from kb.retrieval.embed import Encoder

CATALOG = "catalog.sqlite"


def open_models(settings: Settings) -> ModelStore:
    """The embedding models of this installation."""
    return ModelStore(settings.models)


def open_kb(settings: Settings | None = None) -> KnowledgeBase:
    """Open the knowledge base that ``settings`` (by default the environment's) describe. Loads no model and no index yet.

    Raises:
        SettingsError: if the environment or kb.toml hold something unusable.
        IndexDamaged: if the catalog is damaged.
    """
    settings = settings or Settings.from_env()
    catalog = SqliteCatalog(settings.index / CATALOG)
    store = GenerationStore(settings.index)
    models = open_models(settings)
    live = LiveIndex(store, catalog, lambda: writer_lock(settings.index, wait=False))
    return KnowledgeBase(
        documents=settings.documents,
        index=settings.index,
        model=settings.model,
        catalog=catalog,
        generations=store,
        models=models,
        encoder=_once(lambda: models.open(settings.model)),
        generation=live.generation,
        detector=FastTextDetector(),
        new_reader=SandboxedReader,
        sidecar=read_sidecar,
        render_page=render_page,
        writing=lambda: writer_lock(settings.index),
        launch=lambda job: _launch(job, settings),
    )


def _once(load: Callable[[], Encoder]) -> Callable[[], Encoder]:
    """Load at the first call, in whichever thread comes first; give the same one ever after."""
    lock = threading.Lock()
    loaded: list[Encoder] = []

    def encoder() -> Encoder:
        if not loaded:
            with lock:
                if not loaded:
                    loaded.append(load())
        return loaded[0]

    return encoder


def _launch(job: Job, settings: Settings) -> None:
    """Start a job in a process of its own: the app stays quick and may even be restarted."""
    environment = {
        **os.environ,
        "KB_CORPUS": str(settings.corpus),
        "KB_INDEX": str(settings.index),
        "KB_MODEL": settings.model,
    }
    log = settings.index / "logs" / f"job-{job.id}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "kb", "ingest", "--job", job.id, *job.paths],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            cwd=Path.cwd(),
            start_new_session=True,
        )
