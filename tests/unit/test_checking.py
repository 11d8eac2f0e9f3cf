"""What the gate is given of a crisis."""

from dataclasses import replace

from bot import checking
from bot.domain import drafts
from bot.domain.crisis import Crisis, Member
from bot.domain.levels import Level
from bot.domain.states import Age, Route, Standing
from tests.rig import scenes as s
from tests.rig.replies import ENGLISH, FRENCH
from tests.rig.samples import first_member

YOUNG = FRENCH.text.replace("Le 3114 t'écoute", "Fil Santé Jeunes, au 0 800 235 236, t'écoute")


def distress(text: str = FRENCH.text, *, level: Level = Level.D2, country: str = "FR") -> Crisis:
    crisis = s.called()
    crisis.level = level
    crisis.members = (Member("m1", "Nuage7", country=country),)
    crisis.messages = (replace(crisis.messages[0], text=FRENCH.original, standing=Standing.ONLINE),)
    drafts.propose(crisis, text=text, routes=(Route.PRIVATE_MESSAGE,), by=s.LEA, at=s.at("14:00"))
    return crisis


def checked(crisis: Crisis, clock: str = "15:00") -> checking.Check:
    return checking.check(s.guide(), crisis, crisis.draft(1), s.at(clock))


def rules(crisis: Crisis, clock: str = "15:00") -> set[str]:
    return {each.finding.rule for each in checked(crisis, clock).found}


def test_it_finds_nothing_in_a_good_reply() -> None:
    assert rules(distress()) == set()


def test_it_computes_once_until_something_changes() -> None:
    crisis = distress(YOUNG)
    assert checked(crisis, "15:00").found is checked(crisis, "15:07").found


def test_it_knows_that_a_line_has_closed_since() -> None:
    crisis = distress(YOUNG)
    assert "R01" not in rules(crisis, "15:00")
    assert "R01" in checked(crisis, "23:30").rules


def test_it_takes_the_community_s_country_while_the_member_s_is_unknown() -> None:
    assert rules(distress(country="")) == set()
    assert "R01" in rules(distress(country="BE"))


def test_it_reads_a_text_in_its_own_language() -> None:
    crisis = distress(ENGLISH.text, country="GB")
    crisis.members = (Member("m1", "Heron", country="GB"),)
    crisis.messages = (replace(crisis.messages[0], text=ENGLISH.original),)
    assert rules(crisis) == set()


def test_it_knows_the_age_of_the_member() -> None:
    crisis = distress()
    crisis.members = (replace(crisis.members[0], age=Age.UNDER_18),)
    assert "R22" in rules(crisis)


def test_it_knows_whether_anybody_will_write_again() -> None:
    crisis = distress()
    first_member(crisis, watch_stopped=True)
    assert "R14" in rules(crisis)


def test_it_knows_whether_the_call_for_help_is_noted() -> None:
    crisis = distress(level=Level.D4)
    assert "R03" not in rules(crisis)
    crisis.emergency = None
    assert "R03" in rules(crisis)


def test_it_looks_for_nothing_in_a_text_to_which_the_client_has_agreed() -> None:
    crisis = distress("Bonjour.")
    assert checked(crisis).stopping
    crisis.drafts = (replace(crisis.drafts[0], agreed_by=s.CLAIRE),)
    assert checked(crisis).found == ()


def test_it_says_on_which_ways_a_finding_holds() -> None:
    crisis = s.angry_customer()
    quoting = "Vous écrivez « Trois semaines sans réponse » : vous avez raison."
    drafts.propose(crisis, text=quoting, routes=(Route.PUBLIC_POST, Route.EMAIL), by=s.INES, at=s.at("10:10"))
    [public] = checked(crisis).stopping
    assert (public.finding.rule, public.routes, public.quotes) == ("R15", (Route.PUBLIC_POST,), True)
