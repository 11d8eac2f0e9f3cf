"""Several members in one crisis: a wave, each with messages, replies and follow-ups of their own."""

from pathlib import Path

import pytest

from bot.cards import Card, ChecksField, TextField
from bot.domain.ids import CrisisId
from bot.domain.levels import Level
from bot.domain.proposal import Proposal
from bot.domain.states import CrisisStatus, ReminderKind, ReminderStatus
from bot.domain.subjects import follow_up_subject
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.either import CHATS, EITHER, rig_at
from tests.rig.plain import plain

ANGRY = "Moi aussi j'ai attendu trois semaines, c'est honteux."
SORRY = (
    "Bonjour, merci de votre message. Nous sommes désolés, et nous revenons vers vous jeudi. Léa, modération"
)


def wave(core: Core) -> CrisisId:
    """A complaint about which a second member writes, too."""
    crisis = core.opens("lea", first="anger_or_image")
    adds(core, crisis, handle="Loutre")
    return crisis


def adds(
    core: Core,
    crisis: CrisisId,
    *,
    text: str = ANGRY,
    member: str = "another",
    handle: str = "",
    level: str = "",
) -> str:
    answer = core.fill("lea", Verb.ADD, crisis, text=text, member=member, handle=handle, level=level)
    assert answer.code is None, answer
    return said(answer.card)


def answers(core: Core, crisis: CrisisId, member: str, *, routes: str = "private_message") -> None:
    """Somebody writes a reply, the others let it pass, and it goes by each way."""
    assert not core.fill("lea", Verb.DRAFT, crisis, text=SORRY, routes=routes, member=member).errors
    draft = core.crisis(crisis).drafts[-1]
    subject = f"{crisis}.d{draft.number}"
    for verb in (Verb.APPROVE, Verb.RELEASE):
        for who in sorted(core.crisis(crisis).people):
            core.press(who, verb, subject, 1)
    for route in routes.split(","):
        core.fill("lea", Verb.DISPATCH, f"{subject}.{route}", 1, note="envoyé 03:30")


def planned(core: Core, crisis: CrisisId) -> set[str]:
    with core.store.read() as uow:
        rows = uow.reminders.of(crisis)
    waiting = {ReminderStatus.PLANNED, ReminderStatus.DUE}
    return {r.subject for r in rows if r.kind is ReminderKind.FOLLOW_UP and r.status in waiting}


def said(card: Card | None) -> str:
    """With plain blanks."""
    return plain(card).replace("\xa0", " ").replace("\u202f", " ") if card else ""


def test_it_keeps_the_words_of_each() -> None:
    core = Core()
    crisis = wave(core)
    adds(core, crisis, text="Toujours rien.", member="m2")
    kept = core.crisis(crisis)
    assert [(m.id, m.handle) for m in kept.members] == [("m1", ""), ("m2", "Loutre")]
    assert [message.member for message in kept.messages] == ["m1", "m2", "m2"]
    assert "a ajouté ce membre" in core.log(crisis)
    assert "Loutre" not in core.log(crisis)


def test_it_takes_a_pseudonym_that_is_known_here_for_the_same_member() -> None:
    core = Core()
    crisis = wave(core)
    adds(core, crisis, handle="@loutre")
    assert len(core.crisis(crisis).members) == 2


@pytest.mark.parametrize(
    ("text", "member", "code"),
    [(" ", "another", "message_or_link"), ("x", "m9", "bad_value")],
)
def test_it_takes_nothing_without_words_or_for_a_member_who_is_not_there(
    text: str, member: str, code: str
) -> None:
    core = Core()
    crisis = wave(core)
    before = core.crisis(crisis)
    assert core.fill("lea", Verb.ADD, crisis, text=text, member=member).code == code
    assert core.crisis(crisis).messages == before.messages


def test_it_shows_no_part_of_words_that_a_form_cannot_show_whole() -> None:
    core = Core()
    crisis = wave(core)
    form = core.command("lea", f"add {'mot ' * 800}").form
    assert form is not None
    [text] = [field for field in form.fields if isinstance(field, TextField) and field.name == "text"]
    assert not text.value
    assert core.fill("lea", Verb.ADD, crisis, text="x", member="another", level="D1").code == "bad_value"


