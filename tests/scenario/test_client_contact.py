"""The client's contact is told once that a crisis is open, without a word of it."""

from pathlib import Path

import pytest

from bot.data import SAMPLE_PLAN
from bot.domain.events import ClientContactTold
from bot.domain.ids import CrisisId, Platform
from bot.domain.verbs import Verb
from tests.rig.chat import Chat
from tests.rig.core import Core
from tests.rig.plain import plain
from tests.scenario.test_quiet_hours import MORNING

QUIET = 'quiet: "22:00-07:30"'
CONTACT = "  paula: {name: Paula Client, email: paula@client.example, slack: U01PAULA, teams: %s}\n"
SEAT = "5f3c0000-0000-0000-0000-0000000000aa"


def plan(folder: Path, who: str = "paula") -> Path:
    """The sample plan, whose forum has a contact: Paula, who has no role in it."""
    path = folder / "plan.yaml"
    text = SAMPLE_PLAN.read_text("utf-8").replace("people:\n", "people:\n" + CONTACT % SEAT, 1)
    lines = f"    client_contact: {who}\n    {QUIET}\n"
    path.write_text(text.replace("    code: fe  ", f"{lines}    code: fe  ", 1), "utf-8")
    return path


@pytest.fixture(params=[Platform.SLACK, Platform.TEAMS])
def core(tmp_path: Path, request: pytest.FixtureRequest) -> Core:
    """A quarter past three in a community that sleeps."""
    return Core(plan=plan(tmp_path), chat=Chat(request.param))


def told(core: Core, who: str = "paula") -> list[str]:
    return [plain(said.card) for said in core.chat.read_by(who)]


def opens(core: Core, first: str = "leak_or_threat") -> CrisisId:
    crisis = core.opens(first=first)
    core.settle()
    return crisis


def test_it_tells_that_a_crisis_is_open_and_no_word_of_it(core: Core) -> None:
    crisis = opens(core, "someone_in_danger")
    (said,) = told(core)
    assert "Une crise de gravité 4 a été ouverte à 03:14 dans votre communauté Forum Exemple." in said
    assert "C'est Léa qui la conduit." in said
    assert "[" not in said, "no button"
    for word in ("aidez-moi", "étresse", "danger"):
        assert word not in said
    core.later(hours=4)
    assert len(told(core)) == 1
    with core.store.read() as uow:
        (event,) = [e.event for e in uow.journal.of(crisis) if isinstance(e.event, ClientContactTold)]
    assert event.person == "paula"


def test_it_tells_nobody_who_is_called_into_the_cell_anyway(tmp_path: Path) -> None:
    core = Core(plan=plan(tmp_path, "claire"))
    opens(core)
    assert len(told(core, "claire")) == 1
    assert "Votre rôle" in told(core, "claire")[0]


def test_it_lets_them_sleep_when_it_is_not_grave(core: Core) -> None:
    opens(core, "anger_or_image")
    assert told(core) == []
    core.now = MORNING
    core.settle()
    assert len(told(core)) == 1


def test_it_tells_them_at_once_when_it_becomes_grave(core: Core) -> None:
    crisis = opens(core, "anger_or_image")
    assert core.fill("lea", Verb.SEVERITY, crisis, severity="3").code is None
    core.settle()
    (said,) = told(core)
    assert "gravité 3" in said
    core.now = MORNING
    core.settle()
    assert len(told(core)) == 1


def test_it_never_tells_of_what_was_closed_in_the_night(core: Core) -> None:
    crisis = opens(core, "anger_or_image")
    assert core.fill("lea", Verb.FALSE_ALARM, crisis, reason="un test").code is None
    core.now = MORNING
    core.settle()
    assert told(core) == []


@pytest.mark.parametrize(
    ("verb", "who", "after"),
    [
        (Verb.FALSE_ALARM, "lea", "C'était une fausse alerte"),
        (Verb.CLOSE, "claire", "La crise a été close à"),
    ],
)
def test_it_says_in_the_same_message_that_it_is_over(core: Core, verb: Verb, who: str, after: str) -> None:
    crisis = opens(core)
    assert core.fill(who, verb, crisis, reason="le-motif").code is None
    core.settle()
    (said,) = told(core)
    assert after in said
    assert "le-motif" not in said


def test_it_says_that_it_was_another_community(core: Core) -> None:
    crisis = core.opens("ines", first="leak_or_threat")
    core.settle()
    assert len(told(core)) == 1
    assert core.fill("ines", Verb.COMPLETE, crisis, community="club").code is None
    core.settle()
    (said,) = told(core)
    assert "par erreur" in said
    assert "Forum" not in said
