"""The database of members' records, and files that cannot be read at all."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("{path} was written by a newer version of this program (schema {found}). Update it."),
    marked("{path} is damaged ({error}). Restore it from a backup, or move it away to begin anew."),
    marked("The records in {path} are being written by another process. Try again in a moment."),
    marked("The records in {path} cannot be used: {error}."),
    marked("KB_DATABASE_URL is no address of a database such as sqlite:///FILE or postgresql://HOST/NAME."),
    marked("KB_DATABASE_URL names no file: records in memory would be lost. Write sqlite:///FILE."),
    marked("KB_DATABASE_URL names {name}. Records are kept in sqlite:///FILE or postgresql://HOST/NAME."),
    marked("KB_DATABASE_URL has an @ within the password. Write it as %40."),
    marked("The database {place} refuses the user or the password of KB_DATABASE_URL."),
    marked("There is no database “{name}” at {place}. Make it, or correct KB_DATABASE_URL."),
    marked("The user of KB_DATABASE_URL may not use {place} ({error}). Make this user the owner of the database."),
    marked("The database {place} does not answer ({error}). Start its server, or correct KB_DATABASE_URL."),
    marked("The database {place} keeps text as {found}, which lacks letters. Make it anew with ENCODING 'UTF8'."),
    marked("{path} cannot be read: {error}."),
    marked("{path} cannot be read ({error})."),
)
PARTS: tuple[str, ...] = ()
