"""The client's contact who has no seat where the cell meets is told by e-mail, without a word of the case."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.carrying import Job, Outcome
from bot.data import SAMPLE_PLAN
from bot.domain.crisis import Room
from bot.domain.events import DeliveryFailed
from bot.domain.ids import CrisisId, Platform, RoomRef
from bot.domain.states import CrisisStatus, RoomStatus
from bot.domain.verbs import Verb
from bot.ports import Ambiguous, Denied, Email, Unreachable
from bot.recording import PATIENCE, record
from bot.store import Outgoing, Task
from tests.rig.core import Core
from tests.rig.memory import MemoryStore
from tests.rig.plain import plain
from tests.rig.post import Post
from tests.scenario.test_mail import events

PAULA = "  paula: {name: Paula Client, email: paula@client.example, external: true}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    text = SAMPLE_PLAN.read_text("utf-8").replace("people:\n", "people:\n" + PAULA, 1)
    path.write_text(text.replace("    code: fe  ", "    client_contact: paula\n    code: fe  ", 1), "utf-8")
    return path


def opens(core: Core) -> CrisisId:
    crisis = core.opens()
    core.settle()
    return crisis


def post(core: Core) -> Post:
    assert isinstance(core.carrier, Post)
    return core.carrier


def test_it_tells_that_a_crisis_is_open_and_no_word_of_it(folder: Path) -> None:
    core = Core(plan=folder, carrier=Post())
    opens(core)
    [mail] = post(core).sent
    assert mail.to == "paula@client.example"
    assert "Une crise de gravité 4 a été ouverte" in mail.text
    assert "C'est Léa qui la conduit." in mail.text
    assert not [word for word in ("aidez-moi", "étresse", "danger") if word in mail.subject + mail.text]


def test_it_says_once_more_when_it_is_over_and_nothing_between(folder: Path) -> None:
    core = Core(plan=folder, carrier=Post())
    crisis = opens(core)
    core.fill("lea", Verb.SEVERITY, crisis, severity="3", reason="moins grave")
    core.later(minutes=30)
    assert len(post(core).sent) == 1
    core.fill("helene", Verb.CLOSE, crisis, reason="réglé")
    core.later(minutes=1)
    assert [("close" in mail.text, mail.to) for mail in post(core).sent[1:]] == [
        (True, "paula@client.example")
    ]


def test_it_says_that_it_is_over_once_though_a_danger_is_declared_after(folder: Path) -> None:
    core = Core(plan=folder, carrier=Post())
    crisis = opens(core)
    core.fill("helene", Verb.CLOSE, crisis, reason="réglé")
    core.later(minutes=1)
    told = len(post(core).sent)
    answer = core.press("lea", Verb.LIFE_IN_DANGER, crisis)
    assert answer.code is None, answer
    core.later(minutes=1)
    assert core.crisis(crisis).status is CrisisStatus.CLOSED
    assert len(post(core).sent) == told


def test_it_is_sent_again_where_it_has_perhaps_gone(folder: Path) -> None:
    core = Core(plan=folder, carrier=Post(Ambiguous("cut")))
    opens(core)
    core.later(minutes=2)
    assert len(post(core).sent) == 1


def test_it_is_sent_twice_at_most_where_nobody_knows(folder: Path) -> None:
    core = Core(plan=folder, carrier=Post(*[Ambiguous("cut")] * 30))
    opens(core)
    for _minute in range(30):
        core.later(minutes=1)
    assert post(core).tries == 2
    assert [said for said in core.chat.in_rooms() if "le mot au contact du client" in plain(said.card)]


@pytest.mark.parametrize("lost", [False, True])
def test_it_says_nothing_of_the_room_in_a_browser(folder: Path, *, lost: bool) -> None:
    """Neither that it is lost while the mail server is silent, nor that it is back once a notice went."""
    core = Core(plan=folder, carrier=Post(Ambiguous("cut")))
    crisis = opens(core)
    room = Room(Platform.WEB, RoomStatus.READY, RoomRef("a-page"), lost_at=core.now if lost else None)
    outcome = Outcome(
        Job(replace(notice(core), attempts=PATIENCE), email=Email("", "", "", "", "fr", core.now))
    )
    with core.store.write() as uow:
        found = uow.crises.get(crisis)
        assert found is not None
        found.rooms += (room,)
        record(uow, outcome if lost else replace(outcome, error=Unreachable("no_connection")), now=core.now)
        core.application.settle(uow, now=core.now)
        uow.commit()
    assert core.crisis(crisis).rooms[-1] == room
    assert any(isinstance(event, DeliveryFailed) for event in events(core, crisis)) is not lost


def notice(core: Core) -> Outgoing:
    assert isinstance(core.store, MemoryStore)
    return next(known.row for known in core.store.state.outgoing.values() if known.row.task is Task.MAIL)


def test_it_tells_the_room_when_it_is_refused(folder: Path) -> None:
    core = Core(plan=folder, carrier=Post(Denied("554")))
    opens(core)
    assert [said for said in core.chat.in_rooms() if "le mot au contact du client" in plain(said.card)]


def test_it_sends_none_without_a_mail_server(folder: Path) -> None:
    core = Core(plan=folder)
    opens(core)
    assert isinstance(core.store, MemoryStore)
    assert not [known for known in core.store.state.outgoing.values() if known.row.task is Task.MAIL]
