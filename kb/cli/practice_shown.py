"""A practice as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers import headings
from kb.peers.as_document import adoption_sentence, figure_sentence, partner_sentence
from kb.peers.narrative import UNKNOWN, Text
from kb.peers.practice import PracticeSheet
from kb.services.practices import Practice, Proof


def lines(practice: Practice, language: str) -> Iterator[str]:
    """What the sheet says, then where from, then what it does not say."""
    listed = practice.listed
    yield from (f"fault: {fault}" for fault in listed.faults)
    sheet, counts = listed.sheet, listed.completeness
    if sheet is None or counts is None:
        return
    yield from _head(sheet, language)
    for name, texts in sheet.text_fields():
        if name not in ("title", "teaser"):
            yield ""
            yield headings.of(name, language)
            is_list = not isinstance(getattr(sheet, name), Text)
            yield from (f"  {'- ' if is_list else ''}{text.best(language, sheet.language)[1]}" for text in texts)
    yield from _parts(sheet, language)
    yield from _section("Evidence", [_proof(each) for each in practice.evidence])
    documents = [f"{document.metadata.title} ({document.path})" for document in listed.documents]
    yield from _section("Documents", [*documents, *(f"not in the index: {path}" for path in practice.missing)])
    yield from _section("Links", [f"{link.title}: {link.address}" for link in sheet.links])
    yield from _section("Sources", list(_sources(sheet)))
    yield from _section("Tags", [", ".join(sheet.tags)] if sheet.tags else [])
    yield from _section("Unknown", [", ".join(counts.unknown)] if counts.unknown else [])
    yield from _section("Not said", [", ".join(counts.unsaid)] if counts.unsaid else [])
    yield from _section("Without a source", [", ".join(counts.uncited)] if counts.uncited else [])


def _head(sheet: PracticeSheet, language: str) -> Iterator[str]:
    yield sheet.title.best(language, sheet.language)[1]
    yield sheet.teaser.best(language, sheet.language)[1]
    yield ""
    countries = sheet.place.countries if isinstance(sheet.place.countries, str) else ", ".join(sheet.place.countries)
    region = "" if sheet.place.region == UNKNOWN else f", {sheet.place.region}"
    yield f"{sheet.kind.value} · {sheet.owner.name} ({sheet.owner.type.value}) · {countries}{region} · {sheet.place.scale.value}"
    yield f"start {sheet.period.start}, end {sheet.period.end}, status {sheet.period.status.value}"


def _parts(sheet: PracticeSheet, language: str) -> Iterator[str]:
    figures = () if isinstance(sheet.figures, str) else sheet.figures or ()
    yield from _section(
        headings.of("figures", language), [f"{figure_sentence(each, language)} [@{each.source}]" for each in figures]
    )
    adopted = () if isinstance(sheet.adopted_by, str) else sheet.adopted_by or ()
    told = [f"{adoption_sentence(each)} [@{each.source}]" for each in adopted]
    yield from _section(headings.of("adopted_by", language), told)
    partners = () if isinstance(sheet.partners, str) else sheet.partners or ()
    yield from _section("Partners", [partner_sentence(each) for each in partners])


def _section(heading: str, items: list[str]) -> Iterator[str]:
    if items:
        yield ""
        yield heading
        yield from (f"  - {item}" for item in items)


def _proof(proof: Proof) -> str:
    if proof.document is None:
        place = f"{proof.evidence.document}, which is not in the index"
    elif not proof.is_there:
        place = f"{proof.evidence.document}, where these words are not found"
    else:
        place = proof.evidence.document + (f", passage {proof.passage.id}" if proof.passage else "")
    return f"{proof.evidence.field}: “{proof.evidence.quote}” ({place})"


def _sources(sheet: PracticeSheet) -> Iterator[str]:
    for key, source in sheet.sources.items():
        parts = [source.title, source.organisation, source.date, source.address, source.document or UNKNOWN]
        yield f"[@{key}] " + ", ".join(part for part in parts if part != UNKNOWN)
