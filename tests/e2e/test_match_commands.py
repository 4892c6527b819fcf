"""``kb learn need``, ``offer`` and ``match``: from what somebody looks for to what came of a visit, and tables to take along."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import cli, open_kb
from kb.cli.learn_match_told import FITS
from kb.errors import KBError
from kb.peers.learning.match_reasons import ObstacleKind, ReasonKind
from kb.services import members
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Commands in this process, over a knowledge base of its own with two members."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    settings.index.mkdir()
    settings.models.symlink_to(models)
    kb = open_kb(settings)
    for name, country in (("Ana", "PT"), ("Bo", "FR")):
        members.add(kb, name, organisation=f"House of {name}", country=country, roles=[], languages=["en"], actor=LOCAL_MEMBER)
    for name, value in settings.variables().items():
        monkeypatch.setenv(name, value)

    def invoke(*arguments: str, fails: bool = False) -> Result:
        result = CliRunner().invoke(cli.kb, ["learn", *arguments])
        assert isinstance(result.exception, KBError if fails else type(None)), result.output
        return result

    return invoke


def test_a_need_is_matched_and_done_from_the_command_line(run: Run) -> None:
    need = ("need", "post", "Hives in town", "We look for people who keep bees with pupils in the middle of a town.")
    assert "need-1 is posted" in run(*need, "--seeks", "peer-visit", "--urgency", "urgent", "--as", "Ana").output
    offer = ("offer", "post", "Des ruches à l'école", "Nous montrons nos ruches aux élèves et à leurs maîtres.")
    run(*offer, "--gives", "peer-visit", "--gives", "knowledge", "--format", "study-visit", "--as", "Bo")

    told = run("need", "candidates", "need-1").output
    assert "1. offer-1 · active · Des ruches à l'école" in told
    for line in (" + in meaning: number 1 of 1", " + gives what is sought: peer-visit", " + another country: PT seeks, FR gives"):
        assert line in told.splitlines()
    assert "a peer review needs peers of 2 other countries" in told
    found = json.loads(run("need", "candidates", "need-1", "--json").output)
    assert found["candidates"][0]["reasons"][0]["kind"] == "meaning"
    assert "1. need-1" in run("offer", "candidates", "offer-1").output

    assert "it waits for Ana" in run("match", "propose", "need-1", "offer-1").output
    assert "match-1" in run("match", "list", "--waiting", "--as", "Ana").output
    assert "it waits for Bo" in run("match", "consent", "match-1", "--as", "Ana").output
    assert "need-1 is matched" in run("match", "accept", "match-1", "--as", "Bo").output
    run("match", "done", "match-1", "--what", "They came in May.", "--as", "Bo")
    run("need", "answer", "need-1", "--how", "By a visit.", "--by", "match-1", "--as", "Ana")

    assert "They came in May." in run("match", "show", "match-1").output
    assert json.loads(run("need", "show", "need-1", "--json").output)["state"] == "answered"
    assert run("need", "list", "--open").output == "0 needs\n"


def test_all_that_speaks_for_and_against_a_match_has_words() -> None:
    assert set(FITS) == {*ReasonKind, *ObstacleKind}


def test_what_may_not_be_is_told_in_a_sentence(run: Run) -> None:
    refused = str(run("need", "post", "", "", "--seeks", "knowledge", "--place", "Porto", fails=True).exception)

    assert refused.startswith("The need was not posted: ")
    assert "place" in refused
    assert "There is no match “match-9”" in str(run("match", "accept", "match-9", fails=True).exception)


def test_tables_are_safe_to_open(run: Run) -> None:
    run("need", "post", "=1+1", "+2 people want to learn", "--seeks", "knowledge", "--as", "Ana")
    run("offer", "post", "@home", "=2+2", "--gives", "knowledge", "--as", "Bo")
    run("match", "propose", "need-1", "offer-1", "--as", "Ana")

    for thing, wanted in (("need", "'=1+1"), ("offer", "'@home"), ("match", "match-1")):
        head, row = csv.reader(io.StringIO(run(thing, "export").output.lstrip("\ufeff")))
        assert head[0] == thing
        assert wanted in row
