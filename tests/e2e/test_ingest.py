"""Documents in, with the real model and the real readers: what the ledger says, what search finds, what the command prints."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kb import open_kb
from kb.adapters.model_store import ModelStore
from kb.errors import IndexMismatch, NotFound, PermissionDenied
from kb.retrieval.answer import Filters
from kb.retrieval.catalog import FileState
from kb.retrieval.embed import Encoder
from kb.services import library
from kb.services.health import verify
from kb.services.ingesting import IngestReport, Progress, ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.searching import search
from kb.settings import DEFAULT_MODEL, Settings

ROOT = Path(__file__).parents[2]
ELA = Member("Ela", frozenset({Role.MEMBER}))
LOOMS = """# Looms of Ahmedabad

## Beginning

The weavers of Ahmedabad bought their first loom in 1971 with money they had saved together for three years.

## Bank

A bank of their own lent small sums to members who had nothing to pledge, and almost all of it was paid back.

## Federation

Twenty years later ninety co-operatives formed a federation that sells their cloth without middlemen.
"""
CHEESE = "# Käse aus dem Allgäu\n\nDie Sennerei gehört den Bauern; jeder liefert seine Milch und hat eine Stimme.\n"


@pytest.fixture(scope="module")
def encoder(models: Path) -> Encoder:
    return ModelStore(models).open(DEFAULT_MODEL)


@pytest.fixture
def kb(settings: Settings, encoder: Encoder) -> KnowledgeBase:
    """An empty knowledge base; the model is loaded once for all tests."""
    return replace(open_kb(settings), encoder=lambda: encoder)


def write(kb: KnowledgeBase, name: str, text: str) -> Path:
    path = kb.documents / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def bring_in(kb: KnowledgeBase, on_progress: Callable[[Progress], None] = lambda _: None, **options: bool) -> IngestReport:
    return ingest(kb, [kb.documents], actor=LOCAL_MEMBER, on_progress=on_progress, **options)  # type: ignore[arg-type]


def states(report: IngestReport) -> dict[str, str]:
    return {entry.path: entry.state.value for entry in report.files}


def paths_found(kb: KnowledgeBase, question: str, actor: Member = LOCAL_MEMBER) -> set[str]:
    return {hit.path for hit in search(kb, question, actor=actor, k=50).hits}


def embedded(kb: KnowledgeBase) -> int:
    """Passages that an ingest had to embed."""
    seen: list[Progress] = []
    bring_in(kb, seen.append)
    assert seen[-1].passages_done == seen[-1].passages_total
    return seen[-1].passages_total


def test_every_file_is_accounted_for_and_what_has_text_is_found(kb: KnowledgeBase) -> None:
    write(kb, "looms.md", LOOMS)
    write(kb, "cheese.md", CHEESE)
    write(kb, "copy-of-looms.md", LOOMS)
    write(kb, "empty.txt", "")
    write(kb, "blank.html", "<!doctype html><html><body><p> </p></body></html>")
    (kb.documents / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF follows")
    (kb.documents / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    (kb.documents / "link.md").symlink_to(kb.documents / "looms.md")
    report = bring_in(kb)

    told = states(report)
    assert {path: told.pop(path) for path in ("cheese.md", "copy-of-looms.md")} == {
        "cheese.md": "indexed",
        "copy-of-looms.md": "indexed",
    }
    assert told == {
        "looms.md": "duplicate", "blank.html": "no_text", "broken.pdf": "failed",
        "empty.txt": "unsupported", "picture.png": "unsupported", "link.md": "unsupported",
    }  # fmt: skip
    assert all(entry.reason for entry in report.files if entry.state not in (FileState.INDEXED, FileState.UNCHANGED))
    assert {entry.path: entry.state for entry in kb.catalog.ledger()} == {entry.path: entry.state for entry in report.files}
    assert paths_found(kb, "weavers who saved for a loom") == {"copy-of-looms.md", "cheese.md"}
    assert search(kb, "Wem gehört die Sennerei?", actor=LOCAL_MEMBER).hits[0].path == "cheese.md"
    assert verify(kb, actor=LOCAL_MEMBER, mend=False).faults == ()


def test_a_second_ingest_reads_nothing_and_publishes_nothing(kb: KnowledgeBase) -> None:
    write(kb, "looms.md", LOOMS)
    bring_in(kb)
    before = kb.generation_number()
    (kb.documents / "looms.md").touch()

    assert states(bring_in(kb)) == {"looms.md": "unchanged"}
    assert kb.generation_number() == before


def test_of_a_changed_file_only_the_changed_passages_are_embedded_again(kb: KnowledgeBase) -> None:
    write(kb, "looms.md", LOOMS)
    assert embedded(kb) == 3
    before = {passage.id for passage, _ in kb.catalog.live_rows()}
    write(kb, "looms.md", LOOMS.replace("1971", "1972"))
    assert embedded(kb) == 1
    after = {passage.id for passage, _ in kb.catalog.live_rows()}

    assert len(before & after) == 2
    assert "1972" in search(kb, "When was the first loom bought?", actor=LOCAL_MEMBER).hits[0].passage.text
    assert not any("1971" in hit.passage.text for hit in search(kb, "1971", actor=LOCAL_MEMBER).hits)


def test_a_removed_file_is_gone_from_search_and_stays_in_the_ledger(kb: KnowledgeBase) -> None:
    write(kb, "looms.md", LOOMS)
    write(kb, "cheese.md", CHEESE)
    bring_in(kb)
    (kb.documents / "cheese.md").unlink()

    assert states(bring_in(kb)) == {"looms.md": "unchanged", "cheese.md": "removed"}
    assert paths_found(kb, "Wem gehört die Sennerei?") == {"looms.md"}
    assert states(bring_in(kb)) == {"looms.md": "unchanged"}


def test_a_renamed_file_keeps_its_id_and_its_vectors(kb: KnowledgeBase) -> None:
    write(kb, "looms.md", LOOMS)
    bring_in(kb)
    (before,) = kb.catalog.documents()
    (kb.documents / "looms.md").rename(kb.documents / "weavers.md")
    assert embedded(kb) == 0
    (after,) = kb.catalog.documents()

    assert (after.id, after.path, after.n_passages) == (before.id, "weavers.md", 3)
    assert paths_found(kb, "loom") == {"weavers.md"}
    assert [entry.path for entry in kb.catalog.ledger()] == ["weavers.md"]


def test_when_the_original_goes_its_duplicate_takes_its_place(kb: KnowledgeBase) -> None:
    write(kb, "a.md", LOOMS)
    write(kb, "b.md", LOOMS)
    assert states(bring_in(kb)) == {"a.md": "indexed", "b.md": "duplicate"}
    (kb.documents / "a.md").unlink()

    assert states(bring_in(kb))["b.md"] == "indexed"
    assert paths_found(kb, "loom") == {"b.md"}


def test_a_changed_sidecar_changes_what_is_known_of_its_document_and_embeds_nothing_else(kb: KnowledgeBase) -> None:
    write(kb, "looms.md", LOOMS)
    write(kb, "looms.yaml", "title: Looms of Ahmedabad\ncountries: [IN]\nkind: case-study\n")
    bring_in(kb)
    write(kb, "looms.yaml", "title: Looms of Ahmedabad\ncountries: [PT]\nkind: case-study\n")

    assert embedded(kb) == 0
    (document,) = kb.catalog.documents()
    assert (document.metadata.countries, document.metadata.kind) == (("PT",), "case-study")
    assert search(kb, "loom", actor=LOCAL_MEMBER, filters=Filters(countries=("IN",))).hits == ()


def test_a_document_with_nearly_the_same_words_is_flagged_and_kept(kb: KnowledgeBase) -> None:
    text = "# Report\n\n" + "\n\n".join(f"Paragraph {i} tells how group {i} of village {i} saved its share {i}." for i in range(60))
    write(kb, "a.md", text)
    write(kb, "b.md", text.replace("Paragraph 7 ", "Section 7 "))
    report = bring_in(kb)

    assert {entry.path: (entry.state.value, entry.near_duplicate_of) for entry in report.files} == {
        "a.md": ("indexed", ""),
        "b.md": ("indexed", "a.md"),
    }


def test_what_failed_is_tried_again_when_asked(kb: KnowledgeBase) -> None:
    path = kb.documents / "later.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    bring_in(kb)

    assert states(bring_in(kb)) == {"later.pdf": "failed"}
    assert states(bring_in(kb, retry_failed=True)) == {"later.pdf": "failed"}
    shutil.copy(ROOT / "corpus" / "documents" / "guides" / "judging-transferability.pdf", path)
    assert states(bring_in(kb)) == {"later.pdf": "indexed"}


def test_a_dry_run_says_what_would_happen_and_stores_nothing(kb: KnowledgeBase) -> None:
    write(kb, "looms.md", LOOMS)
    report = bring_in(kb, dry_run=True)

    assert [(entry.path, entry.state.value, entry.passages) for entry in report.files] == [("looms.md", "indexed", 3)]
    assert kb.catalog.ledger() == kb.catalog.documents() == []
    assert (dict(kb.catalog.settings()), kb.generation_number()) == ({}, 0)


def test_an_index_of_another_model_is_refused_until_it_is_rebuilt(kb: KnowledgeBase, settings: Settings, models: Path) -> None:
    write(kb, "looms.md", LOOMS)
    bring_in(kb)
    store = ModelStore(models)
    if not store.is_built("all-MiniLM-L6-v2"):
        store.build("all-MiniLM-L6-v2")
    other = open_kb(replace(settings, model="all-MiniLM-L6-v2"))
    sentence = r"^The index was built with multilingual-e5-small \(384.*ask for all-MiniLM-L6-v2 \(384.*: kb ingest --rebuild$"

    with pytest.raises(IndexMismatch, match=sentence):
        search(other, "loom", actor=LOCAL_MEMBER)
    with pytest.raises(IndexMismatch, match=sentence):
        bring_in(other)
    assert states(bring_in(other, rebuild=True)) == {"looms.md": "indexed"}
    assert paths_found(other, "loom") == {"looms.md"}
    with pytest.raises(IndexMismatch, match="built with all-MiniLM-L6-v2"):
        search(kb, "loom", actor=LOCAL_MEMBER)


@pytest.mark.parametrize("said", ["visibility: restricted", "embargo_until: 2999-01-01", "visibility: [restricted"])
def test_a_document_that_is_not_for_a_member_leaves_no_trace_for_them(kb: KnowledgeBase, said: str) -> None:
    """Not in search, counts, facets, by id, nor as a file; a sidecar on access that cannot be understood restricts."""
    write(kb, "looms.md", LOOMS)
    write(kb, "secret.md", CHEESE)
    write(kb, "secret.yaml", f"organisation: Sennerei\n{said}\n")
    bring_in(kb)
    secret = next(document for document in kb.catalog.documents() if document.path == "secret.md")
    (hidden,) = kb.catalog.passages_of(secret.id)
    result = search(kb, "Wem gehört die Sennerei? Käse Allgäu", actor=ELA, k=50)

    assert {hit.path for hit in result.hits} == {"looms.md"}
    assert (result.n_documents, result.n_passages) == (1, 3)
    assert "de" not in result.facets["languages"]
    assert [document.path for document in library.documents(kb, actor=ELA)] == ["looms.md"]
    for look in (library.document, library.passages, library.file):
        with pytest.raises(NotFound):
            look(kb, secret.id, actor=ELA)
    with pytest.raises(NotFound):
        library.passage(kb, hidden.id, actor=ELA)
    assert "secret.md" in paths_found(kb, "Wem gehört die Sennerei?", LOCAL_MEMBER)
    assert library.passage(kb, hidden.id, actor=LOCAL_MEMBER) == hidden


def test_a_member_may_not_ingest_and_a_stranger_may_not_search(kb: KnowledgeBase) -> None:
    with pytest.raises(PermissionDenied, match="contributor"):
        ingest(kb, [kb.documents], actor=ELA)
    with pytest.raises(PermissionDenied, match="member"):
        search(kb, "loom", actor=Member("stranger", frozenset()))


def test_odd_names_are_ingested_one_row_each(kb: KnowledgeBase) -> None:
    names = [
        "a\nb.md",
        "#1 50%.md",
        "%2e%2e.md",
        "עברית.md",
        "x" * 252 + ".md",
        "e\u0301.md",
        "\u00e9.md",
        "\u202egpj.md",
        "two  spaces .md",
    ]
    for i, name in enumerate(names):
        write(kb, name, f"# Title {i}\n\nNumber {i} tells of looms and of word{i}.\n")
    Path(os.fsdecode(os.fsencode(kb.documents) + b"/caf\xe9.md")).write_text("latin name")
    report = bring_in(kb)

    assert {path: state for path, state in states(report).items() if state != "indexed"} == {"caf\\udce9.md": "failed"}
    for i, name in enumerate(names):
        hit = search(kb, f"word{i}", actor=LOCAL_MEMBER).hits[0]
        assert hit.path == name
        file = library.file(kb, hit.passage.document_id, actor=LOCAL_MEMBER)
        assert file.read_text(encoding="utf-8").startswith(f"# Title {i}")


def test_an_ingest_that_is_stopped_keeps_what_it_has_and_the_next_one_does_the_rest(kb: KnowledgeBase) -> None:
    for i in range(4):
        write(kb, f"{i}.md", f"# Title {i}\n\nNumber {i} tells of looms.\n")
    answers = iter([False, True])
    report = ingest(kb, [kb.documents], actor=LOCAL_MEMBER, should_stop=lambda: next(answers))

    assert (report.was_stopped, states(report)) == (True, {"0.md": "indexed", "1.md": "indexed"})
    assert paths_found(kb, "looms") == {"0.md", "1.md"}
    assert not bring_in(kb).was_stopped
    assert paths_found(kb, "looms") == {f"{i}.md" for i in range(4)}


def run(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "KB_CORPUS": str(settings.corpus), "KB_INDEX": str(settings.index), "KB_MODEL": settings.model}
    return subprocess.run(
        [sys.executable, "-m", "kb", *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_command_prints_json_and_tells_failure_by_its_exit_code(settings: Settings) -> None:
    (settings.documents / "looms.md").write_text(LOOMS, encoding="utf-8")
    missing = run(settings, "search", "loom")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr == "Nothing has been ingested yet. Ingest the corpus: kb ingest corpus/documents\n"

    first = run(settings, "ingest", "--json")
    assert (first.returncode, first.stderr) == (0, "")
    (line,) = json.loads(first.stdout)["files"]
    assert {"path", "state", "reason", "pages", "passages", "languages", "seconds"} <= set(line)
    assert (line["path"], line["state"], line["passages"], line["languages"]) == ("looms.md", "indexed", 3, ["en"])

    (settings.documents / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    second = run(settings, "ingest")
    assert second.returncode == 1
    assert "failed" in second.stderr
    assert "broken.pdf" in second.stderr
    assert second.stdout.startswith("1 ")

    found = json.loads(run(settings, "search", "Wer hat den ersten Webstuhl gekauft?", "--json").stdout)
    hit = found["hits"][0]
    wanted = {
        "document", "title", "page", "page_label", "heading_path", "text", "sentence", "language", "score",
        "lexical_rank", "dense_rank",
    }  # fmt: skip
    assert wanted <= set(hit)
    assert (hit["document"], hit["title"], hit["page"], hit["language"]) == ("looms.md", "Looms of Ahmedabad", None, "en")
    assert hit["sentence"] is None or hit["sentence"] in hit["text"]  # across languages none is marked rather than the wrong one
    assert hit["dense_rank"] >= 1

    empty = run(settings, "search", "  ")
    assert (empty.returncode, empty.stderr.count("\n")) == (1, 1)
    sound = run(settings, "verify")
    assert (sound.returncode, sound.stdout) == (0, "1 documents, 3 passages, 0 faults\n")
