"""Which files an ingest looks at, and under which name each is known."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.services.context_files import INDICATORS

SIDECAR_SUFFIXES = (".yaml", ".yml")
SHEET = "practice:"  # begins the ledger's name of a practice sheet
CONTEXT = "context:"  # and that of a context profile
ENTRY = "organisation:"  # and that of an organisation in the directory
PARTNERSHIP = "partnership:"  # and that of a partnership there
PRACTICES = "practices"  # the folder of sheets, beside that of the documents
CONTEXTS = "contexts"  # and that of profiles
ORGANISATIONS = "organisations"  # and that of organisations
PARTNERSHIPS = "partnerships"  # and that of partnerships
FOLDERS = {SHEET: PRACTICES, CONTEXT: CONTEXTS, ENTRY: ORGANISATIONS, PARTNERSHIP: PARTNERSHIPS}
_NAMES = re.compile(rb"[a-z0-9-]+")


@dataclass(frozen=True)
class FoundFile:
    """A file that an ingest has to account for.

    Attributes:
        path: where it lies.
        key: the name in the ledger: relative to the documents folder when inside it, else absolute; always with ``/``.
        content_sha256: of its bytes; empty when it could not be read.
        sha256: of its bytes and its sidecar's: what decides whether it changed.
        fault: why it cannot be read at all ("a link, left out"), or empty.
        is_no_document: it is a link, a pipe or a socket: nothing that trying again could mend.
    """

    path: Path
    key: str
    content_sha256: str = ""
    sha256: str = ""
    fault: str = ""
    is_no_document: bool = False


def key_of(path: Path, documents: Path) -> str:
    """The ledger's name of a path. The path's own last link is not followed."""
    place = path.parent.resolve() / path.name
    for prefix, folder in _beside(documents).items():
        if place == folder:
            return prefix
        if place.parent == folder and is_written(path):
            return prefix + place.name
    base = documents.resolve()
    inside = place.relative_to(base).as_posix() if place.is_relative_to(base) else ""
    return inside if inside and not _prefix_of(inside) else place.as_posix()  # no document passes for a sheet by its name


def path_of(key: str, documents: Path) -> Path:
    """The path behind a ledger's name."""
    if prefix := _prefix_of(key):
        return documents.parent / FOLDERS[prefix] / key.removeprefix(prefix)
    return documents / key  # joining an absolute name gives that name


def practices_beside(documents: Path) -> Path:
    """The folder of practice sheets that belongs to a folder of documents."""
    return documents.parent / PRACTICES


def contexts_beside(documents: Path) -> Path:
    """The folder of context profiles that belongs to a folder of documents."""
    return documents.parent / CONTEXTS


def everything_beside(documents: Path) -> list[Path]:
    """The documents, and the folders of what is written by fields that are there: what an ingest of everything looks at."""
    return [documents, *(folder for name in FOLDERS.values() if (folder := documents.parent / name).is_dir())]


def is_sheet(path: Path) -> bool:
    """Whether a file is a practice sheet, by its place: what stands in it may be damaged."""
    return path.suffix == ".yaml" and path.parent.name == PRACTICES


def is_context(path: Path) -> bool:
    """Whether a file is a context profile, by its place."""
    return path.suffix == ".yaml" and path.parent.name == CONTEXTS and path.stem != INDICATORS


def is_entry(path: Path) -> bool:
    """Whether a file tells of an organisation in the directory, by its place."""
    return path.suffix == ".yaml" and path.parent.name == ORGANISATIONS


def is_partnership(path: Path) -> bool:
    """Whether a file tells of a partnership, by its place."""
    return path.suffix == ".yaml" and path.parent.name == PARTNERSHIPS


def is_written(path: Path) -> bool:
    """Whether a file is one of those that people write by fields: a practice sheet, a profile, an organisation, a partnership."""
    return is_sheet(path) or is_context(path) or is_entry(path) or is_partnership(path)


def practice_of(key: str) -> str:
    """The practice whose sheet has this name in the ledger; empty for a document."""
    return key.removeprefix(SHEET).removesuffix(".yaml") if key.startswith(SHEET) else ""


def context_of(key: str) -> str:
    """The place whose profile has this name in the ledger; empty for a document."""
    return key.removeprefix(CONTEXT).removesuffix(".yaml") if key.startswith(CONTEXT) else ""


def context_key(place: str) -> str:
    """The name in the ledger of the profile of a place."""
    return f"{CONTEXT}{place}.yaml"


def entry_of(key: str) -> str:
    """The organisation whose file has this name in the ledger; empty for a document."""
    return key.removeprefix(ENTRY).removesuffix(".yaml") if key.startswith(ENTRY) else ""


def entry_key(name: str) -> str:
    """The name in the ledger of the file of an organisation."""
    return f"{ENTRY}{name}.yaml"


