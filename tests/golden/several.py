"""Several members in one crisis, and none."""

from dataclasses import replace
from datetime import timedelta

from bot.domain import wave
from bot.domain.crisis import Crisis
from bot.domain.ids import EVERYBODY, MemberId
from bot.domain.states import ReminderStatus, Route, Standing
from bot.views import brief, draft_forms, member_forms, members, watch, wrote
from tests.golden.gallery import shown
from tests.rig import scenes as s

THIRD: MemberId = "m3"


def several() -> Crisis:
    """An angry customer, and two others who write about the same."""
    crisis = s.angry_customer()
    for minute, handle in enumerate(("Loutre", "Marin")):
        wave.add(
            crisis,
            text="Trois semaines d'attente, et toujours rien.",
            link="",
            handle=handle,
            platform="forum.exemple.fr",
            standing=Standing.ONLINE,
            by=s.LEA,
            at=crisis.opened_at + timedelta(minutes=20 + minute),
        )
    wave.excuse(crisis, "m2", level=None, reason="a retiré son message", by=s.LEA, at=crisis.opened_at)
    wave.link(crisis, "2026-014", by=s.LEA, at=crisis.opened_at)
    return crisis


def scene(locale, **changes):
    return s.scene(several(), "15:00", locale=locale, **changes)


@shown
def brief_with_several_members(locale):
    return brief.brief_card(scene(locale))


@shown
def brief_without_a_member(locale):
    crisis = s.angry_customer()
    crisis.members, crisis.messages = (), (replace(crisis.messages[0], member=EVERYBODY),)
    return brief.brief_card(s.scene(crisis, "15:00", locale=locale))


@shown
def members_listed(locale):
    return members.members_card(scene(locale, reader=s.LEA))


@shown
def member_alone(locale):
    drawn = scene(locale, reader=s.LEA).about(THIRD)
    return members.member_card(drawn, drawn.crisis.members[2])


@shown
def add_form(locale):
    return member_forms.add_form(scene(locale, reader=s.LEA), text="Pareil pour moi.")


@shown
def excuse_member_form(locale):
    return member_forms.excuse_form(scene(locale, reader=s.LEA).about(THIRD))


@shown
def draft_form_with_several_members(locale):
    drawn = scene(locale, reader=s.LEA).about(THIRD)
    return draft_forms.draft_form(drawn, asked=[s.CLAIRE], empty=[], routes=tuple(Route))


@shown
def follow_up_of_the_third_member(locale):
    crisis = several()
    row = s.follow_up(crisis, 1, s.at("15:00"), ReminderStatus.DUE, member=THIRD)
    return watch.follow_up_card(
        s.scene(crisis, "15:00", locale=locale, reminders=[row]).about(THIRD), reminder=row
    )


@shown
def wrote_back_form_with_several_members(locale):
    return wrote.wrote_back_form(scene(locale, reader=s.LEA))
