"""``kb assess`` as people type it: a whole assessment over a small real knowledge base, and what no command shows too early."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from kb import cli, open_kb
from kb.errors import Conflict, InvalidEntry, KBError, NotFound, PermissionDenied
from kb.services.assessing import opening
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from tests import panels
from tests.assessed import BEES, LEDGER, PRACTICE, RUBRIC, SHEET, add_members

ID, DUE = f"{PRACTICE}-1", "2099-12-20"
BEES_SAY = "Pupils visit the hives every spring: seven hives stand along the route."
LEDGER_SAYS = "The secret ledger counts the losses of the keepers."
SECRET = "zebrafish"
Typed = Callable[..., Result]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Path:
    """One practice, its open and its restricted document, a rubric, members; ingested. Only copied."""
    root = tmp_path_factory.mktemp("assess")
    settings = Settings(root / "corpus", root / "index")
    files = {
        settings.practices / f"{PRACTICE}.yaml": SHEET,
        settings.rubrics / f"{RUBRIC}.yaml": json.dumps(dict(panels.RAW)),
        settings.documents / BEES: f"---\nvisibility: public\n---\n\n# Bees\n\n{BEES_SAY}\n\nThe city pays the keepers.\n",
        settings.documents / LEDGER: f"---\nvisibility: restricted\n---\n\n# Ledger\n\n{LEDGER_SAYS}\n",
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings.index.mkdir()
    settings.models.symlink_to(models)
    kb = open_kb(settings)
    ingest(kb, [kb.documents, kb.practices.folder], actor=LOCAL_MEMBER)
    add_members(kb)
    return root


@pytest.fixture
def typed(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs ``kb assess …`` in a copy of it; ``typed("list", who="ann")`` as a member."""
    for part in ("corpus", "index"):
        shutil.copytree(ready / part, tmp_path / part, symlinks=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    environment = {"KB_CORPUS": str(tmp_path / "corpus"), "KB_INDEX": str(tmp_path / "index")}

    def run(*words: str, who: str = "", group: str = "assess") -> Result:
        acting = ("--as", who) if who else ()
        return CliRunner().invoke(cli.kb, [group, *words, *acting], env=environment)

    return run


def out(result: Result) -> str:
    assert (result.exception, result.exit_code) == (None, 0), result.output
    return result.stdout


def refused(result: Result, kind: type[KBError]) -> str:
    assert isinstance(result.exception, kind), (result.exception, result.output)
    return str(result.exception)


def begun(typed: Typed, *reviewers: str) -> None:
    out(typed("open", PRACTICE, "--rubric", RUBRIC, "--due", DUE, who="fay"))
    out(typed("invite", ID, *reviewers, who="fay"))
    for name in reviewers:
        out(typed("accept", ID, who=name))
    out(typed("begin", ID, who="fay"))


def filled(form: str, *scores: str, reason: str, quote: str = BEES_SAY, gate: str = "yes") -> str:
    """A form as a person fills it in: line by line, with a quote beside each score."""
    said, lines, item = iter(scores), [], ""
    for line in form.splitlines():
        if found := re.fullmatch(r"  ([a-z-]+):", line):
            item = found[1]
        key = line.strip().partition(":")[0]
        if key == "verdict":
            line = f"    verdict: {gate}"
        elif key == "score":
            line = f"    score: {next(said)}"
        elif key == "confidence":
            line = f"    confidence: {'high' if lines[-1][-1].isdigit() else ''}"
        lines.append(f"{line}{reason}" if line == "      " else line)
        if line == "    evidence:" and item in panels.RUBRIC.criterion_names and quote:
            lines += [f"    - document: {BEES}", "      quote: |", f"        {quote}"]
    return "\n".join(lines) + "\n"


def submitted(typed: Typed, name: str, *scores: str, reason: str = "as it stands") -> None:
    text = filled(out(typed("form", ID, "--passages", "0", who=name)), *scores, reason=reason)
    Path("review.yaml").write_text(text, encoding="utf-8")
    assert f"Your review of {ID} is submitted." in out(typed("review", ID, "--file", "review.yaml", "--submit", who=name))


# the whole story ----------------------------------------------------------------------------------------------------------


def test_from_the_opening_to_the_label(typed: Typed) -> None:
    opened = out(typed("open", PRACTICE, "--rubric", RUBRIC, "--due", DUE, who="fay"))
    assert opened.startswith(f"{ID} is opened.")
    invited = typed("invite", ID, "ann", "olu", "nobody", "bo", who="fay")
    assert invited.exit_code == 1
    assert [line.split(":")[0] for line in invited.stderr.splitlines()] == ["olu", "nobody"]
    assert invited.stdout.startswith("Invited: ann, bo\n")
    candidates = out(typed("candidates", ID, who="fay"))
    assert "cy (House of Cy): may be invited" in candidates
    assert "ann (House of Ann): no: " in candidates
    for name in ("ann", "bo"):
        out(typed("accept", ID, who=name))
    assert "reviewing" in out(typed("begin", ID, who="fay"))

    submitted(typed, "ann", "4", "4", "3", "3", "3")
    submitted(typed, "bo", "1.5", "4", "3,5", "unknown", "3")
    assert "replying" in out(typed("show", ID, who="fay")).splitlines()[0]

    out(typed("reply", ID, "--text", "We thank you.", "--on", "effectiveness", "There is a later count.", who="olu"))
    assert "reconciling" in out(typed("close-reply", ID, who="olu"))
    told = refused(typed("conclude", ID, who="fay"), InvalidEntry)
    assert "effectiveness" in told
    assert "It would come to:" in out(typed("conclude", ID, "--preview", who="fay"))
    out(typed("settle", ID, "effectiveness", "--score", "3.5", "--why", "The later count.", who="ann"))
    concluded = out(typed("conclude", ID, who="fay"))

    # effectiveness 3.5 settled, equity 4, reach (3 + 3.5) / 2, evidence 3 of ann alone, transfer 3: core (3.5 + 4) / 2 >= 3.5
    assert f"{ID} · concluded · Validated on " in concluded
    told = json.loads(out(typed("show", ID, "--json", who="fay")))
    assert {item["name"]: item["score"] for item in told["criteria"]} == {
        "effectiveness": 3.5, "equity": 4, "reach": 3.25, "evidence": 3, "transfer": 3,
    }  # fmt: skip
    shown = out(typed("show", ID, who="fay"))
    for words in (
        "We thank you.",
        "There is a later count.",
        "Agreed by the panel: 3.5 of 5",
        "Evidence for: [1]",
        f"[1] “{BEES_SAY}”",
    ):
        assert words in shown
    assert "The reviewers were far apart." in shown


def test_a_seat_is_declined_a_reviewer_excused_a_date_changed_and_an_assessment_cancelled(typed: Typed) -> None:
    out(typed("open", PRACTICE, "--rubric", RUBRIC, "--due", DUE, "--answers-for-owner", "olu", who="fay"))
    out(typed("invite", ID, "ann", "bo", "cy", who="fay"))
    out(typed("decline", ID, "--why", "no time", who="ann"))
    out(typed("excuse", ID, "bo", "--why", "is ill", who="fay"))
    assert "due 2099-12-24" in out(typed("due", ID, "2099-12-24", who="fay"))
    assert "cancelled" in out(typed("cancel", ID, "--why", "nobody is left", who="fay"))

    shown = out(typed("show", ID, who="fay"))
    seats = {each["name"]: each["state"] for each in json.loads(out(typed("show", ID, "--json", who="fay")))["panel"]}
    assert seats == {"ann": "declined", "bo": "excused", "cy": "invited"}
    assert "no time" in shown
    assert "nobody is left" in shown
    assert "Missing option '--why'" in typed("cancel", ID).output


def test_mine_come_first_and_what_waits_before_them(typed: Typed) -> None:
    for _ in range(3):
        out(typed("open", PRACTICE, "--rubric", RUBRIC, "--due", DUE, who="fay"))
    out(typed("invite", f"{PRACTICE}-1", "ann", who="fay"))
    out(typed("invite", f"{PRACTICE}-2", "ann", who="fay"))
    out(typed("decline", f"{PRACTICE}-2", who="ann"))

    lines = out(typed("list", who="ann")).splitlines()

    assert [line.partition(" ")[0] for line in lines] == [f"{PRACTICE}-{n}" for n in (1, 2, 3)] + ["3"]
    assert [line.endswith("← review") for line in lines] == [True, False, False, False]
    told = json.loads(out(typed("list", "--json", "--stage", "opened", "--practice", PRACTICE, who="ann")))["assessments"]
    assert [(each["id"], each["my_seat"], each["waits_for_you"]) for each in told] == [
        (f"{PRACTICE}-1", "invited", "review"), (f"{PRACTICE}-2", "declined", ""), (f"{PRACTICE}-3", None, ""),
    ]  # fmt: skip
    assert out(typed("list", "--stage", "concluded")) == "0 assessments\n"
    assert out(typed("list", "--practice", "wasps")) == "0 assessments\n"


def test_who_may_not_is_told_so(typed: Typed) -> None:
    begun(typed, "ann", "bo")

    assert "facilitator" in refused(typed("open", PRACTICE, "--rubric", RUBRIC, "--due", DUE, who="ann"), PermissionDenied)
    assert "facilitator" in refused(typed("conclude", ID, who="ann"), PermissionDenied)
    assert "no seat" in refused(typed("form", ID, who="cy"), PermissionDenied)
    assert "You take no part" in refused(typed("settle", ID, "reach", "--score", "3", "--why", "so", who="sam"), InvalidEntry)
    refused(typed("show", "wasps-1", who="ann"), NotFound)
    refused(typed("list", who="nobody"), NotFound)


# the form -----------------------------------------------------------------------------------------------------------------


def test_the_form_asks_everything_and_a_blank_one_says_nothing(typed: Typed) -> None:
    begun(typed, "ann", "bo")

    form = out(typed("form", ID, who="ann"))
    Path("blank.yaml").write_text(form, encoding="utf-8")
    taken = typed("review", ID, "--file", "blank.yaml", who="ann")

    for asked in (*panels.RUBRIC.gates, *panels.RUBRIC.criteria):
        assert asked.question.best("en")[1] in form
    assert "# 0: nothing" in form
    assert "# 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, not-assessable, unknown" in form
    assert list(yaml.safe_load(form)["criteria"]) == list(panels.RUBRIC.criterion_names)
    assert out(taken) == f"Your review of {ID} is kept as a draft; before it can be submitted, 7 things to do.\n"
    line = form.splitlines().index("  equity:") + 1
    assert f"blank.yaml:{line}: criteria.equity: has no answer" in taken.stderr.splitlines()


def test_passages_that_speak_to_a_question_stand_beside_it_and_are_named_by_taking_a_sign_away(typed: Typed) -> None:
    begun(typed, "ann", "bo")
    form = out(typed("form", ID, who="ann"))
    beside = next(line for line in form.splitlines() if line.startswith("    #- {passage: "))
    assert BEES_SAY in " ".join(form.replace("#", " ").split())
    assert LEDGER_SAYS not in form

    Path("named.yaml").write_text(form.replace(beside, beside.replace("#", ""), 1), encoding="utf-8")
    out(typed("review", ID, "--file", "named.yaml", who="ann"))

    (pin,) = yaml.safe_load(out(typed("form", ID, "--passages", "0", who="ann")))["gates"]["relevance"]["evidence"]
    assert pin["stance"] == "for"
    assert pin["document"] in (BEES, f"practice:{PRACTICE}.yaml")
    searched = out(typed("passages", ID, "equity", "--question", "hives", who="ann"))
    assert BEES_SAY in searched
    assert LEDGER_SAYS not in searched


def test_every_fault_of_a_form_is_told_at_once_with_its_line_and_nothing_is_kept(typed: Typed) -> None:
    begun(typed, "ann", "bo")
    form = out(typed("form", ID, "--passages", "0", who="ann"))
    text = filled(form, "7", "3.3", "3", "3", "3", reason="as it stands", gate="maybe").replace("  transfer:", "  transfers:")
    text = text.replace("version: 1\n", "version: 2\n").replace(BEES_SAY, "Pupils burn the hives.", 1)
    Path("faulty.yaml").write_text(text, encoding="utf-8")

    taken = typed("review", ID, "--file", "faulty.yaml", "--submit", who="ann")

    lines = text.splitlines()
    at = {name: lines.index(f"  {name}:") + 1 for name in ("relevance", "ethics", "effectiveness", "equity", "transfers")}
    told = [re.match(r"faulty\.yaml:(\d+): ([\w.-]+): (.*)", line) for line in taken.stderr.splitlines()[:-1]]
    found = {each[2]: (int(each[1]), each[3]) for each in told if each}
    assert taken.exit_code == 1
    assert taken.stdout == ""
    assert set(found) == {
        "version", "gates.relevance.verdict", "gates.ethics.verdict", "criteria.effectiveness.score", "criteria.equity.score",
        "criteria.transfers",
    }  # fmt: skip
    assert found["criteria.transfers"] == (at["transfers"], "the rubric does not ask for “transfers”; did you mean “transfer”?")
    assert found["gates.relevance.verdict"][1] == "“maybe” is none of yes, no, unclear"
    assert found["criteria.equity.score"][1].startswith("is “3.3”; wanted is one of 0, 0.5, ")
    for name, (line, _) in found.items():
        assert name == "version" or at[name.split(".")[1]] <= line <= at[name.split(".")[1]] + 6
    assert taken.stderr.splitlines()[-1] == "Nothing is kept: 6 faults."
    assert out(typed("form", ID, "--passages", "0", who="ann")) == form


def test_words_that_are_in_no_document_are_no_evidence_and_neither_are_those_of_one_that_one_may_not_see(typed: Typed) -> None:
    begun(typed, "ann", "bo")
    form = out(typed("form", ID, "--passages", "0", who="ann"))
    for quote, document in (("Pupils burn the hives.", BEES), (LEDGER_SAYS, ""), (LEDGER_SAYS, LEDGER), (BEES_SAY, "bees.txt")):
        text = filled(form, "4", "4", "3", "3", "3", reason="so", quote=quote).replace(BEES, document or '""')
        Path("review.yaml").write_text(text, encoding="utf-8")

        taken = typed("review", ID, "--file", "review.yaml", who="ann")

        assert taken.exit_code == 1
        told = taken.stderr.splitlines()
        assert told[-1] == "Nothing is kept: 5 faults."
        assert all(re.match(r"review\.yaml:\d+: criteria\.[a-z]+\.evidence\.1", line) for line in told[:-1])
        assert LEDGER_SAYS not in taken.stderr


def test_what_is_missing_keeps_a_review_from_being_submitted_and_not_from_being_kept(typed: Typed) -> None:
    begun(typed, "ann", "bo")
    form = out(typed("form", ID, "--passages", "0", who="ann"))
    Path("part.yaml").write_text(
        filled(form, "4", "", "unknown", "3", "3", reason="Well: it works # so", quote=""), encoding="utf-8"
    )

    taken = typed("review", ID, "--file", "part.yaml", "--submit", who="ann")

    assert taken.exit_code == 1
    assert taken.stdout == f"Your review of {ID} is kept as a draft; before it can be submitted, 1 thing to do.\n"
    assert "criteria.equity: has no answer" in taken.stderr
    assert "note: effectiveness is scored without a passage" in taken.stderr
    kept = yaml.safe_load(out(typed("form", ID, "--passages", "0", who="ann")))
    assert kept["criteria"]["effectiveness"]["reason"] == "Well: it works # so\n"
    assert (kept["criteria"]["reach"]["score"], kept["criteria"]["equity"]["score"]) == ("unknown", None)


def test_a_draft_goes_out_and_in_again_as_it_is_and_a_submitted_review_stays(typed: Typed) -> None:
    begun(typed, "ann", "bo")
    form = out(typed("form", ID, "--passages", "0", who="ann"))
    Path("review.yaml").write_text(
        filled(form, "4", "4", "3", "3", "not-assessable", reason="Été\u00a0: oui — 🐝"), encoding="utf-8"
    )
    out(typed("review", ID, "--file", "review.yaml", who="ann"))
    draft = out(typed("form", ID, "--passages", "0", who="ann"))
    Path("again.yaml").write_text(draft, encoding="utf-8")
    out(typed("review", ID, "--file", "again.yaml", who="ann"))

    assert out(typed("form", ID, "--passages", "0", who="ann")) == draft
    assert "Été\u00a0: oui — 🐝" in draft
    out(typed("review", ID, "--file", "again.yaml", "--submit", who="ann"))
    assert "It stays as it is" in refused(typed("review", ID, "--file", "again.yaml", who="ann"), Conflict)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "x.yaml:1: is not a list of keys and values"),
        (b"a: [", "x.yaml:2: no YAML"),
        (b"assessment: \xff", "x.yaml:1: is not UTF-8"),
        (b"# " + b"x" * (1 << 20), "x.yaml:1: is longer than 1024 KB"),
        (b"a: &a [1]\nb: *a\n", "x.yaml:1: anchors (&) and aliases (*)"),
    ],
)
def test_a_file_that_is_no_form_is_told_in_a_line(typed: Typed, content: bytes, told: str) -> None:
    begun(typed, "ann", "bo")
    Path("x.yaml").write_bytes(content)

    taken = typed("review", ID, "--file", "x.yaml", who="ann")

    assert taken.exit_code == 1
    assert taken.stderr.splitlines()[0].startswith(told)


