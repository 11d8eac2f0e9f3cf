"""An e-mail as it is handed over: the text twice, plain and as HTML, and nothing that tells who reads it."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from bot.ports import Email
from bot.postbox import Sender

PARAGRAPHS = "\n\n"

ADDRESS = re.compile(r"https?://\S+")


def message_of(mail: Email, sender: Sender) -> EmailMessage:
    """`Auto-Submitted` is not set: a person wrote this and gave the word to send it (RFC 3834, 5)."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(sender.name, sender.local, sender.domain)
    message["To"] = mail.to
    message["Reply-To"] = sender.reply_to(mail.token)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = sender.message_id(mail.token)
    message["Content-Language"] = mail.locale
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(_html(mail), subtype="html", cte="quoted-printable")
    return message


def _html(mail: Email) -> str:
    paragraphs = (part.strip("\n") for part in mail.text.split(PARAGRAPHS) if part.strip())
    body = "\n".join(f"<p>{_paragraph(part)}</p>" for part in paragraphs)
    language = escape(mail.locale, quote=True)
    head = f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">'
    return f"{head}\n<body>\n{body}\n</body>\n</html>\n"


def _paragraph(text: str) -> str:
    """An address that stands alone is a link: not every mail program makes one of it."""
    told = escape(text).replace("\n", "<br>\n")
    return f'<a href="{told}">{told}</a>' if ADDRESS.fullmatch(text) else told
