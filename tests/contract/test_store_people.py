"""What every store promises about the inbox, one-time links and wishes."""

from datetime import timedelta

import pytest

from bot.cards import (
    Action,
    Actions,
    Answer,
    Button,
    Card,
    Fields,
    Form,
    Mention,
    Quote,
    RoomLink,
    Text,
    TextField,
)
from bot.domain.ids import Platform, RoomRef
from bot.domain.verbs import Verb
from bot.store import Conflict, DigestWish
from tests.rig.samples import CLAIRE, LEA, NIGHT

HOUR = timedelta(hours=1)
BUTTON = Button("Approuver", Action(Verb.APPROVE, "s", 2))
LINK = RoomLink("Aller au salon", Platform.WEB, RoomRef("r"))
WHOLE_ANSWER = Answer(
    card=Card(
        "Résumé",
        "Titre",
        (Text("a"), Quote("b\0", "c"), Fields((("d", "e"),)), Mention((LEA,), "f"), Actions((BUTTON, LINK))),
    ),
    form=Form(Action(Verb.NOTE), "Note", "Écrire", "Annuler", (TextField("text", "Texte"),), (Text("g"),)),
    errors={"text": "Écrivez quelque chose."},
    code="text_empty",
)


def remember(store, answer):
    with store.write() as uow:
        uow.inbox.remember("k", answer, at=NIGHT)
        uow.commit()


def test_it_remembers_an_answer_whole(store):
    with store.write() as uow:
        uow.inbox.remember("k", WHOLE_ANSWER, at=NIGHT)
        assert uow.inbox.answer_to("k") == WHOLE_ANSWER
        uow.commit()
    with store.read() as uow:
        assert uow.inbox.answer_to("k") == WHOLE_ANSWER


def test_it_tells_an_empty_answer_from_none(store):
    remember(store, Answer())
    with store.read() as uow:
        assert uow.inbox.answer_to("k") == Answer()
        assert uow.inbox.answer_to("other") is None


def test_it_forgets_old_answers(store):
    with store.write() as uow:
        uow.inbox.remember("old", Answer(), at=NIGHT)
        uow.inbox.remember("new", Answer(), at=NIGHT + HOUR)
        uow.inbox.forget_before(NIGHT + HOUR)
        uow.commit()
    with store.read() as uow:
        assert uow.inbox.answer_to("old") is None
        assert uow.inbox.answer_to("new") == Answer()


def test_it_refuses_to_remember_the_same_interaction_twice(store):
    remember(store, Answer(code="first"))
    with pytest.raises(Conflict):
        remember(store, Answer(code="second"))
    with store.read() as uow:
        assert uow.inbox.answer_to("k") == Answer(code="first")


def add_link(store):
    with store.write() as uow:
        uow.links.add(b"hash", CLAIRE, expires_at=NIGHT + HOUR)
        uow.commit()


def burn(store, token_hash=b"hash", *, now=NIGHT):
    with store.write() as uow:
        person = uow.links.burn(token_hash, now=now)
        uow.commit()
        return person


def test_it_burns_a_link_once(store):
    add_link(store)
    assert burn(store) == CLAIRE
    assert burn(store) is None


def test_it_does_not_burn_a_link_without_a_commit(store):
    add_link(store)
    with store.write() as uow:
        assert uow.links.burn(b"hash", now=NIGHT) == CLAIRE
    assert burn(store) == CLAIRE


def test_it_knows_no_expired_link(store):
    add_link(store)
    assert burn(store, now=NIGHT + HOUR) is None


def test_it_knows_no_link_that_was_never_made(store):
    assert burn(store, b"other") is None


def test_it_keeps_until_when_each_person_is_away(store):
    with store.write() as uow:
        uow.absences.save(CLAIRE, until=NIGHT + HOUR)
        uow.absences.save(LEA, until=NIGHT + HOUR)
        uow.absences.save(CLAIRE, until=NIGHT + 2 * HOUR)
        uow.commit()
    with store.read() as uow:
        assert uow.absences.at(NIGHT) == {CLAIRE: NIGHT + 2 * HOUR, LEA: NIGHT + HOUR}
        assert uow.absences.at(NIGHT + HOUR) == {CLAIRE: NIGHT + 2 * HOUR}


def test_it_knows_at_once_who_went_away_or_came_back(store):
    with store.write() as uow:
        assert uow.absences.at(NIGHT) == {}
        uow.absences.save(LEA, until=NIGHT + HOUR)
        assert uow.absences.at(NIGHT) == {LEA: NIGHT + HOUR}
        uow.absences.end(LEA)
        assert uow.absences.at(NIGHT) == {}


def test_it_keeps_the_last_wish_of_each_person(store):
    with store.write() as uow:
        uow.digest_wishes.save(DigestWish(CLAIRE, stopped=True))
        uow.digest_wishes.save(DigestWish(LEA, at="07:00"))
        uow.digest_wishes.save(DigestWish(CLAIRE, at="09:30"))
        uow.commit()
    with store.read() as uow:
        assert uow.digest_wishes.all() == {
            CLAIRE: DigestWish(CLAIRE, at="09:30"),
            LEA: DigestWish(LEA, at="07:00"),
        }


def test_it_finds_an_address_again_by_platform_and_name(store):
    with store.write() as uow:
        uow.addresses.save(Platform.TEAMS, "direct:1", "old")
        uow.addresses.save(Platform.TEAMS, "direct:1", "a:1")
        uow.addresses.save(Platform.SLACK, "direct:1", "D1")
        assert uow.addresses.get(Platform.TEAMS, "direct:1") == "a:1"
        uow.commit()
    with store.read() as uow:
        assert uow.addresses.get(Platform.TEAMS, "direct:1") == "a:1"
        assert uow.addresses.get(Platform.SLACK, "direct:1") == "D1"
        assert uow.addresses.get(Platform.WEB, "direct:1") is None