# who sees what ------------------------------------------------------------------------------------------------------------

LOOKS = (
    ("list",), ("list", "--json"), ("show", ID), ("show", ID, "--json"), ("stale",), ("stale", "--json"),
    ("export", ID, "--to", "csv"), ("export", ID, "--to", "json"), ("export", "--all", "--to", "csv"),
    ("export", ID, "--to", "docx", "--output", "x.docx"), ("export", ID, "--to", "xlsx", "--output", "x.xlsx"),
    ("export", "--all", "--to", "xlsx", "--output", "all.xlsx"), ("agreement", RUBRIC),
    ("agreement", RUBRIC, "--json", "--reviewers"), ("conclude", ID, "--preview"), ("form", ID, "--passages", "0"),
)  # fmt: skip


def looked(typed: Typed, who: str) -> dict[tuple[str, ...], str]:
    """All that a member can get to read, by command; office files unpacked."""
    found = {}
    for words in LOOKS:
        result = typed(*words, who=who)
        text = result.stdout + (str(result.exception) if result.exception else "")
        if "--output" in words and result.exception is None:
            text = "\n".join(unpacked(Path(words[-1])))
        found[words] = text
    return found


def unpacked(path: Path) -> Iterator[str]:
    """Every part of an office file, without the time at which it was made."""
    with zipfile.ZipFile(path) as file:
        for name in sorted(file.namelist()):
            if name != "docProps/core.xml":
                yield f"{name}: {file.read(name).decode('utf-8', 'replace')}"


