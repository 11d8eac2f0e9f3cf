"""The open door: an invitation to write back with the way to do it, and who signs."""

import re
from collections.abc import Iterator

from bot import data
from bot.domain.states import Route
from bot.gate.candidate import Hit
from bot.gate.reading import Reading
from bot.gate.signature import signature
from bot.gate.words import bare, words
from bot.texts import N_

_CLOSED = N_("Do not close the door: they must be able to write back.")
_NO_INVITATION = N_("Invite them to write back.")
_NO_WAY = N_("Say where they can write back: an address, or “reply to this message”.")
_NO_SIGNATURE = N_("Sign with a first name, a role and the name of the community.")
_MACHINE = N_("Sign as a person: nothing here should look written by a machine.")

_ADDRESS = re.compile(
    r"\S+@\S+\.\w+|https?://\S+|www\.\S+|\b[\w-]+\.(?:fr|com|org|net|be|ch|lu|ca|uk|ie|example|eu)\b"
)
_OUR_ADDRESS = re.compile(r"[\w.+-]+@(?!samaritans\.)[\w-]+(?:\.[\w-]+)+")
_AROUND = 60
"""Characters of plain words around an invitation in which its way is looked for."""


def findings(reading: Reading) -> Iterator[Hit]:
    yield from _door(reading)
    yield from _signed(reading)


def _door(reading: Reading) -> Iterator[Hit]:
    if closed := reading.holds("no_reply"):
        yield Hit("R13", _CLOSED, *reading.draft.span(*closed.span()))
    invitation = reading.holds("write_back")
    if invitation is None and not _OUR_ADDRESS.search(reading.candidate.text):
        yield Hit("R13", _NO_INVITATION)
    elif invitation is not None and not _has_way(reading):
        yield Hit("R13", _NO_WAY, *reading.draft.span(*invitation.span()))


def _has_way(reading: Reading) -> bool:
    """In an answer to a message the message itself is the way; a letter must give one."""
    candidate, plain = reading.candidate, reading.draft.plain
    if _ADDRESS.search(candidate.text):
        return True
    signs = data.phrases().signs
    way, invited = (signs[name, candidate.language] for name in ("way", "write_back"))
    if candidate.routes == {Route.LETTER}:
        return any(not number.lines for number in reading.numbers)
    return any(
        way.search(plain, max(0, found.start() - _AROUND), found.end() + _AROUND)
        for found in invited.finditer(plain)
    )


def _signed(reading: Reading) -> Iterator[Hit]:
    candidate = reading.candidate
    start, end = signature(candidate.text)
    signed = candidate.text[start:end]
    signs, plain = data.phrases().signs, words(signed, candidate.language).plain
    if signs["machine", candidate.language].search(plain):
        yield Hit("R12", _MACHINE, start, end)
    elif not (_is_named(signed) and signs["role", candidate.language].search(plain)):
        yield Hit("R12", _NO_SIGNATURE, start, end)


def _is_named(signed: str) -> bool:
    """A first name stands first, and another name, the community's, after it."""
    names = re.findall(r"[^\W\d_][\w’'.-]*", signed)
    if not names or not names[0][0].isupper() or bare(names[0]) in data.phrases().words["no_signers"]:
        return False
    return any(name[0].isupper() for name in names[1:])
