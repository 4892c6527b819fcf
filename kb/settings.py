"""Where things lie and which model is used: one frozen value, read once, passed everywhere."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from kb.errors import SettingsError

DEFAULT_MODEL = "multilingual-e5-small"
FILE = "kb.toml"
VARIABLES = {  # setting → environment variable
    "corpus": "KB_CORPUS",
    "index": "KB_INDEX",
    "database_url": "KB_DATABASE_URL",
    "model": "KB_MODEL",
    "reranker": "KB_RERANKER",
    "smtp_url": "KB_SMTP_URL",
    "mail_from": "KB_MAIL_FROM",
    "app_url": "KB_APP_URL",
}


@dataclass(frozen=True)
class Settings:
    """What an installation can decide.

    Attributes:
        corpus: the folder people write; documents lie in ``documents/`` below it.
        index: the folder that can be deleted at any time.
        database_url: where records that members enter are kept; empty: ``kb.sqlite`` in ``corpus``.
        model: name of a built model, a hub name, or a local folder.
        reranker: name of a built cross-encoder, or a local folder; empty for none.
        smtp_url: mail server that takes letters; empty: none is sent.
        mail_from: address that letters are from.
        app_url: where members reach the app, for links in letters and feeds; empty: there are none.
    """

    corpus: Path
    index: Path
    database_url: str = field(default="", repr=False)  # it may hold a password
    model: str = DEFAULT_MODEL
    reranker: str = ""
    smtp_url: str = field(default="", repr=False)  # it may hold a password
    mail_from: str = ""
    app_url: str = ""

    @property
    def documents(self) -> Path:
        """Where documents lie."""
        return self.corpus / "documents"

    @property
    def practices(self) -> Path:
        """Where practice sheets lie, in YAML files."""
        return self.corpus / "practices"

    @property
    def concepts(self) -> Path:
        """Where concepts lie, in YAML files."""
        return self.corpus / "concepts"

    @property
    def rubrics(self) -> Path:
        """Where rubrics lie, in YAML files."""
        return self.corpus / "rubrics"

    @property
    def frameworks(self) -> Path:
        """Where transferability frameworks lie, in YAML files."""
        return self.corpus / "frameworks"

    @property
    def contexts(self) -> Path:
        """Where context profiles lie, in YAML files."""
        return self.corpus / "contexts"

    @property
    def organisations(self) -> Path:
        """Where organisations of the directory lie, in YAML files."""
        return self.corpus / "organisations"

    @property
    def partnerships(self) -> Path:
        """Where partnerships lie, in YAML files."""
        return self.corpus / "partnerships"

    @property
    def demonstration(self) -> Path:
        """Where demonstration data lie, in YAML files."""
        return self.corpus / "demonstration"

    @property
    def models(self) -> Path:
        """Where built models lie."""
        return self.index / "models"

    def variables(self) -> dict[str, str]:
        """As environment variables, for a process that is to have the same settings."""
        return {variable: str(getattr(self, name)) for name, variable in VARIABLES.items()}

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Self:
        """Environment variables first, then ``kb.toml`` in ``folder``, then the defaults beside it.

        Raises:
            SettingsError: all unusable values in one message.
        """
        environment = os.environ if environment is None else environment
        folder = Path.cwd() if folder is None else folder
        written = _read_toml(folder / FILE)
        faults = [f"{FILE} has an unknown key “{key}”; known are {', '.join(VARIABLES)}" for key in written if key not in VARIABLES]
        faults += [f"{FILE}: {key} must be text, got {value!r}" for key, value in written.items() if not isinstance(value, str)]
        if faults:
            raise SettingsError("; ".join(faults) + ".")
        chosen = {key: environment.get(variable) or str(written.get(key, "")) for key, variable in VARIABLES.items()}
        return cls(
            corpus=(folder / (chosen["corpus"] or "corpus")).absolute(),
            index=(folder / (chosen["index"] or "index")).absolute(),
            database_url=chosen["database_url"],
            model=chosen["model"] or DEFAULT_MODEL,
            reranker=chosen["reranker"],
            smtp_url=chosen["smtp_url"],
            mail_from=chosen["mail_from"],
            app_url=chosen["app_url"].rstrip("/"),
        )


def _read_toml(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from error