def test_it_says_on_the_brief_card_how_many_wait() -> None:
    core = Core()
    crisis = wave(core)
    core.settle()
    brief = said(core.press("lea", Verb.STATUS, crisis).card)
    assert "2 membres, 2 messages : 2 à qui répondre" in brief
    assert "Loutre" not in brief
    listed = said(core.press("lea", Verb.MEMBERS, crisis).card)
    assert "Membre 2 · Loutre" in listed
    assert "attend une réponse" in listed
    one = core.press("lea", Verb.MEMBER, f"{crisis}.u2").card
    assert one is not None
    assert "Loutre" not in one.summary


def test_it_is_replied_once_each_is_answered_or_excused() -> None:
    core = Core()
    crisis = wave(core)
    adds(core, crisis, handle="Marin")
    answers(core, crisis, "m1")
    assert core.crisis(crisis).status is CrisisStatus.OPEN
    answers(core, crisis, "m2")
    assert core.crisis(crisis).status is CrisisStatus.OPEN
    assert core.fill("lea", Verb.EXCUSE_MEMBER, f"{crisis}.u3", reason=" ").code == "reason_needed"
    core.fill("lea", Verb.EXCUSE_MEMBER, f"{crisis}.u3", reason="a retiré son message")
    assert core.crisis(crisis).status is CrisisStatus.REPLIED
    assert "Membre 3 : Léa a noté qu'on ne répond pas à ce membre" in core.log(crisis)
    assert not {s for s in planned(core, crisis) if ".u3" in s}


def test_it_is_replied_once_the_last_is_not_to_be_answered() -> None:
    core = Core()
    crisis = wave(core)
    answers(core, crisis, "m1")
    core.fill("lea", Verb.DRAFT, crisis, text=SORRY, routes="private_message", member="m2")
    draft = f"{crisis}.d2"
    core.fill("denis", Verb.REJECT, draft, 1, reason="inutile", then="no_answer")
    assert core.crisis(crisis).status is CrisisStatus.OPEN
    assert core.press("helene", Verb.NO_ANSWER, draft, 1).code is None
    assert core.crisis(crisis).status is CrisisStatus.REPLIED


def test_it_is_open_again_when_a_member_who_was_excused_writes_again() -> None:
    core = Core()
    crisis = wave(core)
    core.fill("lea", Verb.EXCUSE_MEMBER, f"{crisis}.u2", reason="a retiré son message")
    answers(core, crisis, "m1")
    assert core.crisis(crisis).status is CrisisStatus.REPLIED
    core.fill("lea", Verb.WROTE_BACK, crisis, text="Répondez-moi.", member="m2")
    assert core.crisis(crisis).status is CrisisStatus.OPEN
    answers(core, crisis, "m2")
    assert core.crisis(crisis).status is CrisisStatus.REPLIED


def test_it_is_open_again_when_another_member_comes() -> None:
    core = Core()
    crisis = core.opens("lea", first="anger_or_image")
    answers(core, crisis, "m1")
    assert core.crisis(crisis).status is CrisisStatus.REPLIED
    adds(core, crisis)
    assert core.crisis(crisis).status is CrisisStatus.OPEN


def test_it_writes_a_reply_once_more_in_another_members_name() -> None:
    core = Core()
    crisis = wave(core)
    adds(core, crisis, handle="Marin")
    text = SORRY.replace("Bonjour", "Bonjour Loutre")
    answer = core.fill("lea", Verb.DRAFT, crisis, text=text, routes="email", member="m2")
    assert not answer.errors, answer
    form = core.fill("lea", Verb.DRAFT, f"{crisis}.u3", start="copy-1", member="m3").form
    assert form is not None
    [field] = [field for field in form.fields if field.name == "text"]
    assert isinstance(field, TextField)
    assert field.value == SORRY.replace("Bonjour", "Bonjour Marin")
    assert core.fill("lea", Verb.DRAFT, f"{crisis}.u3", start="copy-7").code == "bad_value"


def test_it_lets_one_public_reply_answer_all() -> None:
    core = Core()
    crisis = wave(core)
    assert core.fill(
        "lea", Verb.DRAFT, crisis, text=SORRY, routes="private_message", member="everybody"
    ).errors
    answers(core, crisis, "everybody", routes="public_post")
    kept = core.crisis(crisis)
    assert kept.drafts[-1].member == ""
    assert kept.status is CrisisStatus.REPLIED


