"""Two crises about the same go on as one: nothing is lost, and nothing waits twice."""

from pathlib import Path

import pytest

from bot.cards import Answer
from bot.domain import cell, merging
from bot.domain.errors import Code, Refused
from bot.domain.ids import CrisisId, PersonId
from bot.domain.levels import Level
from bot.domain.mailing import Mailing
from bot.domain.proposal import Proposal, each_of
from bot.domain.states import CrisisStatus, ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from tests.rig.answers import answer
from tests.rig.core import Core
from tests.rig.either import EITHER
from tests.rig.post import Post
from tests.rig.samples import NIGHT
from tests.scenario.test_several_members import adds, planned, said
from tests.scenario.test_which_crisis import crises, two_crises
from tests.scenario.test_writing_back import BACK, answered, comes_in, token

WHY = "même publication"
GOING = Mailing(1, 1, "loutre@exemple.fr", "Réponse", "jeton", PersonId("lea"), NIGHT)


def two(
    core: Core, first: str = "anger_or_image", second: str = "anger_or_image"
) -> tuple[CrisisId, CrisisId]:
    """The one that ends, then the one that stays."""
    return core.opens("lea", first=first), core.opens("lea", first=second)


def merges(core: Core, gone: CrisisId, kept: CrisisId, **values: str) -> Answer:
    number = core.crisis(kept).number
    filled = {"into": number, "same": "others", "reason": WHY} | values
    return core.fill("lea", Verb.MERGE, gone, None, **filled)


def test_it_moves_members_with_their_words_and_contacts() -> None:
    core = Core()
    gone, kept = two(core)
    adds(core, gone, handle="Loutre")
    core.fill(
        "lea",
        Verb.CONTACT_ADD,
        f"{gone}.u2",
        value="loutre@exemple.fr",
        means="email",
        source="client_file",
        confidence="sure",
    )
    adds(core, kept, handle="@loutre", text="Encore moi.")
    words = [message.text for message in core.crisis(gone).messages]
    assert merges(core, gone, kept).code is None
    stays, ended = core.crisis(kept), core.crisis(gone)
    assert [m.id for m in stays.members] == ["m1", "m2", "m3"]
    assert [t.id for t in stays.messages] == ["t1", "t2", "t3", "t4"]
    assert [t.member for t in stays.messages] == ["m1", "m2", "m3", "m2"]
    assert [message.text for message in stays.messages[2:]] == words
    assert [(c.value, c.member) for c in stays.contacts.found] == [("loutre@exemple.fr", "m2")]
    assert (ended.status, ended.merged_into, ended.members) == (CrisisStatus.CLOSED, stays.number, ())
    assert ended.close_reason == f"fusionnée dans {stays.number}"


def test_it_leaves_each_journal_whole_and_lets_each_prove_the_other() -> None:
    core = Core()
    gone, kept = two(core)
    with core.store.read() as uow:
        last_there, last_here = (uow.journal.of(each, last=1)[0] for each in (gone, kept))
    merges(core, gone, kept)
    with core.store.read() as uow:
        assert [uow.journal.broken_at(each) for each in (gone, kept)] == [None, None]
        into = uow.journal.of(gone)[-1].event
        [came] = [line.event for line in uow.journal.of(kept) if line.event.kind == "merged_from"]
    assert into.kind == "merged_into"
    assert (into.lines, into.hash) == (last_here.seq, last_here.hash.hex())
    assert (came.lines, came.hash) == (last_there.seq, last_there.hash.hex())
    assert (came.members, came.messages, came.reason) == (1, 1, WHY)
    assert f"fusionné cette crise dans {core.crisis(kept).number}" in core.log(gone)
    assert f"fusionné {core.crisis(gone).number} dans cette crise" in core.log(kept)


