"""``kb transfer join|passages|judge|overall|hand-in``: what assessors do, in a draft that nobody else sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, language, open_base
from kb.cli.printed import n
from kb.cli.search import flat
from kb.cli.transfer_told import done, value

if TYPE_CHECKING:
    from kb.peers.assessment.review import Pin
    from kb.peers.transfer.judgement import Evidenced
    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.permission import Member
    from kb.services.transferring.evidence import SideEvidence
    from kb.services.transferring.judging import Desk

CONFIDENCES = ("low", "medium", "high")
AS_PASSAGE = "may be given several times; see kb transfer passages."


@click.command()
@click.argument("test", metavar="ID")
@acting
def join(test: str, acting_as: str) -> None:
    """Offer a judgement unasked."""
    from kb.services.transferring import seats

    base = open_base()
    actor = actor_of(base, acting_as)
    warnings = seats.join(base, test, actor=actor)
    noted = f" Note, kept with your seat: {'; '.join(warnings)}." if warnings else ""
    done(base, test, f"You take part in {test}.{noted} Answer: kb transfer judge {test} CRITERION", actor=actor)


@click.command()
@click.argument("test", metavar="ID")
@click.argument("criterion")
@click.option("--question", default="", help="What to ask instead of the criterion's own questions.")
@language
@acting
def passages(test: str, criterion: str, question: str, language: str, acting_as: str) -> None:
    """Passages that speak to CRITERION, of the practice's documents and of documents about the target, with their ids."""
    from kb.services.transferring import evidence

    base = open_base()
    found = evidence.for_criterion(base, test, criterion, question=question, actor=actor_of(base, acting_as))
    _print_side("Documents of the practice", found.source, "the practice’s own documents", language)
    _print_side("Documents about the target", found.target, "documents about the target", language)


@click.command()
@click.argument("test", metavar="ID")
@click.argument("criterion", required=False, default="")
@click.option("--value", "given", type=click.IntRange(-2, 2), help="−2 stands in the way … 0 makes no difference … 2 helps much.")
@click.option("--unknown", "is_unknown", is_flag=True, help="You cannot tell.")
@click.option("--confidence", type=click.Choice(CONFIDENCES), help="How sure you are of a value.")
@click.option("--reason", default=None, help="Why; others read it.")
@click.option("--source", "source_for", multiple=True, metavar="PASSAGE", help=f"Of the practice, for it; {AS_PASSAGE}")
@click.option("--source-against", multiple=True, metavar="PASSAGE", help="Of the practice, against it.")
@click.option("--target", "target_for", multiple=True, metavar="PASSAGE", help="About the target, for it.")
@click.option("--target-against", multiple=True, metavar="PASSAGE", help="About the target, against it.")
@click.option("--none-in-source", is_flag=True, help="You looked in the practice's documents and found none.")
@click.option("--none-in-target", is_flag=True, help="You looked in documents about the target and found none.")
@language
@acting
def judge(test: str, criterion: str, language: str, acting_as: str, **given: Any) -> None:
    """Keep your answer to CRITERION in your draft, whole as it is given. Without CRITERION: what is said, and what is to do."""
    from kb.services.transferring import judging

    base = open_base()
    actor = actor_of(base, acting_as)
    desk = judging.desk(base, test, actor=actor)
    if not criterion:
        for line in _desk_lines(desk, language):
            click.echo(flat(line))
        return
    answer = {
        "value": given["given"],
        "is_unknown": given["is_unknown"],
        "confidence": given["confidence"],
        "reason": given["reason"] or "",
        "source_pins": tuple(_pins(base, test, "source", given["source_for"], given["source_against"], actor)),
        "target_pins": tuple(_pins(base, test, "target", given["target_for"], given["target_against"], actor)),
        "none_in_source": given["none_in_source"],
        "none_in_target": given["none_in_target"],
    }
    after = judging.keep_answer(base, test, criterion, answer, version=desk.version, actor=actor)
    click.echo(flat(f"Your answer to {criterion} is kept as a draft; {_to_do(after)}{_marks(after)}"))