def test_it_follows_each_member_by_itself() -> None:
    core = Core()
    crisis = wave(core)
    first, second = (follow_up_subject(core.crisis(crisis), 1, who) for who in ("m1", "m2"))
    assert planned(core, crisis) == {first, second}
    core.later(days=4)
    told = [said(notice.card) for notice in core.chat.in_rooms()]
    assert any("suivi 1 · membre 2" in card and "Il s'agit de Loutre." in card for card in told)
    direct = [said(notice.card) for notice in core.chat.read_by("lea")]
    assert any("suivi 1 · membre 2" in card for card in direct)
    assert not any("Loutre" in card for card in direct if "suivi 1" in card)
    core.fill("lea", Verb.FOLLOW_UP_RECORD, second, outcome="asks_to_stop")
    one, two = core.crisis(crisis).members
    assert (one.watch_silent, two.watch_silent) == (False, True)
    assert first in planned(core, crisis)


def test_it_keeps_the_contacts_of_each_apart() -> None:
    core = Core()
    crisis = wave(core)
    answer = core.fill(
        "lea",
        Verb.CONTACT_ADD,
        f"{crisis}.u2",
        value="loutre@exemple.fr",
        means="email",
        source="client_file",
        confidence="sure",
    )
    assert answer.code is None, answer
    answers(core, crisis, "m1")
    assert "loutre@exemple.fr" in said(core.press("lea", Verb.CONTACT_SHOW, f"{crisis}.u2").card)
    assert core.press("lea", Verb.CONTACT_SHOW, crisis).code == "contact_absent"
    assert core.press("lea", Verb.ADD_ROUTE, f"{crisis}.d1.email").code == "contact_absent"


@pytest.mark.parametrize("level", ["D2", "D4"])
def test_it_opens_a_crisis_of_their_own_from_d2(level: str) -> None:
    core = Core()
    crisis = wave(core)
    adds(core, crisis, text="Je n'en peux plus.", handle="Marin", level=level)
    (own,) = set(core.crises()) - {crisis}
    shared, theirs = core.crisis(crisis), core.crisis(own)
    assert (theirs.level, theirs.category, theirs.opened_by) == (Level(level), "distress", "lea")
    assert [(m.id, m.handle) for m in theirs.members] == [("m1", "Marin")]
    assert [message.text for message in theirs.messages] == ["Je n'en peux plus."]
    assert (shared.level, shared.goes_with, theirs.goes_with) == (None, (theirs.number,), (shared.number,))
    assert shared.members[2].own_crisis == theirs.number
    assert f"ouvert une crise propre à ce membre : {theirs.number}" in core.log(crisis)
    assert f"va avec {shared.number}" in core.log(own)
    assert not {s for s in planned(core, crisis) if ".u3" in s}
    assert planned(core, own)
    assert theirs.number in said(core.press("lea", Verb.STATUS, crisis).card)
    assert shared.number in said(core.press("lea", Verb.STATUS, own).card)


def test_it_sends_nothing_to_a_member_who_is_written_to_elsewhere_since() -> None:
    core = Core()
    crisis = wave(core)
    assert not core.fill("lea", Verb.DRAFT, crisis, text=SORRY, routes="private_message", member="m2").errors
    core.press("denis", Verb.APPROVE, f"{crisis}.d1", 1)
    adds(core, crisis, text="Je n'en peux plus.", member="m2", level="D3")
    (own,) = set(core.crises()) - {crisis}
    refused = core.press("lea", Verb.RELEASE, f"{crisis}.d1", 1)
    assert refused.code == "own_crisis"
    assert core.crisis(own).number in said(refused.card)
    assert not core.crisis(crisis).dispatches


def test_it_raises_no_wave_for_what_the_aid_proposes_of_one_member() -> None:
    core = Core()
    crisis = wave(core)
    core.application.judge = lambda _text, _country: Proposal("complaint", Level.D0, "fr", ())
    core.settle()
    core.application.judge = lambda _text, _country: Proposal("distress", Level.D3, "fr", ())
    adds(core, crisis, text="Je n'en peux plus.", handle="Marin")
    core.settle()
    assert core.crises() == [crisis]
    assert "membre 3" in said(core.press("lea", Verb.TRIAGE, crisis).card)
    answer = core.press("lea", Verb.TRIAGE_KEEP, f"{crisis}.u3", 3)
    (own,) = set(core.crises()) - {crisis}
    assert core.crisis(own).number in said(answer.card)
    assert core.crisis(own).level is Level.D3
    assert (core.crisis(crisis).level, core.crisis(own).members[0].handle) == (None, "Marin")
    assert core.press("lea", Verb.TRIAGE_KEEP, f"{crisis}.u3", 3).code == "already_done"


def judging(core: Core, level: Level) -> None:
    """Whatever is written from now on, the aid reads this in it."""
    core.application.judge = lambda _text, _country: Proposal("distress", level, "fr", ())


