"""``kb search``: a question answered in the terminal, each passage with its citation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.cite import hand_out, refuse_binary
from kb.cli.filtering import filtered
from kb.cli.understood import remarks, told
from kb.errors import NotFound
from kb.services.citation_formats import Format
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.retrieval.answer import Filters, Hit, SearchResult
    from kb.retrieval.passage import DocumentId
    from kb.services.citing import Exported
    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.practice_documents import Named

FORMATS = ["text", "json", *(form.value for form in Format if form is not Format.TEXT)]


@click.command()
@click.argument("question")
@click.option("--k", default=5, show_default=True, type=click.IntRange(1, 200), help="How many passages.")
@filtered
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest"]),
    default="relevance",
    show_default=True,
    help="Order in which the K most relevant passages are shown; newest goes by the document's date, undated ones last.",
)
@click.option(
    "--expand/--no-expand", default=True, help="Look for a concept that the question names by its other names too (the default)."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object; the same as --format json.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Of what is printed or written."
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else standard output.")
def search(
    question: str,
    k: int,
    filters: Filters,
    sort: str,
    expand: bool,
    as_json: bool,
    form: str,
    output: Path | None,
) -> None:
    """Ask a question, in any language; the answer is passages, each cited to document, page and sentence.

    In the question, "exact words" must stand in a passage, -word and -"exact words" must not, and
    kind: country: lang: year: theme: org: tag: choose documents, as in country:IN or year:2010-2014.
    A question that begins with a minus is written after two: kb search -- "-bank".
    """
    from kb.bootstrap import open_kb
    from kb.retrieval.answer import Order
    from kb.services import searching
    from kb.services.permission import LOCAL_MEMBER

    form = "json" if as_json else form
    refuse_binary(form, output)
    base = open_kb(Settings.from_env())
    result = searching.search(
        base, question, actor=LOCAL_MEMBER, filters=filters, k=k, facets=False, order=Order(sort), expand=expand
    )
    if form == "text" and output is None:
        _print_result(result, _practices(base, result))
    else:
        hand_out(_exported(base, result, form), output)


def _exported(base: KnowledgeBase, result: SearchResult, form: str) -> Exported:
    """The answer as a file: as JSON all of it, else its passages, cited."""
    from kb.services import citing
    from kb.services.permission import LOCAL_MEMBER

    if form == "json":
        text = json.dumps(_result_json(result, _practices(base, result)), ensure_ascii=False, indent=1) + "\n"
        return citing.Exported("answer.json", "application/json", text.encode())
    if not result.hits:
        raise NotFound(_nothing(result))
    for remark in remarks(result):
        click.echo(flat(remark), err=True)
    sentences = {hit.passage.id: hit.sentence for hit in result.hits if hit.sentence}
    chosen = [hit.passage.id for hit in result.hits]
    return citing.export(base, chosen, Format(form), actor=LOCAL_MEMBER, sentences=sentences, question=result.question)


def _practices(base: KnowledgeBase, result: SearchResult) -> Mapping[DocumentId, tuple[Named, ...]]:
    """The practices that the hits belong to, by document."""
    from kb.services.permission import LOCAL_MEMBER
    from kb.services.practice_documents import practices_of

    return practices_of(base, {hit.passage.document_id for hit in result.hits}, actor=LOCAL_MEMBER)


def _result_json(result: SearchResult, practices: Mapping[DocumentId, tuple[Named, ...]]) -> dict[str, Any]:
    return {
        "question": result.question,
        "language": result.question_language,
        **told(result),
        "passages_searched": result.n_passages,
        "seconds": round(result.took_s, 4),
        "hits": [
            {**hit_json(hit), "practices": [named.name for named in practices.get(hit.passage.document_id, ())]}
            for hit in result.hits
        ],
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """A hit as the commands print it."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "document": hit.path,
        "date": hit.metadata.date,
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
        "reranker_score": hit.reranker_score,
        "passage": passage.id,
        "start": passage.start,
        "end": passage.end,
    }


def _print_result(result: SearchResult, practices: Mapping[DocumentId, tuple[Named, ...]]) -> None:
    for remark in remarks(result):
        click.echo(flat(remark))
    if not result.hits:
        click.echo(_nothing(result))
    for hit in result.hits:
        click.echo(click.style(f"{hit.rank}. {hit.title}", bold=True) + f"  [{hit.passage.language}]")
        click.echo(f"   {cite_place(hit)}")
        for named in practices.get(hit.passage.document_id, ()):
            click.echo(f"   Practice: {flat(named.title)} ({named.name})")
        before, marked, after = _parts(hit)
        sentence = click.style(f"▸{flat(marked)}◂", bold=True) if marked else ""  # seen without colour too
        click.echo("   " + flat(before) + sentence + flat(after))
        if result.is_list:
            click.echo()
            continue
        words = f"words {hit.lexical_rank or '–'}, meaning {hit.dense_rank or '–'}"
        click.echo(f"   rank by {words}; similarity {hit.dense_score:.3f}\n")
    click.echo(f"{result.n_passages} passages of {result.n_documents} documents searched in {result.took_s * 1000:.0f} ms")


def _nothing(result: SearchResult) -> str:
    return f"No passage found in {result.n_passages} passages of {result.n_documents} documents."


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


def flat(text: str) -> str:
    """One line, without what a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)
