"""Crises about the same are found, and the database tells nobody what they are about."""

from datetime import timedelta

from bot.domain.crisis import Member, MemberMessage
from bot.domain.likeness import likenesses
from bot.domain.states import CrisisStatus
from bot.storage.seal import Keyring
from bot.storage.sql import SqlStore
from bot.storage.tables import crisis_marks
from bot.storage.vault import erase_words
from tests.rig.samples import NIGHT, opened_crisis

LINK = "https://forum.example/t/88#m412"
LONG_AGO = NIGHT - timedelta(days=365)


def about(serial, *, link="", handle="", **changes):
    message, member = MemberMessage("t1", "", link, NIGHT), Member("m1", handle)
    return opened_crisis(serial, messages=(message,), members=(member,), **changes)


def keep(store, *crises):
    with store.write() as uow:
        for crisis in crises:
            uow.crises.add(crisis)
        uow.commit()


def found(store, crisis, since=LONG_AGO):
    with store.read() as uow:
        return [other.number for other in uow.crises.alike(likenesses(crisis), opened_since=since)]


def test_it_finds_those_with_the_same_link_or_pseudonym(store):
    keep(store, about(1, link=LINK), about(2, handle="marin"), about(3, link=f"{LINK}3", handle="eau-douce"))
    assert found(store, about(9, link=LINK, handle="@Marin")) == ["2026-001", "2026-002"]


def test_it_finds_nothing_where_nothing_is_known(store):
    keep(store, about(1), about(2, link=LINK))
    assert found(store, about(9)) == []


def test_it_leaves_out_what_is_closed_and_what_is_old(store):
    old = about(1, link=LINK)
    keep(store, old, about(2, link=LINK, status=CrisisStatus.CLOSED), about(3, link=LINK))
    assert found(store, old, since=old.opened_at) == ["2026-003"]


def test_it_follows_what_is_learned_later(store):
    keep(store, about(1, handle="marin"))
    with store.write() as uow:
        crisis = uow.crises.numbered("2026-001")
        crisis.members = (Member("m1", "eau-douce"),)
        uow.commit()
    assert found(store, about(9, handle="marin")) == []
    assert found(store, about(9, handle="eau-douce")) == ["2026-001"]


def test_it_finds_what_an_older_secret_marked(database):
    keep(SqlStore(database, Keyring(["old"])), about(1, link=LINK))
    assert found(SqlStore(database, Keyring(["new", "old"])), about(9, link=LINK)) == ["2026-001"]
    assert found(SqlStore(database, Keyring(["another"])), about(9, link=LINK)) == []


def test_it_forgets_the_marks_of_erased_words(sql_store, database):
    crisis = about(1, link=LINK)
    keep(sql_store, crisis)
    with database.write() as connection:
        erase_words(connection, crisis.id)
        assert connection.execute(crisis_marks.select()).all() == []
