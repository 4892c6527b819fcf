"""What somebody may look for at others, or give them."""

from __future__ import annotations

from enum import StrEnum


class Seeks(StrEnum):
    """What is looked for, or given."""

    KNOWLEDGE = "knowledge"
    PEER_VISIT = "peer-visit"
    PROJECT_PARTNER = "project-partner"