def partnership_of(key: str) -> str:
    """The partnership whose file has this name in the ledger; empty for a document."""
    return key.removeprefix(PARTNERSHIP).removesuffix(".yaml") if key.startswith(PARTNERSHIP) else ""


def partnership_key(name: str) -> str:
    """The name in the ledger of the file of a partnership."""
    return f"{PARTNERSHIP}{name}.yaml"


def is_below(key: str, root: str) -> bool:
    """Whether ledger name ``key`` lies below the place that ``root`` names. Sheets and profiles do not lie below the documents."""
    if root in FOLDERS or _prefix_of(key):
        return root == _prefix_of(key)
    return not key.startswith("/") if root == "." else key.startswith(root.rstrip("/") + "/")


def _prefix_of(key: str) -> str:
    return next((prefix for prefix in FOLDERS if key.startswith(prefix)), "")


def _beside(documents: Path) -> dict[str, Path]:
    return {prefix: (documents.parent / name).resolve() for prefix, name in FOLDERS.items()}


def find_files(paths: Iterable[Path], documents: Path) -> Iterator[FoundFile]:
    """Every file at or below ``paths``, in order of name, each once; hidden files and sidecars are not documents.

    In the folders of practice sheets, context profiles, organisations and partnerships only these count.
    Links are not followed: they are listed with a fault, like sockets, pipes and unreadable files.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _walk(path, frozenset(_beside(documents).values())):
            key = key_of(file, documents)
            if key not in seen:
                seen.add(key)
                shown = key.encode("utf-8", "backslashreplace").decode("utf-8")  # bytes that are no UTF-8 cannot be stored
                yield _look_at(file, key) if shown == key else FoundFile(file, shown, fault="its name is not Unicode: rename it")


def _walk(path: Path, written: frozenset[Path]) -> Iterator[Path]:
    if path.is_symlink() or not path.is_dir():
        yield path
        return
    try:
        names = sorted(child.name for child in path.iterdir())
    except OSError:
        yield path  # listed with the reason
        return
    holds_written = path.resolve() in written
    for name in names:
        child = path / name
        is_no_document = not is_written(child) if holds_written else _is_sidecar(child, names)
        if not name.startswith((".", "~$")) and not is_no_document:
            yield from _walk(child, written)


def _is_sidecar(path: Path, names: list[str]) -> bool:
    """Whether NAME.yaml stands beside a NAME.something or beside the file NAME itself."""
    if path.suffix.lower() not in SIDECAR_SUFFIXES:
        return False
    return any(other != path.name and (other == path.stem or Path(other).stem == path.stem) for other in names)


def _look_at(path: Path, key: str) -> FoundFile:
    try:
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            return FoundFile(path, key, fault="a link: left out, links are not followed", is_no_document=True)
        if not stat.S_ISREG(kind):
            if stat.S_ISDIR(kind):
                return FoundFile(path, key, fault="a folder that cannot be opened")
            return FoundFile(path, key, fault="not a regular file: left out", is_no_document=True)
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return FoundFile(path, key, fault="no such file")
    except OSError as error:
        return FoundFile(path, key, fault=f"cannot be opened: {error.strerror}")
    together = content
    for sidecar in _beside_it(path):
        if beside := _sha256_of_sidecar(sidecar):
            together = hashlib.sha256(f"{together}{beside}".encode()).hexdigest()
    return FoundFile(path, key, content, together)


def _beside_it(path: Path) -> list[Path]:
    """Files on which it depends how this one is read.

    Of a profile these are the indicators, which say what its values answer; of a partnership the organisations that it names.
    """
    if is_context(path):
        return [path.with_name(f"{INDICATORS}.yaml")]
    if is_partnership(path):
        return _named_in(path, path.parent.parent / ORGANISATIONS)
    return [] if is_written(path) else sidecars_of(path)


def _named_in(path: Path, folder: Path) -> list[Path]:
    """Files of a folder whose name stands anywhere in the text at ``path``: one too many costs only another look."""
    try:
        words = set(_NAMES.findall(path.read_bytes()))
        return sorted(each for each in folder.glob("*.yaml") if each.stem.encode("utf-8", "surrogateescape") in words)
    except OSError:
        return []


def _sha256_of_sidecar(path: Path) -> str:
    """Empty where there is none that can be opened; a name near the longest has no room for a suffix."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(path.lstat().st_mode) else ""
    except OSError:
        return ""


def sidecars_of(path: Path) -> list[Path]:
    """Where the metadata of ``path`` may stand: NAME.yaml, NAME.ext.yaml and their ``.yml``."""
    return [path.with_name(stem + suffix) for stem in (path.stem, path.name) for suffix in SIDECAR_SUFFIXES]
