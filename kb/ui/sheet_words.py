"""Names of what a practice sheet holds, in the reader's language: fields, what is asked in each, what can be chosen, tags."""

from __future__ import annotations

from collections.abc import Mapping

from kb.peers.concepts import ConceptScheme
from kb.peers.tags import Tag
from kb.ui import words
from kb.ui.i18n import _, current, marked

FIELDS: Mapping[str, str] = {
    "practice": marked("Name"),
    "kind": marked("Kind"),
    "language": marked("Language of the sheet"),
    "title": marked("Title"),
    "teaser": marked("In one line"),
    "summary": marked("Summary"),
    "problem": marked("The problem"),
    "objectives": marked("Objectives"),
    "solution": marked("What is done"),
    "owner": marked("Owner"),
    "partners": marked("Partners"),
    "place": marked("Place"),
    "period": marked("Period"),
    "target_group": marked("Target group"),
    "context": marked("Law and policy"),
    "resources": marked("Resources"),
    "results": marked("Results"),
    "figures": marked("Figures"),
    "success_factors": marked("Success factors"),
    "difficulties": marked("Difficulties"),
    "lessons": marked("Lessons learned"),
    "sustainability": marked("Sustainability"),
    "participation": marked("Participation"),
    "gender": marked("Gender and equity"),
    "core": marked("What must be kept"),
    "adaptable": marked("What may change"),
    "transferability": marked("Transferability"),
    "adopted_by": marked("Taken over by"),
    "tags": marked("Tags"),
    "documents": marked("Documents"),
    "evidence": marked("Evidence"),
    "links": marked("Links"),
    "contact": marked("Contact"),
    "sources": marked("Sources"),
    "author": marked("Written by"),
    "reviewed": marked("Last reviewed"),
    "review_due": marked("Next review"),
}
HELP: Mapping[str, str] = {
    "kind": marked("What the sheet tells of."),
    "language": marked("Texts that are not said to be in another language are in this one."),
    "title": marked("What it is called, in at most 100 characters."),
    "teaser": marked("One line that makes a peer read on, at most 200 characters."),
    "summary": marked("The whole in at most 250 words."),
    "problem": marked("The situation before: who lacked what."),
    "objectives": marked("What was to be reached."),
    "solution": marked("What is done, and how."),
    "owner": marked("The organisation whose practice it is."),
    "partners": marked("Who takes part, and what each gives."),
    "place": marked("Where it is done."),
    "period": marked("When it is done. Write a year, a month or a day: 2026, 2026-11 or 2026-11-22."),
    "target_group": marked("Whom it is for, and how many they are."),
    "context": marked("Law and policy around it."),
    "resources": marked("Money, people and time that it takes."),
    "results": marked("What came of it, for whom; with evidence."),
    "figures": marked("Numbers with unit, date, scope and source. Where sources disagree, write two figures with the same words."),
    "success_factors": marked("What made it work."),
    "difficulties": marked("What went wrong or was hard."),
    "lessons": marked("What you would tell a peer who begins."),
    "sustainability": marked("Whether and how it goes on: money, people, nature."),
    "participation": marked("How those concerned take part in deciding."),
    "gender": marked("What it means for women and men, and for equity."),
    "core": marked("Elements that must be kept when others take it over."),
    "adaptable": marked("Elements that may change."),
    "transferability": marked("What another place needs to have to take it over."),
    "adopted_by": marked("Who took it over."),
    "tags": marked("From the controlled list, or words of your own; type and press Enter."),
    "documents": marked("Documents of the library that tell of it."),
    "evidence": marked("Exact words of a document that speak for a field."),
    "links": marked("Pages to read on."),
    "contact": marked("An organisation to ask; no private person."),
    "sources": marked("Where things are said. Cite a source in a text by its key: [@key] or [@key, p. 12]."),
    "author": marked("Who wrote the sheet."),
    "reviewed": marked("When somebody last looked at it."),
    "review_due": marked("When somebody should look again."),
}
PARTS: Mapping[str, str] = {
    "name": marked("Name"),
    "type": marked("Kind of organisation"),
    "country": marked("Country"),
    "countries": marked("Countries"),
    "website": marked("Website"),
    "support": marked("What it gives"),
    "role": marked("Role"),
    "region": marked("Region or town"),
    "scale": marked("Reach"),
    "start": marked("Start"),
    "end": marked("End"),
    "status": marked("State"),
    "what": marked("What is counted"),
    "value": marked("Number"),
    "qualifier": marked("How exact"),
    "unit": marked("Unit"),
    "date": marked("Date"),
    "scope": marked("Scope"),
    "kind": marked("Kind of figure"),
    "source": marked("Source"),
    "where": marked("Where"),
    "how": marked("How"),
    "field": marked("Speaks for the field"),
    "document": marked("Document"),
    "quote": marked("Exact words"),
    "title": marked("Title"),
    "address": marked("Address"),
    "organisation": marked("Organisation"),
    "key": marked("Key"),
}
CHOICES: Mapping[str, str] = {
    "cooperative": marked("Cooperative"),
    "association": marked("Association"),
    "mutual": marked("Mutual society"),
    "foundation": marked("Foundation"),
    "social-enterprise": marked("Social enterprise"),
    "network": marked("Network"),
    "public-body": marked("Public body"),
    "international-organisation": marked("International organisation"),
    "company": marked("Company"),
    "research": marked("Research"),
    "informal-group": marked("Informal group"),
    "other": marked("Other"),
    "unknown": marked("Unknown"),
    "administrative": marked("Administration"),
    "financial": marked("Money"),
    "political": marked("Political support"),
    "technical": marked("Technical help"),
    "local": marked("Local"),
    "regional": marked("Regional"),
    "national": marked("National"),
    "international": marked("International"),
    "planned": marked("Planned"),
    "running": marked("Under way"),
    "ended": marked("Ended"),
    "stopped": marked("Stopped before its end"),
    "ongoing": marked("Ongoing"),
    "exactly": marked("Exactly"),
    "about": marked("About"),
    "at-least": marked("At least"),
    "more-than": marked("More than"),
    "at-most": marked("At most"),
    "less-than": marked("Less than"),
    "result": marked("Result"),
    "resource": marked("Resource"),
    "context": marked("Context"),
}
TAG_PREFIXES: Mapping[str, str] = {  # in the order in which tags are shown; the last are free ones
    "theme": marked("Themes"),
    "sdg": marked("Sustainable Development Goals"),
    "group": marked("For whom"),
    "condition": marked("Depends on"),
    "": marked("Free tags"),
}
_REGIONS = {"EU": marked("European Union"), "UN": marked("United Nations")}


