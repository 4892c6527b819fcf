"""What waits for a member, as a letter in plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.peers.learning.notice import Notice
from kb.retrieval.writable import one_line
from kb.services.learning.digest_wording import DigestWording

MAX_LINES = 50
MAX_TITLE_CHARS = 120


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
    told = f"{shown}{about} [{notice.ref}]" + (f", {due}" if due else "")
    return wording.line.replace("{kind}", wording.kinds[notice.kind]).replace("{title}", told)
