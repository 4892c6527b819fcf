"""``kb learn dashboard|network|notices|feed|notify`` print what the services say, as text, JSON and files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fake_records import FakeRecords

from kb import cli
from kb.adapters.mail import SmtpPost
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import lessons, matches, needs, offers
from tests.assessed import a_base, who

Type = Callable[..., Result]


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    made = a_base(tmp_path, FakeRecords())
    monkeypatch.setattr("kb.bootstrap.open_kb", lambda *_: made)
    needs.post(made, "=Soil", "How?", seeks="knowledge", actor=who(made, "ann"))
    offers.post(made, "Worms", "We keep worms.", gives=["knowledge"], actor=who(made, "bo"))
    matches.propose(made, "need-1", "offer-1", actor=who(made, "fay"))
    lessons.note(made, "Ask first.", level="individual", from_whom="House of Bo", actor=who(made, "ann"))
    return made


@pytest.fixture
def typed(kb: KnowledgeBase) -> Type:  # kb is what the commands work on
    def run(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(cli.kb, ["learn", *words])
        assert result.exit_code == code, result.output
        return result

    return run


def test_the_dashboard_prints_numbers_with_what_they_count(typed: Type) -> None:
    lines = typed("dashboard", "--list").output.splitlines()

    assert "    1  needs · needs-unanswered" in lines
    assert any(line.startswith("       need-1 · =Soil · open · House of Ann · since ") for line in lines)
    told = json.loads(typed("dashboard", "--json").output)
    assert {each["key"]: len(each["things"]) for each in told["numbers"]}["matches-waiting"] == 1


def test_tables_are_printed_or_written_and_a_sheet_needs_a_name(typed: Type, tmp_path: Path) -> None:
    assert "'=Soil" in typed("dashboard", "--to", "csv").output
    assert "needs --output FILE" in typed("network", "--to", "xlsx", code=2).output
    typed("network", "--to", "xlsx", "--output", str(tmp_path / "net.xlsx"))
    assert (tmp_path / "net.xlsx").read_bytes()[:2] == b"PK"


def test_the_network_prints_who_learned_from_whom(kb: KnowledgeBase, typed: Type) -> None:
    assert typed("network").output == (
        "0 arrows between 0 organisations\n1 more would be drawn if somebody else confirmed what was told.\n"
    )
    assert json.loads(typed("network", "--json").output)["n_unconfirmed"] == 1
    lessons.confirm(kb, "lesson-1", actor=who(kb, "bo"))
    lines = typed("network").output.splitlines()

    assert "House of Ann ← House of Bo · lesson lesson-1 · Ask first." in lines[0]
    assert lines[-1] == "1 arrow between 2 organisations"


def test_what_happened_is_printed_and_is_an_atom_file(typed: Type) -> None:
    assert any("fay: match proposed · match-1 · =Soil ↔ Worms" in line for line in typed("feed").output.splitlines())
    assert len(json.loads(typed("feed", "--json", "--limit", "2").output)) == 2
    assert typed("feed", "--atom").output.startswith("<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns=")


def test_what_waits_is_printed_for_whom_one_acts_as(typed: Type) -> None:
    ann, sam = (typed("notices", "list", "--as", name).output for name in ("ann", "sam"))

    assert "A match is proposed for you · match-1 · =Soil ↔ Worms" in ann
    assert ann.endswith("1 thing waiting\n")
    assert sam == "0 things waiting\n"
    assert json.loads(typed("notices", "list", "--as", "ann", "--json").output)[0]["kind"] == "consent"


def test_letters_are_asked_for_tried_sent_and_ended(typed: Type, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    assert typed("notify").output == "Nobody asked for letters.\n"
    typed("notices", "subscribe", "ann@example.org", "--as", "ann")
    tried = typed("notify", "--dry-run").output
    assert tried.startswith("ann:\nHello ann,\n")
    assert "- A match is proposed for you: =Soil ↔ Worms [match-1]" in tried.splitlines()

    nowhere = replace(kb, post=SmtpPost("smtp://127.0.0.1:1", "kb@example.org"))
    monkeypatch.setattr("kb.bootstrap.open_kb", lambda *_: nowhere)
    assert "ann: not sent. The mail server 127.0.0.1 cannot be reached" in typed("notify", code=1).output
    assert typed("notices", "unsubscribe", "--as", "ann").output == "No letters are sent to you, and your address is forgotten.\n"
    assert typed("notify").output == "Nobody asked for letters.\n"
