"""Something to be handed out: a title, what stands around it, and pieces of text in their order."""

from __future__ import annotations

from dataclasses import dataclass

from kb.services.handouts.blocks import Block


@dataclass(frozen=True)
class Handout:
    """What a PDF and a Word file say. All texts are safe to write, and in the reader's language.

    Attributes:
        id: of what it is about; it stands below every page.
        kicker: above the title: what kind of thing it is.
        made_on: ISO date.
        summary: below the title, or empty.
        demonstration: on every page of what is made up, or empty; ``demonstration_note`` says more on the first.
        replaced: what to say where a character had to be replaced.
        language: BCP 47 primary tag.
    """

    id: str
    kicker: str
    title: str
    made_on: str
    blocks: tuple[Block, ...]
    replaced: str
    summary: str = ""
    demonstration: str = ""
    demonstration_note: str = ""
    language: str = "en"

    @property
    def is_demo(self) -> bool:
        """Whether it is made up."""
        return bool(self.demonstration)