def test_by_no_command_does_a_reviewer_learn_of_another_review_before_submitting_an_own_one(typed: Typed) -> None:
    begun(typed, "ann", "bo")
    before = looked(typed, "bo")

    submitted(typed, "ann", "4", "4", "3", "3", "3", reason=SECRET)

    assert looked(typed, "bo") == before
    for name in ("fay", "sam", "olu", "cy"):  # who leads, anybody, the owner, another reviewer and facilitator
        assert [words for words, text in looked(typed, name).items() if SECRET in text] == []
    submitted(typed, "bo", "4", "4", "3", "3", "3")
    assert SECRET in "".join(looked(typed, "bo").values())
    assert [words for words, text in looked(typed, "sam").items() if SECRET in text] == []


def test_the_owner_reads_reviews_without_the_names_of_reviewers(typed: Typed) -> None:
    begun(typed, "ann", "bo")
    for name in ("ann", "bo"):
        submitted(typed, name, "4", "4", "3", "3", "3", reason=SECRET)

    told = looked(typed, "olu")

    assert SECRET in told["show", ID]
    assert "Reviewer 2" in told["show", ID]
    assert [words for words, text in told.items() if re.search(r"\bann\b|\bbo\b|House of", text)] == []


# taking along -------------------------------------------------------------------------------------------------------------


