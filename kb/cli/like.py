"""``kb like``: from a passage or a document to others that are like it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kb.cli.filtering import filtered
from kb.cli.search import cite_place, flat, hit_json
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.retrieval.answer import Filters
    from kb.retrieval.similar import Likeness, SimilarDocuments, SimilarPassages


@click.command()
@click.argument("what", metavar="PASSAGE|DOCUMENT")
@click.option("--k", default=5, show_default=True, type=click.IntRange(1, 200), help="How many passages or documents.")
@filtered
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def like(
    what: str,
    k: int,
    filters: Filters,
    as_json: bool,
) -> None:
    """Find passages like a passage, given by its id, or documents like a document, given by its id or path.

    `kb search --json` tells the ids and paths. The document itself and near copies of it are left out.
    """
    from kb.bootstrap import open_kb
    from kb.retrieval.passage import PassageId
    from kb.services import library, similar
    from kb.services.permission import LOCAL_MEMBER

    base = open_kb(Settings.from_env())
    documents = [each.id for each in library.documents(base, actor=LOCAL_MEMBER) if what in (each.path, each.id)]
    if documents:
        near = similar.more_like_document(base, documents[0], actor=LOCAL_MEMBER, k=k, filters=filters)
        click.echo(json.dumps(_documents_json(near), ensure_ascii=False, indent=1) if as_json else _documents_text(near))
    else:
        passage = PassageId(what.encode("utf-8", "replace").decode())
        found = similar.more_like_passage(base, passage, actor=LOCAL_MEMBER, k=k, filters=filters, mark=False)
        click.echo(json.dumps(_passages_json(found), ensure_ascii=False, indent=1) if as_json else _passages_text(found))


def _passages_json(found: SimilarPassages) -> dict[str, Any]:
    return {
        "passage": found.passage.id,
        "passages_searched": found.n_passages,
        "left_out": [document.path for document in found.left_out],
        "seconds": round(found.took_s, 4),
        "hits": [hit_json(hit) for hit in found.hits],
    }


def _documents_json(near: SimilarDocuments) -> dict[str, Any]:
    return {
        "document": near.document.path,
        "passages_searched": near.n_passages,
        "left_out": [document.path for document in near.left_out],
        "seconds": round(near.took_s, 4),
        "documents": [
            {
                "rank": each.rank,
                "document": each.document.path,
                "id": each.document.id,
                "title": each.document.metadata.title,
                "score": round(each.score, 6),
                "pairs": [_pair_json(pair) for pair in each.pairs],
            }
            for each in near.found
        ],
    }


def _pair_json(pair: Likeness) -> dict[str, Any]:
    sides = {"own": pair.own, "other": pair.other}
    told = {side: {"passage": each.id, "page": each.page, "text": each.text} for side, each in sides.items()}
    return {"similarity": round(pair.similarity, 6), **told}


def _passages_text(found: SimilarPassages) -> str:
    lines = []
    for hit in found.hits:
        lines += [click.style(f"{hit.rank}. {hit.title}", bold=True) + f"  [{hit.passage.language}]", f"   {cite_place(hit)}"]
        lines += [f"   {flat(hit.passage.text)}", f"   similarity {hit.dense_score:.3f}", ""]
    return "\n".join([*lines, _searched(found)])


def _documents_text(near: SimilarDocuments) -> str:
    lines = []
    for each in near.found:
        lines += [click.style(f"{each.rank}. {flat(each.document.metadata.title)}", bold=True), f"   {flat(each.document.path)}"]
        lines += [f"   {pair.similarity:.3f}  {_begun(pair.own.text)}  ~  {_begun(pair.other.text)}" for pair in each.pairs]
        lines.append("")
    return "\n".join([*lines, _searched(near)])


def _begun(text: str, length: int = 60) -> str:
    return flat(text if len(text) <= length else text[: length - 1] + "…")


def _searched(found: SimilarPassages | SimilarDocuments) -> str:
    copies = ", ".join(flat(document.path) for document in found.left_out)
    left_out = f"Left out as near copies: {copies}\n" if copies else ""
    return f"{left_out}{found.n_passages} passages of {found.n_documents} documents searched in {found.took_s * 1000:.0f} ms"
