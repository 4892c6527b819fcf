"""``kb tag`` and ``scripts/tag.py`` over a small index, and suggestions that never speak with a hidden document's words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import FakeEncoder, FakeModels, FakeRecords

from kb import cli, open_kb
from kb.peers.concepts import Concept, ConceptScheme, Facet
from kb.services import suggesting
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.settings import Settings

ROOT = Path(__file__).parents[2]
BEES = "cesena-bee-path"
MEMBER = Member("ela", frozenset({Role.MEMBER}))
SHEET = """\
practice: hives
kind: good-practice
language: en
title: Hives on the roofs
teaser: Bees in the town.
summary: The town keeps bees on its roofs, for honey and for the trees [@town].
problem: unknown
solution: Hives are put on public roofs and beekeepers look after them [@town].
owner: {name: A town, type: public-body, country: IT}
place: {countries: [IT], region: unknown, scale: local}
period: {start: unknown, end: unknown, status: unknown}
target_group: unknown
resources: unknown
results: unknown
success_factors: unknown
difficulties: unknown
lessons: unknown
transferability: unknown
tags: [bees]
documents: [women.md, board.md]
sources:
  town: {title: A page, organisation: A town}
"""
CONCEPTS = """\
scheme: sse
concepts:
  - id: environment
    facet: themes
    tag: theme:environment
    query: bees, honey, hives and trees of a town
    labels: {en: environment}
    source: {title: ours}
  - id: women
    facet: groups
    tag: group:women
    query: women who work together and lead
    labels: {en: women}
    source: {title: ours}
"""
OPEN = "---\nvisibility: public\n---\n\n# Who\n\nThe women of the town work together: women lead the group of beekeepers.\n"
SECRET = (
    "---\nvisibility: restricted\n---\n\n# Who\n\nOnly women who work together and lead may keep hives, said the secret board.\n"
)


@pytest.fixture
def place(tmp_path: Path, models: Path) -> Settings:
    """A corpus of one sheet and two documents, one of them hidden from members."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    for folder, name, text in (
        ("documents", "women.md", OPEN),
        ("documents", "board.md", SECRET),
        ("practices", "hives.yaml", SHEET),
        ("concepts", "tags.yaml", CONCEPTS),
    ):
        (settings.corpus / folder).mkdir(parents=True, exist_ok=True)
        (settings.corpus / folder / name).write_text(text, encoding="utf-8")
    settings.index.mkdir()
    settings.models.symlink_to(models)
    return settings


# what a hidden document says -----------------------------------------------------------------------------------------------


def test_a_document_out_of_sight_never_speaks(place: Settings) -> None:
    encoder = FakeEncoder()
    settings = replace(place, model="fake")
    kb = replace(open_kb(settings), models=FakeModels(), encoder=lambda: encoder, records=FakeRecords())
    ingest(kb, [kb.documents, kb.practices.folder], actor=LOCAL_MEMBER)

    def suggested(actor: Member) -> suggesting.Suggestions:
        return suggesting.suggest(kb, "hives", actor=actor, floor=float("-inf"))

    everything, seen = suggested(LOCAL_MEMBER), suggested(MEMBER)
    assert "secret board" in repr(everything)
    assert "secret board" not in repr(seen)
    assert {each.document.path for one in seen.found for each in one.speaking} <= {"women.md", "practice:hives.yaml"}
    assert (everything.n_documents, seen.n_documents) == (3, 2)


def test_a_practice_without_a_word_in_the_index_has_no_suggestions(place: Settings) -> None:
    encoder = FakeEncoder()
    kb = replace(open_kb(replace(place, model="fake")), models=FakeModels(), encoder=lambda: encoder, records=FakeRecords())
    ingest(kb, [kb.documents / "women.md"], actor=LOCAL_MEMBER)
    (kb.practices.folder / "hives.yaml").write_text(SHEET.replace("women.md, board.md", ""), encoding="utf-8")

    found = suggesting.suggest(kb, "hives", actor=MEMBER, floor=float("-inf"))

    assert (found.found, found.n_passages, found.n_documents) == ((), 0, 0)