def test_no_cell_of_a_table_is_computed_by_a_spreadsheet(typed: Typed) -> None:
    begun(typed, "ann", "bo")
    submitted(typed, "ann", "4", "4", "3", "3", "3", reason='=HYPERLINK("http://x","y")')
    submitted(typed, "bo", "4", "4", "3", "3", "3", reason="@SUM(1)")

    for words in (("export", ID, "--to", "csv"), ("export", "--all", "--to", "csv")):
        rows = list(csv.DictReader(io.StringIO(out(typed(*words, who="fay")).removeprefix("\ufeff"))))

        assert {row["reason"] for row in rows if row["kind"] == "criterion"} == {'\'=HYPERLINK("http://x","y")', "'@SUM(1)"}
        assert [name for row in rows for name, cell in row.items() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
        assert len(rows) == 2 * 7


def test_every_form_can_be_written_and_what_no_terminal_can_show_needs_a_file(typed: Typed) -> None:
    begun(typed, "ann", "bo")

    for form, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("csv", b""), ("json", b"{")):
        result = typed("export", ID, "--to", form, "--output", f"a.{form}", who="fay")
        assert out(result) == ""
        assert Path(f"a.{form}").read_bytes().startswith(begins)
        assert f"a.{form}: {Path(f'a.{form}').stat().st_size:,} bytes" in result.stderr
    for words, told in (
        (("export", ID, "--to", "pdf"), "needs --output FILE"),
        (("export", "--all", "--to", "pdf", "--output", "x.pdf"), "written as csv or xlsx"),
        (("export", "--to", "csv"), "Name one assessment, or give --all"),
        (("export", ID, "--all", "--to", "csv"), "Name one assessment, or give --all"),
        (("settle", ID, "reach", "--why", "so"), "Give one of --score"),
        (("settle", ID, "reach", "--score", "3", "--not-assessable", "--why", "so"), "Give one of --score"),
        (("reply", ID), "Say something"),
        (("reconfirm", ID, "reach", "--why", "so"), "Give --stands or --withdraw"),
    ):
        result = typed(*words)
        assert (result.exit_code, told in result.output) == (2, True), result.output


