"""Words of people are sealed in the database, and stay readable to those who hold the secret."""

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import delete, select, update

from bot.cards import Answer, Card, Quote
from bot.domain.events import NoteAdded
from bot.domain.ids import Platform, RoomRef
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind
from bot.ports import RoomPlace
from bot.storage.seal import Keyring, WrongKey, check_key
from bot.storage.sql import SqlStore
from bot.storage.tables import journal, member_messages, metadata
from bot.storage.vault import Erased, erase_words
from bot.store import CardKind, Outgoing, Task
from tests.rig.samples import LEA, NIGHT, crisis_with_everything

SECRET = "a secret for tests"  # conftest.py's
WORDS = "bergamote"
CRISIS = crisis_with_everything(words=WORDS)
NOTE = NoteAdded(at=NIGHT, by=LEA, text=f"{WORDS} (note)")
CARD = Outgoing(
    id=0,
    task=Task.CARD,
    platform=Platform.SLACK,
    subject="s",
    at=NIGHT,
    kind=CardKind.NEWS,
    place=RoomPlace(Platform.SLACK, RoomRef("C1")),
    crisis=CRISIS.id,
    text=f"{WORDS} (à dire)",
    shown=1,
)
REMINDER = Reminder(ReminderKind.PERSONAL, "s", 1, NIGHT, CRISIS.id, LEA, f"{WORDS} (rappel)")


@pytest.fixture
def written(sql_store):
    """Return a store that holds the words in every place that is sealed."""
    with sql_store.write() as uow:
        uow.crises.add(crisis_with_everything(words=WORDS))
        uow.journal.append(CRISIS.id, [NOTE, NOTE, NOTE], recorded_at=NIGHT)
        uow.outbox.put([CARD])
        uow.reminders.plan([REMINDER])
        uow.inbox.remember("k", Answer(card=Card("", "", (Quote(WORDS),))), at=NIGHT)
        uow.commit()
    return sql_store


def reopened(database, keyring):
    """The store as another process sees it."""
    return SqlStore(database, keyring)


def every_value(database):
    with database.read() as connection:
        for name in metadata.tables:
            for row in connection.exec_driver_sql(f"SELECT * FROM {name}"):
                yield from row


def change(database, statement):
    with database.write() as connection:
        changed = connection.execute(statement).rowcount
        connection.commit()
    assert changed == 1


def erase(database):
    with database.write() as connection:
        erase_words(connection, CRISIS.id)
        connection.commit()


@pytest.mark.usefixtures("written")
def test_it_holds_no_word_of_anyone_in_the_clear(database):
    values = [value for value in every_value(database) if isinstance(value, str | bytes)]
    assert values
    assert [v for v in values if WORDS in (v if isinstance(v, str) else v.decode("latin-1"))] == []


def test_it_leaves_no_word_in_the_files_of_sqlite(sqlite, opened, keyring, tmp_path):
    with SqlStore(opened(sqlite), keyring).write() as uow:
        uow.crises.add(crisis_with_everything(words=WORDS))
        uow.commit()
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert any(CRISIS.number.encode() in content for content in files.values())
    assert [name for name, content in files.items() if WORDS.encode() in content] == []


@pytest.mark.usefixtures("written")
def test_it_reads_everything_with_the_secret(database, keyring):
    with reopened(database, keyring).read() as uow:
        assert uow.crises.get(CRISIS.id).messages == CRISIS.messages
        assert uow.journal.of(CRISIS.id)[0].event == NOTE
        assert uow.outbox.at(CARD.place)[0].text == CARD.text
        assert uow.reminders.of(CRISIS.id) == [REMINDER]
        assert uow.inbox.answer_to("k").card.blocks == (Quote(WORDS),)


@pytest.mark.usefixtures("written")
def test_it_reads_nothing_with_another_secret(database):
    stranger = SqlStore(database, Keyring(["another"]))
    with stranger.read() as uow, pytest.raises(WrongKey):
        uow.crises.get(CRISIS.id)
    with stranger.read() as uow, pytest.raises(WrongKey):
        uow.journal.of(CRISIS.id)
    with stranger.read() as uow, pytest.raises(WrongKey):
        uow.inbox.answer_to("k")


@pytest.mark.usefixtures("written")
def test_it_reads_what_an_older_secret_sealed(database):
    with reopened(database, Keyring(["new", SECRET])).read() as uow:
        assert uow.crises.get(CRISIS.id).messages == CRISIS.messages
        assert uow.inbox.answer_to("k") is not None


def test_it_seals_with_the_newest_secret(database):
    with SqlStore(database, Keyring(["new", SECRET])).write() as uow:
        uow.crises.add(crisis_with_everything())
        uow.commit()
    with reopened(database, Keyring(["new"])).read() as uow:
        assert uow.crises.get(CRISIS.id).members


def check(database, *secrets):
    with database.write() as connection:
        check_key(connection, Keyring(secrets))


def test_it_starts_again_with_the_same_secret(database):
    check(database, "first")
    check(database, "first")