def test_without_controlled_tags_nothing_is_suggested(place: Settings) -> None:
    encoder = FakeEncoder()
    kb = replace(
        open_kb(replace(place, model="fake")),
        models=FakeModels(), encoder=lambda: encoder, records=FakeRecords(), concepts=ConceptScheme,
    )  # fmt: skip
    ingest(kb, [kb.documents, kb.practices.folder], actor=LOCAL_MEMBER)

    assert suggesting.suggest(kb, "hives", actor=MEMBER, floor=float("-inf")).found == ()


# commands -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def typed(practices_kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs ``kb tag …`` over the sample corpus with records of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_CORPUS", str(practices_kb.documents.parent))
    monkeypatch.setenv("KB_INDEX", str(practices_kb.index))
    monkeypatch.setenv("KB_DATABASE_URL", f"sqlite:///{tmp_path / 'kb.sqlite'}")
    return lambda *words: CliRunner().invoke(cli.kb, ["tag", *words])


def output(result: Result) -> str:
    assert result.exception is None, result.output
    return result.output


def test_from_a_suggestion_to_a_tag_and_back(typed: Callable[..., Result]) -> None:
    suggested = json.loads(output(typed("suggest", BEES, "--k", "10", "--json")))["suggested"]
    passages = {each["tag"]: each["passages"] for each in suggested}
    assert "scuole" in passages["group:children-and-schools"][0]["text"]
    other = "group:farmers"

    given = output(typed("confirm", BEES, "Group: children and schools"))
    assert f"{BEES} has the tag group:children-and-schools (number 1), with " in given
    assert f"{other} is not suggested for {BEES} again." in output(typed("reject", BEES, other, "--why", "a side remark"))
    again = output(typed("suggest", BEES))
    assert "children-and-schools" not in again
    assert f"{other}  rejected by local on 20" in again
    assert ": a side remark" in again

    assert f"{BEES} has the tag honey (number 2)." in output(typed("give", BEES, "Honey", "--why", "They sell it."))
    told = json.loads(output(typed("list", BEES, "--json")))
    origins = {each["tag"]: each["sources"][0]["origin"] for each in told["tags"]}
    assert (origins["group:children-and-schools"], origins["sdg:15"], origins["honey"]) == ("confirmed", "declared", "given")

    assert f"The tag honey of {BEES} is withdrawn." in output(typed("withdraw", BEES, "honey", "--why", "They stopped."))
    text = output(typed("list", BEES))
    assert "confirmed by local on 20" in text
    assert "honey  (number 2) withdrawn by local" in text
    assert ": They stopped." in text
    counts = json.loads(output(typed("list", "--json")))
    assert counts["group:children-and-schools"] >= 1
    assert "honey" not in counts
    assert output(typed("list")).splitlines()[-1] == f"{len(counts)} tags"


def test_the_script_is_the_command(place: Settings) -> None:
    environment = {**os.environ, "KB_CORPUS": str(place.corpus), "KB_INDEX": str(place.index)}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "scripts" / "tag.py"), *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=place.corpus)

    assert run("hives", "honey", "--why", "They sell it.").stdout == "hives has the tag honey (number 1).\n"
    wrong = run("hives", "group:woman", "--why", " ")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr == (
        "The tag “group:woman” cannot be given: it is not in the controlled list; the nearest is group:women; it is not said why.\n"
    )


def test_what_stands_in_a_tag_or_a_reason_is_no_command_for_a_terminal(typed: Callable[..., Result]) -> None:
    output(typed("give", BEES, "honey", "--why", "red \x1b[31m and\u202e back"))

    assert "\x1b" not in output(typed("list", BEES))
    assert "\u202e" not in output(typed("list", BEES))


def test_a_scheme_made_by_hand_is_asked_in_every_language_it_has() -> None:
    concept = Concept(
        "women", Facet.GROUPS, {"en": "women", "fr": "femmes"}, tag="group:women", query="women who lead", also={"fr": ("dames",)}
    )
    plain = Concept("bees", Facet.THEMES, {"en": "bees"}, definition={"en": "Insects."}, tag="theme:bees")
    women, bees = suggesting.standing_queries(ConceptScheme.of("sse", [concept, plain]))

    assert (women.name, women.text) == ("group:women", "women who lead")
    assert women.words == (("en", "women who lead"), ("en", "women"), ("fr", "femmes"))
    assert (bees.text, bees.words) == ("bees. Insects.", (("en", "bees"),))
