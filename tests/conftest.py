"""What every kind of test may ask for: built models, and a ready knowledge base over the sample corpus."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from postgres import Postgres, running_postgres

from kb import open_kb
from kb.adapters.compiled_encoder import openvino_core
from kb.adapters.model_store import ModelStore
from kb.retrieval.embed import Encoder
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.settings import DEFAULT_MODEL, Settings

ROOT = Path(__file__).parents[1]
EVAL = Path(os.environ.get("KB_EVAL", ROOT.parent / "shared" / "eval"))  # judged sets and real documents of others
Factory = pytest.TempPathFactory

# How long an example takes says how busy the machine is: two processes test at once, and others work beside them.
hypothesis.settings.register_profile(
    "any machine", hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
)
hypothesis.settings.load_profile("any machine")


LONGEST = (  # modules of more than ten seconds on a quiet machine
    *("test_accessibility", "test_transfer_story", "test_learning_story", "test_search", "test_demonstration"),
    *("test_encoder", "test_damage", "test_assessment_formats", "test_blindness", "test_batch_search", "test_concepts_in_use"),
    *("test_transferring_blindness", "test_crash", "test_many_writers", "test_blind_pages", "test_vector_index"),
    *("test_concepts", "test_skos"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest modules first: a long one at the end would keep one process busy while the others have nothing left to do."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


def made_once(factory: Factory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder ``name``, made by whichever process of this test run asks first; the others wait. Shared by all: only copy it."""
    own = factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    place.mkdir(exist_ok=True)
    made = place / f"{name}.made"
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(place / name, ignore_errors=True)  # of a process that died here
            (place / name).mkdir()
            make(place / name)
            made.touch()
    return place / name


@pytest.fixture(scope="session")
def models(tmp_path_factory: Factory) -> Path:
    """The folder of built models, the same that the app uses; the default one is built here if nobody did."""
    folder = Settings.from_env(environment={}, folder=ROOT).models

    def build(_: Path) -> None:
        if not ModelStore(folder).is_built(DEFAULT_MODEL):
            ModelStore(folder).build(DEFAULT_MODEL)

    made_once(tmp_path_factory, "models", build)
    return folder


@pytest.fixture(scope="session", autouse=True)
def models_loaded_once() -> Iterator[None]:
    """Whatever opens a built model of the app gets the one that this process has loaded: a second of work for nearly every test.

    The folders of a test's own (a damaged model, one just built) are opened as ever. One thread reads: the vectors are the same to
    the last bit, for two thirds of the work where another process tests beside this one.
    """
    shared = Settings.from_env(environment={}, folder=ROOT).models.resolve()
    opened, loaded = ModelStore.open, dict[Path, Encoder]()

    def open_once(store: ModelStore, name: str) -> Encoder:
        folder = store.folder_of(name).resolve()
        if folder.parent != shared:
            return opened(store, name)
        if folder not in loaded:
            openvino_core().set_property("CPU", {"INFERENCE_NUM_THREADS": 1})
            loaded[folder] = opened(store, name)
        return loaded[folder]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ModelStore, "open", open_once)
        yield


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
def built_kb(tmp_path_factory: Factory, models: Path) -> Settings:
    """Settings of a ready index over the whole sample corpus. Shared by the tests of a process: only read it."""

    def build(root: Path) -> None:
        settings = settings_in(root, models)
        documents = ROOT / "corpus" / "documents"
        shutil.copytree(documents, settings.documents, dirs_exist_ok=True, ignore=shutil.ignore_patterns("uploads"))
        ingest(open_kb(settings), [settings.documents], actor=LOCAL_MEMBER)

    root = tmp_path_factory.mktemp("built")
    shutil.copytree(made_once(tmp_path_factory, "built", build), root, symlinks=True, dirs_exist_ok=True)
    return Settings(root / "corpus", root / "index")


@pytest.fixture(scope="session")
def sample_kb(built_kb: Settings) -> KnowledgeBase:
    """The same, opened."""
    return open_kb(built_kb)


@pytest.fixture(scope="session")
def practices_kb(built_kb: Settings, tmp_path_factory: Factory) -> KnowledgeBase:
    """The same with the practice sheets read and the concepts beside them; records of its own. Shared: give back what you take."""

    def build(root: Path) -> None:
        shutil.copytree(built_kb.index, root / "index", symlinks=True)
        shutil.copytree(built_kb.documents, root / "corpus" / "documents")
        for part in ("practices", "concepts"):
            shutil.copytree(ROOT / "corpus" / part, root / "corpus" / part)
        kb = open_kb(Settings(root / "corpus", root / "index"))
        ingest(kb, [kb.documents, kb.practices.folder], actor=LOCAL_MEMBER)

    root = tmp_path_factory.mktemp("practices")
    shutil.copytree(made_once(tmp_path_factory, "practices", build), root, symlinks=True, dirs_exist_ok=True)
    return open_kb(Settings(root / "corpus", root / "index"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL server, started for the first test that asks for it."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def database_url(postgres: Postgres) -> str:
    """The address of an empty PostgreSQL database of the test's own."""
    return postgres.new_database()
