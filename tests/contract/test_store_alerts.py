"""Alerts come back as they were, sealed while they wait."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.alerts import Alert
from bot.storage.tables import alerts
from tests.rig.samples import LEA, NIGHT

ALERT = Alert(
    "00000000000000a1",
    "forum",
    "bergamote (nom)",
    "bergamote (texte)",
    "bergamote (lien)",
    NIGHT,
    account="bergamote (compte)",
    written_at=NIGHT,
)


def kept(store, alert_id=ALERT.id):
    with store.read() as uow:
        return uow.alerts.get(alert_id)


def add(store):
    with store.write() as uow:
        uow.alerts.add(ALERT)
        uow.commit()


def test_it_gives_back_an_alert(store):
    add(store)
    assert kept(store) == ALERT
    assert kept(store, "nobody") is None


def test_it_keeps_what_was_decided(store):
    add(store)
    decided = replace(
        ALERT, text="", link="", decided_by=LEA, decided_at=NIGHT, opened="2026-001", reason="x"
    )
    with store.write() as uow:
        uow.alerts.save(decided)
        uow.commit()
    assert kept(store) == decided


def test_it_gives_those_of_the_last_while(store):
    add(store)
    with store.read() as uow:
        assert uow.alerts.raised_since(NIGHT) == [ALERT]
        assert uow.alerts.raised_since(NIGHT + timedelta(seconds=1)) == []


def test_it_seals_the_words_of_an_alert(sql_store, database):
    add(sql_store)
    with database.read() as connection:
        (row,) = connection.execute(alerts.select())
    assert b"bergamote" not in b"".join(value for value in row if isinstance(value, bytes))
    assert not any(isinstance(value, str) and "bergamote" in value for value in row)


def test_it_names_those_that_nobody_has_decided_on(store):
    later = replace(ALERT, id="a2", raised_at=ALERT.raised_at + timedelta(minutes=1))
    with store.write() as uow:
        uow.alerts.add(later)
        uow.alerts.add(ALERT)
        uow.alerts.add(replace(ALERT, id="a3", decided_by=LEA, decided_at=ALERT.raised_at))
        uow.commit()
    with store.read() as uow:
        assert [alert.id for alert in uow.alerts.undecided()] == [ALERT.id, later.id]
