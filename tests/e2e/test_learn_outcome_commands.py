"""``kb learn lesson|recommendation|plan|policy``: a whole way of each from the command line, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import cli, open_kb
from kb.services import members
from kb.services.permission import LOCAL_MEMBER, Role
from kb.settings import Settings
from tests.assessed import SHEET


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """With one practice, and two members of two organisations."""
    for name, value in (("KB_CORPUS", tmp_path / "corpus"), ("KB_INDEX", tmp_path / "index"), ("KB_DATABASE_URL", "")):
        monkeypatch.setenv(name, str(value))
    kb = open_kb(Settings(tmp_path / "corpus", tmp_path / "index"))
    kb.practices.folder.mkdir(parents=True)
    (kb.practices.folder / "bee-path.yaml").write_text(SHEET, encoding="utf-8")
    for name, organisation in (("ann", "House of Ann"), ("bo", "House of Bo")):
        members.add(kb, name, organisation=organisation, country="PT", roles=set[Role](), actor=LOCAL_MEMBER)
    return CliRunner()


def learn(run: CliRunner, *words: str, as_: str = "ann", given: str | None = None) -> Result:
    return run.invoke(cli.kb, ["learn", *words, "--as", as_], input=given)


def said(run: CliRunner, *words: str, as_: str = "ann", given: str | None = None) -> str:
    result = learn(run, *words, as_=as_, given=given)
    assert result.exit_code == 0, result.output
    return result.output


def refused(run: CliRunner, *words: str, as_: str = "ann", given: str | None = None) -> str:
    result = learn(run, *words, as_=as_, given=given)
    assert result.exit_code != 0
    return str(result.exception) if result.exception and not isinstance(result.exception, SystemExit) else result.output


def test_a_lesson_is_noted_confirmed_listed_and_withdrawn(run: CliRunner) -> None:
    noted = said(run, "lesson", "note", "Mow later.", "--practice", "bee-path", "--level", "policy", "--from-whom", "House of Bo")
    assert noted == "lesson-1 · noted · policy · ann · House of Ann · Mow later.\n"
    assert "yourself" in refused(run, "lesson", "confirm", "lesson-1")
    said(run, "lesson", "confirm", "lesson-1", "--how", "So did we.", as_="bo")
    assert "1 lesson" in said(run, "lesson", "list", "--practice", "bee-path", "--state", "confirmed")
    shown = said(run, "lesson", "show", "lesson-1")
    assert [part in shown for part in ("  from bee-path", "bo · confirmed · So did we.")] == [True, True]
    said(run, "lesson", "withdraw", "lesson-1", "--why", "A wet year.")
    assert said(run, "lesson", "list") == "0 lessons\n"
    found = json.loads(said(run, "lesson", "list", "--state", "withdrawn", "--json"))["lessons"][0]
    assert [each["kind"] for each in found["happened"]] == ["noted", "confirmed", "withdrawn"]


def test_a_recommendation_is_answered_and_implemented_with_a_source(run: CliRunner) -> None:
    said(run, "recommendation", "issue", "House of Bo", "Keep a register.", "--practice", "bee-path")
    assert "say why it is accepted in part only" in refused(run, "recommendation", "answer", "recommendation-1", "partly", as_="bo")
    said(run, "recommendation", "answer", "recommendation-1", "partly", "--reason", "Hives only.", as_="bo")
    done = ("recommendation", "implement", "recommendation-1", "--on", "2026-06-30", "--what", "Kept.")
    assert "name a source, or a passage" in refused(run, *done, as_="bo")
    assert "implemented · partly · to House of Bo" in said(run, *done, "--source", "Register", as_="bo")
    assert "implemented on 2026-06-30: Kept. (Register)" in said(run, "recommendation", "show", "recommendation-1")
    (row,) = csv.DictReader(io.StringIO(said(run, "recommendation", "list", "--to", "csv").lstrip("\ufeff")))
    assert (row["response"], row["implemented_on"]) == ("partly", "2026-06-30")


def test_a_plan_goes_from_its_form_to_paper(run: CliRunner, tmp_path: Path) -> None:
    form = run.invoke(cli.kb, ["learn", "plan", "form"]).output
    assert said(run, "plan", "draft", "-", given=form).startswith("plan-1 · draft · 0 of 1 actions done · House of Ann")
    said(run, "plan", "revise", "plan-1", "-", given='{"title": "Two registers"}')
    said(run, "plan", "validate", "plan-1", as_="bo")
    said(run, "plan", "begin", "plan-1")
    for to in ("in-progress", "done"):
        said(run, "plan", "action", "plan-1", "register", to, "--on", "2026-06-30")
    assert "plan-1 · done · 1 of 1 actions done" in said(run, "plan", "finish", "plan-1")
    shown = said(run, "plan", "show", "plan-1")
    assert "register: done since 2026-06-30 · Keep a public register. · Our organisation" in shown
    said(run, "plan", "export", "plan-1", "--to", "docx", "--output", str(tmp_path / "plan.docx"))
    assert (tmp_path / "plan.docx").read_bytes().startswith(b"PK")


def test_a_policy_change_goes_from_its_form_to_paper(run: CliRunner, tmp_path: Path) -> None:
    form = json.loads(run.invoke(cli.kb, ["learn", "policy", "form"]).output)
    form |= {"practices": ["bee-path"], "exchanges": []}
    form["effects"][0]["after"] = {"value": 7.5, "date": "2026-06", "source": "Register"}
    assert "policy-1 · recorded" in said(run, "policy", "record", "-", given=json.dumps(form))
    assert "efficiency: Days to a permit: 30 days (2025) → 7.5 days (2026-06): −22.5 days" in said(
        run, "policy", "show", "policy-1"
    )
    said(run, "policy", "confirm", "policy-1", as_="bo")
    assert "policy-1 · recorded" in said(run, "policy", "revise", "policy-1", "-", given='{"title": "In a day"}')
    said(run, "policy", "export", "policy-1", "--output", str(tmp_path / "policy.pdf"))
    assert (tmp_path / "policy.pdf").read_bytes().startswith(b"%PDF")
    said(run, "policy", "withdraw", "policy-1", "--why", "Repealed.")
    assert said(run, "policy", "list") == "0 policy changes\n"


@pytest.mark.parametrize(
    ("given", "words"),
    [("{", "cannot be read as JSON"), ("[1]", "is no JSON object"), ('{"by": {"name": "bo"}}', "keys that are not known: by"),
     ("{}", "title: "), ('{"actions": 7}', "actions: is “7”; wanted is a list"), ("[" * 5000, "cannot be read as JSON")],
)  # fmt: skip
def test_a_file_that_is_no_plan_is_refused_in_one_sentence(run: CliRunner, given: str, words: str) -> None:
    assert words in refused(run, "plan", "draft", "-", given=given)