# evidence that changes ----------------------------------------------------------------------------------------------------


def test_a_changed_document_makes_scores_stale_until_their_reviewer_has_looked_again(typed: Typed, tmp_path: Path) -> None:
    begun(typed, "ann", "bo")
    for name in ("ann", "bo"):
        submitted(typed, name, "4", "4", "3", "3", "3")
    assert out(typed("stale", who="ann")) == "0 passages\n"

    document = tmp_path / "corpus" / "documents" / BEES
    document.write_text(document.read_text(encoding="utf-8") + "\nA line was added.\n", encoding="utf-8")
    kb = open_kb(Settings(tmp_path / "corpus", tmp_path / "index"))
    ingest(kb, [kb.documents], actor=LOCAL_MEMBER)

    told = out(typed("stale", "--of", ID, who="ann")).splitlines()
    assert told[0] == f"{ID} · effectiveness · ann: {BEES} is changed: “{BEES_SAY}”"
    assert told[-1] == "10 passages"
    assert "10 scores stale" in out(typed("list", who="fay"))
    out(typed("reconfirm", ID, "effectiveness", "--stands", "--why", "The words are there.", who="ann"))
    out(typed("reconfirm", ID, "equity", "--withdraw", "--why", "I see it otherwise now.", who="ann"))
    found = json.loads(out(typed("stale", "--json", who="ann")))["stale"]
    assert sorted({each["criterion"] for each in found if each["reviewer"] == "ann"}) == ["evidence", "reach", "transfer"]
    assert "Nothing of the evidence" in refused(
        typed("reconfirm", ID, "effectiveness", "--stands", "--why", "again", who="ann"), InvalidEntry
    )


