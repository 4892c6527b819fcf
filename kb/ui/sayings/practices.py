"""Practice sheets: their names, and what became of a change."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("There is no practice called “{name}”. See the names: kb practice list"),
    marked("A practice cannot be called “{name}”: use a–z, 0–9 and single hyphens, at most {n} characters."),
    marked("There is a practice called “{name}” already. Choose another name."),
    marked("The practice “{name}” was not saved: {faults}."),
    marked("The practice “{name}” was removed meanwhile. Nothing was written."),
    marked("The practice “{name}” was changed by {who} at {when}. Nothing was overwritten: open it again."),
    marked("The practice “{name}” was changed by somebody with an editor at {when}. Nothing was overwritten: open it again."),
    marked("The sheet cannot be changed: line {line}: {fault}. Mend the file first."),
    marked("The sheet cannot be changed: each field has to begin its own line. Mend the file first."),
    marked("The reason has {n} characters; at most {limit} are taken."),
    marked("The draft is longer than {n} KB, and more is not taken. Shorten it."),
    marked("The draft of “{name}” was kept elsewhere meanwhile, perhaps in another window. Open it again."),
    marked("There is no room left to write in {folder} ({n} MB free). Make room and try again: the sheet is as it was before."),
    marked("faults: {n}, the first in line {line} ({fault}); see kb practice check {name}"),
    marked("longer than {n} KB: a sheet tells of one practice"),
)
PARTS: tuple[str, ...] = ()
