"""The client's contact who has no seat where the cell meets is told by e-mail, without a word of the case."""

from pathlib import Path

import pytest

from bot.data import SAMPLE_PLAN
from bot.domain.ids import CrisisId
from bot.domain.verbs import Verb
from bot.ports import Ambiguous, Denied
from bot.store import Task
from tests.rig.core import Core
from tests.rig.memory import MemoryStore
from tests.rig.plain import plain
from tests.rig.post import Post

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


def test_it_is_sent_again_where_it_has_perhaps_gone(folder: Path) -> None:
    core = Core(plan=folder, carrier=Post(Ambiguous("cut")))
    opens(core)
    core.later(minutes=2)
    assert len(post(core).sent) == 1


def test_it_tells_the_room_when_it_is_refused(folder: Path) -> None:
    core = Core(plan=folder, carrier=Post(Denied("554")))
    opens(core)
    assert [said for said in core.chat.in_rooms() if "le mot au contact du client" in plain(said.card)]


def test_it_sends_none_without_a_mail_server(folder: Path) -> None:
    core = Core(plan=folder)
    opens(core)
    assert isinstance(core.store, MemoryStore)
    assert not [known for known in core.store.state.outgoing.values() if known.row.task is Task.MAIL]
