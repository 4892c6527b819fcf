"""What practices and places are called where many are named, in the alphabet's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.peers.contexts.profile import ContextProfile
from kb.peers.narrative import without_citations
from kb.services import practices
from kb.ui import i18n, state, transferring_words, words


def title(name: str, otherwise: str) -> str:
    """A practice's title in the reader's language, as its sheet says now.

    Args:
        otherwise: what it is called where the sheet cannot be read.
    """
    said = practices.sheet_title(state.kb(), name, actor=state.actor())
    return otherwise if said is None else without_citations(said[0].best(i18n.current(), said[1])[1])


def titles(known: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Practice → title, of names and titles as the index has them."""
    return _sorted({name: title(name, otherwise) for name, otherwise in known})


def places(codes: Iterable[str], profiles: Mapping[str, ContextProfile]) -> dict[str, str]:
    """Place → what it is called."""
    return _sorted({code: transferring_words.place(code, profiles) for code in codes})


def _sorted(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda pair: (words.sortable(pair[1]), pair[0])))
