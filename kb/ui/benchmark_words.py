"""Words about practices beside practices, in the reader's language: bases, reasons, differences, steps of the ladder."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb.errors import KBError
from kb.peers.assessment.events import Status
from kb.peers.assessment.rubric import Rubric
from kb.peers.benchmark.criteria import Beside
from kb.peers.benchmark.reasons import Basis, PlacesApart, SharedTags, Size, SizesApart, TextsAlike, Why, WhyNone
from kb.peers.benchmark.strengths import Difference
from kb.peers.ladder import Rung
from kb.peers.narrative import Text, without_citations
from kb.services import contexts
from kb.services.benchmarking.grid import WhyNot
from kb.services.rubrics import rubric as kept_rubric
from kb.ui import assessing_words, i18n, plain, sheet_words, state, words
from kb.ui.i18n import _, marked, ngettext

BASES: Mapping[Basis, tuple[str, str]] = {  # name, and what it means
    Basis.THEME: (
        marked("Theme and target group"),
        marked("Practices that have themes and target groups in common: the more of all that either has, the nearer."),
    ),
    Basis.CONTEXT: (
        marked("Context"),
        marked("Practices in places that are alike in law, population, finance and the rest of their context profiles."),
    ),
    Basis.SIZE: (marked("Size"), marked("Practices alike in reach, in the number of countries and in the number of partners.")),
    Basis.TEXT: (marked("Meaning"), marked("Practices whose sheets say what is alike in meaning, in whatever language.")),
}
WHY_NONE: Mapping[WhyNone, str] = {
    WhyNone.UNREADABLE: marked("The sheet of this practice cannot be read."),
    WhyNone.ALONE: marked("There is no other practice whose sheet can be read."),
    WhyNone.NO_TAGS: marked("This practice has neither themes nor target groups."),
    WhyNone.NONE_SHARED: marked("No other practice has a theme or a target group in common with this one."),
    WhyNone.NO_PLACE: marked("Nobody knows in which countries this is done, or it is all of the Union or the world."),
    WhyNone.NO_PROFILE: marked("There is no context profile of its places, or of those of any other practice."),
    WhyNone.NO_SIZE: marked("Neither reach nor numbers are known of both this practice and another one."),
    WhyNone.NO_TEXT: marked("The sheet of this practice, or of every other one, is not in the index yet."),
}
WHY_NOT: Mapping[WhyNot, str] = {
    WhyNot.NOT_ASSESSED: marked("Not assessed"),
    WhyNot.OTHER_RUBRIC: marked("Assessed by another rubric"),
    WhyNot.OTHER_VERSION: marked("Assessed by another version of this rubric"),
    WhyNot.DEMONSTRATION: marked("Assessed in the demonstration only, which counts no more"),
    WhyNot.NO_STAGES: marked("The rubric has no stages of evidence"),
    WhyNot.NO_IMPACT: marked("Its impact could not be scored in full"),
    WhyNot.NO_EVIDENCE: marked("The quality of its evidence could not be scored"),
}
BESIDE: Mapping[Beside, str] = {
    Beside.ABOVE: marked("Above"),
    Beside.AMONG: marked("Among them"),
    Beside.BELOW: marked("Below"),
    Beside.NOT_SCORED: marked("Not scored here"),
    Beside.NO_PEERS: marked("No peer has a score"),
}
RUNGS: Mapping[Rung, str] = {
    Rung.DECLARED: marked("Declared"),
    Rung.PROJECT_APPROVED: assessing_words.STATUSES[Status.PROJECT_APPROVED],
    Rung.PEER_VALIDATED: assessing_words.STATUSES[Status.PEER_VALIDATED],
    Rung.EXPERT_VALIDATED: assessing_words.STATUSES[Status.EXPERT_VALIDATED],
}
QUOTED_CHARS = 90  # of a passage within a sentence
NEAR_DECIMALS = 2


def title(of: Text, language: str) -> str:
    """A practice's title in the reader's language, else in its sheet's, else as it was written."""
    return without_citations(of.best(i18n.current(), language)[1])


def rubric_and_version(rubric: Rubric) -> str:
    """What was assessed by: "Short look, version 1"."""
    return _("{rubric}, version {n}").format(rubric=assessing_words.text(rubric.title), n=rubric.version)


def rubric_called(name: str, version: int) -> str:
    """The same of one that is only named."""
    return rubric_and_version(kept_rubric(state.kb(), name, version, actor=state.actor()))


def basis(of: Basis) -> str:
    """What a basis is called."""
    return _(BASES[of][0])


