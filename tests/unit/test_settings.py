"""Settings: environment, then kb.toml, then defaults; everything wrong is said at once."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from kb.errors import SettingsError
from kb.settings import DEFAULT_MODEL, Settings


def test_without_any_word_all_lies_beside_the_caller(tmp_path: Path) -> None:
    found = Settings.from_env({}, tmp_path)

    assert found == Settings(tmp_path / "corpus", tmp_path / "index", "", DEFAULT_MODEL)
    assert (found.documents, found.models) == (tmp_path / "corpus" / "documents", tmp_path / "index" / "models")


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text('corpus = "ours"\nindex = "idx"\nmodel = "written"\n', encoding="utf-8")
    found = Settings.from_env({"KB_CORPUS": "/elsewhere", "KB_MODEL": "chosen"}, tmp_path)

    assert (found.corpus, found.index, found.model) == (Path("/elsewhere"), tmp_path / "idx", "chosen")


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert Settings.from_env({"KB_MODEL": "", "KB_CORPUS": ""}, tmp_path) == Settings.from_env({}, tmp_path)


def test_all_faults_of_the_file_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text('modle = "x"\nindex = 3\ncorpus = true\n', encoding="utf-8")

    with pytest.raises(SettingsError) as told:
        Settings.from_env({}, tmp_path)

    assert "“modle”" in str(told.value)
    assert "known are corpus, index, database_url, model" in str(told.value)
    assert "index must be text, got 3" in str(told.value)
    assert "corpus must be text, got True" in str(told.value)


@pytest.mark.parametrize("content", [b"model = ", b"\xff\xfe", b"[model]\nname = 1"])
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kb.toml").write_bytes(content)

    with pytest.raises(SettingsError, match=r"kb\.toml|must be text"):
        Settings.from_env({}, tmp_path)


def test_settings_cannot_be_changed_once_read(tmp_path: Path) -> None:
    with pytest.raises(FrozenInstanceError):
        Settings.from_env({}, tmp_path).model = "other"  # type: ignore[misc]


def test_a_process_that_is_told_the_settings_has_the_same_ones(tmp_path: Path) -> None:
    """A job keeps its records in the database of the app that started it, whatever kb.toml says where it runs."""
    (tmp_path / "kb.toml").write_text('corpus = "ours"\nmodel = "written"\ndatabase_url = "sqlite:///other"\n', encoding="utf-8")
    ours = Settings(tmp_path / "a", tmp_path / "b", "postgresql://kb:secret@host/kb", "chosen", "also chosen")

    assert Settings.from_env(ours.variables(), tmp_path) == ours


def test_settings_do_not_show_the_password(tmp_path: Path) -> None:
    assert "secret" not in repr(Settings(tmp_path, tmp_path, "postgresql://kb:secret@host/kb"))


def test_mail_is_off_unless_it_is_set_and_a_password_is_shown_nowhere(tmp_path: Path) -> None:
    off = Settings.from_env({}, tmp_path)
    said = {
        "KB_SMTP_URL": "smtps://kb:secret@mail.example.org",
        "KB_MAIL_FROM": "kb@example.org",
        "KB_APP_URL": "https://kb.example.org/",
    }
    on = Settings.from_env(said, tmp_path)

    assert (off.smtp_url, off.mail_from, off.app_url) == ("", "", "")
    assert (on.smtp_url, on.mail_from, on.app_url) == (said["KB_SMTP_URL"], "kb@example.org", "https://kb.example.org")
    assert "secret" not in repr(on)
