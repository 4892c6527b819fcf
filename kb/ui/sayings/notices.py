"""Letters and the mail server."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("No mail server is set. Name one and a sender: KB_SMTP_URL and KB_MAIL_FROM."),
    marked("KB_MAIL_FROM cannot be used: {faults}."),
    marked("KB_SMTP_URL is no address of a mail server such as smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST."),
    marked("KB_SMTP_URL would send a password without encryption. Write smtp:// or smtps:// before the host."),
    marked("KB_SMTP_URL has a name or password with other letters than those of ASCII, which cannot be sent."),
    marked("The letter was not sent: {faults}."),
    marked(
        "The mail server {host} offers no encryption, and nothing was sent. "
        "Ask for it, or write smtp+plain:// before the host, which takes no password."
    ),
    marked("The mail server {host} did not take the name and password ({code})."),
    marked("The mail server {host} did not take the address ({code})."),
    marked("The mail server {host} did not take the letter ({code})."),
    marked("The mail server {host} cannot be trusted: {error}."),
    marked("The mail server {host} cannot be reached: {error}."),
    marked("Letters cannot be sent there: {faults}."),
    marked("Members of the demonstration have no letters."),
    marked("There are no letters in “{language}”. Choose one of {names}."),
    marked("An event of notices ({kind}) is of a newer version of the program. Update it."),
)
PARTS = (marked("“{found}” is no mail address such as ann@example.org"),)
