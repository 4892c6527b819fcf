"""The composition root: the only importer of adapters. Joins each port to the library that answers it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kb.adapters.assessments_as import AssessmentWriter
from kb.adapters.calendar_file import CalendarFile
from kb.adapters.citations import CitationWriter
from kb.adapters.concept_exchange import ConceptFiles
from kb.adapters.concept_folder import ConceptFolder
from kb.adapters.context_folder import ContextFolder
from kb.adapters.demonstration_folder import DemonstrationFolder
from kb.adapters.generations import GenerationStore
from kb.adapters.handouts_as import HandoutWriter
from kb.adapters.langid import FastTextDetector
from kb.adapters.live_index import LiveIndex
from kb.adapters.locale_names import LocaleNames
from kb.adapters.mail import SmtpPost
from kb.adapters.model_store import ModelStore
from kb.adapters.one_thread import use_one_thread_a_product
from kb.adapters.review_yaml import ReviewYaml
from kb.adapters.sandbox import SandboxedReader
from kb.adapters.sheet_files import SheetFolder
from kb.adapters.sqlite_catalog import SqliteCatalog
from kb.adapters.table_files import TableFiles
from kb.adapters.versioned_folder import frameworks_in, rubrics_in
from kb.adapters.writer_lock import writer_lock
from kb.adapters.written_folder import organisations_in, partnerships_in
from kb.services.knowledge_base import KnowledgeBase, PageImage
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.adapters.concept_files import ReadConcepts
    from kb.retrieval.catalog import Job
    from kb.retrieval.judged import Collection, JudgedSet
    from kb.retrieval.measure import Measures
    from kb.retrieval.passage import Metadata
    from kb.services.records import UnitOfWork

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
    use_one_thread_a_product()
    catalog = SqliteCatalog(settings.index / CATALOG)
    store = GenerationStore(settings.index)
    models = open_models(settings)
    live = LiveIndex(store, catalog, lambda: writer_lock(settings.index, wait=False))
    records = _once(lambda: _open_records(settings))
    return KnowledgeBase(
        documents=settings.documents,
        index=settings.index,
        model=settings.model,
        catalog=catalog,
        generations=store,
        models=models,
        encoder=_once(lambda: models.open(settings.model)),
        reranker=_once(lambda: models.open_reranker(settings.reranker) if settings.reranker else None),
        generation=live.generation,
        detector=FastTextDetector(),
        names=LocaleNames(),
        new_reader=SandboxedReader,
        sidecar=_read_sidecar,
        render_page=_render_page,
        citation_formats=CitationWriter(),
        assessment_formats=AssessmentWriter(),
        handouts=HandoutWriter(),
        tables=TableFiles(),
        writing=lambda: writer_lock(settings.index),
        launch=lambda job: _launch(job, settings),
        records=lambda: records()(),
        practices=SheetFolder(settings.practices),
        rubrics=rubrics_in(settings.rubrics),
        contexts=ContextFolder(settings.contexts),
        frameworks=frameworks_in(settings.frameworks),
        organisations=organisations_in(settings.organisations),
        partnerships=partnerships_in(settings.partnerships),
        review_files=ReviewYaml(),
        concepts=ConceptFolder(settings.concepts),
        concept_exchange=ConceptFiles(settings.concepts),
        has_own_records=not settings.database_url,
        demonstration=DemonstrationFolder(settings.demonstration),
        calendar_files=CalendarFile(),
        post=SmtpPost(settings.smtp_url, settings.mail_from),
        app_url=settings.app_url,
    )


@contextmanager
def open_temporary_kb(settings: Settings) -> Iterator[KnowledgeBase]:
    """An empty knowledge base with the models of ``settings``, in a folder that is gone afterwards, whatever happens."""
    with tempfile.TemporaryDirectory(prefix="kb-", ignore_cleanup_errors=True) as place:
        temporary = replace(settings, corpus=Path(place, "corpus"), index=Path(place, "index"), database_url="")
        temporary.documents.mkdir(parents=True)
        temporary.index.mkdir()
        temporary.models.symlink_to(settings.models)
        yield open_kb(temporary)


def read_golden(place: Path, *, name: str = "") -> JudgedSet:
    """The golden questions of a file or folder; see :func:`kb.adapters.golden_files.read_golden`."""
    from kb.adapters import golden_files

    return golden_files.read_golden(place, name=name)


def read_beir(folder: Path, *, corpus: str = "", queries: str = "", qrels: str = "") -> Collection:
    """A judged set in BEIR form; see :func:`kb.adapters.beir_folder.read_beir`."""
    from kb.adapters import beir_folder

    return beir_folder.read_beir(folder, corpus=corpus, queries=queries, qrels=qrels)


def check_concepts(folder: Path) -> ReadConcepts:
    """The concepts of a folder with remarks on them; see :func:`kb.adapters.concept_files.read_concepts`."""
    from kb.adapters import concept_files

    return concept_files.read_concepts(folder)


def country_names(language: str) -> Mapping[str, str]:
    """What countries are called, by their codes of ISO 3166."""
    from kb.adapters import locale_names

    return locale_names.country_names(language)


def open_measures() -> Measures:
    """The ranking measures of trec_eval."""
    from kb.adapters.trec_measures import TrecMeasures

    return TrecMeasures()


Opened = TypeVar("Opened")


def _once(load: Callable[[], Opened]) -> Callable[[], Opened]:
    """Load at the first call, in whichever thread comes first; give the same one ever after."""
    lock = threading.Lock()
    loaded: list[Opened] = []

    def opened() -> Opened:
        if not loaded:
            with lock:
                if not loaded:
                    loaded.append(load())
        return loaded[0]

    return opened


def _read_sidecar(path: Path) -> tuple[Metadata, tuple[str, ...]]:
    from kb.adapters.sidecar import read_sidecar

    return read_sidecar(path)


def _render_page(path: Path, page: int, marked: str, width_px: int) -> PageImage:
    from kb.adapters.page_image import render_page

    return render_page(path, page, marked, width_px)


def _open_records(settings: Settings) -> Callable[[], UnitOfWork]:
    from kb.adapters.records.unit_of_work import SqlRecords

    return SqlRecords(settings.database_url, settings.corpus)


def _launch(job: Job, settings: Settings) -> None:
    """Start a job in a process of its own: the app stays quick and may even be restarted."""
    log = settings.index / "logs" / f"job-{job.id}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "kb", "ingest", "--job", job.id, *job.paths],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, **settings.variables()},
            cwd=Path.cwd(),
            start_new_session=True,
        )
