"""What can be chosen in the parts of a practice sheet."""

from __future__ import annotations

from enum import StrEnum


class OwnerType(StrEnum):
    """What kind of organisation owns a practice."""

    COOPERATIVE = "cooperative"
    ASSOCIATION = "association"
    MUTUAL = "mutual"
    FOUNDATION = "foundation"
    SOCIAL_ENTERPRISE = "social-enterprise"
    NETWORK = "network"
    PUBLIC_BODY = "public-body"
    INTERNATIONAL_ORGANISATION = "international-organisation"
    COMPANY = "company"
    RESEARCH = "research"
    INFORMAL_GROUP = "informal-group"
    OTHER = "other"
    UNKNOWN = "unknown"


class Support(StrEnum):
    """What a partner gives; after UN-Habitat's form."""

    ADMINISTRATIVE = "administrative"
    FINANCIAL = "financial"
    POLITICAL = "political"
    TECHNICAL = "technical"
    OTHER = "other"


class Scale(StrEnum):
    """How far a practice reaches."""

    LOCAL = "local"
    REGIONAL = "regional"
    NATIONAL = "national"
    INTERNATIONAL = "international"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Whether a practice goes on."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class Qualifier(StrEnum):
    """How exact a figure is."""

    EXACTLY = "exactly"
    ABOUT = "about"
    AT_LEAST = "at-least"
    MORE_THAN = "more-than"
    AT_MOST = "at-most"
    LESS_THAN = "less-than"


class FigureKind(StrEnum):
    """What a figure measures."""

    RESULT = "result"
    RESOURCE = "resource"
    CONTEXT = "context"
