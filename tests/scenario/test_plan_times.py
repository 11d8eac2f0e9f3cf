"""Times of a plan that changes while a crisis is open: what is to come follows, what was said stays."""

from datetime import timedelta
from pathlib import Path

from bot.cards import ChoiceField
from bot.data import SAMPLE_PLAN
from bot.domain.ids import CrisisId, Platform
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from bot.main import guide_of
from bot.plan.loading import load_plan_file
from tests.rig.core import Core

SAMPLE = SAMPLE_PLAN.read_text("utf-8")
DECIDE = "decide: {remind: 10m, deputy: 20m, manager: 30m}"


def takes_over(core: Core, folder: Path, old: str, new: str) -> None:
    """The service reads a plan in which this was changed for the first community."""
    assert old in SAMPLE
    plan = folder / "changed.yaml"
    plan.write_text(SAMPLE.replace(old, new, 1), "utf-8")
    core.application.guide = guide_of(load_plan_file(plan), (Platform.SLACK,))
    core.application.follow_plan(core.now)


def rows(core: Core, crisis: CrisisId, kind: ReminderKind) -> list[Reminder]:
    with core.store.read() as uow:
        return [r for r in uow.reminders.of(crisis) if r.kind is kind]


def ahead(core: Core, crisis: CrisisId, kind: ReminderKind) -> list[timedelta]:
    """How far the planned steps of a kind are."""
    planned = (r for r in rows(core, crisis, kind) if r.status is ReminderStatus.PLANNED)
    return [r.due_at - core.now for r in planned]


def minutes(*many: int) -> list[timedelta]:
    return [timedelta(minutes=each) for each in many]


def test_it_moves_the_steps_of_a_decision_and_keeps_those_that_were_said(tmp_path: Path) -> None:
    core = Core()
    crisis = core.opens()
    core.proposes(crisis)
    core.later(minutes=10)
    takes_over(
        core,
        tmp_path,
        "decide: {remind: 10m, deputy: 20m, manager: 30m}",
        "decide: {remind: 5m, deputy: 40m, manager: 50m}",
    )
    assert ahead(core, crisis, ReminderKind.DECIDE) == minutes(30, 40)


def test_it_does_at_once_what_should_have_come_by_now(tmp_path: Path) -> None:
    core = Core()
    crisis = core.opens()
    core.proposes(crisis)
    core.later(minutes=11)
    takes_over(
        core,
        tmp_path,
        "decide: {remind: 10m, deputy: 20m, manager: 30m}",
        "decide: {remind: 5m, deputy: 9m, manager: 30m}",
    )
    assert ahead(core, crisis, ReminderKind.DECIDE) == minutes(0, 19)


def test_it_moves_the_steps_of_the_search_for_contacts(tmp_path: Path) -> None:
    core = Core()
    crisis = core.opens()
    core.later(minutes=10)
    takes_over(core, tmp_path, "within: 15m, remind: 10m", "within: 1h, remind: 20m")
    assert ahead(core, crisis, ReminderKind.CONTACTS) == minutes(50, 70)


def test_it_changes_nothing_when_the_plan_is_the_same(tmp_path: Path) -> None:
    core = Core()
    crisis = core.opens()
    core.proposes(crisis)
    core.later(minutes=11)
    before = [ahead(core, crisis, kind) for kind in ReminderKind]
    calls = len(core.chat.calls)
    takes_over(core, tmp_path, "    code: fe ", "    code: fe ")
    core.deliver()
    assert [ahead(core, crisis, kind) for kind in ReminderKind] == before
    assert len(core.chat.calls) == calls


def test_it_moves_the_re_reading_of_the_first_message(tmp_path: Path) -> None:
    core = Core()
    crisis = core.opens()
    form = core.press("lea", Verb.FIRST_MESSAGE, crisis).form
    assert form is not None
    choices = [field for field in form.fields if isinstance(field, ChoiceField) and field.name == "message"]
    shown = choices[0].options[0][0]
    core.fill("lea", Verb.FIRST_MESSAGE, crisis, message=shown, routes="private_message")
    (before,) = ahead(core, crisis, ReminderKind.REREAD)
    takes_over(core, tmp_path, 'digest: "08:30"', 'digest: "10:00"')
    assert ahead(core, crisis, ReminderKind.REREAD) == [before + timedelta(minutes=90)]


def test_it_moves_the_checks_on_a_member_who_is_not_in_distress(tmp_path: Path) -> None:
    core = Core()
    crisis = core.opens(first="anger_or_image")
    core.later(days=2)
    takes_over(core, tmp_path, "follow_up: {default: [3d]", "follow_up: {default: [1d, 6d]")
    (check,) = ahead(core, crisis, ReminderKind.FOLLOW_UP)
    assert timedelta(days=3) < check <= timedelta(days=4)
    takes_over(core, tmp_path, "follow_up: {default: [3d]", "follow_up: {default: [1d]")
    assert ahead(core, crisis, ReminderKind.FOLLOW_UP) == [timedelta(0)]
