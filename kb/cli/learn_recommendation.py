"""``kb learn recommendation``: peers advise an organisation, and it says what it makes of that."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli import learn_outcome_told as told
from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base, why_required
from kb.cli.cite import hand_out
from kb.cli.printed import as_json_option, check_output, output_option, print_json, show_list
from kb.cli.search import flat

ID = click.argument("recommendation_id", metavar="ID")
STATES = ("issued", "answered", "implemented", "withdrawn")


@click.group()
def recommendation() -> None:
    """Recommendations: issue, answer, implement."""


@recommendation.command("list")
@told.of_practice
@told.of_organisation
@click.option("--level", default="", type=click.Choice(("", *told.LEVELS)), help="Only of this level.")
@click.option("--state", default="", type=click.Choice(("", *STATES)), help="Only in this state.")
@as_json_option
@told.as_table
@output_option
@acting
def list_recommendations(
    practice: str, organisation: str, level: str, state: str, as_json: bool, form: str | None, output: Path | None, acting_as: str
) -> None:
    """Recommendations, the last issued first; withdrawn ones only if asked for."""
    from kb.services.learning import recommendations
    from kb.services.learning.lesson_exporting import export_recommendations
    from kb.services.tables import TableFormat

    check_output(form, output)
    base = open_base()
    actor = actor_of(base, acting_as)
    said = {"practice": practice, "organisation": organisation, "level": level, "state": state}
    if form:
        hand_out(export_recommendations(base, TableFormat(form), actor=actor, **said), output)
        return
    found = recommendations.recommendations(base, actor=actor, **said)
    show_list(found, "recommendations", "recommendation", as_json=as_json, told=told.as_json, line=told.in_a_line)


@recommendation.command()
@ID
@as_json_option
@acting
def show(recommendation_id: str, as_json: bool, acting_as: str) -> None:
    """One recommendation with everything that happened to it."""
    from kb.services.learning import recommendations

    base = open_base()
    found = recommendations.recommendation(base, recommendation_id, actor=actor_of(base, acting_as))
    if as_json:
        print_json(told.as_json(found))
        return
    told.told(found)
    for line in told.comes_from(found.issued.because):
        click.echo(flat(line))
    if done := found.implemented:
        shown = ", ".join([*filter(None, [done.source]), *(pin.document or "a document that you may not see" for pin in done.pins)])
        click.echo(flat(f"  implemented on {done.on}: {done.what} ({shown})"))
    told.history(found)


@recommendation.command()
@click.argument("organisation")
@click.argument("text")
@told.level
@told.practices
@told.exchanges
@told.language
@told.despite
@acting
def issue(
    organisation: str, text: str, level: str, practices: tuple[str, ...], exchanges: tuple[str, ...], language: str, despite: str,
    acting_as: str,
) -> None:  # fmt: skip
    """Advise ORGANISATION. The id is printed first."""
    from kb.services.learning import recommendations

    base = open_base()
    actor = actor_of(base, acting_as)
    made = recommendations.issue(
        base, text, to=organisation, level=level, practices=practices, exchanges=exchanges, language=language, despite=despite,
        actor=actor,
    )  # fmt: skip
    told.told(made)


@recommendation.command()
@ID
@click.argument("response", type=click.Choice(("accept", "partly", "reject")))
@click.option("--reason", default="", help="Required unless it is accepted.")
@acting
def answer(recommendation_id: str, response: str, reason: str, acting_as: str) -> None:
    """Say what your organisation makes of it. A facilitator of another one answers on its behalf, and it is said so."""
    from kb.services.learning import recommendations

    base = open_base()
    actor = actor_of(base, acting_as)
    told.told(recommendations.answer(base, recommendation_id, response=response, reason=reason, actor=actor))


@recommendation.command()
@ID
@click.option("--on", required=True, metavar="DATE", help="When.")
@click.option("--what", required=True, help="What was done.")
@click.option("--passage", "passages", multiple=True, metavar="ID", help="That shows it; may be given several times.")
@click.option("--source", default="", help="That shows it, in words.")
@acting
def implement(recommendation_id: str, on: str, what: str, passages: tuple[str, ...], source: str, acting_as: str) -> None:
    """Tell how it was put into practice, with a passage or a source that shows it."""
    from kb.services.learning import recommendations

    base = open_base()
    actor = actor_of(base, acting_as)
    told.told(recommendations.implement(base, recommendation_id, on=on, what=what, passages=passages, source=source, actor=actor))


@recommendation.command()
@ID
@why_required
@acting
def withdraw(recommendation_id: str, why: str, acting_as: str) -> None:
    """Take a recommendation back. It stays in the history."""
    from kb.services.learning import recommendations

    base = open_base()
    told.told(recommendations.withdraw(base, recommendation_id, why=why, actor=actor_of(base, acting_as)))