def field(name: str) -> str:
    """Name of a field of a sheet; one that is none is shown as written."""
    return _(FIELDS[name]) if name in FIELDS else name


def help_of(name: str) -> str:
    """What is asked in a field."""
    return _(HELP[name]) if name in HELP else ""


def part(key: str) -> str:
    """Name of a key within a field: ``country`` of a partner."""
    return _(PARTS[key]) if key in PARTS else key


def choice(value: str) -> str:
    """Name of what can be chosen; anything else is shown as written."""
    return _(CHOICES[value]) if value in CHOICES else value


def kind(value: str) -> str:
    """Name of a kind of sheet."""
    return words.kind(value)


def country(code: str) -> str:
    """Name of a country, of the European Union or the United Nations; "Unknown"."""
    return _(_REGIONS[code]) if code in _REGIONS else choice(code) if code == "unknown" else words.country(code)


def place_of(place: str) -> str:
    """The place of a fault, "figures.2.source", in words: "Figures › 2 › Source"."""
    name, *rest = place.split(".")
    return " › ".join([field(name), *(part(key) if key in PARTS else key for key in rest)])


def tag(scheme: ConceptScheme, given: Tag) -> str:
    """What a tag is called: the label of its concept; a free one, or one without a concept, as it is written."""
    concept = scheme.by_tag(str(given)) if given.is_controlled else None
    return concept.label(current()) if concept else str(given)


def tag_in_full(scheme: ConceptScheme, given: Tag) -> str:
    """The same with what it speaks of, for a list of all: "Themes: housing and commons"."""
    prefix = TAG_PREFIXES.get(given.prefix, "") if given.prefix else ""
    return labelled(_(prefix), tag(scheme, given)) if prefix else tag(scheme, given)


def labelled(label: str, value: str) -> str:
    """ "Label: value", with the space that the reader's language puts there."""
    return _("{place}: {sentence}").format(place=label, sentence=value)
