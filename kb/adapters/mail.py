"""The port ``Post`` by SMTP.

``smtps://`` is encrypted from the start; ``smtp://`` asks for it (STARTTLS) and sends nothing without, unless the server is on this
very machine; ``smtp+plain://`` is for a relay that knows no encryption, and takes no password.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.adapters.mail_server import MailServer
from kb.errors import MailError, SettingsError
from kb.services.post import fault_of_address

if TYPE_CHECKING:
    from kb.services.post import Letter


class SmtpPost:
    """Letters by SMTP; a connection for each.

    Args:
        url: of the mail server; empty: none.
        sender: address that letters are from.
    """

    def __init__(self, url: str, sender: str) -> None:
        self._url = url
        self._sender = sender.strip()

    @property
    def is_set(self) -> bool:
        """See the port."""
        return bool(self._url and self._sender)

    def send(self, letter: Letter) -> None:
        """See the port."""
        if not self.is_set:
            raise SettingsError("No mail server is set. Name one and a sender: KB_SMTP_URL and KB_MAIL_FROM.")
        if fault := fault_of_address(self._sender):
            raise SettingsError(f"KB_MAIL_FROM cannot be used: {fault}.")
        if fault := fault_of_address(letter.to):
            raise MailError(f"The letter was not sent: {fault}.")
        server = MailServer.of(self._url)
        from kb.adapters import smtp  # 20 ms, and no search needs it

        smtp.hand_in(letter, self._sender, server)
