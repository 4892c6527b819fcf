"""``kb judge`` and ``kb judgements``: say which passages answer a question, and take what was said to other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.settings import Settings

if TYPE_CHECKING:
    from kb.retrieval.judged import JudgedSet
    from kb.services.records import MemberJudgement

RELEVANCE = ("not relevant", "helps", "answers it")  # by grade
SHOWN_CHARS = 100  # of a quote in a list


@click.command()
@click.argument("question")
@click.argument("passage")
@click.option("--relevant", "relevance", flag_value=1, type=int, help="It is relevant; the same as --grade 1.")
@click.option("--not-relevant", "relevance", flag_value=0, type=int, help="It is not; the same as --grade 0.")
@click.option("--grade", type=click.IntRange(0, 2), help="0 not relevant, 1 helps, 2 answers the question.")
def judge(question: str, passage: str, relevance: int | None, grade: int | None) -> None:
    """Say whether PASSAGE answers QUESTION. `kb search --json` tells the id of each passage.

    A later judgement stands for an earlier one of the same passage and question; both are kept.
    """
    from kb.bootstrap import open_kb
    from kb.retrieval.passage import PassageId
    from kb.services import judging
    from kb.services.permission import LOCAL_MEMBER

    said = relevance if grade is None else grade
    if said is None or (relevance is not None and grade is not None):
        raise click.UsageError("Say one of --relevant, --not-relevant and --grade.")
    kept = judging.judge(open_kb(Settings.from_env()), question, PassageId(passage), said, actor=LOCAL_MEMBER)
    click.echo(_line(kept))


@click.group()
def judgements() -> None:
    """What was judged: list it, take a judgement back, export all."""


@judgements.command("list")
def list_judgements() -> None:
    """Your judgements that stand, newest first."""
    from kb.bootstrap import open_kb
    from kb.services import judging
    from kb.services.permission import LOCAL_MEMBER

    found = judging.mine(open_kb(Settings.from_env()), actor=LOCAL_MEMBER)
    for said in found:
        click.echo(_line(said))
    click.echo(f"{len(found)} judgements")


@judgements.command("withdraw")
@click.argument("number", type=int)
def withdraw_judgement(number: int) -> None:
    """Take back the judgement with this NUMBER, as `kb judgements list` tells it."""
    from kb.bootstrap import open_kb
    from kb.services import judging
    from kb.services.permission import LOCAL_MEMBER

    judging.withdraw(open_kb(Settings.from_env()), number, actor=LOCAL_MEMBER)
    click.echo(f"Judgement {number} is withdrawn.")


@judgements.command("export")
@click.option(
    "--format", "form", type=click.Choice(["qrels", "yaml"]), required=True, help="TREC qrels, or YAML as in corpus/questions."
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write; must not exist yet.")
@click.option(
    "--questions", type=click.Path(exists=True, path_type=Path), help="Golden questions (file or folder) to join them with."
)
def export_judgements(form: str, output: Path, questions: Path | None) -> None:
    """Write everybody's judgements, without names; of several members the majority's word.

    With qrels, the questions are written beside it as OUTPUT.queries.jsonl.
    """
    from kb.bootstrap import open_kb, read_golden
    from kb.retrieval.judged import join
    from kb.services import judgement_files, judging
    from kb.services.permission import LOCAL_MEMBER

    base = open_kb(Settings.from_env())
    pool = judging.pooled(base, actor=LOCAL_MEMBER)
    judged = join("golden and members", read_golden(questions), pool.judged) if questions else pool.judged
    if form == "yaml":
        _write({output: judgement_files.golden(judged)})
    else:
        passages = judging.passages_named(base, judged, actor=LOCAL_MEMBER)
        beside = output.with_name(f"{output.name}.queries.jsonl")
        _write({output: judgement_files.qrels(judged, passages), beside: judgement_files.queries(judged)})
    _tell(judged, pool.lost)


def _write(files: dict[Path, str]) -> None:
    """All of them or, where one is there already, none."""
    for path in files:
        if path.exists():
            raise click.UsageError(f"{path} is there already; name a new file.")
    for path, content in files.items():
        try:
            path.write_text(content, encoding="utf-8")
        except OSError as error:
            raise click.FileError(str(path), error.strerror) from error
        click.echo(str(path))


def _tell(judged: JudgedSet, lost: tuple[MemberJudgement, ...]) -> None:
    answers = sum(len(question.answers) for question in judged.questions)
    click.echo(f"{len(judged.questions)} questions, {answers} judged passages")
    for said in lost:
        click.echo(f"lost: {_line(said)}", err=True)


def _line(said: MemberJudgement) -> str:
    place = said.document or "a document that is gone or out of sight"
    quote = said.quote if len(said.quote) <= SHOWN_CHARS else f"{said.quote[:SHOWN_CHARS]}…"
    text = f"{said.id}  {RELEVANCE[said.relevance]}  “{said.question}”  {place}: {quote}  ({said.at_utc[:10]})"
    return "".join(char if char.isprintable() else " " for char in text)
