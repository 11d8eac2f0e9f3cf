"""How much is asked of the database: a person waits for it."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.cards import Answer
from bot.domain.cell import Assignment
from bot.domain.drafts import Decision
from bot.domain.events import DraftApproved, PersonAsked
from bot.domain.ids import PersonId, Platform, RoomRef
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import AskedAs, ReminderKind, Verdict
from bot.ports import RoomPlace
from bot.storage.parts import PARTS
from bot.storage.sql import SqlStore
from bot.store import CardKind, Outgoing, Task
from tests.rig.samples import LEA, NIGHT, YVES, crisis_with_everything

CRISIS = crisis_with_everything()
PLACE = RoomPlace(Platform.SLACK, RoomRef("C1"))


@pytest.fixture
def statements(database):
    """Return the statements sent so far."""
    sent: list[str] = []

    def keep(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(database.writer, "before_cursor_execute", keep)
    return sent


def open_whole_crisis(store):
    crisis = crisis_with_everything()
    cell = [PersonId(f"p{n}") for n in range(8)]
    crisis.assignments = tuple(Assignment(p, Role.MODERATOR, AskedAs.HOLDER, NIGHT) for p in cell)
    asked = [PersonAsked(at=NIGHT, person=p, role=Role.MODERATOR, asked_as=AskedAs.HOLDER) for p in cell]
    cards = [
        Outgoing(
            0,
            Task.CARD,
            Platform.SLACK,
            f"{crisis.id}.p.{p}",
            NIGHT,
            CardKind.PING,
            crisis=crisis.id,
            place=PLACE,
        )
        for p in cell
    ]
    with store.write() as uow:
        assert uow.inbox.answer_to("open") is None
        assert uow.crises.next_number(2026) == crisis.number
        uow.crises.add(crisis)
        uow.journal.append(crisis.id, asked, recorded_at=NIGHT)
        uow.outbox.put(cards)
        uow.reminders.plan([Reminder(ReminderKind.TAKE_UP, p, 1, NIGHT, crisis.id) for p in cell])
        uow.inbox.remember("open", Answer(), at=NIGHT)
        uow.commit()


def approve(store):
    with store.write() as uow:
        assert uow.inbox.answer_to("press") is None
        crisis = uow.crises.get(CRISIS.id)
        decision = Decision(1, YVES, (Role.DPO,), Verdict.APPROVED, NIGHT)
        crisis.drafts = (replace(crisis.drafts[0], decisions=(*crisis.drafts[0].decisions, decision)),)
        crisis.record(DraftApproved(at=NIGHT, by=LEA, draft=1, revision=1, roles=(Role.DPO,), complete=False))
        uow.journal.append(crisis.id, crisis.events, recorded_at=NIGHT)
        uow.reminders.cancel(ReminderKind.DECIDE, f"{crisis.id}.d1")
        uow.outbox.refresh(CardKind.DRAFT, f"{crisis.id}.d1", at=NIGHT)
        uow.outbox.refresh(CardKind.BRIEF, crisis.id, at=NIGHT)
        uow.inbox.remember("press", Answer(), at=NIGHT)
        uow.commit()


def selects_to_get_the_crisis(store, statements):
    statements.clear()
    with store.write() as uow:
        uow.crises.get(CRISIS.id)
    return len([statement for statement in statements if statement.startswith("SELECT")])


def test_it_opens_a_whole_crisis_in_few_statements(sql_store, statements):
    open_whole_crisis(sql_store)
    assert len(statements) <= len(PARTS) + 10


def test_it_writes_a_press_in_few_statements(sql_store, statements):
    open_whole_crisis(sql_store)
    statements.clear()
    approve(sql_store)
    assert len(statements) <= 9


def test_it_reads_a_crisis_that_it_wrote_in_one_statement(sql_store, statements):
    open_whole_crisis(sql_store)
    assert selects_to_get_the_crisis(sql_store, statements) == 1


def test_it_reads_a_crisis_that_it_read_before_in_one_statement(sql_store, database, keyring, statements):
    open_whole_crisis(sql_store)
    other = SqlStore(database, keyring)
    assert selects_to_get_the_crisis(other, statements) > 1
    assert selects_to_get_the_crisis(other, statements) == 1


def test_it_loads_many_crises_in_as_many_statements_as_one(sql_store, database, keyring, statements):
    with sql_store.write() as uow:
        for serial in range(1, 31):
            uow.crises.add(crisis_with_everything(serial))
        uow.commit()
    statements.clear()
    with SqlStore(database, keyring).write() as uow:
        assert len(uow.crises.of(["forum"])) == 30
    assert len(statements) <= len(PARTS) + 3


def test_it_opens_the_texts_of_many_crises_with_one_statement_more(sql_store, statements):
    crises = [crisis_with_everything(serial) for serial in range(1, 11)]
    with sql_store.write() as uow:
        for crisis in crises:
            uow.crises.add(crisis)
            uow.outbox.put(
                [Outgoing(0, Task.FILE, Platform.SLACK, crisis.id, NIGHT, crisis=crisis.id, text="Mot")]
            )
            uow.reminders.plan([Reminder(ReminderKind.PERSONAL, crisis.id, 1, NIGHT, crisis.id, text="Mot")])
        uow.commit()
    statements.clear()
    with sql_store.write() as uow:
        assert len(uow.outbox.claim(now=NIGHT, lease_until=NIGHT, limit=10)) == 10
    with sql_store.write() as uow:
        assert len(uow.reminders.claim_due(now=NIGHT, limit=10)) == 10
    selects = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(selects) == 4


def test_it_writes_nothing_for_a_crisis_that_was_only_read(sql_store, statements):
    open_whole_crisis(sql_store)
    statements.clear()
    with sql_store.write() as uow:
        uow.crises.get(CRISIS.id)
        uow.commit()
    assert [s for s in statements if s.startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_it_writes_the_changed_part_alone(sql_store, statements):
    open_whole_crisis(sql_store)
    statements.clear()
    with sql_store.write() as uow:
        crisis = uow.crises.get(CRISIS.id)
        crisis.assignments = (
            *crisis.assignments[:-1],
            replace(crisis.assignments[-1], asked_as=AskedAs.NAMED),
        )
        uow.commit()
    written = [s.split()[:3] for s in statements if s.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == [["UPDATE", "crises", "SET"], ["INSERT", "INTO", "assignments"]]


def test_it_finds_what_is_due_without_reading_what_is_not(sqlite, opened, keyring):
    database = opened(sqlite)
    plans: list[str] = []

    def explain(_connection, cursor, statement, parameters, *_rest):
        if statement.startswith("SELECT"):
            plans.extend(
                row[3] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            )

    event.listen(database.writer, "before_cursor_execute", explain)
    with SqlStore(database, keyring).write() as uow:
        uow.outbox.claim(now=NIGHT, lease_until=NIGHT, limit=1)
        uow.reminders.claim_due(now=NIGHT, limit=1)
    used = [plan.split()[plan.split().index("INDEX") + 1] for plan in plans if "USING INDEX" in plan]
    assert used == ["ix_outgoing_undelivered", "ix_outgoing_lane", "ix_reminders_planned"]
