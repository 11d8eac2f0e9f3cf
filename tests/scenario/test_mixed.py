"""One crisis on Slack, on Teams and in a browser: the agency here, its client there, one outcome."""

import asyncio
import re
from pathlib import Path

import pytest

from bot.domain.verbs import Verb
from tests.rig.acts import offers, press
from tests.rig.mixed import MixedRig, on_both, served_on_both, tenant
from tests.rig.night import FIRST, SECOND, WORDS, at_three_in_the_morning
from tests.rig.reading import aside, dialog, direct, in_room, text
from tests.rig.refused import the_crisis
from tests.rig.service import workspace
from tests.rig.slack.waiting import eventually
from tests.rig.teams.delivery import Reply
from tests.rig.web_person import WebPerson

LINK = re.compile(r"http://127\.0\.0\.1:8080/r/([\w-]{43})")
CALLS = ("conversations.create", "conversations.invite", "chat.postMessage", "chat.update")
WHY = "La deuxième phrase engage le client."


async def test_it_plays_one_crisis_in_two_rooms_and_a_browser(tmp_path: Path) -> None:
    clock = at_three_in_the_morning()
    with workspace() as slack, tenant() as teams:
        async with served_on_both(slack, teams, tmp_path, clock) as rig:
            await opens_on_slack(rig)
            yves = await comes_by_a_link(rig)
            await approves_on_teams(rig)
            await rejects_by_the_link(rig, yves)
        async with served_on_both(slack, teams, tmp_path, clock) as rig:
            await revises_on_slack(rig)
            await approves_everywhere_while_slack_is_down(rig, yves)
            await releases_on_teams(rig)
            await sends_on_slack(rig)
            await follows_up_on_slack(rig)
            await reads_the_morning_page(rig)


async def opens_on_slack(rig: MixedRig) -> None:
    await rig.user("lea").command(f"/crisis urgence {WORDS}")
    await rig.settle()
    assert len(rig.slack.rooms) == len(rig.teams.rooms) == 1
    shown_in_both(rig, "À FAIRE MAINTENANT")
    await rig.on_teams("farid").press("J'arrive", on=rig.direct_on_teams("farid", "juriste"))
    await rig.on_teams("claire").press("J'arrive", on=rig.in_teams_room("claire", "on a besoin de vous ici"))
    await rig.user("noe").press("J'arrive", on=direct(rig, "noe", "Votre rôle"))
    await rig.settle()
    for here in ("Farid est là", "Claire est là", "Noé est là"):
        shown_in_both(rig, here)


async def comes_by_a_link(rig: MixedRig) -> WebPerson:
    """Léa makes the link of the one who has no seat, and hands it on."""
    await press(rig, "lea", Verb.GUEST_LINK)
    found = LINK.search(await aside(rig, "lea", "/r/"))
    assert found is not None
    yves = WebPerson(rig.service.app)
    await yves.enter(found[1])
    await yves.press("J'arrive")
    await rig.settle()
    shown_in_both(rig, "Yves est là")
    return yves


async def approves_on_teams(rig: MixedRig) -> None:
    await press(rig, "lea", Verb.DRAFT)
    await rig.user("lea").submit(
        await dialog(rig, "lea"), {"text": FIRST, "routes": ["private_message", "email"]}
    )
    await rig.settle()
    shown_in_both(rig, FIRST)
    await rig.on_teams("farid").press("Approuver la version 1", on=rig.in_teams_room("farid", FIRST))
    await rig.service.relay.drain()
    shown_in_both(rig, FIRST, "Farid : accord à")


async def rejects_by_the_link(rig: MixedRig, yves: WebPerson) -> None:
    await yves.open("/")
    assert FIRST in yves.page.text
    await yves.press("Refuser…")
    await yves.submit({"reason": WHY})
    await rig.settle()
    shown_in_both(rig, FIRST, WHY)


async def revises_on_slack(rig: MixedRig) -> None:
    """What the service knew before it was stopped, it knows again."""
    await rig.user("lea").press("Modifier…", on=in_room(rig, "lea", WHY))
    await rig.user("lea").submit(await dialog(rig, "lea"), {"text": SECOND})
    await rig.settle()
    shown_in_both(rig, SECOND)