def test_it_proposes_for_each_member_in_distress() -> None:
    core = Core()
    crisis = wave(core)
    judging(core, Level.D0)
    core.settle()
    judging(core, Level.D3)
    for handle in ("Marin", "Saule"):
        adds(core, crisis, text="Je n'en peux plus.", handle=handle)
        core.settle()
    assert core.press("lea", Verb.TRIAGE_KEEP, f"{crisis}.u3", 3).code is None
    assert core.press("claire", Verb.TRIAGE_KEEP, f"{crisis}.u3", 3).code == "already_done"
    assert "membre 4" in said(core.press("lea", Verb.TRIAGE, crisis).card)
    assert core.press("lea", Verb.TRIAGE_KEEP, f"{crisis}.u4", 3).code is None
    assert [each.own_crisis is not None for each in core.crisis(crisis).members] == [False, False, True, True]


def test_it_proposes_no_second_crisis_for_whom_one_was_opened_at_once() -> None:
    core = Core()
    crisis = wave(core)
    judging(core, Level.D3)
    adds(core, crisis, text="Je n'en peux plus.", handle="Marin", level="D2")
    core.settle()
    assert core.press("lea", Verb.TRIAGE_KEEP, f"{crisis}.u3", 3).code == "already_done"
    assert len(core.crises()) == 2


def test_it_proposes_for_a_member_in_distress_beside_another_one() -> None:
    core = Core()
    crisis = core.opens("lea")
    judging(core, Level.D4)
    core.settle()
    assert core.press("lea", Verb.TRIAGE_KEEP, crisis, 4).code is None
    adds(core, crisis, text="Moi non plus.", handle="Saule")
    core.settle()
    assert core.press("lea", Verb.TRIAGE_KEEP, f"{crisis}.u2", 4).code is None
    assert len(core.crises()) == 2


def test_it_lowers_no_crisis_by_what_is_said_of_another_member() -> None:
    core = Core()
    crisis = core.opens("lea")
    judging(core, Level.D4)
    core.settle()
    core.press("lea", Verb.TRIAGE_KEEP, crisis, 4)
    adds(core, crisis, text="Moi non plus.", handle="Saule")
    core.settle()
    for who in ("lea", "ines"):
        core.press(who, Verb.JOIN, crisis)
        core.fill(who, Verb.TRIAGE_DECLINE, f"{crisis}.u2", level="D1", reason="une chanson")
    assert core.crisis(crisis).level is Level.D4
    assert core.press("lea", Verb.TRIAGE_KEEP, f"{crisis}.u2", 4).code == "already_done"
    assert len(core.crises()) == 1


def test_it_lets_nobody_excuse_alone_a_distress_that_nobody_has_assessed() -> None:
    core = Core()
    crisis = core.opens("lea")
    adds(core, crisis, handle="Loutre")
    assert core.fill("lea", Verb.EXCUSE_MEMBER, crisis, reason="plaisantait").code == "not_allowed"
    assert not core.crisis(crisis).members[0].watch_stopped
    shown = core.press("lea", Verb.MEMBER, crisis).card
    assert "Ne pas lui répondre…" not in said(shown)


def test_it_opens_no_second_crisis_for_whom_an_unassessed_distress_is_about() -> None:
    core = Core()
    crisis = core.opens("lea")
    adds(core, crisis, handle="Loutre")
    adds(core, crisis, text="Je n'en peux plus.", member="m1", level="D4")
    assert core.crises() == [crisis]
    assert core.crisis(crisis).level is Level.D4


def test_it_keeps_what_a_member_writes_in_the_crisis_of_their_own() -> None:
    core = Core()
    crisis = wave(core)
    adds(core, crisis, text="Je n'en peux plus.", handle="Marin", level="D2")
    (own,) = set(core.crises()) - {crisis}
    assert core.crisis(own).number in adds(core, crisis, text="Adieu.", handle="Marin", level="D4")
    assert core.fill("lea", Verb.WROTE_BACK, crisis, text="Merci.", member="m3").code is None
    assert [message.text for message in core.crisis(own).messages] == [
        "Je n'en peux plus.",
        "Adieu.",
        "Merci.",
    ]
    assert core.crisis(own).level is Level.D4
    assert len(core.crisis(crisis).messages) == len(core.crisis(crisis).members)
    assert len(core.crises()) == 2


def test_it_checks_on_nobody_twice_who_has_a_crisis_of_their_own() -> None:
    core = Core()
    crisis = wave(core)
    adds(core, crisis, text="Je n'en peux plus.", handle="Marin", level="D4")
    adds(core, crisis, text="Vous êtes là ?", handle="Marin")
    assert not {s for s in planned(core, crisis) if ".u3" in s}


