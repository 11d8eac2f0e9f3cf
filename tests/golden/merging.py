"""One crisis goes on in another."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.crisis import Crisis
from bot.domain.events import MergedFrom
from bot.domain.ids import CrisisId
from bot.views import merging
from tests.golden.gallery import shown
from tests.rig import scenes as s


def other() -> Crisis:
    """The one that stays."""
    return replace(s.angry_customer(), id=CrisisId("b" * 16), number="2026-021")


def gone(locale, **changes):
    crisis = s.angry_customer()
    crisis.merged_into = "2026-021"
    return s.scene(crisis, "15:00", locale=locale, **changes)


@shown
def merge_form(locale):
    drawn = s.scene(s.angry_customer(), "15:00", locale=locale, reader=s.LEA)
    return merging.merge_form(drawn, [s.scene(other(), "15:00", locale=locale)], alike=False)


@shown
def goes_on_elsewhere(locale):
    return merging.continues_card(gone(locale), s.scene(other(), "15:00", locale=locale))


@shown
def another_goes_on_here(locale):
    event = MergedFrom(
        at=other().opened_at + timedelta(minutes=40),
        by=s.LEA,
        number="2026-014",
        reason="même publication",
        lines=41,
        hash="9f86d081",
        members=2,
        messages=3,
        with_contacts=1,
        drafts=1,
        drafts_after=2,
        follow_ups=4,
        call=True,
    )
    return merging.merged_from_card(s.scene(other(), "15:00", locale=locale), event)
