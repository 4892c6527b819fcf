"""``kb rubric`` as somebody types it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import cli, open_kb
from kb.errors import NotFound
from kb.services import rubrics
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from tests.rubrics import SOUND

Typed = Callable[..., Result]


@pytest.fixture
def corpus(tmp_path: Path) -> Settings:
    """One sound rubric and the document that it names."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    settings.rubrics.mkdir(parents=True)
    (settings.rubrics / "tiny.yaml").write_text(SOUND, encoding="utf-8")
    (settings.documents / "guides").mkdir(parents=True)
    (settings.documents / "guides" / "stages.md").write_text("# Stages\n", encoding="utf-8")
    return settings


@pytest.fixture
def typed(corpus: Settings, monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.chdir(corpus.corpus.parent)
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    environment = {"KB_CORPUS": str(corpus.corpus), "KB_INDEX": str(corpus.index)}
    return lambda *words: CliRunner().invoke(cli.kb, ["rubric", *words], env=environment)


def use(corpus: Settings) -> None:
    base = open_kb(corpus)
    rubric = rubrics.rubric(base, "tiny", actor=LOCAL_MEMBER)
    with base.records() as records:
        rubrics.keep_in_use(base, records, rubric, actor=LOCAL_MEMBER)


def test_check_ends_with_one_and_names_file_and_line_of_every_fault(corpus: Settings, typed: Typed) -> None:
    sound = typed("check", "--no-remarks")
    broken = SOUND.replace("spread: 2", "spread: 9").replace("stages.md", "ages.md")
    (corpus.rubrics / "tiny.yaml").write_text(broken, encoding="utf-8")
    faulty = typed("check", "corpus/rubrics/tiny.yaml", "--no-remarks")

    assert (sound.exit_code, sound.stdout) == (0, "1 rubric, no fault\n")
    assert faulty.exit_code == 1
    assert faulty.stderr == (
        "corpus/rubrics/tiny.yaml:8: spread: is 9; reviewers can be 5 apart at most\n"
        "corpus/rubrics/tiny.yaml:51: sources.spencer-2013.document: "
        "there is no document “guides/ages.md” inside corpus/documents\n"
    )
    assert faulty.stdout == "1 rubric, 2 faults in 1 of them\n"


def test_a_text_that_lacks_a_language_is_a_remark(typed: Typed) -> None:
    told = typed("check").stdout.splitlines()

    assert "remark: tiny: purpose is not said in fr" in told
    assert "remark: tiny: tiers.1.criteria.1.anchors.2.5 is not said in fr" in told
    assert "remark: tiny: title is not said in fr" not in told
    assert told[-1] == "1 rubric, no fault"


def test_a_version_in_use_that_was_changed_is_found_by_check_and_told_in_the_list(corpus: Settings, typed: Typed) -> None:
    use(corpus)
    (corpus.rubrics / "tiny.yaml").write_text(SOUND.replace("minutes: 5", "minutes: 9"), encoding="utf-8")

    checked = typed("check", "tiny", "--no-remarks")

    assert checked.exit_code == 1
    assert checked.stderr.startswith("corpus/rubrics/tiny.yaml:2: version: version 1 is in use since ")
    assert checked.stderr.endswith(" and is never changed; give the changed one version 2\n")
    assert typed("list").stdout == (
        "tiny  version 1 · A tiny rubric · 1 gate, 3 criteria, about 9 minutes · in use: 1 · 1 fault; see kb rubric check tiny\n"
        "1 rubric\n"
    )


def test_show_says_what_is_asked_and_what_a_score_means_in_the_language_that_is_wanted(typed: Typed) -> None:
    shown = typed("show", "tiny", "--language", "fr")

    lines = shown.stdout.splitlines()
    assert shown.exit_code == 0
    assert lines[0] == "Une petite grille"
    for line in (
        "    searched: harm and consent",
        "  Effectiveness [effectiveness] [@spencer-2013]",
        "    2.5: Numbers are told.",
        "    weight 2",
        "  - Validated [validated]: each score at least 3; mean of core at least 3.5; at least 80% of the criteria scored; "
        "all of core scored",
        "  - Candidate [candidate]: all others",
        "  - no: Not recommended [not-recommended]",
        "  - promising: impact at least 2, evidence at least 2.5",
        "  - [@spencer-2013] Conceptual framework, CDC, 2013, guides/stages.md",
    ):
        assert line in lines


def test_the_version_in_use_can_be_shown_when_its_file_says_something_else(corpus: Settings, typed: Typed) -> None:
    use(corpus)
    changed = SOUND.replace("version: 1", "version: 2").replace("By hearsay", "By rumour")
    (corpus.rubrics / "tiny.yaml").write_text(changed, encoding="utf-8")

    assert "By hearsay" in typed("show", "tiny", "--version", "1").stdout
    assert "By rumour" in typed("show", "tiny").stdout
    assert isinstance(typed("show", "tiny", "--version", "3").exception, NotFound)


def test_a_rubric_that_is_not_there_is_told(typed: Typed) -> None:
    missing = typed("show", "huge")

    assert isinstance(missing.exception, NotFound)
    assert str(missing.exception) == "There is no rubric called “huge”. See the names: kb rubric list"
