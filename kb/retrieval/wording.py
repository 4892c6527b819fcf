"""How a passage is cited in words. English here; the app gives the same in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from kb.retrieval.quotation import Place, Quotation, Work
from kb.retrieval.reference import Reference


@dataclass(frozen=True)
class Wording:
    """The fixed words of citations; names in braces are filled in."""

    page: str = "p. {page}"
    page_of_file: str = "p. {label} (page {page} of the file)"
    slide: str = "slide {n}"
    sheet: str = "sheet “{name}”"
    title: str = "Quoted passages"
    question: str = "Question: {question}"
    made_on: str = "Date: {date}"
    bibliography: str = "Bibliography"
    quoted: str = "Quoted here: {places}"
    licence: str = "Licence: {licence}"
    name_withheld: str = "[name withheld]"
    names_withheld: str = "Names withheld (Chatham House Rule)"

    def place(self, place: Place) -> str:
        """The printed label, and the page of the file where the two differ; empty for unpaged formats."""
        if place.page is None:
            return ""
        if "presentation" in place.media_type:
            return self.slide.format(n=place.page)
        if "spreadsheet" in place.media_type:
            return self.sheet.format(name=place.label or place.page)
        if place.label is None or place.label == str(place.page):
            return self.page.format(page=place.page)
        return self.page_of_file.format(label=place.label, page=place.page)

    def source(self, reference: Reference, *where: str) -> str:
        """Authors (date). Title. Organisation. ``where``. Address. What is unknown is left out; nobody named: title first."""
        who = "; ".join(reference.authors) or reference.publisher
        when = f" ({reference.issued})" if reference.issued else ""
        publisher = reference.publisher if reference.publisher != who else ""
        head = (who + when, reference.title) if who else (reference.title + when,)
        withheld = self.names_withheld if reference.names_withheld else ""
        return _sentences(*head, publisher, *where, reference.address, withheld)

    def cited(self, quotation: Quotation, *, whole: bool = False) -> str:
        """One line to copy: the sentence that answers in quotation marks, and where it stands; headings where there is no page.

        Args:
            quotation: what is cited.
            whole: the whole passage where no sentence is marked; else no words of it.
        """
        words = quotation.sentence or (quotation.text if whole else "")
        where = self.place(quotation.place) or " › ".join(quotation.heading_path)
        source = self.source(quotation.reference, where)
        return f"“{' '.join(words.split())}” — {source}" if words.strip() else source

    def entry(self, work: Work) -> str:
        """A work in the bibliography, with the passages quoted from it and where they stand: "… Quoted here: [1] p. 4; [3]"."""
        places = (f"[{each.number}] {self.place(each.place)}".strip() for each in work.quotations)
        return _sentences(self.source(work.reference), self.quoted.format(places="; ".join(places)))


def _sentences(*parts: str) -> str:
    """Parts with a full stop between them, unless one ends with a mark of its own."""
    told = [part for part in parts if part]
    ended = [part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in told[:-1]]
    return " ".join([*ended, *told[-1:]])
