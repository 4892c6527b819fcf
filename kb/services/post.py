"""The port to letters that leave the house. Off unless the settings name a mail server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

MAX_ADDRESS_CHARS = 254  # RFC 5321, with erratum 1690
MAX_LOCAL_CHARS = 64
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"([A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*)@{_LABEL}(?:\.{_LABEL})+")


@dataclass(frozen=True)
class Letter:
    """A letter in plain text to one address.

    Attributes:
        subject: one line.
        id: the same for the same letter, and no other's: letters, figures, points and hyphens.
    """

    to: str
    subject: str
    text: str
    id: str


class Post(Protocol):
    """Sends letters."""

    @property
    def is_set(self) -> bool:
        """Whether the settings name a mail server and a sender."""
        ...

    def send(self, letter: Letter) -> None:
        """Hand one letter to the mail server.

        Raises:
            SettingsError: if the settings name none, or one that cannot be used.
            MailError: if the server cannot be reached or trusted, or does not take it.
        """
        ...


def fault_of_address(text: str) -> str:
    """Why ``text`` is no address that letters are sent to, as a clause; empty when it is.

    Addresses in ASCII as nearly everybody has them (RFC 5321, dot-string and domain); quoted and international ones are not taken.
    """
    found = _ADDRESS.fullmatch(text)
    if found and len(text) <= MAX_ADDRESS_CHARS and len(found[1]) <= MAX_LOCAL_CHARS:
        return ""
    return f"“{text[:60]}” is no mail address such as ann@example.org"
