"""Somebody is out of a crisis: what they wanted to be reminded of passes to somebody with a part in it."""

from datetime import timedelta
from pathlib import Path

from bot.data import SAMPLE_PLAN
from bot.domain.cell import roles_of
from bot.domain.events import ReminderFired
from bot.domain.ids import CrisisId, PersonId, RoomRef
from bot.domain.roster import Role
from bot.domain.verbs import Verb
from bot.interactions import Departure
from tests.rig.core import Core, actor, fresh_key


def test_it_goes_on_with_the_opener_rather_than_a_moderator_without_a_part() -> None:
    core = Core()
    crisis = core.opens("claire", first="leak_or_threat")
    reminds(core, crisis, "denis")
    core.press("denis", Verb.LIFE_IN_DANGER, crisis)
    leaves(core, crisis, "denis")
    assert "lea" not in core.crisis(crisis).people
    assert declared_by(core, crisis) == "claire"
    assert told(core, crisis) == "claire"


def test_it_goes_on_with_whoever_holds_the_openers_role_after_them() -> None:
    core = Core()
    crisis = core.opens("claire", first="leak_or_threat")
    reminds(core, crisis, "claire")
    leaves(core, crisis, "claire")
    assert told(core, crisis) == "denis"


def test_it_calls_the_first_manager_on_duty_where_nobody_is_left(tmp_path: Path) -> None:
    core = Core(plan=by_day(tmp_path, "manager: [helene]", "manager: [noe, helene]", "noe"))
    crisis = core.opens("claire", first="leak_or_threat")
    reminds(core, crisis, "claire")
    for who in ("claire", "denis", "ines"):
        leaves(core, crisis, who)
    assert roles_of(core.crisis(crisis), PersonId("helene")) == (Role.MANAGER,)
    assert told(core, crisis) == "helene"
    assert core.press("helene", Verb.REMINDER_DONE, f"{crisis}.r1", 1).code is None


def test_it_goes_on_with_the_deputy_on_duty_of_somebody_taken_out_of_the_plan(tmp_path: Path) -> None:
    core = Core()
    crisis = core.opens("lea")
    reminds(core, crisis, "lea")
    plan = by_day(tmp_path, "moderator: [lea, ines]", "moderator: [ines, noe]", "ines")
    later = Core(store=core.store, plan=plan, now=core.now)
    later.application.look_who_left(later.now)
    assert told(later, crisis) == "noe"


def test_it_goes_on_with_whoever_moved_the_crisis_to_another_community(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    forum, club = SAMPLE_PLAN.read_text("utf-8").split("  club:")
    plan.write_text(f"{forum}  club:{club.replace('lawyer: [salome, farid]', 'lawyer: [denis]')}", "utf-8")
    core = Core(plan=plan)
    crisis = core.opens("ines")
    reminds(core, crisis, "farid")
    core.press("farid", Verb.LIFE_IN_DANGER, crisis)
    assert core.fill("ines", Verb.COMPLETE, crisis, community="club").code is None
    assert "farid" not in core.crisis(crisis).people
    assert declared_by(core, crisis) == "ines"
    assert told(core, crisis) == "ines"


def by_day(folder: Path, before: str, after: str, who: str) -> Path:
    """The sample plan with other people in a role of its first community, of whom one sleeps at night."""
    plan = folder / "plan.yaml"
    duty = f'duty: {{{after.partition(":")[0]}: {{{who}: "mon-fri 09:00-19:00"}}}}'
    changed = SAMPLE_PLAN.read_text("utf-8").replace(before, after, 1)
    plan.write_text(changed.replace("    approvals:", f"    {duty}\n    approvals:", 1), "utf-8")
    return plan


def reminds(core: Core, crisis: CrisisId, who: str) -> None:
    core.press(who, Verb.TAKE_UP, crisis)
    assert core.command(who, "remind in 2h read the file", room=room_of(core, crisis)).code is None


def told(core: Core, crisis: CrisisId) -> PersonId | None:
    """Who is reminded once the hour has come."""
    core.later(hours=3)
    with core.store.read() as uow:
        fired = [e.event for e in uow.journal.of(crisis) if isinstance(e.event, ReminderFired)]
    return fired[-1].owner


def declared_by(core: Core, crisis: CrisisId) -> PersonId | None:
    """Who is reminded first that a call for help is not noted yet."""
    emergency = core.crisis(crisis).emergency
    return emergency.declared_by if emergency else None


def leaves(core: Core, crisis: CrisisId, who: str) -> None:
    core.now += timedelta(minutes=1)
    core.ask(Departure(fresh_key(), actor(who), room_of(core, crisis), core.now))


def room_of(core: Core, crisis: CrisisId) -> RoomRef:
    ref = core.crisis(crisis).rooms[0].ref
    assert ref is not None
    return ref
