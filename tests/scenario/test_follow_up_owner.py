"""Whoever is reminded to look after the member can write down how it went."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.cards import Action
from bot.data import SAMPLE_PLAN
from bot.domain.cell import holders, roles_of
from bot.domain.ids import CrisisId, PersonId, Platform
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from bot.interactions import Departure
from tests.rig.acts import act, press
from tests.rig.core import Core, actor, fresh_key
from tests.rig.reading import dialog, direct, in_room, text
from tests.rig.refused import closes, released, the_crisis
from tests.rig.service import Rig, served, workspace
from tests.rig.slack.service import MovedClock


@asynccontextmanager
async def closed_then_without_lea(folder: Path) -> AsyncIterator[Rig]:
    """Léa answers alone, the crisis is closed; then a plan without her in the forum is applied."""
    clock = MovedClock()
    with workspace() as slack:
        async with served(slack, folder, clock) as rig:
            await rig.user("lea").command("/crisis urgence un membre va mal")
            await rig.settle()
            await released(rig)
            for route in ("private_message", "email"):
                await act(rig, "lea", Action(Verb.DISPATCH, f"{the_crisis(rig).id}.d1.{route}", 1))
                await rig.user("lea").submit(await dialog(rig, "lea"), {"note": "parti"})
                await rig.settle()
            await closes(rig)
        plan = folder / "plan.yaml"
        written = SAMPLE_PLAN.read_text("utf-8")
        plan.write_text(written.replace("moderator: [lea, ines]", "moderator: [ines]"), "utf-8")
        async with served(slack, folder, clock, plan=plan) as rig:
            yield rig


async def test_it_brings_in_whoever_is_reminded_and_lets_them_write_it_down(tmp_path: Path) -> None:
    async with closed_then_without_lea(tmp_path) as rig:
        assert roles_of(the_crisis(rig), PersonId("ines")) == ()
        await rig.later(hours=3)
        assert roles_of(the_crisis(rig), PersonId("ines")) == (Role.MODERATOR,)
        assert "UINES" in rig.slack.rooms[-1].members
        await press(rig, "ines", Verb.FOLLOW_UP_RECORD)
        await rig.user("ines").submit(await dialog(rig, "ines"), {"outcome": "va mieux"})
        await rig.settle()
        assert "va mieux" in text(rig, "ines", direct(rig, "ines", "Noté"))
        await rig.user("ines").command("/crisis journal", channel=rig.slack.rooms[-1].name)
        await rig.settle()
        in_room(rig, "ines", "On appelle Inès (modération)")


def test_it_brings_in_the_deputy_once_nobody_has_written_it_down() -> None:
    core = Core()
    crisis = core.opens()
    core.press("denis", Verb.TAKE_UP, crisis)
    core.fill("lea", Verb.CONTACT_END, crisis, reason="compte sans adresse")
    core.later(minutes=241)
    due = [r for r in reminders(core, crisis) if r.status is ReminderStatus.DUE]
    assert [r.ordinal for r in due] == [1]
    assert "ines" not in core.crisis(crisis).people
    core.later(hours=4)
    assert [a.person for a in holders(core.crisis(crisis), Role.MODERATOR)] == ["lea", "ines"]
    assert core.fill("ines", Verb.FOLLOW_UP_RECORD, f"{crisis}.f1", outcome="better").code is None


def test_it_asks_whoever_is_there_rather_than_a_silent_moderator() -> None:
    core = Core()
    crisis = core.opens("claire")
    core.fill("helene", Verb.ROLE, crisis, role=Role.MODERATOR, person="ines")
    core.press("ines", Verb.TAKE_UP, crisis)
    assert owner(core, crisis) == "ines"


def test_it_turns_to_others_once_every_moderator_has_left() -> None:
    core = Core()
    crisis = core.opens()
    core.press("claire", Verb.TAKE_UP, crisis)
    for who in ("lea", "ines"):
        core.fill("helene", Verb.ROLE, crisis, role=Role.MODERATOR, person=who)
        leaves(core, crisis, who)
    assert owner(core, crisis) in core.crisis(crisis).people


def owner(core: Core, crisis: CrisisId) -> PersonId:
    return core.guide().follow_up_owner(core.crisis(crisis))


def reminders(core: Core, crisis: CrisisId) -> list[Reminder]:
    with core.store.read() as uow:
        return [r for r in uow.reminders.of(crisis) if r.kind is ReminderKind.FOLLOW_UP]


def leaves(core: Core, crisis: CrisisId, who: str) -> None:
    """Somebody goes out of the room."""
    room = core.crisis(crisis).room_on(Platform.SLACK)
    assert room is not None
    assert room.ref is not None
    core.now += timedelta(minutes=1)
    core.ask(Departure(fresh_key(), actor(who), room.ref, core.now))
