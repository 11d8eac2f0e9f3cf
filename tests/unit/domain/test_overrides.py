"""How many people have let a text pass that the gate stops."""

from bot.domain.drafts import Draft, Revision
from bot.domain.ids import PersonId
from bot.domain.overrides import Override, lacking
from bot.domain.states import DraftStatus, Route
from tests.rig.samples import NIGHT

LEA, NOE = PersonId("lea"), PersonId("noe")


def draft(*words: tuple[PersonId, tuple[str, ...]]) -> Draft:
    return Draft(
        number=1,
        status=DraftStatus.IN_REVIEW,
        routes=(Route.EMAIL,),
        proposed_at=NIGHT,
        revisions=(Revision(1, "Bonjour.", "", LEA, NIGHT),),
        overrides=tuple(Override(1, rules, person, NIGHT, "relu") for person, rules in words),
    )


def test_it_needs_nobody_where_nothing_stops_the_text() -> None:
    assert lacking(draft(), (), grave=False) == 0


def test_it_counts_a_person_once_who_overrode_again_for_a_rule_that_has_gone_since() -> None:
    twice = draft((NOE, ("R28",)), (NOE, ("R28", "R05")))
    assert lacking(twice, ("R28",), grave=False) == 1
    assert lacking(twice, ("R28",), grave=True) == 0


def test_it_takes_an_override_of_more_rules_than_are_left() -> None:
    both = draft((NOE, ("R28", "R05")), (LEA, ("R05", "R28")))
    assert lacking(both, ("R05",), grave=False) == 0
    assert lacking(both, ("R05", "R21"), grave=False) == 2
