"""``kb …``: each command is one service call and the words it prints."""

from __future__ import annotations

import os
import sys

import click

from kb import __version__
from kb.cli import exits
from kb.cli.lazy import LazyGroup
from kb.errors import KBError

__all__ = ["kb", "main"]

COMMANDS = (
    "ingest", "search", "batch", "like", "cite", "evaluate", "judge", "judgements", "saved", "verify",
    "practice", "concept", "context", "tag", "rubric", "member", "assess", "benchmark", "monitor", "transfer", "learn", "demo",
    "model", "serve",
)  # fmt: skip
ELSEWHERE = {"judge": "judging", "judgements": "judging", "model": "models", "serve": "running", "verify": "running"}
WHERE = {name: ELSEWHERE.get(name, name) for name in COMMANDS}  # modules of kb/cli/, imported when they are asked for


@click.group(cls=LazyGroup, where=WHERE, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kb")
def kb() -> None:
    """Documents in, cited passages out: the peer-learning knowledge base.

    Reads its settings from KB_CORPUS, KB_INDEX, KB_MODEL, KB_RERANKER and KB_DATABASE_URL, or from kb.toml in this folder.
    """


def main() -> None:
    """Run ``kb``; a :class:`KBError` is one sentence on standard error."""
    try:
        kb(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Interrupted.", err=True)
        raise SystemExit(exits.INTERRUPTED) from None
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except KBError as error:
        click.echo(str(error), err=True)
        raise SystemExit(exits.FAULT) from None
    _leave()


def _leave() -> None:
    """End now: taking the tokenizer's quarter of a million entries apart costs 0.4 s, and the kernel frees them in one go."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
