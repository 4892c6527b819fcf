"""Names of what belongs to needs, offers and matches, in the reader's language; and why two fit each other, in a sentence each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.peers.learning.match import Match, MatchState, Over
from kb.peers.learning.match_reasons import Obstacle, ObstacleKind, Reason, ReasonKind
from kb.peers.learning.need import Need
from kb.peers.learning.offer import Offer
from kb.peers.learning.parts import Party
from kb.peers.learning.record import Event
from kb.peers.learning.seeks import Seeks
from kb.peers.learning.sought import OfferFormat, Urgency
from kb.ui import context_words, transferring_words, words
from kb.ui.i18n import _, marked

SEEKS: Mapping[str, str] = {
    Seeks.KNOWLEDGE: marked("Knowledge"),
    Seeks.PEER_VISIT: marked("A peer visit"),
    Seeks.PROJECT_PARTNER: marked("A partner for a project"),
}
URGENCIES: Mapping[str, str] = {
    Urgency.LOW: marked("Not urgent"),
    Urgency.NORMAL: marked("Within the year"),
    Urgency.URGENT: marked("Urgent"),
}
FORMATS: Mapping[str, str] = {
    OfferFormat.SEMINAR: marked("Online seminar"),
    OfferFormat.PEER_REVIEW: marked("Peer review"),
    OfferFormat.MATCHMAKING: marked("Matchmaking"),
    OfferFormat.STUDY_VISIT: marked("Study visit"),
    OfferFormat.WRITTEN_ADVICE: marked("Written advice"),
}
OVER: Mapping[str, str] = {Over.NEED: marked("The need ended."), Over.OFFER: marked("The offer ended.")}


def seeks(value: str) -> str:
    """What is sought, or given."""
    return _(SEEKS[value]) if value in SEEKS else value


def urgency(value: str) -> str:
    """How soon."""
    return _(URGENCIES[value]) if value in URGENCIES else value


def offer_format(value: str) -> str:
    """In which form."""
    return _(FORMATS[value]) if value in FORMATS else value


def party(who: Party) -> str:
    """Name, organisation and country, as far as they are known."""
    return ", ".join(part for part in (who.name, who.organisation, words.country(who.country) if who.country else "") if part)


def title_of(things: Mapping[str, Need] | Mapping[str, Offer], id_: str) -> str:
    """Title of a need or an offer; its id where it is not there."""
    found = things.get(id_)
    return found.posted.title if found else id_


def reason(each: Reason, practices: Mapping[str, str]) -> str:
    """A sentence.

    Args:
        practices: name → title.
    """
    values = each.values
    match each.kind:
        case ReasonKind.MEANING:
            return _meaning(values)
        case ReasonKind.GIVES:
            return _("It gives what is sought: {what}").format(what=_listed(map(seeks, values)))
        case ReasonKind.LANGUAGE:
            return _("Both speak {languages}").format(languages=_listed(map(words.language, values)))
        case ReasonKind.THEME:
            return _("The same theme: {theme}").format(theme=_listed(map(words.theme, values)))
        case ReasonKind.PRACTICE:
            return _("The same practice: {practice}").format(practice=_listed(practices.get(name, name) for name in values))
        case ReasonKind.OTHER_COUNTRY:
            return _("From another country: {country}").format(country=words.country(values[-1] if values else ""))
        case ReasonKind.CONTEXT:
            return _context(each)


def obstacle(each: Obstacle) -> str:
    """A sentence."""
    values = each.values
    match each.kind:
        case ObstacleKind.NO_LANGUAGE:
            sides = [_listed(words.language(code) for code in side.split(",")) for side in values]
            return _("No language in common: {seeker} here, {host} there").format(seeker=sides[0], host=sides[-1])
        case ObstacleKind.LANGUAGE_UNKNOWN:
            return _("Nobody said in which languages one of them speaks")
        case ObstacleKind.NOT_GIVEN:
            return _("It does not give what is sought: {what}").format(what=_listed(map(seeks, values)))
        case ObstacleKind.FULL:
            return _("It serves as many as it can at a time: {n}").format(n=_listed(values))


def waits(match: Match, name: str) -> str:
    """Who decides next, for a reader of that name; empty where nobody does."""
    if match.state is not MatchState.PROPOSED:
        return ""
    whose = match.waits_for
    if whose == match.proposed.seeker.name:
        return _("Waits for your consent") if whose == name else _("Waits for the consent of {name}").format(name=whose)
    return _("Waits for your decision") if whose == name else _("Waits for the decision of {name}").format(name=whose)


def detail(event: Event) -> str:
    """What is told of an event of a need, an offer or a match."""
    over = getattr(event.body, "over", None)
    if over:
        return _(OVER[over])
    return next((said for name in ("why", "how", "what", "match") if (said := getattr(event.body, name, ""))), "")


def _meaning(values: tuple[str, ...]) -> str:
    place, n = (*values, "1", "1")[:2]
    if place == "1":
        return _("The nearest in meaning, of {n}").format(n=n)
    return _("Number {place} in meaning, of {n}").format(place=place, n=n)


def _context(each: Reason) -> str:
    profiles = transferring_words.places()
    places = [transferring_words.place(code, profiles) for code in each.values]
    return _("Conditions in {place} and {country} are alike: {apart} apart, from 0 to 1").format(
        place=places[0], country=places[-1], apart=context_words.apart(each.amount or 0.0)
    )


def _listed(parts: Iterable[str]) -> str:
    return words.listed(parts)