def test_agreement_of_one_practice_is_no_figure(typed: Typed) -> None:
    begun(typed, "ann", "bo")
    for name in ("ann", "bo"):
        submitted(typed, name, "4", "4", "3", "3", "3")

    told = out(typed("agreement", RUBRIC, "--reviewers", who="fay"))
    criteria = json.loads(out(typed("agreement", RUBRIC, "--json", who="fay")))["criteria"]

    assert told.startswith("A small rubric, version 1: 1 assessment of 1 practice by 2 reviewers\n")
    assert "alpha –: only one practice was scored by two" in told
    assert [(each["alpha"]["value"], each["alpha"]["why"], each["n_ratings"]) for each in criteria] == [
        (None, "one-practice", 2)
    ] * 5


# demonstration ------------------------------------------------------------------------------------------------------------


def test_whatever_is_printed_or_written_of_a_demonstration_says_so(typed: Typed, tmp_path: Path) -> None:
    kb = open_kb(Settings(tmp_path / "corpus", tmp_path / "index"))
    opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=LOCAL_MEMBER, is_demo=True)
    steps = [typed("invite", ID, "ann", "bo", who="fay"), *(typed("accept", ID, who=name) for name in ("ann", "bo"))]
    steps += [typed("due", ID, "2099-12-24", who="fay"), typed("begin", ID, who="fay"), typed("form", ID, who="ann")]
    for name in ("ann", "bo"):
        submitted(typed, name, "4", "4", "3", "3", "3")
    looks = [typed("list"), typed("show", ID), typed("conclude", ID, "--preview"), typed("agreement", RUBRIC)]

    for step in (*steps, *looks):
        assert "Demonstration data" in out(step)
    assert json.loads(out(typed("list", "--json")))["assessments"][0]["is_demo"] is True
    for words in (("show", ID, "--json"), ("export", ID, "--to", "json"), ("agreement", RUBRIC, "--json")):
        assert json.loads(out(typed(*words)))["is_demo"] is True
    rows = csv.DictReader(io.StringIO(out(typed("export", "--all", "--to", "csv")).removeprefix("\ufeff")))
    assert {row["demonstration"] for row in rows} == {"yes"}
