"""Guests: inviting, handing the link on, how it stands, what they see."""

from dataclasses import replace

from bot.domain import cell, guests
from bot.domain.guests import Guest
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import AskedAs, CrisisStatus
from bot.domain.subjects import guest_subject
from bot.views import brief
from bot.views import guests as views
from tests.golden.gallery import shown
from tests.rig import scenes as s

YVES = PersonId("guest-yves")
SECRET = "nJ3n0t-a-real-secret"


def invited(crisis=None):
    crisis = crisis or s.in_review()
    guest = Guest(
        person=YVES,
        role=Role.LAWYER,
        made_by=s.LEA,
        expires_at=s.at("03:19", day=27),
        token_hash=guests.hash_of(SECRET),
        name="Yves Caron",
        email="yves@cabinet.example",
    )
    guests.give_link(crisis, guest, at=s.at("03:19"))
    cell.ask(crisis, person=YVES, role=Role.LAWYER, asked_as=AskedAs.NAMED, at=s.at("03:19"), by=s.LEA)
    return crisis


def scene_of(crisis, clock, locale, reader=None):
    scene = s.scene(crisis, clock, locale=locale, reader=reader)
    return replace(scene, guide=scene.guide.with_guests(crisis))


@shown
def guest_form(locale):
    return views.guest_form(s.scene(s.called(), "03:18", locale=locale, reader=s.LEA))


@shown
def guest_link(locale):
    crisis = invited()
    scene = scene_of(crisis, "03:19", locale, s.LEA)
    return views.link_card(scene, crisis.guests[0], address=f"https://cellule.example/r/{SECRET}")


@shown
def guest_not_there_yet(locale):
    crisis = invited()
    return views.guest_card(scene_of(crisis, "03:20", locale), guest_subject(crisis, YVES))


@shown
def guest_came_in(locale):
    crisis = invited()
    guests.enter(crisis, guests.hash_of(SECRET), at=s.at("03:24"))
    return views.guest_card(scene_of(crisis, "03:25", locale), guest_subject(crisis, YVES))


@shown
def guest_without_a_link(locale):
    """An external person of the plan was called."""
    crisis = invited()
    scene = scene_of(crisis, "03:20", locale, s.LEA)
    crisis.guests = ()
    return views.guest_card(scene, guest_subject(crisis, YVES))


@shown
def guest_revoked(locale):
    crisis = invited()
    guests.revoke(crisis, YVES, by=s.LEA, at=s.at("03:30"))
    return views.guest_card(scene_of(crisis, "03:30", locale), guest_subject(crisis, YVES))


@shown
def guest_of_a_closed_crisis(locale):
    crisis = invited()
    crisis.status = CrisisStatus.CLOSED
    return views.guest_card(scene_of(crisis, "03:30", locale), guest_subject(crisis, YVES))


@shown
def guest_reads_where_it_stands(locale):
    return views.for_guest(brief.brief_card(scene_of(invited(), "03:20", locale, YVES)))


@shown
def guest_reads_before_anything_is_known(locale):
    """Nothing names a button that a guest does not have."""
    return views.for_guest(brief.brief_card(scene_of(invited(s.alarm()), "03:20", locale, YVES)))
