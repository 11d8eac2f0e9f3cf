"""«Do not answer» is a legitimate end, which more than one person wants."""

from pathlib import Path

import pytest

from bot.domain.errors import Code
from bot.domain.ids import CrisisId
from bot.domain.states import CrisisStatus, DraftStatus, ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from tests.rig.acts import offers, press
from tests.rig.core import Core
from tests.rig.reading import dialog, direct, in_room, text
from tests.rig.refused import REPLY, night, proposes, the_crisis

WHY = "Il demande qu'on le laisse : répondre l'exposerait."


async def test_it_ends_without_an_answer_when_director_and_referent_agree(tmp_path: Path) -> None:
    """At D4, not assessed yet: Farid asks, Hélène directs, Noé is the referent."""
    async with night(tmp_path) as rig:
        await proposes(rig)
        await press(rig, "farid", Verb.REJECT)
        form = await dialog(rig, "farid")
        assert "direction et référent·e détresse" in text(rig, "farid", form)
        await rig.user("farid").submit(form, {"then": "Ne pas répondre", "reason": WHY})
        await rig.settle()
        assert WHY in text(rig, "helene", direct(rig, "helene", REPLY))
        await press(rig, "helene", Verb.NO_ANSWER)
        await rig.settle()
        assert the_crisis(rig).draft(1).status is DraftStatus.NO_ANSWER_ASKED
        await press(rig, "noe", Verb.NO_ANSWER)
        await rig.settle()
        closed = in_room(rig, "lea", REPLY)
        assert offers(closed) == {}
        assert WHY in text(rig, "lea", closed)
        assert the_crisis(rig).status is CrisisStatus.NO_ANSWER
        brief = text(rig, "lea", in_room(rig, "lea", "Danger"))
        assert "réponse 1, version 1, par Léa : sans réponse, par décision" in brief
        direct(rig, "lea", "La réponse 1 ne part pas")


async def test_it_keeps_looking_after_a_member_who_gets_no_answer(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await proposes(rig)
        await press(rig, "noe", Verb.REJECT)
        await rig.user("noe").submit(await dialog(rig, "noe"), {"then": "Ne pas répondre", "reason": WHY})
        await rig.settle()
        await press(rig, "helene", Verb.NO_ANSWER)
        await rig.settle()
        with rig.service.application.store.read() as uow:
            rows = uow.reminders.of(the_crisis(rig).id)
        left = [r for r in rows if r.kind is ReminderKind.FOLLOW_UP and r.status is ReminderStatus.PLANNED]
        assert left


async def test_it_tells_the_director_each_morning_what_they_must_decide(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await proposes(rig)
        await press(rig, "farid", Verb.REJECT)
        await rig.user("farid").submit(await dialog(rig, "farid"), {"then": "Ne pas répondre", "reason": WHY})
        await rig.later(hours=25)
        page = text(rig, "helene", direct(rig, "helene", "À DÉCIDER PAR VOUS"))
        assert "« ne pas répondre » demandé par Farid" in page
        assert WHY not in page


def asked(who: str = "denis", first: str = "anger_or_image") -> tuple[Core, CrisisId]:
    """By day, an anger: the director alone must agree."""
    core = Core()
    crisis = core.opens("ines", first=first)
    core.proposes(crisis, "ines")
    answer = core.fill(who, Verb.REJECT, f"{crisis}.d1", 1, then="no_answer", reason=WHY)
    assert answer.code is None, answer
    return core, crisis


def test_it_needs_the_director_alone_where_nobody_is_in_distress() -> None:
    core, crisis = asked()
    assert core.press("noe", Verb.NO_ANSWER, f"{crisis}.d1", 1).code == Code.NOT_ASKED
    assert core.press("helene", Verb.NO_ANSWER, f"{crisis}.d1", 1).code is None
    assert core.crisis(crisis).draft(1).status is DraftStatus.NO_ANSWER


@pytest.mark.parametrize("who", ["helene", "denis"])
def test_it_decides_on_the_text_again_when_somebody_wants_an_answer_all_the_same(who: str) -> None:
    core, crisis = asked()
    assert core.press(who, Verb.ANSWER_AFTER_ALL, f"{crisis}.d1", 1).code is None
    assert core.crisis(crisis).draft(1).status is DraftStatus.IN_REVIEW
    assert core.press("denis", Verb.APPROVE, f"{crisis}.d1", 1).code is None
    assert core.crisis(crisis).draft(1).status is DraftStatus.APPROVED


def test_it_lets_nobody_else_insist_on_an_answer() -> None:
    core, crisis = asked()
    assert core.press("ines", Verb.ANSWER_AFTER_ALL, f"{crisis}.d1", 1).code == Code.NOT_ASKED


def test_it_calls_the_managers_when_nobody_agrees() -> None:
    core, _crisis = asked()
    core.later(minutes=31)
    assert "attend toujours un accord." in str(core.chat.read_by("helene"))


def test_it_opens_the_question_anew_with_another_text() -> None:
    core, crisis = asked()
    core.press("helene", Verb.NO_ANSWER, f"{crisis}.d1", 1)
    assert core.crisis(crisis).status is CrisisStatus.NO_ANSWER
    assert core.fill("ines", Verb.REVISE, f"{crisis}.d1", 1, text="Autre.").code == Code.NOT_IN_REVIEW
    core.proposes(crisis, "ines", text="Bonjour, nous avons réfléchi.")
    assert core.crisis(crisis).status is CrisisStatus.OPEN


def test_it_asks_for_a_reason_not_to_answer() -> None:
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    core.proposes(crisis, "ines")
    answer = core.fill("denis", Verb.REJECT, f"{crisis}.d1", 1, then="no_answer", reason=" ")
    assert answer.code == Code.REASON_NEEDED


def test_it_needs_less_once_the_level_has_fallen() -> None:
    """Asked at D3 by the lawyer, agreed by the director; at D1 that is all it needs."""
    core = Core()
    crisis = core.opens("ines", community="club")
    core.fill("ines", Verb.COMPLETE, crisis, level="D3")
    core.proposes(crisis, "ines")
    core.fill("salome", Verb.REJECT, f"{crisis}.d1", 1, then="no_answer", reason=WHY)
    core.press("helene", Verb.NO_ANSWER, f"{crisis}.d1", 1)
    assert core.crisis(crisis).draft(1).status is DraftStatus.NO_ANSWER_ASKED
    core.fill("ines", Verb.COMPLETE, crisis, level="D1", level_reason="parlé au téléphone")
    assert core.crisis(crisis).draft(1).status is DraftStatus.NO_ANSWER
