"""What became of each file, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from kb.retrieval.catalog import FileState, LedgerEntry
from kb.ui import hrefs, plain, words
from kb.ui.i18n import _, ngettext
from kb.ui.said import said

OPENABLE = (FileState.INDEXED, FileState.UNCHANGED)


def show(caption: str, entries: Sequence[LedgerEntry]) -> None:
    """Draw ledger lines as a table."""
    headers = (_("File"), _("What happened"), _("Length"), _("Languages"), _("Time taken"), _("When"))
    plain.table(caption, headers, map(_row, entries))


def _row(entry: LedgerEntry) -> tuple[str, ...]:
    openable = entry.state in OPENABLE and entry.document_id is not None
    folder, _slash, name = entry.path.rpartition("/")
    file = plain.link(name, hrefs.document(str(entry.document_id))) if openable else plain.cell(name)
    reasons = [said(entry.reason)]
    if entry.near_duplicate_of:
        reasons.append(_("nearly the same words as {path}").format(path=entry.near_duplicate_of))
    passages = ngettext("{n} passage", "{n} passages", entry.passages).format(n=words.number(entry.passages))
    return (
        file + plain.note(folder),
        plain.cell(_(words.FILE_STATES[entry.state]), second_line=_("; ").join(reason for reason in reasons if reason)),
        plain.cell(passages if entry.passages else ""),
        plain.cell(words.listed(map(words.language, entry.languages))),
        plain.cell(words.duration(entry.seconds) if entry.seconds else ""),
        plain.cell(words.moment(entry.at_utc)),
    )
