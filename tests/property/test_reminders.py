"""Reminders: whatever time does, downtime and clock changes among it, each is said once and none too many."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ids import CrisisId
from bot.domain.roster import Role
from bot.domain.states import ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from bot.store import JournalEntry
from tests.rig.core import Core
from tests.rig.examples import examples

PARIS = ZoneInfo("Europe/Paris")
STARTS = st.sampled_from(
    [
        datetime(2026, 10, 24, 22, 30, tzinfo=UTC),  # the night in which an hour comes twice
        datetime(2027, 3, 27, 23, 30, tzinfo=UTC),  # the night in which one is missing
        datetime(2026, 12, 31, 22, 50, tzinfo=UTC),
        datetime(2026, 7, 14, 3, 0, tzinfo=UTC),
    ]
)
PAUSES = st.lists(
    st.sampled_from([0.3, 1, 1, 2, 3, 5, 7, 16, 31, 61, 125, 300, 725, 1441, 4400]).map(
        lambda minutes: timedelta(minutes=minutes)
    ),
    min_size=3,
    max_size=14,
)
"""How long the service looks away each time: seconds, or three days."""

ACTS = st.sampled_from(
    ["nothing", "take_up", "decline", "draft", "approve", "danger", "called", "later", "record"]
)
AFTER_THE_END = {
    "follow_up_due",
    "follow_up_overdue",
    "reminder_fired",
    "emergency_unrecorded",
    "room_archived",
}
"""What may still be said of a closed crisis: about the member, what people asked for, a call not recorded."""
BY_ITSELF = AFTER_THE_END | {"person_asked_again", "decision_overdue", "sending_overdue"}


def journal(core: Core, crisis: CrisisId) -> list[JournalEntry]:
    with core.store.read() as uow:
        return list(uow.journal.of(crisis))


def does(core: Core, crisis: CrisisId, act: str) -> None:
    match act:
        case "take_up":
            core.press("claire", Verb.TAKE_UP, crisis)
        case "decline":
            core.press("farid", Verb.DECLINE, crisis)
        case "draft":
            core.fill("lea", Verb.DRAFT, crisis, text="Bonjour.", routes="email")
        case "approve":
            core.press("noe", Verb.APPROVE, f"{crisis}.d1", 1)
        case "danger":
            core.press("lea", Verb.LIFE_IN_DANGER, crisis)
        case "called":
            core.fill("lea", Verb.I_CALLED, crisis, service="15")
        case "later":
            core.press("lea", Verb.FOLLOW_UP_LATER, f"{crisis}.f1")
        case "record":
            core.fill("lea", Verb.FOLLOW_UP_RECORD, f"{crisis}.f1", outcome="better")
        case _:
            pass


def said_of(entry: JournalEntry) -> tuple[object, ...]:
    """What a reminder was about, and which time it was."""
    event = entry.event
    names = ("person", "draft", "revision", "ordinal", "reminder")
    times = ("attempt", "step", "ordinal")
    about = tuple(getattr(event, name, None) for name in names)
    return (event.kind, about, *(getattr(event, name, None) for name in times))


@settings(max_examples=examples(15))
@given(start=STARTS, pauses=PAUSES, acts=st.lists(ACTS, min_size=14, max_size=14), end=st.integers(2, 13))
def test_it_says_each_thing_once(start, pauses, acts, end):
    core = Core(now=start)
    crisis = core.opens()
    core.fill("lea", Verb.REMIND, crisis, when="dans 2h", text="rappeler")
    for turn, pause in enumerate(pauses):
        does(core, crisis, acts[turn])
        if turn == end:
            core.fill("claire", Verb.CLOSE, crisis, reason="fin", despite_waiting="rien")
        core.now += pause
        core.settle()
    entries = journal(core, crisis)
    spoken = [entry for entry in entries if entry.event.kind in BY_ITSELF]
    postponed = sum(entry.event.kind == "follow_up_postponed" for entry in entries)
    times = Counter(said_of(entry) for entry in spoken if not entry.event.kind.startswith("follow_up"))
    assert max(times.values(), default=1) == 1
    due = Counter(said_of(entry) for entry in spoken if entry.event.kind == "follow_up_due")
    assert max(due.values(), default=1) <= 1 + postponed

    # What fell due while nobody looked is said once a subject, as its last step.
    together = Counter((entry.event.at, entry.event.kind, said_of(entry)[1]) for entry in spoken)
    assert max(together.values(), default=1) == 1

    closed = [entry.seq for entry in entries if entry.event.kind == "crisis_closed"]
    if closed:
        later = {entry.event.kind for entry in spoken if entry.seq > closed[0]}
        assert later <= AFTER_THE_END

    with core.store.read() as uow:
        planned = [r for r in uow.reminders.of(crisis) if r.status is ReminderStatus.PLANNED]
    assert not [r for r in planned if r.due_at <= core.now]


@settings(max_examples=examples(15))
@given(start=STARTS, pauses=st.lists(st.integers(10, 3000), min_size=4, max_size=25))
def test_it_brings_one_morning_page_a_day(start, pauses):
    """At half past eight of the person's own clock, whichever way that was changed meanwhile."""
    core = Core(now=start)
    awake: set[date] = set()
    core.application.prepare(core.now)
    core.opens(first="not_sure")
    for minutes in pauses:
        core.now += timedelta(minutes=minutes)
        core.application.prepare(core.now)
        core.settle()
        page = datetime.combine(core.now.astimezone(PARIS).date(), time(8, 30), PARIS)
        if start < page <= core.now:
            awake.add(page.date())
    for manager in core.guide().community(core.crisis(core.crises()[0])).holders(Role.MANAGER):
        with core.store.read() as uow:
            rows = uow.reminders.of_kind(ReminderKind.DIGEST, statuses=["done", "due", "planned"])
            mine = [row for row in rows if row.subject == manager]
        pages = [said for said in core.chat.read_by(manager) if said.mark.startswith("digest.")]
        assert len({row.ordinal for row in mine}) == len(mine)
        for row in mine:
            local = row.due_at.astimezone(PARIS)
            assert (local.hour, local.minute) == (8, 30)
            assert local.date() == date.fromordinal(row.ordinal)
        assert len(pages) == len(awake)
        (coming,) = [row for row in mine if row.status is ReminderStatus.PLANNED]
        assert coming.due_at > core.now
