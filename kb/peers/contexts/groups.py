"""The groups of conditions that a place has, and that a practice needs."""

from __future__ import annotations

from enum import StrEnum


class ConditionGroup(StrEnum):
    """Conditions that are looked at together; spelled as the concepts ``condition-…`` are, without that word."""

    NEEDS_AND_POPULATION = "needs-and-population"
    LEGAL_FRAMEWORK = "legal-framework"
    POLITICAL_WILL = "political-will"
    FINANCE = "finance"
    ECOSYSTEM_CAPACITY = "ecosystem-capacity"
    CULTURE_AND_WORDS = "culture-and-words"
    MARKET_ACCESS = "market-access"
    GENDER_AND_INCLUSION = "gender-and-inclusion"
