"""``kb transfer`` as people type it: a whole test over a small real knowledge base, and what no command shows too early."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import cli, open_kb
from kb.errors import Conflict, InvalidEntry, KBError, NotFound, PermissionDenied
from kb.services.clock import today
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from tests import transfers
from tests.assessed import BEES, LEDGER, PRACTICE, SHEET, add_members
from tests.transferred import FRAMEWORK, INDICATORS, profile

ID = f"{PRACTICE}-to-pt-1"
LISBON = "case-studies/lisbon.md"
BEES_SAY = "Pupils visit the hives every spring: seven hives stand along the route."
LISBON_SAYS = "In Lisbon a law lets schools keep hives on roofs, and the city pays."
SECRET = "zebrafish"
VALUES = {"core": "1", "evidence": "0", "law": "-2", "finance": "2", "need": "1", "champion": ""}  # the last is unknown
Typed = Callable[..., Result]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Path:
    """One practice with a document, one about Portugal, three profiles, a framework, members; ingested. Only copied."""
    root = tmp_path_factory.mktemp("transfer")
    settings = Settings(root / "corpus", root / "index")
    files = {
        settings.practices / f"{PRACTICE}.yaml": SHEET,
        settings.frameworks / f"{FRAMEWORK}.yaml": json.dumps(dict(transfers.RAW)),
        settings.contexts / "indicators.yaml": json.dumps(INDICATORS),
        settings.documents / BEES: f"---\nvisibility: public\n---\n\n# Bees\n\n{BEES_SAY}\n\nThe city pays the keepers.\n",
        settings.documents / LEDGER: "---\nvisibility: restricted\n---\n\n# Ledger\n\nThe ledger counts losses.\n",
        settings.documents / LISBON: f"---\nvisibility: public\ncountries: [PT]\n---\n\n# Lisbon\n\n{LISBON_SAYS}\n",
    }
    for place, title, urban, saved in (("SI", "Slovenia", 50, 10), ("PT", "Portugal", 70, 30), ("IE", "Ireland", 60, "unknown")):
        files[settings.contexts / f"{place}.yaml"] = json.dumps(profile(place, title, urban, saved))
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings.index.mkdir()
    settings.models.symlink_to(models)
    kb = open_kb(settings)
    ingest(kb, [kb.documents, kb.practices.folder, kb.contexts.folder], actor=LOCAL_MEMBER)
    add_members(kb)
    return root


@pytest.fixture
def typed(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs ``kb transfer …`` in a copy of it; ``typed("list", who="ann")`` as a member."""
    for part in ("corpus", "index"):
        shutil.copytree(ready / part, tmp_path / part, symlinks=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    environment = {"KB_CORPUS": str(tmp_path / "corpus"), "KB_INDEX": str(tmp_path / "index")}

    def run(*words: str, who: str = "", group: tuple[str, ...] = ("transfer",)) -> Result:
        acting = ("--as", who) if who else ()
        return CliRunner().invoke(cli.kb, [*group, *words, *acting], env=environment)

    return run


def out(result: Result) -> str:
    assert (result.exception, result.exit_code) == (None, 0), result.output
    return result.stdout


def refused(result: Result, kind: type[KBError]) -> str:
    assert isinstance(result.exception, kind), (result.exception, result.output)
    return str(result.exception)


def begun(typed: Typed, *assessors: str) -> None:
    opened = out(typed("open", PRACTICE, "--to", "PT", "--from", "SI", "--framework", FRAMEWORK, "--key", "law", who="fay"))
    assert opened.startswith(f"{ID} is opened.")
    if assessors:
        out(typed("invite", ID, *assessors, who="fay"))


def passage(typed: Typed, path: str, who: str) -> str:
    """Id of the first passage about hives of a document that ``passages`` names."""
    told = out(typed("passages", ID, "law", "--question", "Who keeps hives?", who=who))
    found = re.search(rf"^  (\S+)  {re.escape(path)}$", told, re.MULTILINE)
    assert found, told
    return found[1]


def judged(typed: Typed, name: str, *, reason: str = "as it stands") -> None:
    """A whole judgement, the law with a passage of each side, handed in."""
    of_bees, of_lisbon = (passage(typed, path, name) for path in (BEES, LISBON))
    for criterion, value in VALUES.items():
        said = ["--value", value, "--confidence", "high"] if value else ["--unknown"]
        said += ["--source", of_bees, "--target-against", of_lisbon] if criterion == "law" else ["--none-in-target"]
        out(typed("judge", ID, criterion, "--reason", reason, *said, who=name))
    out(typed("hand-in", ID, who=name))


# a whole test -------------------------------------------------------------------------------------------------------------


def test_a_test_goes_from_open_to_how_it_went(typed: Typed, tmp_path: Path) -> None:
    """Worked by hand: law counts twice: (1 + 0 − 4 + 2 + 1) / 6 = 0; with the unknown one −2/7 and +2/7."""
    begun(typed, "ann")
    assert "may be invited" in out(typed("candidates", ID, who="fay"))
    judged(typed, "ann")
    said = ("--helps", "Roofs.", "--hinders", "Wasps.", "--adapt", "the path", "two hives", "--keep", "bees", "--comment", "Try.")
    assert "it can be handed in" in out(typed("overall", ID, *said, who="ann"))
    out(typed("hand-in", ID, who="ann"))

    ended = out(typed("conclude", ID, who="fay"))
    assert "0 (−0.29 to +0.29) · 5 of 6 criteria known · 1 in the way" in ended
    told = ("evaluate", ID, "--outcome", "partly", "--on", today(), "--what", "Hives stand.")
    assert "name what bears it out" in refused(typed(*told, who="fay"), InvalidEntry)
    out(typed(*told, "--source", "Report of the city", "2026", who="fay"))

    shown = out(typed("show", ID, who="sam"))
    for words in (
        "ann · −2 · Sure",
        BEES_SAY,
        LISBON_SAYS,
        "the path: two hives",
        f"It worked in part, on {today()}",
        "Source: Report of the city (2026)",
        "−2 by 1 of 1",
    ):
        assert words in shown
    assert "concluded · 0 (−0.29 to +0.29)" in out(typed("list", who="sam"))
    assert "champion" in out(typed("what-if", ID, who="sam"))
    for form in ("pdf", "docx", "xlsx"):
        out(typed("export", ID, "--form", form, "--output", str(tmp_path / f"test.{form}"), who="sam"))
    assert (tmp_path / "test.pdf").read_bytes().startswith(b"%PDF")
    assert zipfile.is_zipfile(tmp_path / "test.docx")
    rows = list(csv.DictReader(io.StringIO(out(typed("export", ID, "--form", "csv", who="sam")).lstrip("\ufeff"))))
    assert [row["value"] for row in rows] == ["1", "0", "-2", "2", "1", ""]


def test_a_case_goes_from_considered_to_adopted(typed: Typed, tmp_path: Path) -> None:
    def case(*words: str, who: str = "sam") -> Result:
        return typed(*words, who=who, group=("learn", "case"))

    begun(typed, "ann")
    for criterion in VALUES:
        out(typed("judge", ID, criterion, "--unknown", "--reason", "so", who="ann"))
    out(typed("hand-in", ID, who="ann"))
    out(typed("conclude", ID, who="fay"))
    assert out(case("consider", ID, "--why", "Lisbon asks.")).startswith(
        "case-1 · considered · Bee paths for a city: SI to PT · Elsewhere"
    )
    out(case("move", "case-1", "understand", "--learned", "Ask."))
    assert "Nobody is named" in refused(case("move", "case-1", "adapt", "--learned", "Ask."), InvalidEntry)
    out(case(
        "plan", "case-1", "--core", "Keepers first.", "--adapted", "The path", "Roofs.", "--milestone", "hives", "Ten hives",
        "2026-03-01", "--group", "House of Ann", "--costs", "20,000 euros",
    ))  # fmt: skip
    for step in ("adapt", "re-use"):
        assert "0 of 1 milestone, 1 overdue" in out(case("move", "case-1", step, "--learned", "Ask."))
    assert "1 of 1 milestone" in out(case("reach", "case-1", "hives", "--on", today()))
    of_lisbon = passage(typed, LISBON, "fay")
    told = ("evaluate", "case-1", "--outcome", "worked", "--on", today(), "--what", "Ten hives.", "--passage", of_lisbon)
    assert "needs the role facilitator" in refused(case(*told), PermissionDenied)
    out(case(*told, who="fay"))
    assert "· confirmed ·" in out(typed("list", who="sam"))
    assert "case-1 · adopted" in out(case("adopt", "case-1", "--how", "The council."))

    shown = out(case("show", "case-1"))
    for words in ("Milestone hives: Ten hives", "Adapted: The path: Roofs.", "Kept in the end: Keepers first.", LISBON_SAYS):
        assert words in shown
    assert json.loads(out(case("list", "--state", "adopted", "--json")))["cases"][0]["plan"]["milestones"][0]["is_overdue"] is False
    for form in ("pdf", "docx"):
        out(case("export", "case-1", "--form", form, "--output", str(tmp_path / f"case.{form}")))
    assert (tmp_path / "case.pdf").read_bytes().startswith(b"%PDF")
    rows = list(csv.DictReader(io.StringIO(out(case("export", "--form", "csv")).lstrip("\ufeff"))))
    assert [(row["case"], row["outcome"], row["milestones_reached"]) for row in rows] == [("case-1", "worked", "1")]
    assert case("plan", "case-1").exit_code == 2
    assert case("export", "--form", "pdf").exit_code == 2


def test_what_is_asked_and_found_on_both_sides_is_printed_before_it_is_judged(typed: Typed) -> None:
    begun(typed, "ann")

    told = out(typed("passages", ID, "law", who="ann"))

    source, _, target = told.partition("Documents about the target")
    assert source.startswith("Documents of the practice\n  no evidence found in 2 documents; the nearest passages:")
    assert LISBON in target
    assert "Portugal has a law on hives" in told
    assert "nothing is asked here" in out(typed("passages", ID, "core", who="ann"))


def test_the_draft_tells_what_is_to_do_and_nobody_else_sees_it(typed: Typed) -> None:
    begun(typed, "ann", "bo")
    kept = out(typed("judge", ID, "law", "--value", "1", "--reason", SECRET, who="ann"))
    assert "before it can be handed in: core, evidence, law, finance, need, champion" in kept
    mine = out(typed("judge", ID, who="ann"))
    assert "+1  law" in mine
    assert "(does not say how sure you are)" in mine
    assert "law does not say how sure you are" in refused(typed("hand-in", ID, who="ann"), InvalidEntry)

    for who in ("bo", "fay", "sam", ""):
        for words in (
            ("show", ID),
            ("show", ID, "--json"),
            ("list",),
            ("what-if", ID),
            ("export", ID, "--form", "json"),
            ("matrix",),
        ):
            assert SECRET not in typed(*words, who=who).output


def test_until_it_is_concluded_everybody_sees_their_own_judgement_only(typed: Typed) -> None:
    begun(typed, "ann", "bo")
    judged(typed, "ann", reason=SECRET)

    for who in ("bo", "fay", "sam", ""):
        for words in (
            ("show", ID),
            ("show", ID, "--json"),
            ("list", "--json"),
            ("what-if", ID, "--json"),
            ("export", "--all", "--form", "csv"),
        ):
            told = out(typed(*words, who=who))
            assert SECRET not in told
            assert LISBON_SAYS not in told
    assert "1 of 2 judgements" in out(typed("list", who="sam"))
    assert "your own judgement alone: 0 (−0.29 to +0.29)" in out(typed("what-if", ID, who="ann"))
    assert "A judgement is still awaited of bo" in refused(typed("conclude", ID, who="fay"), InvalidEntry)

    out(typed("excuse", ID, "bo", "--why", "no time", who="fay"))
    out(typed("conclude", ID, who="fay"))
    assert SECRET in out(typed("show", ID, who="sam"))


# at a glance --------------------------------------------------------------------------------------------------------------


def test_practices_and_places_are_told_with_coverage_and_constraints_and_the_nearest_untested(typed: Typed) -> None:
    begun(typed, "ann")
    judged(typed, "ann")
    out(typed("conclude", ID, who="fay"))

    assert "  PT      0 (−0.29 to +0.29) · 5 of 6 criteria known · 1 in the way · 1 assessor" in out(typed("matrix", who="sam"))
    there = out(typed("could-work-in", "pt", who="sam"))
    assert there.startswith(f"Something stands in the way\n  {PRACTICE}: 0 (−0.29 to +0.29)")
    elsewhere = out(typed("where-could-work", PRACTICE, who="sam"))
    assert "Not tested, the nearest first\n  IE: SI is 0.50 apart, 1 of 2 indicators known" in elsewhere

    cells = json.loads(out(typed("matrix", "--json", "--to", "pt", who="sam")))["cells"]
    assert [(cell["practice"], cell["target"], cell["mean"], cell["n_blocking"], cell["standing"]) for cell in cells] == [
        (PRACTICE, "PT", 0, 1, "blocked")
    ]
    tested = json.loads(out(typed("could-work-in", "PT", "--json", who="sam")))["tested"]
    assert [each["test"] for each in tested] == [ID]
    rows = list(csv.DictReader(io.StringIO(out(typed("export", "--matrix", "--form", "csv")).lstrip("\ufeff"))))
    assert [(row["practice"], row["target"], row["blocking"]) for row in rows] == [(PRACTICE, "PT", "1")]


# refusals -----------------------------------------------------------------------------------------------------------------


def test_what_may_not_be_done_is_refused_in_one_sentence(typed: Typed) -> None:
    told = refused(
        typed("open", PRACTICE, "--to", "XX", "--from", "SI", "--framework", FRAMEWORK, "--due", "soon", who="fay"), InvalidEntry
    )
    assert "XX" in told
    assert "“soon” is no date" in told
    begun(typed)
    assert "judge transferability" in refused(typed("join", ID, who="sam"), PermissionDenied)
    out(typed("join", ID, who="ann"))
    assert "take part in this test already" in refused(typed("join", ID, who="ann"), Conflict)
    assert "Only who opened the test" in refused(typed("invite", ID, "bo", who="ann"), InvalidEntry)
    assert "does not ask for “beauty”" in refused(typed("judge", ID, "beauty", "--value", "1", who="ann"), InvalidEntry)
    assert "in no document about PT" in refused(
        typed("judge", ID, "law", "--value", "1", "--target", passage(typed, BEES, "ann"), who="ann"), NotFound
    )
    assert "There is no test of transferability" in refused(typed("show", "nothing", who="ann"), NotFound)
    out(typed("cancel", ID, "--why", "a slip", who="fay"))
    assert "cancelled" in out(typed("list", "--stage", "cancelled", who="sam"))


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("export", "--form", "csv"), "Name one test, or give --all or --matrix."),
        (("export", ID, "--all", "--form", "csv"), "Name one test, or give --all or --matrix."),
        (("export", "--all", "--form", "pdf"), "--all and --matrix are written as csv or xlsx."),
        (("export", ID, "--form", "pdf"), "needs --output FILE"),
        (("overall", ID), "Say something"),
        (("judge", ID, "law", "--value", "3"), "3 is not in the range"),
    ],
)
def test_a_command_that_cannot_be_meant_is_told_how_it_is_meant(typed: Typed, words: tuple[str, ...], hint: str) -> None:
    result = typed(*words)

    assert result.exit_code == 2
    assert hint in result.output
