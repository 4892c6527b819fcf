"""Evidence of an assessment, numbered to be handed out: each quotation once, safe to write, without names that must be withheld."""

from __future__ import annotations

from collections.abc import Iterable

from kb.peers.assessment.review import Pin, Stance
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.judged import flat
from kb.retrieval.names_withheld import names_of, withhold
from kb.retrieval.quotation import Place
from kb.retrieval.reference import Reference
from kb.retrieval.wording import Wording
from kb.retrieval.writable import one_line, writable
from kb.services.assessing.evidence_now import EvidenceNow, Now, PinNow
from kb.services.handouts.exhibits import Cited, Exhibit


class Exhibits:
    """Numbers quotations in the order in which they come."""

    def __init__(self, evidence: EvidenceNow, citing: Wording) -> None:
        self._evidence, self._citing = evidence, citing
        self._numbers: dict[tuple[str, str], int] = {}
        self._withheld: dict[str, None] = {}
        self.found: list[Exhibit] = []
        self.n_left_out = 0

    def cited(self, pins: Iterable[Pin], *, own: bool, none_found: bool = False) -> Cited:
        """What was pinned to one answer. A quotation is left out if the reader may not see its document, or that is gone:
        whose names must be withheld in it, nobody knows any more.

        Args:
            own: the reader pinned them.
            none_found: the reviewer found nothing to pin.
        """
        by_stance: dict[Stance, list[int]] = {Stance.FOR: [], Stance.AGAINST: []}
        n_left_out = 0
        for pin in pins:
            now = self._evidence.now(pin, own=own)
            if now.pin is None or now.document is None:
                n_left_out += 1
                continue
            number = self._number(pin, now, now.document)
            if number not in by_stance[pin.stance]:
                by_stance[pin.stance].append(number)
        self.n_left_out += n_left_out
        return Cited(tuple(by_stance[Stance.FOR]), tuple(by_stance[Stance.AGAINST]), n_left_out, none_found)

    def withheld(self, text: str) -> str:
        """What somebody wrote about this evidence, without the names that its documents withhold."""
        return withhold(text, tuple(self._withheld), self._citing.name_withheld)

    def _number(self, pin: Pin, now: PinNow, document: DocumentSummary) -> int:
        key = (document.id, flat(pin.quote))
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.found.append(self._exhibit(self._numbers[key], pin, now, document))
        return self._numbers[key]

    def _exhibit(self, number: int, pin: Pin, now: PinNow, document: DocumentSummary) -> Exhibit:
        about, instead = document.metadata, self._citing.name_withheld
        names = names_of(about)
        self._withheld.update(dict.fromkeys(names))
        reference = Reference.of(
            document.id, document.path, about, document.media_type, accessed=document.added_at_utc, instead=instead
        )
        label = one_line(pin.page_label)
        headings = withhold(one_line(pin.heading), names, instead).split(" › ")
        heading = " › ".join(headings[1:] if headings[0] == reference.title else headings)
        place = self._citing.place(Place(pin.page, label or None, document.media_type))
        return Exhibit(
            number=number,
            quote=withhold(writable(pin.quote), names, instead),
            source=self._citing.source(reference, place or heading),
            title=reference.title,
            page=pin.page,
            page_label=label,
            heading=heading,
            document_id=document.id,
            language=pin.language,
            is_changed=now.now is Now.CHANGED,
            is_gone=now.now is Now.GONE,
        )
