"""The background brief of a round, compiled from its answers for one reader; and taken along as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace

from kb.errors import InvalidEntry
from kb.peers.learning.parts import Party
from kb.peers.learning.round import Round, RoundState
from kb.peers.learning.round_values import Asked as CaseQuestion
from kb.peers.learning.round_values import CaseAnswer
from kb.retrieval.passage import DocumentId
from kb.retrieval.reference import Reference
from kb.services import practices
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.exhibits import Exhibits
from kb.services.assessment_files.report import safe
from kb.services.brief_files import list_rows
from kb.services.brief_files.report import Asked, Brief, BriefAnswer, BriefCase, BriefQuestion, BriefReply, Source, Who
from kb.services.brief_files.rows import rows
from kb.services.brief_files.told import handout
from kb.services.brief_files.wording import BriefWording
from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.handouts.forms import PAPER, ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.rounds import round_, rounds
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.tables import TableFormat

LOOK = "see what partners learn from each other"
FORMAT = "plp-background-brief/1"  # raised when a name in it changes its meaning


def brief(
    kb: KnowledgeBase,
    round_id: str,
    *,
    actor: Member,
    wording: BriefWording = BriefWording(),  # noqa: B008  # frozen
    language: str = "en",
) -> Brief:
    """What a round came to, as the actor may see it: per question the answers of all cases, with their evidence as it stands now.

    Args:
        wording: the fixed words of sources.
        language: the reader's, in which titles of practices are told where they are known in it.

    Raises:
        NotFound: if there is no such round.
        InvalidEntry: if it is not closed. Facilitators see how it stands while cases are waited for.
    """
    require(actor, Role.MEMBER, LOOK)
    found = round_(kb, round_id, actor=actor)
    if not may_be_compiled(found, actor):
        raise InvalidEntry(f"{found.id} is {found.state}: its brief is compiled once no more cases are waited for.")
    made: Brief = safe(_Compiling(kb, found, actor, wording, language).whole())
    return made


def export(
    kb: KnowledgeBase,
    round_id: str,
    form: ReportForm,
    *,
    actor: Member,
    wording: BriefWording = BriefWording(),  # noqa: B008  # frozen
    language: str = "en",
) -> Exported:
    """The brief as PDF or Word file; its answers as a table; all of it as JSON. Nothing in it is active.

    Raises:
        As :func:`brief`.
    """
    require(actor, Role.MEMBER, LOOK)
    made = brief(kb, round_id, actor=actor, wording=wording, language=language)
    if form in PAPER:
        content = kb.handouts.write(handout(made, wording), form)
    elif form is ReportForm.JSON:
        content = (json.dumps({"format": FORMAT, **asdict(made)}, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
    else:
        content = kb.tables.write(rows(made), TableFormat(form.value))
    return Exported(f"{made.id}-brief{form.suffix}", form.media_type, content)


def export_list(kb: KnowledgeBase, form: TableFormat, *, actor: Member, partnership: str = "") -> Exported:
    """All rounds that the actor may see in one table, a row each, without what was answered."""
    require(actor, Role.MEMBER, LOOK)
    content = kb.tables.write(list_rows.rows(rounds(kb, actor=actor, partnership=partnership)), form)
    return Exported(f"question-rounds-{today()}.{form}", form.media_type, content)


def may_be_compiled(found: Round, actor: Member) -> bool:
    """Whether there is a brief for the actor."""
    if found.state is RoundState.SENT:
        return Role.FACILITATOR in actor.roles
    return found.state in (RoundState.CLOSED, RoundState.CONCLUDED)


class _Compiling:
    """Puts one brief together. Names can be withheld in what people wrote only once all evidence was looked at."""

    def __init__(self, kb: KnowledgeBase, found: Round, actor: Member, wording: BriefWording, language: str) -> None:
        self._kb, self._round, self._actor, self._wording, self._language = kb, found, actor, wording, language
        self._exhibits = Exhibits(EvidenceNow(kb, actor), wording.citing)
        self._clear = self._exhibits.withheld
        self._numbers = {each.seq: number for number, each in enumerate(found.answers, start=1)}

    def whole(self) -> Brief:
        found, drafted = self._round, self._round.drafted
        questions = [self._asked(each.key, each.text) for each in drafted.questions]
        concluded = found.concluded
        return Brief(
            id=found.id,
            title=drafted.title,
            state=found.state.value,
            made_on=today(),
            language=drafted.language,
            reader_language=self._language,
            axis=drafted.axis,
            partnership=drafted.partnership,
            intro=self._clear(drafted.intro),
            drafted_by=_who(drafted.by),
            sent_on=found.sent_on,
            due=drafted.due,
            closed_on=found.closed_on,
            session=drafted.session or "",
            n_asked=len(drafted.asked),
            silent=found.silent,
            cases=tuple(self._case(each) for each in found.answers),
            questions=tuple(self._cleared(each) for each in questions),
            overall=self._clear(concluded.overall) if concluded else "",
            evidence=tuple(self._exhibits.found),
            sources=tuple(self._sources()),
            n_left_out=self._exhibits.n_left_out,
            is_demo=found.is_demo,
        )

    def _asked(self, key: str, text: str) -> Asked:
        answered = [each for each in self._round.answers if key in each.answers]
        concluded = self._round.concluded
        return Asked(
            key,
            text,
            answers=tuple(self._answer(each, key) for each in answered),
            without=tuple(self._numbers[each.seq] for each in self._round.answers if key not in each.answers),
            conclusion=concluded.conclusions.get(key, "") if concluded else "",
        )

    def _answer(self, case: CaseAnswer, key: str) -> BriefAnswer:
        cited = self._exhibits.cited(case.pins.get(key, ()), own=case.by.name == self._actor.name)
        return BriefAnswer(self._numbers[case.seq], case.answers[key], case.language, cited)

    def _cleared(self, asked: Asked) -> Asked:
        answers = tuple(replace(each, text=self._clear(each.text)) for each in asked.answers)
        return replace(asked, answers=answers, conclusion=self._clear(asked.conclusion))

    def _case(self, case: CaseAnswer) -> BriefCase:
        return BriefCase(
            number=self._numbers[case.seq],
            seq=case.seq,
            title=self._clear(case.title),
            by=_who(case.by),
            language=case.language,
            answered_on=case.at_utc[:10],
            practice=case.practice,
            practice_title=self._title(case.practice),
            interested=tuple(sorted(self._round.votes.get(case.seq, frozenset()))),
            asked=tuple(self._question(each) for each in self._round.questions_on(case.seq)),
        )

    def _question(self, asked: CaseQuestion) -> BriefQuestion:
        replies = tuple(BriefReply(_who(each.by), self._clear(each.text)) for each in asked.replies)
        return BriefQuestion(_who(asked.by), self._clear(asked.text), replies)

    def _title(self, practice: str) -> str:
        """In words; empty where there is no sheet any more."""
        found = practices.sheet_title(self._kb, practice, actor=self._actor) if practice else None
        return found[0].best(self._language, found[1])[1] if found else ""

    def _sources(self) -> Iterator[Source]:
        """Documents that are quoted, in the order of their first quotation."""
        seen = visible_documents(self._kb.catalog, self._actor)
        numbers: dict[str, list[int]] = {}
        for each in self._exhibits.found:
            numbers.setdefault(each.document_id, []).append(each.number)
        for document_id, quoted in numbers.items():
            if document := seen.get(DocumentId(document_id)):
                reference = Reference.of(
                    document.id, document.path, document.metadata, document.media_type,
                    accessed=document.added_at_utc, instead=self._wording.citing.name_withheld,
                )  # fmt: skip
                yield Source(self._wording.citing.source(reference), tuple(quoted))


def _who(party: Party) -> Who:
    return Who(party.name, party.organisation, party.country)
