"""An assessment as a sequence of headings, paragraphs and tables: what a PDF and a Word file both say, in one order."""

from __future__ import annotations

from collections.abc import Iterator

from kb.services.assessment_files.report import AssessmentReport, Item, Reached, Said, Unmet
from kb.services.assessment_files.wording import AssessmentWording
from kb.services.handouts.blocks import Block, Facts, Grid, Heading, Row, Tone, Words
from kb.services.handouts.exhibits import Cited
from kb.services.handouts.handout import Handout
from kb.services.handouts.telling import beside, numbers, quotations

MAX_COLUMNS = 8  # reviewers beside each other on a page; beyond, only the final score is in the table


def handout(report: AssessmentReport, wording: AssessmentWording) -> Handout:
    """All that a PDF and a Word file say."""
    return Handout(
        id=report.id,
        kicker=wording.kicker,
        title=report.title,
        made_on=report.made_on,
        blocks=(facts(report, wording), *told(report, wording)),
        replaced=wording.replaced,
        summary=report.summary,
        demonstration=wording.demonstration if report.is_demo else "",
        demonstration_note=wording.demonstration_note if report.is_demo else "",
        language=report.language,
    )


def facts(report: AssessmentReport, wording: AssessmentWording) -> Facts:
    """What stands below the title."""
    told = (
        (wording.owner, report.owner),
        (wording.place, ", ".join(filter(None, (report.place, *(wording.country_of(code) for code in report.countries))))),
        (wording.rubric, wording.rubric_version.format(title=report.rubric_title, version=report.rubric_version)),
        (wording.stage, wording.stages.get(report.stage, report.stage)),
        (wording.opened_on, report.opened_on),
        (wording.due, report.due if not report.concluded_on else ""),
        (wording.concluded_on, report.concluded_on),
        (wording.look_again_on, report.look_again_on),
        (wording.made_on, report.made_on),
    )
    return Facts(tuple((name, value) for name, value in told if value))


def told(report: AssessmentReport, wording: AssessmentWording) -> Iterator[Block]:
    """Everything below title, banner and facts."""
    yield from _result(report, wording)
    yield from _panel(report, wording)
    if report.criteria:
        yield from _at_a_glance(report, wording)
    if report.gates:
        yield Heading(1, wording.gates)
        for gate in report.gates:
            yield from _item(gate, report, wording)
    for tier in dict.fromkeys(item.tier for item in report.criteria):
        items = [item for item in report.criteria if item.tier == tier]
        yield Heading(1, items[0].tier_title or items[0].tier)
        for item in items:
            yield from _item(item, report, wording)
    yield from _said_of_all(report, wording)
    yield from quotations(
        report.evidence, report.n_left_out,
        head=wording.evidence, changed=wording.changed, gone=wording.gone, left_out=wording.left_out_all,
    )  # fmt: skip
    yield from _to_know(report, wording)
    yield from _history(report, wording)


def final(item: Item, report: AssessmentReport, wording: AssessmentWording) -> str:
    """The final score or verdict of an item in words; a dash while there is none."""
    return _value(item.rating, item.score, item.verdict, report, wording) or wording.none_yet


def _value(rating: str, score: float | None, verdict: str, report: AssessmentReport, wording: AssessmentWording) -> str:
    if verdict:
        return wording.verdicts.get(verdict, verdict)
    if score is not None:
        return wording.score.format(score=wording.number(score), highest=wording.number(report.highest))
    return wording.ratings.get(rating, rating)


def _result(report: AssessmentReport, wording: AssessmentWording) -> Iterator[Block]:
    yield Heading(1, wording.result)
    reached = report.reached
    if reached is None:
        yield Words(wording.nothing_yet)
        return
    yield Words(reached.label_title, Tone.LEAD)
    if not reached.is_final:
        yield Words(wording.not_final, Tone.NOTE)
    yield Facts(tuple(_reached(reached, report, wording)))
    if reached.unmet:
        yield Words(wording.unmet, Tone.NOTE)
        yield Words("\n".join(_unmet(each, wording) for each in reached.unmet))


def _reached(reached: Reached, report: AssessmentReport, wording: AssessmentWording) -> Iterator[tuple[str, str]]:
    if reached.status:
        yield wording.status, wording.statuses.get(reached.status, reached.status)
    if reached.stage:
        yield wording.evidence_stage, reached.stage_title or reached.stage
    yield wording.coverage, wording.n_of_m.format(n=reached.n_scored, total=reached.n_criteria)
    highest = wording.number(report.highest)
    if reached.weighted_mean is not None:
        yield wording.weighted_mean, wording.ranking_only.format(mean=wording.number(reached.weighted_mean), highest=highest)
    for name, value in ((wording.impact, reached.impact), (wording.evidence_quality, reached.evidence_quality)):
        if value is not None:
            yield name, wording.score.format(score=wording.number(value), highest=highest)


def _unmet(unmet: Unmet, wording: AssessmentWording) -> str:
    def told_as(value: float | None) -> str:
        if value is None:
            return wording.none_yet
        return f"{value * 100:.0f} %" if unmet.condition == "coverage" else wording.number(value)

    pattern = wording.conditions.get(unmet.condition, "{label}: {item}")
    return pattern.format(label=unmet.label, item=unmet.item, wanted=told_as(unmet.wanted), got=told_as(unmet.got))