def test_it_keeps_each_approval_with_the_text_it_was_given_for() -> None:
    core = Core()
    gone, kept = two(core)
    core.proposes(kept)
    before = core.proposes(gone)
    for who in sorted(core.crisis(gone).people - {"lea"}):
        core.press(who, Verb.APPROVE, f"{gone}.d1", 1)
    before = core.crisis(gone).draft(1)
    assert before.decisions
    merges(core, gone, kept)
    after = core.crisis(kept).draft(2)
    assert (after.revisions, after.decisions, after.member) == (before.revisions, before.decisions, "m2")
    assert after.status is before.status
    assert core.press("claire", Verb.APPROVE, f"{gone}.d1", 1).code == "crisis_merged"


def test_it_brings_an_answer_to_an_old_e_mail_to_the_member_it_went_to() -> None:
    core = Core(carrier=Post())
    gone = answered(core)
    kept = core.opens("lea", first="anger_or_image")
    assert merges(core, gone, kept).code is None
    comes_in(core, answer(BACK, token=token(core)))
    last = core.crisis(kept).messages[-1]
    assert (last.member, last.text) == ("m2", BACK)
    assert core.crisis(gone).messages == ()


def test_it_lets_the_graver_of_both_stand() -> None:
    core = Core()
    gone, kept = core.opens("lea"), core.opens("lea", first="anger_or_image")
    core.fill("lea", Verb.COMPLETE, gone, level="D3")
    assert merges(core, gone, kept).errors.keys() == {"same"}
    assert core.crisis(gone).merged_into is None
    assert merges(core, gone, kept, same="same").code is None
    stays = core.crisis(kept)
    assert (stays.level, stays.severity, stays.category) == (Level.D3, 3, "distress")
    assert [m.id for m in stays.members] == ["m1"]


def test_it_takes_a_distress_that_nobody_has_assessed_for_a_grave_one() -> None:
    core = Core()
    gone, kept = core.opens("lea"), core.opens("lea", first="anger_or_image")
    core.fill("lea", Verb.COMPLETE, kept, level="D1")
    assert merges(core, gone, kept).errors.keys() == {"same"}
    merges(core, gone, kept, same="same")
    assert (core.crisis(kept).level, core.crisis(kept).category) == (Level.D4, "distress")


def test_it_never_loses_a_call_that_is_not_recorded() -> None:
    core = Core()
    gone, kept = two(core)
    core.press("lea", Verb.LIFE_IN_DANGER, gone)
    merges(core, gone, kept)
    assert core.crisis(gone).emergency is None
    stays = core.crisis(kept).emergency
    assert stays is not None
    assert not stays.settled
    core.later(minutes=3)
    assert core.crisis(kept).emergency.reminded == 1  # type: ignore[union-attr]
    assert core.press("claire", Verb.LIFE_IN_DANGER, gone).code is None
    assert core.fill("claire", Verb.I_CALLED, gone, service="15", called_at="").code is None
    assert core.crisis(kept).emergency.settled  # type: ignore[union-attr]
    assert core.crisis(gone).emergency is None


def test_it_takes_along_what_the_triage_aid_proposed_or_has_still_to_judge() -> None:
    core = Core()
    core.application.judge = lambda _text, _country: Proposal("distress", Level.D3, "fr", ())
    gone, kept = two(core)
    adds(core, gone, handle="Loutre", text="Je n'en peux plus.")
    core.settle()
    core.application.judge = lambda _text, _country: Proposal("distress", Level.D4, "fr", ())
    adds(core, gone, handle="Marin", text="Adieu.")
    merges(core, gone, kept)
    core.settle()
    found = {each.member: (each.level, each.words) for each in each_of(core.crisis(kept))}
    assert found["m3"] == (Level.D3, "Je n'en peux plus.")
    assert found["m4"] == (Level.D4, "Adieu.")


def test_it_reminds_of_a_call_where_another_was_recorded_before() -> None:
    core = Core()
    gone, kept = two(core)
    core.press("lea", Verb.LIFE_IN_DANGER, kept)
    core.later(minutes=3)
    core.fill("lea", Verb.I_CALLED, kept, service="15", called_at="")
    core.press("lea", Verb.LIFE_IN_DANGER, gone)
    merges(core, gone, kept)
    both = core.crisis(kept).emergency
    assert both is not None
    assert (both.settled, len(both.calls)) == (False, 1)
    core.later(minutes=3)
    reminded = core.crisis(kept).emergency
    assert reminded is not None
    assert reminded.reminded > both.reminded


