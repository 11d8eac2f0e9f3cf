"""What the gate finds in a draft as its crisis stands at this moment: computed, and stored nowhere."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache

from bot import data, gate
from bot.data.files import forgotten_with_the_files
from bot.domain import members, overrides
from bot.domain.crisis import Crisis
from bot.domain.drafts import Draft
from bot.domain.helplines import Openness
from bot.domain.ids import FIRST
from bot.domain.reply_rules import Weight
from bot.domain.states import Age, DraftStatus, Route, Standing
from bot.gate import Candidate, Facts, Finding
from bot.gate.known import gives_reasons
from bot.gate.quoted import quotations
from bot.gate.weighing import weights
from bot.guide import Guide
from bot.texts import Locale
from bot.triage.folding import fold
from bot.triage.language import language_of

KEPT = 256
"""Texts whose findings are kept in memory: a press, and each of the cards after it, ask for the same."""

_TO_ONE_PERSON = frozenset({"R09", "R10", "R11", "R27"})
"""Rules of a word to one member; a holding statement is for the public."""

_GRAVER = tuple(Weight).index
_ANY_HOUR = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, the ways of the draft on which it holds, and whether its place holds the member's words."""

    finding: Finding
    routes: tuple[Route, ...]
    quotes: bool


@dataclass(frozen=True, slots=True)
class Check:
    """What is found in a draft, the graver first. `grave`: at D4 or D5."""

    found: tuple[Found, ...]
    grave: bool

    @property
    def stopping(self) -> tuple[Found, ...]:
        """What stops the approval."""
        return tuple(each for each in self.found if each.finding.weight is Weight.BLOCK)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that stop it, each once."""
        return tuple(dict.fromkeys(each.finding.rule for each in self.stopping))

    def stops(self, draft: Draft) -> bool:
        """Whether the draft can be neither approved nor released as it is."""
        return overrides.lacking(draft, self.rules, grave=self.grave) > 0


@dataclass(frozen=True, slots=True)
class _Hour:
    """A moment; to the gate it is like any other at which the same lines answer."""

    answering: Collection[tuple[str, Openness]]
    at: datetime = field(compare=False)


def read_up() -> None:
    """Read what the gate knows, half a second: else whoever writes the first reply waits for it."""
    data.phrases()
    weights()


def check(guide: Guide, crisis: Crisis, draft: Draft, now: datetime) -> Check:
    """Check the current revision on each of its ways: some ms the first time, more for a long text.

    Nothing is looked for in a text to which the client has agreed.
    """
    if draft.agreed_by is not None:
        return Check((), grave=False)
    candidate = _candidate(guide, crisis, draft)
    found = _found(candidate, _Hour(_answering(candidate.country, now.replace(second=0, microsecond=0)), now))
    if draft.is_holding:
        found = tuple(each for each in found if each.finding.rule not in _TO_ONE_PERSON)
    level = candidate.level
    return Check(found, grave=level is not None and level.is_grave)


@lru_cache(maxsize=KEPT)
def _answering(country: str | None, minute: datetime) -> Collection[tuple[str, Openness]]:
    """The lines of a country that need no review, and whether they answer: their hours are whole minutes."""
    lines = data.help_lines().of_country(country)
    return frozenset((each.id, each.openness(minute)) for each in lines if each.review_due > minute.date())


def _candidate(guide: Guide, crisis: Crisis, draft: Draft) -> Candidate:
    """Of an unknown country we take the community's, as most of its members live there."""
    member = members.of_draft(crisis, draft)
    message = members.message_of(crisis, draft.member or FIRST)
    return Candidate(
        text=draft.current.text,
        original=message.text if message else "",
        category=crisis.category,
        level=gate.level_in_force(crisis.category, crisis.level),
        country=(member.country if member else "") or guide.community(crisis).country,
        language="en" if crisis.locale == "en" else "fr",
        routes=frozenset(draft.routes),
        now=_ANY_HOUR,
        member=member.handle if member else "",
        facts=_facts(guide, crisis, draft),
    )


def _facts(guide: Guide, crisis: Crisis, draft: Draft) -> Facts:
    """The call for help, whether anybody writes again, the member's age, where members write back.

    And what other members of the crisis were sent.
    """
    emergency, reply_to = crisis.emergency, guide.community(crisis).reply_to
    member = members.of_draft(crisis, draft)
    return Facts(
        call_settled=emergency is not None and emergency.settled,
        next_word_planned=member is None or not member.watch_stopped,
        age=member.age if member else Age.UNKNOWN,
        reasons_given=_reasons_given(crisis, draft),
        reasons_guessed=True,
        versions=_versions(crisis, draft),
        sent_before=members.sent_to_others(crisis, draft),
        addresses=frozenset({reply_to.address} if reply_to else ()),
    )


def _reasons_given(crisis: Crisis, draft: Draft) -> bool | None:
    """Where their message is hidden, whether a text to them reads like its statement of reasons.

    At D4 and D5 nobody is asked for it: it is owed, and can wait until the danger has passed.
    """
    message = members.message_of(crisis, draft.member or FIRST)
    level = gate.level_in_force(crisis.category, crisis.level)
    hidden = message is not None and message.standing is Standing.HIDDEN
    if not hidden or draft.is_holding or (level is not None and level.is_grave):
        return None
    theirs = (
        each for each in crisis.drafts if each.member == draft.member and each.status not in members.DEAD
    )
    return any(gives_reasons(each.current.text) for each in (draft, *theirs))


def _versions(crisis: Crisis, draft: Draft) -> tuple[str, ...]:
    """What is to go to the same member on other ways; what has been sent already was another word."""
    return tuple(
        other.current.text
        for other in crisis.drafts
        if other.member == draft.member
        and other.number != draft.number
        and other.status in {DraftStatus.IN_REVIEW, DraftStatus.APPROVED}
        and other.agreed_by is None
        and not other.is_holding
        and not set(other.routes) & set(draft.routes)
    )


@lru_cache(maxsize=KEPT)
def _found(candidate: Candidate, hour: _Hour) -> tuple[Found, ...]:
    written_in = language(candidate.text, usual=candidate.language)
    ways: dict[Finding, list[Route]] = {}
    for routes in _alike(candidate):
        one = replace(candidate, routes=frozenset(routes), now=hour.at, language=written_in)
        for finding in gate.check(one):
            ways.setdefault(finding, []).extend(routes)
    quotes = quotations(candidate.text, candidate.original)
    return tuple(
        Found(each, tuple(ways[each]), any(a < each.end and each.start < b for a, b in quotes))
        for each in sorted(ways, key=_first)
    )


def _alike(candidate: Candidate) -> Iterator[tuple[Route, ...]]:
    """The ways, together where the gate makes no difference: an e-mail and a private message that hold it."""
    lengths = data.reply_rules().lengths
    private = (Route.PRIVATE_MESSAGE, Route.EMAIL)
    together = tuple(
        route for route in private if route in candidate.routes and len(candidate.text) <= lengths[route]
    )
    if together:
        yield together
    yield from ((route,) for route in Route if route in candidate.routes and route not in together)


def _first(finding: Finding) -> tuple[int, int, str]:
    return _GRAVER(finding.weight), finding.start, finding.rule


def language(text: str, *, usual: Locale) -> Locale:
    """That of a text; where it is in both, the room's."""
    found = language_of(fold(text))
    return usual if found == "fr+en" else ("en" if found == "en" else "fr")


forgotten_with_the_files(_answering.cache_clear, _found.cache_clear)
