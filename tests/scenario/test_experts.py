"""An expert is asked before a reply is written."""

from pathlib import Path

import pytest

from bot.domain.errors import Code, Refused
from bot.domain.ids import CrisisId
from bot.domain.verbs import Verb
from tests.rig.acts import press
from tests.rig.core import Core
from tests.rig.either import CHATS
from tests.rig.reading import in_room
from tests.rig.refused import night, night_at, refuses

QUESTION = "Peut-on citer son message dans la réponse ?"
ADVICE = "Non : répondez sans le citer."


@pytest.mark.parametrize("where", CHATS)
async def test_it_brings_the_answer_of_an_expert_into_the_room(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea, farid = CHATS[where](rig, "lea"), CHATS[where](rig, "farid")
        assert "Demandé à Farid." in await lea.asks_by(f"avis juriste {QUESTION}")
        assert QUESTION in await lea.finds("demande d'avis : juriste")
        assert "Votre avis est demandé." in await farid.finds_directly(QUESTION)
        await farid.asks("Répondre…")
        await farid.fills({"text": ADVICE})
        answered = await lea.finds(ADVICE)
        assert "[Répondre…]" not in answered
        assert "[Vie en danger]" in await lea.reads_brief()
        assert "Farid a répondu" in await lea.finds_directly(ADVICE)
        assert f"juriste, Farid : {ADVICE}" in await lea.reads_brief()
        await lea.types_in_room("journal")
        log = await lea.finds("Dernières lignes")
        assert f"Farid a donné son avis (rôle : juriste) : {ADVICE}" in log
        assert not [said for who in ("farid", "lea") for said in rig.user(who).notified() if QUESTION in said]


@pytest.mark.parametrize("where", CHATS)
async def test_it_asks_by_a_form_without_words_behind_the_command(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea = CHATS[where](rig, "lea")
        await lea.form_in_room("avis")
        await lea.fills({"role": "juriste", "text": QUESTION})
        await CHATS[where](rig, "farid").finds_directly(QUESTION)


@pytest.mark.parametrize("where", CHATS)
async def test_it_asks_from_the_card_of_the_crisis(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea = CHATS[where](rig, "lea")
        await lea.asks_in_room("Demander un avis…")
        await lea.fills({"role": "juriste", "text": QUESTION})
        await CHATS[where](rig, "farid").finds_directly(QUESTION)


async def test_it_says_to_others_that_the_question_is_not_theirs(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await rig.user("lea").command(f"/crisis avis juriste {QUESTION}", channel=rig.slack.rooms[-1].name)
        await rig.settle()
        card = in_room(rig, "lea", QUESTION)
        await refuses(
            rig,
            tmp_path,
            "denis",
            lambda: press(rig, "denis", Verb.ADVISE, on=card),
            locale="fr",
            refused=Refused(Code.NOT_ALLOWED),
        )


def asked() -> tuple[Core, CrisisId]:
    core = Core()
    crisis = core.opens()
    assert core.fill("lea", Verb.ASK, crisis, role="lawyer", text=QUESTION).code is None
    core.settle()
    return core, crisis


def test_it_reminds_then_calls_the_deputy_then_the_managers() -> None:
    core, crisis = asked()
    core.press("farid", Verb.TAKE_UP, crisis)
    core.later(minutes=11)
    assert "attend toujours une réponse" in str(core.chat.read_by("farid"))
    assert QUESTION not in str(core.chat.read_by("salome"))
    core.later(minutes=10)
    assert QUESTION in str(core.chat.read_by("salome"))
    core.later(minutes=10)
    assert QUESTION in str(core.chat.read_by("helene"))
    assert "Les responsables sont" in str(core.chat.in_rooms())


def test_it_asks_nothing_more_once_somebody_has_answered() -> None:
    core, crisis = asked()
    assert core.fill("farid", Verb.ADVISE, f"{crisis}.a1", text=ADVICE).code is None
    core.later(minutes=60)
    assert "attend toujours une réponse" not in str(core.chat.read_by("farid"))
    assert core.fill("farid", Verb.ADVISE, f"{crisis}.a1", text=ADVICE).code == Code.ALREADY_DONE


def test_it_calls_somebody_for_a_role_that_nobody_holds_here() -> None:
    core, crisis = asked()
    assert core.fill("lea", Verb.ASK, crisis, role="dpo", text="Faut-il prévenir la CNIL ?").code is None
    core.settle()
    assert "Faut-il prévenir la CNIL ?" in str(core.chat.read_by("salome"))


def test_it_refuses_a_question_that_nobody_could_answer() -> None:
    core, crisis = asked()
    answer = core.fill("lea", Verb.ASK, crisis, role="scribe", text="Qui note ?")
    assert answer.code == Code.NOBODY_FOR_ROLE
    assert len(core.crisis(crisis).advice) == 1


def test_it_asks_nobody_any_more_after_the_end() -> None:
    core, crisis = asked()
    core.command("helene", "close fausse alerte")
    core.later(minutes=60)
    assert "attend toujours une réponse" not in str(core.chat.read_by("farid"))
    assert core.fill("farid", Verb.ADVISE, f"{crisis}.a1", text=ADVICE).code == Code.CRISIS_CLOSED
