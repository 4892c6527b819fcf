"""kill -9 at any moment of an ingest: what was said to be indexed is found, nothing is half there, the next run ends the work."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash_kb import a_quick_kb

from kb.adapters.tantivy_index import TantivyIndex
from kb.adapters.vector_index import ShardedVectorIndex
from kb.services.health import verify
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.searching import search

DRIVER = Path(__file__).with_name("ingest_driver.py")
N_KILLS, KILLS_A_ROUND, SEED = 40, 5, 20261122
RENAMED = "five.md"


def write_corpus(root: Path, *, edition: int) -> None:
    """30 small files; in the second edition some are changed, one is renamed, one removed, one added, one copied."""
    folder = root / "corpus" / "documents"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in range(30):
        text = "\n\n".join(
            f"# Part {part}\n\nThe looms of town{number} part{part} " + f"were word{number}x{part} " * 40 for part in range(3)
        )
        (folder / f"{number:02}.md").write_text(f"unique{number} begins here.\n\n{text}\n", encoding="utf-8")
    if edition == 2:
        for number in range(0, 30, 4):
            path = folder / f"{number:02}.md"
            path.write_text(path.read_text(encoding="utf-8").replace("looms", "mills"), encoding="utf-8")
        (folder / "05.md").rename(folder / RENAMED)
        (folder / "06.md").unlink()
        (folder / "new.md").write_text("unique99 begins here.\n", encoding="utf-8")
        shutil.copy(folder / "07.md", folder / "zz-copy.md")


class Driver:
    """The process that forks ingests."""

    def __init__(self, root: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(DRIVER), str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def run(self, index: Path, kill_after_s: float | None = None) -> tuple[list[str], float]:
        """One ingest, killed after a time. Returns what it printed and how long it took."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{index}\n")
        child = int(self.process.stdout.readline())
        began = time.perf_counter()
        alarm = threading.Timer(kill_after_s or 60, os.kill, (child, signal.SIGKILL))
        alarm.start()
        said = []
        for line in self.process.stdout:
            if line.startswith("ended"):
                break
            said.append(line.strip())
        alarm.cancel()
        return said, time.perf_counter() - began


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    found = Driver(tmp_path)
    yield found
    assert found.process.stdin is not None
    assert found.process.stdout is not None
    found.process.stdin.close()
    found.process.wait(timeout=10)
    found.process.stdout.close()


def check_whole(base: KnowledgeBase) -> None:
    """Catalog sound; a published generation is what its manifest says, with the same rows in both indexes."""
    assert list(base.catalog.check()) == []
    if not base.generations.number():
        return
    assert base.generations.faults() == []
    generation = base.generations.open()
    assert isinstance(generation.vectors, ShardedVectorIndex)
    assert isinstance(generation.lexical, TantivyIndex)
    assert len(generation.rows) == generation.manifest.n_rows == len(generation.vectors)
    assert len(live_passages(base)) == generation.manifest.n_passages == len(generation.lexical)
    if generation.manifest.catalog_revision == base.catalog.revision():
        assert live_passages(base) == sorted(passage.id for passage, _ in base.catalog.live_rows())


def live_passages(base: KnowledgeBase) -> list[str]:
    """Of the published generation; each has one live row."""
    rows = base.generations.open().rows
    return sorted(passage for passage, is_live in zip(rows.passages, rows.live, strict=True) if is_live)


def check_announced(base: KnowledgeBase, said: list[str]) -> None:
    """Every file that was said to be indexed is found by a word that stands in it alone."""
    for path in (line.split(maxsplit=1)[1] for line in said if line.startswith("indexed ")):
        text = (base.documents / path).read_text(encoding="utf-8")
        hits = search(base, text.split()[0], actor=LOCAL_MEMBER, k=3).hits
        assert hits[0].path == path
        live = {passage.id for passage in base.catalog.passages_of(hits[0].passage.document_id)}
        assert live <= set(live_passages(base))


def contents(base: KnowledgeBase) -> list[tuple[str, str, str]]:
    """Path, passage id and words of every live passage, in order. A renamed file keeps the id of whichever name was first seen."""
    paths = {document.id: document.path for document in base.catalog.documents()}
    rows = [(paths[passage.document_id], passage.id, passage.text) for passage, _ in base.catalog.live_rows()]
    return [(path, "" if path == RENAMED else identity, text) for path, identity, text in rows]


def test_an_ingest_that_is_killed_at_forty_moments_loses_and_breaks_nothing(tmp_path: Path, driver: Driver) -> None:
    chance = random.Random(SEED)
    corpus = tmp_path / "corpus"
    wanted: list[tuple[str, str, str]] = []
    kills = published = announced = 0

    for round_number in range(N_KILLS // KILLS_A_ROUND):
        undisturbed = tmp_path / f"undisturbed-{round_number}"  # timed in each round: what else the machine does changes
        write_corpus(tmp_path, edition=1)
        said, first_s = driver.run(undisturbed)
        write_corpus(tmp_path, edition=2)
        _, second_s = driver.run(undisturbed)
        assert said[-1] == "done"
        wanted = wanted or contents(a_quick_kb(corpus, undisturbed))
        index = tmp_path / f"index-{round_number}"
        write_corpus(tmp_path, edition=1)
        for kill in range(KILLS_A_ROUND):
            if kill == 3:
                write_corpus(tmp_path, edition=2)
            moment = chance.uniform(0.01, second_s if kill >= 3 else first_s / (1 + kill))
            said, _ = driver.run(index, kill_after_s=moment)
            kills += said[-1:] != ["done"]
            base = a_quick_kb(corpus, index)
            check_whole(base)
            if base.generations.number():
                check_announced(base, said)
                published += 1
            announced += sum(line.startswith("indexed ") for line in said)
        ingest(base, [base.documents], actor=LOCAL_MEMBER)
        check_whole(base)
        assert contents(base) == wanted
        assert live_passages(base) == sorted(passage.id for passage, _ in base.catalog.live_rows())
        assert verify(base, actor=LOCAL_MEMBER, mend=False).faults == ()
        assert not list(index.rglob("*.tmp"))

    assert kills >= N_KILLS * 0.7  # the clock of a busy machine may let a few runs end first
    assert published > 10
    assert announced > 50
