"""The bibliographic record of a document: what a bibliography says about it, and nothing that is not known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.retrieval.names_withheld import names_of, withhold
from kb.retrieval.passage import DocumentId, Metadata
from kb.retrieval.writable import one_line

KEY_DIGITS = 6  # of the document's id in a citation key: two of 200 documents share them once in a thousand files
_REPORTS = ("case-study", "good-practice", "guide", "plan")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(10\.\d{4,9}/\S+)", re.IGNORECASE)


class ReferenceType(StrEnum):
    """The CSL types that documents here are of. Source: CSL 1.0.2, appendix III."""

    BOOK = "book"
    DATASET = "dataset"
    DOCUMENT = "document"
    CONFERENCE = "paper-conference"
    REPORT = "report"
    SPEECH = "speech"
    WEBPAGE = "webpage"


@dataclass(frozen=True)
class Reference:
    """A document as a bibliography knows it; the variables are CSL's. Empty means unknown: it is left out.

    Attributes:
        authors: names as they are written, not taken apart; empty under the Chatham House Rule.
        publisher: the organisation.
        issued: ISO 8601 day, month or year.
        url: http or https address, safe to stand in any format (no space, brace, quote or backslash).
        doi: without prefix.
        isbn: as written.
        source: where it comes from, when that is no address.
        archive_location: its path in the corpus; left out under the Chatham House Rule, for file names tell names.
        accessed: ISO day on which the copy was read that is quoted.
        names_withheld: under the Chatham House Rule.
    """

    id: DocumentId
    type: ReferenceType
    title: str
    authors: tuple[str, ...] = ()
    publisher: str = ""
    issued: str = ""
    url: str = ""
    doi: str = ""
    isbn: str = ""
    source: str = ""
    language: str = ""
    licence: str = ""
    archive_location: str = ""
    accessed: str = ""
    names_withheld: bool = False

    @classmethod
    def of(
        cls,
        document: DocumentId,
        path: str,
        about: Metadata,
        media_type: str,
        *,
        accessed: str = "",
        instead: str = "[name withheld]",
    ) -> Reference:
        """The record of a document.

        Args:
            document: its id.
            path: as in :attr:`kb.retrieval.passage.Document.path`; its last part stands in for a missing title.
            about: what is known about it.
            media_type: as recognised.
            accessed: ISO day or time.
            instead: what stands in the title for a name that the Chatham House Rule withholds.
        """
        names = names_of(about)
        origin = one_line(about.origin)
        title = one_line(about.title) or one_line(path.rsplit("/", 1)[-1])
        return cls(
            id=document,
            type=_type(about.kind, media_type),
            title=withhold(title, names, instead, any_case=not about.title),
            authors=() if about.chatham_house else tuple(filter(None, map(one_line, about.authors))),
            publisher=withhold(one_line(about.organisation), names, instead),
            issued=_iso(about.date),
            **_origin(origin if withhold(origin, names, "", any_case=True) == origin else ""),
            language=one_line(about.language),
            licence=one_line(about.licence),
            archive_location="" if about.chatham_house else one_line(path),
            accessed=_iso(accessed[:10]),
            names_withheld=about.chatham_house,
        )

    @property
    def address(self) -> str:
        """Where it can be found outside: an address, a DOI's address, an ISBN, or the source in words."""
        return (
            self.url or (f"https://doi.org/{self.doi}" if self.doi else "") or (f"ISBN {self.isbn}" if self.isbn else self.source)
        )

    @property
    def issued_parts(self) -> list[int]:
        """Year, month, day, as far as known."""
        return date_parts(self.issued)

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Place in a bibliography: who or, where nobody is named, title; then date; accents and case do not count."""
        who = "; ".join(self.authors) or self.publisher or self.title
        return _unaccented(who), self.issued, _unaccented(self.title)


def citation_keys(references: Iterable[Reference]) -> dict[DocumentId, str]:
    """A key for each: who, year and the beginning of the document's id ("rossi2021-3f2a9c"), in ``a-z0-9-``.

    The id keeps a document's key the same in every export and two documents' keys apart; where its beginning does not, all of it
    stands there.
    """
    known = {reference.id: reference for reference in references}
    beginnings = [identity[:KEY_DIGITS] for identity in known]
    keys = {}
    for identity, reference in known.items():
        told = identity[:KEY_DIGITS] if beginnings.count(identity[:KEY_DIGITS]) == 1 else identity
        keys[identity] = f"{_who(reference)}{reference.issued[:4]}-{told}"
    return keys


def date_parts(iso: str) -> list[int]:
    """Year, month, day of an ISO date, as far as it goes; none of no date."""
    return [int(part) for part in iso.split("-")] if iso else []


def _who(reference: Reference) -> str:
    """The family name where one can be told, else the first words; "document" where no letter is Latin."""
    if reference.authors:
        family, comma, _given = reference.authors[0].partition(",")
        who = family if comma else (family.split() or [""])[-1]
    else:
        who = reference.publisher or reference.title
    return re.sub("[^a-z]", "", _unaccented(who))[:24] or "document"


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _type(kind: str, media_type: str) -> ReferenceType:
    if "presentation" in media_type:
        return ReferenceType.SPEECH
    if kind == "conference-note":
        return ReferenceType.CONFERENCE
    if media_type == "application/epub+zip":
        return ReferenceType.BOOK
    if "spreadsheet" in media_type or media_type == "text/csv":
        return ReferenceType.DATASET
    if media_type == "text/html":
        return ReferenceType.WEBPAGE
    return ReferenceType.REPORT if kind in _REPORTS else ReferenceType.DOCUMENT


def _iso(written: str) -> str:
    """``written`` if it is a day, month or year, else nothing."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", written):
        return ""
    try:
        date.fromisoformat((written + "-01-01")[:10])
    except ValueError:  # a thirteenth month is no date
        return ""
    return written


def _origin(origin: str) -> dict[str, str]:
    """The variable that an origin belongs to, with its value."""
    if doi := _DOI.fullmatch(origin):
        return {"doi": _escaped(doi[1])}
    scheme, colon, rest = origin.partition(":")
    if scheme.lower() in ("http", "https") and colon:
        return {"url": _escaped(origin)}
    return {"isbn": rest.strip()} if scheme.lower() == "isbn" and rest else {"source": origin}


def _escaped(address: str) -> str:
    """An address without the characters that RFC 3986 has no place for: formats would take them for their own."""
    return re.sub(r'[\s<>"{}|\\^`]', lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)
