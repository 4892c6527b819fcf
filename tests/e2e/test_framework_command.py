"""``kb transfer framework`` as somebody types it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import cli, open_kb
from kb.errors import InvalidEntry, NotFound
from kb.services import frameworks
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from tests.frameworks import SOUND

Typed = Callable[..., Result]


@pytest.fixture
def corpus(tmp_path: Path) -> Settings:
    """One sound framework and the document that it names."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    settings.frameworks.mkdir(parents=True)
    (settings.frameworks / "tiny.yaml").write_text(SOUND, encoding="utf-8")
    (settings.documents / "guides").mkdir(parents=True)
    (settings.documents / "guides" / "guidebook.md").write_text("# Guidebook\n", encoding="utf-8")
    return settings


@pytest.fixture
def typed(corpus: Settings, monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.chdir(corpus.corpus.parent)
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    environment = {"KB_CORPUS": str(corpus.corpus), "KB_INDEX": str(corpus.index)}
    return lambda *words: CliRunner().invoke(cli.kb, ["transfer", "framework", *words], env=environment)


def use(corpus: Settings) -> None:
    base = open_kb(corpus)
    framework = frameworks.framework(base, "tiny", actor=LOCAL_MEMBER)
    with base.records() as records:
        frameworks.keep_in_use(base, records, framework, actor=LOCAL_MEMBER)


def test_the_list_says_version_size_and_what_is_in_use(corpus: Settings, typed: Typed) -> None:
    assert typed().stdout == ("tiny  version 1 · A tiny framework · 3 criteria, about 5 minutes · not in use\n1 framework\n")
    use(corpus)
    (corpus.frameworks / "tiny.yaml").write_text(SOUND.replace("minutes: 5", "minutes: 9"), encoding="utf-8")
    assert typed("--language", "fr").stdout == (
        "tiny  version 1 · Un petit cadre · 3 criteria, about 9 minutes · in use: 1 · "
        "1 fault; see kb transfer framework tiny --check\n1 framework\n"
    )


def test_one_framework_says_what_is_asked_what_an_answer_means_and_where_it_is_from(typed: Typed) -> None:
    shown = typed("corpus/frameworks/tiny.yaml", "--language", "fr")

    lines = shown.stdout.splitlines()
    assert shown.exit_code == 0
    assert lines[0] == "Un petit cadre"
    for line in (
        "tiny · version 1 · about 5 minutes · what a practice rests on counts 2 times · "
        "assessors 2 apart, or on opposite sides of 0, talk",
        "weights set by editors, 2026-11-22: What it rests on counts double.",
        "The places [context]",
        "  Law [legal-framework]",
        "    -2: It forbids it.",
        "    0: It is silent.",
        "    +2: It has the form.",
        "    asked of the practice: legal form",
        "    asked of the target: loi sur l'économie sociale",
        "    in the sheet: core, adaptable",
        "    in the profiles: legal-framework",
        "    a practice tagged condition:legal-framework rests on it",
        "    traced to: Sector-specific context [@oecd]; Relevance [@mulgan]",
        "  - [@oecd] Guidebook, OECD, 2022, guides/guidebook.md",
        "  - [@mulgan] The Transferability Question",
    ):
        assert line in lines


def test_check_ends_with_one_and_names_file_and_line_of_every_fault(corpus: Settings, typed: Typed) -> None:
    sound = typed("tiny", "--check")
    broken = SOUND.replace("apart: 2", "apart: 9").replace("guidebook.md", "book.md")
    (corpus.frameworks / "tiny.yaml").write_text(broken, encoding="utf-8")
    faulty = typed("--check")

    assert sound.exit_code == 0
    assert "remark: tiny: purpose is not said in fr" in sound.stdout.splitlines()
    assert sound.stdout.endswith("1 framework, no fault\n")
    assert faulty.exit_code == 1
    assert faulty.stderr == (
        "corpus/frameworks/tiny.yaml:8: apart: is 9; at most 4 is taken\n"
        "corpus/frameworks/tiny.yaml:44: sources.oecd.document: there is no document “guides/book.md” inside corpus/documents\n"
    )
    assert faulty.stdout == "1 framework, 2 faults in 1 of them\n"


def test_the_version_in_use_can_be_shown_when_its_file_says_something_else(corpus: Settings, typed: Typed) -> None:
    use(corpus)
    changed = SOUND.replace("version: 1", "version: 2").replace("Somebody may", "Somebody might")
    (corpus.frameworks / "tiny.yaml").write_text(changed, encoding="utf-8")

    assert "0: Somebody may." in typed("tiny", "--version", "1").stdout
    assert "0: Somebody might." in typed("tiny").stdout
    assert isinstance(typed("tiny", "--version", "3").exception, NotFound)


def test_a_framework_that_is_not_there_or_faulty_is_told(corpus: Settings, typed: Typed) -> None:
    missing = typed("huge").exception
    (corpus.frameworks / "tiny.yaml").write_text(SOUND.replace("apart: 2", "apart: 9"), encoding="utf-8")
    faulty = typed("tiny").exception

    assert isinstance(missing, NotFound)
    assert str(missing) == "There is no framework called “huge”. See the names: kb transfer framework"
    assert isinstance(faulty, InvalidEntry)
    assert "tiny.yaml:8: apart: is 9; at most 4 is taken" in str(faulty)
