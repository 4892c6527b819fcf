"""Damage on disk is found when the index is opened, never searched, and mended from the catalog; code in the index is never run."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from crash_kb import a_quick_kb

from kb.adapters.generations import GenerationStore
from kb.adapters.live_index import LiveIndex
from kb.adapters.writer_lock import writer_lock
from kb.errors import IndexDamaged, IndexMissing
from kb.services.health import verify
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.searching import search
from kb.settings import DEFAULT_MODEL

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
QUESTION = "unique3"
SEED = 20261122
N_FILES = 8


def write_corpus(folder: Path, n_files: int = N_FILES) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(n_files):
        words = " ".join(f"word{number}x{i}" for i in range(60))
        (folder / f"{number}.md").write_text(f"unique{number} the looms.\n\n# Part\n\n{words}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus and its index, published twice. Only copy it."""
    root = tmp_path_factory.mktemp("sound")
    write_corpus(root / "corpus" / "documents", n_files=N_FILES - 1)
    base = opened(root)
    ingest(base, [base.documents], actor=LOCAL_MEMBER)
    write_corpus(root / "corpus" / "documents")
    ingest(base, [base.documents], actor=LOCAL_MEMBER)
    return root


@pytest.fixture
def copy(sound: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sound, tmp_path / "copy", symlinks=True)


def opened(root: Path) -> KnowledgeBase:
    return a_quick_kb(root / "corpus", root / "index")


def answer(base: KnowledgeBase) -> list[str]:
    return [hit.passage.id for hit in search(base, QUESTION, actor=LOCAL_MEMBER, k=20).hits]


def current(root: Path) -> Path:
    return root / "index" / "generations" / str(GenerationStore(root / "index").number())


def files_of(sound: Path) -> list[str]:
    folder = current(sound)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def check_mended(root: Path, wanted: list[str]) -> None:
    """Answers as before, from a new generation; the damaged one lies in quarantine."""
    damaged = current(root)
    with pytest.raises(IndexDamaged):
        GenerationStore(root / "index").open()
    base = opened(root)

    assert answer(base) == wanted
    assert current(root) != damaged
    assert [path.name.split("-")[1] for path in (root / "index" / "quarantine").iterdir()] == [damaged.name]
    assert verify(base, actor=LOCAL_MEMBER, mend=False).faults == ()


def test_one_flipped_bit_anywhere_in_a_generation_is_found_and_mended(sound: Path, tmp_path: Path) -> None:
    """Six seeded places in each file, the manifest included."""
    chance = random.Random(SEED)
    wanted = answer(opened(sound))
    names = files_of(sound)
    assert {"MANIFEST.json", "passages.npy", "languages.json", "sample.npy", "reference.npy", "lexical/meta.json"} <= set(names)
    assert any(name.startswith("vectors/") for name in names)
    for name in names:
        for place in range(6):
            root = shutil.copytree(sound, tmp_path / f"{name.replace('/', '-')}-{place}")
            path = current(root) / name
            data = bytearray(path.read_bytes())
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(data)

            check_mended(root, wanted)
            shutil.rmtree(root)


@pytest.mark.parametrize("share", [0, 0.5, 1], ids=["empty", "half", "all but the last byte"])
def test_a_file_cut_short_is_found_and_mended(sound: Path, tmp_path: Path, share: float) -> None:
    wanted = answer(opened(sound))
    for name in files_of(sound):
        root = shutil.copytree(sound, tmp_path / name.replace("/", "-"))
        path = current(root) / name
        os.truncate(path, min(int(path.stat().st_size * share), path.stat().st_size - 1))

        check_mended(root, wanted)


def test_a_file_that_is_gone_is_named_and_mended(copy: Path) -> None:
    wanted = answer(opened(copy))
    (current(copy) / "passages.npy").unlink()

    with pytest.raises(IndexDamaged, match=r"passages\.npy is absent"):
        GenerationStore(copy / "index").open()
    check_mended(copy, wanted)


@pytest.mark.parametrize("content", [b"", b"garbage", b"-3", b"99", b"\xff\xfe", b"1", b"0", b"../../x"])
def test_a_pointer_that_says_something_else_does_no_harm(copy: Path, content: bytes) -> None:
    """Even one that names the generation before (1) answers, from that generation or a new one, until the next ingest."""
    wanted = answer(opened(copy))
    (copy / "index" / "CURRENT").write_bytes(content)
    base = opened(copy)

    if content != b"1":
        assert answer(base) == wanted
    ingest(base, [base.documents], actor=LOCAL_MEMBER)
    assert answer(base) == wanted
    assert verify(base, actor=LOCAL_MEMBER, mend=False).faults == ()


