"""The fixed words of letters of what waits, in each language that they can be in.

They stand here and not in the app's catalogue: letters are sent from the command line, where no page and no reader is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kb.errors import InvalidEntry
from kb.peers.learning.notice import NoticeKind

KINDS: Mapping[NoticeKind, str] = MappingProxyType(
    {
        NoticeKind.REVIEW: "Review awaited",
        NoticeKind.REPLY: "Reply of the owner awaited",
        NoticeKind.RECONCILE: "The panel has to settle scores",
        NoticeKind.LEAD: "An assessment waits for its facilitator",
        NoticeKind.STALE: "Evidence of your scores changed",
        NoticeKind.JUDGE: "Judgement awaited",
        NoticeKind.CONCLUDE_TEST: "A test can be concluded",
        NoticeKind.LEAD_TEST: "A test waits for who leads it",
        NoticeKind.READING: "A reading is missing",
        NoticeKind.CONSENT: "A match is proposed for you",
        NoticeKind.DECIDE: "A match waits for your decision",
        NoticeKind.ANSWER_ROUND: "A question round waits for your case",
        NoticeKind.CLOSE_ROUND: "A question round is past its day",
        NoticeKind.REPLY_CASE: "A question about your case",
        NoticeKind.DEBRIEF: "A debrief is due",
        NoticeKind.HOLD: "A session is over: was it held?",
        NoticeKind.RESPOND: "A recommendation to your organisation",
        NoticeKind.IMPLEMENT: "A recommendation you accepted",
        NoticeKind.VALIDATE: "A plan to validate",
        NoticeKind.ACTION: "An action of your plan is overdue",
        NoticeKind.MILESTONE: "A milestone is overdue",
        NoticeKind.EVALUATE_CASE: "A transfer case to evaluate",
        NoticeKind.CONFIRM_LESSON: "A lesson to confirm",
        NoticeKind.CONFIRM_POLICY: "A policy change to confirm",
    }
)
_FRENCH: Mapping[NoticeKind, str] = MappingProxyType(
    {
        NoticeKind.REVIEW: "Votre avis est attendu",
        NoticeKind.REPLY: "Votre réponse pour le porteur est attendue",
        NoticeKind.RECONCILE: "Le panel doit arrêter des notes",
        NoticeKind.LEAD: "Une évaluation attend son animateur",
        NoticeKind.STALE: "Des preuves de vos notes ont changé",
        NoticeKind.JUDGE: "Votre jugement est attendu",
        NoticeKind.CONCLUDE_TEST: "Un test peut être conclu",
        NoticeKind.LEAD_TEST: "Un test attend la personne qui le conduit",
        NoticeKind.READING: "Un relevé manque",
        NoticeKind.CONSENT: "Une mise en relation vous est proposée",
        NoticeKind.DECIDE: "Une mise en relation attend votre décision",
        NoticeKind.ANSWER_ROUND: "Un tour de questions attend votre cas",
        NoticeKind.CLOSE_ROUND: "Un tour de questions a dépassé sa date",
        NoticeKind.REPLY_CASE: "Une question sur votre cas",
        NoticeKind.DEBRIEF: "Un compte rendu est attendu",
        NoticeKind.HOLD: "Une session est passée : a-t-elle eu lieu ?",
        NoticeKind.RESPOND: "Une recommandation à votre organisation",
        NoticeKind.IMPLEMENT: "Une recommandation que vous avez acceptée",
        NoticeKind.VALIDATE: "Un plan à valider",
        NoticeKind.ACTION: "Une action de votre plan est en retard",
        NoticeKind.MILESTONE: "Un jalon est en retard",
        NoticeKind.EVALUATE_CASE: "Un transfert à évaluer",
        NoticeKind.CONFIRM_LESSON: "Une leçon à confirmer",
        NoticeKind.CONFIRM_POLICY: "Un changement de politique à confirmer",
    }
)


@dataclass(frozen=True)
class DigestWording:
    """The fixed words of a letter."""

    title: str = "What waits for you"
    hello: str = "Hello {name},"
    intro: str = "this waits for you in the knowledge base:"
    line: str = "{kind}: {title}"
    due: str = "due {day}"
    overdue: str = "overdue since {day}"
    more: str = "… and {n} more."
    where: str = "Look at it here: {url}"
    goodbye: str = "You asked for this letter. You can end it on the page Learning, or with: kb learn notices unsubscribe"
    kinds: Mapping[NoticeKind, str] = field(default_factory=lambda: KINDS)

    def subject(self, n: int) -> str:
        """Of a letter that tells of ``n`` things."""
        return f"{self.title} ({n})"


DEFAULT = "en"
WORDINGS: Mapping[str, DigestWording] = MappingProxyType(
    {
        DEFAULT: DigestWording(),
        "fr": DigestWording(
            title="Ce qui vous attend",
            hello="Bonjour {name},",
            intro="voici ce qui vous attend dans la base de connaissances :",
            line="{kind} : {title}",
            due="à faire d’ici au {day}",
            overdue="en retard depuis le {day}",
            more="… et {n} de plus.",
            where="À voir ici : {url}",
            goodbye=(
                "Vous avez demandé ce courriel. Pour ne plus le recevoir, allez à la page Apprendre, "
                "ou tapez : kb learn notices unsubscribe"
            ),
            kinds=_FRENCH,
        ),
    }
)


def check_language(code: str) -> str:
    """``code``, if letters can be in that language.

    Raises:
        InvalidEntry: if they cannot.
    """
    if code not in WORDINGS:
        raise InvalidEntry(f"There are no letters in “{code[:20]}”. Choose one of {', '.join(WORDINGS)}.")
    return code
