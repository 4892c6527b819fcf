"""Context profiles: what is known about a place, what is wrong in the files, how far places are apart, documents about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kb.errors import InvalidEntry
from kb.peers.contexts.distance import Distance
from kb.peers.contexts.distance import distance as apart
from kb.peers.contexts.indicators import Indicators
from kb.peers.contexts.place import country_of
from kb.peers.contexts.profile import ContextProfile
from kb.peers.contexts.profile_flaws import unsaid
from kb.peers.flaws_between import Surroundings
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId
from kb.services.context_files import ContextFile
from kb.services.files import context_key
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.practice_documents import listed
from kb.services.practices import has_file, may_know
from kb.services.rubrics import seen
from kb.services.sheets import Fault

LOOK = "look at context profiles"


@dataclass(frozen=True)
class ListedContext:
    """A context profile in a list.

    Attributes:
        profile: ``None`` while a fault keeps it from being read.
        faults: what somebody has to mend before it can be used, by line.
    """

    place: str
    profile: ContextProfile | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Context:
    """One context profile.

    Attributes:
        indicators: what its values answer.
        document_id: of the profile in the index; ``None`` where it is not ingested.
    """

    place: str
    profile: ContextProfile
    indicators: Indicators
    document_id: DocumentId | None


@dataclass(frozen=True)
class CheckedContext:
    """What is wrong in one file of the folder.

    Attributes:
        place: or "indicators".
        remarks: worth a look; the profile can be used all the same.
    """

    place: str
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class PlaceDocuments:
    """The documents about a place that a member may see."""

    place: str
    documents: Mapping[DocumentId, DocumentSummary]

    @property
    def profiles(self) -> tuple[DocumentId, ...]:
        """Those that are context profiles."""
        return tuple(identity for identity, document in self.documents.items() if document.metadata.context)


def contexts(kb: KnowledgeBase, *, actor: Member) -> list[ListedContext]:
    """Every context profile by place; those with faults are among them."""
    require(actor, Role.MEMBER, LOOK)
    may_see = may_know(kb, actor=actor)
    files = [kb.contexts.read(place) for place in kb.contexts.places()]
    return [ListedContext(file.place, for_eyes(file.profile, may_see) if file.profile else None, file.faults) for file in files]


def context(kb: KnowledgeBase, place: str, *, actor: Member) -> Context:
    """One context profile.

    Raises:
        NotFound: if there is none of that place.
        InvalidEntry: if its file, or that of the indicators, has faults; all of them together.
    """
    require(actor, Role.MEMBER, LOOK)
    file = kb.contexts.read(place)
    indicators, profile = asked(kb, actor=actor), _sound(file)
    return Context(place, for_eyes(profile, may_know(kb, actor=actor)), indicators, _document_of(kb, place, actor))


def asked(kb: KnowledgeBase, *, actor: Member) -> Indicators:
    """What is asked about every place.

    Raises:
        InvalidEntry: if the file has faults, or is not there.
    """
    require(actor, Role.MEMBER, LOOK)
    file = kb.contexts.indicators()
    if file.indicators is None:
        raise InvalidEntry(f"The indicators cannot be used: {'; '.join(map(str, file.faults))}.")
    return file.indicators


def check(kb: KnowledgeBase, places: Iterable[str] = (), *, actor: Member) -> list[CheckedContext]:
    """What is wrong in the indicators and in these profiles; in all if none is named. Indicators come first.

    Raises:
        NotFound: if there is none of a place.
    """
    require(actor, Role.MEMBER, LOOK)
    around = Surroundings(has_document=lambda path: has_file(kb, path))
    file = kb.contexts.indicators()
    found = [kb.contexts.read(place, around) for place in (list(places) or kb.contexts.places())]
    first = [CheckedContext("indicators", file.faults, ())] if found or file.is_there else []
    return first + [_checked(each, file.indicators) for each in found]


def distance(kb: KnowledgeBase, a: str, b: str, *, actor: Member) -> Distance:
    """How far two places are apart by what is known of both.

    Raises:
        NotFound: if there is no profile of one of them.
        InvalidEntry: if the file of one, or that of the indicators, has faults.
    """
    require(actor, Role.MEMBER, LOOK)
    indicators = asked(kb, actor=actor)
    one, other = (_sound(kb.contexts.read(place)) for place in (a, b))
    return apart(one, other, indicators, profiles(kb, actor=actor).values())


def nearest(kb: KnowledgeBase, place: str, *, actor: Member, k: int = 10) -> list[tuple[str, Distance]]:
    """The places with a profile that are nearest to ``place``, nearest first; those of which nothing can be compared come last.

    Raises:
        NotFound: if there is no profile of it.
        InvalidEntry: if its file, or that of the indicators, has faults. Others with faults are left out.
    """
    require(actor, Role.MEMBER, LOOK)
    indicators = asked(kb, actor=actor)
    own = _sound(kb.contexts.read(place))
    everyone = profiles(kb, actor=actor)
    found = [(name, apart(own, each, indicators, everyone.values())) for name, each in everyone.items() if name != place]
    return sorted(found, key=lambda each: (each[1].value is None, each[1].value or 0.0, each[0]))[: max(0, k)]


def profiles(kb: KnowledgeBase, *, actor: Member) -> dict[str, ContextProfile]:
    """Place → profile, of those without a fault, in order."""
    require(actor, Role.MEMBER, LOOK)
    may_see = may_know(kb, actor=actor)
    files = [kb.contexts.read(place) for place in kb.contexts.places()]
    return {file.place: for_eyes(file.profile, may_see) for file in files if file.profile}


def documents_about(kb: KnowledgeBase, place: str, *, actor: Member, without: str = "") -> PlaceDocuments:
    """The documents about a place that the actor may see: profiles, sheets of practices done there, and others about its country.

    Args:
        place: of a region, too, they are those about its country: documents name countries only. Profiles of other regions of
            that country are left out, and so is what the directory tells: of an organisation or a partnership, not of the place.
        without: a practice, whose sheet and documents are left out: they tell of the practice and not of the place.
    """
    require(actor, Role.MEMBER, LOOK)
    documents = visible_documents(kb.catalog, actor)
    country = country_of(place)
    own = {
        path
        for sheet in documents.values()
        if without and sheet.metadata.practice == without
        for path in (sheet.path, *listed(sheet))
    }
    found = {
        identity: document
        for identity, document in documents.items()
        if country in document.metadata.countries
        and document.path not in own
        and not document.metadata.entry
        and not document.metadata.partnership
        and _is_of(document, place)
    }
    return PlaceDocuments(place, found)


def for_eyes(profile: ContextProfile, may_see: Callable[[str], bool]) -> ContextProfile:
    """The profile without the documents that somebody may not know of."""
    return profile.model_copy(update={"sources": seen(profile.sources, may_see)})


def _is_of(document: DocumentSummary, place: str) -> bool:
    """Not the profile of another region; of a country its regions are a part."""
    about = document.metadata.context
    return not about or about == place or "-" not in place or "-" not in about


def _sound(file: ContextFile) -> ContextProfile:
    if file.profile is None or file.faults:
        raise InvalidEntry(f"The context profile of {file.place} cannot be used: {'; '.join(map(str, file.faults))}.")
    return file.profile


def _document_of(kb: KnowledgeBase, place: str, actor: Member) -> DocumentId | None:
    key = context_key(place)
    return next((each.id for each in visible_documents(kb.catalog, actor).values() if each.path == key), None)


def _checked(file: ContextFile, indicators: Indicators | None) -> CheckedContext:
    remarks = []
    if file.profile and indicators:
        remarks += [f"{name} is not said; write “unknown” if nobody knows" for name in unsaid(file.profile, indicators)]
    return CheckedContext(file.place, file.faults, tuple(remarks))
