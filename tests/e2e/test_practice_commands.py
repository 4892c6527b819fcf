"""``kb practice`` as somebody types it, and what a search says of practices."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import cli, open_kb
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from tests.sheets import SOUND


@pytest.fixture
def corpus(settings: Settings) -> Settings:
    """One sound sheet and its document."""
    settings.practices.mkdir()
    (settings.practices / "bee-path.yaml").write_text(SOUND, encoding="utf-8")
    (settings.documents / "case-studies").mkdir()
    (settings.documents / "case-studies" / "bees.md").write_text(
        "# Bees\n\nPupils visit the hives every spring.\n", encoding="utf-8"
    )
    return settings


def run(settings: Settings, *arguments: str) -> Result:
    environment = {"KB_CORPUS": str(settings.corpus), "KB_INDEX": str(settings.index)}
    return CliRunner().invoke(cli.kb, list(arguments), env=environment)


def test_check_ends_with_one_and_names_file_and_line_of_every_fault(corpus: Settings) -> None:
    sound = run(corpus, "practice", "check")
    broken = SOUND.replace("kind: good-practice", "kind: good").replace("bees.md", "wasps.md")
    (corpus.practices / "bee-path.yaml").write_text(broken, encoding="utf-8")
    faulty = run(corpus, "practice", "check", "bee-path.yaml")

    assert (sound.exit_code, sound.stdout) == (0, "1 practice, no fault\n")
    assert faulty.exit_code == 1
    assert [line.split(": ")[0] for line in faulty.stderr.splitlines()] == [
        "corpus/practices/bee-path.yaml:3",
        "corpus/practices/bee-path.yaml:32",
        "corpus/practices/bee-path.yaml:34",
        "corpus/practices/bee-path.yaml:36",
    ]
    assert faulty.stdout == "1 practice, 4 faults in 1 of them\n"


def test_a_quote_that_its_document_does_not_hold_is_a_remark(corpus: Settings) -> None:
    ingest(open_kb(corpus), [corpus.documents], actor=LOCAL_MEMBER)
    assert "remark" not in run(corpus, "practice", "check").stdout

    changed = SOUND.replace("quote: Pupils visit the hives", "quote: Pupils paint the hives")
    (corpus.practices / "bee-path.yaml").write_text(changed, encoding="utf-8")
    told = run(corpus, "practice", "check")

    assert told.exit_code == 0
    assert "remark: bee-path: evidence.1: these words are not in case-studies/bees.md: “Pupils paint the hives”" in told.stdout


def test_list_is_a_table_or_json_and_hides_no_faulty_sheet(corpus: Settings) -> None:
    (corpus.practices / "bad.yaml").write_text("practice: bad\n", encoding="utf-8")

    table = run(corpus, "practice", "list").stdout.splitlines()
    listed = json.loads(run(corpus, "practice", "list", "--json").stdout)["practices"]

    assert table[0].startswith("bad       cannot be read: 18 faults; see kb practice check bad")
    assert "Bee paths for a city · City of Ljubljana · " in table[1]
    assert [each["name"] for each in listed] == ["bad", "bee-path"]
    assert len(listed[0]["faults"]) == 18
    assert listed[1]["sheet"]["figures"][0]["value"] == 115
    assert "problem" in listed[1]["completeness"]["unknown"]


def test_show_tells_what_is_said_where_from_and_what_is_not_known(corpus: Settings) -> None:
    ingest(open_kb(corpus), [corpus.documents], actor=LOCAL_MEMBER)

    shown = run(corpus, "practice", "show", "bee-path").stdout

    assert shown.startswith("Bee paths for a city\nA path for bees brings people together.\n")
    assert "hives: more than 115 hives (2017, Ljubljana) [@urbact]" in shown
    assert "results: “Pupils visit the hives” (case-studies/bees.md, passage " in shown
    assert "[@urbact] Stories, URBACT, case-studies/bees.md" in shown
    assert "Unknown\n  - problem, resources, success_factors, difficulties, transferability\n" in shown
    assert run(corpus, "practice", "show", "bee-path", "--language", "fr").stdout.startswith(
        "Des chemins d'abeilles pour une ville\n"
    )
    assert run(corpus, "practice", "show", "absent").exit_code != 0


def test_new_writes_a_sheet_to_fill_in_and_overwrites_none(corpus: Settings) -> None:
    begun = run(corpus, "practice", "new", "my-own", "--title", "Mine", "--kind", "tool")
    again = run(corpus, "practice", "new", "my-own", "--title", "Other")

    assert begun.stdout == f"{corpus.practices / 'my-own.yaml'} is there. Fill it in, then: kb practice check my-own\n"
    assert "kind: tool\n" in (corpus.practices / "my-own.yaml").read_text(encoding="utf-8")
    assert again.exit_code != 0
    assert "is blank" in run(corpus, "practice", "check", "my-own").stderr


def test_the_schema_is_printed_as_it_is(corpus: Settings) -> None:
    assert run(corpus, "practice", "schema").stdout == open_kb(corpus).practices.schema()


def test_ingest_without_paths_reads_the_sheets_and_a_search_names_the_practice(corpus: Settings) -> None:
    assert run(corpus, "ingest").exit_code == 0

    told = run(corpus, "search", "pupils visit the hives every spring").stdout
    as_json = json.loads(run(corpus, "search", "pupils visit the hives", "--json").stdout)

    assert "case-studies/bees.md" in told
    assert told.count("Practice: Bee paths for a city (bee-path)") == told.count(" rank by ")
    assert {tuple(hit["practices"]) for hit in as_json["hits"]} == {("bee-path",)}


def test_the_folder_may_be_absent(settings: Settings) -> None:
    (settings.documents / "a.md").write_text("# A\n\nText.\n")

    assert run(settings, "practice", "check").stdout == "0 practices, no fault\n"
    assert run(settings, "practice", "list").stdout == "0 practices\n"
    assert run(settings, "ingest").exit_code == 0
    assert Path(settings.practices).exists() is False
