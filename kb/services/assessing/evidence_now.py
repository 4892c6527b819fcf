"""Where pinned evidence stands now, and who may read it.

What a document says is told to those only who may see it. Whether words of a document that is gone may be read, nobody can say:
they are told to who pinned them and to administrators.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from kb.peers.assessment.review import Answer, GateAnswer, Pin, Review
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.judged import flat
from kb.retrieval.passage import DocumentId, Passage, PassageId
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role, visible_documents

HIDDEN = {"passage_id": "", "document": "", "sha256": "", "quote": "", "page": None, "page_label": "", "heading": ""}

Said = TypeVar("Said", Answer, GateAnswer)


class Now(StrEnum):
    """Where pinned evidence stands now."""

    THERE = "there"  # the document is as it was
    CHANGED = "changed"  # its file is another one; the words are still in it
    GONE = "gone"  # the words, or the whole document
    HIDDEN = "hidden"  # the asker may not see the document


@dataclass(frozen=True)
class PinNow:
    """A pin, and where its words stand now.

    Attributes:
        pin: ``None`` where the asker may not see its document.
        document: that holds the words, or did; ``None`` where it is gone.
        passage_id: of the passage that holds them; it may have been cut otherwise since.
        mark: the words, for a link into the document; empty where they are gone.
    """

    pin: Pin | None
    now: Now
    document: DocumentSummary | None = None
    passage_id: PassageId | None = None
    mark: str = ""

    @property
    def is_there(self) -> bool:
        """Whether the words still stand in the document."""
        return self.now in (Now.THERE, Now.CHANGED)

    @property
    def is_stale(self) -> bool:
        """Whether a score that rests on it has to be looked at again."""
        return self.now in (Now.CHANGED, Now.GONE)

    @property
    def document_id(self) -> DocumentId | None:
        """Of the document, for a link."""
        return self.document.id if self.document else None


def is_hidden(pin: Pin) -> bool:
    """Whether a pin was emptied for a reader who may not see its document."""
    return not pin.document


class EvidenceNow:
    """Finds pinned words again, for one member; looks at every document at most once."""

    def __init__(self, kb: KnowledgeBase, actor: Member) -> None:
        self._actor = actor
        self._catalog = kb.catalog
        self._seen = visible_documents(kb.catalog, actor)
        self._all = visible_documents(kb.catalog, LOCAL_MEMBER)
        self._by_path = {document.path: document for document in self._all.values()}
        self._passages: dict[DocumentId, list[Passage]] = {}
        self._moved: dict[str, DocumentSummary | None] = {}

    def now(self, pin: Pin, *, own: bool = False) -> PinNow:
        """Where a pin stands now.

        Args:
            own: the asker pinned it.
        """
        if not self.may_read(pin, own=own):
            return PinNow(None, Now.HIDDEN)
        document = self._document(pin)
        if document is None:
            return PinNow(pin, Now.GONE)
        holding = self._holding(pin, document.id)
        if document.sha256 == pin.sha256:
            return PinNow(pin, Now.THERE, document, holding, pin.quote)
        if holding or self._is_in_text(pin, document.id):
            return PinNow(pin, Now.CHANGED, document, holding, pin.quote)
        return PinNow(pin, Now.GONE, document)

    def is_as_it_was(self, pin: Pin) -> bool:
        """Whether nothing happened to the document since; quicker than :meth:`now`."""
        document = self._document(pin)
        return document is not None and document.sha256 == pin.sha256

    def holds(self, pin: Pin) -> bool:
        """Whether the words stand in the document now."""
        document = self._document(pin)
        return document is not None and (self._holding(pin, document.id) is not None or self._is_in_text(pin, document.id))

    def may_read(self, pin: Pin, *, own: bool = False) -> bool:
        """Whether the asker may read the words of a pin."""
        if is_hidden(pin):
            return False
        document = self._document(pin)
        if document is None:
            return own or Role.ADMINISTRATOR in self._actor.roles
        return document.id in self._seen

    def for_eyes(self, review: Review, *, own: bool = False) -> Review:
        """A review in which pins that the asker may not read are emptied; how many there are, and for what, is still told."""
        gates = {name: self._eyes(answer, own) for name, answer in review.gates.items()}
        answers = {name: self._eyes(answer, own) for name, answer in review.answers.items()}
        is_same = all(gates[name] is each for name, each in review.gates.items()) and all(
            answers[name] is each for name, each in review.answers.items()
        )
        return review if is_same else review.model_copy(update={"gates": gates, "answers": answers})

    def pins_for_eyes(self, pins: tuple[Pin, ...], *, own: bool = False) -> tuple[Pin, ...]:
        """Pins, those emptied that the asker may not read."""
        return tuple(pin if self.may_read(pin, own=own) else pin.model_copy(update=HIDDEN) for pin in pins)

    def _eyes(self, answer: Said, own: bool) -> Said:
        pins = self.pins_for_eyes(answer.pins, own=own)
        return answer if pins == answer.pins else answer.model_copy(update={"pins": pins})

    def _document(self, pin: Pin) -> DocumentSummary | None:
        """By its name; else by the passage, as the file may have another name by now."""
        if found := self._by_path.get(pin.document):
            return found
        if pin.passage_id not in self._moved:
            passage = self._catalog.passages([PassageId(pin.passage_id)]).get(PassageId(pin.passage_id))
            self._moved[pin.passage_id] = self._all.get(passage.document_id) if passage else None
        return self._moved[pin.passage_id]

    def _holding(self, pin: Pin, document: DocumentId) -> PassageId | None:
        if document not in self._passages:
            self._passages[document] = self._catalog.passages_of(document)
        quote = flat(pin.quote)
        holding = [each.id for each in self._passages[document] if quote in flat(each.text)]
        return PassageId(pin.passage_id) if pin.passage_id in holding else next(iter(holding), None)

    def _is_in_text(self, pin: Pin, document: DocumentId) -> bool:
        """Words that run over two passages stand in no passage and yet in the document."""
        whole = self._catalog.document(document)
        return whole is not None and flat(pin.quote) in flat(whole.text)
