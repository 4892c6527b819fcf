"""The directory from the file to the answer: asked with the real model in two languages, measured, typed as commands."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import FakeEncoder, FakeModels

from kb import bootstrap, cli, open_kb
from kb.bootstrap import open_measures
from kb.retrieval.answer import Filters, Legs
from kb.retrieval.catalog import FileState
from kb.retrieval.evaluation import means
from kb.retrieval.judged import Answer, Judged, JudgedSet
from kb.services.evaluating import evaluate
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import directory, partnerships
from kb.services.permission import LOCAL_MEMBER
from kb.services.searching import search
from kb.settings import Settings
from tests.conftest import settings_in
from tests.directories import organisation, partnership, write

ROOT = Path(__file__).parents[2]
SOME = (  # of the sample: those of the agroecology project, and others that are near to the question or far from it
    *("fermes-d-avenir", "sos-group", "vert-d-iris", "map-belgium", "rete-humus"),
    *("pour-la-solidarite", "euclid-network", "cepes"),
)
Typed = Callable[..., Result]


@pytest.fixture(scope="module")
def sample(models: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Eight organisations of the sample, read by the real model."""
    kb = open_kb(settings_in(tmp_path_factory.mktemp("directory"), models))
    kb.organisations.folder.mkdir()
    for name in SOME:
        shutil.copy(ROOT / "corpus" / "organisations" / f"{name}.yaml", kb.organisations.folder)
    ingest(kb, [kb.organisations.folder], actor=LOCAL_MEMBER)
    return kb


