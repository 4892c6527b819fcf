"""Why something may not happen in a question round, beyond the order of its states."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.record import Body
from kb.peers.learning.round_bodies import (
    CaseAnswered,
    CaseQuestioned,
    QuestionReplied,
    RoundConcluded,
    RoundRescheduled,
    RoundSent,
    Voted,
    VoteTakenBack,
)
from kb.peers.learning.round_values import Round


def refused(round_: Round | None, body: Body, reader: Reader, today: str) -> Iterator[Refusal]:
    """Every reason; roles are asked of members before."""
    if round_ is None:
        return
    match body:
        case RoundSent():
            yield from _due(round_.drafted.due, today)
        case RoundRescheduled(due=due):
            yield from _due(due or today, today)
        case CaseAnswered():
            yield from _answer(round_, body, reader)
        case CaseQuestioned(case=case):
            yield from _about(round_, case, reader, "Others ask about a case: this one is your own.")
        case QuestionReplied(question=question):
            yield from _reply(round_, question, reader)
        case Voted(case=case):
            yield from _about(round_, case, reader, "Interest is shown in others' cases: this one is your own.")
            if reader.name in round_.votes.get(case, frozenset()):
                yield Refusal("You have said that this case interests you already.", is_late=True)
        case VoteTakenBack(case=case):
            if reader.name not in round_.votes.get(case, frozenset()):
                yield Refusal("You have not said that this case interests you.")
        case RoundConcluded(conclusions=conclusions):
            yield from _strangers(round_, conclusions)


def _due(due: str, today: str) -> Iterator[Refusal]:
    if due < today:
        yield Refusal(f"Cases would be due on {due}, which is past. Name another day first.")


def _answer(round_: Round, body: CaseAnswered, reader: Reader) -> Iterator[Refusal]:
    yield from _strangers(round_, {**body.answers, **body.pins})
    if bare := [key for key in body.pins if body.pins[key] and key not in body.answers]:
        yield Refusal(f"Passages are pinned to questions without an answer: {', '.join(bare)}.")
    if not body.case:
        return
    before = round_.case(body.case)
    if before is None:
        yield _no_case(body.case)
    elif before.by.name != reader.name:
        yield Refusal(f"This case is {before.by.name}'s: only they answer it anew.")


def _about(round_: Round, case: int, reader: Reader, own: str) -> Iterator[Refusal]:
    found = round_.case(case)
    if found is None:
        yield _no_case(case)
    elif found.by.name == reader.name:
        yield Refusal(own)


def _reply(round_: Round, question: int, reader: Reader) -> Iterator[Refusal]:
    asked = next((each for each in round_.asked if each.seq == question), None)
    case = round_.case(asked.case) if asked else None
    if case is None:
        yield Refusal(f"Nothing with the number {question} was asked in this round.")
    elif case.by.name != reader.name and not same_organisation(case.by.organisation, reader.organisation):
        yield Refusal(f"The question is about a case of {case.by.name}: they or their organisation reply.")


def _strangers(round_: Round, keys: Collection[str]) -> Iterator[Refusal]:
    if strange := [key for key in keys if key not in round_.drafted.keys]:
        yield Refusal(f"The round asks no such question: {', '.join(strange)}.")


def _no_case(case: int) -> Refusal:
    return Refusal(f"There is no case with the number {case} in this round.")
