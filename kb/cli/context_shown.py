"""A context profile, and the distance of two, as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.contexts import wording
from kb.peers.contexts.as_document import in_words, legal_form_sentence
from kb.peers.contexts.distance import Distance
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.profile import ContextProfile, ContextValue
from kb.peers.narrative import UNKNOWN
from kb.services.contexts import Context


def lines(found: Context, language: str) -> Iterator[str]:
    """What is known group by group with every value, legal forms, and sources."""
    profile = found.profile
    yield f"{profile.title.best(language, profile.language)[1]} [{profile.place}]"
    spoken = UNKNOWN if isinstance(profile.languages, str) else ", ".join(profile.languages.codes)
    inside = [f"in {profile.within}"] if profile.within else []
    indexed = [] if found.document_id else ["not ingested yet: kb ingest"]
    yield " · ".join([profile.kind.value, *inside, f"languages: {spoken}", f"reviewed {profile.reviewed}", *indexed])
    for group in ConditionGroup:
        yield ""
        yield wording.group(group, "en").capitalize()
        yield f"  {profile.text(group).best(language, profile.language)[1] or UNKNOWN}"
        for indicator in found.indicators.of_group(group):
            values = profile.values_of(indicator.indicator)
            title = indicator.title.best(language)[1]
            nothing = UNKNOWN if profile.is_said(indicator.indicator) else "not said"
            told = [f"{in_words(indicator, each.value, 'en')}{_behind(each)}" for each in values] or [nothing]
            yield f"  - {title} [{indicator.indicator}]: {'; also '.join(told)}"
        if group is ConditionGroup.LEGAL_FRAMEWORK:
            yield from _legal_forms(profile, language)
    yield ""
    yield "Sources"
    for key, source in profile.sources.items():
        parts = [source.title, source.organisation, source.date, source.address, source.document or UNKNOWN]
        yield f"[@{key}] " + ", ".join(part for part in parts if part != UNKNOWN)


def apart(a: Context, b: Context, found: Distance, language: str) -> Iterator[str]:
    """How far two places are apart, the largest part of it first, then what is not known on both sides."""
    covered = f"on {found.n_known} of {found.n_all} indicators, known on both sides"
    value = "nothing is known of both" if found.value is None else f"{found.value:.3f} of 1 apart"
    yield f"{a.place} – {b.place}: {value}, {covered}"
    for part in sorted(found.parts, key=lambda each: -each.share):
        indicator = a.indicators.indicator(part.indicator)
        title = indicator.title.best(language)[1]
        said = " | ".join(_counting(each.profile, part.indicator, each) for each in (a, b))
        yield f"  {part.share:.3f} = {part.weight:.3f} × {part.apart:.3f}  {title}: {said}"
    if found.unknown:
        yield f"not known on both sides: {', '.join(found.unknown)}"


def _counting(profile: ContextProfile, name: str, found: Context) -> str:
    value = profile.value(name)
    return in_words(found.indicators.indicator(name), value.value, "en") if value else UNKNOWN


def _behind(value: ContextValue) -> str:
    about = ", ".join(part for part in (value.date, value.scope) if part != UNKNOWN)
    return (f" ({about})" if about else "") + (f" [@{value.source}]" if value.source else "")


def _legal_forms(profile: ContextProfile, language: str) -> Iterator[str]:
    yield "  Legal forms:" + (f" {UNKNOWN}" if isinstance(profile.legal_forms, str) else "")
    for form in () if isinstance(profile.legal_forms, str) else profile.legal_forms:
        yield f"    - {legal_form_sentence(form, language)} [@{form.source}]"
