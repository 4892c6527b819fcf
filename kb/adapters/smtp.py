"""A letter is written and handed in, with what Python brings.

Certificates are checked against those that this machine trusts. What is said to the server is written nowhere, the password least
of all.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as LINES_OF_MAIL
from email.utils import format_datetime

from kb.adapters.mail_server import LOOPBACK, MailServer
from kb.errors import MailError
from kb.retrieval.writable import one_line, writable
from kb.services.post import Letter

TIMEOUT_S = 20  # for each answer of the server


def hand_in(letter: Letter, sender: str, server: MailServer) -> None:
    """Send one letter.

    Raises:
        MailError: if the server cannot be reached or trusted, or does not take it.
    """
    message = written(letter, sender)
    with _told(server), _connected(server) as connection:
        connection.send_message(message, sender, [letter.to])


def written(letter: Letter, sender: str) -> EmailMessage:
    """Plain text. Nothing in a header can begin another one: the library refuses line ends there, and there are none."""
    message = EmailMessage(policy=LINES_OF_MAIL)
    message["From"] = Address(addr_spec=sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{letter.id}@{sender.rsplit('@', 1)[1]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's answering machine answers it
    message.set_content(writable(letter.text))
    return message


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Encrypted, and known by name if there is one."""
    trusted = ssl.create_default_context()
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=trusted)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
    with connection:
        if server.scheme == "smtp":
            connection.ehlo_or_helo_if_needed()
            if connection.has_extn("starttls"):
                connection.starttls(context=trusted)
            elif server.host not in LOOPBACK:
                raise MailError(
                    f"The mail server {server.host} offers no encryption, and nothing was sent. "
                    "Ask for it, or write smtp+plain:// before the host, which takes no password."
                )
        if server.user:
            connection.login(server.user, server.password)
        yield connection


@contextmanager
def _told(server: MailServer) -> Iterator[None]:
    """Whatever goes wrong, in a sentence; what the server says may hold anything and is left out."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise MailError(f"The mail server {server.host} did not take the name and password ({error.smtp_code}).") from None
    except smtplib.SMTPRecipientsRefused as error:
        codes = ", ".join(str(code) for code, _ in error.recipients.values())
        raise MailError(f"The mail server {server.host} did not take the address ({codes}).") from None
    except smtplib.SMTPResponseException as error:
        raise MailError(f"The mail server {server.host} did not take the letter ({error.smtp_code}).") from None
    except ssl.SSLCertVerificationError as error:
        raise MailError(f"The mail server {server.host} cannot be trusted: {error.verify_message}.") from None
    except (OSError, UnicodeError, smtplib.SMTPException) as error:  # of a host that can be no name: "a..b"
        raise MailError(f"The mail server {server.host} cannot be reached: {type(error).__name__}.") from None
