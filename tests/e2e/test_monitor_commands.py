"""``kb monitor`` and ``kb benchmark ladder|approve|withdraw-approval`` as people type them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import cli, open_kb
from kb.errors import InvalidEntry, KBError, NotFound, PermissionDenied
from kb.settings import Settings
from tests.assessed import PRACTICE, SHEET, add_members

Typed = Callable[..., Result]
SET = (
    "set", PRACTICE, "hives", "--title", "Hives", "--definition", "Counted in May.", "--unit", "hives", "--direction", "up",
    "--frequency", "yearly", "--responsible", "Network", "--baseline", "7", "--baseline-date", "2019-12-31",
    "--target", "17", "--target-date", "2030-12-31",
)  # fmt: skip


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs ``kb monitor …`` over one practice, as the local member or as ``who``."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    settings.practices.mkdir(parents=True)
    (settings.practices / f"{PRACTICE}.yaml").write_text(SHEET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    environment = {"KB_CORPUS": str(tmp_path / "corpus"), "KB_INDEX": str(tmp_path / "index")}
    add_members(open_kb(settings))

    def run(*words: str, who: str = "", group: str = "monitor") -> Result:
        acting = ("--as", who) if who else ()
        return CliRunner().invoke(cli.kb, [group, *words, *acting], env=environment)

    return run


def out(result: Result) -> str:
    assert (result.exception, result.exit_code) == (None, 0), result.output
    return result.stdout


def refused(result: Result, kind: type[KBError]) -> str:
    assert isinstance(result.exception, kind), (result.exception, result.output)
    return str(result.exception)


def test_monitoring_from_the_indicator_to_the_table(typed: Typed, tmp_path: Path) -> None:
    told = out(typed(*SET, who="fay"))
    assert told == "hives is set: Hives, in hives, yearly; first reading due by 2020-12-31\n"
    assert out(typed("add", PRACTICE, "hives", "2020-05-01", "9", "--source", "report", who="fay")) == "Reading 2 is added.\n"
    assert out(typed("add", PRACTICE, "hives", "2020-05-01", "-9", "--source", "survey", who="fay")) == "Reading 3 is added.\n"

    shown = out(typed("show", f"corpus/practices/{PRACTICE}.yaml", who="sam"))
    assert "hives · Hives · hives · should go up · yearly · Network\n  Counted in May.\n" in shown
    assert "  baseline: 7 on 2019-12-31\n  target: 17 on 2030-12-31\n  progress -160% to 20%\n" in shown
    assert "  3: 2020-05-01: -9 (survey; entered by fay)\n  the sources disagree about 2020-05-01: 9 against -9\n" in shown
    assert "  missing: no reading between 2021-01-01 and 2021-12-31\n" in shown
    assert out(typed("withdraw", PRACTICE, "3", "--why", "a minus too many", who="fay")) == "Reading 3 is withdrawn.\n"

    as_json = json.loads(out(typed("show", PRACTICE, "--json", who="sam")))["indicators"][0]
    assert as_json["progress"] == {"low": 0.2, "high": 0.2, "why": None}
    assert [each["withdrawn"] and each["withdrawn"]["why"] for each in as_json["readings"]] == [None, "a minus too many"]
    assert (as_json["latest"], as_json["disagreements"], as_json["trend"]) == ([2], [], None)
    assert as_json["periods"][0] == {
        "start": "2020-01-01", "end": "2020-12-31", "readings": [2], "is_missing": False, "is_due": False,
    }  # fmt: skip

    late = out(typed("overdue", who="fay"))
    assert late.startswith("bee-path: hives · since 2021-12-31 · ")
    assert late.endswith(" · last read for 2020-05-01 · Network · Hives · ← yours\n1 indicator overdue\n")
    assert json.loads(out(typed("overdue", "--json")))["overdue"][0]["is_mine"] is False
    assert out(typed("overdue", "--practice", "other")) == "0 indicators overdue\n"
    assert out(typed("list")).startswith("bee-path · 1 indicator · 1 reading · ")
    table = list(csv.DictReader(io.StringIO(out(typed("export", PRACTICE)).removeprefix("\ufeff"))))
    assert [(row["value"], row["source"], bool(row["withdrawn"])) for row in table] == [
        ("9", "report", False),
        ("-9", "survey", True),
    ]
    out(typed("export", PRACTICE, "--to", "xlsx", "--output", "readings.xlsx"))
    assert (tmp_path / "readings.xlsx").read_bytes()[:2] == b"PK"

    out(typed("end", PRACTICE, "hives", "--why", "The path is closed.", who="fay"))
    assert out(typed("overdue")) == "0 indicators overdue\n"
    assert "ended on" in out(typed("show", PRACTICE))


def test_a_table_is_imported_whole_or_every_fault_is_told_by_line(typed: Typed, tmp_path: Path) -> None:
    out(typed(*SET))
    file = tmp_path / "readings.csv"
    file.write_text("Indicator;Date;Value;Source\nhives;2020-05-01;9;report\nhive;May;1,5;\n", encoding="utf-8-sig")

    wrong = typed("import", PRACTICE, "readings.csv")
    assert wrong.exit_code == 1
    assert wrong.stdout == ""
    assert wrong.stderr.splitlines() == [
        "line 3: source: is blank",
        "line 3: indicator: there is no indicator “hive”; did you mean “hives”?",
        "line 3: date: “May” is no date such as 2026-12-31",
        "line 3: value: “1,5” has a comma, which parts thousands in some countries and decimals in others; "
        "wanted is one such as 1200 or 3.5, without spaces or a unit",
        "Nothing was imported: 4 faults",
    ]
    file.write_text("indicator,date,value,source\nhives,2020-05-01,9,report\nhives,2021-05-01,10,report\n", encoding="utf-8")
    assert out(typed("import", PRACTICE, "readings.csv", "--check")) == "2 readings, no fault\n"
    assert json.loads(out(typed("show", PRACTICE, "--json")))["indicators"][0]["readings"] == []
    assert out(typed("import", PRACTICE, "readings.csv")) == "2 readings imported\n"
    assert "rising from 2020-05-01 to 2021-05-01 (+1)" in out(typed("show", PRACTICE))


def test_what_is_wrong_or_not_allowed_is_one_sentence(typed: Typed) -> None:
    assert "needs the role contributor or facilitator" in refused(typed(*SET, who="sam"), PermissionDenied)
    assert "its target lies the other way" in refused(typed(*SET, "--direction", "down"), InvalidEntry)
    assert "has no indicator" in refused(typed("add", PRACTICE, "x", "2020-05-01", "9", "--source", "y"), NotFound)
    refused(typed("show", "no-such-practice"), NotFound)
    assert typed("export", PRACTICE, "--to", "xlsx").exit_code == 2


def test_the_ladder_says_who_when_on_what_and_until_when(typed: Typed) -> None:
    before = out(typed("ladder", PRACTICE, who="sam", group="benchmark"))
    assert before.endswith("expert-validated: not reached\nbee-path is declared\n")

    approved = typed("approve", PRACTICE, "--evidence", "We visited.", "--expires", "2099-12-31", who="fay", group="benchmark")
    assert out(approved) == "bee-path is project-approved\n"
    told = out(typed("ladder", PRACTICE, who="sam", group="benchmark")).splitlines()
    assert told[1].startswith("project-approved · fay · 20")
    assert told[1].endswith(" · We visited. · until 2099-12-31")
    as_json = json.loads(out(typed("ladder", PRACTICE, "--json", who="sam", group="benchmark")))
    assert [step["stands"] for step in as_json["steps"]] == [True, True, False, False]
    assert as_json["steps"][1]["ground"]["granted_by"] == "fay"

    why = ("--why", "It is closed.")
    assert "needs the role facilitator" in refused(
        typed("withdraw-approval", PRACTICE, *why, who="sam", group="benchmark"), PermissionDenied
    )
    assert out(typed("withdraw-approval", PRACTICE, *why, who="fay", group="benchmark")) == "bee-path is declared\n"
    assert "does not stand · fay · 20" in out(typed("ladder", PRACTICE, group="benchmark"))
