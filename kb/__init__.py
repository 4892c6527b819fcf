"""A peer-learning knowledge base with semantic search.

Text: read → split → embed → index → search.
Peers: practice → assess → benchmark → transfer → learn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.services.knowledge_base import KnowledgeBase
    from kb.settings import Settings

__version__ = "0.2.0"
__all__ = ["__version__", "open_kb"]


def open_kb(settings: Settings | None = None) -> KnowledgeBase:
    """Open the knowledge base of ``settings``, by default of the environment; see :func:`kb.bootstrap.open_kb`."""
    from kb.bootstrap import open_kb as open_it  # adapters are imported by whoever opens, not by whoever imports

    return open_it(settings)
