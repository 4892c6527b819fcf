"""``kb …``: each command is one service call and the words it prints."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb import __version__
from kb.errors import KBError
from kb.settings import FILE, Settings

if TYPE_CHECKING:
    from kb.retrieval.answer import Hit, SearchResult
    from kb.services.ingesting import IngestReport, Progress

EXIT_FAULT = 1  # the command could not do what was asked
# what must hold wherever `kb serve` is started: .streamlit/config.toml counts in its own folder only
SAFE = (
    "--server.address=127.0.0.1",
    "--browser.gatherUsageStats=false",
    "--client.showErrorDetails=none",
    "--server.headless=true",
)
EXIT_INTERRUPTED = 130  # Ctrl-C, as shells count it


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kb")
def kb() -> None:
    """Documents in, cited passages out: the peer-learning knowledge base.

    Reads its settings from KB_CORPUS, KB_INDEX, KB_MODEL and KB_DATABASE_URL, or from kb.toml in this folder.
    """


@kb.command()
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
    """Read files or folders into the index.

    Unchanged files cost a look and a hash. Exit code 0: every file is accounted for; 1: at least one failed; 130: interrupted,
    and what was done is kept.
    """
    from kb.bootstrap import open_kb
    from kb.services import ingesting
    from kb.services import jobs as background
    from kb.services.permission import LOCAL_MEMBER

    settings = Settings.from_env()
    if rebuild:
        _set_aside_if_damaged(settings)
    base = open_kb(settings)
    if not paths and not rebuild:
        paths = (settings.documents,)
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
        raise SystemExit(EXIT_INTERRUPTED)
    if any(entry.state == "failed" for entry in report.files):
        raise SystemExit(EXIT_FAULT)


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


@kb.command()
@click.argument("question")
@click.option("--k", default=5, show_default=True, type=click.IntRange(1, 200), help="How many passages.")
@click.option("--kind", "kinds", multiple=True, help="Only this kind of document (case-study, good-practice, …); repeatable.")
@click.option("--country", "countries", multiple=True, help="Only documents about this country (ISO code, IN); repeatable.")
@click.option("--language", "languages", multiple=True, help="Only passages in this language (fr); repeatable.")
@click.option("--theme", "themes", multiple=True, help="Only documents with this theme; repeatable.")
@click.option("--year", "years", multiple=True, type=int, help="Only documents dated in this year; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def search(
    question: str,
    k: int,
    kinds: tuple[str, ...],
    countries: tuple[str, ...],
    languages: tuple[str, ...],
    themes: tuple[str, ...],
    years: tuple[int, ...],
    as_json: bool,
) -> None:
    """Ask a question, in any language; the answer is passages, each cited to document, page and sentence."""
    from kb.bootstrap import open_kb
    from kb.retrieval.answer import Filters
    from kb.services import searching
    from kb.services.permission import LOCAL_MEMBER

    filters = Filters(
        kinds, tuple(country.upper() for country in countries), tuple(language.lower() for language in languages), themes, years
    )
    result = searching.search(open_kb(Settings.from_env()), question, actor=LOCAL_MEMBER, filters=filters, k=k)
    if as_json:
        click.echo(json.dumps(_result_json(result), ensure_ascii=False, indent=1))
    else:
        _print_result(result)


def _result_json(result: SearchResult) -> dict[str, Any]:
    return {
        "question": result.question,
        "language": result.question_language,
        "passages_searched": result.n_passages,
        "seconds": round(result.took_s, 4),
        "hits": [_hit_json(hit) for hit in result.hits],
    }


def _hit_json(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "document": hit.path,
        "title": hit.title,
        "page": passage.page,
        "page_label": passage.page_label,
        "heading_path": list(passage.heading_path),
        "text": passage.text,
        "sentence": hit.sentence_text,
        "language": passage.language,
        "score": round(hit.score, 6),
        "lexical_rank": hit.lexical_rank,
        "dense_rank": hit.dense_rank,
        "lexical_score": hit.lexical_score,
        "dense_score": round(hit.dense_score, 6),
        "passage": passage.id,
        "start": passage.start,
        "end": passage.end,
    }


def _print_result(result: SearchResult) -> None:
    if not result.hits:
        click.echo(f"No passage found in {result.n_passages} passages of {result.n_documents} documents.")
    for hit in result.hits:
        click.echo(click.style(f"{hit.rank}. {hit.title}", bold=True) + f"  [{hit.passage.language}]")
        click.echo(f"   {cite_place(hit)}")
        before, marked, after = _parts(hit)
        click.echo("   " + _flat(before) + (click.style(_flat(marked), bold=True, underline=True) if marked else "") + _flat(after))
        words = f"words {hit.lexical_rank or '–'}, meaning {hit.dense_rank or '–'}"
        click.echo(f"   rank by {words}; similarity {hit.dense_score:.3f}\n")
    click.echo(f"{result.n_passages} passages of {result.n_documents} documents searched in {result.took_s * 1000:.0f} ms")


def cite_place(hit: Hit) -> str:
    """Where a hit stands: file, printed page and physical page, headings."""
    parts = [hit.path]
    if hit.passage.page is not None:
        label = hit.passage.page_label
        same = label in (None, str(hit.passage.page))
        parts.append(f"page {hit.passage.page}" if same else f"page {label} (page {hit.passage.page} of the file)")
    if hit.passage.heading_path:
        parts.append(" › ".join(hit.passage.heading_path))
    return ", ".join(parts)


def _parts(hit: Hit) -> tuple[str, str, str]:
    text = hit.passage.text
    if hit.sentence is None:
        return text, "", ""
    start, end = hit.sentence
    return text[:start], text[start:end], text[end:]


def _flat(text: str) -> str:
    """One line, without what a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


