"""Whatever a crisis, an event or an answer holds comes back as it was."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import get_args, get_type_hints
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.advice import Advice
from bot.domain.axes import Axis
from bot.domain.cell import Assignment
from bot.domain.contacts import Contact, Contacts, Search
from bot.domain.crisis import Crisis, Member, MemberMessage, Pending, Room
from bot.domain.drafts import Decision, Draft, Revision
from bot.domain.emergency import Call, Emergency
from bot.domain.events import Event
from bot.domain.guest_codes import GuestCode
from bot.domain.guests import Guest
from bot.domain.ids import CrisisId, Platform, RoomRef
from bot.domain.labels import Label
from bot.domain.levels import Level
from bot.domain.mailing import Mailing
from bot.domain.overrides import Override
from bot.domain.proposal import CountryHint, Proposal, Reason
from bot.domain.questions import PublicQuestion
from bot.domain.reaching import Reaching, Taken
from bot.domain.roster import Role
from bot.domain.sending import Dispatch
from bot.domain.states import (
    Age,
    AskedAs,
    CallOutcome,
    Confidence,
    CrisisStatus,
    DispatchStatus,
    DraftStatus,
    MailStatus,
    Means,
    Presence,
    Recourse,
    RoomStatus,
    Route,
    Source,
    Standing,
    Verdict,
)
from bot.reactions.texts import EVENTS
from bot.storage.sql import SqlStore
from tests.rig.examples import examples

one_database = settings(
    max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture]
)

hours = st.datetimes(timezones=st.just(UTC))
counts = st.integers(0, 2**31 - 1)
ids = st.from_regex(r"[a-z0-9._-]{1,12}", fullmatch=True)
words = st.text(max_size=40)  # what people write: anything, NUL included


def few(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


def perhaps(strategy):
    return st.none() | strategy


def numbered(items):
    return tuple(replace(item, number=number) for number, item in enumerate(items, start=1))


members = st.builds(
    Member,
    id=ids,
    handle=words,
    platform=words,
    age=st.sampled_from(Age),
    country=words,
    anchored_at=perhaps(hours),
    watch_stopped=st.booleans(),
    watch_silent=st.booleans(),
    unanswered=counts,
    excused=words,
    own_crisis=perhaps(ids),
)
messages = st.builds(
    MemberMessage,
    id=ids,
    text=words,
    link=words,
    seen_at=hours,
    written_at=perhaps(hours),
    standing=st.sampled_from(Standing),
    standing_since=perhaps(hours),
    member=ids,
)
rooms = st.builds(
    Room,
    platform=st.sampled_from(Platform),
    status=st.sampled_from(RoomStatus),
    ref=perhaps(ids.map(RoomRef)),
    name=ids,
)
assignments = st.builds(
    Assignment,
    person=ids,
    role=st.sampled_from(Role),
    asked_as=st.sampled_from(AskedAs),
    asked_at=hours,
    presence=st.sampled_from(Presence),
    answered_at=perhaps(hours),
    instead_of=perhaps(ids),
    offered_to=perhaps(ids),
    offered_at=perhaps(hours),
)
guests = st.builds(
    Guest,
    person=ids,
    role=st.sampled_from(Role),
    made_by=ids,
    expires_at=hours,
    token_hash=perhaps(ids),
    name=words,
    email=words,
    opened_at=perhaps(hours),
    mail=perhaps(st.sampled_from(MailStatus)),
    mail_token=perhaps(ids),
    with_code=st.booleans(),
)
guest_codes = st.builds(GuestCode, link=ids, hash=ids, made_at=hours, mail_token=ids, tries=counts)
calls = st.builds(
    Call, service=words, by=ids, called_at=hours, said=words, reference=words, recorded_at=hours
)
emergencies = st.builds(
    Emergency,
    declared_by=ids,
    declared_at=hours,
    settled=st.booleans(),
    on_phone_by=perhaps(ids),
    on_phone_until=perhaps(hours),
    not_needed=words,
    reminded=counts,
    outcome=perhaps(st.sampled_from(CallOutcome)),
    outcome_at=perhaps(hours),
    outcome_asked=counts,
    calls=few(calls),
)
revisions = st.builds(Revision, number=st.just(0), text=words, fingerprint=ids, by=ids, at=hours)
decisions = st.builds(
    Decision,
    revision=counts,
    person=ids,
    roles=few(st.sampled_from(Role)),
    verdict=st.sampled_from(Verdict),
    at=hours,
    reason=words,
    private=st.booleans(),
)
overrides = st.builds(Override, revision=counts, rules=few(ids), person=ids, at=hours, reason=words)
drafts = st.builds(
    Draft,
    number=st.just(0),
    status=st.sampled_from(DraftStatus),
    routes=few(st.sampled_from(Route)),
    proposed_at=hours,
    revisions=few(revisions).map(numbered),
    decisions=few(decisions),
    released_by=perhaps(ids),
    released_at=perhaps(hours),
    agreed_by=perhaps(ids),
    promised_at=perhaps(hours),
    overrides=few(overrides),
    member=ids,
)
dispatches = st.builds(
    Dispatch,
    draft=counts,
    route=st.sampled_from(Route),
    status=st.sampled_from(DispatchStatus),
    by=perhaps(ids),
    at=perhaps(hours),
    note=words,
)
mailings = st.builds(
    Mailing,
    number=counts,
    draft=counts,
    address=words,
    subject=words,
    token=ids,
    asked_by=ids,
    asked_at=hours,
    status=st.sampled_from(MailStatus),
    tries=counts,
    at=perhaps(hours),
    again_at=perhaps(hours),
    code=ids,
)
advice = st.builds(
    Advice,
    number=counts,
    role=st.sampled_from(Role),
    question=words,
    asked_by=ids,
    asked_at=hours,
    said=words,
    given_by=perhaps(ids),
    given_at=perhaps(hours),
)
found = st.builds(
    Contact,
    number=counts,
    means=st.sampled_from(Means),
    value=words,
    source=st.sampled_from(Source),
    confidence=st.sampled_from(Confidence),
    found_by=ids,
    found_at=hours,
    wrong_by=perhaps(ids),
    wrong_at=perhaps(hours),
    wrong_why=words,
)
searches = st.builds(
    Search,
    number=counts,
    role=st.sampled_from(Role),
    asked_at=hours,
    step=counts,
    ended_by=perhaps(ids),
    ended_at=perhaps(hours),
    stopped=st.booleans(),
    reason=words,
)
labels = st.builds(Label, fr=words, en=words)
proposals = st.builds(
    Proposal,
    category=ids,
    level=st.sampled_from(Level),
    language=ids,
    reasons=few(st.builds(Reason, start=counts, end=counts, term=words, why=labels)),
    settled=st.booleans(),
    words=words,
    axes=few(st.sampled_from(Axis)),
    country=st.none() | st.builds(CountryHint, countries=few(ids), why=labels, start=counts, end=counts),
)
questions = st.builds(
    PublicQuestion,
    number=counts,
    text=words,
    kept_by=ids,
    kept_at=hours,
    answered_by=perhaps(ids),
    answered_at=perhaps(hours),
)
taken = st.builds(Taken, recourse=st.sampled_from(Recourse), by=ids, done_at=hours, at=hours, note=words)
pendings = st.builds(Pending, act=ids, by=ids, at=hours, reason=words, target=ids)
crises = st.builds(
    Crisis,
    id=st.builds(lambda: CrisisId(uuid4().hex)),
    number=st.builds(lambda: uuid4().hex),
    community=ids,
    locale=st.sampled_from(["fr", "en"]),
    category=ids,
    severity=st.integers(1, 4),
    opened_by=ids,
    opened_at=hours,
    level=perhaps(st.sampled_from(Level)),
    status=st.sampled_from(CrisisStatus),
    drill=st.booleans(),
    closed_by=perhaps(ids),
    closed_at=perhaps(hours),
    close_reason=words,
    members=few(members),
    messages=few(messages),
    rooms=few(rooms),
    assignments=few(assignments),
    guests=few(guests),
    guest_codes=few(guest_codes),
    emergency=perhaps(emergencies),
    drafts=few(drafts).map(numbered),
    dispatches=few(dispatches),
    mailings=few(mailings),
    advice=few(advice),
    contacts=st.builds(Contacts, found=few(found), search=perhaps(searches)),
    reaching=st.builds(Reaching, said_at=perhaps(hours), stands=st.booleans(), taken=few(taken)),
    pending=perhaps(pendings),
    proposal=perhaps(proposals),
    questions=few(questions),
    goes_with=few(ids),
    merged_into=st.none() | ids,
    silenced_by=perhaps(ids),
    silenced_at=perhaps(hours),
    reminders_set=counts,
)


def event_of(kind):
    hints = get_type_hints(kind)
    given_fields = {
        field.name: hours if hints[field.name] is datetime else st.from_type(hints[field.name])
        for field in fields(kind)
        if field.name != "kind"
    }
    return st.builds(kind, **given_fields)


events = st.one_of([event_of(kind) for kind in get_args(Event)])


@one_database
@given(crisis=crises)
def test_it_gives_back_any_crisis(database, keyring, crisis):
    with SqlStore(database, keyring).write() as uow:
        uow.crises.add(crisis)
        uow.commit()
    with SqlStore(database, keyring).read() as uow:
        assert uow.crises.get(crisis.id) == crisis


@one_database
@given(before=crises, after=crises)
def test_it_writes_any_change_of_a_crisis(database, keyring, before, after):
    store = SqlStore(database, keyring)
    with store.write() as uow:
        uow.crises.add(before)
        uow.commit()
    with store.write() as uow:
        crisis = uow.crises.get(before.id)
        for field in fields(Crisis):
            if field.name not in {"id", "number", "version", "events"}:
                setattr(crisis, field.name, getattr(after, field.name))
        uow.commit()
    with SqlStore(database, keyring).read() as uow:
        assert uow.crises.get(before.id) == crisis


@settings(max_examples=examples(100))
@given(event=events)
def test_it_gives_back_any_event(event):
    assert EVENTS.validate_json(EVENTS.dump_json(event)) == event
