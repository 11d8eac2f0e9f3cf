"""The one list of what waits for a person: everything stands on it, and it spares them a burst."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.ids import CrisisId, Platform
from bot.domain.verbs import Verb
from bot.handlers.waiting import ENOUGH
from bot.interactions import Actor, SlashCommand
from bot.recording import LIST_REST
from tests.rig.core import Core, fresh_key
from tests.rig.plain import plain
from tests.scenario.test_duty import with_duty
from tests.scenario.test_quiet_hours import MORNING, QUIET, mentioned, rung

LIST = "Ce qui vous attend"


def lists(core: Core, who: str) -> list[str]:
    core.later(seconds=LIST_REST.total_seconds())
    return [said for each in core.chat.read_by(who) if LIST in (said := plain(each.card))]


def only_list(core: Core, who: str) -> str:
    """The list, which is never said twice."""
    (said,) = lists(core, who)
    return said


def opened(core: Core, *, first: str = "someone_in_danger", who: str = "lea") -> CrisisId:
    crisis = core.opens(who, first=first)
    core.settle()
    return crisis


def test_it_holds_a_hand_over_beside_a_call() -> None:
    core = Core()
    opened(core)
    core.command("lea", "handover ines")
    core.settle()
    assert lists(core, "ines") == []
    core.press("claire", Verb.TAKE_UP, opened(core, who="claire"))
    core.settle()
    core.fill("helene", Verb.ROLE, core.crises()[-1], role="moderator", person="ines")
    core.settle()
    assert "dire si vous prenez le relais" in only_list(core, "ines")
    assert "dire si vous venez" in only_list(core, "ines")


def test_it_holds_a_follow_up_and_a_reminder_until_they_are_done() -> None:
    core = Core()
    crisis = opened(core, first="anger_or_image")
    core.command("lea", "note appel")
    core.fill("lea", Verb.CALL_NOT_NEEDED, crisis, reason="non")
    core.command("lea", "remind tomorrow 9am rappeler le client")
    core.later(days=1)
    core.later(days=3)
    said = only_list(core, "lea")
    assert "prendre des nouvelles du membre" in said
    assert "voir votre rappel" in said
    core.fill("lea", Verb.FOLLOW_UP_RECORD, f"{crisis}.f1", outcome="better", note="va bien")
    core.settle()
    assert "prendre des nouvelles du membre" not in only_list(core, "lea")
    assert "voir votre rappel" in only_list(core, "lea")


def test_it_holds_the_first_message_to_re_read() -> None:
    core = Core()
    crisis = opened(core)
    form = core.press("lea", Verb.FIRST_MESSAGE, crisis).form
    assert form is not None
    shown = next(f.options[0][0] for f in form.fields if f.name == "message")  # type: ignore[union-attr]
    core.fill("lea", Verb.FIRST_MESSAGE, crisis, message=shown, routes="private_message")
    core.now = datetime(2026, 11, 24, 7, 31, tzinfo=UTC)
    core.settle()
    assert "relire le premier message" in only_list(core, "noe")
    core.press("noe", Verb.REREAD, f"{crisis}.d1")
    core.settle()
    assert "relire le premier message" not in only_list(core, "noe")


def test_it_asks_the_whole_cell_for_the_call_that_nobody_noted() -> None:
    core = Core()
    crisis = opened(core)
    core.proposes(crisis)
    core.settle()
    core.press("lea", Verb.LIFE_IN_DANGER, crisis)
    core.settle()
    assert "noter l'appel" not in "".join(lists(core, "noe"))
    for _minute in range(12):
        core.later(minutes=1)
    assert "noter l'appel aux secours" in only_list(core, "noe")


def test_it_counts_alerts_that_nobody_has_decided_on() -> None:
    core = Core()
    stranger = Actor(Platform.SLACK, None, name="Tom")
    for words in ("une menace", "une autre"):
        core.ask(SlashCommand(fresh_key(), stranger, f"ouvrir {words}", None))
        core.deliver()
    assert "2 alertes à trancher" in only_list(core, "ines")
    alert = core.alerts()[0]
    core.fill("ines", Verb.ALERT_DISMISS, alert, reason="déjà vu")
    core.deliver()
    assert "1 alerte à trancher" in only_list(core, "ines")


def test_it_lists_two_things_of_one_crisis() -> None:
    core = Core()
    crisis = opened(core)
    assert lists(core, "noe") == []
    core.proposes(crisis)
    core.settle()
    assert "dire si vous venez, lire une réponse et décider" in only_list(core, "noe")


def test_it_rings_once_in_the_morning_however_many_crises_waited(tmp_path: Path) -> None:
    core = Core(plan=with_duty(tmp_path, QUIET))
    for _each in range(3):
        core.opens(first="anger_or_image")
    core.now = MORNING
    core.settle()
    assert rung(core)["noe"] == 2, "one call, and the list"
    assert only_list(core, "noe").count("dire si vous venez") == 3
    assert mentioned(core).count("@noe") == 1
    core.later(minutes=5)
    assert rung(core)["noe"] == 3, "called again once"


def test_it_calls_the_deputies_of_all_that_waited(tmp_path: Path) -> None:
    core = Core(plan=with_duty(tmp_path, QUIET))
    crises = [core.opens(first="anger_or_image") for _each in range(2)]
    core.now = MORNING
    core.settle()
    core.later(minutes=10)
    assert all("salome" in core.crisis(crisis).people for crisis in crises)


def test_it_rings_for_each_that_is_grave(tmp_path: Path) -> None:
    core = Core(plan=with_duty(tmp_path, QUIET))
    for _each in range(2):
        core.opens(first="leak_or_threat")
    core.now += timedelta(minutes=1)
    core.settle()
    assert rung(core)["claire"] == 3, "two calls, and the list"


def test_it_counts_no_further_than_anybody_reads() -> None:
    core = Core()
    for _ in range(ENOUGH + 1):
        opened(core)
    assert "plus de 30 choses vous attendent" in only_list(core, "claire")
    assert "et bien d'autres" in only_list(core, "claire")
