"""``kb monitor list|show|overdue|export``: how practices are monitored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, open_base
from kb.cli.cite import hand_out
from kb.cli.monitor_changing import name_of
from kb.cli.printed import as_json_option, check_output, form_option, output_option, print_json
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.monitoring.folding import Followed
    from kb.peers.monitoring.reading import Reading


@click.command("list")
@as_json_option
@acting
def list_monitored(as_json: bool, acting_as: str) -> None:
    """Every practice of which something is measured."""
    from kb.services.monitoring import viewing

    base = open_base()
    found = viewing.monitored(base, actor=actor_of(base, acting_as))
    if as_json:
        print_json({"monitored": [asdict(each) for each in found]})
        return
    for each in found:
        late = f"{_n(each.n_missing, 'reading')} overdue" if each.n_missing else "none overdue"
        apart = [f"{_n(each.n_disagreements, 'disagreement')} between sources"] if each.n_disagreements else []
        parts = [each.practice, _n(each.n_indicators, "indicator"), _n(each.n_readings, "reading"), late, *apart, each.title]
        click.echo(flat(" · ".join([*parts, *_marks(each.is_demo)])))
    click.echo(_n(len(found), "practice") + " monitored")


@click.command()
@click.argument("practice")
@as_json_option
@acting
def show(practice: str, as_json: bool, acting_as: str) -> None:
    """What is measured of PRACTICE: from where to where, every reading with who says so, and what is missing."""
    from kb.services.monitoring import viewing

    base = open_base()
    found = viewing.monitoring(base, name_of(practice), actor=actor_of(base, acting_as))
    if as_json:
        print_json({"practice": found.practice, "indicators": [_as_json(each) for each in found.indicators]})
        return
    for followed in found.indicators:
        for line in _lines(followed):
            click.echo(flat(line))
        click.echo("")
    click.echo(_n(len(found.indicators), "indicator"))


@click.command()
@click.option("--practice", default="", metavar="NAME", help="Only of this practice.")
@as_json_option
@acting
def overdue(practice: str, as_json: bool, acting_as: str) -> None:
    """What should have been read, the longest ago first."""
    from kb.services.monitoring import viewing

    base = open_base()
    found = viewing.overdue(base, actor=actor_of(base, acting_as), practice=name_of(practice))
    if as_json:
        print_json({"overdue": [asdict(each) for each in found]})
        return
    for each in found:
        latest = f"last read for {each.latest}" if each.latest else "never read"
        parts = [f"{each.practice}: {each.key}", f"since {each.since}", _n(each.n_missing, "period"), latest, each.responsible]
        yours = ["← yours"] if each.is_mine else []
        click.echo(flat(" · ".join([*parts, each.indicator, *_marks(each.is_demo), *yours])))
    click.echo(_n(len(found), "indicator") + " overdue")


@click.command()
@click.argument("practice")
@form_option
@output_option
@acting
def export(practice: str, form: str, output: Path | None, acting_as: str) -> None:
    """All readings of PRACTICE as a table, withdrawn ones marked."""
    from kb.services.monitoring import tables
    from kb.services.tables import TableFormat

    check_output(form, output)
    base = open_base()
    hand_out(tables.export(base, name_of(practice), TableFormat(form), actor=actor_of(base, acting_as)), output)


def _lines(followed: Followed) -> Iterator[str]:
    said = followed.indicator
    state = f"ended on {followed.ended.at_utc[:10]}: {followed.ended.why}" if followed.ended else said.frequency.value
    head = [
        said.key,
        said.title,
        said.unit,
        f"should {said.direction}" if said.direction == "keep" else f"should go {said.direction}",
    ]
    yield " · ".join([*head, state, said.responsible, *_marks(followed.is_demo)])
    yield f"  {said.definition}"
    for name, point in (("baseline", said.baseline), ("target", said.target)):
        if point:
            yield f"  {name}: {point.value:g} on {point.date}" + (f" ({point.source})" if point.source else "")
    yield f"  {_course(followed)}"
    for reading in followed.readings:
        yield f"  {_reading(reading)}"
    for each in followed.disagreements:
        yield f"  the sources disagree about {each.date}: " + " against ".join(f"{one.value:g}" for one in each.readings)
    yield from (f"  missing: no reading between {each.start or 'the beginning'} and {each.end}" for each in followed.missing)


def _course(followed: Followed) -> str:
    done, trend = followed.progress, followed.trend
    told = [f"progress unknown: {done.why.value}"] if done.why else [f"progress {_span(done.low, done.high, '.0%')}"]
    if followed.deviation:
        told = [f"off by {_span(*followed.deviation, 'g')}"]
    if trend:
        told.append(f"{trend.word} from {trend.first} to {trend.latest} ({_span(trend.low, trend.high, '+g')})")
    return "; ".join(told)


def _span(low: float | None, high: float | None, form: str) -> str:
    """One figure, or two where sources disagree."""
    if low is None or high is None:
        return "unknown"
    return format(low, form) if low == high else f"{format(low, form)} to {format(high, form)}"


def _reading(each: Reading) -> str:
    said, gone = each.read, each.withdrawn
    scope = f", {said.scope}" if said.scope else ""
    note = f"; {said.note}" if said.note else ""
    end = f" · withdrawn on {gone.at_utc[:10]} by {gone.member}: {gone.why}" if gone else ""
    return f"{each.seq}: {said.date}{scope}: {said.value:g} ({said.source}; entered by {each.member}{note}){end}"


def _as_json(followed: Followed) -> dict[str, Any]:
    told = {name: value for name, value in asdict(followed).items() if name not in ("readings", "counted", "latest")}
    told["indicator"] = followed.indicator.model_dump(mode="json")
    told["readings"] = [_reading_json(each) for each in followed.readings]
    told["latest"] = [each.seq for each in followed.latest]
    told["periods"] = [
        {"start": each.start, "end": each.end, "readings": [one.seq for one in each.readings], "is_missing": each.is_missing,
         "is_due": each.is_due} for each in followed.periods
    ]  # fmt: skip
    told["disagreements"] = [
        {"date": each.date, "scope": each.scope, "readings": [one.seq for one in each.readings]} for each in followed.disagreements
    ]
    return told


def _reading_json(each: Reading) -> dict[str, Any]:
    gone = asdict(each.withdrawn) if each.withdrawn else None
    return {
        "seq": each.seq, **each.read.model_dump(mode="json"), "member": each.member, "at_utc": each.at_utc, "withdrawn": gone,
        "is_demo": each.is_demo,
    }  # fmt: skip


def _marks(is_demo: bool) -> list[str]:
    return [DEMONSTRATION] if is_demo else []


def _n(count: int, name: str) -> str:
    return f"{count} {name}" + ("" if count == 1 else "s")
