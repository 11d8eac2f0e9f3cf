"""A crisis as rows, and back. A column bears the name of the field that it holds.

Values are plain here: `vault.py` seals them on the way in and opens them on the way out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from bot.domain.advice import Advice
from bot.domain.cell import Assignment
from bot.domain.contacts import NO_CONTACTS
from bot.domain.crisis import Crisis, Member, MemberMessage, Pending, Room
from bot.domain.drafts import Decision, Draft, Revision
from bot.domain.emergency import Call, Emergency
from bot.domain.guest_codes import GuestCode
from bot.domain.guests import Guest
from bot.domain.mailing import Mailing
from bot.domain.reaching import NOT_ASKED
from bot.domain.sending import Dispatch
from bot.storage import tables
from bot.storage.codec import CONTACTS, OVERRIDES, PROPOSALS, QUESTIONS, REACHING

Row = dict[str, Any]
Parts = Mapping[Table, Sequence[Mapping[str, Any]]]
"""The opened rows of one crisis, each table's in the order of its key."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table that holds a part of the crisis: its rows change only when `attribute` is another object."""

    table: Table
    attribute: str
    rows: Callable[[Crisis], Iterator[Row]]


def crisis_row(crisis: Crisis) -> Row:
    """The columns of the crisis itself."""
    pending = crisis.pending
    return _row(crisis, _CRISIS_FIELDS) | {
        "pending_act": pending and pending.act,
        "pending_by": pending and pending.by,
        "pending_at": pending and pending.at,
        "pending_reason": pending.reason if pending else "",
        "pending_target": pending and pending.target,
        "proposal": PROPOSALS.dump_json(crisis.proposal).decode() if crisis.proposal else "",
        "questions": QUESTIONS.dump_json(crisis.questions).decode() if crisis.questions else "",
        "contacts": CONTACTS.dump_json(crisis.contacts).decode() if crisis.contacts != NO_CONTACTS else "",
        "reaching": REACHING.dump_json(crisis.reaching).decode() if crisis.reaching != NOT_ASKED else "",
    }


def crisis_of(row: Mapping[str, Any], parts: Parts) -> Crisis:
    """Put a crisis together from its opened rows."""
    return Crisis(
        **{name: row[name] for name in _CRISIS_FIELDS},
        members=tuple(Member(**_fields(member)) for member in parts[tables.members]),
        messages=tuple(MemberMessage(**_fields(message)) for message in parts[tables.member_messages]),
        rooms=tuple(Room(**_fields(room)) for room in parts[tables.rooms]),
        assignments=tuple(Assignment(**_fields(assignment)) for assignment in parts[tables.assignments]),
        guests=tuple(Guest(**_fields(guest)) for guest in parts[tables.guests]),
        guest_codes=tuple(GuestCode(**_fields(code)) for code in parts[tables.guest_codes]),
        emergency=_emergency(parts),
        drafts=tuple(_draft(draft, parts) for draft in parts[tables.drafts]),
        dispatches=tuple(Dispatch(**_fields(dispatch)) for dispatch in parts[tables.dispatches]),
        mailings=tuple(Mailing(**_fields(mailing)) for mailing in parts[tables.mailings]),
        advice=tuple(Advice(**_fields(each)) for each in parts[tables.advice]),
        pending=_pending(row),
        proposal=PROPOSALS.validate_json(row["proposal"]) if row["proposal"] else None,
        questions=QUESTIONS.validate_json(row["questions"]) if row["questions"] else (),
        contacts=CONTACTS.validate_json(row["contacts"]) if row["contacts"] else NO_CONTACTS,
        reaching=REACHING.validate_json(row["reaching"]) if row["reaching"] else NOT_ASKED,
    )


def _pending(row: Mapping[str, Any]) -> Pending | None:
    if row["pending_act"] is None:
        return None
    return Pending(
        act=row["pending_act"],
        by=row["pending_by"],
        at=row["pending_at"],
        reason=row["pending_reason"],
        target=row["pending_target"],
    )


