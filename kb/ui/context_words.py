"""Names of what context profiles hold, in the reader's language: places, groups of conditions, values with their units."""

from __future__ import annotations

from collections.abc import Mapping

from kb.peers import languages
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.indicators import NO, YES, Indicator, Known, Measure
from kb.peers.contexts.profile import ContextProfile
from kb.peers.narrative import Text, without_citations
from kb.ui import i18n, sheet_words, state, words
from kb.ui.i18n import _, marked

GROUPS: Mapping[str, str] = {
    ConditionGroup.NEEDS_AND_POPULATION: marked("Needs and population"),
    ConditionGroup.LEGAL_FRAMEWORK: marked("Legal framework"),
    ConditionGroup.POLITICAL_WILL: marked("Political will"),
    ConditionGroup.FINANCE: marked("Finance"),
    ConditionGroup.ECOSYSTEM_CAPACITY: marked("Ecosystem capacity"),
    ConditionGroup.CULTURE_AND_WORDS: marked("Culture and words"),
    ConditionGroup.MARKET_ACCESS: marked("Market access"),
    ConditionGroup.GENDER_AND_INCLUSION: marked("Gender and inclusion"),
}
UNITS: Mapping[str, str] = {  # of our own file of indicators; another unit is shown as written
    "people": marked("people"),
    "years": marked("years"),
    "US dollars (PPP) per head": marked("US dollars (PPP) per head"),
    "points of 100": marked("points of 100"),
}


def group(name: str) -> str:
    """What a group of conditions is called."""
    return _(GROUPS[name]) if name in GROUPS else name


def place(profile: ContextProfile) -> str:
    """What a place is called."""
    has_own = i18n.current() in profile.title.languages or "-" in profile.place
    return text(profile.title) if has_own else words.country(profile.country)


def place_called(code: str, profiles: Mapping[str, ContextProfile]) -> str:
    """The same by its code; without a profile the country's name, or the code of a region as it is."""
    return place(profiles[code]) if code in profiles else words.country(code)


def kind(profile: ContextProfile) -> str:
    """Whether it is a country, or of which country it is a region."""
    if profile.place == profile.country:
        return _("Country")
    return _("Region of {country}").format(country=words.country(profile.country))


def text(of: Text) -> str:
    """A text in the reader's language, else as it was first written, without marks of citations."""
    return without_citations(of.best(i18n.current())[1])


def value(indicator: Indicator, known: Known) -> str:
    """A value with its unit: "10,194,277 people", "yes", "Portuguese and Mirandese"."""
    if isinstance(known, tuple):
        return words.listed(map(_word, known)) or _("none")
    if isinstance(known, str):
        return {YES: _("yes"), NO: _("no")}.get(known) or _word(known)
    if indicator.measure is Measure.YEAR:
        return str(int(known))
    number = words.number(known, decimals=9)
    if indicator.measure is Measure.SHARE:
        return _("{n} %").format(n=number)
    unit = indicator.unit
    return f"{number} {_(UNITS[unit]) if unit in UNITS else unit}".strip()


def day(written: str) -> str:
    """A date, or that it is unknown."""
    return sheet_words.choice(written) if written == "unknown" else words.day(written)


def apart(distance: float) -> str:
    """How far two places, or two answers, are apart."""
    return words.number(distance, decimals=2)


def part(share: float) -> str:
    """What an indicator adds to a distance: small, so it is said more exactly."""
    return words.number(share, decimals=3)


def _word(word: str) -> str:
    """A choice or a word of a set: a concept by its label, a code of a language by its name, anything else as written."""
    if concept := state.scheme().one(word):
        return concept.label(i18n.current())
    return words.language(word) if word.islower() and len(word) <= 3 and not languages.fault_of(word) else word
