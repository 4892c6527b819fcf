"""An organisation of the directory: what it is, where it works, what it did with whom, what it looks for; each with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field

from kb.peers import names
from kb.peers.assessment.organisations import same_organisation
from kb.peers.assessment.rubric_values import in_order
from kb.peers.choices import OwnerType
from kb.peers.contexts.profile import Languages
from kb.peers.flaws_in_fields import KEY_PATTERN, LANGUAGE_PATTERN, NAME_PATTERN
from kb.peers.learning.seeks import Seeks
from kb.peers.narrative import LANGUAGE, UNKNOWN, Part, Text
from kb.peers.parts import MAX_ITEMS, Address, Country, Date, End, Figure, Line, Many, OrUnknown, Source
from kb.retrieval.passage import UNDETERMINED

Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=names.MAX_CHARS)]
_BEHIND = re.compile(r"\s*\([^()]*\)\s*$")
Sources = Annotated[
    dict[Annotated[str, Field(pattern=KEY_PATTERN, max_length=names.MAX_CHARS)], Source],
    AfterValidator(in_order),
    Field(min_length=1, max_length=MAX_ITEMS),
]


class ProjectPartner(Part):
    """An organisation that takes part in a project.

    Attributes:
        name: in words; or the name of its file in the directory.
    """

    name: Line
    country: Country = UNKNOWN


class Project(Part):
    """What an organisation did, or does, with others.

    Attributes:
        programme: that pays for it.
        partners: without the organisation itself; empty: it has none.
        practice: whose sheet tells of it; empty where there is none.
        source: key of an entry of sources.
    """

    title: Line
    what: Text
    programme: Line = UNKNOWN
    countries: OrUnknown[Many[Country]] = UNKNOWN
    partners: OrUnknown[Many[ProjectPartner]] = UNKNOWN
    start: Date = UNKNOWN
    end: End = UNKNOWN
    practice: Annotated[str, Field(max_length=names.MAX_CHARS)] = ""
    source: Line


class Seeking(Part):
    """What an organisation says that it looks for."""

    what: Seeks
    text: Text
    source: Line


class Organisation(Part):
    """An organisation, as others may know it.

    Attributes:
        organisation: name of its file.
        language: of every text that names no language.
        title: what it is called, in its own words.
        also: what else it is called: short, long, in other languages. Members and owners of practices are found by these.
        part_of: the organisation that it belongs to, by its file or in words; empty: to none that is known.
        country: its seat.
        countries: where else it works.
        what: what it is and does, citing its sources.
        expertise: what others may ask it about, in a few words each.
        themes: of the concept scheme, without "theme:".
        reviewed: when somebody last looked whether it still holds.
    """

    organisation: Name
    language: Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
    title: Line
    also: Many[Line] = ()
    kind: OwnerType
    part_of: Annotated[str, Field(max_length=300)] = ""
    country: Country
    countries: OrUnknown[Many[Country]]
    languages: OrUnknown[Languages]
    website: Address
    what: Text
    expertise: OrUnknown[Many[Line]]
    themes: Many[Name]
    projects: OrUnknown[Many[Project]]
    seeks: OrUnknown[Many[Seeking]]
    figures: Many[Figure] = ()
    sources: Sources
    reviewed: Date

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """The organisation that ``raw`` spells, plain texts taken to be in its language.

        Raises:
            ValidationError: with every fault of its fields.
        """
        return cls.model_validate(raw, context={LANGUAGE: _language(raw)})

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called."""
        return (self.title, *self.also)

    @property
    def all_projects(self) -> tuple[Project, ...]:
        """Those that are told."""
        return () if isinstance(self.projects, str) else self.projects

    @property
    def all_seeks(self) -> tuple[Seeking, ...]:
        """All that it is said to look for."""
        return () if isinstance(self.seeks, str) else self.seeks

    @property
    def all_countries(self) -> tuple[str, ...]:
        """Its seat, then where it works; known ones only."""
        more = () if isinstance(self.countries, str) else self.countries
        return tuple(each for each in dict.fromkeys((self.country, *more)) if each != UNKNOWN)

    @property
    def programmes(self) -> tuple[str, ...]:
        """That paid for its projects; known ones only."""
        return tuple(dict.fromkeys(each.programme for each in self.all_projects if each.programme != UNKNOWN))

    def is_called(self, name: str) -> bool:
        """Whether somebody means it who writes ``name``: one of its names, case and punctuation aside, or its file's.

        What stands behind in parentheses only tells more: "Fermes d'Avenir (SOS GROUP)" is Fermes d'Avenir.
        """
        meant = (name, _BEHIND.sub("", name))
        return name == self.organisation or any(same_organisation(each, own) for own in self.names for each in meant)


def called(name: str, organisations: Iterable[Organisation]) -> Organisation | None:
    """The organisation that is meant by a name; ``None`` where none is in the directory."""
    return next((each for each in organisations if each.is_called(name)), None)


def _language(raw: Mapping[str, Any]) -> str:
    language = raw.get("language")
    return language if isinstance(language, str) else UNDETERMINED
