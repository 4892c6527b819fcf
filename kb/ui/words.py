"""Names of things in the reader's language: kinds, themes, states, countries, languages, dates, numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from kb.retrieval.catalog import FileState, JobState
from kb.retrieval.passage import CONTEXT_PROFILE, ORGANISATION, PARTNERSHIP, UNDETERMINED, Visibility
from kb.retrieval.quotation import Place
from kb.retrieval.wording import Wording
from kb.ui.i18n import _, current, marked

KINDS: Mapping[str, str] = {
    "case-study": marked("Case study"),
    "good-practice": marked("Good practice"),
    "conference-note": marked("Conference note"),
    "guide": marked("Guide"),
    "tool": marked("Tool"),
    "plan": marked("Plan"),
    "lesson-from-failure": marked("Lesson from failure"),
    "document": marked("Document"),
}
THEMES: Mapping[str, str] = {
    "women-and-gender": marked("Women and gender"),
    "internationalisation": marked("Internationalisation"),
    "legal-framework": marked("Legal framework"),
    "impact-measurement": marked("Impact measurement"),
    "social-finance": marked("Social finance"),
    "cooperatives": marked("Cooperatives"),
    "work-integration": marked("Work integration"),
    "care-and-health": marked("Care and health"),
    "food-and-agriculture": marked("Food and agriculture"),
    "housing-and-commons": marked("Housing and commons"),
    "education-and-youth": marked("Education and youth"),
    "digital-and-media": marked("Digital and media"),
    "public-policy": marked("Public policy"),
    "peer-learning": marked("Peer learning"),
    "statistics": marked("Statistics"),
    "transferability": marked("Transferability"),
}
FILE_STATES: Mapping[FileState, str] = {
    FileState.INDEXED: marked("Read and searchable"),
    FileState.UNCHANGED: marked("Unchanged since last time"),
    FileState.DUPLICATE: marked("The same file is already here"),
    FileState.NO_TEXT: marked("No text found"),
    FileState.ENCRYPTED: marked("Protected by a password"),
    FileState.UNSUPPORTED: marked("A format we cannot read"),
    FileState.FAILED: marked("Could not be read"),
    FileState.REMOVED: marked("Removed"),
}
JOB_STATES: Mapping[JobState, str] = {
    JobState.QUEUED: marked("Waiting"),
    JobState.RUNNING: marked("Running"),
    JobState.DONE: marked("Done"),
    JobState.FAILED: marked("Failed"),
    JobState.CANCELLED: marked("Cancelled"),
}
VISIBILITIES: Mapping[Visibility, str] = {
    Visibility.PUBLIC: marked("Public"),
    Visibility.MEMBERS: marked("Members"),
    Visibility.RESTRICTED: marked("Restricted"),
}


@cache
def _locale(language: str) -> Locale:
    return Locale(language)


def kind(value: str) -> str:
    """Name of a kind of document; an unknown one is shown as written."""
    if value == CONTEXT_PROFILE:
        return _("Context profile")
    if value == ORGANISATION:
        return _("Organisation")
    if value == PARTNERSHIP:
        return _("Partnership")
    return _(KINDS[value]) if value in KINDS else value


def theme(slug: str) -> str:
    """Name of a theme; an unknown one is its slug in words."""
    return _(THEMES[slug]) if slug in THEMES else slug.replace("-", " ").capitalize()


def country(code: str) -> str:
    """Name of a country by ISO 3166-1 alpha-2; an unknown code is shown as written."""
    return str(_locale(current()).territories.get(code, code))


def countries() -> dict[str, str]:
    """All names of countries by code; hand them to whatever works in another thread."""
    return {code: str(name) for code, name in _locale(current()).territories.items()}


def language(tag: str) -> str:
    """Name of a language by BCP 47 tag, starting with a capital as a label does."""
    if tag in ("", UNDETERMINED):
        return _("Language unknown")
    try:
        name = Locale.parse(tag, sep="-").get_display_name(current()) or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return str(name[:1].upper() + name[1:])


def all_countries() -> list[str]:
    """Every country's code, by name."""
    names = _locale(current()).territories
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")]
    return sorted(codes, key=lambda code: sortable(names[code]))


def number(value: float, *, decimals: int = 0) -> str:
    """A number with the separators of the reader's language."""
    return str(format_decimal(round(value, decimals), locale=current(), decimal_quantization=False))


def day(written: str) -> str:
    """A date as known: day, month or year. What is no ISO date is shown as written."""
    try:
        match len(written):
            case 4:
                return str(int(written))
            case 7:
                return str(format_skeleton("yMMMM", date.fromisoformat(f"{written}-01"), locale=current()))
            case _:
                return str(format_date(date.fromisoformat(written[:10]), "long", locale=current()))
    except ValueError:
        return written


def moment(written: str) -> str:
    """A time (ISO 8601, UTC) to the minute, saying that it is UTC."""
    try:
        if not written:
            return ""
        at = datetime.fromisoformat(written)  # the month as a word: 11/12 is another day for every second reader
        return f"{format_date(at, 'medium', locale=current())}, {format_time(at, 'short', locale=current())} UTC"
    except ValueError:
        return written


def duration(seconds: float) -> str:
    """A rough length of time: seconds below two minutes, else minutes."""
    if seconds < 120:
        return _("{n} s").format(n=number(max(seconds, 0), decimals=0 if seconds >= 10 else 1))
    return _("{n} min").format(n=number(seconds / 60))


def listed(parts: Iterable[str]) -> str:
    """ "a, b and c" in the reader's language."""
    return str(format_list([part for part in parts if part], locale=current()))


def page(physical: int | None, label: str | None, media_type: str = "") -> str:
    """Where a passage stands: the printed label, and the page of the file where the two differ. Empty for unpaged formats.

    Args:
        physical: page, slide or sheet of the file, from 1.
        label: what is printed on it, or the sheet's name.
        media_type: tells slides and sheets from pages.
    """
    return citation().place(Place(physical, label, media_type))


def citation() -> Wording:
    """The fixed words of citations."""
    return Wording(
        page=_("p. {page}"),
        page_of_file=_("p. {label} (page {page} of the file)"),
        slide=_("slide {n}"),
        sheet=_("sheet “{name}”"),
        title=_("Quoted passages"),
        question=_("Question: {question}"),
        made_on=_("Date: {date}"),
        bibliography=_("Bibliography"),
        quoted=_("Quoted here: {places}"),
        licence=_("Licence: {licence}"),
        name_withheld=_("[name withheld]"),
        names_withheld=_("Names withheld (Chatham House Rule)"),
    )


def sortable(name: str) -> str:
    """A name as it is put in order: case and accents do not matter."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