def _panel(report: AssessmentReport, wording: AssessmentWording) -> Iterator[Block]:
    if not report.panel:
        return
    yield Heading(1, wording.panel)
    rows = []
    for each in report.panel:
        state = wording.seats.get(each.state, each.state)
        state = wording.third.format(state=state) if each.is_third else state
        rows.append(Row((each.name, each.organisation, wording.country_of(each.country), state)))
    yield Grid((wording.reviewer, wording.organisation, wording.country, wording.seat), tuple(rows), (3, 4, 2, 2), 4)


def _at_a_glance(report: AssessmentReport, wording: AssessmentWording) -> Iterator[Block]:
    names = report.reviewers if len(report.reviewers) <= MAX_COLUMNS else ()
    parts = {wording.gates: report.gates}
    for item in report.criteria:
        title = item.tier_title or item.tier
        parts[title] = (*parts.get(title, ()), item)
    rows: list[Row] = []
    for title, items in parts.items():
        rows += [Row((title,), is_section=True)] if items else []
        rows += [Row((item.title, *_cells(item, names, report, wording))) for item in items]
    yield Heading(1, wording.at_a_glance)
    yield Grid((wording.criterion, wording.final, *names), tuple(rows), (5, 1.6, *(1.6 for _ in names)), 1)


def _cells(item: Item, names: tuple[str, ...], report: AssessmentReport, wording: AssessmentWording) -> Iterator[str]:
    said = {each.reviewer: each for each in item.said}
    scores = [(item.rating, item.score, item.verdict)]
    scores += [(said[name].rating, said[name].score, said[name].verdict) if name in said else ("", None, "") for name in names]
    for rating, score, verdict in scores:
        bare = wording.number(score) if score is not None else _value(rating, None, verdict, report, wording)
        yield bare or wording.none_yet


def _item(item: Item, report: AssessmentReport, wording: AssessmentWording) -> Iterator[Block]:
    yield Heading(2, wording.heading.format(title=item.title, final=final(item, report, wording)))
    yield Words(item.question, Tone.NOTE)
    for said in item.said:
        yield from _statement(said, report, wording)
    if item.is_wide:
        yield Words(wording.far_apart, Tone.NOTE)
    if item.agreed:
        agreed = item.agreed
        value = _value(agreed.rating, agreed.score, agreed.verdict, report, wording) or wording.none_yet
        yield Words(beside(wording.agreed.format(final=value), agreed.by, agreed.on), Tone.STRONG)
        yield Words(agreed.reason)
    elif item.score is not None and len(item.said) > 1:
        yield Words(wording.by_median, Tone.NOTE)
    if item.reply:
        yield Words(wording.reply, Tone.STRONG)
        yield Words(item.reply)


def _statement(said: Said, report: AssessmentReport, wording: AssessmentWording) -> Iterator[Block]:
    value = _value(said.rating, said.score, said.verdict, report, wording)
    confidence = wording.confidences.get(said.confidence, said.confidence)
    remarks = (wording.withdrawn if said.is_withdrawn else "", wording.stale if said.is_stale else "")
    yield Words(beside(said.reviewer, value, confidence, *remarks), Tone.STRONG, is_inset=True)
    yield Words(said.reason, is_inset=True)
    yield from _cited(said.cited, wording, is_scored=said.score is not None)


def _cited(cited: Cited, wording: AssessmentWording, *, is_scored: bool) -> Iterator[Block]:
    yield from numbers(cited, speaks_for=wording.speaks_for, against=wording.against)
    if cited.n_left_out:
        yield Words(wording.left_out.format(n=cited.n_left_out), Tone.NOTE, is_inset=True)
    if cited.none_found:
        yield Words(wording.none_found, Tone.NOTE, is_inset=True)
    elif is_scored and not (cited.speaks_for or cited.against or cited.n_left_out):
        yield Words(wording.no_evidence, Tone.NOTE, is_inset=True)


def _said_of_all(report: AssessmentReport, wording: AssessmentWording) -> Iterator[Block]:
    if report.comments:
        yield Heading(1, wording.comments)
        for reviewer, comment in report.comments:
            yield Words(reviewer, Tone.STRONG)
            yield Words(comment)
    if report.reply:
        yield Heading(1, wording.reply)
        yield Words(report.reply)
        if report.reply_by:
            yield Words(wording.reply_by.format(name=report.reply_by), Tone.NOTE)


def _to_know(report: AssessmentReport, wording: AssessmentWording) -> Iterator[Block]:
    lines = [wording.unsupported.format(title=title, reviewers=", ".join(who)) for title, who in report.unsupported]
    if report.lacking:
        names = (wording.fields.get(name, name.replace("_", " ")) for name in report.lacking)
        lines.append(wording.lacking.format(fields=", ".join(names)))
    if lines:
        yield Heading(1, wording.to_know)
        yield Words("\n".join(lines))


def _history(report: AssessmentReport, wording: AssessmentWording) -> Iterator[Block]:
    if not report.moves:
        return
    yield Heading(1, wording.history)
    rows = tuple(
        Row((_minute(move.at_utc), move.member, beside(wording.moves.get(move.kind, move.kind), move.detail)))
        for move in report.moves
    )
    yield Grid((wording.date, wording.who, wording.what), rows, (2.2, 3, 6), 3)


def _minute(at_utc: str) -> str:
    """ "2026-11-22T10:15:30+00:00" as "2026-11-22 10:15"."""
    return at_utc[:16].replace("T", " ")
