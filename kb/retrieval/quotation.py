"""Passages chosen to be quoted, numbered, and the documents they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.retrieval.names_withheld import names_of, widened, withhold
from kb.retrieval.passage import Metadata, Passage, PassageId
from kb.retrieval.reference import Reference, citation_keys
from kb.retrieval.writable import one_line, writable


@dataclass(frozen=True)
class Place:
    """Where in a document: the physical page from 1 (``None``: the format has none) and what is printed on it."""

    page: int | None = None
    label: str | None = None
    media_type: str = ""

    @property
    def printed(self) -> str:
        """What a reader with the paper in hand looks for: the label, else the page; empty for slides, sheets and unpaged text."""
        if self.page is None or "presentation" in self.media_type or "spreadsheet" in self.media_type:
            return ""
        return self.label or str(self.page)


@dataclass(frozen=True)
class Quotation:
    """A passage as it is quoted: safe to write, names withheld where they must be.

    Attributes:
        number: from 1, in the order of choosing.
        heading_path: headings above it, outermost first; one that only repeats the document's title is left out.
        before: the passage's words before the sentence that answers; all of them if none is marked.
        sentence: the sentence that answers, or empty.
        after: the words after it.
        language: BCP 47 primary tag, or "und".
    """

    number: int
    passage: PassageId
    reference: Reference
    place: Place
    heading_path: tuple[str, ...]
    before: str
    sentence: str
    after: str
    language: str

    @classmethod
    def of(
        cls,
        number: int,
        passage: Passage,
        reference: Reference,
        about: Metadata,
        media_type: str,
        *,
        sentence: tuple[int, int] | None = None,
        instead: str = "[name withheld]",
    ) -> Quotation:
        """Quote a passage of the document that ``reference`` and ``about`` describe.

        Args:
            number: from 1.
            passage: what is quoted.
            reference: its document's record.
            about: its document's metadata.
            media_type: its document's.
            sentence: span within ``passage.text`` to emphasise; one outside the text is ignored, for links can be edited.
            instead: what stands for a withheld name.
        """
        names = names_of(about)
        start, end = sentence or (0, 0)
        if not 0 <= start < end <= len(passage.text):
            start = end = len(passage.text)
        label = one_line(passage.page_label or "") or None
        headings = [withhold(one_line(heading), names, instead) for heading in passage.heading_path]
        before, marked, after = (writable(part) for part in _cut(passage.text, start, end))
        text = before + marked + after
        start, end = widened(text, len(before), len(before) + len(marked), names)
        before, marked, after = (withhold(part, names, instead) for part in _cut(text, start, end))
        return cls(
            number=number,
            passage=passage.id,
            reference=reference,
            place=Place(passage.page, label, media_type),
            heading_path=tuple(headings[1:] if headings[:1] == [reference.title] else headings),
            before=before,
            sentence=marked,
            after=after,
            language=passage.language,
        )

    @property
    def text(self) -> str:
        """The whole passage."""
        return self.before + self.sentence + self.after


@dataclass(frozen=True)
class Work:
    """A document with what is quoted from it, in order; ``key`` is unique among the works of one file."""

    reference: Reference
    key: str
    quotations: tuple[Quotation, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """The printed pages that are quoted, each once."""
        return tuple(dict.fromkeys(quotation.place.printed for quotation in self.quotations if quotation.place.printed))


@dataclass(frozen=True)
class Citations:
    """What goes into one file.

    Attributes:
        quotations: in the order in which they were chosen.
        made_on: ISO date.
        question: that the passages answer, or empty.
        title: of the file, or empty for the usual one.
    """

    quotations: tuple[Quotation, ...]
    made_on: str
    question: str = ""
    title: str = ""

    def works(self) -> tuple[Work, ...]:
        """Each document once, as a bibliography orders them."""
        references = sorted(
            {each.reference.id: each.reference for each in self.quotations}.values(), key=lambda each: each.sort_key
        )
        keys = citation_keys(references)
        return tuple(Work(each, keys[each.id], tuple(_from(each, self.quotations))) for each in references)


def _cut(text: str, start: int, end: int) -> tuple[str, str, str]:
    return text[:start], text[start:end], text[end:]


def _from(reference: Reference, quotations: Iterable[Quotation]) -> Iterable[Quotation]:
    return (quotation for quotation in quotations if quotation.reference.id == reference.id)
