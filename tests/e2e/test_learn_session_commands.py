"""``kb learn session`` as people type it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from kb import bootstrap, cli, open_kb
from kb.errors import InvalidEntry, KBError
from kb.settings import Settings
from tests.assessed import PRACTICE, SHEET, add_members

Typed = Callable[..., Result]
PLAN = (
    "plan", "seminar", "Paths for bees", "--begins", "2026-03-02T10:00", "--ends", "2026-03-02T12:00", "--zone", "Europe/Lisbon",
    "--host", "House of Ann", "--country", "PT", "--where", "Lisbon", "--practice", PRACTICE, "--agenda", "10:00 | Welcome | Ann",
    "--agenda", "11:00|The path", "--capacity", "12", "--language", "en", "--language", "pt",
)  # fmt: skip


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs ``kb learn session …`` over one practice, as the local member or as ``who``; no ingest is started."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    settings.practices.mkdir(parents=True)
    (settings.practices / f"{PRACTICE}.yaml").write_text(SHEET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    monkeypatch.setattr(bootstrap, "_launch", lambda job, settings: None)
    environment = {"KB_CORPUS": str(tmp_path / "corpus"), "KB_INDEX": str(tmp_path / "index")}
    add_members(open_kb(settings))

    def run(*words: str, who: str = "") -> Result:
        acting = ("--as", who) if who else ()
        return CliRunner().invoke(cli.kb, ["learn", "session", *words, *acting], env=environment)

    return run


def out(result: Result) -> str:
    assert (result.exception, result.exit_code) == (None, 0), result.output
    return result.stdout


def refused(result: Result, kind: type[KBError]) -> str:
    assert isinstance(result.exception, kind), (result.exception, result.output)
    return str(result.exception)


def test_a_session_from_its_plan_to_its_debrief(typed: Typed, tmp_path: Path) -> None:
    assert out(typed(*PLAN, who="ann")) == "session-1 is planned: Paths for bees, 2026-03-02T10:00+00:00\n"
    assert "planned by facilitators and by members of its host" in refused(typed(*PLAN, who="bo"), InvalidEntry)
    assert out(typed("join", "session-1", who="bo")) == "You take part in session-1; 1 of 12 places are taken.\n"
    out(typed("join", "session-1", who="sam"))
    out(typed("leave", "session-1", "--why", "ill", who="sam"))
    assert "2026-03-02T10:30+00:00" in out(
        typed("revise", "session-1", "--begins", "2026-03-02T10:30", "--chatham-house", who="ann")
    )
    told = out(typed("held", "session-1", "--people", "11", who="ann"))
    assert told == "session-1 was held; the debrief is due by 2026-03-09.\n"
    (tmp_path / "notes.txt").write_text("The path is marked.", encoding="utf-8")
    told = out(typed("notes", "session-1", "notes.txt", "--title", "What was said"))
    assert told == "The notes are conference-notes/sessions/session-1.md; they are being read in.\n"
    out(typed("debrief", "session-1", "--decided", "Meet again", "--draft", who="bo"))
    told = out(typed("debrief", "session-1", "--learned", "Ask the schools", "--level", "policy", "--open", "Who pays?", who="bo"))
    assert told == "The debrief of session-1 is shared. Noted: lesson-1.\n"

    lines = out(typed("show", "session-1", who="olu")).splitlines()
    assert lines[0].startswith(
        "session-1 · debriefed · seminar · 2026-03-02T10:30+00:00 · Europe/Lisbon · 1 of 12 places · Paths for bees"
    )
    assert "  1 take part; who they are is withheld" in lines
    assert "  10:00  Welcome" in lines  # who leads what is withheld as well
    assert "  learned (policy): Ask the schools → lesson-1" in lines
    assert "  takes part: bo, House of Bo FR" in out(typed("show", "session-1", who="fay"))


def test_notes_that_name_who_was_there_are_refused_until_a_facilitator_says_why(typed: Typed, tmp_path: Path) -> None:
    out(typed(*PLAN, "--chatham-house", who="ann"))
    out(typed("join", "session-1", who="bo"))
    out(typed("held", "session-1", who="ann"))
    (tmp_path / "notes.txt").write_text("The path is marked, said somebody of the house of Bo.", encoding="utf-8")

    told = refused(typed("notes", "session-1", "notes.txt"), InvalidEntry)
    assert "Each name with its lines (0 is the title): House of Bo (1)." in told
    told = out(typed("notes", "session-1", "notes.txt", "--despite-names", "Its practice is published."))
    assert told == "The notes are conference-notes/sessions/session-1.md; they are being read in.\n"


def test_a_debrief_that_names_who_was_there_is_refused_until_a_facilitator_says_why(typed: Typed) -> None:
    out(typed(*PLAN, "--chatham-house", who="ann"))
    out(typed("join", "session-1", who="bo"))
    out(typed("held", "session-1", who="ann"))
    given = ("debrief", "session-1", "--decided", "The house of Bo goes on.")

    assert "against the Chatham House Rule: House of Bo. Write" in refused(typed(*given, who="bo"), InvalidEntry)
    told = out(typed("debrief", "session-1", "--decided", "They go on.", "--despite-names", "They published it.", who="fay"))
    assert told == "The debrief of session-1 is shared.\n"


def test_lists_and_files(typed: Typed, tmp_path: Path) -> None:
    out(typed(*PLAN))
    out(typed(*PLAN[:2], "Off", *PLAN[3:]))
    out(typed("cancel", "session-2", "--why", "nobody comes"))

    assert out(typed("list")).splitlines()[-1] == "2 sessions"
    told = json.loads(out(typed("list", "--json")))["sessions"]
    assert [(each["id"], each["state"]) for each in told] == [("session-1", "planned"), ("session-2", "cancelled")]
    shown = json.loads(out(typed("show", "session-1", "--json")))
    assert (shown["planned"]["begins"], shown["remarks"], shown["are_names_withheld"]) == ("2026-03-02T10:00+00:00", [], False)
    assert out(typed("export")).splitlines()[1].lstrip("\ufeff").startswith("session-1,Paths for bees,seminar,planned,")
    out(typed("ics", "session-1", "--output", "one.ics"))
    (event,) = Calendar.from_ical((tmp_path / "one.ics").read_bytes()).events
    assert event["SUMMARY"] == "Paths for bees"


def test_faults_are_one_sentence(typed: Typed) -> None:
    told = refused(typed(*PLAN, "--zone", "Mars", "--embargo-until", "soon"), InvalidEntry)

    assert "zone: “Mars” is no time zone such as" in told
    assert "embargo_until: “soon” is no date such as" in told
