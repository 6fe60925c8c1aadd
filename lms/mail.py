"""Sending mail by the SMTP settings. Without settings nothing is sent and the caller offers another way."""

import smtplib
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
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings["MAIL_SENDER"], recipient, subject
    message.set_content(text)
    try:
        with smtplib.SMTP(settings["MAIL_SERVER"], settings["MAIL_PORT"], timeout=20) as server:
            if settings["MAIL_PORT"] != 25:
                server.starttls()
            if settings["MAIL_USERNAME"]:
                server.login(settings["MAIL_USERNAME"], settings["MAIL_PASSWORD"])
            server.send_message(message)
    except (OSError, smtplib.SMTPException):
        current_app.logger.exception("mail was not accepted")  # the address stays out of the log
        return False
    return True