def _emergency(parts: Parts) -> Emergency | None:
    for row in parts[tables.emergencies]:
        return Emergency(**_fields(row), calls=tuple(Call(**_fields(call)) for call in parts[tables.calls]))
    return None


def _draft(row: Mapping[str, Any], parts: Parts) -> Draft:
    mine = {
        table: [_fields(part, "draft") for part in parts[table] if part["draft"] == row["number"]]
        for table in (tables.revisions, tables.decisions)
    }
    return Draft(
        **_fields(row, "overrides"),
        overrides=OVERRIDES.validate_json(row["overrides"]) if row["overrides"] else (),
        revisions=tuple(Revision(**revision) for revision in mine[tables.revisions]),
        decisions=tuple(Decision(**decision) for decision in mine[tables.decisions]),
    )


def _fields(row: Mapping[str, Any], *keys: str) -> Row:
    """The columns of a row that are fields: all but what says whose and which part it is."""
    return {name: value for name, value in row.items() if name not in {"crisis_id", "position", *keys}}


def _row(item: object, names: Sequence[str], **key: int) -> Row:
    return {**{name: getattr(item, name) for name in names if name not in key}, **key}


def _names(table: Table) -> Sequence[str]:
    return [column.name for column in table.c if column.name not in {"crisis_id", "position"}]


_OF_THEIR_OWN = ("pending_", "proposal", "contacts", "questions", "reaching")
"""Columns whose field has another shape."""

_BEFORE_MEMBERS = {column.name for column in tables.BEFORE_MEMBERS}

_CRISIS_FIELDS = [
    name
    for name in _names(tables.crises)
    if not name.startswith(_OF_THEIR_OWN) and name not in _BEFORE_MEMBERS
]


def _listed(table: Table, attribute: str) -> Part:
    """A tuple of the crisis, kept in its order."""
    names = _names(table)

    def rows(crisis: Crisis) -> Iterator[Row]:
        for position, item in enumerate(getattr(crisis, attribute)):
            yield _row(item, names, position=position)

    return Part(table, attribute, rows)


def _emergency_rows(crisis: Crisis) -> Iterator[Row]:
    if crisis.emergency is not None:
        yield _row(crisis.emergency, _names(tables.emergencies))


def _call_rows(crisis: Crisis) -> Iterator[Row]:
    for position, call in enumerate(crisis.emergency.calls if crisis.emergency else ()):
        yield _row(call, _names(tables.calls), position=position)


def _draft_rows(crisis: Crisis) -> Iterator[Row]:
    for draft in crisis.drafts:
        overrides = OVERRIDES.dump_json(draft.overrides).decode() if draft.overrides else ""
        yield _row(draft, _names(tables.drafts)) | {"overrides": overrides}


def _revision_rows(crisis: Crisis) -> Iterator[Row]:
    for draft in crisis.drafts:
        for revision in draft.revisions:
            yield _row(revision, _names(tables.revisions), draft=draft.number)


def _decision_rows(crisis: Crisis) -> Iterator[Row]:
    for draft in crisis.drafts:
        for position, decision in enumerate(draft.decisions):
            yield _row(decision, _names(tables.decisions), draft=draft.number, position=position)


PARTS = (
    _listed(tables.members, "members"),
    _listed(tables.member_messages, "messages"),
    _listed(tables.rooms, "rooms"),
    _listed(tables.assignments, "assignments"),
    _listed(tables.guests, "guests"),
    _listed(tables.guest_codes, "guest_codes"),
    _listed(tables.dispatches, "dispatches"),
    _listed(tables.mailings, "mailings"),
    _listed(tables.advice, "advice"),
    Part(tables.emergencies, "emergency", _emergency_rows),
    Part(tables.calls, "emergency", _call_rows),
    Part(tables.drafts, "drafts", _draft_rows),
    Part(tables.revisions, "drafts", _revision_rows),
    Part(tables.decisions, "drafts", _decision_rows),
)