@kb.command()
@click.option("--no-mend", is_flag=True, help="Only look; rebuild nothing.")
def verify(no_mend: bool) -> None:
    """Walk file → passage → vector row → lexical row; name and mend what is damaged. Exit code 1 if faults remain."""
    from kb.bootstrap import open_kb
    from kb.services import health
    from kb.services.permission import LOCAL_MEMBER

    found = health.verify(open_kb(Settings.from_env()), actor=LOCAL_MEMBER, mend=not no_mend)
    for fault in found.faults:
        click.echo(fault)
    for mended in found.mended:
        click.echo(mended)
    remaining = [fault for fault in found.faults if not fault.startswith("mended: ")]
    click.echo(f"{found.n_documents} documents, {found.n_passages} passages, {len(remaining)} faults")
    if remaining:
        raise SystemExit(EXIT_FAULT)


@kb.group()
def model() -> None:
    """Embedding models: list them, build one, choose one."""


@model.command("list")
def list_models() -> None:
    """Which models there are, which are built, which is in use."""
    from kb.bootstrap import open_models

    settings = Settings.from_env()
    for entry in open_models(settings).entries():
        mark = "*" if entry.name == settings.model else " "
        click.echo(f"{mark} {entry.name:<28} {'built    ' if entry.is_built else 'not built'}  {entry.about}")


@model.command("build")
@click.argument("name", required=False)
@click.option("--if-needed", is_flag=True, help="Do nothing when it is built already.")
def build_model(name: str | None, if_needed: bool) -> None:
    """Make a model ready: a built-in name, a hub name, or a local folder (safetensors only, no code)."""
    from kb.bootstrap import open_models

    settings = Settings.from_env()
    name = name or settings.model
    store = open_models(settings)
    if not (if_needed and store.is_built(name)):
        click.echo(f"Building {name} …")
        store.build(name)
    click.echo(f"{name} is ready in {store.folder_of(name)}")


@model.command("use")
@click.argument("name")
def use_model(name: str) -> None:
    """Choose the model of this installation (written to kb.toml)."""
    from kb.bootstrap import open_models

    settings = Settings.from_env()
    open_models(settings).card(name)
    path = Path(FILE)
    written = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    lines = [line for line in written if line.partition("=")[0].strip() != "model"]
    path.write_text("\n".join([*lines, f"model = {json.dumps(name, ensure_ascii=False)}", ""]), encoding="utf-8")
    click.echo(f"{name} is chosen. If the index was built with another model, rebuild it: kb ingest --rebuild")
    if os.environ.get("KB_MODEL", name) != name:
        click.echo(f"KB_MODEL is set to {os.environ['KB_MODEL']} and goes before {FILE}: unset it.", err=True)


@kb.command()
@click.option("--port", default=8501, show_default=True, help="Port on this machine.")
def serve(port: int) -> None:
    """Serve the app on this machine only."""
    import kb as package

    server = Path(package.__file__).parent / "ui" / "server.py"
    click.echo(f"The app is at http://localhost:{port} (this machine only; Ctrl-C ends it)")
    sys.stdout.flush()
    command = [sys.executable, "-m", "streamlit", "run", str(server), "--server.port", str(port), *SAFE]
    os.execv(sys.executable, command)  # noqa: S606  # no shell; signals reach the server itself


def main() -> None:
    """Run ``kb``; a :class:`KBError` is one sentence on standard error."""
    try:
        kb(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Interrupted.", err=True)
        raise SystemExit(EXIT_INTERRUPTED) from None
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except KBError as error:
        click.echo(str(error), err=True)
        raise SystemExit(EXIT_FAULT) from None
    _leave()


def _leave() -> None:
    """End now: taking the tokenizer's quarter of a million entries apart costs 0.4 s, and the kernel frees them in one go."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
