"""``kb tag``: tags on practices, given by members, and those that the program suggests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kb.cli.search import flat
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.retrieval.passage import PassageId
    from kb.retrieval.standing import Speaking
    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.suggesting import Suggestion, Suggestions
    from kb.services.tag_telling import TagSource
    from kb.services.tagging import TagsOfPractice

SHOWN_CHARS = 200  # of a quote in a list

_evidence = click.option("--evidence", metavar="PASSAGE", help="Id of the passage that shows it; `kb search --json` tells ids.")


@click.group()
def tag() -> None:
    """Tags on practices: give, withdraw and list them, and decide on suggested ones.

    A controlled tag begins with theme:, sdg:, group: or condition: and stands in corpus/concepts; any other word is a free tag.
    """


@tag.command("give")
@click.argument("practice")
@click.argument("tag")
@click.option("--why", required=True, help="Your reason; others read it.")
@_evidence
def give(practice: str, tag: str, why: str, evidence: str | None) -> None:
    """Give PRACTICE a TAG and say why."""
    from kb.services import tagging
    from kb.services.permission import LOCAL_MEMBER

    kept = tagging.give(_open(), practice, tag, why=why, evidence=_passage(evidence), actor=LOCAL_MEMBER)
    click.echo(flat(f"{kept.practice} has the tag {kept.tag} (number {kept.id})."))


@tag.command("withdraw")
@click.argument("practice")
@click.argument("tag")
@click.option("--why", required=True, help="Your reason; others read it.")
def withdraw(practice: str, tag: str, why: str) -> None:
    """Take back a TAG that you gave PRACTICE. It stays to be seen as withdrawn."""
    from kb.services import tagging
    from kb.services.permission import LOCAL_MEMBER

    base = _open()
    given = tagging.withdrawable(base, practice, tag, actor=LOCAL_MEMBER)
    tagging.withdraw(base, given.id, why=why, version=given.version, actor=LOCAL_MEMBER)
    click.echo(flat(f"The tag {given.tag} of {given.practice} is withdrawn."))


@tag.command("list")
@click.argument("practice", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def list_tags(practice: str | None, as_json: bool) -> None:
    """The tags of PRACTICE with who says so and why; without one, all tags with the number of their practices."""
    from kb.services import tagging
    from kb.services.permission import LOCAL_MEMBER

    if practice is None:
        counts = {str(each): count for each, count in tagging.all_tags(_open(), actor=LOCAL_MEMBER).items()}
        lines = [f"{count:4}  {each}" for each, count in counts.items()]
        click.echo(_json(counts) if as_json else "\n".join([*lines, f"{len(counts)} tags"]))
        return
    tags = tagging.tags_of(_open(), practice, actor=LOCAL_MEMBER)
    click.echo(_json(_tags_json(tags)) if as_json else "\n".join(_tags_text(tags)))


@tag.command("suggest")
@click.argument("practice")
@click.option("--k", default=5, show_default=True, type=click.IntRange(1, 100), help="How many tags at most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def suggest(practice: str, k: int, as_json: bool) -> None:
    """Controlled tags that passages of PRACTICE speak for: its sheet and the documents that the sheet names."""
    from kb.services import suggesting
    from kb.services.permission import LOCAL_MEMBER

    found = suggesting.suggest(_open(), practice, actor=LOCAL_MEMBER, k=k)
    click.echo(_json(_suggestions_json(found)) if as_json else "\n".join(_suggestions_text(found)))


@tag.command("confirm")
@click.argument("practice")
@click.argument("tag")
@click.option("--why", default="", help="Your reason, if the passage is not reason enough.")
@_evidence
def confirm(practice: str, tag: str, why: str, evidence: str | None) -> None:
    """Give PRACTICE a suggested TAG. Its evidence is the passage that speaks for it most, unless you name another."""
    from kb.services import suggesting
    from kb.services.permission import LOCAL_MEMBER

    kept = suggesting.confirm(_open(), practice, tag, actor=LOCAL_MEMBER, why=why, passage_id=_passage(evidence))
    click.echo(flat(f"{kept.practice} has the tag {kept.tag} (number {kept.id}), with {kept.document} as evidence."))


@tag.command("reject")
@click.argument("practice")
@click.argument("tag")
@click.option("--why", default="", help="Your reason; others read it.")
@_evidence
def reject(practice: str, tag: str, why: str, evidence: str | None) -> None:
    """Say that a suggested TAG does not fit PRACTICE; it is not suggested again."""
    from kb.services import suggesting
    from kb.services.permission import LOCAL_MEMBER

    kept = suggesting.reject(_open(), practice, tag, actor=LOCAL_MEMBER, why=why, passage_id=_passage(evidence))
    click.echo(flat(f"{kept.tag} is not suggested for {kept.practice} again."))


def _open() -> KnowledgeBase:
    from kb.bootstrap import open_kb

    return open_kb(Settings.from_env())


def _passage(typed: str | None) -> PassageId | None:
    from kb.retrieval.passage import PassageId

    return PassageId(typed.encode("utf-8", "replace").decode()) if typed else None


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1)


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"


# tags of a practice -------------------------------------------------------------------------------------------------------


def _tags_json(tags: TagsOfPractice) -> dict[str, Any]:
    return {
        "practice": tags.practice,
        "tags": [{"tag": str(each.tag), "sources": [_source_json(source) for source in each.sources]} for each in tags.live],
        "withdrawn": [_source_json(source) for source in tags.withdrawn],
    }


def _source_json(source: TagSource) -> dict[str, Any]:
    told: dict[str, Any] = {"origin": str(source.origin), "by": source.member, "at": source.at_utc, "why": source.why}
    if source.given is not None:
        told |= {"number": source.given.id, "version": source.given.version, "tag": source.given.tag}
        if not source.given.is_live:
            told["withdrawn"] = {
                "by": source.given.withdrawn_by,
                "at": source.given.withdrawn_at_utc,
                "why": source.given.withdrawn_why,
            }
    if source.evidence is not None:
        told["evidence"] = {
            "passage": source.evidence.passage_id,
            "document": source.evidence.document,
            "quote": source.evidence.quote,
        }
    return told


def _tags_text(tags: TagsOfPractice) -> list[str]:
    lines = []
    for each in tags.live:
        lines.append(click.style(str(each.tag), bold=True))
        lines += [line for source in each.sources for line in _source_text(source)]
    for source in tags.withdrawn:
        if source.given is not None:
            by = f"withdrawn by {source.given.withdrawn_by} on {source.given.withdrawn_at_utc[:10]}: {source.given.withdrawn_why}"
            lines.append(flat(f"{source.given.tag}  (number {source.given.id}) {by}"))
    return [*lines, f"{len(tags.live)} tags of {tags.practice}"]


def _source_text(source: TagSource) -> list[str]:
    by = f"   {source.origin} by {source.member or 'the sheet'}"
    when = f" on {source.at_utc[:10]}" if source.at_utc else ""
    lines = [flat(f"{by}{when}{f': {source.why}' if source.why else ''}")]
    if source.evidence is not None:
        lines.append(flat(f"   {source.evidence.document}: “{_cut(source.evidence.quote)}”"))
    return lines


# suggested tags -----------------------------------------------------------------------------------------------------------


def _suggestions_json(found: Suggestions) -> dict[str, Any]:
    return {
        "practice": found.practice,
        "suggested": [_suggestion_json(each) for each in found.found],
        "rejected": [{"tag": each.tag, "by": each.member, "at": each.at_utc, "why": each.why} for each in found.rejected],
        "passages": found.n_passages,
        "documents": found.n_documents,
        "tags_asked": found.n_tags,
        "seconds": round(found.took_s, 4),
    }


def _suggestion_json(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "tag": str(suggestion.tag),
        "score": round(suggestion.score, 4),
        "passages": [
            {
                "passage": each.passage.id,
                "document": each.document.path,
                "heading_path": list(each.passage.heading_path),
                "text": each.passage.text,
                "sentence": each.passage.text[slice(*each.sentence)] if each.sentence else None,
                "score": round(each.score, 4),
            }
            for each in suggestion.speaking
        ],
    }


def _suggestions_text(found: Suggestions) -> list[str]:
    lines = []
    for each in found.found:
        lines.append(click.style(f"{each.tag}", bold=True) + f"  ({each.score:.1f})")
        lines += [_speaking_text(speaking) for speaking in each.speaking]
    if not found.found:
        lines.append("No further tag is suggested.")
    lines += [
        flat(f"{each.tag}  rejected by {each.member} on {each.at_utc[:10]}{f': {each.why}' if each.why else ''}")
        for each in found.rejected
    ]
    asked = f"{found.n_tags} tags asked of {found.n_passages} passages of {found.n_documents} documents"
    return [*lines, f"{asked} in {found.took_s * 1000:.0f} ms"]


def _speaking_text(speaking: Speaking) -> str:
    text = speaking.passage.text[slice(*speaking.sentence)] if speaking.sentence else speaking.passage.text
    return flat(f"   {speaking.passage.id}  {speaking.document.path}: {_cut(text)}")
