"""A holding statement: one press, and a public word waits for its approval; its promise is kept in mind."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.crisis import Crisis
from bot.domain.errors import Code
from bot.domain.events import DeadlineNear, HoldingPrepared
from bot.domain.ids import CrisisId
from bot.domain.states import CrisisStatus, Deadline, DraftStatus, ReminderKind, Route
from bot.domain.verbs import Verb
from bot.views.deadlines import deadline_card
from tests.rig import scenes as s
from tests.rig.core import Core
from tests.rig.either import CHATS, cloud, served_on
from tests.rig.night import tomorrow_at
from tests.rig.shown import verbs
from tests.scenario.test_prepared import plan_with

MORNING = datetime(2026, 11, 24, 9, 2, tzinfo=UTC)
PRE_APPROVED = """
    templates:
      - id: our-holding
        kind: holding
        categories: [default]
        language: fr
        routes: [public_post]
        title: Notre message d'attente
        text: "Bonjour, prochain point {next_update}. {signature}"
        agreed_by: claire
        agreed_on: 2026-01-15
        until: 2027-06-30
"""


def angry(core: Core) -> CrisisId:
    return core.opens("ines", first="anger_or_image")


def held(core: Core, crisis: CrisisId) -> HoldingPrepared:
    with core.store.read() as uow:
        (event,) = [e.event for e in uow.journal.of(crisis) if isinstance(e.event, HoldingPrepared)]
    return event


@pytest.mark.parametrize("where", CHATS)
async def test_it_is_ready_by_one_press_on_the_first_card(tmp_path: Path, where: str) -> None:
    clock = tomorrow_at(10, 2)
    with cloud(where) as chat:
        async with served_on(chat, tmp_path, clock) as rig:
            ines, noe = CHATS[where](rig, "ines"), CHATS[where](rig, "noe")
            await ines.reports("Trois semaines sans réponse !")
            await ines.fills({"first_choice": "Colère ou image", "community": "Forum Exemple"})
            assert "Message d'attente" in await ines.finds("À FAIRE MAINTENANT")
            await ines.presses_in_room("Message d'attente")
            assert "Prochain point ici à 11 h" in (await noe.finds_directly("message d'attente")).replace(
                "\xa0", " "
            )
            await noe.does("Approuver la version 1")
            await ines.finds("Accord obtenu")
            await rig.later(minutes=58)
            assert "promettait le prochain point" in "".join(await ines.reads_directly())


def test_it_counts_the_minutes_since_the_opening() -> None:
    core = Core(now=MORNING)
    crisis = angry(core)
    core.later(minutes=3)
    assert core.press("ines", Verb.HOLDING, crisis).code is None
    event = held(core, crisis)
    assert event.since_opening == 180
    assert event.promised_at == MORNING + timedelta(minutes=58)
    assert "3 min après l'ouverture" in core.log(crisis)


def test_it_reminds_its_author_at_the_promised_hour() -> None:
    core = Core(now=MORNING)
    crisis = angry(core)
    core.press("ines", Verb.HOLDING, crisis)
    with core.store.read() as uow:
        (row,) = [r for r in uow.reminders.of(crisis) if r.kind is ReminderKind.PERSONAL]
    assert (row.owner, row.due_at) == ("ines", MORNING + timedelta(minutes=58))


def test_it_makes_one_at_a_time() -> None:
    core = Core(now=MORNING)
    crisis = angry(core)
    core.press("ines", Verb.HOLDING, crisis)
    assert core.press("noe", Verb.HOLDING, crisis).code == Code.ALREADY_DONE
    core.fill("noe", Verb.REJECT, f"{crisis}.d1", 1, reason="trop vague")
    assert core.press("ines", Verb.HOLDING, crisis).code is None
    assert len(core.crisis(crisis).drafts) == 2


def test_it_makes_none_where_somebody_may_be_in_danger() -> None:
    core = Core()
    crisis = core.opens()
    assert core.press("lea", Verb.HOLDING, crisis).code == Code.NO_HOLDING
    assert core.crisis(crisis).drafts == ()


def published(core: Core, crisis: CrisisId) -> Crisis:
    number = len(core.crisis(crisis).drafts)
    assert core.press("ines", Verb.RELEASE, f"{crisis}.d{number}", 1).code is None
    subject = f"{crisis}.d{number}.public_post"
    assert core.fill("ines", Verb.DISPATCH, subject, 1, note="https://forum.example/1").code is None
    return core.crisis(crisis)


def test_it_is_no_reply() -> None:
    """What was written is still to be answered, by the same hour as before."""
    core = Core(now=MORNING)
    crisis = angry(core)
    core.press("ines", Verb.HOLDING, crisis)
    core.press("noe", Verb.APPROVE, f"{crisis}.d1", 1)
    after = published(core, crisis)
    assert after.status is CrisisStatus.OPEN
    assert Deadline.REPLY in core.guide().deadlines(after)


def test_it_leaves_the_reply_to_be_written() -> None:
    """When the hour of the reply comes near, its form is offered, though the public has had a word."""
    core = Core(now=MORNING)
    crisis = angry(core)
    core.press("ines", Verb.HOLDING, crisis)
    core.press("noe", Verb.APPROVE, f"{crisis}.d1", 1)
    scene = s.scene(published(core, crisis), "13:40", locale="fr")
    due = core.guide().deadlines(scene.crisis)[Deadline.REPLY]
    near = DeadlineNear(at=scene.now, deadline=Deadline.REPLY, due_at=due)
    assert Verb.DRAFT in verbs(deadline_card(scene, near))


def test_it_needs_no_approval_where_the_client_has_agreed(tmp_path: Path) -> None:
    core = Core(now=MORNING, plan=plan_with(tmp_path, PRE_APPROVED))
    crisis = angry(core)
    core.press("ines", Verb.HOLDING, crisis)
    (draft,) = core.crisis(crisis).drafts
    assert (draft.status, draft.agreed_by, draft.routes) == (
        DraftStatus.APPROVED,
        "claire",
        (Route.PUBLIC_POST,),
    )
    assert "Claire avait accepté son texte" in core.log(crisis)
    assert published(core, crisis).status is CrisisStatus.OPEN


def test_it_needs_them_again_once_it_is_changed(tmp_path: Path) -> None:
    core = Core(now=MORNING, plan=plan_with(tmp_path, PRE_APPROVED))
    crisis = angry(core)
    core.press("ines", Verb.HOLDING, crisis)
    core.fill("ines", Verb.REVISE, f"{crisis}.d1", 1, text="Bonjour, autre chose.")
    (draft,) = core.crisis(crisis).drafts
    assert (draft.status, draft.agreed_by) == (DraftStatus.IN_REVIEW, None)
    assert core.press("ines", Verb.RELEASE, f"{crisis}.d1", 2).code == Code.NOT_APPROVED


def test_it_needs_them_once_the_agreement_has_ended(tmp_path: Path) -> None:
    ended = PRE_APPROVED.replace("2027-06-30", "2026-11-23")
    core = Core(now=MORNING, plan=plan_with(tmp_path, ended))
    crisis = angry(core)
    core.press("ines", Verb.HOLDING, crisis)
    assert core.crisis(crisis).drafts[0].status is DraftStatus.IN_REVIEW
