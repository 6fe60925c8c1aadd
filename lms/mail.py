"""Sending mail by the SMTP settings. Without settings nothing is sent and the caller offers another way."""

import smtplib
import ssl
from email.message import EmailMessage

from flask import current_app


def can_send() -> bool:
    """True when this installation has a mail server and a sender."""
    return bool(current_app.config["MAIL_SERVER"] and current_app.config["MAIL_SENDER"])


def send(recipient: str, subject: str, text: str) -> bool:
    """Send one plain-text message; False when there is no mail server or it refused."""
    if not can_send():
        return False
    settings = current_app.config
    try:
        message = _message(settings["MAIL_SENDER"], recipient, subject, text)
        with _connected(settings["MAIL_SERVER"], settings["MAIL_PORT"]) as server:
            if settings["MAIL_USERNAME"]:
                server.login(settings["MAIL_USERNAME"], settings["MAIL_PASSWORD"])
            server.send_message(message)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        # What the server said may hold the address, which stays out of the log.
        code = getattr(error, "smtp_code", None) or getattr(error, "errno", None) or ""
        current_app.logger.error("mail was not accepted: %s %s", type(error).__name__, code)
        return False
    return True


def _connected(host: str, port: int) -> smtplib.SMTP:
    """Encrypted from the first byte on port 465, by STARTTLS elsewhere, with a server that can show who it is.

    Port 25 is for a mail server on this machine and stays plain.
    """
    if port == 465:
        return smtplib.SMTP_SSL(host, port, timeout=20, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=20)
    if port != 25:
        server.starttls(context=ssl.create_default_context())
    return server


def _message(sender: str, recipient: str, subject: str, text: str) -> EmailMessage:
    """Raises ValueError when an address or the subject has a line end in it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, recipient, subject
    message.set_content(text)
    return message
