"""``kb benchmark`` as people type it, over a small real knowledge base with five assessed practices."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import cli, open_kb
from kb.errors import InvalidEntry, NotFound
from kb.services import members
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from tests.benchmarked import assessed, sheet

Typed = Callable[..., Result]
SOLVES = {
    "bees": "The city marks a path along seven hives and invites schools to visit the bees.",
    "hives": "Pupils visit hives on the roofs of schools and learn how bees live.",
    "loans": "A bank of the members lends to small enterprises of women.",
    "gardens": "Neighbours grow food in gardens that the city lends them.",
    "steel": "A works council runs the steel mill since its owner left.",
}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Path:
    """Ingested; nothing in it is changed."""
    root = tmp_path_factory.mktemp("benchmark")
    settings = Settings(root / "corpus", root / "index")
    settings.practices.mkdir(parents=True)
    settings.documents.mkdir(parents=True)
    settings.index.mkdir()
    settings.models.symlink_to(models)
    kb = open_kb(settings)
    for number, (name, solution) in enumerate(SOLVES.items()):
        tags = ["theme:care", *(["theme:environment"] if number in (0, 1, 3) else [])]
        title = {"en": f"About {name}", "fr": f"De {name}"}
        sheet(kb, name, solution=solution, title=title, tags=tags, partners=[{"name": "A partner"}] * number)
    ingest(kb, [kb.practices.folder], actor=LOCAL_MEMBER)
    members.add(kb, "sam", organisation="Elsewhere", country="DE", roles=set(), actor=LOCAL_MEMBER)
    assessed(kb, "bees", 5, 1, 4, 4, None)
    for name in ("hives", "gardens", "loans"):
        assessed(kb, name, 3, 4, 3, None, None)
    return root


@pytest.fixture
def typed(ready: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.chdir(ready)
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    environment = {"KB_CORPUS": str(ready / "corpus"), "KB_INDEX": str(ready / "index")}
    return lambda *words: CliRunner().invoke(cli.kb, ["benchmark", *words], env=environment)


def out(result: Result) -> str:
    assert (result.exception, result.exit_code) == (None, 0), result.output
    return result.stdout


def test_peers_by_each_basis_come_with_a_reason(typed: Typed) -> None:
    theme, size = out(typed("peers", "bees", "--k", "2")), out(typed("peers", "bees", "--by", "size", "--language", "fr"))
    text = json.loads(out(typed("peers", "bees", "--by", "text", "--as", "sam", "--json")))

    assert [line.split()[1] for line in theme.splitlines()[:2]] == ["gardens", "hives"]
    assert "1.00  gardens · About gardens · shares 2 of 2 themes and groups: theme:care, theme:environment" in theme
    assert "2 of 4 that can be compared, of 4 other practices" in theme
    assert size.splitlines()[0].startswith("0.8") or size.splitlines()[0].startswith("0.9")
    assert "De hives · local, 1 country, 1 partner against local, 1 country, 0 partners" in size
    assert text["peers"][0]["practice"] == "hives"
    assert text["peers"][0]["why"]["pairs"][0]["similarity"] > 0.8
    assert "No peers: there is no context profile" in out(typed("peers", "bees", "--by", "context"))


def test_a_profile_tells_every_criterion_with_its_number_and_what_stands_out(typed: Typed) -> None:
    told = out(typed("profile", "bees", "--as", "sam"))
    found = json.loads(out(typed("profile", "bees", "--json")))
    by = {each["criterion"]: each for each in found["criteria"]}

    assert "effectiveness  5  above  n=3  mean 3.00 [3.00 to 3.00]  peers: 3 3 3" in told
    assert "strength: effectiveness: 5 beside 3 to 3 of the 3 peers with a score, whose mean is 3.00 [3.00 to 3.00]" in told
    assert "gap: equity: 1 beside 4 to 4 of the 3 peers" in told
    assert "steel · About steel · shares 1 of 2 themes and groups: theme:care · not assessed" in told
    assert (by["transfer"]["own"], by["transfer"]["n"], by["transfer"]["mean"]) == (None, 0, None)
    assert [each["criterion"] for each in found["strengths"]] == ["effectiveness", "reach"]
    assert [each["practice"] for each in found["assessed"]] == ["gardens", "hives", "loans"]


def test_a_profile_is_taken_along_as_a_table(typed: Typed, tmp_path: Path) -> None:
    printed = out(typed("export", "bees", "--form", "csv", "--as", "sam"))
    out(typed("export", "bees", "--form", "xlsx", "--output", str(tmp_path / "bees.xlsx")))

    assert printed.lstrip("\ufeff").startswith("practice,basis,rubric,version,criterion,title,own_score,")
    assert "bees,theme,small,1,effectiveness," in printed
    assert (tmp_path / "bees.xlsx").read_bytes().startswith(b"PK")
    assert "needs --output FILE" in typed("export", "bees", "--form", "xlsx").output


def test_the_grid_tells_points_by_name_and_why_others_have_none(typed: Typed) -> None:
    told = out(typed("grid"))
    found = json.loads(out(typed("grid", "--rubric", "small", "--version", "1", "--json")))

    assert "bees: impact 4.50, evidence 4 · leading · Candidate · 1 reviewer" in told
    assert "hives: the quality of its evidence could not be scored" in told
    assert "steel: not assessed" in told
    assert "1 of 5 practices have a point" in told
    assert [each["practice"] for each in found["points"]] == ["bees"]
    assert found["choices"] == [{"rubric": "small", "version": 1, "n_practices": 4}]


def test_practices_side_by_side(typed: Typed) -> None:
    told = out(typed("compare", "bees", "steel", "loans"))
    found = json.loads(out(typed("compare", "bees", "steel", "--json")))

    assert "[2] steel: About steel · SI · local, 4 partners · 2015 to ongoing · not assessed" in told
    assert "equity\n  [1] 1 · 0 passages\n  [2] – · 0 passages\n  [3] 4 · 0 passages\n" in told
    assert [each["practice"] for each in found["practices"]] == ["bees", "steel"]
    assert [each["score"] for each in found["criteria"][0]["cells"]] == [5, None]
    assert found["practices"][0]["label_title"] == "Candidate"


def test_what_cannot_be_told_is_said_in_one_sentence(typed: Typed) -> None:
    few, unknown = typed("compare", "bees"), typed("peers", "nobody")

    assert isinstance(few.exception, InvalidEntry)
    assert "1 named, and 2 to 6 can be compared" in str(few.exception)
    assert isinstance(unknown.exception, NotFound)
    assert isinstance(typed("grid", "--rubric", "nobody").exception, NotFound)
