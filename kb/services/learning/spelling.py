"""By which names an organisation is known, as the directory says.

What somebody may say for their own organisation, and what they may not say about it, holds by any of its names. What they may do to
what others began goes by the name with which they are registered: more people write the directory than register members.
"""

from __future__ import annotations

from dataclasses import replace

from kb.peers.assessment.blinding import Reader
from kb.peers.learning.spellings import Spellings
from kb.services.assessing.loading import reader_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

LOOK = "look at the directory"


def spellings(kb: KnowledgeBase) -> Spellings:
    """Of all entries that can be read; no document is told."""
    return Spellings.of(made for name in kb.organisations.names() if (made := kb.organisations.read(name).made))


def reader_in(kb: KnowledgeBase, *, actor: Member) -> Reader:
    """The member as rules know members, with every name of their organisation."""
    require(actor, Role.MEMBER, LOOK)
    reader = reader_of(actor)
    return replace(reader, also=spellings(kb).names(reader.organisation)[1:]) if reader.organisation else reader
