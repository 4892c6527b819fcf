"""``kb search``: a question answered in the terminal, each passage with its citation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kb.settings import Settings

if TYPE_CHECKING:
    from kb.retrieval.answer import Hit, SearchResult


@click.command()
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
        sentence = click.style(f"▸{_flat(marked)}◂", bold=True) if marked else ""  # seen without colour too
        click.echo("   " + _flat(before) + sentence + _flat(after))
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
