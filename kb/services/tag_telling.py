"""What is told of a given tag, to whom: its evidence to those only who may see the document it is from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from kb.peers.tags import Origin
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.judged import Answer, passages_with
from kb.retrieval.passage import DocumentId, Passage, PassageId
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, visible_documents
from kb.services.records import Decision, GivenTag, Verdict


@dataclass(frozen=True)
class Evidence:
    """The words of a document that speak for a tag.

    Attributes:
        passage_id: as it is now; it may have been cut otherwise since the tag was given.
        document: path.
    """

    passage_id: PassageId
    document: str
    quote: str


@dataclass(frozen=True)
class TagSource:
    """Who says that a tag fits, and why.

    Attributes:
        member: who gave or confirmed it; for a declared one the author of the sheet.
        at_utc: ISO 8601, when; for a declared one the day of the sheet's last review, or empty.
        evidence: ``None`` where none was named, or it is gone, or the asker may not see it.
        given: the record behind it, with nothing that the asker may not see; ``None`` for a declared one.
    """

    origin: Origin
    member: str
    at_utc: str
    why: str = ""
    evidence: Evidence | None = None
    given: GivenTag | None = None


class Telling:
    """Tells records of tags to one member."""

    def __init__(self, kb: KnowledgeBase, actor: Member, decisions: Iterable[Decision] = ()) -> None:
        self._catalog = kb.catalog
        self._seen = visible_documents(kb.catalog, actor)
        self._paths = {document.path: document for document in self._seen.values()}
        self._passages: dict[DocumentId, list[Passage]] = {}
        self._confirmed = {(each.tag, each.member, each.at_utc) for each in decisions if each.verdict is Verdict.CONFIRMED}

    def source(self, given: GivenTag) -> TagSource:
        """Who gave it, when, why and with what evidence."""
        origin = Origin.CONFIRMED if (given.tag, given.member, given.at_utc) in self._confirmed else Origin.GIVEN
        evidence = self.evidence(given)
        return TagSource(origin, given.member, given.at_utc, given.why, evidence, _with(given, evidence))

    def decision(self, said: Decision) -> Decision:
        """A decision, without the words of a document that the member may not see."""
        return _with(said, self.evidence(said))

    def evidence(self, said: GivenTag | Decision) -> Evidence | None:
        """The passage as it is now. One that was cut otherwise since is found by its words.

        ``None`` where none was named, and where it is in no document any more that the member may see: whether the words of a
        document that is gone may be read, nobody can say.
        """
        document = self._document(said)
        if document is None:
            return None
        if document.id not in self._passages:
            self._passages[document.id] = self._catalog.passages_of(document.id)
        answer = Answer(document.path, said.quote, 1, said.passage_id)
        holding = passages_with(answer, self._passages[document.id])
        return Evidence(holding[0], document.path, said.quote) if holding else None

    def _document(self, said: GivenTag | Decision) -> DocumentSummary | None:
        if not said.passage_id:
            return None
        there = self._catalog.passages([said.passage_id]).get(said.passage_id)
        return self._seen.get(there.document_id) if there else self._paths.get(said.document)


Said = TypeVar("Said", GivenTag, Decision)


def _with(said: Said, evidence: Evidence | None) -> Said:
    if evidence is None:
        return replace(said, passage_id=PassageId(""), document="", quote="")
    return replace(said, passage_id=evidence.passage_id, document=evidence.document, quote=evidence.quote)
