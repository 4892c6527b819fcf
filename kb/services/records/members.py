"""Who may act in the knowledge base, and where that is kept."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Protocol

from kb.services.permission import Role


@dataclass(frozen=True)
class RegisteredMember:
    """A person, as others know them. Events, tags and judgements name members, so a name stays, and nobody is deleted.

    Attributes:
        name: as written; unique, whatever its case.
        organisation: whom they work for; empty where it is unknown.
        country: ISO 3166 alpha-2; empty where it is unknown.
        roles: what they may do, in the order of the alphabet, each once.
        languages: that they read, BCP 47 primary tags, best first.
        is_demo: made for the demonstration, and removed with it.
        added_at_utc: ISO 8601.
        added_by: name of who added them.
        is_active: whether they may still act.
        version: grows with every change; a change of an older version is refused.
    """

    name: str
    organisation: str
    country: str
    roles: tuple[Role, ...]
    languages: tuple[str, ...]
    is_demo: bool
    added_at_utc: str
    added_by: str
    is_active: bool = True
    version: int = 1

    @property
    def key(self) -> str:
        """The name without regard to case and ways of writing: two members never share it."""
        return name_key(self.name)


def name_key(name: str) -> str:
    """The same for names that people take for the same: without case, invisible characters and other ways of writing."""
    shown = "".join(char for char in unicodedata.normalize("NFKC", name) if unicodedata.category(char) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", shown.casefold()).split())


class Members(Protocol):
    """Registered members, by name."""

    def add(self, member: RegisteredMember) -> RegisteredMember:
        """Keep it. Returns it.

        Raises:
            NameTakenError: if there is one of that name. The unit may go on.
        """
        ...

    def get(self, name: str) -> RegisteredMember | None:
        """By name, whatever its case."""
        ...

    def everyone(self) -> list[RegisteredMember]:
        """All of them, by name; those among them who may act no more."""
        ...

    def change(self, member: RegisteredMember) -> RegisteredMember | None:
        """Write organisation, country, roles, languages and whether they may act, over the version that was read.

        Returns:
            The member as it is since, with its new version; ``None`` if the version that was read is gone. The name as it was
            first written, who added it, when, and whether it is of the demonstration stay as they were.
        """
        ...

    def remove_demo(self) -> int:
        """Delete the demonstration's, and no other. Returns how many."""
        ...
