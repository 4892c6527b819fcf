"""Files a member hands in through the app: checked, stored under a safe name, ingested in the background."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import asdict
from pathlib import Path

from kb.errors import QueryError
from kb.retrieval.catalog import Job
from kb.retrieval.passage import Metadata
from kb.services import jobs
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_real

FOLDER = "uploads"
MAX_BYTES = 100 << 20  # a file; the app's own upload limit is the same (.streamlit/config.toml)
MAX_FILES = 200
SUFFIXES = (".pdf", ".docx", ".pptx", ".html", ".htm", ".md", ".markdown", ".txt", ".odt", ".epub", ".csv", ".xlsx")
MAX_NAME_CHARS = 80


def accept(kb: KnowledgeBase, files: list[tuple[str, bytes]], *, actor: Member, metadata: Metadata = Metadata()) -> Job:  # noqa: B008
    """Store files under ``documents/uploads`` and start their ingest. Nothing is stored unless every file is accepted.

    The suffix only decides what is taken in; what a file is, its content tells when it is read.

    Args:
        files: name as given by the sender, content.
        metadata: said of all of them; goes into a sidecar.

    Raises:
        QueryError: every refused file with its reason, in one message.
    """
    require(actor, Role.CONTRIBUTOR, "add documents")
    require_real(actor)
    faults = [] if files else ["no file was chosen"]
    if len(files) > MAX_FILES:
        faults.append(f"{len(files)} files at once; at most {MAX_FILES} are taken")
    faults += [fault for name, content in files if (fault := fault_of(name, content))]
    if faults:
        raise QueryError(f"Nothing was added: {'; '.join(faults)}.")
    return jobs.start(kb, [_store(kb.documents / FOLDER, name, content, metadata) for name, content in files], actor=actor)


def fault_of(name: str, content: bytes) -> str:
    """Why a file is not taken in, as a clause; empty when it is."""
    if not content:
        return f"{name} is empty"
    if len(content) > MAX_BYTES:
        return f"{name} has {len(content) >> 20} MB; at most {MAX_BYTES >> 20} are taken"
    if Path(name).suffix.lower() not in SUFFIXES:
        return f"{name} is of a kind that cannot be read; these can: {', '.join(SUFFIXES)}"
    return ""


def safe_name(name: str) -> str:
    """A file name that means nothing to any file system: letters, digits, ``.``, ``-`` and ``_``; the suffix is kept."""
    last = re.split(r"[/\\]", name)[-1]
    plain = unicodedata.normalize("NFC", last)
    stem, suffix = Path(plain).stem, Path(plain).suffix.lower()
    stem = re.sub(r"[^\w-]+", "-", stem).strip("-_")[:MAX_NAME_CHARS] or "document"
    return stem + re.sub(r"[^\w.]", "", suffix)


def _store(folder: Path, name: str, content: bytes, metadata: Metadata) -> Path:
    """Under a folder of the content's hash: the same file twice is stored once, different files never meet."""
    place = folder / hashlib.sha256(content).hexdigest()[:16]
    place.mkdir(parents=True, exist_ok=True)
    path = place / safe_name(name)
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_bytes(content)
    fresh.replace(path)
    said = {key: value for key, value in asdict(metadata).items() if value}
    if said:  # JSON is YAML
        path.with_name(path.name + ".yaml").write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
