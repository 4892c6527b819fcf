"""Bring a database to the tables of this version, in the process that opens it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from kb.errors import UnusableRecords

FOLDER = Path(__file__).parent / "migrations"


def migrate(connection: Connection, place: str) -> None:
    """Run the revisions that ``connection``'s database lacks, all within its open transaction.

    That transaction keeps every other writer out, so that of two processes which start together the second finds all done.

    Raises:
        UnusableRecords: if a newer version of the program has been here, or the database cannot keep every letter; ``place`` tells
            the person where.
    """
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    _refuse_other_than_utf8(connection, place)
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    found = set(MigrationContext.configure(connection).get_current_heads())
    if unknown := sorted(found - known):
        raise UnusableRecords(f"{place} was written by a newer version of this program (schema {', '.join(unknown)}). Update it.")
    if found != set(script.get_heads()):
        command.upgrade(config, "head")


def _refuse_other_than_utf8(connection: Connection, place: str) -> None:
    if connection.dialect.name != "postgresql":
        return  # SQLite keeps nothing else
    found = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if found != "UTF8":
        raise UnusableRecords(
            f"The database {place} keeps text as {found}, which lacks letters. Make it anew with ENCODING 'UTF8'."
        )