@pytest.fixture(scope="module")
def partnered(models: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The partnerships of the sample and its organisations, of which only the former are read."""
    kb = open_kb(settings_in(tmp_path_factory.mktemp("partnerships"), models))
    for folder in (kb.organisations.folder, kb.partnerships.folder):
        shutil.copytree(ROOT / "corpus" / folder.name, folder)
    ingest(kb, [kb.partnerships.folder], actor=LOCAL_MEMBER)
    return kb


@pytest.mark.parametrize(
    "question",
    [
        "who has run an agroecology training with Belgian partners?",
        "Qui a mené une formation en agroécologie avec des partenaires belges ?",
    ],
)
def test_who_ran_a_training_is_found_before_its_partners_in_two_languages(sample: KnowledgeBase, question: str) -> None:
    found = directory.find(sample, question, actor=LOCAL_MEMBER)

    assert [each.organisation.organisation for each in found[:2]] == ["fermes-d-avenir", "sos-group"]
    assert "Companions in Agroecology" in found[0].hit.passage.heading_path[-1]
    assert len({each.organisation.organisation for each in found}) == len(found)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which partnership works on laws for co-operatives?", "legal-ecosystems"),
        ("Quel partenariat parle de la place des femmes à l'international ?", "internationalisation-and-women"),
        ("Wer misst Wirkung mit den Zielen für nachhaltige Entwicklung?", "impact-measurement-sdgs"),
    ],
)
def test_partnerships_are_found_by_meaning_in_any_language(partnered: KnowledgeBase, question: str, first: str) -> None:
    assert partnerships.find(partnered, question, actor=LOCAL_MEMBER)[0].partnership.partnership == first
    best = search(partnered, question, actor=LOCAL_MEMBER).hits[0]
    assert (best.metadata.partnership, best.metadata.kind) == (first, "partnership")


def test_a_partnership_is_found_by_who_leads_it_as_the_directory_calls_them(partnered: KnowledgeBase) -> None:
    found = search(partnered, "What does Le French Impact lead?", actor=LOCAL_MEMBER).hits

    assert found[0].metadata.partnership == "impact-measurement-sdgs"


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """A school, and a document about training; read for real, with a fake model."""
    encoder = FakeEncoder()
    made = open_kb(Settings(tmp_path / "corpus", tmp_path / "index", model="fake"))
    kb = replace(made, models=FakeModels(), encoder=lambda: encoder)
    kb.documents.mkdir(parents=True)
    (kb.documents / "training.md").write_text("# Training\n\nA training in agroecology needs a farm.\n", encoding="utf-8")
    (kb.documents / "posing.md").write_text("---\nentry: farm-school\nkind: organisation\n---\n# Posing\n", encoding="utf-8")
    write(kb.organisations.folder, organisation(), organisation("apple", kind="club"))
    report = ingest(kb, [kb.documents, kb.organisations.folder], actor=LOCAL_MEMBER)
    assert {entry.path: entry.state for entry in report.files} == {
        "posing.md": FileState.INDEXED, "training.md": FileState.INDEXED,
        "organisation:apple.yaml": FileState.FAILED, "organisation:farm-school.yaml": FileState.INDEXED,
    }  # fmt: skip
    return kb


def test_an_entry_is_found_once_by_the_search_and_no_document_can_pose_as_one(kb: KnowledgeBase) -> None:
    hits = search(kb, "training in agroecology", actor=LOCAL_MEMBER, mark=False).hits
    by_path = {hit.path: hit.metadata for hit in hits}

    assert [hit.path for hit in hits].count("organisation:farm-school.yaml") == 1
    assert (by_path["organisation:farm-school.yaml"].entry, by_path["organisation:farm-school.yaml"].kind) == (
        "farm-school", "organisation",
    )  # fmt: skip
    posing = next(each for each in kb.catalog.documents() if each.path == "posing.md")
    assert (posing.metadata.entry, posing.metadata.kind) == ("", "document")
    asked = search(kb, "training", actor=LOCAL_MEMBER, mark=False, filters=Filters(kinds=("organisation",)))
    assert {hit.path for hit in asked.hits} == {"organisation:farm-school.yaml"}


@pytest.mark.parametrize(("answer", "is_judged"), [("training.md", False), ("organisation:farm-school.yaml", True)])
def test_passages_of_entries_count_only_where_one_was_judged(kb: KnowledgeBase, answer: str, is_judged: bool) -> None:
    question, quote = "it trains farmers in agroecology", "It trains farmers." if is_judged else "needs a farm"
    judged = JudgedSet("school", (Judged("1", question, "en", (Answer(answer, quote, 2),)),))
    first = search(kb, question, actor=LOCAL_MEMBER, mark=False, legs=Legs.LEXICAL).hits[0]
    assert first.path == "organisation:farm-school.yaml"

    found = evaluate(kb, judged, actor=LOCAL_MEMBER, measures=open_measures())

    assert means(found.questions, Legs.LEXICAL)["mrr"] == 1.0


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs ``kb learn …`` over a school, a hive and their partnership."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    write(settings.organisations, organisation(), organisation("hive", country="BE", themes=["cooperatives"]))
    write(settings.partnerships, partnership())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    monkeypatch.setattr(bootstrap, "_launch", lambda job, settings: None)
    environment = {"KB_CORPUS": str(settings.corpus), "KB_INDEX": str(settings.index)}
    return lambda *words: CliRunner().invoke(cli.kb, ["learn", *words], env=environment)


def out(result: Result) -> str:
    assert (result.exception, result.exit_code) == (None, 0), result.output
    return result.stdout


def test_organisations_are_listed_shown_and_written_to_a_table(typed: Typed, tmp_path: Path) -> None:
    assert out(typed("organisation", "list", "--theme", "theme:cooperatives")).splitlines() == [
        "hive                          Hive · association · BE · 1 project", "1 organisation",
    ]  # fmt: skip
    shown = out(typed("organisation", "show", "farm-school.yaml", "--language", "fr"))
    for words in ("Farm School [farm-school]", "Elle forme des agriculteurs", "partners: Hive (BE)", "green (lead)", "[@page]"):
        assert words in shown
    told = json.loads(out(typed("organisation", "show", "farm-school", "--json")))
    assert told["partnerships"] == [{"partnership": "green", "role": "lead"}]

    out(typed("organisation", "list", "--output", str(tmp_path / "all.csv")))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["organisation"], row["project_partners"]) for row in rows] == [("farm-school", "Hive"), ("hive", "Hive")]
    assert typed("organisation", "list", "--output", "all.pdf").exit_code == 2


def test_faults_are_told_by_line_and_end_with_1(typed: Typed, tmp_path: Path) -> None:
    assert out(typed("organisation", "check")).endswith("2 organisations, no fault\n")
    write(tmp_path / "corpus" / "organisations", organisation("apple", kind="club"))
    checked = typed("organisation", "check")

    assert checked.exit_code == 1
    assert "corpus/organisations/apple.yaml:4: kind: “club” is none of" in checked.output
    assert "cannot be read: 1 fault" in out(typed("organisation", "list"))


def test_a_partnership_is_listed_shown_moved_on_and_never_back(typed: Typed) -> None:
    assert "Green partnership · forming · lead farm-school" in out(typed("partnership", "list"))
    assert out(typed("partnership", "move", "green", "reporting", "--day", "2026-02-03")) == "green is reporting.\n"

    shown = out(typed("partnership", "show", "green"))
    assert "states: forming 2026-01; reporting 2026-02-03" in shown
    assert "Hive (BE; host; soil)" in shown
    assert "goes only forward" in str(typed("partnership", "move", "green", "active").exception)
    assert json.loads(out(typed("partnership", "list", "--json")))["partnerships"][0]["partnership"]["called"][0]["name"] == "PLP 9"
    assert out(typed("partnership", "check", "--no-remarks")) == "1 partnership, no fault\n"


def test_passages_of_partnerships_count_only_where_one_was_judged(kb: KnowledgeBase) -> None:
    write(kb.partnerships.folder, partnership(title="Training in agroecology"))
    ingest(kb, [kb.partnerships.folder], actor=LOCAL_MEMBER)
    question = "training in agroecology"
    first = search(kb, question, actor=LOCAL_MEMBER, mark=False, legs=Legs.LEXICAL).hits[0]
    assert first.path == "partnership:green.yaml"

    for answer, quote in (("training.md", "needs a farm"), (first.path, first.passage.text)):
        judged = JudgedSet("school", (Judged("1", question, "en", (Answer(answer, quote, 2),)),))
        found = evaluate(kb, judged, actor=LOCAL_MEMBER, measures=open_measures())
        assert means(found.questions, Legs.LEXICAL)["mrr"] == 1.0


BEGIN = (
    *(
        "partnership",
        "begin",
        "Green jobs",
        "--topic",
        "Jobs.",
        "--lead",
        "farm-school",
        "--partner",
        "hive",
        "--partner",
        "Zoo | DE",
    ),
    *("--group", "Law | The law.", "--group", "Money", "--speaks", "fr", "--state", "active", "--day", "2026-01-02"),
)


def test_a_partnership_begins_from_the_command_line_with_all_faults_at_once(typed: Typed) -> None:
    refused = typed(*BEGIN, "--end", "soon", "--code", "Green Jobs")
    for told in ("is no code", "end:", "names no source", "sources:"):
        assert told in str(refused.exception)
    assert "1 partnership" in out(typed("partnership", "list"))

    sourced = ("--source", "A call | OECD | 2026-01", "--source", "Notes | Hive")
    assert out(typed(*BEGIN, *sourced)) == "green-jobs\n"
    shown = out(typed("partnership", "show", "green-jobs"))
    for words in ("Jobs. [@source]", "states: active 2026-01-02", "Hive (BE)", "Zoo (DE)", "group law: Law: The law. [@source]",
                  "[@source] A call, OECD, 2026-01", "[@source-2] Notes, Hive"):  # fmt: skip
        assert words in shown, words
    assert out(typed("partnership", "check", "--no-remarks", "green-jobs")) == "1 partnership, no fault\n"
    assert "There is" not in out(typed("partnership", "list"))
    again = typed(*BEGIN, *sourced)
    assert "there is a partnership called “green-jobs” already" in str(again.exception)
