"""``kb transfer list|show|export|what-if``: tests of transferability as the one who asks may see them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_shown import lines_of, names_with_values
from kb.cli.assess_told import DEMONSTRATION, language, open_base
from kb.cli.cite import hand_out
from kb.cli.printed import as_json_option, check_output, n
from kb.cli.search import flat
from kb.cli.transfer_told import came_to, in_a_line, value

if TYPE_CHECKING:
    from kb.services.transferring.listing import Awaited, ListedTest

STAGES = ("open", "concluded", "cancelled")
FORMS = ("pdf", "docx", "csv", "xlsx", "json")
PRINTED = ("csv", "json")  # the others are noise in a terminal


@click.command("list")
@click.option("--practice", default="", metavar="NAME", help="Only those of this practice.")
@click.option("--to", "target", default="", metavar="PLACE", help="Only those for this place.")
@click.option("--stage", type=click.Choice(STAGES), help="Only those that are so far.")
@as_json_option
@acting
def list_tests(practice: str, target: str, stage: str | None, as_json: bool, acting_as: str) -> None:
    """All tests: first those in which something waits for you, then the rest, the last opened first."""
    from kb.peers.transfer.state import Stage
    from kb.services.transferring import listing

    base = open_base()
    actor = actor_of(base, acting_as)
    found = listing.transfers(base, actor=actor, practice=practice, target=target.upper(), stage=Stage(stage) if stage else None)
    waiting = _waiting(listing.awaited(base, actor=actor))
    found.sort(key=lambda each: (each.id not in waiting, each.my_seat is None))
    if as_json:
        told = [_as_json(each, waiting.get(each.id, "")) for each in found]
        click.echo(json.dumps({"tests": told}, ensure_ascii=False, indent=1))
        return
    for each in found:
        waits = f"  ← {waiting[each.id]}" if each.id in waiting else ""
        click.echo(flat(in_a_line(each) + waits))
    click.echo(n(len(found), "test"))


@click.command()
@click.argument("test", metavar="ID")
@language
@as_json_option
@acting
def show(test: str, language: str, as_json: bool, acting_as: str) -> None:
    """One test: what it came to, who judges, every answer with its evidence from both sides, and how far the places are apart."""
    from kb.services.handouts.forms import ReportForm
    from kb.services.transfer_files.told import facts, headline, told
    from kb.services.transfer_files.wording import TransferWording
    from kb.services.transferring import exporting, reporting, viewing

    base = open_base()
    actor = actor_of(base, acting_as)
    view = viewing.view(base, test, actor=actor)
    if as_json:
        exported = exporting.export(base, test, ReportForm.JSON, actor=actor, language=language)
        whole = {**json.loads(exported.content), "listed": _as_json(view.listed, ""), "may": sorted(view.may)}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
        return
    wording = TransferWording()
    made = reporting.report(base, test, actor=actor, wording=wording, language=language)
    demo = f"{wording.demonstration}. {wording.demonstration_note}" if made.is_demo else ""
    click.echo(flat(in_a_line(view.listed)))
    click.echo("\n" + flat(headline(made, wording)))
    for line in (demo, *names_with_values(facts(made, wording)), *lines_of(told(made, wording))):
        click.echo(flat(line))
    if view.may:
        click.echo(f"\nYou may now: {', '.join(sorted(view.may))}")


@click.command("what-if")
@click.argument("test", metavar="ID")
@language
@as_json_option
@acting
def what_if(test: str, language: str, as_json: bool, acting_as: str) -> None:
    """Which unknown criteria matter most: the mean if each alone were −2, or +2. While a test is open, of your own judgement."""
    from kb.peers.narrative import without_citations
    from kb.services.transferring import viewing

    base = open_base()
    view = viewing.view(base, test, actor=actor_of(base, acting_as))
    result = view.result or view.own
    if as_json:
        told = {
            "test": test,
            "is_final": view.result is not None,
            "result": result.model_dump(mode="json") if result else None,
            "unknown": [
                {"criterion": each.criterion, "if_low": each.low, "if_high": each.high, "is_key": each.is_key}
                for each in view.what_if
            ],
            "is_demo": view.test.is_demo,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False))
        return
    if result is None:
        click.echo("There is no result yet.")
        return
    own = "" if view.result else "your own judgement alone: "
    marks = f" · {DEMONSTRATION}" if view.test.is_demo else ""
    click.echo(flat(f"{test}: {own}{came_to(result)}{marks}"))
    for each in view.what_if:
        title = without_citations(view.framework.criterion(each.criterion).title.best(language)[1])
        key = " (the practice rests on it)" if each.is_key else ""
        click.echo(flat(f"  {title}{key}: {value(each.low)} to {value(each.high)}"))
    click.echo(f"{n(len(view.what_if), 'criterion').replace('criterions', 'criteria')} unknown")


@click.command()
@click.argument("test", metavar="[ID]", required=False)
@click.option("--all", "is_all", is_flag=True, help="Every test in one table, a row for each answer; csv or xlsx.")
@click.option("--matrix", "is_matrix", is_flag=True, help="What each practice came to in each place, in one table; csv or xlsx.")
@click.option("--form", "form", required=True, type=click.Choice(FORMS), help="What to write.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; csv and json are printed without.")
@language
@acting
def export(test: str | None, is_all: bool, is_matrix: bool, form: str, output: Path | None, language: str, acting_as: str) -> None:
    """Take a test along as PDF, Word file, table or JSON, with numbered evidence, as you may see it."""
    from kb.bootstrap import country_names
    from kb.services.handouts.forms import ReportForm
    from kb.services.tables import TableFormat
    from kb.services.transfer_files.wording import TransferWording
    from kb.services.transferring import exporting

    if sum((bool(test), is_all, is_matrix)) != 1:
        raise click.UsageError("Name one test, or give --all or --matrix.")
    if not test and form not in tuple(TableFormat):
        raise click.UsageError("--all and --matrix are written as csv or xlsx.")
    check_output(form, output, printed=PRINTED)
    base = open_base()
    actor = actor_of(base, acting_as)
    if test:
        wording = TransferWording(countries=country_names("en"))
        made = exporting.export(base, test, ReportForm(form), actor=actor, wording=wording, language=language)
    elif is_all:
        made = exporting.export_all(base, TableFormat(form), actor=actor, language=language)
    else:
        made = exporting.export_matrix(base, TableFormat(form), actor=actor)
    hand_out(made, output)


def _waiting(awaited: Awaited) -> dict[str, str]:
    """Test → what waits in it for the one who asks."""
    told = {each.id: "lead" for each in awaited.to_lead}
    told |= {each.id: "conclude" for each in awaited.to_conclude}
    return told | {each.id: "judge" for each in awaited.to_judge}


def _as_json(each: ListedTest, waits: str) -> dict[str, Any]:
    names = ("id", "practice", "title", "source", "target", "framework", "version", "due", "is_overdue", "n_assessors", "n_ready",
             "opened_by", "is_demo")  # fmt: skip
    return {
        **{name: getattr(each, name) for name in names},
        "stage": each.stage.value,
        "certainty": each.certainty.value,
        "my_seat": each.my_seat.state.value if each.my_seat else None,
        "waits_for_you": waits,
        "result": each.result.model_dump(mode="json", exclude={"criteria"}) if each.result else None,
        "opened_at": each.at_utc,
        "ended_at": each.ended_at_utc,
    }