def test_it_raises_the_crisis_of_a_member_who_is_alone_in_it() -> None:
    core = Core()
    crisis = core.opens("lea", first="anger_or_image")
    adds(core, crisis, text="Je n'en peux plus.", member="m1", level="D3")
    assert core.crises() == [crisis]
    assert core.crisis(crisis).level is Level.D3


def test_it_says_what_is_open_about_the_same() -> None:
    core = Core()
    crisis = wave(core)
    core.fill("lea", Verb.OPEN, text="x", handle="Marin", first_choice="anger_or_image", community="forum")
    assert "Déjà ouverte" in adds(core, crisis, handle="Marin")


def test_it_takes_what_a_member_wrote_back_for_theirs() -> None:
    core = Core()
    crisis = wave(core)
    core.fill("lea", Verb.WROTE_BACK, crisis, text="Merci.", member="m2")
    assert core.crisis(crisis).messages[-1].member == "m2"


def test_it_answers_in_public_alone_where_no_member_is_behind_it() -> None:
    core = Core()
    crisis = core.opens("lea", first="leak_or_threat")
    assert planned(core, crisis)
    core.fill("lea", Verb.COMPLETE, crisis, concerns="nobody", standing="online")
    kept = core.crisis(crisis)
    assert (kept.members, kept.messages[0].member) == ((), "")
    assert not planned(core, crisis)
    form = core.press("lea", Verb.DRAFT, crisis).form
    assert form is not None
    [ways] = [field for field in form.fields if isinstance(field, ChecksField)]
    assert [way for way, _label in ways.options] == ["public_post"]
    assert core.fill("lea", Verb.DRAFT, crisis, text=SORRY, routes="email").errors
    answers(core, crisis, "", routes="public_post")
    assert core.crisis(crisis).status is CrisisStatus.REPLIED


def test_it_finds_a_member_behind_it_after_all() -> None:
    core = Core()
    crisis = core.opens("lea", first="leak_or_threat")
    core.fill("lea", Verb.COMPLETE, crisis, concerns="nobody")
    core.fill("lea", Verb.COMPLETE, crisis, concerns="nobody", handle="Loutre")
    kept = core.crisis(crisis)
    assert [(m.id, m.handle) for m in kept.members] == [("m1", "Loutre")]
    assert kept.messages[0].member == "m1"
    assert planned(core, crisis)
    assert core.fill("lea", Verb.COMPLETE, crisis, concerns="nobody").code == "bad_value"


def test_it_takes_no_distress_for_nobodys() -> None:
    core = Core()
    crisis = core.opens("lea", first="leak_or_threat")
    core.fill("lea", Verb.COMPLETE, crisis, concerns="nobody")
    core.fill("lea", Verb.COMPLETE, crisis, concerns="nobody", level="D3")
    assert [m.id for m in core.crisis(crisis).members] == ["m1"]
    assert planned(core, crisis)


@pytest.mark.parametrize("where", EITHER)
async def test_it_adds_a_member_by_a_command(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        lea = EITHER[where](rig, "lea")
        await lea.form("ouvrir")
        await lea.submits({"first_choice": "anger_or_image", "text": "Honteux."})
        denis = EITHER[where](rig, "denis")
        await denis.form("ajouter")
        told = await denis.submits({"member": "another", "text": ANGRY, "handle": "Loutre"})
        assert "membre 2" in told
        with rig.service.application.store.read() as uow:
            [crisis] = uow.crises.of(["forum"])
        assert [m.handle for m in crisis.members] == ["", "Loutre"]
        assert crisis.messages[1].text == ANGRY


@pytest.mark.parametrize("where", CHATS)
async def test_it_shows_each_member_to_whoever_asks(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        lea = EITHER[where](rig, "lea")
        await lea.form("ouvrir")
        await lea.submits({"first_choice": "anger_or_image", "text": "Honteux."})
        await rig.settle()
        await lea.form("ajouter")
        await lea.submits({"member": "another", "text": ANGRY, "handle": "Loutre"})
        await rig.settle()
        room = CHATS[where](rig, "lea")
        assert "2 membres" in await room.finds("À FAIRE MAINTENANT")
        assert "Loutre" not in await room.reads_room()
        assert "Membre 2 · Loutre" in await lea.hears_in_room("Membres…")
        assert "attend une réponse" in await lea.presses("Membre 2")