def test_one_flipped_bit_in_the_pointer_never_brings_an_older_generation_back(sound: Path, tmp_path: Path) -> None:
    wanted = answer(opened(sound))
    pointer = (sound / "index" / "CURRENT").read_bytes()
    for at in (0, 1, 2, *range(3, len(pointer), 12)):
        for bit in (0, 1, 5):
            root = shutil.copytree(sound, tmp_path / f"{at}-{bit}")
            data = bytearray(pointer)
            data[at] ^= 1 << bit
            (root / "index" / "CURRENT").write_bytes(data)

            assert answer(opened(root)) == wanted
            shutil.rmtree(root)


def test_a_generation_that_was_written_wrong_is_mended_and_not_opened_for_ever(copy: Path) -> None:
    """Every hash is right, and still it cannot be opened."""
    wanted = answer(opened(copy))
    folder = current(copy)
    (folder / "languages.json").write_text("{}")
    manifest = json.loads((folder / "MANIFEST.json").read_text())
    manifest["files"]["languages.json"] = hashlib.sha256(b"{}").hexdigest()
    (folder / "MANIFEST.json").write_text(json.dumps(manifest))
    told = hashlib.sha256((folder / "MANIFEST.json").read_bytes()).hexdigest()
    (copy / "index" / "CURRENT").write_text(f"{folder.name} {told}")

    check_mended(copy, wanted)


def test_verify_finds_damage_and_mends_it_only_when_asked(copy: Path) -> None:
    path = min((current(copy) / "vectors").iterdir())
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    base = opened(copy)

    looked = verify(base, actor=LOCAL_MEMBER, mend=False)
    assert (looked.mended, [fault.split(" (")[0] for fault in looked.faults]) == ((), [f"vectors/{path.name} has changed"])
    mended = verify(base, actor=LOCAL_MEMBER)
    assert len(mended.mended) == 1
    assert all(fault.startswith("mended: ") for fault in mended.faults)
    assert verify(base, actor=LOCAL_MEMBER).faults == ()


def test_verify_names_files_that_changed_or_went_since_they_were_read(copy: Path) -> None:
    (copy / "corpus" / "documents" / "1.md").write_text("other")
    (copy / "corpus" / "documents" / "2.md").unlink()
    faults = verify(opened(copy), actor=LOCAL_MEMBER).faults

    assert [fault.split(":")[0].split(" has")[0] for fault in faults] == ["1.md", "2.md"]


def test_an_index_folder_that_vanished_is_an_empty_one(copy: Path) -> None:
    shutil.rmtree(copy / "index")

    with pytest.raises(IndexMissing, match="kb ingest"):
        answer(opened(copy))


def kb(root: Path, models: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line itself, with the real model."""
    environment = {**os.environ, "KB_CORPUS": str(root / "corpus"), "KB_INDEX": str(root / "index"), "KB_MODEL": DEFAULT_MODEL}
    if not (root / "index" / "models").exists():
        (root / "index" / "models").symlink_to(models)
    return subprocess.run(
        [sys.executable, "-m", "kb", *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_catalog_of_garbage_is_one_sentence_and_a_rebuild_heals_it(copy: Path, models: Path) -> None:
    for path in (copy / "index").glob("catalog.sqlite-*"):
        path.unlink()
    (copy / "index" / "catalog.sqlite").write_bytes(b"garbage " * 4096)

    refused = kb(copy, models, "search", QUESTION)
    assert refused.returncode == 1
    assert re.fullmatch(r".*catalog\.sqlite is damaged \(.*\)\. Rebuild it from the corpus: kb ingest --rebuild\n", refused.stderr)
    healed = kb(copy, models, "ingest", "--rebuild", "--json")
    assert healed.returncode == 0, healed.stderr
    assert [file["state"] for file in json.loads(healed.stdout)["files"]] == ["indexed"] * N_FILES
    assert (copy / "index" / "quarantine" / "catalog.sqlite").read_bytes().startswith(b"garbage")
    found = json.loads(kb(copy, models, "search", QUESTION, "--json").stdout)
    assert found["hits"][0]["document"] == "3.md"


@pytest.mark.parametrize("what", ["damaged", "absent"])
def test_what_another_process_mended_meanwhile_is_kept(copy: Path, what: str) -> None:
    """Two readers meet the same damage; the second takes the lock when the first has already published a sound generation."""
    index = copy / "index"
    store, catalog = GenerationStore(index), opened(copy).catalog
    if what == "damaged":
        (current(copy) / "reference.npy").write_bytes(b"damaged")
    else:
        store.withdraw()
    first = LiveIndex(store, catalog, lambda: writer_lock(index, wait=False))

    @contextmanager
    def after_the_first() -> Iterator[None]:
        first.generation()
        with writer_lock(index, wait=False):
            yield

    second = LiveIndex(GenerationStore(index), catalog, after_the_first).generation()

    assert second.manifest.generation == first.generation().manifest.generation == store.number()
    assert len(list((index / "quarantine").glob("generation-*"))) == (1 if what == "damaged" else 0)


FULL_DISK = """
import resource, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[2]]
from crash_kb import a_quick_kb
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER
base = a_quick_kb(Path(sys.argv[3]) / "corpus", Path(sys.argv[3]) / "index")
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), int(sys.argv[4])))
ingest(base, [base.documents], actor=LOCAL_MEMBER)
"""


@pytest.mark.parametrize("n_bytes", [0, 600, 5_000, 20_000, 40_000])
def test_a_full_disk_fails_loudly_and_leaves_the_old_generation(copy: Path, n_bytes: int) -> None:
    wanted = answer(opened(copy))
    before = current(copy)
    for number in range(40):
        (copy / "corpus" / "documents" / f"more{number}.md").write_text(f"extra{number} " * 300)
    command = [sys.executable, "-c", FULL_DISK, str(HERE), str(HERE.parent), str(copy), str(n_bytes)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert ended.returncode != 0
    assert re.search(r"There is no room left|disk I/O error", ended.stderr)
    base = opened(copy)
    assert current(copy) == before
    assert base.generations.faults() == []
    assert set(wanted[:1]) <= set(answer(base))
    ingest(base, [base.documents], actor=LOCAL_MEMBER)
    assert len(base.catalog.documents()) == N_FILES + 40
    assert not list((copy / "index").rglob("*.tmp"))
    assert verify(base, actor=LOCAL_MEMBER, mend=False).faults == ()


READ_ONLY = """
import os, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[2]]
from crash_kb import a_quick_kb
from kb.services.permission import LOCAL_MEMBER
from kb.services.searching import search
def first(root):
    return search(a_quick_kb(root / "corpus", root / "index"), sys.argv[5], actor=LOCAL_MEMBER).hits[0].path
