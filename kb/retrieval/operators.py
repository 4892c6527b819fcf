"""What the operators of a question mean for the documents there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from kb.retrieval.answer import Filters
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId
from kb.retrieval.spelling import folded_words


def with_names_written_out(filters: Filters, documents: Mapping[DocumentId, DocumentSummary]) -> Filters:
    """Organisations by their full names: ``org:sewa`` means every organisation with that word in its name. Tags likewise:
    ``tag:women`` means ``group:women`` and the free tag of that name, ``tag:group:women`` the first only.

    A name or tag that no document has stays as typed, and passes nothing.
    """
    if filters.organisations:
        named = {document.metadata.organisation for document in documents.values()}
        filters = replace(filters, organisations=_meant(filters.organisations, named, _has_words))
    if filters.tags:
        given = {tag for document in documents.values() for tag in document.tags}
        filters = replace(filters, tags=_meant(filters.tags, given, _is_tag))
    return filters


def _meant(typed: Iterable[str], known: Collection[str], is_meant: Callable[[str, str], bool]) -> tuple[str, ...]:
    """Of each that was typed, those known that it means, sorted; itself where there are none."""
    full = (tuple(sorted(each for each in known if is_meant(each, one))) or (one,) for one in typed)
    return tuple(dict.fromkeys(each for some in full for each in some))


def _is_tag(tag: str, typed: str) -> bool:
    """Whether ``typed`` is the tag, or its word without the prefix; case, accents and marks between words do not matter."""
    wanted = folded_words(typed)
    return wanted in (folded_words(tag), folded_words(tag.rpartition(":")[2]))


def _has_words(name: str, typed: str) -> bool:
    """Whether the words of ``typed`` stand in ``name`` one after the other."""
    words, wanted = folded_words(name), folded_words(typed)
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1)) if wanted else False
