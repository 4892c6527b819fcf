"""``kb concept``: the words of the field, what they mean where, and their exchange with other vocabularies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli import exits
from kb.cli.search import flat
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.peers.concepts import Reference
    from kb.services.concepts import ConceptView


@click.group()
def concept() -> None:
    """The concepts of the knowledge base: list, show, check, exchange as SKOS.

    They lie in YAML files in the folder concepts of the corpus. Search uses them: see kb search --help.
    """


@concept.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def check(file: Path | None) -> None:
    """Say what is wrong in the concept files, or in one FILE of them: each fault with file and line.

    A remark is worth a look; the concepts can be used all the same. Ends with 1 if there is a fault.
    """
    from kb.bootstrap import check_concepts
    from kb.errors import UnusableConcepts

    folder = Settings.from_env().concepts if file is None or not file.is_dir() else file
    if file is not None and not file.is_dir():
        folder = file.parent if file.exists() else folder
    wanted = "" if file is None or file.is_dir() else f"{file.name}:"
    try:
        read = check_concepts(folder)
    except UnusableConcepts as error:
        own = [fault for fault in error.faults if fault.startswith(wanted)]
        for fault in own:
            click.echo(flat(fault), err=True)
        others = len(error.faults) - len(own)
        click.echo(f"{len(own)} faults." + (f" {others} more in other files." if others else ""), err=True)
        raise SystemExit(exits.FAULT) from None
    for remark in read.remarks:
        if remark.startswith(wanted):
            click.echo(f"remark: {flat(remark)}")
    n_meanings = sum(len(each.meanings) for each in read.scheme.concepts)
    click.echo(f"{len(read.scheme)} concepts, {len(read.scheme.tags)} controlled tags, {n_meanings} meanings: no fault.")


@concept.command("list")
@click.option("--facet", default="", help="Only this part of the tree (forms, themes, method, gender, conditions, …).")
@click.option("--language", default="en", show_default=True, help="Of the labels.")
def list_concepts(facet: str, language: str) -> None:
    """The tree of concepts: id and label, each below what holds it."""
    from kb.bootstrap import open_kb
    from kb.services import concepts
    from kb.services.permission import LOCAL_MEMBER

    found = concepts.tree(open_kb(Settings.from_env()), actor=LOCAL_MEMBER, language=language)
    if facet and facet not in list(found):
        raise click.BadParameter(f"“{facet}” is none of {', '.join(found)}", param_hint="--facet")
    for name, twigs in found.items():
        if facet in ("", name):
            click.echo(click.style(name.value, bold=True))
            for twig in twigs:
                tag = f"  [{twig.concept.tag}]" if twig.concept.tag else ""
                click.echo(flat(f"{'  ' * (twig.depth + 1)}{twig.concept.id}  {twig.concept.label(language)}{tag}"))
    click.echo(f"{len({twig.concept.id for twigs in found.values() for twig in twigs})} concepts")


@concept.command()
@click.argument("name")
@click.option("--language", default="en", show_default=True, help="Of label and definition.")
@click.option("--k", default=3, show_default=True, type=click.IntRange(0, 50), help="How many passages that use it.")
def show(name: str, language: str, k: int) -> None:
    """One concept, by its id or a label in any language: what it means where, practices under it, passages that use it."""
    from kb.bootstrap import open_kb
    from kb.cli.search import cite_place
    from kb.services import concepts
    from kb.services.permission import LOCAL_MEMBER

    base = open_kb(Settings.from_env())
    view = concepts.concept(base, name, actor=LOCAL_MEMBER)
    for line in _told(view, language):
        click.echo(flat(line))
    for practice in concepts.practices(base, view.concept.id, actor=LOCAL_MEMBER):
        click.echo(flat(f"practice: {practice}"))
    if k:
        for hit in concepts.passages(base, view.concept.id, actor=LOCAL_MEMBER, language=language, k=k).hits:
            click.echo(flat(f"passage: {hit.title} [{hit.passage.language}], {cite_place(hit)}"))


def _told(view: ConceptView, language: str) -> Iterator[str]:
    from kb.peers.concepts import in_language

    concept = view.concept
    yield f"{concept.label(language)}  ({concept.id}, {concept.facet.value})"
    yield f"  {concept.defined(language)}"
    for source in concept.sources:
        yield f"  source: {_cited(source)}"
    for spoken, label in concept.labels.items():
        yield f"{spoken}: {'; '.join((label, *concept.also.get(spoken, ())))}"
    for what, others in (("broader", view.broader), ("narrower", view.narrower), ("related", view.related)):
        if others:
            yield f"{what}: {', '.join(each.label(language) for each in others)}"
    for name, values in (("exact", concept.exact), ("close", concept.close)):
        if values:
            yield f"{name}: {' '.join(values)}"
    if concept.codes:
        yield f"codes: {', '.join(f'{scheme} {code}' for scheme, code in concept.codes.items())}"
    for country, meanings in view.meanings.items():
        for meaning in meanings:
            says = in_language(meaning.says, language)
            yield f"{country}: {meaning.label} ({meaning.language}, {meaning.relation.value}): {says}"
            yield from (f"    {each}" for each in (meaning.legal, *map(_cited, meaning.sources)) if each)
            if meaning.instead:
                yield f"    say instead: {', '.join(meaning.instead)}"


def _cited(source: Reference) -> str:
    return f"{source.title} <{source.address}>" if source.address else source.title


@concept.command()
@click.option(
    "--format", "form", type=click.Choice(["turtle", "json-ld"]), default="turtle", show_default=True, help="Of the graph."
)
@click.option("--base", default="", metavar="ADDRESS", help="Address that ids of concepts are appended to.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else standard output.")
def export(form: str, base: str, output: Path | None) -> None:
    """All concepts as SKOS, in Turtle or JSON-LD."""
    from kb.bootstrap import open_kb
    from kb.services import concepts
    from kb.services.concept_exchange import GraphForm
    from kb.services.permission import LOCAL_MEMBER

    data = concepts.export(open_kb(Settings.from_env()), GraphForm(form), actor=LOCAL_MEMBER, base=base)
    if output is None:
        click.echo(data, nl=False)
    else:
        output.write_bytes(data)
        click.echo(f"{output} written.")


@concept.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "name", default="", metavar="NAME", help="Of the file to write in the concepts folder; else as FILE.")
def import_concepts(file: Path, name: str) -> None:
    """Take the concepts of a SKOS FILE (.ttl, .jsonld) into a file of their own beside the others.

    Nothing is fetched from elsewhere, and nothing that is there is changed.
    """
    from kb.bootstrap import open_kb
    from kb.services import concepts
    from kb.services.concept_exchange import GraphForm
    from kb.services.permission import LOCAL_MEMBER

    forms: dict[str, GraphForm] = {".ttl": GraphForm.TURTLE, ".jsonld": GraphForm.JSON_LD, ".json": GraphForm.JSON_LD}
    form = forms.get(file.suffix.lower())
    if form is None:
        raise click.BadParameter(f"{file.name} ends with none of {', '.join(forms)}", param_hint="FILE")
    base = open_kb(Settings.from_env())
    taken = concepts.take_in(base, file.read_bytes(), form, name=name or file.stem.lower(), actor=LOCAL_MEMBER)
    for remark in taken.remarks:
        click.echo(f"remark: {flat(remark)}")
    click.echo(f"{len(taken.scheme)} concepts written to {taken.file}.")
