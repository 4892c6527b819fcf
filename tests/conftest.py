"""What every kind of test may ask for: built models, and a ready knowledge base over the sample corpus."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres import Postgres, running_postgres

from kb import open_kb
from kb.adapters.model_store import ModelStore
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.settings import DEFAULT_MODEL, Settings

ROOT = Path(__file__).parents[1]
EVAL = Path(os.environ.get("KB_EVAL", ROOT.parent / "shared" / "eval"))  # judged sets and real documents of others


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder of built models, the same that the app uses; the default one is built here if nobody did."""
    folder = Settings.from_env(environment={}, folder=ROOT).models
    store = ModelStore(folder)
    if not store.is_built(DEFAULT_MODEL):
        store.build(DEFAULT_MODEL)
    return folder


@pytest.fixture(scope="session")
def eval_data() -> Path:
    """The folder of judged sets; tests that need it say so and are skipped where it is absent."""
    if not EVAL.is_dir():
        pytest.skip(f"no judged sets at {EVAL}: data outside the project")
    return EVAL


def settings_in(root: Path, models: Path, model: str = DEFAULT_MODEL) -> Settings:
    """Settings of an empty knowledge base below ``root`` that shares the built models."""
    settings = Settings(root / "corpus", root / "index", model=model)
    settings.documents.mkdir(parents=True)
    settings.index.mkdir()
    settings.models.symlink_to(models)
    return settings


@pytest.fixture
def settings(tmp_path: Path, models: Path) -> Settings:
    """Settings of an empty knowledge base of the test's own."""
    return settings_in(tmp_path, models)


@pytest.fixture(scope="session")
def built_kb(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Settings:
    """Settings of a ready index over the whole sample corpus. Shared: only read it."""
    settings = settings_in(tmp_path_factory.mktemp("built"), models)
    shutil.copytree(ROOT / "corpus" / "documents", settings.documents, dirs_exist_ok=True, ignore=shutil.ignore_patterns("uploads"))
    ingest(open_kb(settings), [settings.documents], actor=LOCAL_MEMBER)
    return settings


@pytest.fixture(scope="session")
def sample_kb(built_kb: Settings) -> KnowledgeBase:
    """The same, opened."""
    return open_kb(built_kb)


@pytest.fixture(scope="session")
def practices_kb(built_kb: Settings, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The same with the practice sheets read and the concepts beside them; records of its own. Shared: give back what you take."""
    root = tmp_path_factory.mktemp("practices")
    shutil.copytree(built_kb.index, root / "index", symlinks=True)
    shutil.copytree(built_kb.documents, root / "corpus" / "documents")
    for part in ("practices", "concepts"):
        shutil.copytree(ROOT / "corpus" / part, root / "corpus" / part)
    kb = open_kb(Settings(root / "corpus", root / "index"))
    ingest(kb, [kb.documents, kb.practices.folder], actor=LOCAL_MEMBER)
    return kb


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL server, started for the first test that asks for it."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def database_url(postgres: Postgres) -> str:
    """The address of an empty PostgreSQL database of the test's own."""
    return postgres.new_database()