def test_it_lets_no_message_go_where_serious_news_was_noted_in_either() -> None:
    core = Core()
    gone, kept = two(core)
    core.fill("lea", Verb.SERIOUS_NEWS, gone, news="hospital", note="appel de la famille")
    assert core.crisis(gone).silenced_at is not None
    assert planned(core, kept)
    merges(core, gone, kept)
    assert core.crisis(kept).silenced_at is not None
    assert not planned(core, kept)


def test_it_goes_on_looking_how_each_member_is() -> None:
    core = Core()
    gone, kept = two(core)
    core.fill("lea", Verb.REMIND, gone, when="dans 5h", text="rappeler le client")
    merges(core, gone, kept)
    assert not planned(core, gone)
    assert {s.rpartition(".f")[0] for s in planned(core, kept)} == {kept, f"{kept}.u2"}
    with core.store.read() as uow:
        left = [r for r in uow.reminders.of(gone) if r.status in {ReminderStatus.PLANNED, ReminderStatus.DUE}]
        own = [r.text for r in uow.reminders.of(kept) if r.kind is ReminderKind.PERSONAL]
    assert {r.kind for r in left} == {ReminderKind.ARCHIVE}
    assert own == ["rappeler le client"]
    core.later(days=4)
    assert any("membre 2" in said(n.card) for n in core.chat.in_rooms() if "suivi 1" in said(n.card))


def test_it_says_a_follow_up_that_is_due_once_more_where_it_goes_on() -> None:
    core = Core()
    gone = core.opens("lea", first="anger_or_image")
    core.later(days=4)
    kept = core.opens("lea", first="anger_or_image")
    before = len(core.chat.in_rooms())
    merges(core, gone, kept)
    core.settle()
    assert any("suivi 1 · membre 2" in said(notice.card) for notice in core.chat.in_rooms()[before:])
    recorded = core.fill("lea", Verb.FOLLOW_UP_RECORD, f"{kept}.u2.f1", outcome="better")
    assert recorded.code is None, recorded


def test_it_brings_the_people_of_both_and_ends_the_links_of_guests() -> None:
    core = Core()
    gone = core.opens("lea", first="anger_or_image")
    kept = core.opens("denis", first="anger_or_image")
    answer = core.fill("lea", Verb.GUEST, gone, role="lawyer", name="Zoé Vidal", email="zoe@cabinet.example")
    assert answer.code is None, answer
    merges(core, gone, kept)
    invited = {p for p in core.crisis(gone).people if p not in core.guide().plan.people}
    assert core.crisis(gone).people - invited <= core.crisis(kept).people
    assert all(guest.token_hash is None for guest in core.crisis(gone).guests)
    core.settle()
    assert any("liens de ses invités" in said(notice.card) for notice in core.chat.in_rooms())


def test_it_points_from_every_old_card_to_where_it_goes_on() -> None:
    core = Core()
    gone, kept = two(core)
    core.proposes(gone)
    core.fill("lea", Verb.ASK, gone, role="lawyer", text="Peut-on citer le message ?")
    core.press("lea", Verb.LIFE_IN_DANGER, gone)
    core.settle()
    merges(core, gone, kept)
    core.settle()
    old, number = core.crisis(gone).number, core.crisis(kept).number
    people = core.crisis(gone).people
    shown = [*core.chat.in_rooms(), *(notice for p in people for notice in core.chat.read_by(p))]
    cards = [said(notice.card) for notice in shown if f"crise {old}" in said(notice.card).splitlines()[1]]
    assert len(cards) > len(people)
    assert {card for card in cards if f"Cette crise continue dans {number} : tout" not in card} == set()
    refused = core.press("lea", Verb.DRAFT, gone)
    assert refused.code == "crisis_merged"
    assert f"continue dans {number}" in said(refused.card)
    assert core.press("lea", Verb.LOG, gone).code is None


