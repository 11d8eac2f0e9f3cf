"""Guests: inviting, handing the link on, how it stands, what they see."""

from dataclasses import replace

from bot.domain import cell, guests
from bot.domain.events import GuestMailFailed
from bot.domain.guests import Guest
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import AskedAs, CrisisStatus, MailStatus
from bot.domain.subjects import guest_subject
from bot.views import brief
from bot.views import guests as views
from bot.views.news import news_card
from tests.golden.gallery import shown
from tests.rig import scenes as s

YVES = PersonId("guest-yves")
SECRET = "nJ3n0t-a-real-secret"


def invited(crisis=None, *, mail=None):
    crisis = crisis or s.in_review()
    guest = Guest(
        person=YVES,
        role=Role.LAWYER,
        made_by=s.LEA,
        expires_at=s.at("03:19", day=27),
        token_hash=guests.hash_of(SECRET),
        name="Yves Caron",
        email="yves@cabinet.example",
        mail=mail,
        with_code=mail is not None,
    )
    guests.give_link(crisis, guest, by=s.LEA, at=s.at("03:19"))
    cell.ask(crisis, person=YVES, role=Role.LAWYER, asked_as=AskedAs.NAMED, at=s.at("03:19"), by=s.LEA)
    return crisis


def scene_of(crisis, clock, locale, reader=None):
    scene = s.scene(crisis, clock, locale=locale, reader=reader)
    mail = any(guest.with_code for guest in crisis.guests)
    return replace(scene, guide=replace(scene.guide.with_guests(crisis), mail=mail))


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


def by_mail(status, locale):
    crisis = invited(mail=status)
    return views.guest_card(scene_of(crisis, "03:20", locale), guest_subject(crisis, YVES))


@shown
def guest_whose_mail_goes_now(locale):
    return by_mail(MailStatus.SENDING, locale)


@shown
def guest_whose_mail_was_sent(locale):
    return by_mail(MailStatus.SENT, locale)


@shown
def guest_whose_mail_has_perhaps_gone(locale):
    return by_mail(MailStatus.UNCERTAIN, locale)


@shown
def guest_whose_mail_was_refused(locale):
    return by_mail(MailStatus.REFUSED, locale)


@shown
def guest_whose_mailed_link_is_over(locale):
    crisis = invited(mail=MailStatus.SENT)
    scene = replace(scene_of(crisis, "03:20", locale), now=s.at("03:20", day=28))
    return views.guest_card(scene, guest_subject(crisis, YVES))


def failed(status, code, locale, *, of_code=False):
    crisis = invited(mail=status)
    event = GuestMailFailed(at=s.at("03:21"), person=YVES, status=status, code=code, of_code=of_code)
    return news_card(scene_of(crisis, "03:22", locale), event=event)


@shown
def guest_link_refused(locale):
    return failed(MailStatus.REFUSED, "550", locale)


@shown
def guest_link_perhaps_gone(locale):
    return failed(MailStatus.UNCERTAIN, "cut", locale)


@shown
def guest_link_does_not_go_yet(locale):
    return failed(MailStatus.SENDING, "no_connection", locale)


@shown
def guest_code_refused(locale):
    return failed(MailStatus.REFUSED, "550", locale, of_code=True)


@shown
def guest_link_refused_and_settled(locale):
    crisis = invited(mail=MailStatus.SENT)
    event = GuestMailFailed(at=s.at("03:21"), person=YVES, status=MailStatus.REFUSED, code="550")
    return news_card(scene_of(crisis, "03:22", locale), event=event)
