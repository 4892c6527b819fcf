"""What of mutual learning belongs to one partnership."""

from __future__ import annotations

from kb.errors import NotFound
from kb.peers.learning import belonging
from kb.peers.learning.belonging import Bounds
from kb.peers.learning.partnership import Partnership
from kb.peers.learning.things import Things
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.directory import everybody


def bounds(kb: KnowledgeBase, partnership: str) -> Bounds:
    """What a partnership is called, and who takes part, by every name of theirs.

    Raises:
        NotFound: if there is none of that name, or none that can be read.
    """
    made = kb.partnerships.read(partnership).made
    if made is None:
        raise NotFound(f"The partnership “{partnership[:80]}” cannot be read. What is wrong: kb learn partnership check")
    return Bounds(partnership, made.titles, _organisations(kb, made))


def of_partnership(kb: KnowledgeBase, things: Things, partnership: str) -> Things:
    """Those that belong to it."""
    return belonging.of_partnership(things, bounds(kb, partnership))


def _organisations(kb: KnowledgeBase, made: Partnership) -> tuple[str, ...]:
    found = list(made.organisations)
    for each in everybody(kb):
        if any(each.is_called(name) for name in made.organisations):
            found += each.names
    return tuple(dict.fromkeys(found))