def test_it_calls_nobody_twice_who_said_that_they_come() -> None:
    core = Core()
    gone, kept = two(core)
    core.press("claire", Verb.TAKE_UP, gone)
    assert cell.silent(core.crisis(kept), PersonId("claire"))
    merges(core, gone, kept)
    assert not cell.silent(core.crisis(kept), PersonId("claire"))
    before = len(core.chat.read_by("claire"))
    core.later(minutes=30)
    assert not [n for n in core.chat.read_by("claire")[before:] if "Je m'en occupe" in said(n.card)]


def test_it_archives_the_old_room_after_the_usual_rest() -> None:
    core = Core()
    gone, kept = two(core)
    merges(core, gone, kept)
    core.later(days=2)
    assert "archived" in {room.status for room in core.crisis(gone).rooms}
    assert "archived" not in {room.status for room in core.crisis(kept).rooms}


def test_it_refuses_what_must_stay_apart() -> None:
    core = Core()
    gone, kept = two(core)
    club = core.opens("helene", first="anger_or_image", community="club")
    assert merges(core, gone, club).code in {"absent", "other_community"}
    assert merges(core, gone, gone).code == "bad_value" or merges(core, gone, gone).errors
    assert merges(core, gone, kept, reason=" ").errors.keys() == {"reason"}
    assert merges(core, gone, kept, same="").errors.keys() == {"same"}
    core.fill("claire", Verb.CLOSE, kept, reason="fini")
    assert merges(core, gone, kept).code == "crisis_closed"
    assert core.crisis(gone).status is CrisisStatus.OPEN


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"community": "club"}, Code.OTHER_COMMUNITY),
        ({"drill": True}, Code.DRILL_APART),
        ({"mailings": (GOING,)}, Code.MAIL_UNDER_WAY),
    ],
)
def test_it_keeps_apart_two_communities_a_drill_and_an_e_mail_under_way(
    change: dict[str, object], code: Code
) -> None:
    core = Core()
    gone, kept = (core.crisis(each) for each in two(core))
    for name, value in change.items():
        setattr(kept, name, value)
    with pytest.raises(Refused) as refused:
        merging.check(gone, kept)
    assert refused.value.code is code


def test_it_merges_one_pair_once_and_not_both_ways() -> None:
    core = Core()
    gone, kept = two(core)
    assert merges(core, gone, kept).code is None
    members = core.crisis(kept).members
    assert merges(core, gone, kept).code == "crisis_merged"
    assert merges(core, kept, gone).code == "crisis_merged"
    assert core.crisis(kept).members == members
    assert core.crisis(kept).status is CrisisStatus.OPEN


@pytest.mark.parametrize("where", EITHER)
async def test_it_merges_by_a_command(tmp_path: Path, where: str) -> None:
    async with two_crises(where, tmp_path) as rig:
        first, second = crises(rig)
        helene = EITHER[where](rig, "helene")
        await helene.form(f"fusionner {second.number}")
        await helene.submits({"crisis": first.id})
        told = await helene.submits({"into": second.number, "same": "same", "reason": WHY})
        assert f"La crise {first.number} continue dans {second.number}." in told
        ended, stays = crises(rig)
        assert (ended.merged_into, len(stays.members)) == (second.number, 1)
        assert len(stays.messages) == len(first.messages) + len(second.messages)


def test_it_keeps_what_a_member_writes_where_the_crisis_of_their_own_went_on() -> None:
    core = Core()
    crisis = core.opens("lea", first="anger_or_image")
    adds(core, crisis, text="Je n'en peux plus.", handle="Marin", level="D3")
    (own,) = set(core.crises()) - {crisis}
    kept = core.opens("lea")
    assert merges(core, own, kept, same="same").code is None
    assert core.fill("lea", Verb.WROTE_BACK, crisis, text=BACK, member="m2").code is None
    assert core.crisis(kept).messages[-1].text == BACK
    assert core.crisis(kept).messages[-1].member == "m1"
    assert not core.crisis(own).messages
