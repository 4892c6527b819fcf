"""Who may say something for an organisation: its own members, and facilitators for any."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal


def against_speaking(organisation: str, reader: Reader) -> Iterator[Refusal]:
    """Why somebody may not speak for an organisation; nothing where they may."""
    if reader.is_facilitator or reader.is_of(organisation):
        return
    if reader.organisation:
        yield Refusal(
            f"You work for {reader.organisation}, and not for {organisation}: name your own organisation, or ask a facilitator."
        )
    else:
        yield Refusal(f"It is not known that you work for {organisation}: ask a facilitator to do this.")
