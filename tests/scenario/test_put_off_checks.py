"""A check on the member that was put off, or waits to be said: nothing else that happens takes it away."""

from datetime import timedelta

from bot.domain.ids import CrisisId
from bot.domain.states import ReminderKind, ReminderStatus
from bot.domain.subjects import follow_up_subject
from bot.domain.verbs import Verb
from tests.rig.core import Core


def due(core: Core, crisis: CrisisId) -> list[str]:
    with core.store.read() as uow:
        rows = uow.reminders.of(crisis)
    return [r.subject for r in rows if r.kind is ReminderKind.FOLLOW_UP and r.status is ReminderStatus.DUE]


def put_off(core: Core, crisis: CrisisId) -> str:
    """The first check of the first member, by an hour."""
    core.later(days=4)
    subject = due(core, crisis)[0]
    assert core.press("lea", Verb.FOLLOW_UP_LATER, subject).code is None
    return subject


def test_it_asks_again_though_another_member_got_their_first_word() -> None:
    core = Core()
    crisis = core.opens("lea", first="anger_or_image")
    core.fill("lea", Verb.RECEIPT, crisis, route="private_message", sent_at="")
    subject = put_off(core, crisis)
    core.fill("lea", Verb.ADD, crisis, text="moi aussi", member="another", handle="Loutre")
    core.fill("lea", Verb.RECEIPT, crisis, route="private_message", sent_at="", member="m2")
    core.later(hours=1)
    assert subject in due(core, crisis)


def test_it_asks_again_though_somebody_completed_what_is_known() -> None:
    core = Core()
    crisis = core.opens("lea")
    subject = put_off(core, crisis)
    core.fill("lea", Verb.COMPLETE, crisis, handle="Loutre", country="BE", age="adult")
    core.later(hours=1)
    assert subject in due(core, crisis)


def test_it_asks_late_though_somebody_completed_what_is_known_before_it_was_said() -> None:
    core = Core()
    crisis = core.opens("lea", first="anger_or_image")
    core.now += timedelta(days=4)
    core.fill("lea", Verb.COMPLETE, crisis, handle="Loutre", country="BE")
    core.settle()
    assert follow_up_subject(core.crisis(crisis), 1) in due(core, crisis)
