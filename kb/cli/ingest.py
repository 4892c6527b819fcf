"""``kb ingest``: files and folders into the index, with a bar while it goes on and an exit code that tells the truth."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli import exits
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.services.ingest_run import Progress
    from kb.services.ingesting import IngestReport


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with a line a file.")
@click.option("--retry-failed", is_flag=True, help="Read again the files that could not be read last time.")
@click.option("--dry-run", is_flag=True, help="Read and split, store nothing: says what would become of each file.")
@click.option("--rebuild", is_flag=True, help="Forget the index first; for another model or a damaged catalog.")
@click.option("--jobs", type=click.IntRange(1, 32), default=1, show_default=True, help="Files read at the same time.")
@click.option("--job", "job_id", hidden=True, help="Row of a background ingest to write progress to.")
def ingest(
    paths: tuple[Path, ...], as_json: bool, retry_failed: bool, dry_run: bool, rebuild: bool, jobs: int, job_id: str | None
) -> None:
    """Read files or folders into the index; without any, documents, practice sheets, context profiles and directory of the corpus.

    Unchanged files cost a look and a hash. Exit code 0: every file is accounted for; 1: at least one failed; 130: interrupted,
    and what was done is kept.
    """
    from kb.bootstrap import open_kb
    from kb.services import ingesting
    from kb.services import jobs as background
    from kb.services.files import everything_beside
    from kb.services.permission import LOCAL_MEMBER

    settings = Settings.from_env()
    if rebuild:
        _set_aside_if_damaged(settings)
    base = open_kb(settings)
    if not paths and not rebuild:
        paths = tuple(everything_beside(settings.documents))
    if job_id:
        background.run(base, job_id, list(paths))
        return
    with _Bar(quiet=as_json) as bar:
        report = ingesting.ingest(
            base, paths, actor=LOCAL_MEMBER, retry_failed=retry_failed, dry_run=dry_run, rebuild=rebuild, jobs=jobs,
            on_progress=bar.show, should_stop=bar.was_interrupted,
        )  # fmt: skip
    if as_json:
        click.echo(json.dumps(_report_json(report), ensure_ascii=False, indent=1))
    else:
        _print_report(report, dry_run=dry_run)
    if report.was_stopped:
        raise SystemExit(exits.INTERRUPTED)
    if any(entry.state == "failed" for entry in report.files):
        raise SystemExit(exits.FAULT)


def _set_aside_if_damaged(settings: Settings) -> None:
    """A catalog that cannot even be opened is moved aside: the corpus is the truth, the catalog can be made again."""
    from kb.bootstrap import CATALOG, open_kb
    from kb.errors import IndexDamaged

    try:
        if not list(open_kb(settings).catalog.check()):
            return
    except IndexDamaged:
        pass
    aside = settings.index / "quarantine"
    aside.mkdir(parents=True, exist_ok=True)
    for path in settings.index.glob(f"{CATALOG}*"):
        path.replace(aside / path.name)


class _Bar:
    """Progress on standard error; files that end badly are named at once. Ctrl-C asks for a clean stop; twice, for any."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.interrupted = False
        self.bar: Any = None
        self.before: Any = None

    def __enter__(self) -> _Bar:
        import signal

        self.before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        import signal

        signal.signal(signal.SIGINT, self.before)
        if self.bar is not None:
            self.bar.close()

    def _interrupt(self, *_: object) -> None:
        if self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True
        click.echo("Stopping after the file in hand; press Ctrl-C again to stop at once.", err=True)

    def was_interrupted(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self.interrupted

    def show(self, progress: Progress) -> None:
        """Draw; one line for each file that became final."""
        if self.bar is None:  # not before there is something to show: a refusal needs no bar
            from tqdm import tqdm

            self.bar = tqdm(unit=" files", disable=self.quiet, dynamic_ncols=True, file=sys.stderr, mininterval=0.2)
        self.bar.total = progress.files_total
        elapsed = max(1e-3, self.bar.format_dict["elapsed"])
        self.bar.set_postfix_str(
            f"{progress.passages_done}/{progress.passages_total} passages, {progress.passages_done / elapsed:.0f}/s", refresh=False
        )
        self.bar.update(progress.files_done - self.bar.n)
        for entry in progress.finished:
            if not self.quiet and entry.state != "unchanged":
                self.bar.write(f"{entry.state:<11} {entry.path}" + (f"  ({entry.reason})" if entry.reason else ""), file=sys.stderr)


def _report_json(report: IngestReport) -> dict[str, Any]:
    names = ("path", "state", "reason", "pages", "passages", "languages", "seconds", "near_duplicate_of")
    files = [{name: value for name, value in asdict(entry).items() if name in names} for entry in report.files]
    return {"files": files, "seconds": round(report.took_s, 3), "stopped": report.was_stopped}


def _print_report(report: IngestReport, *, dry_run: bool) -> None:
    from collections import Counter

    for entry in report.files:
        if entry.near_duplicate_of:
            click.echo(f"near duplicate: {entry.path} has nearly the words of {entry.near_duplicate_of}")
    counts = Counter(entry.state.value for entry in report.files)
    passages = sum(entry.passages for entry in report.files if entry.state in ("indexed", "unchanged"))
    summary = ", ".join(f"{n} {state}" for state, n in counts.most_common()) or "no files"
    click.echo(f"{summary}; {passages} passages; {report.took_s:.1f} s" + (" (dry run: nothing was stored)" if dry_run else ""))
