"""What waits, what is counted and what was learned from whom, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from kb.peers.learning.case import CaseState
from kb.peers.learning.dashboard import Section
from kb.peers.learning.network import Learned
from kb.peers.learning.notice import NoticeKind
from kb.peers.learning.plan import PlanState
from kb.ui import learning_words
from kb.ui.i18n import _, marked

NOTICES: Mapping[NoticeKind, str] = {
    NoticeKind.REVIEW: marked("Your review is awaited."),
    NoticeKind.REPLY: marked("Your reply for the owner is awaited."),
    NoticeKind.RECONCILE: marked("The panel has to settle scores."),
    NoticeKind.LEAD: marked("The assessment waits for its facilitator."),
    NoticeKind.STALE: marked("Evidence of your scores changed: do they stand?"),
    NoticeKind.JUDGE: marked("Your judgement is awaited."),
    NoticeKind.CONCLUDE_TEST: marked("Every judgement is there: the test can be concluded."),
    NoticeKind.LEAD_TEST: marked("You lead this test: invite somebody, or wait no longer for who is overdue."),
    NoticeKind.READING: marked("A reading is missing."),
    NoticeKind.CONSENT: marked("A match is proposed for your need: do you agree?"),
    NoticeKind.DECIDE: marked("A match is proposed for your offer: do you accept?"),
    NoticeKind.ANSWER_ROUND: marked("A question round waits for your case."),
    NoticeKind.CLOSE_ROUND: marked("The round is past its day: close it, or give it another day."),
    NoticeKind.REPLY_CASE: marked("Somebody asks about your case."),
    NoticeKind.DEBRIEF: marked("The debrief is due within seven days of the session."),
    NoticeKind.HOLD: marked("The session is over: say that it was held, or cancel it."),
    NoticeKind.RESPOND: marked("Your organisation is advised: accept it, in part, or reject it."),
    NoticeKind.IMPLEMENT: marked("Your organisation accepted this: say when it is implemented."),
    NoticeKind.VALIDATE: marked("A plan can be validated."),
    NoticeKind.ACTION: marked("An action of your plan is past its day."),
    NoticeKind.MILESTONE: marked("A milestone of your transfer is past its day."),
    NoticeKind.EVALUATE_CASE: marked("Every milestone is reached: the transfer can be evaluated."),
    NoticeKind.CONFIRM_LESSON: marked("Somebody says that they learned this from you: does it hold?"),
    NoticeKind.CONFIRM_POLICY: marked("A policy change can be confirmed."),
}
SECTIONS: Mapping[Section, str] = {
    Section.NEEDS: marked("Needs and matches"),
    Section.EXCHANGES: marked("Exchanges"),
    Section.RECOMMENDATIONS: marked("Recommendations"),
    Section.LESSONS: marked("Lessons"),
    Section.TRANSFERS: marked("Transfers, by how far they are"),
    Section.PLANS: marked("Action plans"),
    Section.POLICIES: marked("Policy changes"),
}
NUMBERS: Mapping[str, str] = {
    "needs-unanswered": marked("Needs without an answer"),
    "matches-waiting": marked("Matches that wait for consent"),
    "needs-answered": marked("Needs answered"),
    "matches-done": marked("Matches that took place"),
    "rounds-open": marked("Question rounds open"),
    "sessions-planned": marked("Sessions to come"),
    "debriefs-overdue": marked("Debriefs overdue"),
    "sessions-held": marked("Sessions held"),
    "recommendations-unanswered": marked("Recommendations without a reply"),
    "recommendations-to-implement": marked("Accepted, not yet implemented"),
    "recommendations-implemented": marked("Recommendations implemented"),
    "recommendations-rejected": marked("Recommendations rejected"),
    "lessons-individual": marked("Learned by a person"),
    "lessons-organisation": marked("Learned by an organisation"),
    "lessons-policy": marked("Learned for a policy"),
    "policies-confirmed": marked("Confirmed by others"),
    "policies-confirmed-measured": marked("Confirmed, with figures before and after"),
    "policies-recorded": marked("Told, and not confirmed yet"),
    "policies-recorded-measured": marked("Not confirmed, with figures before and after"),
}
LEARNED: Mapping[Learned, str] = {
    Learned.LESSON: marked("Lesson"),
    Learned.MATCH: marked("Match that took place"),
    Learned.TRANSFER: marked("Transfer that worked"),
    Learned.POLICY: marked("Policy change"),
}
DIMENSIONS: Mapping[str, str] = {"quality": marked("Quality"), "efficiency": marked("Efficiency"), "impact": marked("Impact")}


def notice(kind: NoticeKind) -> str:
    """What is awaited, as a sentence."""
    return _(NOTICES[kind])


def section(each: Section) -> str:
    """Title of a group of numbers."""
    return _(SECTIONS[each])


def number(key: str) -> str:
    """What a number counts."""
    if key in NUMBERS:
        return _(NUMBERS[key])
    kind, _dash, state = key.partition("-")
    return learning_words.state_word(CaseState(state) if kind == "case" else PlanState(state))


def learned(what: Learned) -> str:
    """What an arrow stands for."""
    return _(LEARNED[what])


def dimension(code: str) -> str:
    """What an effect is about."""
    return _(DIMENSIONS[code]) if code in DIMENSIONS else code
