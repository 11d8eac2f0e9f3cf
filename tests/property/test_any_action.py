"""Whatever a button or a form may bring back, it is answered: no act of any shape breaks the service."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cards import Answer
from bot.domain.ids import CrisisId
from bot.domain.verbs import Verb
from bot.storage.engine import open_database
from bot.storage.seal import Keyring
from bot.storage.sql import SqlStore
from tests.rig.core import Core
from tests.rig.examples import examples
from tests.rig.migrated import migrated

PARTS = st.sampled_from(
    [
        ".d1",
        ".d1.email",
        ".d1.fax",
        ".a1",
        ".f1",
        ".r1",
        ".p.lea",
        ".g.0123456789ab",
        ".d",
        ".f",
        ".d0",
        ".d-1",
        ".d1.d1",
        ".d²",
        ".d٣",
        ".",
    ]
)
HUGE = st.sampled_from([2**31, 2**63, 2**64, 10**40]).map(lambda n: f".f{n}") | st.just(".d" + "9" * 5000)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["\x00", "\u202e", "<!channel>", "9" * 30, "2026-11-24", "D4", "email", "1", "15"]
)
REVISIONS = st.none() | st.integers(0, 3) | st.just(999_999_999)
NAMES = [
    "text",
    "link",
    "first_choice",
    "community",
    "reason",
    "message",
    "severity",
    "level",
    "level_reason",
    "category",
    "when",
    "note",
    "route",
    "routes",
    "role",
    "person",
    "outcome",
    "standing",
    "written_at",
    "called_at",
    "service",
    "age",
    "country",
    "at",
    "handle",
    "name",
    "email",
    "platform",
    "despite_waiting",
    "then",
    "private",
    "asked_by_member",
]
COMMANDS = [
    "open",
    "urgent",
    "note",
    "remind",
    "ask lawyer",
    "avis",
    "rappel",
    "role",
    "guest",
    "severity",
    "gravité",
    "log",
    "close",
    "cancel",
    "annuler",
    "clore",
    "list",
    "handover",
]
VALUES = st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=8)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    database = open_database(migrated(tmp_path_factory.mktemp("any")))
    core = Core(store=SqlStore(database, Keyring(["a secret for tests"])))
    core.crisis_id = core.opens()  # type: ignore[attr-defined]
    core.proposes(core.opens())
    yield core
    database.close()


def subjects(crisis: CrisisId) -> st.SearchStrategy[str]:
    return (
        st.sampled_from(["", "\ud800"])
        | TEXTS
        | st.builds(lambda tail: crisis + tail, st.just("") | PARTS | HUGE | TEXTS)
    )


@settings(max_examples=examples(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), verb=st.sampled_from(Verb), revision=REVISIONS, values=VALUES)
def test_it_answers_any_act(
    core: Core, data: st.DataObject, verb: Verb, revision: int | None, values: dict
) -> None:
    """No adapter brings a revision of more than nine digits, nor half a surrogate pair in a text."""
    subject = data.draw(subjects(core.crisis_id), label="subject")  # type: ignore[attr-defined]
    assert isinstance(core.press("lea", verb, subject, revision), Answer)
    assert isinstance(core.fill("lea", verb, subject, revision, **values), Answer)


@settings(max_examples=examples(40))
@given(text=TEXTS | st.builds("{} {}".format, st.sampled_from(COMMANDS), TEXTS))
def test_it_answers_any_command(core: Core, text: str) -> None:
    assert isinstance(core.command("lea", text), Answer)