first(Path(sys.argv[3]))  # everything is imported before root's rights are given up
if os.getuid() == 0:
    os.setuid(65534)
try:
    (Path(sys.argv[4]) / "index" / "x").write_text("x")
except PermissionError:
    print(first(Path(sys.argv[4])))
"""


@pytest.fixture
def in_sight(sound: Path) -> Iterator[Path]:
    """A copy of one's own, or of nobody's where root runs the tests; pytest's folders are root's alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        copy = shutil.copytree(sound, Path(name) / "copy")
        connection = sqlite3.connect(copy / "index" / "catalog.sqlite")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()  # the last one: its log goes, as after a clean end
        if os.getuid() == 0:
            for path in (copy, *copy.rglob("*")):
                os.chown(path, 65534, 65534)
        yield copy


def test_an_index_that_may_not_be_written_is_searched_all_the_same(sound: Path, in_sight: Path) -> None:
    folders = [in_sight, *(path for path in in_sight.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o500)
    command = [sys.executable, "-c", READ_ONLY, str(HERE), str(HERE.parent), str(sound), str(in_sight), QUESTION]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    for folder in folders:
        folder.chmod(0o700)

    assert (ended.stdout, ended.returncode) == ("3.md\n", 0), ended.stderr


class Payload:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, (str(Path(tempfile.gettempdir()) / f"kb-marker-{os.getpid()}"),))


def test_a_pickle_in_the_index_folder_is_never_opened(copy: Path) -> None:
    """As vector stores of other makers do with an index.pkl beside the index."""
    marker = Path(tempfile.gettempdir()) / f"kb-marker-{os.getpid()}"
    for folder in (copy / "index", current(copy), current(copy) / "lexical"):
        for name in ("index.pkl", "rows.pkl", "vectors.pkl"):
            (folder / name).write_bytes(pickle.dumps(Payload()))
    base = opened(copy)
    answer(base)
    ingest(base, [base.documents], actor=LOCAL_MEMBER, rebuild=True)
    verify(base, actor=LOCAL_MEMBER)

    assert not marker.exists()


def test_the_product_unpickles_nothing_and_trusts_no_remote_code() -> None:
    forbidden = re.compile(
        r"^\s*(?:import|from)\s+(?:pickle|joblib|shelve|marshal|dill|cloudpickle)\b|pickle\.loads?\(|weights_only\s*=\s*False"
        r"|trust_remote_code\s*=\s*True|allow_pickle\s*=\s*True|allow_dangerous_deserialization|(?<!\.)\b(?:eval|exec)\(",
        re.MULTILINE,
    )
    sources = [*(ROOT / "kb").rglob("*.py"), ROOT / "app.py"]

    assert len(sources) > 50
    assert {path.name: forbidden.findall(path.read_text(encoding="utf-8")) for path in sources} == {
        path.name: [] for path in sources
    }
