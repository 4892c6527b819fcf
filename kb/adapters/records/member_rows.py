"""Registered members as rows and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import IntegrityError

from kb.adapters.records.tables import members
from kb.services.permission import Role
from kb.services.records import NameTakenError, RegisteredMember, name_key

CHANGEABLE = ("organisation", "country", "roles", "languages", "is_active")  # a trigger refuses to change another column


class MemberRows:
    """Answers the port :class:`kb.services.records.Members`. A trigger refuses to delete who is not of the demonstration."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, member: RegisteredMember) -> RegisteredMember:
        """See the port."""
        try:
            with self._connection.begin_nested():  # PostgreSQL refuses all that follows an error, back to a savepoint
                self._connection.execute(members.insert(), _columns(member))
        except IntegrityError as error:
            raise NameTakenError(member.name) from error
        return member

    def get(self, name: str) -> RegisteredMember | None:
        """See the port."""
        row = self._connection.execute(select(members).where(members.c.name_key == name_key(name))).first()
        return _member(row) if row else None

    def everyone(self) -> list[RegisteredMember]:
        """See the port. Sorted here: databases differ in how they order letters."""
        return sorted(map(_member, self._connection.execute(select(members))), key=lambda member: member.key)

    def change(self, member: RegisteredMember) -> RegisteredMember | None:
        """See the port."""
        columns = _columns(member)
        changed = {name: columns[name] for name in CHANGEABLE} | {"version": member.version + 1}
        same = (members.c.name_key == member.key) & (members.c.version == member.version)
        row = self._connection.execute(members.update().where(same).values(changed).returning(members)).first()
        return _member(row) if row else None

    def remove_demo(self) -> int:
        """See the port."""
        return self._connection.execute(members.delete().where(members.c.is_demo)).rowcount


def _columns(member: RegisteredMember) -> dict[str, Any]:
    lists = {"roles": json.dumps(member.roles), "languages": json.dumps(member.languages)}
    return asdict(member) | {"name_key": member.key} | lists


def _member(row: Row[Any]) -> RegisteredMember:
    values = dict(row._mapping)
    del values["name_key"]
    lists = {"roles": tuple(map(Role, json.loads(values["roles"]))), "languages": tuple(json.loads(values["languages"]))}
    return RegisteredMember(**values | lists)