async def approves_everywhere_while_slack_is_down(rig: MixedRig, yves: WebPerson) -> None:
    """The room that is left says so; Slack then shows how things stand, and nothing of what has passed."""
    before = len(rig.slack.rooms[-1].messages)
    await rig.user("noe").press("Approuver la version 2", on=in_room(rig, "noe", SECOND))
    for method in CALLS:
        rig.slack.fail_next(method, cut_before=True, times=10_000)
    await rig.on_teams("farid").press("Approuver la version 2", on=rig.in_teams_room("farid", SECOND))
    await rig.later(minutes=3)
    rig.in_teams_room("farid", "Slack ne répond plus depuis")
    assert "Farid : accord à" not in text(rig, "lea", in_room(rig, "lea", SECOND))
    yves = same_browser(rig, yves)
    await yves.open("/")
    assert SECOND in yves.page.text
    await yves.press("Approuver la version 2")
    await rig.settle()
    rig.in_teams_room("farid", "Accord obtenu, version 2.")
    rig.slack.heal()
    await rig.later(minutes=2)
    shown_in_both(rig, SECOND, "Accord obtenu, version 2.")
    rig.in_teams_room("farid", "Slack répond à nouveau")
    missed = [text(rig, "lea", message) for message in rig.slack.rooms[-1].messages[before:]]
    assert not [said for said in missed if "ne répond plus" in said or "Approuver la version" in said]


async def releases_on_teams(rig: MixedRig) -> None:
    await rig.on_teams("claire").press("Oui, envoyer", on=rig.in_teams_room("claire", SECOND))
    await rig.settle()
    shown_in_both(rig, SECOND, "SHA-256")


async def sends_on_slack(rig: MixedRig) -> None:
    lea = rig.user("lea")
    for label in ("Message privé envoyé", "Envoyé par e-mail"):
        await lea.press(label, on=in_room(rig, "lea", SECOND))
        await lea.submit(await dialog(rig, "lea"), {"note": "depuis le compte de l'équipe"})
        await rig.settle()


async def follows_up_on_slack(rig: MixedRig) -> None:
    await rig.later(hours=3)
    lea = rig.user("lea")
    await lea.press("Noter ce qu'il en est…", on=direct(rig, "lea", "suivi"))
    await lea.submit(await dialog(rig, "lea"), {"outcome": "better", "note": "a répondu"})
    await rig.settle()
    shown_in_both(rig, "va mieux")


async def reads_the_morning_page(rig: MixedRig) -> None:
    """Each manager where they are, once."""
    await rig.later(hours=4)
    on_slack = [m for m in rig.user("helene").direct_messages() if "Bonjour" in text(rig, "helene", m)]
    denis = rig.on_teams("denis")
    on_teams = [m for m in denis.direct_messages() if "Bonjour" in rig.reads_on_teams("denis", m)]
    assert len(on_slack) == len(on_teams) == 1


async def test_it_takes_nobody_for_another_who_has_no_address_either(tmp_path: Path) -> None:
    """Léa and Denis are named by their ids alone, each on one platform."""
    async with on_both(tmp_path) as rig:
        denis = rig.on_teams("denis").account.aad
        await eventually(lambda: any(call.path.endswith(denis) for call in rig.teams.calls))
        await rig.user("lea").command(f"/crisis urgence {WORDS}")
        await rig.settle()
        inside = [account.name for account in rig.teams.world.members(rig.teams_room)]
        assert sorted(inside) == ["Claire", "Farid", "Noe"]


@pytest.mark.parametrize(("rooms", "first"), [("[slack, teams]", [1, 0]), ("[teams, slack]", [0, 1])])
async def test_it_calls_somebody_where_the_plan_says_first_and_then_everywhere(
    tmp_path: Path, rooms: str, first: list[int]
) -> None:
    async with on_both(tmp_path, rooms=rooms) as rig:
        await rig.user("lea").command(f"/crisis urgence {WORDS}")
        await rig.settle()
        assert calls_of_noe(rig) == first
        await rig.later(minutes=1)
        assert all(calls_of_noe(rig))


async def test_it_counts_once_what_is_pressed_in_two_places(tmp_path: Path) -> None:
    async with on_both(tmp_path) as rig:
        await proposes(rig)
        here, there = in_room(rig, "noe", FIRST), rig.in_teams_room("noe", FIRST)
        await asyncio.gather(
            rig.user("noe").press("Approuver la version 1", on=here),
            rig.on_teams("noe").press("Approuver la version 1", on=there),
        )
        await rig.settle()
        assert len(the_crisis(rig).drafts[0].verdicts) == 1
        shown_in_both(rig, FIRST, "Noé : accord à")


