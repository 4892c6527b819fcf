"""A background brief as headings, paragraphs and tables: what a PDF, a Word file and a terminal all say, in one order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.services.brief_files.report import Asked, Brief, BriefAnswer, BriefCase, BriefQuestion, Who
from kb.services.brief_files.wording import BriefWording
from kb.services.handouts.blocks import Block, Facts, Grid, Heading, References, Row, Tone, Words
from kb.services.handouts.handout import Handout
from kb.services.handouts.telling import beside, quotations

MAX_COLUMNS = 8  # cases beside each other on a page; what more say is told under each question all the same


def handout(brief: Brief, wording: BriefWording) -> Handout:
    """All that a PDF and a Word file say."""
    return Handout(
        id=brief.id,
        kicker=wording.kicker,
        title=brief.title,
        made_on=brief.made_on,
        blocks=(facts(brief, wording), *told(brief, wording)),
        replaced=wording.replaced,
        summary=brief.intro,
        demonstration=wording.demonstration if brief.is_demo else "",
        demonstration_note=wording.demonstration_note if brief.is_demo else "",
        language=brief.reader_language,
    )


def facts(brief: Brief, wording: BriefWording) -> Facts:
    """What stands below the title."""
    told = (
        (wording.axis, brief.axis),
        (wording.partnership, brief.partnership),
        (wording.state, wording.states.get(brief.state, brief.state)),
        (wording.asked_by, who(brief.drafted_by, wording)),
        (wording.sent_on, brief.sent_on),
        (wording.due, "" if brief.closed_on else brief.due),
        (wording.closed_on, brief.closed_on),
        (wording.session, brief.session),
        (wording.made_on, brief.made_on),
    )
    return Facts(tuple((name, value) for name, value in told if value))


def told(brief: Brief, wording: BriefWording) -> Iterator[Block]:
    """Everything below title, banner and facts."""
    if brief.overall:
        yield Heading(1, wording.overall)
        yield Words(brief.overall)
    yield from _cases(brief, wording)
    if brief.cases:
        yield from _at_a_glance(brief, wording)
    for number, asked in enumerate(brief.questions, start=1):
        yield from _question(brief, number, asked, wording)
    yield from _exchange(brief, wording)
    yield from _interest(brief, wording)
    yield from _missing(brief, wording)
    yield from quotations(
        brief.evidence, brief.n_left_out,
        head=wording.quotations, changed=wording.changed, gone=wording.gone, left_out=wording.left_out_all,
    )  # fmt: skip
    yield from _sources(brief, wording)


def who(person: Who, wording: BriefWording) -> str:
    """Name, organisation and country, as far as they are known."""
    return ", ".join(part for part in (person.name, person.organisation, wording.country_of(person.country)) if part)


def _cases(brief: Brief, wording: BriefWording) -> Iterator[Block]:
    yield Heading(1, wording.cases)
    if not brief.cases:
        yield Words(wording.no_cases)
        return
    rows = tuple(
        Row((
            str(each.number), each.title, each.by.organisation or each.by.name, wording.country_of(each.by.country) or wording.none,
            wording.language_name(each.language), each.practice_title or each.practice or wording.none,
        ))
        for each in brief.cases
    )  # fmt: skip
    head = (wording.case, wording.title, wording.organisation, wording.country, wording.language, wording.sheet)
    yield Grid(head, rows, (1.1, 3.6, 3.2, 1.5, 2, 3.2), 6)


def _at_a_glance(brief: Brief, wording: BriefWording) -> Iterator[Block]:
    shown = brief.cases[:MAX_COLUMNS]
    rows = []
    for number, asked in enumerate(brief.questions, start=1):
        said = {each.case: str(_n_quotations(each)) for each in asked.answers}
        cells = (said.get(case.number, wording.none) for case in shown)
        rows.append(Row((wording.numbered.format(number=number, text=asked.text), *cells)))
    yield Heading(1, wording.at_a_glance)
    yield Words(wording.glance_note.format(none=wording.none), Tone.NOTE)
    head = (wording.question, *(_number(each.number, wording) for each in shown))
    yield Grid(head, tuple(rows), (6, *(1.4 for _ in shown)), 1)


def _question(brief: Brief, number: int, asked: Asked, wording: BriefWording) -> Iterator[Block]:
    yield Heading(1, wording.numbered.format(number=number, text=asked.text))
    for answer in asked.answers:
        yield from _answer(brief, answer, wording)
    if not asked.answers:
        yield Words(wording.nobody, Tone.NOTE)
    elif asked.without:
        names = ", ".join(_number(each, wording) for each in asked.without)
        yield Words(wording.without.format(cases=names), Tone.NOTE)
    if asked.conclusion:
        yield Heading(2, wording.conclusion)
        yield Words(asked.conclusion)


def _answer(brief: Brief, answer: BriefAnswer, wording: BriefWording) -> Iterator[Block]:
    case, cited = brief.case(answer.case), answer.cited
    speaker = ", ".join(part for part in (case.by.organisation or case.by.name, wording.country_of(case.by.country)) if part)
    badge = "" if answer.language == brief.language else wording.in_language.format(language=wording.language_name(answer.language))
    yield Heading(2, beside(_number(case.number, wording), case.title))
    yield Words(beside(speaker, badge), Tone.NOTE, is_inset=True)
    yield Words(answer.text, is_inset=True)
    if cited.speaks_for or cited.against:
        yield References(wording.evidence_of, (*cited.speaks_for, *cited.against))
    elif not cited.n_left_out:
        yield Words(wording.no_evidence, Tone.NOTE, is_inset=True)
    if cited.n_left_out:
        yield Words(wording.left_out.format(n=cited.n_left_out), Tone.NOTE, is_inset=True)


def _exchange(brief: Brief, wording: BriefWording) -> Iterator[Block]:
    if not any(each.asked for each in brief.cases):
        return
    yield Heading(1, wording.exchange)
    for case in brief.cases:
        if case.asked:
            yield Heading(2, beside(_number(case.number, wording), case.title))
        for question in case.asked:
            yield from _asked(question, wording)


def _asked(question: BriefQuestion, wording: BriefWording) -> Iterator[Block]:
    yield Words(wording.asks.format(who=who(question.by, wording)), Tone.NOTE)
    yield Words(question.text)
    for reply in question.replies:
        yield Words(wording.replies.format(who=who(reply.by, wording)), Tone.NOTE, is_inset=True)
        yield Words(reply.text, is_inset=True)
    if not question.replies:
        yield Words(wording.no_reply, Tone.NOTE, is_inset=True)


def _interest(brief: Brief, wording: BriefWording) -> Iterator[Block]:
    if not any(each.interested for each in brief.cases):
        return
    rows = tuple(
        Row((beside(str(each.number), each.title), ", ".join(each.interested) or wording.none, str(len(each.interested))))
        for each in brief.cases
    )
    yield Heading(1, wording.interest)
    yield Words(wording.interest_note, Tone.NOTE)
    yield Grid((wording.case, wording.interested, wording.number), rows, (5, 5, 1.6), 2)


def _missing(brief: Brief, wording: BriefWording) -> Iterator[Block]:
    yield Heading(1, wording.missing)
    found = [(head, lines) for head, lines in missing(brief, wording) if lines]
    if not found:
        yield Words(wording.nothing_missing)
    for head, lines in found:
        yield Words(head, Tone.STRONG)
        yield Words("\n".join(lines))


def missing(brief: Brief, wording: BriefWording) -> Iterator[tuple[str, list[str]]]:
    """What a reader would look for and not find, by heading; each line in plain words."""
    texts = [(wording.numbered.format(number=n, text=each.text), each) for n, each in enumerate(brief.questions, start=1)]
    yield wording.silent, list(brief.silent)
    yield wording.questions_without, [text for text, each in texts if not each.answers]
    bare = ((text, [_number(said.case, wording) for said in each.answers if not _n_quotations(said)]) for text, each in texts)
    yield wording.answers_without, [beside(text, ", ".join(cases)) for text, cases in bare if cases]
    yield wording.cases_without, [_named(each, wording) for each in brief.cases if not each.practice]
    waiting = ((each, sum(not asked.replies for asked in each.asked)) for each in brief.cases)
    yield wording.open_questions, [f"{_named(each, wording)}: {n}" for each, n in waiting if n]


def _sources(brief: Brief, wording: BriefWording) -> Iterator[Block]:
    if not brief.sources:
        return
    yield Heading(1, wording.sources)
    for each in brief.sources:
        yield Words(f"{each.text} {_marks(each.numbers)}")


def _marks(numbers: Iterable[int]) -> str:
    return " ".join(f"[{number}]" for number in numbers)


def _n_quotations(answer: BriefAnswer) -> int:
    """Those too that this reader may not see: they are there."""
    return len(answer.cited.speaks_for) + len(answer.cited.against) + answer.cited.n_left_out


def _named(case: BriefCase, wording: BriefWording) -> str:
    return beside(_number(case.number, wording), case.title)


def _number(number: int, wording: BriefWording) -> str:
    return wording.case_number.format(number=number)
