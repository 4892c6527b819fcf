"""Evidence in what is handed out: numbered quotations, and the numbers that an answer names. All texts are safe to write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cited:
    """Evidence that somebody pinned to an answer.

    Attributes:
        speaks_for: numbers of exhibits; so ``against``.
        n_left_out: quotations of documents that are not for the reader's eyes, or gone.
        none_found: who answered looked and found nothing.
    """

    speaks_for: tuple[int, ...] = ()
    against: tuple[int, ...] = ()
    n_left_out: int = 0
    none_found: bool = False


NOTHING_CITED = Cited()


@dataclass(frozen=True)
class Exhibit:
    """A quotation that is evidence.

    Attributes:
        number: from 1, in the order of first use.
        quote: word for word, but for withheld names.
        source: the document as a bibliography tells it, with the page.
        page: of the file, ``page_label`` as printed.
        document_id: of the document.
        language: of the quote, BCP 47 primary tag or "und".
        is_changed: the document was changed since it was pinned; ``is_gone``: the words are not in it any more.
    """

    number: int
    quote: str
    source: str
    title: str = ""
    page: int | None = None
    page_label: str = ""
    heading: str = ""
    document_id: str = ""
    language: str = "und"
    is_changed: bool = False
    is_gone: bool = False
