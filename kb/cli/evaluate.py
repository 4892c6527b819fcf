"""``kb evaluate``: how well the search does on judged questions, and what changed between two evaluations."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.settings import Settings

if TYPE_CHECKING:
    from kb.retrieval.answer import Legs
    from kb.retrieval.evaluation import Comparison, Evaluation, Measured
    from kb.services.evaluating import Step

QUESTIONS = "questions"  # folder of golden questions within the corpus


@click.command()
@click.option(
    "--questions", type=click.Path(exists=True, path_type=Path), metavar="PLACE",
    help="Golden questions: a YAML file, or a folder of them (default: questions in the corpus folder).",
)  # fmt: skip
@click.option("--golden-only", is_flag=True, help="Leave out what members judged in the app or with kb judge.")
@click.option("--no-expand", is_flag=True, help="Ask without concepts: to compare with an evaluation that has them.")
@click.option(
    "--beir", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER",
    help="A judged set in BEIR form instead, with its own documents, in a temporary index.",
)  # fmt: skip
@click.option("--queries", default="", metavar="FILE", help="Questions of that set in another file (queries_de.jsonl).")
@click.option("--corpus", default="", metavar="FILE", help="Documents of that set in another file (corpus_en.jsonl).")
@click.option("--qrels", default="", metavar="FILE", help="Judgements of that set in another file (default: test.tsv).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), metavar="FILE",
    help="Write the JSON object to this file too.",
)  # fmt: skip
@click.option(
    "--compare", nargs=2, type=click.Path(path_type=Path), metavar="BEFORE AFTER",
    help="Evaluate nothing: say what changed between two such files, question by question.",
)  # fmt: skip
def evaluate(
    questions: Path | None,
    golden_only: bool,
    no_expand: bool,
    beir: Path | None,
    queries: str,
    corpus: str,
    qrels: str,
    as_json: bool,
    output: Path | None,
    compare: tuple[Path, Path] | None,
) -> None:
    """Measure the search: nDCG@10, recall@10, recall@100, accuracy@1 and MRR of words, of meaning and of both together.

    Asks the golden questions of this knowledge base and those that members judged, or those of a judged set of others. Intervals
    are 95 % bootstrap intervals over questions. With --compare, p is that of a paired randomisation test.
    """
    _refuse_misfits(questions, beir, [queries, corpus, qrels], compare)
    if output is not None and not output.absolute().parent.is_dir():
        raise click.BadParameter(f"{output.parent} is no folder", param_hint="--output")
    if compare:
        _compare(*compare, as_json=as_json, output=output)
        return
    from kb.services.evaluation_file import to_json

    found = _evaluate_beir(beir, queries, corpus, qrels) if beir else _evaluate_golden(questions, golden_only, no_expand)
    _put_out(to_json(found), as_json=as_json, output=output)
    if not as_json:
        _print_evaluation(found)


def _refuse_misfits(questions: Path | None, beir: Path | None, files: list[str], compare: tuple[Path, Path] | None) -> None:
    if compare and (questions or beir or any(files)):
        raise click.UsageError("--compare reads two files and evaluates nothing; leave the other options out.")
    if questions and beir:
        raise click.UsageError("--questions and --beir are two kinds of judged questions; give one of them.")
    if any(files) and not beir:
        raise click.UsageError("--queries, --corpus and --qrels name files of a judged set; say which: --beir FOLDER")


def _evaluate_golden(place: Path | None, golden_only: bool, no_expand: bool) -> Evaluation:
    """The questions of ``place``; those of the corpus together with what members judged."""
    from kb.bootstrap import open_kb, open_measures, read_golden
    from kb.peers.concepts import ConceptScheme
    from kb.retrieval.judged import join
    from kb.services import evaluating, judging
    from kb.services.permission import LOCAL_MEMBER

    settings = Settings.from_env()
    judged = read_golden(place) if place else read_golden(settings.corpus / QUESTIONS, name="golden")
    base = open_kb(settings)
    if place is None and not golden_only:
        judged = join(judged.name, judged, judging.pooled(base, actor=LOCAL_MEMBER).judged)
    base = replace(base, concepts=ConceptScheme) if no_expand else base
    with closing(_Bars()) as bars:
        return evaluating.evaluate(base, judged, actor=LOCAL_MEMBER, measures=open_measures(), on_progress=bars.show)


def _evaluate_beir(folder: Path, queries: str, corpus: str, qrels: str) -> Evaluation:
    from kb.bootstrap import open_measures, open_temporary_kb, read_beir
    from kb.services import evaluating
    from kb.services.permission import LOCAL_MEMBER

    collection = read_beir(folder, corpus=corpus, queries=queries, qrels=qrels)
    with open_temporary_kb(Settings.from_env()) as base, closing(_Bars()) as bars:
        return evaluating.evaluate_collection(base, collection, actor=LOCAL_MEMBER, measures=open_measures(), on_progress=bars.show)


class _Bars:
    """Progress on standard error, where that is a terminal: documents of a collection, then questions."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._unit = ""

    def show(self, step: Step) -> None:
        """Draw; a new bar when questions begin."""
        is_asking = step.documents_done >= step.documents_total
        unit, done, total = (
            ("questions", step.questions_done, step.questions_total)
            if is_asking
            else ("documents", step.documents_done, step.documents_total)
        )
        if unit != self._unit:
            from tqdm import tqdm

            self.close()
            self._unit = unit
            # disable=None: no bar where standard error is no terminal
            self._bar = tqdm(total=total, unit=f" {unit}", disable=None, dynamic_ncols=True, file=sys.stderr, mininterval=0.2)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the bar."""
        if self._bar is not None:
            self._bar.close()


def _put_out(found: dict[str, Any], *, as_json: bool, output: Path | None) -> None:
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if output is not None:
        output.write_text(text + "\n", encoding="utf-8")
    if as_json:
        click.echo(text)


def _print_evaluation(found: Evaluation) -> None:
    from kb.retrieval.answer import Legs
    from kb.retrieval.evaluation import by_language, intervals, means
    from kb.retrieval.measure import MEASURES

    click.echo(f"{_flat(found.judged)}: {len(found.questions)} questions, {found.unit}s ranked by {found.model}, ", nl=False)
    click.echo(f"{found.n_passages} passages of {found.n_documents} documents, {found.took_s:.1f} s\n")
    click.echo(f"{'':<8}" + "".join(f"{name:<21}" for name in MEASURES))
    for leg in Legs:
        spread = intervals(found.questions, leg)
        cells = (
            f"{value:.3f} [{spread[name][0]:.3f}, {spread[name][1]:.3f}]" for name, value in means(found.questions, leg).items()
        )
        click.echo(f"{leg:<8}" + "".join(f"{cell:<21}" for cell in cells))
    click.echo(f"\n{'ndcg@10':<8}{'questions':>10}" + "".join(f"{leg:>9}" for leg in Legs))
    for language, group in by_language(found.questions).items():
        click.echo(f"{language:<8}{len(group):>10}" + "".join(f"{means(group, leg)['ndcg@10']:>9.3f}" for leg in Legs))
    if found.not_measured:
        click.echo(f"\n{len(found.not_measured)} questions have no relevant answer and were not asked.")
    if found.lost:
        click.echo(f"\n{len(found.lost)} judged answers stand in no passage or document and count as not found:")
        for place in found.lost:
            click.echo(f"  {_flat(place)}")


def _compare(before: Path, after: Path, *, as_json: bool, output: Path | None) -> None:
    from kb.retrieval.evaluation import compare
    from kb.services import evaluation_file

    found = compare(evaluation_file.read(before), evaluation_file.read(after))
    _put_out(evaluation_file.comparison_to_json(found), as_json=as_json, output=output)
    if not as_json:
        _print_comparison(found)


def _print_comparison(found: Comparison) -> None:
    from kb.retrieval.answer import Legs

    click.echo(f"{_flat(found.before.judged)}: {len(found.before.questions)} questions")
    for leg in Legs:
        click.echo(f"\n{leg:<12}{'before':>8}{'after':>8}{'change':>9}   {'95 % interval':<20}{'p':>7}{'rose':>6}{'fell':>6}")
        for name, change in found.changes[leg].items():
            click.echo(
                f"{name:<12}{change.before:>8.4f}{change.after:>8.4f}{change.difference:>+9.4f}   "
                f"{f'[{change.low:+.4f}, {change.high:+.4f}]':<20}{change.p:>7.4f}{change.n_rose:>6}{change.n_fell:>6}"
            )
    for leg in Legs:
        _print_changed(found.questions[leg], leg)


def _print_changed(pairs: tuple[tuple[Measured, Measured], ...], leg: Legs) -> None:
    if not pairs:
        click.echo(f"\nNo question changed for {leg}.")
        return
    click.echo(f"\nChanged for {leg}: {len(pairs)} of the questions, largest change first")
    for before, after in pairs:
        old, new = before.values[leg], after.values[leg]
        changes = [f"{name} {old[name]:.3f} → {new[name]:.3f}" for name in old if old[name] != new[name]]
        click.echo(f"  {_flat(before.question_id)} [{_flat(before.language)}] {_flat(before.question)}")
        click.echo(f"    {', '.join(changes)}")


def _flat(text: str) -> str:
    """One line, without what a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)
