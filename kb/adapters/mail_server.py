"""Where letters are handed in, as a setting spells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from kb.errors import SettingsError

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in."""

    scheme: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str) -> MailServer:
        """As an address spells it: ``smtp://user:password@mail.example.org:587``; what stands in a name is percent-encoded.

        Raises:
            SettingsError: without repeating the address, which may hold a password.
        """
        try:
            parts = urlsplit(url)
            scheme, host, port = parts.scheme, parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
            rest = parts.path.strip("/") + parts.query + parts.fragment
        except ValueError:
            scheme, host, port, rest, parts = "", "", 0, "", urlsplit("")
        if scheme not in PORTS or not host or rest:
            raise SettingsError(
                "KB_SMTP_URL is no address of a mail server such as smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST."
            )
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if scheme == "smtp+plain" and user:
            raise SettingsError("KB_SMTP_URL would send a password without encryption. Write smtp:// or smtps:// before the host.")
        if not (user + password).isascii():  # of smtplib: it encodes them so
            raise SettingsError("KB_SMTP_URL has a name or password with other letters than those of ASCII, which cannot be sent.")
        return cls(scheme, host, port, user, password)
