"""``kb assess list|show|export|stale``: assessments as the one who asks may see them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, best, in_a_line, language, open_base
from kb.cli.cite import hand_out
from kb.cli.printed import as_json_option, check_output, print_json
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.services.assessing.listing import ListedAssessment, Tasks
    from kb.services.assessing.staleness import StaleScore

STAGES = ("opened", "reviewing", "replying", "reconciling", "concluded", "cancelled")
FORMS = ("pdf", "docx", "csv", "xlsx", "json")
PRINTED = ("csv", "json")  # the others are noise in a terminal


@click.command("list")
@click.option("--practice", default="", metavar="NAME", help="Only those of this practice.")
@click.option("--stage", type=click.Choice(STAGES), help="Only those that are so far.")
@language
@as_json_option
@acting
def list_assessments(practice: str, stage: str | None, language: str, as_json: bool, acting_as: str) -> None:
    """All assessments: first those in which something waits for you, then your other ones, then the rest, the last opened first."""
    from kb.peers.assessment.state import Stage
    from kb.services.assessing import listing

    base = open_base()
    actor = actor_of(base, acting_as)
    found = listing.assessments(base, actor=actor, practice=practice, stage=Stage(stage) if stage else None)
    waiting = _waiting(listing.tasks(base, actor=actor))
    found.sort(key=lambda each: (each.id not in waiting, each.my_seat is None))
    if as_json:
        told = [_as_json(each, waiting.get(each.id, ""), language) for each in found]
        print_json({"assessments": told})
        return
    for each in found:
        waits = f"  ← {waiting[each.id]}" if each.id in waiting else ""
        click.echo(flat(in_a_line(each, language) + waits))
    click.echo(f"{len(found)} assessment" + ("" if len(found) == 1 else "s"))


@click.command()
@click.argument("assessment", metavar="ID")
@language
@as_json_option
@acting
def show(assessment: str, language: str, as_json: bool, acting_as: str) -> None:
    """One assessment: stage, panel, label, scores, evidence, what keeps it from a better label, and what happened."""
    from kb.cli.assess_shown import lines
    from kb.services.assessing import exporting, reporting, viewing
    from kb.services.assessment_files.formats import AssessmentForm
    from kb.services.assessment_files.wording import AssessmentWording

    base = open_base()
    actor = actor_of(base, acting_as)
    view = viewing.assessment(base, assessment, actor=actor)
    if as_json:
        exported = exporting.export(base, assessment, AssessmentForm.JSON, actor=actor, language=language)
        told = {**json.loads(exported.content), "listed": _as_json(view.listed, "", language), "may": sorted(view.may)}
        print_json(told)
        return
    wording = AssessmentWording()
    click.echo(flat(in_a_line(view.listed, language)))
    for line in lines(reporting.report(base, assessment, actor=actor, wording=wording, language=language), wording):
        click.echo(flat(line))
    if view.may:
        click.echo(f"\nYou may now: {', '.join(sorted(view.may))}")


@click.command()
@click.argument("assessment", metavar="[ID]", required=False)
@click.option("--all", "is_all", is_flag=True, help="Every assessment in one table, a row for each score; csv or xlsx.")
@click.option("--to", "form", required=True, type=click.Choice(FORMS), help="What to write.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; csv and json are printed without.")
@language
@acting
def export(assessment: str | None, is_all: bool, form: str, output: Path | None, language: str, acting_as: str) -> None:
    """Take an assessment along as PDF, Word file, table or JSON, with numbered evidence, as you may see it."""
    from kb.bootstrap import country_names
    from kb.services.assessing import exporting
    from kb.services.assessment_files.formats import AssessmentForm
    from kb.services.assessment_files.wording import AssessmentWording
    from kb.services.tables import TableFormat

    if is_all is bool(assessment):
        raise click.UsageError("Name one assessment, or give --all.")
    if is_all and form not in tuple(TableFormat):
        raise click.UsageError("--all is written as csv or xlsx.")
    check_output(form, output, printed=PRINTED)
    base = open_base()
    actor = actor_of(base, acting_as)
    if assessment:
        wording = AssessmentWording(countries=country_names("en"))
        made = exporting.export(base, assessment, AssessmentForm(form), actor=actor, wording=wording, language=language)
    else:
        made = exporting.export_all(base, TableFormat(form), actor=actor, language=language)
    hand_out(made, output)


@click.command()
@click.option("--of", "assessment", default="", metavar="ID", help="Only those of this assessment.")
@as_json_option
@acting
def stale(assessment: str, as_json: bool, acting_as: str) -> None:
    """Scores whose evidence changed: the document is another one by now, or the words are gone. Their reviewers look again."""
    from kb.services.assessing import listing, staleness

    base = open_base()
    actor = actor_of(base, acting_as)
    found = staleness.stale(base, actor=actor, assessment=assessment)
    demo = {each.id for each in listing.assessments(base, actor=actor) if each.is_demo}
    if as_json:
        told = [{**_stale_json(each), "is_demo": each.assessment in demo} for each in found]
        print_json({"stale": told})
        return
    for each in found:
        marks = f" · {DEMONSTRATION}" if each.assessment in demo else ""
        where = f"{each.assessment} · {each.criterion} · {each.reviewer}: {each.pin.document} is {each.why.value}"
        click.echo(flat(f"{where}: “{each.pin.quote[:200]}”{marks}"))
    click.echo(f"{len(found)} passage" + ("" if len(found) == 1 else "s"))


def _waiting(tasks: Tasks) -> dict[str, str]:
    """Assessment → what waits in it for the one who asks."""
    told: dict[str, str] = {each.assessment: "look at your scores again" for each in tasks.stale}
    told |= {each.id: "lead" for each in tasks.to_lead}
    told |= {each.id: "reconcile" for each in tasks.to_reconcile}
    told |= {each.id: "reply" for each in tasks.to_reply}
    return told | {each.id: "review" for each in tasks.to_review}


def _as_json(each: ListedAssessment, waits: str, language: str) -> dict[str, Any]:
    return {
        "id": each.id,
        "practice": each.practice,
        "title": each.title,
        "rubric": each.rubric,
        "rubric_title": best(each.rubric_title, language),
        "version": each.version,
        "stage": each.stage.value,
        "due": each.due,
        "is_overdue": each.is_overdue,
        "my_seat": each.my_seat.state.value if each.my_seat else None,
        "waits_for_you": waits,
        "panel": each.n_panel,
        "submitted": each.n_submitted,
        "label": each.outcome.label if each.outcome else None,
        "status": each.outcome.status if each.outcome else None,
        "look_again_on": each.look_again_on,
        "stale": [_stale_json(one) for one in each.stale],
        "unsupported": [{"reviewer": reviewer, "criterion": criterion} for reviewer, criterion in each.unsupported],
        "opened_at": each.at_utc,
        "ended_at": each.ended_at_utc,
        "is_demo": each.is_demo,
    }


def _stale_json(each: StaleScore) -> dict[str, Any]:
    return {
        "assessment": each.assessment,
        "practice": each.practice,
        "criterion": each.criterion,
        "reviewer": each.reviewer,
        "why": each.why.value,
        "document": each.pin.document,
        "quote": each.pin.quote,
    }
