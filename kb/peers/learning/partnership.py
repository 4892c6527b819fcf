"""A peer-learning partnership: who learns with whom about what, in which groups, since when; each fact with its source.

Its states only go forward, each with the day on which it was reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field

from kb.peers.contexts.profile import Languages
from kb.peers.flaws_in_fields import LANGUAGE_PATTERN
from kb.peers.learning.organisation import Name, Sources
from kb.peers.narrative import LANGUAGE, UNKNOWN, Part, Text
from kb.peers.parts import Country, Date, End, Figure, Line, Many, OrUnknown
from kb.retrieval.passage import UNDETERMINED


class PartnershipState(StrEnum):
    """Where a partnership stands, in the order in which it goes through them."""

    FORMING = "forming"
    ACTIVE = "active"
    REPORTING = "reporting"
    CLOSED = "closed"

    @property
    def rank(self) -> int:
        """0 for the first."""
        return list(type(self)).index(self)


class Called(Part):
    """What a source calls the partnership. Sources number them differently."""

    name: Line
    source: Line


class Group(Part):
    """A group within a partnership."""

    group: Name
    title: Line
    focus: Text


class PartnershipPartner(Part):
    """An organisation that takes part.

    Attributes:
        organisation: its file in the directory, or its name in words.
        groups: in which of the partnership's groups.
        joined: when.
        source: key of an entry of sources; empty where a facilitator wrote it down.
    """

    organisation: Line
    country: Country = UNKNOWN
    groups: OrUnknown[Many[Name]] = UNKNOWN
    role: Line = UNKNOWN
    joined: Date = UNKNOWN
    source: str = ""


class StateReached(Part):
    """When a state was reached."""

    state: PartnershipState
    date: Date
    source: str = ""


class Partnership(Part):
    """A partnership.

    Attributes:
        partnership: name of its file.
        language: of every text that names no language.
        called: what sources call it, such as "PLP 3".
        lead: the organisation that leads it, by its file or in words; co-leads likewise.
        partners: only those that a source names; ``figures`` say how many there are.
        figures: numbers of partners and of countries. Two sources that disagree are two figures.
        objectives: what it wants to learn.
        states: as they were reached, each later than the one before.
        reviewed: when somebody last looked whether it still holds.
    """

    partnership: Name
    language: Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
    title: Text
    called: Many[Called] = ()
    topic: Text
    what: Text
    lead: Line
    co_leads: OrUnknown[Many[Line]]
    groups: OrUnknown[Many[Group]]
    partners: OrUnknown[Many[PartnershipPartner]]
    figures: Many[Figure] = ()
    objectives: Text
    start: Date
    end: End
    states: Annotated[Many[StateReached], Field(min_length=1)]
    languages: OrUnknown[Languages]
    themes: Many[Name] = ()
    sources: Sources
    reviewed: Date

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """The partnership that ``raw`` spells, plain texts taken to be in its language.

        Raises:
            ValidationError: with every fault of its fields.
        """
        language = raw.get("language")
        return cls.model_validate(raw, context={LANGUAGE: language if isinstance(language, str) else UNDETERMINED})

    @property
    def state(self) -> PartnershipState:
        """The one that was reached last."""
        return self.states[-1].state

    @property
    def titles(self) -> tuple[str, ...]:
        """What it is called, in every language and by sources."""
        return (*(words for _, words in self.title.said), *(each.name for each in self.called))

    @property
    def all_partners(self) -> tuple[PartnershipPartner, ...]:
        """Those that are named."""
        return () if isinstance(self.partners, str) else self.partners

    @property
    def all_groups(self) -> tuple[Group, ...]:
        """Those that are known."""
        return () if isinstance(self.groups, str) else self.groups

    @property
    def organisations(self) -> tuple[str, ...]:
        """Everybody who takes part, as the file writes them: lead, co-leads, partners; each once."""
        co_leads = () if isinstance(self.co_leads, str) else self.co_leads
        named = (self.lead, *co_leads, *(each.organisation for each in self.all_partners))
        return tuple(dict.fromkeys(each for each in named if each != UNKNOWN))