@click.command()
@click.argument("test", metavar="ID")
@click.option("--helps", "facilitators", multiple=True, help="What of the target place would help; may be given several times.")
@click.option("--hinders", "barriers", multiple=True, help="What would hinder.")
@click.option(
    "--adapt", "adaptations", nargs=2, multiple=True, metavar="ELEMENT HOW", help="What would have to be different, and how."
)
@click.option("--keep", "core_kept", multiple=True, help="What would be kept as it is.")
@click.option("--comment", default=None, help="On all of it.")
@click.option("--written-in", "written_in", default=None, metavar="CODE", help="In which language you write, such as fr.")
@acting
def overall(test: str, acting_as: str, adaptations: tuple[tuple[str, str], ...], written_in: str | None, **given: Any) -> None:
    """Keep what you say of all of it in your draft: what is given takes the place of what was there, the rest stays."""
    from kb.services.transferring import judging

    base = open_base()
    actor = actor_of(base, acting_as)
    said = {name: each for name, each in given.items() if each}
    said |= {"adaptations": [{"element": element, "how": how} for element, how in adaptations]} if adaptations else {}
    said |= {"language": written_in} if written_in is not None else {}
    if not said:
        raise click.UsageError("Say something: --helps, --hinders, --adapt, --keep, --comment or --written-in.")
    after = judging.keep_overall(base, test, said, version=judging.desk(base, test, actor=actor).version, actor=actor)
    click.echo(flat(f"What you say of all of it is kept as a draft; {_to_do(after)}{_marks(after)}"))


@click.command("hand-in")
@click.argument("test", metavar="ID")
@acting
def hand_in(test: str, acting_as: str) -> None:
    """Hand your draft in. Until the test is concluded a later one may stand instead."""
    from kb.services.transferring import judging

    base = open_base()
    actor = actor_of(base, acting_as)
    desk = judging.desk(base, test, actor=actor)
    for name, side in desk.unsupported:
        click.echo(flat(f"note: {name} has no passage on the side of the {side.value}"), err=True)
    judging.hand_in(base, test, version=desk.version, actor=actor)
    done(base, test, f"Your judgement of {test} is handed in.", actor=actor)


def _pins(base: KnowledgeBase, test: str, side: str, pro: tuple[str, ...], con: tuple[str, ...], actor: Member) -> Iterator[Pin]:
    from kb.peers.assessment.review import Stance
    from kb.peers.transfer.judgement import Evidenced
    from kb.retrieval.passage import PassageId
    from kb.services.transferring import evidence

    where: Evidenced = Evidenced(side)
    for ids, stance in ((pro, Stance.FOR), (con, Stance.AGAINST)):
        for each in ids:
            yield evidence.pin(base, test, PassageId(each), side=where, stance=stance, actor=actor)


def _desk_lines(desk: Desk, language: str) -> Iterator[str]:
    from kb.peers.narrative import without_citations
    from kb.services.transferring.judging import NEEDS

    yield f"{desk.test.id}: {desk.test.title}, {desk.test.source} to {desk.test.target}{_marks(desk)}"
    needs = {lack.item: NEEDS[lack.need] for lack in reversed(desk.lacking)}
    for each in desk.framework.criteria:
        answer = desk.judgement.answers.get(each.name)
        said = "–" if answer is None else "unknown" if answer.is_unknown else value(answer.known)
        lack = f"  ({needs[each.name]})" if answer is not None and each.name in needs else ""
        yield f"  {said:>7}  {each.name}: {without_citations(each.title.best(language)[1])}{lack}"
    yield _to_do(desk)


def _to_do(desk: Desk) -> str:
    """What keeps it from being handed in."""
    items = dict.fromkeys(lack.item for lack in desk.lacking)
    return f"before it can be handed in: {', '.join(items)}" if items else "it can be handed in"


def _marks(desk: Desk) -> str:
    return f" · {DEMONSTRATION}" if desk.test.is_demo else ""


def _print_side(title: str, found: SideEvidence, where: str, language: str) -> None:
    click.echo(title)
    for name, texts in found.said:
        for text in texts:
            click.echo(flat(f"  {name}: {text.best(language)[1]}"))
    if not found.asked:
        click.echo("  nothing is asked here")
        return
    if found.is_gap:
        click.echo(f"  no evidence found in {n(found.n_documents, 'document')}; the nearest passages:")
    for each in found.passages:
        page = f", page {each.passage.page_label or each.passage.page}" if each.passage.page else ""
        click.echo(flat(f"  {each.passage.id}  {each.document.path}{page}"))
        click.echo(f"     {flat(each.passage.text)}\n")
    click.echo(f"  {n(found.n_passages, 'passage')} of {n(found.n_documents, 'document')} searched: {where}")
