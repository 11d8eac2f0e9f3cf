"""What the gate is given and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from bot.domain.levels import Level
from bot.domain.reply_rules import Weight
from bot.domain.states import Age, Route
from bot.texts import Locale, Translator


@dataclass(frozen=True, slots=True)
class Facts:
    """What no text tells. None: nobody knows, and nothing is found.

    `call_settled`: the call for help is noted, or a reason why there is none (R03). `next_word_planned`: a
    reminder stands for it (R14). `reasons_given`: a hidden message has its statement of reasons (R20);
    `reasons_guessed`: by the words of its texts alone.
    `approvers_asked`: as categories.json asks (R23). `versions_agree`: the texts of all routes hold the same
    facts (R24). `known_numbers` and `addresses` are the community's own. `versions` are the texts of other
    routes (R24), `sent_before` templates and what others were sent (R10).
    """

    call_settled: bool | None = None
    next_word_planned: bool | None = None
    reasons_given: bool | None = None
    reasons_guessed: bool = False
    approvers_asked: bool | None = None
    versions_agree: bool | None = None
    age: Age = Age.UNKNOWN
    known_numbers: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    versions: tuple[str, ...] = ()
    sent_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reply to be checked, and what is known around it.

    `original` is what the member wrote, `level` the level in force (`bot.gate.level_in_force`), `language`
    that of the text. `country` is the member's; None: nobody knows it. `max_length` is in characters.
    """

    text: str
    original: str
    category: str
    level: Level | None
    country: str | None
    language: Locale
    routes: frozenset[Route]
    now: datetime
    member: str = ""
    max_length: int | None = None
    facts: Facts = field(default_factory=Facts)

    @property
    def public(self) -> bool:
        return Route.PUBLIC_POST in self.routes

    @property
    def in_distress(self) -> bool:
        return self.level is not None and self.level >= Level.D1


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found, before it is weighed. `how` is to be translated; `only_warns`: it never blocks."""

    rule: str
    how: str
    start: int = 0
    end: int = 0
    params: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))
    only_warns: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in the text (0, 0: something is missing), and how to mend it."""

    rule: str
    weight: Weight
    start: int
    end: int
    how: str
    params: Mapping[str, str | int] = field(hash=False)

    def said(self, _: Translator) -> str:
        """How to mend it, in one language."""
        return _(self.how, **self.params)
