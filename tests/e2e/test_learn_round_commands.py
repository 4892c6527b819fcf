"""``kb learn round`` as people type it: from the first draft to the brief, and what no command shows too early."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import cli, open_kb
from kb.errors import Conflict, InvalidEntry, KBError, NotFound, PermissionDenied
from kb.settings import Settings
from tests.assessed import PRACTICE, SHEET, add_members

Typed = Callable[..., Result]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs ``kb learn round …`` over one practice, as the local member or as ``who``."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    settings.practices.mkdir(parents=True)
    (settings.practices / f"{PRACTICE}.yaml").write_text(SHEET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    environment = {"KB_CORPUS": str(tmp_path / "corpus"), "KB_INDEX": str(tmp_path / "index")}
    add_members(open_kb(settings))

    def run(*words: str, who: str = "") -> Result:
        acting = ("--as", who) if who else ()
        return CliRunner().invoke(cli.kb, ["learn", "round", *words, *acting], env=environment)

    return run


def out(result: Result) -> str:
    assert (result.exception, result.exit_code) == (None, 0), result.output
    return result.stdout


def refused(result: Result, kind: type[KBError]) -> str:
    assert isinstance(result.exception, kind), (result.exception, result.output)
    return str(result.exception)


def test_a_round_from_the_draft_to_the_brief(typed: Typed, tmp_path: Path) -> None:
    asked = ("--question", "Which law?", "--question", "Who pays?")
    drafted = out(typed("draft", "Laws", *asked, "--due", "2099-12-20", "--asked", "House of Ann", "--asked", "Zoe", who="fay"))
    assert drafted == "round-1 · draft · Laws · due 2099-12-20 · 0 cases\n"
    refused(typed("show", "round-1", who="ann"), NotFound)
    refused(typed("draft", "Laws", *asked, "--due", "2099-12-20", who="ann"), PermissionDenied)
    out(typed("revise", "round-1", "--axis", "Laws of bees", who="fay"))
    out(typed("send", "round-1", who="fay"))
    assert "← your case is waited for" in out(typed("list", who="ann"))

    kept = out(typed("answer", "round-1", "--answer", "q1=A law of 1999 = old.", "--keep", who="ann"))
    assert kept == "Kept as your draft; no answer yet: q2\n"
    given = out(typed("answer", "round-1", "--practice", PRACTICE, "--language", "en", who="ann"))
    assert given.startswith("Case 4 is submitted. round-1 · sent · Laws")
    assert out(typed("ask", "round-1", "4", "Which month?", who="bo")) == "Question 5 is asked.\n"
    assert "← 1 question on your case" in out(typed("list", who="ann"))
    assert out(typed("reply", "round-1", "5", "May.", who="ann")) == "Replied to question 5.\n"
    assert out(typed("vote", "round-1", "4", who="bo")) == "Case 4 interests 1 member.\n"
    assert out(typed("vote", "round-1", "4", "--take-back", who="bo")) == "Case 4 interests 0 members.\n"
    refused(typed("brief", "round-1", who="bo"), InvalidEntry)
    assert "asked, and no case came: Zoe" in out(typed("close", "round-1", who="fay"))
    refused(typed("answer", "round-1", "--answer", "q1=Late.", who="bo"), Conflict)
    assert out(typed("conclude", "round-1", "--conclusion", "q1=Laws help.", who="fay")).endswith(" · 1 conclusion\n")

    told = out(typed("brief", "round-1", who="bo"))
    assert "A law of 1999 = old." in told
    assert "Laws help." in told
    rows = list(csv.DictReader(io.StringIO(out(typed("brief", "round-1", "--form", "csv", who="bo")).removeprefix("\ufeff"))))
    assert [(each["question"], each["answer"]) for each in rows] == [("q1", "A law of 1999 = old."), ("q2", "")]
    out(typed("brief", "round-1", "--form", "pdf", "--output", str(tmp_path / "brief.pdf"), who="bo"))
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")
    whole = json.loads(out(typed("show", "round-1", "--json", who="bo")))
    assert (whole["state"], whole["silent"], whole["conclusions"]) == ("concluded", ["Zoe"], {"q1": "Laws help."})
    assert whole["cases"][0]["questions"][0]["replies"][0]["text"] == "May."


def test_what_is_typed_wrongly_is_told_before_anything_is_kept(typed: Typed) -> None:
    assert "Give KEY=TEXT" in typed("answer", "round-1", "--answer", "q1").output
    assert "needs --output FILE" in typed("brief", "round-1", "--form", "docx").output
    assert json.loads(out(typed("list", "--json"))) == {"rounds": []}
