"""A first word that somebody wrote to the member by themselves is recorded with one press."""

from datetime import timedelta

import pytest

from bot.cards import ChoiceField, TextField
from bot.domain.errors import Code
from bot.domain.events import ReceiptSent
from bot.domain.ids import CrisisId, Platform
from bot.domain.states import ReminderKind
from bot.domain.verbs import Verb
from tests.rig.chat import Chat
from tests.rig.core import Core
from tests.rig.plain import plain

BUTTON = "Premier mot envoyé…"
OWED = "attend un premier mot"


@pytest.fixture(params=[Platform.SLACK, Platform.TEAMS])
def core(request: pytest.FixtureRequest) -> Core:
    """A quarter past three."""
    return Core(chat=Chat(request.param))


def brief(core: Core) -> str:
    return next(plain(said.card) for said in core.chat.in_rooms() if "Réponse" in plain(said.card))


def records(core: Core, crisis: CrisisId, *, who: str = "lea", at: str = "") -> str | None:
    code = core.fill(who, Verb.RECEIPT, crisis, route="public_post", sent_at=at).code
    core.settle()
    return code


def test_it_is_offered_where_no_first_message_was_agreed_to(core: Core) -> None:
    crisis = core.opens(first="not_sure")
    assert f"[{BUTTON}]" in brief(core)
    form = core.press("lea", Verb.RECEIPT, crisis).form
    assert form is not None
    filled = {f.name: f.value for f in form.fields if isinstance(f, TextField | ChoiceField)}
    assert filled == {"route": "private_message", "sent_at": "03:14"}


def test_it_stops_the_clock_of_the_first_word_alone(core: Core) -> None:
    crisis = core.opens(first="anger_or_image")
    assert "premier mot au plus tard à 03:29" in brief(core)
    core.later(minutes=10)
    assert records(core, crisis) is None
    assert "Premier mot au membre à 03:24." in brief(core)
    assert "premier mot au plus tard" not in brief(core)
    assert "réponse au plus tard à 07:14" in brief(core)
    assert BUTTON not in brief(core)
    core.later(minutes=20)
    assert not [said for said in core.chat.read_by("lea") if OWED in plain(said.card)]


def test_it_stands_in_the_journal(core: Core) -> None:
    crisis = core.opens(first="anger_or_image")
    core.later(minutes=5)
    records(core, crisis, at="03:16")
    with core.store.read() as uow:
        (event,) = [each.event for each in uow.journal.of(crisis) if isinstance(each.event, ReceiptSent)]
    assert event.by == "lea"
    assert event.sent_at == core.now.replace(minute=16, second=0, microsecond=0)


def test_it_takes_back_what_was_asked(core: Core) -> None:
    crisis = core.opens(first="anger_or_image")
    core.later(minutes=10)
    asked = [said for said in core.chat.read_by("lea") if f"[{BUTTON}]" in plain(said.card)]
    assert len(asked) == 1
    records(core, crisis)
    assert "Premier mot au membre" in plain(asked[0].card)
    assert BUTTON not in plain(asked[0].card)


def test_it_is_the_first_word_from_which_the_follow_ups_count(core: Core) -> None:
    crisis = core.opens(first="anger_or_image")
    core.later(hours=6)
    records(core, crisis)
    with core.store.read() as uow:
        (check,) = [
            r for r in uow.reminders.of(crisis) if r.kind is ReminderKind.FOLLOW_UP and r.status == "planned"
        ]
    assert check.due_at >= core.now + timedelta(days=3)


def test_it_is_refused_twice_and_for_an_hour_to_come(core: Core) -> None:
    crisis = core.opens(first="anger_or_image")
    assert records(core, crisis, at="bientôt") is Code.BAD_VALUE
    assert core.crisis(crisis).anchored_at is None
    assert records(core, crisis) is None
    assert records(core, crisis, who="denis") is Code.ALREADY_DONE


def test_it_leaves_no_trace_of_a_press_in_a_closed_crisis(core: Core) -> None:
    crisis = core.opens(first="anger_or_image")
    assert core.fill("claire", Verb.CLOSE, crisis, reason="vu avec le client").code is None
    assert records(core, crisis) is Code.CRISIS_CLOSED
    assert core.crisis(crisis).anchored_at is None


def test_it_stands_behind_more_where_a_first_message_may_be_sent(core: Core) -> None:
    crisis = core.opens()
    assert BUTTON not in brief(core)
    more = core.press("lea", Verb.MORE, crisis).card
    assert more is not None
    assert BUTTON in plain(more)
