"""A test of transferability of the demonstration is played: each step becomes an event, by the rules that hold for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.given import checked
from kb.peers.assessment.review import Pin, Stance
from kb.peers.learning.case import CASE
from kb.peers.learning.parts import kind_of
from kb.peers.narrative import Part
from kb.peers.transfer import events as happened
from kb.peers.transfer.events import Body, Event
from kb.peers.transfer.folding import fold
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.judgement import CriterionAnswer, Judgement
from kb.peers.transfer.moves import refused
from kb.peers.transfer.result import result
from kb.peers.transfer.state import TransferTest
from kb.services import contexts
from kb.services.assessing.practice_passages import documents_of
from kb.services.demonstration_quotes import Quoted
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role
from kb.services.records import RegisteredMember
from kb.services.transferring.assessors import joined, organisations_of, refusals, warnings
from kb.services.transferring.opening import faults_of_places

if TYPE_CHECKING:
    from kb.peers.demonstration_transfer import ToldCriterion, ToldJudgement, ToldTransfer, TransferStep
    from kb.retrieval.catalog import DocumentSummary

Value = TypeVar("Value", bound=Part)
Documents = Mapping[str, "DocumentSummary"]  # by path
IS_DEMO = True
REVIEWING = ("joined", "handed-in")  # for reviewers only


@dataclass(frozen=True)
class PlayedTransfer:
    """What came of it.

    Attributes:
        name: of the file.
        framework: ``None`` where there is none; then there are faults.
        drafts: judgements that were begun, by name of the member.
        faults: what did not go as the file tells, as clauses; what stands after the first one may follow from it.
    """

    name: str
    practice: str
    target: str
    framework: Framework | None
    events: tuple[Event, ...]
    drafts: Mapping[str, Judgement]
    faults: tuple[str, ...]


@dataclass
class TransferPlay:
    """One test while it is played.

    Attributes:
        framework: in the version that the file names; ``None`` where there is none.
        people: by key.
    """

    name: str
    told: ToldTransfer
    kb: KnowledgeBase
    actor: Member
    framework: Framework | None
    people: Mapping[str, RegisteredMember]
    events: list[Event] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def played(self) -> PlayedTransfer:
        """From the first step to the last."""
        if self.framework is None:
            self._fault("", f"there is no framework {self.told.framework} in version {self.told.version}")
            return self._result({})
        self._quoted = Quoted(self.kb)
        self._source, self._target = self._documents()
        for number, step in enumerate(self.told.happened, start=1):
            body = self._body(step, self.framework)
            if body is None:
                break
            self._add(step, number, body, self.framework)
        drafts = {self._person(key).name: self._judgement(each, self.framework) for key, each in self.told.drafts.items()}
        for key in self.told.drafts:
            seat = self._so_far().seat(self._person(key).name)
            if seat is None or not seat.is_awaited:
                self._fault(f"drafts.{key}", "no judgement of them is awaited")
        return self._result(drafts)

    def _add(self, step: TransferStep, number: int, body: Body, framework: Framework) -> None:
        who, before = self._person(step.who), self._so_far()
        reader = Reader(who.name, Role.FACILITATOR in who.roles, who.organisation)
        if step.what in REVIEWING and Role.REVIEWER not in who.roles:
            self._fault(f"happened.{number}", f"{who.name} is no reviewer")
        if number > 1:
            for reason in refused(before, body, reader, framework, today=step.day):
                self._fault(f"happened.{number}", reason.sentence)
        self._keep(step, body)
        if step.what == "opened" and Role.REVIEWER in who.roles:
            self._keep(step, joined(who, organisations_of(self.kb, self._so_far())))

    def _keep(self, step: TransferStep, body: Body) -> None:
        self.events.append(Event(len(self.events) + 1, self._person(step.who).name, step.at_utc, body, IS_DEMO))

    def _body(self, step: TransferStep, framework: Framework) -> Body | None:
        who = self._person(step.who)
        match step.what:
            case "opened":
                return self._opening(step, framework)
            case "invited":
                return self._invitation(self._person(step.assessor))
            case "joined":
                return joined(who, organisations_of(self.kb, self._so_far()))
            case "excused":
                return happened.Excused(assessor=self._person(step.assessor).name, why=step.why)
            case "handed-in":
                return happened.HandedIn(judgement=self._judgement(self.told.judgements[step.who], framework))
            case "concluded":
                so_far = self._so_far()
                return happened.Concluded(result=result(so_far.judgements, framework, so_far.key))
            case "cancelled":
                return happened.Cancelled(why=step.why)
            case "evaluated":
                pins = tuple(pin for _, pin in self._pinned(step.pro, step.con))
                if step.case == self.told.practice:
                    self._fault("case", "the practice itself is no case of its transfer")
                elif step.case and kind_of(step.case) != CASE.stream and step.case not in self.kb.practices.names():
                    self._fault("case", f"there is no transfer case and no practice {step.case}")
                said = {"outcome": step.outcome, "on": step.day, "what": step.seen, "pins": pins, "case": step.case}
                return self._made(happened.Evaluated, step.what, said)

    def _opening(self, step: TransferStep, framework: Framework) -> Body | None:
        told = self.told
        file = self.kb.practices.read(told.practice) if told.practice in self.kb.practices.names() else None
        if file is None or file.sheet is None:
            self._fault("practice", f"there is no practice {told.practice} whose sheet can be read")
            return None
        for fault in faults_of_places(self.kb, told.source, told.target, file.sheet):
            self._fault("target", fault)
        key = framework.key_for(set(map(str, file.sheet.tags))) if told.key is None else told.key
        for each in key:
            if each not in framework.criterion_names:
                self._fault("key", f"“{each}” is no criterion of {framework.framework}")
        return happened.Opened(
            practice=told.practice,
            title=file.sheet.title.best(file.sheet.language)[1],
            source=told.source,
            target=told.target,
            framework=framework.framework,
            version=framework.version,
            framework_sha256=framework.sha256,
            key=tuple(each for each in framework.criterion_names if each in key),
            due=step.due,
            why=step.why,
        )

    def _invitation(self, assessor: RegisteredMember) -> Body:
        for reason in refusals(assessor, is_demo=IS_DEMO):
            self._fault(assessor.name, reason)
        warned = tuple(warnings(assessor, organisations_of(self.kb, self._so_far())))
        return happened.Invited(
            assessor=assessor.name, organisation=assessor.organisation, country=assessor.country, warnings=warned
        )

    def _judgement(self, told: ToldJudgement, framework: Framework) -> Judgement:
        said = {name: self._answer(name, each) for name, each in told.answers.items()}
        for group in told.unknown:
            said |= {name: CriterionAnswer(is_unknown=True, reason=group.reason) for name in group.criteria}
        for name in said:
            if name not in framework.criterion_names:
                self._fault(name, "the framework does not ask for it")
        return Judgement(
            answers={name: said[name] for name in framework.criterion_names if name in said},
            facilitators=told.facilitators,
            barriers=told.barriers,
            adaptations=told.adaptations,
            core_kept=told.core_kept,
            comment=told.comment,
            language=told.language,
        )

    def _answer(self, criterion: str, told: ToldCriterion) -> CriterionAnswer:
        pins = list(self._pinned(told.pro, told.con))
        said = {name: getattr(told, name) for name in ("value", "reason", "confidence", "none_in_source", "none_in_target")}
        source, target = (tuple(pin for of_source, pin in pins if of_source is side) for side in (True, False))
        whole = {**said, "is_unknown": told.value is None, "source_pins": source, "target_pins": target}
        return self._made(CriterionAnswer, criterion, whole) or CriterionAnswer()

    def _pinned(self, pro: Iterable[str], con: Iterable[str]) -> Iterable[tuple[bool, Pin]]:
        """Whether it is of the practice's own documents, and the pin."""
        for keys, stance in ((pro, Stance.FOR), (con, Stance.AGAINST)):
            for key in keys:
                quote = self.told.quotes[key]
                of_source = quote.document in self._source
                documents = self._source if of_source else self._target
                found = self._quoted.pin(quote, documents, stance)
                if found is None:
                    either = f"the documents of {self.told.practice} or about {self.told.target}"
                    self._fault(f"quotes.{key}", f"is not in {quote.document if quote.document in documents else either}")
                else:
                    yield of_source, found

    def _documents(self) -> tuple[Documents, Documents]:
        """Of the practice and about the target place, as in a real test."""
        own = documents_of(self.kb, self.told.practice, actor=self.actor).documents
        about = contexts.documents_about(self.kb, self.told.target, actor=self.actor, without=self.told.practice).documents
        source, target = ({each.path: each for each in found.values()} for found in (own, about))
        return source, target

    def _made(self, kind: type[Value], place: str, values: Mapping[str, object]) -> Value | None:
        value, faults = checked(kind, values)
        for fault in faults:
            self._fault(place, fault)
        return value

    def _person(self, key: str) -> RegisteredMember:
        return self.people[key]

    def _so_far(self) -> TransferTest:
        return fold(self.name, self.events)

    def _fault(self, place: str, clause: str) -> None:
        self.faults.append(f"{self.name}{': ' if place else ''}{place}: {clause}")

    def _result(self, drafts: Mapping[str, Judgement]) -> PlayedTransfer:
        faults = tuple(dict.fromkeys(self.faults))
        return PlayedTransfer(self.name, self.told.practice, self.told.target, self.framework, tuple(self.events), drafts, faults)
