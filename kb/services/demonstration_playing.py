"""An assessment of the demonstration is played: what its file tells becomes events, each by the rules that hold for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from kb.peers.assessment import events as happened
from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.events import Body, Event, Opened, Status
from kb.peers.assessment.final import conclusion
from kb.peers.assessment.folding import fold
from kb.peers.assessment.given import checked
from kb.peers.assessment.moves import refused, reply_opens
from kb.peers.assessment.review import Answer, GateAnswer, Pin, Rating, Review, Stance
from kb.peers.assessment.state import Assessment
from kb.peers.narrative import Part
from kb.services.assessing.interests import concerned_in, refusals
from kb.services.assessing.opening import invitation, opening_of
from kb.services.demonstration_quotes import Quoted
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, visible_documents
from kb.services.practice_documents import listed
from kb.services.records import KeptRubric, RegisteredMember
from kb.services.suggesting import sheet_path

if TYPE_CHECKING:
    from kb.peers.assessment.rubric import Rubric
    from kb.peers.demonstration import Quote, Step, ToldAnswer, ToldAssessment, ToldGate, ToldReview
    from kb.retrieval.catalog import DocumentSummary

Value = TypeVar("Value", bound=Part)
IS_DEMO = True
LED = ("opened", "invited", "excused", "due-changed", "begun", "concluded", "cancelled")  # by facilitators only
REPLY_DAYS = 14


@dataclass(frozen=True)
class Played:
    """What came of it.

    Attributes:
        name: of the file.
        drafts: reviews that were begun, by name of the member.
        faults: what did not go as the file tells, as clauses; what stands after the first one may follow from it.
    """

    name: str
    practice: str
    events: tuple[Event, ...]
    drafts: Mapping[str, Review]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """All that a play needs.

    Attributes:
        people: by key.
        rubrics: by name and version: as it is kept, and what it spells.
    """

    kb: KnowledgeBase
    actor: Member
    people: Mapping[str, RegisteredMember]
    rubrics: Mapping[tuple[str, int], tuple[KeptRubric, Rubric]]


@dataclass
class Play:
    """One assessment while it is played."""

    name: str
    told: ToldAssessment
    stage: Stage
    events: list[Event] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._quoted = Quoted(self.stage.kb)

    def played(self) -> Played:
        """From the first step to the last."""
        kept = self.stage.rubrics.get((self.told.rubric, self.told.version))
        if kept is None:
            self._fault("", f"there is no rubric {self.told.rubric} in version {self.told.version}")
            return self._result({})
        rubric = kept[1]
        for number, step in enumerate(self.told.happened, start=1):
            body = self._body(step, rubric)
            if body is None:
                break
            self._add(step, number, body, rubric)
        drafts = {self._person(key).name: self._review(review, rubric) for key, review in self.told.drafts.items()}
        for key in self.told.drafts:
            seat = self._so_far().seat(self._person(key).name)
            if seat is None or not seat.is_awaited:
                self._fault(f"drafts.{key}", "no review of them is awaited")
        return self._result(drafts)

    def _add(self, step: Step, number: int, body: Body, rubric: Rubric) -> None:
        who, before = self._person(step.who), self._so_far()
        reader = Reader(who.name, Role.FACILITATOR in who.roles, who.organisation)
        if step.what in LED and not reader.is_facilitator:
            self._fault(f"happened.{number}", f"{who.name} is no facilitator")
        if number > 1:
            for reason in refused(before, body, reader, rubric, today=step.day):
                self._fault(f"happened.{number}", reason.sentence)
        self.events.append(Event(len(self.events) + 1, who.name, step.at_utc, body, IS_DEMO))
        after = self._so_far()
        if reply_opens(after) and after.opened:
            reply = happened.ReplyOpened(due=(date.fromisoformat(step.day) + timedelta(days=after.opened.reply_days)).isoformat())
            self.events.append(Event(len(self.events) + 1, who.name, step.at_utc, reply, IS_DEMO))

    def _body(self, step: Step, rubric: Rubric) -> Body | None:
        match step.what:
            case "opened":
                return self._opening(step)
            case "invited":
                return self._invitation(step)
            case "submitted":
                return happened.Submitted(review=self._review(self.told.reviews[step.who], rubric))
            case "concluded":
                return happened.Concluded(outcome=conclusion(self._so_far(), rubric))
        said = {name: getattr(step, name) for name in happened.KINDS[step.what].model_fields if name in type(step).model_fields}
        if step.what == "settled" and step.score is not None:
            said["rating"] = Rating.SCORED
        if step.what == "excused":
            said["reviewer"] = self._person(step.reviewer).name
        if step.what == "reconfirmed":
            said = {"criterion": step.item, "verdict": step.verdict, "reason": step.reason, "pins": self._pins(step)}
        return self._made(happened.KINDS[step.what], step.what, said)

    def _opening(self, step: Step) -> Opened | None:
        kb, practice = self.stage.kb, self.told.practice
        file = kb.practices.read(practice) if practice in kb.practices.names() else None
        if file is None or file.sheet is None:
            self._fault("practice", f"there is no practice {practice} whose sheet can be read")
            return None
        kept, _ = self.stage.rubrics[self.told.rubric, self.told.version]
        respondent = self._person(step.respondent).name if step.respondent else ""
        days = REPLY_DAYS if step.reply_days is None else step.reply_days
        status = step.status_granted or Status.PEER_VALIDATED
        return opening_of(file.sheet, file.version, kept, step.due, days, status, respondent)

    def _invitation(self, step: Step) -> Body:
        concerned = concerned_in(self.stage.kb, self._so_far())
        reviewer = self._person(step.reviewer)
        for reason in refusals(reviewer, concerned):
            self._fault(step.reviewer, reason)
        return invitation(reviewer, concerned, step.is_third)

    def _review(self, told: ToldReview, rubric: Rubric) -> Review:
        gates = {gate: self._gate(gate, told.gates[gate]) for gate in rubric.gate_names if gate in told.gates}
        answers = {name: self._answer(name, told.answers[name]) for name in rubric.criterion_names if name in told.answers}
        for item in (*told.gates, *told.answers):
            if item not in gates and item not in answers:
                self._fault(item, "the rubric does not ask for it")
        return Review(gates=gates, answers=answers, comment=told.comment, language=told.language)

    def _gate(self, item: str, told: ToldGate) -> GateAnswer:
        said = {"verdict": told.verdict, "reason": told.reason, "pins": self._pins(told)}
        return self._made(GateAnswer, item, said) or GateAnswer()

    def _answer(self, item: str, told: ToldAnswer) -> Answer:
        said = {name: getattr(told, name) for name in ("rating", "score", "reason", "confidence", "none_found")}
        if told.score is not None:
            said["rating"] = Rating.SCORED
        return self._made(Answer, item, {**said, "pins": self._pins(told)}) or Answer()

    def _made(self, kind: type[Value], place: str, values: Mapping[str, object]) -> Value | None:
        value, faults = checked(kind, values)
        for fault in faults:
            self._fault(place, fault)
        return value

    def _pins(self, told: ToldGate | ToldAnswer | Step) -> tuple[Pin, ...]:
        said = [(key, stance) for keys, stance in ((told.pro, Stance.FOR), (told.con, Stance.AGAINST)) for key in keys]
        found = (self._pin(key, self.told.quotes[key], stance) for key, stance in said)
        return tuple(pin for pin in found if pin is not None)

    def _pin(self, key: str, quote: Quote, stance: Stance) -> Pin | None:
        documents = self._documents()
        found = self._quoted.pin(quote, documents, stance)
        if found is None:
            where = quote.document if quote.document in documents else "the documents of the practice"
            self._fault(f"quotes.{key}", f"is not in {where}")
        return found

    def _documents(self) -> dict[str, DocumentSummary]:
        """The sheet and the documents of the practice, by path."""
        by_path = {document.path: document for document in visible_documents(self.stage.kb.catalog, self.stage.actor).values()}
        sheet = by_path.get(sheet_path(self.told.practice))
        paths = (sheet.path, *listed(sheet)) if sheet else ()
        return {path: by_path[path] for path in paths if path in by_path}

    def _person(self, key: str) -> RegisteredMember:
        return self.stage.people[key]

    def _so_far(self) -> Assessment:
        return fold(self.name, self.events)

    def _fault(self, place: str, clause: str) -> None:
        self.faults.append(f"{self.name}{': ' if place else ''}{place}: {clause}")

    def _result(self, drafts: Mapping[str, Review]) -> Played:
        return Played(self.name, self.told.practice, tuple(self.events), drafts, tuple(dict.fromkeys(self.faults)))
