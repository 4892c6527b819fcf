"""What waits for a member, as a letter in plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from kb.peers.learning.notice import Notice, NoticeKind
from kb.retrieval.writable import one_line

MAX_LINES = 50
MAX_TITLE_CHARS = 120
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


@dataclass(frozen=True)
class DigestWording:
    """The fixed words of a letter."""

    title: str = "What waits for you"
    hello: str = "Hello {name},"
    intro: str = "this waits for you in the knowledge base:"
    due: str = "due {day}"
    overdue: str = "overdue since {day}"
    more: str = "… and {n} more."
    where: str = "Look at it here: {url}"
    goodbye: str = "You asked for this letter. You can end it on the page Learning, or with: kb learn notices unsubscribe"
    kinds: Mapping[NoticeKind, str] = field(default_factory=lambda: KINDS)

    def subject(self, n: int) -> str:
        """Of a letter that tells of ``n`` things."""
        return f"{self.title} ({n})"


def digest(waits: Sequence[Notice], name: str, wording: DigestWording, app_url: str) -> str:
    """The text. Words of members are on one line each, and cannot be taken for lines of the letter."""
    return "\n".join(_lines(waits, name, wording, app_url)) + "\n"


def _lines(waits: Sequence[Notice], name: str, wording: DigestWording, app_url: str) -> Iterator[str]:
    yield from (wording.hello.replace("{name}", one_line(name)), "", wording.intro, "")
    for each in waits[:MAX_LINES]:
        yield f"- {_line(each, wording)}"
    if len(waits) > MAX_LINES:
        yield wording.more.replace("{n}", str(len(waits) - MAX_LINES))
    if app_url:
        yield from ("", wording.where.replace("{url}", f"{app_url}/learning"))
    yield from ("", wording.goodbye)


def _line(notice: Notice, wording: DigestWording) -> str:
    title = one_line(notice.title)
    shown = title if len(title) <= MAX_TITLE_CHARS else f"{title[:MAX_TITLE_CHARS]}…"
    about = f" ({one_line(notice.about)[:MAX_TITLE_CHARS]})" if notice.about else ""
    due = (wording.overdue if notice.is_overdue else wording.due).replace("{day}", notice.due) if notice.due else ""
    return f"{wording.kinds[notice.kind]}: {shown}{about} [{notice.ref}]" + (f", {due}" if due else "")
