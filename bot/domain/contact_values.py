"""The one form of each contact, how it is read out, and what a card may show of it."""

import re
from typing import assert_never

import phonenumbers
from phonenumbers import PhoneNumberFormat

from bot.domain.contacts import Contact
from bot.domain.errors import Code, Refused
from bot.domain.likeness import site_of
from bot.domain.postal import postal_address, town_of
from bot.domain.states import Means
from bot.domain.wording import clean, for_display

ACCOUNT_LENGTH = 200
FRANCE = 33

# The local part is a dot-atom (RFC 5322, 3.2.3; RFC 6531 adds letters beyond ASCII), the domain a host name.
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_DOMAIN = re.compile(r"([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_][^\W_]*([\w-]*[^\W_])?")
LOCAL_LENGTH, EMAIL_LENGTH = 64, 254
"""Octets (RFC 5321, 4.5.3.1)."""


def normal(means: Means, typed: str, *, country: str) -> str:
    """The form in which a contact is kept. `country` (ISO 3166): of a telephone number without its own.

    Raises `required`, `email_unclear`, `phone_unclear`, `text_too_long`, and what `postal_address` does.
    """
    text = for_display(clean(typed)).strip()
    if not text:
        raise Refused(Code.REQUIRED, field="value")
    match means:
        case Means.EMAIL:
            return _email(text)
        case Means.ADDRESS:
            return postal_address(text)
        case Means.PHONE:
            return _phone(text, country)
        case Means.ACCOUNT:
            return _account(text)
        case _:
            assert_never(means)


def whole(contact: Contact) -> str:
    """As a person reads it out or copies it."""
    return _spoken(contact.value) if contact.means is Means.PHONE else contact.value


def masked(contact: Contact) -> str:
    """What a card shows: enough to tell two apart, too little to reach anybody."""
    match contact.means:
        case Means.EMAIL:
            return masked_email(contact.value)
        case Means.ADDRESS:
            return town_of(contact.value)
        case Means.PHONE:
            return _masked_phone(contact.value)
        case Means.ACCOUNT:
            return site_of(contact.value) or f"{contact.value[0]}…"
        case _:
            assert_never(contact.means)


def masked_email(address: str) -> str:
    """`t…@a….example`."""
    local, _at, domain = address.rpartition("@")
    return f"{local[0]}…@{domain[0]}….{domain.rpartition('.')[2]}"


def _email(text: str) -> str:
    """Slack makes a link of a typed address: `mailto:` comes before it."""
    address = text.removeprefix("mailto:")
    local, _at, domain = address.rpartition("@")
    too_long = len(local.encode()) > LOCAL_LENGTH or len(address.encode()) > EMAIL_LENGTH
    if too_long or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise Refused(Code.EMAIL_UNCLEAR, field="value")
    return f"{local}@{domain.lower()}"


def _phone(text: str, country: str) -> str:
    """E.164, for example `+33612345678`. Its length is looked at, not its range: new ones open each year."""
    try:
        number = phonenumbers.parse(text, country.partition("-")[0] or None)
    except phonenumbers.NumberParseException:
        raise Refused(Code.PHONE_UNCLEAR, field="value") from None
    if not phonenumbers.is_possible_number(number):
        raise Refused(Code.PHONE_UNCLEAR, field="value")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _account(text: str) -> str:
    if len(text) > ACCOUNT_LENGTH:
        raise Refused(Code.TEXT_TOO_LONG, field="value", length=len(text), limit=ACCOUNT_LENGTH)
    return " ".join(text.split())


def _spoken(value: str) -> str:
    number = phonenumbers.parse(value)
    at_home = number.country_code == FRANCE
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def _masked_phone(value: str) -> str:
    """`06 •• •• •• 78`; from abroad `+32 ••• •• •• 56`."""
    spoken = _spoken(value)
    known = len(spoken.split(" ")[0])
    return spoken[:known] + re.sub(r"\d", "•", spoken[known:-2]) + spoken[-2:]
