"""``kb learn round answer|ask|reply|vote``: what members do in a round that was sent."""

from __future__ import annotations

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base
from kb.cli.learn_round_leading import pairs
from kb.cli.learn_round_looking import in_a_line
from kb.cli.printed import n
from kb.cli.search import flat


@click.command()
@click.argument("round_id", metavar="ID")
@click.option("--title", default="", metavar="TEXT", help="What the case is called; else the title of the practice.")
@click.option("--practice", default="", metavar="NAME", help="Its practice sheet, where there is one.")
@click.option("--language", default="", metavar="CODE", help="Of your answers.")
@click.option("--answer", "answers", multiple=True, metavar="KEY=TEXT", help="To one question; one option for each.")
@click.option("--pin", "pins", multiple=True, metavar="KEY=PASSAGE", help="A passage as evidence, by its id; more than one may be.")
@click.option("--case", default=0, metavar="NUMBER", help="Your case that this stands instead of.")
@click.option("--keep", "is_kept", is_flag=True, help="Only keep it as your draft; nobody else sees it.")
@acting
def answer(
    round_id: str, title: str, practice: str, language: str, answers: tuple[str, ...], pins: tuple[str, ...], case: int,
    is_kept: bool, acting_as: str,
) -> None:  # fmt: skip
    """Answer with a case of your organisation. What you kept before stays, question by question."""
    from kb.retrieval.passage import PassageId
    from kb.services.learning import answering, round_evidence

    answered = pairs(answers)
    base = open_base()
    actor = actor_of(base, acting_as)
    desk = answering.desk(base, round_id, actor=actor, case=case)
    said: dict[str, object] = {"answers": answered}
    said |= {name: value for name, value in (("title", title), ("practice", practice), ("language", language)) if value}
    if practice and not title and not desk.draft.title:
        said["title"] = answering.title_of(base, practice, actor=actor, language=language or "en")
    pinned = {key: list(each) for key, each in desk.draft.pins.items()}
    for given in pins:
        key, _, passage = given.partition("=")
        pinned.setdefault(key, []).append(round_evidence.pin(base, PassageId(passage), actor=actor))
    desk = answering.keep(base, round_id, {**said, "pins": pinned}, version=desk.version, actor=actor, case=case)
    if is_kept:
        missing = f"; no answer yet: {', '.join(desk.unanswered)}" if desk.unanswered else ""
        click.echo(flat(f"Kept as your draft{missing}"))
        return
    made = answering.submit(base, round_id, version=desk.version, actor=actor, case=case)
    number = case or max(each.seq for each in made.answers if each.by.name == actor.name)
    click.echo(flat(f"Case {number} is submitted. {in_a_line(made)}"))


@click.command()
@click.argument("round_id", metavar="ID")
@click.argument("case", type=int)
@click.argument("text")
@acting
def ask(round_id: str, case: int, text: str, acting_as: str) -> None:
    """Ask TEXT about CASE of another."""
    from kb.services.learning import exchanging

    base = open_base()
    made = exchanging.ask(base, round_id, case, text, actor=actor_of(base, acting_as))
    click.echo(f"Question {made.asked[-1].seq} is asked.")


@click.command()
@click.argument("round_id", metavar="ID")
@click.argument("question", type=int)
@click.argument("text")
@acting
def reply(round_id: str, question: int, text: str, acting_as: str) -> None:
    """Reply TEXT to QUESTION on a case of yours or of your organisation."""
    from kb.services.learning import exchanging

    base = open_base()
    exchanging.reply(base, round_id, question, text, actor=actor_of(base, acting_as))
    click.echo(f"Replied to question {question}.")


@click.command()
@click.argument("round_id", metavar="ID")
@click.argument("case", type=int)
@click.option("--take-back", is_flag=True, help="It does not interest you any more.")
@acting
def vote(round_id: str, case: int, take_back: bool, acting_as: str) -> None:
    """Say that you want to hear more of CASE."""
    from kb.services.learning import exchanging

    base = open_base()
    made = exchanging.vote(base, round_id, case, is_interested=not take_back, actor=actor_of(base, acting_as))
    click.echo(f"Case {case} interests {n(len(made.votes.get(case, ())), 'member')}.")
