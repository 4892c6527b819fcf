"""``kb learn round list|show|brief``: question rounds as the one who asks may see them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_shown import lines_of, names_with_values
from kb.cli.assess_told import DEMONSTRATION, language, open_base
from kb.cli.cite import hand_out
from kb.cli.printed import as_json_option, check_output, n, print_json
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.learning.round import Round

FORMS = ("pdf", "docx", "csv", "xlsx", "json")
PRINTED = ("csv", "json")  # the others are noise in a terminal


@click.command("list")
@click.option("--partnership", default="", metavar="NAME", help="Only those of this partnership.")
@as_json_option
@acting
def list_rounds(partnership: str, as_json: bool, acting_as: str) -> None:
    """All rounds that you may see, the last drafted first, with what waits for you."""
    from kb.services.assessing.loading import reader_of
    from kb.services.learning import rounds

    base = open_base()
    actor = actor_of(base, acting_as)
    found = rounds.rounds(base, actor=actor, partnership=partnership)
    if as_json:
        told = [{**as_json_of(each), "awaits_you": each.awaits(reader_of(actor))} for each in found]
        print_json({"rounds": told})
        return
    for each in found:
        waits = "  ← your case is waited for" if each.awaits(reader_of(actor)) else ""
        asked = len(each.unanswered_for(reader_of(actor)))
        click.echo(flat(in_a_line(each) + waits + (f"  ← {n(asked, 'question')} on your case" if asked else "")))
    click.echo(n(len(found), "round"))


@click.command()
@click.argument("round_id", metavar="ID")
@as_json_option
@acting
def show(round_id: str, as_json: bool, acting_as: str) -> None:
    """One round: questions, cases with their answers, questions on cases, interest, conclusions."""
    from kb.services.learning import rounds

    base = open_base()
    found = rounds.round_(base, round_id, actor=actor_of(base, acting_as))
    if as_json:
        print_json(as_json_of(found))
        return
    click.echo(flat(in_a_line(found)))
    for line in _told(found):
        click.echo(flat(line))


@click.command()
@click.argument("round_id", metavar="ID")
@click.option("--form", type=click.Choice(FORMS), help="What to write; without it, the brief is printed.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; csv and json are printed without.")
@language
@acting
def brief(round_id: str, form: str | None, output: Path | None, language: str, acting_as: str) -> None:
    """The background brief: to each question the answers of all cases, with numbered quotations, as you may see them."""
    from kb.bootstrap import country_names
    from kb.services.brief_files.told import facts, told
    from kb.services.brief_files.wording import BriefWording
    from kb.services.handouts.forms import ReportForm
    from kb.services.learning import briefs

    check_output(form, output, printed=PRINTED)
    base = open_base()
    actor = actor_of(base, acting_as)
    wording = BriefWording(countries=country_names("en"))
    if form:
        hand_out(briefs.export(base, round_id, ReportForm(form), actor=actor, wording=wording, language=language), output)
        return
    made = briefs.brief(base, round_id, actor=actor, wording=wording, language=language)
    demo = f"{wording.demonstration}. {wording.demonstration_note}" if made.is_demo else ""
    click.echo(flat(made.title))
    for line in (demo, made.intro, *names_with_values(facts(made, wording)), *lines_of(told(made, wording))):
        click.echo(flat(line))


def in_a_line(found: Round) -> str:
    """Id, state, title, what is due, how many cases."""
    drafted = found.drafted
    due = f" · due {drafted.due}" if found.state in ("draft", "sent") else ""
    marks = f" · {DEMONSTRATION}" if found.is_demo else ""
    axis = f" · {drafted.axis}" if drafted.axis else ""
    return f"{found.id} · {found.state} · {drafted.title}{axis}{due} · {n(len(found.answers), 'case')}{marks}"


def _told(found: Round) -> list[str]:
    lines = [found.drafted.intro] if found.drafted.intro else []
    for question in found.drafted.questions:
        lines += ["", f"{question.key}: {question.text}"]
        lines += [f"  case {each.seq}: {each.answers[question.key]}" for each in found.answers if question.key in each.answers]
        if found.concluded and question.key in found.concluded.conclusions:
            lines.append(f"  conclusion: {found.concluded.conclusions[question.key]}")
    for case in found.answers:
        interest = len(found.votes.get(case.seq, ()))
        by = ", ".join(part for part in (case.by.name, case.by.organisation, case.by.country) if part)
        about = [case.practice, case.language, n(case.n_pins, "passage"), f"interests {interest}"]
        lines += ["", f"Case {case.seq}: {case.title} ({by}) · " + " · ".join(part for part in about if part)]
        for asked in found.questions_on(case.seq):
            lines.append(f"  question {asked.seq} by {asked.by.name}: {asked.text}")
            lines += [f"    {reply.by.name}: {reply.text}" for reply in asked.replies]
    if found.concluded and found.concluded.overall:
        lines += ["", f"Conclusion: {found.concluded.overall}"]
    if found.cancelled:
        lines += ["", f"Cancelled: {found.cancelled.why}"]
    return lines


def as_json_of(found: Round) -> dict[str, Any]:
    """Everything that it is, less its history."""
    return {
        "id": found.id,
        "state": found.state.value,
        **found.drafted.model_dump(mode="json"),
        "sent_on": found.sent_on,
        "closed_on": found.closed_on,
        "cases": [
            {
                "case": each.seq,
                "by": each.by.model_dump(),
                "practice": each.practice,
                "title": each.title,
                "language": each.language,
                "answers": dict(each.answers),
                "pins": {key: [pin.model_dump(mode="json") for pin in pins] for key, pins in each.pins.items()},
                "answered_at": each.at_utc,
                "interested": sorted(found.votes.get(each.seq, ())),
                "questions": [
                    {
                        "question": asked.seq,
                        "by": asked.by.model_dump(),
                        "text": asked.text,
                        "replies": [{"by": reply.by.model_dump(), "text": reply.text} for reply in asked.replies],
                    }
                    for asked in found.questions_on(each.seq)
                ],
            }
            for each in found.answers
        ],
        "silent": list(found.silent),
        "conclusions": dict(found.concluded.conclusions) if found.concluded else {},
        "overall": found.concluded.overall if found.concluded else "",
        "is_demo": found.is_demo,
    }
