"""Names of what belongs to members and assessments, in the reader's language: roles, stages, answers, events, conditions."""

from __future__ import annotations

from collections.abc import Mapping

from kb.peers.assessment.blinding import ALIAS
from kb.peers.assessment.events import Status
from kb.peers.assessment.outcome import Condition, Missed
from kb.peers.assessment.review import Confidence, GateVerdict, Need, Rating, Stance
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import SeatState, Stage
from kb.peers.narrative import Text, without_citations
from kb.services.permission import Role
from kb.ui import i18n, words
from kb.ui.i18n import _, marked

ROLES: Mapping[str, str] = {
    Role.MEMBER: marked("Member"),
    Role.CONTRIBUTOR: marked("Contributor"),
    Role.REVIEWER: marked("Reviewer"),
    Role.FACILITATOR: marked("Facilitator"),
    Role.ADMINISTRATOR: marked("Administrator"),
}
STAGES: Mapping[str, str] = {
    Stage.OPENED: marked("Opened"),
    Stage.REVIEWING: marked("Reviewing"),
    Stage.REPLYING: marked("Reply of the owner"),
    Stage.RECONCILING: marked("Reconciling"),
    Stage.CONCLUDED: marked("Concluded"),
    Stage.CANCELLED: marked("Cancelled"),
}
SEATS: Mapping[str, str] = {
    SeatState.INVITED: marked("Invited"),
    SeatState.ACCEPTED: marked("Accepted"),
    SeatState.DECLINED: marked("Declined"),
    SeatState.EXCUSED: marked("Excused"),
    SeatState.SUBMITTED: marked("Submitted"),
}
STATUSES: Mapping[str, str] = {
    Status.PROJECT_APPROVED: marked("Approved by the project"),
    Status.PEER_VALIDATED: marked("Validated by peers"),
    Status.EXPERT_VALIDATED: marked("Validated by experts"),
}
RATINGS: Mapping[str, str] = {
    Rating.SCORED: marked("Scored"),
    Rating.NOT_ASSESSABLE: marked("Not assessable"),
    Rating.UNKNOWN: marked("I cannot tell"),
}
CONFIDENCES: Mapping[str, str] = {
    Confidence.LOW: marked("Unsure"),
    Confidence.MEDIUM: marked("Fairly sure"),
    Confidence.HIGH: marked("Sure"),
}
VERDICTS: Mapping[str, str] = {
    GateVerdict.YES: marked("Yes"),
    GateVerdict.NO: marked("No"),
    GateVerdict.UNCLEAR: marked("Unclear"),
}
STANCES: Mapping[str, str] = {Stance.FOR: marked("For"), Stance.AGAINST: marked("Against")}
NEEDS: Mapping[str, str] = {
    Need.ANSWER: marked("has no answer"),
    Need.SCORE: marked("has no score"),
    Need.ON_SCALE: marked("has a score that is not on the scale"),
    Need.NO_SCORE: marked("has a score, though it is not scored"),
    Need.REASON: marked("has no reason"),
    Need.CONFIDENCE: marked("does not say how sure you are"),
    Need.EITHER: marked("has passages, and says that none was found"),
    Need.ASKED: marked("is not asked by the rubric"),
}
EVENTS: Mapping[str, str] = {
    "opened": marked("opened the assessment"),
    "invited": marked("invited a reviewer"),
    "accepted": marked("accepted the invitation"),
    "declined": marked("declined the invitation"),
    "excused": marked("excused a reviewer"),
    "due-changed": marked("changed the due date"),
    "begun": marked("began the reviewing"),
    "submitted": marked("submitted a review"),
    "reply-opened": marked("opened the owner’s reply"),
    "replied": marked("replied to the reviews"),
    "reply-closed": marked("closed the owner’s reply"),
    "settled": marked("wrote down what the panel agreed on"),
    "concluded": marked("concluded the assessment"),
    "cancelled": marked("cancelled the assessment"),
    "reconfirmed": marked("looked at a score again"),
}


def named(names: Mapping[str, str], code: str) -> str:
    """What a code is called; an unknown one is shown as written."""
    return _(names[code]) if code in names else str(code)


def text(of: Text) -> str:
    """A text of a rubric in the reader's language, else as it was first written."""
    return without_citations(of.best(i18n.current())[1])


def item(rubric: Rubric, name: str) -> str:
    """What a gate or a criterion is called; one that the rubric has not is shown as written."""
    asked = {each.name: each for each in (*rubric.gates, *rubric.criteria)}
    return text(asked[name].title) if name in asked else name


def label(rubric: Rubric, name: str) -> str:
    """What a label is called."""
    try:
        return text(rubric.title_of(name))
    except KeyError:
        return name


def stage_of_evidence(rubric: Rubric, name: str) -> str:
    """What a stage of evidence is called; nothing for none."""
    steps = rubric.stages.steps if rubric.stages else ()
    titles = {each.stage: text(each.title) for each in steps if each.title}
    return titles.get(name, name)


def reviewer(name: str) -> str:
    """A reviewer's name; one whose name the reader may not know is numbered, in the reader's language."""
    before, after = ALIAS.split("{n}")
    number = name.removeprefix(before).removesuffix(after)
    return _("Reviewer {n}").format(n=number) if number.isdecimal() and name == ALIAS.format(n=number) else name


def score(value: float | None) -> str:
    """A score as it is written: 3, 3.5, 2.25 for a median; a dash for none."""
    if value is None:
        return "–"
    return words.number(value, decimals=0 if float(value).is_integer() else 2)


def missed(rubric: Rubric, condition: Missed) -> str:
    """Why it is not a better label, as a sentence."""
    wanted, got = score(condition.wanted), score(condition.got)
    match condition.condition:
        case Condition.GATE:
            return _("The gate “{item}” is not passed.").format(item=item(rubric, condition.item))
        case Condition.EACH:
            sentence = _("“{item}” has {got}; each criterion needs at least {wanted}.")
            return sentence.format(item=item(rubric, condition.item), got=got, wanted=wanted)
        case Condition.TIER:
            titles = {tier.tier: text(tier.title) for tier in rubric.tiers}
            sentence = _("The mean of “{tier}” is {got}; it needs at least {wanted}.")
            return sentence.format(tier=titles.get(condition.item, condition.item), got=got, wanted=wanted)
        case Condition.COVERAGE:
            sentence = _("{got} % of the criteria are scored; it needs at least {wanted} %.")
            return sentence.format(got=_percent(condition.got), wanted=_percent(condition.wanted))
        case Condition.SCORED:
            return _("“{item}” has no score; it needs one.").format(item=item(rubric, condition.item))


def _percent(share: float | None) -> str:
    return words.number(100 * (share or 0))
