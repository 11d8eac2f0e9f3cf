"""Prepared replies: texts to start from, filled from the crisis and by whoever writes.

What stands in braces is a placeholder. It is filled in one pass: what is put in is never read as one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.domain.categories import DEFAULT
from bot.domain.levels import Level
from bot.domain.states import Route
from bot.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from bot.domain.ids import PersonId
    from bot.texts import Locale


class Kind(StrEnum):
    """What a prepared reply is for. `reasons`: why a message was hidden (DSA, article 17)."""

    RECEIPT = "receipt"
    REPLY = "reply"
    HOLDING = "holding"
    REASONS = "reasons"
    FOLLOW_UP = "follow_up"


class Register(StrEnum):
    """How French says «you» to one person."""

    TU = "tu"
    VOUS = "vous"


FROM_THE_CRISIS: Mapping[str, str] = {
    "member": N_("pseudonym"),
    "community": N_("community"),
    "lines": N_("help line"),
    "emergency": N_("emergency number"),
    "signature": N_("signature"),
    "write_back": N_("address where they write back"),
    "next_word": N_("when we write again"),
    "next_update": N_("hour of the next word"),
    "reply_by": N_("hour of our answer"),
    "hidden_at": N_("when it was hidden"),
}
"""Placeholders that the crisis and the plan fill, and what stands in the text where they cannot."""

BY_THE_WRITER: Mapping[str, str] = {
    "said": N_("their words"),
    "feeling": N_("what you hear in them"),
    "about": N_("the subject"),
    "answer": N_("your answer"),
    "facts": N_("what is established"),
    "solution": N_("what you offer"),
    "source": N_("the source"),
    "done": N_("what we have done"),
    "noticed": N_("how it was seen"),
    "rule": N_("the rule"),
}
"""Placeholders that only a person fills: the member's own words above all."""

HOLES: Mapping[str, str] = {**FROM_THE_CRISIS, **BY_THE_WRITER}

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who at the client agreed to a text and when, for as long as the end of the day `until`."""

    by: PersonId
    on: date
    until: date

    def holds(self, day: date) -> bool:
        return self.on <= day <= self.until


@dataclass(frozen=True, slots=True)
class Template:
    """A prepared reply. `default` among the categories: for any; no `levels`: for any.

    `register` is None where the language has but one «you».
    Only a text of the client's own carries an `agreement`: what comes with Cellule is never pre-approved.
    `from_day`: so many days after the first word a note is meant for.
    """

    id: str
    kind: Kind
    categories: tuple[str, ...]
    levels: tuple[Level, ...]
    language: Locale
    register: Register | None
    routes: tuple[Route, ...]
    title: str
    text: str
    agreement: Agreement | None = None
    from_day: int = 0

    def fits(self, category: str, level: Level | None) -> bool:
        for_it = category in self.categories or DEFAULT in self.categories
        return for_it and (not self.levels or level in self.levels)

    def agreed(self, day: date) -> bool:
        """Whether it may leave as it stands, as far as the client goes."""
        return self.agreement is not None and self.agreement.holds(day)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """In the order of the text, each once."""
        return tuple(dict.fromkeys(_PLACEHOLDER.findall(self.text)))


def check_placeholders(text: str) -> None:
    """Raises `ValueError` with the first one that nobody could fill, or a brace that stands alone."""
    for name in _PLACEHOLDER.findall(text):
        if name not in HOLES:
            raise ValueError(f"{{{name}}}")
    stray = re.search(r"[{}].{0,20}", _PLACEHOLDER.sub("", text))
    if stray:
        raise ValueError(stray[0])


def fill(text: str, values: Mapping[str, str], hole: Callable[[str], str]) -> str:
    """Put the values in; what has none stays as a hole to be seen."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1]) or hole(found[1]), text)


def holes_left(text: str, holes: Iterable[str], handle: str) -> tuple[str, ...]:
    """Those that still stand in a text, as they stand there.

    A pseudonym that looks like one is none where it stands first.
    """
    return tuple(
        hole
        for hole in dict.fromkeys(holes)
        if hole in (text.replace(handle, "", 1) if hole in handle else text)
    )


def fitting(
    templates: Iterable[Template],
    *,
    category: str,
    level: Level | None,
    language: Locale,
    register: Register,
) -> tuple[Template, ...]:
    """Those for this crisis, in the language of the reply first.

    Where a kind is written in both registers only the wanted one is offered.
    """
    fit = [each for each in templates if each.fits(category, level)]
    wanted = {(t.kind, t.language) for t in fit if t.register is register}
    kept = [t for t in fit if t.register in {None, register} or (t.kind, t.language) not in wanted]
    return tuple(sorted(kept, key=lambda each: each.language != language))


def agreed_receipts(
    templates: Iterable[Template], *, category: str, level: Level | None, day: date
) -> tuple[Template, ...]:
    """Receipts that may leave as they stand: agreed to, and with nothing that a person must write."""
    return tuple(
        each
        for each in templates
        if each.kind is Kind.RECEIPT and each.agreed(day) and each.fits(category, level)
        if not BY_THE_WRITER.keys() & set(each.placeholders)
    )


def parse_templates(text: str) -> tuple[Template, ...]:
    """Read one of the files in `templates/`. Raises `ValueError` or `KeyError` when it is malformed."""
    return tuple(_template(entry) for entry in json.loads(text)["templates"])


def _template(entry: Mapping[str, Any]) -> Template:
    text = "\n".join(entry["text"])
    check_placeholders(text)
    return Template(
        id=entry["id"],
        kind=Kind(entry["kind"]),
        categories=tuple(entry["categories"]),
        levels=tuple(Level(level) for level in entry["levels"]),
        language=entry["language"],
        register=None if entry["register"] is None else Register(entry["register"]),
        routes=tuple(Route(route) for route in entry["routes"]),
        title=entry["title"],
        text=text,
        from_day=entry.get("from_day", 0),
    )