def why(of: Why) -> str:
    """Why a practice is near, as one sentence."""
    match of:
        case SharedTags():
            shared = words.listed(sheet_words.tag(state.scheme(), each) for each in of.shared)
            sentence = _("{n} of {all} themes and target groups are the same: {shared}.")
            return sentence.format(n=words.number(len(of.shared)), all=words.number(of.n_all), shared=shared)
        case PlacesApart():
            return _places(of)
        case SizesApart():
            return _("; ").join(_sizes(of)) + "."
        case TextsAlike(pairs=(nearest, *_rest)):
            own, other = (plain.shortened(each.text, QUOTED_CHARS) for each in (nearest.own, nearest.other))
            return _("The nearest passages: “{own}” here, and there “{other}”.").format(own=own, other=other)
        case TextsAlike():
            return _("Both sheets are alike in meaning.")


def difference(of: Difference, rubric: Rubric) -> str:
    """A strength or a gap, with how many peers it rests on."""
    values = {
        "criterion": assessing_words.item(rubric, of.criterion),
        "own": assessing_words.score(of.own),
        "n": words.number(of.n),
        "lowest": assessing_words.score(of.lowest),
        "highest": assessing_words.score(of.highest),
    }
    if of.lowest == of.highest:
        said = ngettext(
            "{criterion}: {own} here; the {n} peer with a score has {lowest}.",
            "{criterion}: {own} here; the {n} peers with a score all have {lowest}.",
            of.n,
        )
    else:
        said = _("{criterion}: {own} here; the {n} peers with a score have {lowest} to {highest}.")
    told = [said.format(**values)]
    if of.mean is not None:
        told.append(_("Their mean is {mean}.").format(mean=mean(of.mean, of.low, of.high)))
    if of.is_stale:
        told.append(_("Some of the evidence has changed since."))
    return " ".join(told)


def mean(value: float | None, low: float | None, high: float | None) -> str:
    """A mean with its interval: "3.2 (2.4 to 4)"; a dash where there is none."""
    if value is None or low is None or high is None:
        return "–"
    low_, high_ = (words.number(each, decimals=1) for each in (low, high))
    return _("{value} ({low} to {high})").format(value=words.number(value, decimals=1), low=low_, high=high_)


def mean_alone(value: float | None) -> str:
    """A mean of scores to two decimals; a dash for none."""
    return "–" if value is None else words.number(value, decimals=2)


def rung(of: Rung) -> str:
    """What a step of the ladder is called."""
    return _(RUNGS[of])


def _places(of: PlacesApart) -> str:
    here, there = map(sheet_words.country, (of.own, of.other))
    if of.own == of.other:
        return _("Done in {place} as well.").format(place=here)
    values = {
        "own": here,
        "other": there,
        "apart": words.number(of.distance.value or 0, decimals=NEAR_DECIMALS),
        "n": words.number(of.distance.n_known),
        "all": words.number(of.distance.n_all),
    }
    if not of.largest:
        return _("{own} and {other} do not differ in the {n} of {all} indicators that are known of both.").format(**values)
    called = indicator_titles()
    largest = words.listed(map(called, of.largest))
    sentence = _("{own} and {other} are {apart} apart, most of it in {largest}; {n} of {all} indicators are known of both.")
    return sentence.format(**values, largest=largest)


def indicator_titles() -> Callable[[str], str]:
    """What indicators of places are called; by their names while their file has faults."""
    try:
        asked = contexts.asked(state.kb(), actor=state.actor())
    except KBError:
        return str
    titles = {each.indicator: assessing_words.text(each.title) for each in asked.indicators}
    return lambda name: titles.get(name, name)


def _sizes(of: SizesApart) -> list[str]:
    """Reach, countries and partners, each of the other practice against this one; what is not known of both comes last."""
    told, unknown = [], []
    for label, own, other in zip(
        (sheet_words.part("scale"), sheet_words.part("countries"), sheet_words.field("partners")),
        _numbers(of.own),
        _numbers(of.other),
        strict=True,
    ):
        if not own or not other:
            unknown.append(label)
        elif own == other:
            told.append(_("{what}: {value} in both").format(what=label, value=own))
        else:
            told.append(_("{what}: {other} there, {own} here").format(what=label, other=other, own=own))
    if unknown:
        told.append(_("not known of both: {what}").format(what=words.listed(unknown)))
    return told


def _numbers(of: Size) -> tuple[str, str, str]:
    reach = sheet_words.choice(of.reach.value) if of.reach else ""
    numbers = ("" if n is None else words.number(n) for n in (of.n_countries, of.n_partners))
    return (reach, *numbers)  # type: ignore[return-value]
