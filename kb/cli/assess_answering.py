"""``kb assess reply|close-reply|settle``: the owner answers, the panel agrees."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import done, open_base, why, why_required

VERDICTS = ("yes", "no", "unclear")


@click.command()
@click.argument("assessment", metavar="ID")
@click.option("--text", help="What you say to all of it.")
@click.option("--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The same from a text file.")
@click.option(
    "--on", "comments", nargs=2, multiple=True, metavar="ITEM WORDS", help="What you say to a gate or criterion; repeatable."
)
@click.option("--for", "on_behalf_of", default="", metavar="NAME", help="Who spoke, where a facilitator writes it down.")
@acting
def reply(
    assessment: str, text: str | None, path: Path | None, comments: tuple[tuple[str, str], ...], on_behalf_of: str, acting_as: str
) -> None:
    """Reply to the reviews for the owner. A later reply stands instead, until it is closed."""
    from kb.services.assessing import replying

    if text is not None and path is not None:
        raise click.UsageError("Give --text or --file, not both.")
    if text is None and path is None and not comments:
        raise click.UsageError("Say something: --text, --file or --on.")
    base = open_base()
    actor = actor_of(base, acting_as)
    general = (text or "") if path is None else _words_of(path)
    replying.reply(base, assessment, comments=dict(comments), general=general, actor=actor, on_behalf_of=on_behalf_of)
    done(base, assessment, f"The reply is in. When it is whole: kb assess close-reply {assessment}", actor=actor)


@click.command("close-reply")
@click.argument("assessment", metavar="ID")
@why
@acting
def close_reply(assessment: str, why: str, acting_as: str) -> None:
    """Let the panel go on: the reply is in, or its date has passed, or you say why it is waited for no longer."""
    from kb.services.assessing import replying

    base = open_base()
    actor = actor_of(base, acting_as)
    replying.close_reply(base, assessment, why=why, actor=actor)
    done(base, assessment, "The reply is closed.", actor=actor)


@click.command()
@click.argument("assessment", metavar="ID")
@click.argument("item")
@click.option("--score", type=float, help="Of a criterion, on the rubric's scale.")
@click.option("--verdict", type=click.Choice(VERDICTS), help="Of a gate.")
@click.option("--not-assessable", is_flag=True, help="Nobody can tell from what there is.")
@why_required
@acting
def settle(
    assessment: str, item: str, score: float | None, verdict: str | None, not_assessable: bool, why: str, acting_as: str
) -> None:
    """Write down what the panel agrees on for ITEM, a gate or criterion. What reviewers said stays as it is."""
    from kb.peers.assessment.review import Rating
    from kb.services.assessing import reconciling

    if [score is not None, verdict is not None, not_assessable].count(True) != 1:
        raise click.UsageError("Give one of --score, --verdict and --not-assessable.")
    rating = None if verdict else (Rating.NOT_ASSESSABLE if not_assessable else Rating.SCORED).value
    base = open_base()
    actor = actor_of(base, acting_as)
    reconciling.settle(base, assessment, item, reason=why, actor=actor, rating=rating, score=score, verdict=verdict)
    done(base, assessment, f"{item} is settled.", actor=actor)


def _words_of(path: Path) -> str:
    """A text file; one that is far too long is refused with its length where it is kept."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.read(1 << 20)
    except UnicodeDecodeError as error:
        raise click.FileError(str(path), "it is not UTF-8") from error
