"""From the bytes of an e-mail to what the core asks of it."""

import re
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parsedate_to_datetime
from functools import partial
from hashlib import sha256
from html.parser import HTMLParser
from typing import TypeVar

from bot.domain.quoted_mail import new_text
from bot.ports import Arrived
from bot.postbox import Sender

T = TypeVar("T")

UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the library raises at e-mails that break the rules: Python 3.11 was seen to raise most of these."""

TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
ABOUT = ("In-Reply-To", "References")
BULK = {"bulk", "junk", "list", "auto_reply"}
MACHINES = re.compile(r"^(mailer-daemon|postmaster|no-?reply|ne-?pas-?repondre)\b", re.IGNORECASE)
FAILED = re.compile(r"^Action:\s*failed\b", re.IGNORECASE | re.MULTILINE)
STATUS = re.compile(r"^Status:\s*(5\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)
BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3"}


def arrived(raw: bytes, sender: Sender) -> Arrived:
    """Never fails: what cannot be read is an e-mail without text."""
    message = _or(EmailMessage(), lambda: message_from_bytes(raw, policy=default))
    bounced = _or(False, partial(_is_report, message))  # noqa: FBT003  (what holds when it fails)
    return Arrived(
        key=f"mail:{sha256(raw).hexdigest()}",
        sender=_sender(message),
        tokens=_tokens(message, sender),
        text=new_text(_or("", partial(_text, message))),
        raw=raw.decode("latin-1"),
        automatic=_automatic(message) or _ours(message, sender),
        bounced=_token_anywhere(raw, sender) if bounced and FAILED.search(_ascii(raw)) else "",
        status=_status(raw),
        written_at=_or(None, partial(_written_at, message)),
    )


def _or(otherwise: T, read: Callable[[], T]) -> T:
    """A part that breaks every rule is no reason to lose the e-mail."""
    try:
        return read()
    except UNREADABLE:
        return otherwise


def _sender(message: EmailMessage) -> str:
    found = getaddresses([_header(message, "From")])
    return found[0][1].strip().lower() if found else ""


def _ours(message: EmailMessage, sender: Sender) -> bool:
    """A colleague who shares the mailbox answered the member. Without a token it may be our site's form."""
    return _sender(message) == sender.address.lower() and bool(_tokens(message, sender))


def _header(message: EmailMessage, name: str) -> str:
    return _or("", lambda: " ".join(str(value) for value in message.get_all(name, [])))


def _tokens(message: EmailMessage, sender: Sender) -> tuple[str, ...]:
    local, domain = re.escape(sender.local), re.escape(sender.domain)
    to = re.compile(rf"{local}\+([0-9a-f]{{24}})@{domain}", re.IGNORECASE)
    about = re.compile(rf"<([0-9a-f]{{24}})@{domain}>", re.IGNORECASE)
    found = [token for name in TO for token in to.findall(_header(message, name))]
    found += [token for name in ABOUT for token in about.findall(_header(message, name))]
    return tuple(dict.fromkeys(token.lower() for token in found))


def _token_anywhere(raw: bytes, sender: Sender) -> str:
    """A report quotes the headers of what it is about (RFC 3462)."""
    found = re.search(rf"([0-9a-f]{{24}})@{re.escape(sender.domain)}", _ascii(raw), re.IGNORECASE)
    return found[1].lower() if found else ""


def _is_report(message: EmailMessage) -> bool:
    kind = message.get_param("report-type") or ""
    return message.get_content_type() == "multipart/report" and str(kind).lower() == "delivery-status"


def _status(raw: bytes) -> str:
    found = STATUS.search(_ascii(raw))
    return found[1] if found else ""


def _automatic(message: EmailMessage) -> bool:
    """RFC 3834, 2 and 5; what lists and machines say of themselves."""
    said = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        said not in {"", "no"}
        or _header(message, "Precedence").strip().lower() in BULK
        or bool(_header(message, "List-Id") or _header(message, "X-Autoreply"))
        or bool(MACHINES.match(_sender(message)))
        or _header(message, "Return-Path").strip() == "<>"
    )


def _written_at(message: EmailMessage) -> datetime | None:
    at = parsedate_to_datetime(_header(message, "Date"))
    return at if at.tzinfo else None


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        content = str(part.get_content())
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return _plain(content) if part.get_content_subtype() == "html" else content


def _ascii(raw: bytes) -> str:
    return raw.decode("latin-1").replace("\r\n", "\n")


class _Words(HTMLParser):
    """The words of a page, without what it quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._quoted = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._quoted += tag == "blockquote"
        self._unseen += tag in {"style", "script", "head", "title"}
        if tag in BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._quoted -= tag == "blockquote"
        self._unseen -= tag in {"style", "script", "head", "title"}
        if tag in BREAKS - {"br"}:
            self.found.append("\n")

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002
        """A comment, as browsers take it (WHATWG HTML, 13.2.5.42); Python 3.11 fails at it."""
        return self.parse_bogus_comment(i)

    def handle_data(self, data: str) -> None:
        if self._quoted <= 0 and self._unseen <= 0:
            self.found.append(re.sub(r"\s+", " ", data))


def _plain(html: str) -> str:
    words = _Words()
    words.feed(html)
    words.close()
    lines = (line.strip() for line in "".join(words.found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