def test_it_stops_the_start_with_another_secret_and_says_what_to_do(database):
    check(database, "first")
    with pytest.raises(WrongKey, match=r"cannot open this database.*n'ouvre pas cette base"):
        check(database, "second")


def test_it_starts_with_a_new_secret_before_the_old_one(database):
    check(database, "first")
    check(database, "second", "first")
    check(database, "second", "first")


@pytest.mark.parametrize("secret", ["first", "second"])
def test_it_stops_the_start_once_one_of_two_secrets_is_missing(database, secret):
    check(database, "first")
    check(database, "second", "first")
    with pytest.raises(WrongKey):
        check(database, secret)


def test_it_erases_the_words_of_a_crisis_and_keeps_its_course(written, database, keyring):
    erase(database)
    for store in (written, reopened(database, keyring)):
        with store.read() as uow:
            crisis = uow.crises.get(CRISIS.id)
            assert crisis.number == CRISIS.number
            assert crisis.drafts[0].decisions[0].verdict is CRISIS.drafts[0].decisions[0].verdict
            assert WORDS not in repr(crisis)
            assert uow.outbox.at(CARD.place)[0].text == ""
            assert uow.reminders.of(CRISIS.id)[0].text == ""


def test_it_verifies_the_journal_of_erased_words(written, database):
    erase(database)
    with written.read() as uow:
        assert uow.journal.broken_at(CRISIS.id) is None
        assert uow.journal.of(CRISIS.id) == []
    change(database, delete(journal).where(journal.c.seq == 2))
    with written.read() as uow:
        assert uow.journal.broken_at(CRISIS.id) == 3


def test_it_writes_no_word_into_an_erased_crisis(written, database):
    erase(database)
    with written.write() as uow:
        uow.journal.append(CRISIS.id, [NOTE], recorded_at=NIGHT)
        with pytest.raises(Erased):
            uow.commit()


def test_it_leaves_the_words_of_other_crises(written, database):
    other = crisis_with_everything(2, words=WORDS)
    with written.write() as uow:
        uow.crises.add(other)
        uow.commit()
    erase(database)
    with written.read() as uow:
        assert uow.crises.get(other.id) == other


@pytest.mark.parametrize(
    "changed",
    [
        {"by": "claire"},
        {"kind": "crisis_closed"},
        {"occurred_at": NIGHT.replace(year=2027)},
        {"recorded_at": NIGHT.replace(year=2027)},
        {"payload": b"other"},
        {"hash": b"other"},
    ],
)
def test_it_finds_the_entry_that_was_changed(written, database, changed):
    change(database, update(journal).where(journal.c.seq == 2).values(changed))
    with written.read() as uow:
        assert uow.journal.broken_at(CRISIS.id) == 2


def test_it_finds_that_an_entry_was_taken_out(written, database):
    change(database, delete(journal).where(journal.c.seq == 1))
    with written.read() as uow:
        assert uow.journal.broken_at(CRISIS.id) == 2


def test_it_finds_that_an_entry_was_numbered_anew(written, database):
    change(database, update(journal).where(journal.c.seq == 3).values(seq=7))
    with written.read() as uow:
        assert uow.journal.broken_at(CRISIS.id) == 7


def test_it_finds_that_entries_changed_places(written, database):
    for before, after in ((3, 4), (2, 3), (4, 2)):
        change(database, update(journal).where(journal.c.seq == before).values(seq=after))
    with written.read() as uow:
        assert uow.journal.broken_at(CRISIS.id) == 2


def test_it_opens_no_text_that_was_moved_to_another_crisis(written, database, keyring):
    other = crisis_with_everything(2, words="autre")
    with written.write() as uow:
        uow.crises.add(other)
        uow.commit()
    mine = select(member_messages.c.text).where(member_messages.c.crisis_id == CRISIS.id).scalar_subquery()
    change(database, update(member_messages).where(member_messages.c.crisis_id == other.id).values(text=mine))
    with reopened(database, keyring).read() as uow, pytest.raises(InvalidTag):
        uow.crises.get(other.id)


@pytest.mark.usefixtures("written")
def test_it_opens_no_text_that_was_moved_to_another_column(database, keyring):
    change(database, update(member_messages).values(text=member_messages.c.link))
    with reopened(database, keyring).read() as uow, pytest.raises(InvalidTag):
        uow.crises.get(CRISIS.id)


@pytest.mark.usefixtures("written")
def test_it_seals_the_same_words_differently_each_time(database):
    with database.read() as connection:
        payloads = list(connection.scalars(select(journal.c.payload)))
    assert len(set(payloads)) == 3


def test_it_never_uses_a_key_that_was_rolled_back(sql_store, database, keyring):
    with sql_store.write() as uow:
        uow.crises.add(crisis_with_everything(words=WORDS))
    with sql_store.write() as uow:
        uow.crises.add(crisis_with_everything(words=WORDS))
        uow.commit()
    with reopened(database, keyring).read() as uow:
        assert uow.crises.get(CRISIS.id).messages == CRISIS.messages
