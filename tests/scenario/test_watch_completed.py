"""Watching over the member: they write back, ask us to stop, or never answer; what worries is judged anew."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.domain.ids import CrisisId
from bot.domain.labels import Label
from bot.domain.levels import Level
from bot.domain.proposal import Proposal, Reason
from bot.domain.reminders import Reminder
from bot.domain.states import CrisisStatus, ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.either import CHATS, InChat, rig_at
from tests.rig.night import WORDS

BACK = "a noté ce que le membre a répondu"
REPLY = "merci, je suis chez ma sœur"


def watched(core: Core, level: str = "D3") -> CrisisId:
    """Somebody in distress who has had a first word."""
    crisis = core.opens("lea")
    assert core.fill("lea", Verb.COMPLETE, crisis, level=level).code is None
    assert core.fill("lea", Verb.RECEIPT, crisis, route="private_message").code is None
    core.settle()
    return crisis


def judging(text: str, _country: str) -> Proposal:
    """An aid that knows one word."""
    at = text.find("adieu")
    reasons = (Reason(at, at + 5, "adieu", Label("dit au revoir", "says goodbye")),) if at >= 0 else ()
    return Proposal("distress", Level.D4 if at >= 0 else Level.D0, "fr", reasons)


def follow_ups(core: Core, crisis: CrisisId, *statuses: ReminderStatus) -> list[Reminder]:
    with core.store.read() as uow:
        rows = uow.reminders.of(crisis)
        return [r for r in rows if r.kind is ReminderKind.FOLLOW_UP and r.status in statuses]


def hours(core: Core, crisis: CrisisId, since: datetime) -> list[float]:
    rows = follow_ups(core, crisis, ReminderStatus.PLANNED)
    return [round((row.due_at - since) / timedelta(hours=1)) for row in rows]


def comes_due(core: Core, crisis: CrisisId) -> str:
    """The next follow-up, said to whoever does it."""
    core.now = max(core.now, follow_ups(core, crisis, ReminderStatus.PLANNED)[0].due_at)
    core.settle()
    return follow_ups(core, crisis, ReminderStatus.DUE)[-1].subject


def finds(core: Core, crisis: CrisisId, outcome: str, note: str = "") -> None:
    subject = comes_due(core, crisis)
    assert core.fill("lea", Verb.FOLLOW_UP_RECORD, subject, outcome=outcome, note=note).code is None
    core.settle()


def test_it_counts_the_follow_ups_anew_from_what_the_member_wrote_back() -> None:
    core = Core()
    crisis = watched(core, "D4")
    core.later(hours=20)
    assert core.fill("lea", Verb.WROTE_BACK, crisis, text=REPLY).code is None
    core.settle()
    assert hours(core, crisis, core.now)[:4] == [2, 24, 72, 165]  # in the evening before, not at night
    assert core.crisis(crisis).messages[-1].text == REPLY


def test_it_tells_the_cell_without_a_word_of_it_and_keeps_it_out_of_the_log() -> None:
    core = Core()
    crisis = watched(core)
    core.fill("lea", Verb.WROTE_BACK, crisis, text=REPLY, written_at="03:00")
    core.settle()
    told = [said for said in core.chat.said.values() if BACK in str(said.card)]
    assert told
    assert not [said for said in core.chat.said.values() if REPLY in str(said.card)]
    assert REPLY not in str(core.press("lea", Verb.LOG, crisis).card)
    assert REPLY in str(core.press("lea", Verb.READ_MESSAGE, crisis).card)


def test_it_takes_no_empty_word_and_none_still_to_come() -> None:
    core = Core()
    crisis = watched(core)
    assert core.fill("lea", Verb.WROTE_BACK, crisis, text=" ").code == "text_empty"
    assert core.fill("lea", Verb.WROTE_BACK, crisis, text=REPLY, written_at="2999-01-01 03:00").code
    assert len(core.crisis(crisis).messages) == 1


def test_it_looks_after_a_member_again_who_writes_back_after_the_end() -> None:
    core = Core()
    crisis = watched(core, "D1")
    core.fill("lea", Verb.FOLLOW_UP_STOP, crisis, asked_by_member="no", reason="va bien")
    core.settle()
    assert not follow_ups(core, crisis, ReminderStatus.PLANNED)
    core.fill("lea", Verb.WROTE_BACK, crisis, text=REPLY)
    core.settle()
    assert follow_ups(core, crisis, ReminderStatus.PLANNED)


def test_it_only_looks_once_the_member_asks_us_to_write_no_more() -> None:
    core = Core()
    crisis = watched(core)
    left = len(follow_ups(core, crisis, ReminderStatus.PLANNED))
    stopped = core.fill("lea", Verb.FOLLOW_UP_STOP, crisis, asked_by_member="look", reason="par message")
    assert stopped.code is None
    assert len(follow_ups(core, crisis, ReminderStatus.PLANNED)) == left
    subject = comes_due(core, crisis)
    assert core.press("lea", Verb.FOLLOW_UP_WRITE, subject).code == "asked_to_stop"
    assert "Ne rien écrire" in str(core.chat.read_by("lea")[-1].card)


@pytest.mark.parametrize(("level", "looks"), [("D1", False), ("D2", True)])
def test_it_looks_on_from_d2_when_a_follow_up_finds_that_they_ask_us_to_stop(
    level: str, *, looks: bool
) -> None:
    core = Core()
    crisis = watched(core, level)
    finds(core, crisis, "asks_to_stop")
    assert bool(follow_ups(core, crisis, ReminderStatus.PLANNED)) is looks
    assert core.crisis(crisis).members[0].watch_silent


def test_it_plans_no_sixth_without_an_answer_and_then_needs_two_to_close() -> None:
    core = Core()
    crisis = watched(core)
    for _attempt in range(4):
        finds(core, crisis, "no_answer")
    assert follow_ups(core, crisis, ReminderStatus.PLANNED)
    finds(core, crisis, "unreachable")
    assert not follow_ups(core, crisis, ReminderStatus.PLANNED)
    [told] = [
        str(card) for card in core.chat.read_by("helene") if "5 suivis de suite sans réponse" in str(card)
    ]
    assert "dans le doute" in told
    assert "Rappelez les secours" not in told, "nobody called them"
    closing = partial(core.fill, verb=Verb.CLOSE, subject=crisis, reason="aucun signe", despite_waiting="oui")
    assert closing("helene").code is None
    assert core.crisis(crisis).status is not CrisisStatus.CLOSED
    closing("helene")
    assert core.crisis(crisis).status is not CrisisStatus.CLOSED
    closing("claire")
    assert core.crisis(crisis).status is CrisisStatus.CLOSED


def test_it_begins_to_count_anew_with_any_sign() -> None:
    core = Core()
    crisis = watched(core)
    for outcome in ("no_answer", "no_answer", "better", "no_answer", "no_answer"):
        finds(core, crisis, outcome)
    assert core.crisis(crisis).members[0].unanswered == 2
    assert follow_ups(core, crisis, ReminderStatus.PLANNED)


def test_it_lets_one_person_close_below_d2() -> None:
    core = Core()
    crisis = watched(core, "D1")
    finds(core, crisis, "no_answer")
    core.fill("helene", Verb.CLOSE, crisis, reason="fini", despite_waiting="oui")
    assert core.crisis(crisis).status is CrisisStatus.CLOSED


@pytest.mark.parametrize(("note", "proposed"), [("il écrit : adieu", True), ("un peu triste", False)])
def test_it_judges_what_worries_anew_and_only_raises(note: str, *, proposed: bool) -> None:
    core = Core()
    core.application.judge = judging
    crisis = watched(core, "D2")
    before = core.crisis(crisis).proposal
    finds(core, crisis, "worrying", note)
    proposal = core.crisis(crisis).proposal
    assert core.crisis(crisis).level is Level.D2
    assert (proposal != before) is proposed
    if proposed:
        assert proposal is not None
        assert proposal.level > Level.D2
        assert "[adieu]" in str(core.press("lea", Verb.TRIAGE, crisis).card)


def test_it_offers_the_form_with_the_level_when_a_follow_up_worries() -> None:
    core = Core()
    crisis = watched(core, "D2")
    subject = comes_due(core, crisis)
    answer = core.fill("lea", Verb.FOLLOW_UP_RECORD, subject, outcome="worrying")
    assert "Jugez le niveau à nouveau" in str(answer.card)
    assert Verb.COMPLETE in str(answer.card)


@pytest.mark.parametrize("where", CHATS)
async def test_it_takes_in_what_the_member_wrote_back(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        at: Callable[[str], InChat] = partial(CHATS[where], rig)
        lea, noe = at("lea"), at("noe")
        await lea.types(f"urgence {WORDS}")
        await lea.asks_in_room("Le membre a répondu…")
        await lea.fills({"text": REPLY})
        told = await noe.finds_directly(BACK)
        assert REPLY not in told
        assert REPLY in await noe.presses("Lire le message")
        assert REPLY not in await lea.reads_room()
        await lea.types_in_room("journal")
        assert "Léa a recueilli ce que le membre a répondu" in await lea.finds("Dernières lignes")


@pytest.mark.parametrize("where", CHATS)
async def test_it_writes_no_more_and_looks_on(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        at: Callable[[str], InChat] = partial(CHATS[where], rig)
        lea = at("lea")
        await lea.types(f"urgence {WORDS}")
        await lea.asks_in_room("Arrêter le suivi…")
        await lea.fills({"asked_by_member": "look", "reason": "par message privé"})
        assert "n'écrivez rien" in await lea.finds("ne plus lui écrire")
        await rig.later(hours=3)
        asked = await lea.finds_directly("suivi 1")
        assert "Ne rien écrire" in asked
        assert "Écrire un mot" not in asked
