"""E-mails as members' programs and mail servers write them. Everybody is invented."""

from email.message import EmailMessage
from email.policy import SMTP

SENDER_ADDRESS = "aide@exemple.fr"
TOM = "tom.durand@ailleurs.example"


def answer(
    text: str,
    *,
    token: str = "",
    sender: str = TOM,
    to: str = SENDER_ADDRESS,
    html: str = "",
    **headers: str,
) -> bytes:
    """`token`: of the e-mail that it answers, in `In-Reply-To`."""
    message = EmailMessage(policy=SMTP)
    message["From"] = f"Tom <{sender}>"
    message["To"] = to
    message["Subject"] = "Re: Un mot pour vous"
    message["Date"] = "Tue, 24 Nov 2026 04:00:00 +0100"
    message["Message-ID"] = "<answer@ailleurs.example>"
    if token:
        message["In-Reply-To"] = f"<{token}@exemple.fr>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if html:
        message.set_content(html, subtype="html")
    else:
        message.set_content(text)
    return message.as_bytes()


def bounce(token: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A delivery status notification (RFC 3464) about the e-mail with this token."""
    return "\r\n".join(
        (
            "Return-Path: <>",
            "From: MAILER-DAEMON@relay.example",
            f"To: {SENDER_ADDRESS}",
            "Subject: Undelivered Mail Returned to Sender",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "It could not be delivered.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; relay.example",
            "",
            f"Final-Recipient: rfc822; {TOM}",
            f"Action: {action}",
            f"Status: {status}",
            "--b",
            "Content-Type: text/rfc822-headers",
            "",
            f"Message-ID: <{token}@exemple.fr>",
            f"To: {TOM}",
            "--b--",
            "",
        )
    ).encode()