async def test_it_shows_in_a_room_that_comes_late_what_was_written_before(tmp_path: Path) -> None:
    async with on_both(tmp_path) as rig:
        for method in CALLS:
            rig.slack.fail_next(method, cut_before=True, times=10_000)
        await rig.user("lea").command(f"/crisis urgence {WORDS}")
        await rig.settle()
        noe = rig.on_teams("noe")
        await noe.press("Écrire une réponse", on=rig.in_teams_room("noe", "À FAIRE MAINTENANT"))
        form = noe.open_dialog()
        assert form is not None
        await noe.submit(form, {"text": FIRST})
        await rig.later(minutes=2)
        assert rig.slack.rooms == []
        rig.slack.heal()
        await rig.later(minutes=2)
        shown_in_both(rig, FIRST, "version 1, par Noé")


async def test_it_lets_one_of_two_who_decide_at_once_and_tells_both(tmp_path: Path) -> None:
    """Two may send: one does, the other reads that it was done."""
    async with on_both(tmp_path) as rig:
        await approved(rig)
        here, there = in_room(rig, "ines", FIRST), rig.in_teams_room("claire", FIRST)
        _, answered = await asyncio.gather(
            rig.user("ines").press("Envoyer…", on=here),
            rig.on_teams("claire").press("Oui, envoyer", on=there),
        )
        await eventually(lambda: refused(rig, answered))
        await rig.settle()
        assert len(refused(rig, answered)) == 1
        by = {"ines": "Inès", "claire": "Claire"}[str(the_crisis(rig).drafts[0].released_by)]
        shown_in_both(rig, FIRST, "SHA-256", by)


async def proposes(rig: MixedRig) -> None:
    await rig.user("lea").command(f"/crisis urgence {WORDS}")
    await rig.settle()
    await press(rig, "lea", Verb.DRAFT)
    await rig.user("lea").submit(await dialog(rig, "lea"), {"text": FIRST, "routes": ["private_message"]})
    await rig.settle()


async def approved(rig: MixedRig) -> None:
    """Everybody agrees, and there are two who may send: Inès was called for Claire, who came late."""
    await proposes(rig)
    yves = await comes_by_a_link(rig)
    await rig.later(minutes=3)
    await rig.on_teams("claire").press("J'arrive", on=rig.direct_on_teams("claire", "Votre rôle"))
    await rig.user("ines").press("J'arrive", on=direct(rig, "ines", "porte-parole"))
    await rig.on_teams("farid").press("Approuver la version 1", on=rig.in_teams_room("farid", FIRST))
    await rig.user("noe").press("Approuver la version 1", on=in_room(rig, "noe", FIRST))
    await yves.open("/")
    await yves.press("Approuver la version 1")
    await rig.settle()


def refused(rig: MixedRig, answered: Reply | None) -> list[str]:
    """What Inès was told, and Claire was `answered`, that was already done."""
    assert answered is not None
    told = [rig.user("ines").reads(said) for said in rig.user("ines").ephemerals()]
    return [said for said in [*told, str(answered.json)] if "déjà fait" in said]


def calls_of_noe(rig: MixedRig) -> list[int]:
    """How often Noé was called, on Slack and on Teams."""
    on_slack = rig.user("noe").direct_messages()
    noe = rig.on_teams("noe")
    return [
        sum(Verb.TAKE_UP in offers(message) for message in on_slack),
        sum("J'arrive" in noe.buttons(message) for message in noe.direct_messages()),
    ]


def shown_in_both(rig: MixedRig, *words: str) -> None:
    """The newest card with the first words says the others, in either room."""
    here = text(rig, "lea", in_room(rig, "lea", words[0]))
    there = rig.reads_on_teams("claire", rig.in_teams_room("claire", words[0]))
    for each in words:
        assert each in here
        assert each in there


def same_browser(rig: MixedRig, person: WebPerson) -> WebPerson:
    """Their browser, at the service as it was started anew."""
    again = WebPerson(rig.service.app)
    again.client.cookies = person.client.cookies
    return again
