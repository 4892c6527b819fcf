"""``kb benchmark``: a practice beside others: its peers, its profile, the grid of all, and two to six side by side."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import language, open_base
from kb.cli.benchmark_ladder import approve, ladder, withdraw_approval
from kb.cli.cite import hand_out
from kb.cli.overview_export import exportable, exported
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.permission import Member

BASES = ("theme", "context", "size", "text")

basis = click.option(
    "--by", "basis", type=click.Choice(BASES), default="theme", show_default=True,
    help="theme: what it is about and whom it is for; context: its places; size: reach, countries, partners; text: its sheet.",
)  # fmt: skip
nearest = click.option("--k", default=10, show_default=True, type=click.IntRange(1, 200), help="How many peers.")
by_rubric = click.option("--rubric", default="", metavar="NAME", help="Without it the one that was used; see the help above.")
in_version = click.option("--version", type=click.IntRange(min=1), help="Of the rubric.")
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def benchmark() -> None:
    """Practices beside practices: peers, profiles, the grid of impact and evidence, and a table of several.

    Peers come by nearness, never by score. Only concluded assessments count, by one rubric in one version; who has no score is
    not filled in. The demonstration counts only while nothing was assessed in earnest.
    """


@click.command()
@click.argument("practice")
@basis
@nearest
@language
@as_json_option
@acting
def peers(practice: str, basis: str, k: int, language: str, as_json: bool, acting_as: str) -> None:
    """The practices that are nearest to PRACTICE, each with the reason; no score has a part in it."""
    from kb.cli import benchmark_told
    from kb.peers.benchmark.reasons import Basis
    from kb.services.benchmarking.peers import comparable
    from kb.services.overview_files import values

    base, actor = _open(acting_as)
    found = comparable(base, practice, Basis(basis), actor=actor, k=k)
    _print(as_json, lambda: values.comparables(found, language), lambda: benchmark_told.comparables(found, language))


@click.command()
@click.argument("practice")
@basis
@nearest
@by_rubric
@in_version
@language
@as_json_option
@acting
def profile(
    practice: str, basis: str, k: int, rubric: str, version: int | None, language: str, as_json: bool, acting_as: str
) -> None:
    """PRACTICE against its peers, criterion by criterion, with strengths and gaps.

    From three peers with a score on, their mean has a 95 % interval (Student's t); below, only their scores are told. Without
    --rubric it is that of the practice's latest assessment, else the one by which most practices were assessed.
    """
    from kb.cli import benchmark_told
    from kb.peers.benchmark.reasons import Basis
    from kb.services.benchmarking import profiling
    from kb.services.overview_files import values

    base, actor = _open(acting_as)
    found = profiling.profile(base, practice, Basis(basis), actor=actor, rubric=rubric, version=version, k=k)
    _print(as_json, lambda: values.profile(found, language), lambda: benchmark_told.profile(found, language))


@click.command()
@by_rubric
@in_version
@language
@as_json_option
@exportable
@acting
def grid(
    rubric: str, version: int | None, language: str, as_json: bool, form: str | None, output: Path | None, acting_as: str
) -> None:
    """All assessed practices by impact and quality of evidence, in the order of their names; the others with the reason.

    Without --rubric it is the one with stages of evidence by which most practices were assessed.
    """
    from kb.cli import benchmark_told
    from kb.services import taking_overviews
    from kb.services.benchmarking import grid as service
    from kb.services.overview_files import values

    base, actor = _open(acting_as)
    asked = {"actor": actor, "rubric": rubric, "version": version, "language": language}
    if exported(form, output, taking_overviews.export_grid, base, **asked):
        return
    found = service.grid(base, actor=actor, rubric=rubric, version=version)
    _print(as_json, lambda: values.grid(found, language), lambda: benchmark_told.grid(found, language))


@click.command()
@click.argument("practices", nargs=-1, required=True)
@by_rubric
@in_version
@language
@as_json_option
@exportable
@acting
def compare(
    practices: tuple[str, ...],
    rubric: str,
    version: int | None,
    language: str,
    as_json: bool,
    form: str | None,
    output: Path | None,
    acting_as: str,
) -> None:
    """Two to six PRACTICES side by side: what their sheets say, and every score with the passages behind it.

    Without --rubric it is the one by which most of them were assessed.
    """
    from kb.cli import benchmark_told
    from kb.services import taking_overviews
    from kb.services.benchmarking import comparing
    from kb.services.overview_files import values

    base, actor = _open(acting_as)
    asked = {"actor": actor, "rubric": rubric, "version": version, "language": language}
    if exported(form, output, taking_overviews.export_comparison, base, practices, **asked):
        return
    found = comparing.compare(base, practices, actor=actor, rubric=rubric, version=version)
    _print(as_json, lambda: values.comparison(found, language), lambda: benchmark_told.comparison(found, language))


@click.command()
@click.argument("practice")
@basis
@nearest
@by_rubric
@in_version
@click.option("--form", required=True, type=click.Choice(("csv", "xlsx")), help="What to write.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; csv is printed without.")
@language
@acting
def export(
    practice: str,
    basis: str,
    k: int,
    rubric: str,
    version: int | None,
    form: str,
    output: Path | None,
    language: str,
    acting_as: str,
) -> None:
    """Take the profile of PRACTICE along as a table, a row for each criterion and peer; see kb benchmark profile."""
    from kb.peers.benchmark.reasons import Basis
    from kb.services.benchmarking import exporting
    from kb.services.tables import TableFormat

    if output is None and form != "csv":
        raise click.UsageError("A file of this kind needs --output FILE; without it csv is printed.")
    base, actor = _open(acting_as)
    by = Basis(basis)
    made = exporting.export(
        base, practice, by, TableFormat(form), actor=actor, rubric=rubric, version=version, k=k, language=language
    )
    hand_out(made, output)


def _open(acting_as: str) -> tuple[KnowledgeBase, Member]:
    base = open_base()
    return base, actor_of(base, acting_as)


def _print(as_json: bool, told_as_json: Callable[[], dict[str, Any]], lines: Callable[[], Iterable[str]]) -> None:
    if as_json:
        click.echo(json.dumps(told_as_json(), ensure_ascii=False, indent=1, allow_nan=False))
        return
    for line in lines():
        click.echo(flat(line))


for command in (peers, profile, export, grid, compare, ladder, approve, withdraw_approval):
    benchmark.add_command(command)
